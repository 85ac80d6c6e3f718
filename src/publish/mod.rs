//! Artifacts -> disk. The only writer of the program.
//!
//! Whatever happens, a run that fails or is killed leaves the previous site whole: nothing is written inside the folder of
//! the site. The next one grows in a hidden folder beside it, file by file as it is made, and the two change places in one step
//! of the operating system. The former site stays there as the ground of the next one: its folders are used again and the files
//! that did not change are hard links to the present ones, so that an edit costs what it changes and not what the site weighs.
//! A single file that changed simply takes the place of the former one, which is one step as well.
//!
//! Knows nothing of pages. Never removes what it did not make: the folder of a site carries a mark that lists its files. A
//! loss of power is another matter: nothing waits for the disk, and the next run compares every byte.
//!
//! Start with [`Publication`], whose `finish` reads as the steps.

mod place;
mod mark;
mod lock;
mod tree;
mod ledger;
mod compare;
mod current;
mod stage;
mod swap;
mod keep;
mod publication;
#[cfg(test)]
mod tests;

pub use current::{Current, current};
pub use keep::keep;
pub use mark::Origin;
pub use publication::Publication;

/// What a run did, in files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that stand as they did.
    pub unchanged: usize,
    /// Files that the site no longer has.
    pub removed: usize,
}
