//! The mark: a small file in the folder of a site that says who made it and lists what was made.
//!
//! With it, a file that is gone from the site is told from a file that somebody else put there.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::reason::{Reason, reason};

/// The name of the mark, at the top of the folder.
pub(super) const NAME: &str = ".recueil";

const FIRST_LINE: &str = "Made by Recueil, which replaces this folder whole. It holds these files:";

/// What the line of the stamp begins with: no path does.
const STAMP: char = '\t';

/// The paths of a site, and what it was made of.
#[derive(Debug)]
pub(super) struct Mark {
    paths: BTreeSet<String>,
    stamp: Option<Stamp>,
}

/// What tells a site that nobody touched from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) origin: Origin,
    /// The bytes of all its files together.
    pub(super) bytes: u64,
}

/// What a site was made of, as whoever published it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// What tells it from all others.
    pub fingerprint: u64,
    /// What there was to say of it, in one line.
    pub said: String,
}

impl Mark {
    /// The mark of a site with these files.
    pub(super) fn of(paths: impl IntoIterator<Item = String>, stamp: Option<Stamp>) -> Self {
        Self { paths: paths.into_iter().collect(), stamp }
    }

    /// The same with another stamp.
    pub(super) fn stamped(self, stamp: Option<Stamp>) -> Self {
        Self { stamp, ..self }
    }

    /// What the site was made of, if whoever published it said so.
    pub(super) fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// How many files the site has.
    pub(super) fn files(&self) -> usize {
        self.paths.len()
    }

    /// The mark of a folder; `None` when it has none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(NAME);
        let mut text = String::new();
        match File::open(&path).and_then(|mut file| file.read_to_string(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| Reason::reading(&path)),
        }
        let Some(list) = text.strip_prefix(FIRST_LINE) else {
            bail!(reason!(
                "{} n’est pas un fichier de Recueil : choisissez un autre dossier pour le site",
                "{} is not a file of Recueil: choose another output folder",
                path.display()
            ));
        };
        let (stamps, paths): (Vec<&str>, Vec<&str>) = list.lines().skip(1).partition(|line| line.starts_with(STAMP));
        let stamp = Stamp::read(&stamps);
        Ok(Some(Self { paths: paths.into_iter().map(str::to_owned).collect(), stamp }))
    }

    /// Writes the mark into a folder.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let mut text = String::from(FIRST_LINE);
        for path in &self.paths {
            text.push('\n');
            text.push_str(path);
        }
        text.push('\n');
        if let Some(Stamp { origin: Origin { fingerprint, said }, bytes }) = &self.stamp {
            text.extend([format!("{STAMP}{fingerprint:016x} {bytes}\n"), format!("{STAMP}{said}\n")]);
        }
        let path = folder.join(NAME);
        File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).with_context(|| Reason::writing(&path))
    }

    /// Whether that site has these files and no other.
    pub(super) fn is_of(&self, files: usize, has: impl Fn(&str) -> bool) -> bool {
        self.paths.len() == files && self.paths.iter().all(|path| has(path))
    }

    /// Whether the site that this mark stands for has such a file.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}

impl Stamp {
    /// Reads the lines that [`Mark::write`] wrote.
    fn read(lines: &[&str]) -> Option<Self> {
        let [stamp, said] = lines else { return None };
        let (fingerprint, bytes) = stamp.strip_prefix(STAMP)?.split_once(' ')?;
        let (fingerprint, said) = (u64::from_str_radix(fingerprint, 16).ok()?, said.strip_prefix(STAMP)?.to_owned());
        Some(Self { origin: Origin { fingerprint, said }, bytes: bytes.parse().ok()? })
    }
}
