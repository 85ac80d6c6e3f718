use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use super::Published;
use super::mark::Mark;
use super::place::Place;
use super::tree::{Kind, Tree};
use crate::artifact::Artifacts;

/// One file of the next site.
#[derive(Debug)]
pub(super) struct Target<'a> {
    pub(super) path: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) state: State,
}

/// How a file of the next site stands in the present one.
#[derive(Debug)]
pub(super) enum State {
    /// The same bytes are there, in this file.
    Same(Metadata),
    /// Something else is there.
    Changed,
    /// Nothing is there.
    New,
}

/// The next site, held against the present one.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    /// Every file of the next site, by path.
    pub(super) targets: Vec<Target<'a>>,
    /// How many files the site no longer has.
    gone: usize,
    /// Whether the folder is there and its mark lists just these files.
    listed: bool,
}

impl<'a> Comparison<'a> {
    /// Compares every byte. Refuses a folder that holds what was not made here.
    pub(super) fn of(artifacts: &'a Artifacts, next: &Mark, place: &Place) -> Result<Self> {
        let present = Mark::read(&place.site)?;
        let found: BTreeMap<String, Kind> = match &present {
            Some(_) => Tree::read(&place.site)?.files.into_iter().collect(),
            None => BTreeMap::new(),
        };
        let mut gone = 0;
        for path in found.keys().filter(|path| artifacts.get(path).is_none()) {
            let name = path.rsplit('/').next().unwrap_or(path);
            if present.as_ref().is_some_and(|mark| mark.lists(path)) {
                gone += 1;
            } else if !LEFT_BY_DESKTOPS.contains(&name) {
                bail!(
                    "publishing into {}: `{path}` was not made by Recueil and would be lost; move it elsewhere, or choose another \
                     output folder",
                    place.site.display()
                );
            }
        }
        let artifacts: Vec<_> = artifacts.iter().collect();
        let targets = artifacts
            .into_par_iter()
            .map(|(path, bytes)| {
                let state = match found.get(path) {
                    None => State::New,
                    Some(Kind::Other) => State::Changed,
                    Some(Kind::File) => {
                        let file = place.site.join(path);
                        hold(&file, bytes).with_context(|| format!("reading {}", file.display()))?
                    }
                };
                Ok(Target { path, bytes, state })
            })
            .collect::<Result<_>>()?;
        Ok(Self { targets, gone, listed: present.as_ref() == Some(next) })
    }

    /// Whether there is nothing to do.
    pub(super) fn is_clean(&self) -> bool {
        self.listed && self.gone == 0 && self.different().next().is_none()
    }

    /// The one file that changed, when nothing else did.
    pub(super) fn only_change(&self) -> Option<(&'a str, &'a [u8])> {
        let mut different = self.different();
        match (different.next()?, different.next()) {
            (Target { path, bytes, state: State::Changed }, None) if self.listed && self.gone == 0 => {
                Some((path, bytes))
            }
            _ => None,
        }
    }

    /// The same in numbers.
    pub(super) fn counts(&self) -> Published {
        let written = self.different().count();
        Published { written, unchanged: self.targets.len() - written, removed: self.gone }
    }

    fn different(&self) -> impl Iterator<Item = &Target<'a>> {
        self.targets.iter().filter(|target| !matches!(target.state, State::Same(_)))
    }
}

/// Files that desktops leave in any folder that they show: not worth a refusal, nor keeping.
const LEFT_BY_DESKTOPS: [&str; 4] = [".DS_Store", ".directory", "Thumbs.db", "desktop.ini"];

/// Holds a file against the bytes that it should have.
fn hold(path: &Path, bytes: &[u8]) -> io::Result<State> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut rest = bytes;
    if metadata.len() != bytes.len() as u64 {
        return Ok(State::Changed);
    }
    let mut buffer = [0; 16 * 1024];
    while !rest.is_empty() {
        let read = match file.read(&mut buffer) {
            Ok(length) => &buffer[..length],
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match rest.strip_prefix(read) {
            Some(end) if !read.is_empty() => rest = end,
            _ => return Ok(State::Changed),
        }
    }
    Ok(State::Same(metadata))
}
