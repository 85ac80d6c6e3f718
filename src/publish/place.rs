use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::mark::Mark;
use crate::config;
use crate::reason::{Reason, reason};

/// The folder of a site, and the hidden folder beside it in which its publication is at home.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder of the site, symbolic links resolved: renaming must move the folder, not a link to it.
    pub(super) site: PathBuf,
    /// The hidden folder.
    pub(super) work: PathBuf,
    /// The next site, until it is complete; from then on the former one.
    pub(super) next: PathBuf,
    /// The former site, for an instant, where the system cannot exchange two folders in one step.
    pub(super) former: PathBuf,
}

impl Place {
    /// Finds the place of a site. Refuses a folder that is neither empty nor made here; writes nothing.
    pub(super) fn find(directory: &Path) -> Result<Self> {
        let shown = directory.display();
        let real = || reason!("recherche de l’emplacement réel de {shown}", "finding the real place of {shown}");
        let site = match fs::metadata(directory) {
            Ok(metadata) if metadata.is_dir() => fs::canonicalize(directory).with_context(real)?,
            Ok(_) => bail!(reason!(
                "publication dans {shown} : c’est un fichier ; choisissez un dossier",
                "publishing into {shown}: it is a file; choose a folder"
            )),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if fs::symlink_metadata(directory).is_ok() {
                    bail!(reason!(
                        "publication dans {shown} : c’est un lien qui ne mène nulle part ; choisissez un dossier",
                        "publishing into {shown}: it is a link that leads nowhere; choose a folder"
                    ));
                }
                std::path::absolute(directory).with_context(real)?
            }
            Err(error) => return Err(error).with_context(|| Reason::looking_at(directory)),
        };
        let (Some(parent), Some(name)) = (site.parent(), site.file_name()) else {
            bail!(reason!(
                "publication dans {shown} : choisissez un dossier qui ait un nom à lui",
                "publishing into {shown}: choose a folder that has a name of its own"
            ));
        };
        refuse_what_is_not_ours(&site)?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".recueil");
        let work = parent.join(hidden);
        Ok(Self { next: work.join("next"), former: work.join("former"), work, site })
    }
}

/// A folder without a mark may be taken only when there is nothing in it.
fn refuse_what_is_not_ours(site: &Path) -> Result<()> {
    let act = || Reason::listing(site);
    let mut entries = match fs::read_dir(site) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(act),
    };
    let Some(first) = entries.next() else { return Ok(()) };
    if Mark::read(site)?.is_some() {
        return Ok(());
    }
    let (shown, book) = (site.display(), config::FILE);
    if site.join(book).exists() {
        bail!(reason!(
            "publication dans {shown} : c’est le dossier d’un livre (il contient `{book}`) ; choisissez pour le site un dossier à lui",
            "publishing into {shown}: it is the folder of a book (it holds `{book}`); choose a folder of its own for the site"
        ));
    }
    let first = first.with_context(act)?.file_name();
    bail!(reason!(
        "publication dans {shown} : le dossier n’est pas vide (il contient `{}`) et n’a pas été fait par Recueil ; choisissez-en un \
         autre, ou videz-le d’abord",
        "publishing into {shown}: the folder is not empty (it holds `{}`) and was not made by Recueil; choose another, or empty it \
         first",
        first.display()
    ))
}
