use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use super::mark;
use crate::reason::Reason;

/// What stands below a folder, by path.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Everything that is not a folder, but the mark.
    pub(super) files: Vec<(String, Kind)>,
    /// The folders.
    pub(super) folders: Vec<String>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plain file.
    File,
    /// A symbolic link, say: never followed.
    Other,
}

impl Tree {
    /// Lists a folder.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut tree = list(folder, "")?;
        tree.files.retain(|(path, _)| path != mark::NAME);
        Ok(tree)
    }
}

fn list(folder: &Path, below: &str) -> Result<Tree> {
    let act = || Reason::listing(folder);
    let mut tree = Tree::default();
    for entry in fs::read_dir(folder).with_context(act)? {
        let entry = entry.with_context(act)?;
        // A name that is not UTF-8 is none of ours, and will be refused as such.
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().with_context(act)?;
        if kind.is_dir() {
            tree.folders.push(path);
        } else {
            tree.files.push((path, if kind.is_file() { Kind::File } else { Kind::Other }));
        }
    }
    let deeper = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        list(&folder.join(name), &format!("{path}/"))
    };
    let deeper: Vec<Tree> = tree.folders.par_iter().map(deeper).collect::<Result<_>>()?;
    for below in deeper {
        tree.files.extend(below.files);
        tree.folders.extend(below.folders);
    }
    Ok(tree)
}
