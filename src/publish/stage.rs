use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, Metadata};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use super::compare::{Comparison, State, Target};
use super::mark::Mark;
use super::place::Place;
use super::tree::Tree;

/// Puts one file in the place of the former one.
pub(super) fn replace(place: &Place, path: &str, bytes: &[u8]) -> Result<()> {
    let present = place.site.join(path);
    write(&place.file, bytes)?;
    fs::rename(&place.file, &present).with_context(|| format!("replacing {}", present.display()))
}

/// Completes the next site beside the present one, on whatever an earlier run has left there.
pub(super) fn build(place: &Place, mark: &Mark, comparison: &Comparison<'_>) -> Result<()> {
    let built = fill(place, mark, comparison);
    if built.is_err() {
        // Most often the disk is full: give back what was taken.
        let _ = fs::remove_dir_all(&place.next);
    }
    built
}

fn fill(place: &Place, mark: &Mark, comparison: &Comparison<'_>) -> Result<()> {
    let next = &place.next;
    let left = if next.is_dir() { Tree::read(next)? } else { Tree::default() };
    let folders = folders(comparison);
    clear(next, &left, &folders, comparison)?;

    let there: HashSet<&str> = left.folders.iter().map(String::as_str).collect();
    fs::create_dir_all(next).with_context(|| format!("making the folder {}", next.display()))?;
    for folder in folders.iter().filter(|folder| !there.contains(*folder)) {
        let folder = next.join(folder);
        fs::create_dir(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
    }
    let there: HashSet<&str> = left.files.iter().map(|(path, _)| path.as_str()).collect();
    comparison.targets.par_iter().try_for_each(|target| put(place, target, there.contains(target.path)))?;
    mark.write(next)?;
    match fs::metadata(&place.site) {
        Ok(site) => fs::set_permissions(next, site.permissions())
            .with_context(|| format!("setting the permissions of {}", next.display())),
        Err(_) => Ok(()),
    }
}

/// Every folder of the next site, each after the one that holds it.
fn folders<'a>(comparison: &Comparison<'a>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for target in &comparison.targets {
        let mut rest = target.path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

/// Removes what has no place in the next site.
fn clear(next: &Path, left: &Tree, folders: &BTreeSet<&str>, comparison: &Comparison<'_>) -> Result<()> {
    let paths: HashSet<&str> = comparison.targets.iter().map(|target| target.path).collect();
    let act = |path: &str| format!("removing {}", next.join(path).display());
    left.files
        .par_iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !paths.contains(path))
        .try_for_each(|path| fs::remove_file(next.join(path)).with_context(|| act(path)))?;
    // A folder is listed before those that it holds.
    for path in left.folders.iter().rev().filter(|path| !folders.contains(path.as_str())) {
        fs::remove_dir(next.join(path)).with_context(|| act(path))?;
    }
    Ok(())
}

/// Makes one file of the next site what it must be.
fn put(place: &Place, target: &Target<'_>, is_there: bool) -> Result<()> {
    let next = place.next.join(target.path);
    let act = || format!("writing {}", next.display());
    let there = if is_there { Some(fs::symlink_metadata(&next).with_context(act)?) } else { None };
    if let (Some(there), State::Same(present)) = (&there, &target.state)
        && is_same_file(there, present)
    {
        return Ok(());
    }
    // Bytes may be written over only where the present site cannot see it.
    let is_shared = there.as_ref().is_some_and(|there| !is_alone(there));
    if is_shared || (there.is_some() && matches!(target.state, State::Same(_))) {
        fs::remove_file(&next).with_context(|| format!("removing {}", next.display()))?;
    }
    // Not every disk has hard links, and not without end: the bytes are at hand.
    let is_linked =
        matches!(target.state, State::Same(_)) && fs::hard_link(place.site.join(target.path), &next).is_ok();
    if is_linked { Ok(()) } else { write(&next, target.bytes) }
}

/// Writes over what is there. A file that is cut to nothing first is sent to the disk when it is closed, on some systems; this
/// one is cut last.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut file = File::options().create(true).write(true).truncate(false).open(path)?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)
    };
    write().with_context(|| format!("writing {}", path.display()))
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
