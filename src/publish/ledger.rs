use std::collections::HashSet;

use anyhow::{Result, bail};

use super::mark;
use crate::reason::{Reason, reason};

/// The paths of a site that comes in piece by piece, every one of them fit to be written.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Ledger {
    /// Enters a file; `false` when it is there already. Refuses a path that cannot be written beside the others.
    pub(super) fn enter(&mut self, path: &str) -> Result<bool> {
        if let Some(fault) = fault(path) {
            let Reason { fr, en } = fault;
            bail!(reason!("publication de `{}` : {fr}", "publishing `{}`: {en}", path.escape_debug()));
        }
        if self.folders.contains(path) {
            bail!(reason!(
                "publication de `{path}` : c’est un dossier du site, il ne peut être aussi un fichier",
                "publishing `{path}`: it is a folder of the site, it cannot be a file as well"
            ));
        }
        if !self.files.insert(path.to_owned()) {
            return Ok(false);
        }
        for folder in folders_of(path) {
            if self.files.contains(folder) {
                bail!(reason!(
                    "publication de `{path}` : `{folder}` est un fichier du site, il ne peut être aussi un dossier",
                    "publishing `{path}`: `{folder}` is a file of the site, it cannot be a folder as well"
                ));
            }
            if !self.folders.insert(folder.to_owned()) {
                break;
            }
        }
        Ok(true)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// Every path of a file, in no order.
    pub(super) fn into_files(self) -> impl Iterator<Item = String> {
        self.files.into_iter()
    }
}

/// The folders that hold a file, innermost first.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// Why a path cannot be one of a site.
fn fault(path: &str) -> Option<Reason> {
    if path.is_empty() || path.split('/').any(str::is_empty) {
        return Some(reason!("le chemin a une partie vide", "the path has an empty part"));
    }
    if path.split('/').any(|part| part == "." || part == "..") {
        return Some(reason!("le chemin sort du dossier du site", "the path leaves the folder of the site"));
    }
    if path.contains('\\') || path.contains(char::is_control) {
        return Some(reason!(
            "le chemin a un signe qu’aucun nom de fichier ne devrait avoir",
            "the path has a character that no file name should have"
        ));
    }
    (path.split('/').next() == Some(mark::NAME))
        .then(|| reason!("ce nom est celui de la marque du dossier", "this name is kept for the mark of the folder"))
}
