//! The rules engine on small books with words of their own.

mod books;
mod faults;
mod groups;
mod oracle;
mod rulings;
