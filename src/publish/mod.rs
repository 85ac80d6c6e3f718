//! Artifacts -> disk. The only writer of the program.
//!
//! Whatever happens, a run that fails or is killed leaves the previous site whole: nothing is written inside the folder of
//! the site. The next one is completed in a hidden folder beside it, and the two change places in one step of the operating
//! system. The former site stays there as the ground of the next one: its folders are used again and the files that did not
//! change are hard links to the present ones, so that an edit costs what it changes and not what the site weighs. A single
//! file that changed simply takes the place of the former one, which is one step as well.
//!
//! Knows nothing of pages. Never removes what it did not make: the folder of a site carries a mark that lists its files. A
//! loss of power is another matter: nothing waits for the disk, and the next run compares every byte.
//!
//! Start with [`publish`], which reads as the steps.

mod place;
mod mark;
mod lock;
mod tree;
mod compare;
mod stage;
mod swap;
mod keep;
#[cfg(test)]
mod tests;

pub use keep::keep;

use std::path::Path;

use anyhow::{Result, bail};

use crate::artifact::Artifacts;
use compare::Comparison;
use lock::Lock;
use mark::Mark;
use place::Place;

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

/// Makes `directory` hold exactly these artifacts: all of them, or none.
///
/// The folder is made if need be. One that exists must be empty or have been made here: anything else in it is an error, and
/// nothing is written. A hidden folder, `.name.recueil`, stays beside it; it may be deleted at any time.
pub fn publish(artifacts: &Artifacts, directory: &Path) -> Result<Published> {
    if artifacts.is_empty() {
        bail!("publishing into {}: the site has no file at all; the folder is left as it is", directory.display());
    }
    let mark = Mark::of(artifacts)?;
    let place = Place::find(directory)?;
    let _lock = Lock::take(&place)?;
    swap::recover(&place)?;

    let comparison = Comparison::of(artifacts, &mark, &place)?;
    if let Some((path, bytes)) = comparison.only_change() {
        stage::replace(&place, path, bytes)?;
    } else if !comparison.is_clean() {
        stage::build(&place, &mark, &comparison)?;
        swap::swap(&place)?;
    }
    Ok(comparison.counts())
}
