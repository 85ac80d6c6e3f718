//! What we tell an author: a finding, its places, and what to do about it.
//!
//! Owns [`Diagnostic`], the [`Check`]s that produce them and the [`Sink`] where every floor leaves them. It knows no output
//! format and no terminal: [`crate::emit`] prints.

mod check;
mod finding;
mod lang;
mod record;
mod sink;
mod suggest;

pub use check::{Check, Text};
pub use finding::{Code, Diagnostic, Label, Level};
pub use lang::Lang;
pub(crate) use lang::tr;
pub use record::{recall, record};
pub use sink::{Counted, Sink};
pub use suggest::{closest, is_slip};
