use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use super::ledger::{Ledger, folders_of};
use super::mark::{self, Mark};
use super::place::Place;
use super::tree::Tree;
use crate::reason::{Reason, reason};

/// The next site, on whatever an earlier run has left where it grows.
#[derive(Debug)]
pub(super) struct Stage {
    place: Place,
    /// What was there at first.
    left: Tree,
    left_files: HashSet<String>,
    /// The folders that are there by now.
    folders: Mutex<HashSet<String>>,
}

impl Stage {
    /// Finds out what is there; writes nothing.
    pub(super) fn find(place: Place) -> Result<Self> {
        let left = if place.next.is_dir() { Tree::read(&place.next)? } else { Tree::default() };
        let left_files = left.files.iter().map(|(path, _)| path.clone()).collect();
        let folders = Mutex::new(left.folders.iter().cloned().collect());
        Ok(Self { place, left, left_files, folders })
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Makes one file what it must be.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let next = self.place.next.join(path);
        let written = match self.ready(path)? {
            Some(there) if is_alone(&there) => write_over(&next, bytes),
            // Bytes may be written over only where the present site cannot see it.
            Some(_) => fs::remove_file(&next).and_then(|()| File::create(&next)?.write_all(bytes)),
            None => File::create(&next).and_then(|mut file| file.write_all(bytes)),
        };
        written.with_context(|| Reason::writing(&next))
    }

    /// Makes one file what it is in the present site.
    pub(super) fn keep(&self, path: &str, present: &Metadata) -> Result<()> {
        let next = self.place.next.join(path);
        if let Some(there) = self.ready(path)? {
            if is_same_file(&there, present) {
                return Ok(());
            }
            fs::remove_file(&next).with_context(|| Reason::removing(&next))?;
        }
        let site = self.place.site.join(path);
        // Not every disk has hard links, and not without end.
        if fs::hard_link(&site, &next).is_ok() {
            return Ok(());
        }
        fs::copy(&site, &next).map(drop).with_context(|| Reason::writing(&next))
    }

    /// Moves one file from here into the present site, in one step.
    pub(super) fn hand_over(&self, path: &str) -> Result<()> {
        let present = self.place.site.join(path);
        fs::rename(self.place.next.join(path), &present)
            .with_context(|| reason!("remplacement de {}", "replacing {}", present.display()))
    }

    /// Gives the present site this mark, in one step.
    pub(super) fn hand_over_mark(&self, mark: &Mark) -> Result<()> {
        self.make_folder(None)?;
        mark.write(&self.place.next)?;
        self.hand_over(mark::NAME)
    }

    /// Removes what has no place in the next site.
    pub(super) fn clear(&self, ledger: &Ledger) -> Result<()> {
        let next = &self.place.next;
        let act = |path: &str| Reason::removing(&next.join(path));
        // A folder that had to make room for a file took what it held with it.
        let gone = |result: std::io::Result<()>| match result {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Err(error),
            _ => Ok(()),
        };
        self.left
            .files
            .par_iter()
            .map(|(path, _)| path.as_str())
            .filter(|path| !ledger.has(path) && !ledger.has_folder(path))
            .try_for_each(|path| gone(fs::remove_file(next.join(path))).with_context(|| act(path)))?;
        // A folder is listed before those that it holds.
        for path in self.left.folders.iter().rev().filter(|path| !ledger.has_folder(path) && !ledger.has(path)) {
            gone(fs::remove_dir(next.join(path))).with_context(|| act(path))?;
        }
        Ok(())
    }

    /// Makes the folders that a file needs; gives what stands in its place, a folder never.
    fn ready(&self, path: &str) -> Result<Option<Metadata>> {
        self.make_folder(folders_of(path).next())?;
        let is_left = |set: &HashSet<String>| set.contains(path);
        let next = self.place.next.join(path);
        if is_left(&self.folders.lock().unwrap_or_else(PoisonError::into_inner)) {
            fs::remove_dir_all(&next).with_context(|| Reason::removing(&next))?;
            return Ok(None);
        }
        if !is_left(&self.left_files) {
            return Ok(None);
        }
        fs::symlink_metadata(&next).map(Some).with_context(|| Reason::looking_at(&next))
    }

    /// Makes a folder and those above it; `None` is the folder of the site itself. Two threads may well make the same.
    fn make_folder(&self, folder: Option<&str>) -> Result<()> {
        let name = folder.unwrap_or_default();
        if self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(name) {
            return Ok(());
        }
        let next = self.place.next.join(name);
        let make = |next: &Path| match fs::create_dir(next) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && next.is_dir() => Ok(()),
            made => made,
        };
        let made = match folder {
            None => fs::create_dir_all(&next),
            Some(folder) => {
                self.make_folder(folders_of(folder).next())?;
                if self.left_files.contains(folder) {
                    // Whoever comes second finds nothing left to remove.
                    make(&next).or_else(|_| fs::remove_file(&next).and(make(&next)).or_else(|_| make(&next)))
                } else {
                    make(&next)
                }
            }
        };
        made.with_context(|| Reason::making_folder(&next))?;
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        Ok(())
    }
}

/// Writes over what is there. A file that is cut to nothing first is sent to the disk when it is closed, on some systems; this
/// one is cut last.
fn write_over(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::options().write(true).truncate(false).open(path)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)
}

#[cfg(unix)]
fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether a plain file has no other name.
#[cfg(unix)]
fn is_alone(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    file.is_file() && file.nlink() == 1
}

#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_alone(_: &Metadata) -> bool {
    false
}
