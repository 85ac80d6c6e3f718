use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use super::Published;
use super::compare::{State, hold};
use super::ledger::Ledger;
use super::lock::Lock;
use super::mark::{Mark, Origin, Stamp};
use super::place::Place;
use super::stage::Stage;
use super::swap;
use super::tree::{Kind, Tree};
use crate::artifact::{Artifact, Outlet};
use crate::reason::{Reason, reason};

/// A site on its way to a folder: each file is held against the present one as it comes, and kept beside it if it differs.
/// Until [`finish`](Self::finish) has put everything in place the present site stands as it did; a publication that is dropped
/// before leaves no other trace.
#[derive(Debug)]
pub struct Publication {
    // Fields are dropped in this order: the right to publish last.
    stage: Stage,
    /// The mark and the files of the present site.
    present: Option<Mark>,
    found: BTreeMap<String, Kind>,
    next: Mutex<Next>,
    is_finished: bool,
    _lock: Lock,
}

/// What has come so far.
#[derive(Debug, Default)]
struct Next {
    ledger: Ledger,
    /// Files that are in the present site as they should be.
    same: Vec<(String, fs::Metadata)>,
    changed: Vec<String>,
    new: usize,
    bytes: u64,
}

impl Publication {
    /// Begins to publish into a folder, which is made if need be.
    ///
    /// # Errors
    ///
    /// One that exists must be empty or have been made here, and nobody else may be publishing into it.
    pub fn begin(directory: &Path) -> Result<Self> {
        let place = Place::find(directory)?;
        let lock = Lock::take(&place)?;
        swap::recover(&place)?;
        let present = Mark::read(&place.site)?;
        let found = match &present {
            Some(_) => Tree::read(&place.site)?.files.into_iter().collect(),
            None => BTreeMap::new(),
        };
        let stage = Stage::find(place)?;
        Ok(Self { stage, present, found, next: Mutex::default(), is_finished: false, _lock: lock })
    }

    /// Makes the folder hold exactly what was put: all of it, or, when something fails, what it held before. `origin` is what
    /// [`current`](super::current) will know the site by; none for one that has to be made again next time.
    ///
    /// # Errors
    ///
    /// When there is nothing to publish, when the folder holds what was not made here, or when the system refuses.
    pub fn finish(mut self, origin: Option<Origin>) -> Result<Published> {
        let next = std::mem::take(self.next.get_mut().unwrap_or_else(PoisonError::into_inner));
        let place = self.stage.place();
        if next.same.is_empty() && next.changed.is_empty() && next.new == 0 {
            bail!(reason!(
                "publication dans {} : le site n’a pas un seul fichier ; le dossier reste comme il est",
                "publishing into {}: the site has no file at all; the folder is left as it is",
                place.site.display()
            ));
        }
        let removed = self.gone(&next.ledger)?;
        let counts = Published { written: next.changed.len() + next.new, unchanged: next.same.len(), removed };
        let Next { ledger, same, changed, new, bytes } = next;
        let stamp = origin.map(|origin| Stamp { origin, bytes });
        // A folder whose mark lists just these files may be spared the exchange.
        let files = counts.written + counts.unchanged;
        let is_listed = new == 0
            && removed == 0
            && self.present.as_ref().is_some_and(|mark| mark.is_of(files, |path| ledger.has(path)));
        match changed.as_slice() {
            [] if is_listed => self.renew_mark(stamp)?,
            [only] if is_listed => {
                self.stage.hand_over(only)?;
                self.renew_mark(stamp)?;
            }
            _ => {
                self.stage.clear(&ledger)?;
                same.par_iter().try_for_each(|(path, present)| self.stage.keep(path, present))?;
                Mark::of(ledger.into_files(), stamp).write(&place.next)?;
                if let Ok(site) = fs::metadata(&place.site) {
                    fs::set_permissions(&place.next, site.permissions()).with_context(|| {
                        reason!("droits de {}", "setting the permissions of {}", place.next.display())
                    })?;
                }
                swap::swap(place)?;
            }
        }
        self.is_finished = true;
        Ok(counts)
    }

    /// Gives the present site another stamp. It comes after all else, for its time is held against that of the files.
    fn renew_mark(&mut self, stamp: Option<Stamp>) -> Result<()> {
        match self.present.take() {
            Some(mark) => self.stage.hand_over_mark(&mark.stamped(stamp)),
            None => Ok(()),
        }
    }

    /// How many files the site no longer has. Refuses a folder that holds what was not made here.
    fn gone(&self, ledger: &Ledger) -> Result<usize> {
        let mut gone = 0;
        for path in self.found.keys().filter(|path| !ledger.has(path)) {
            let name = path.rsplit('/').next().unwrap_or(path);
            if self.present.as_ref().is_some_and(|mark| mark.lists(path)) {
                gone += 1;
            } else if !LEFT_BY_DESKTOPS.contains(&name) {
                bail!(reason!(
                    "publication dans {} : `{path}` n’a pas été fait par Recueil et serait perdu ; mettez-le ailleurs, ou choisissez \
                     un autre dossier pour le site",
                    "publishing into {}: `{path}` was not made by Recueil and would be lost; move it elsewhere, or choose another \
                     output folder",
                    self.stage.place().site.display()
                ));
            }
        }
        Ok(gone)
    }

    fn state(&self, artifact: &Artifact) -> Result<State> {
        match self.found.get(&artifact.path) {
            None => Ok(State::New),
            Some(Kind::Other) => Ok(State::Changed),
            Some(Kind::File) => {
                let file = self.stage.place().site.join(&artifact.path);
                hold(&file, &artifact.bytes).with_context(|| Reason::reading(&file))
            }
        }
    }

    fn next(&self) -> std::sync::MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Publication {
    type Error = anyhow::Error;

    fn put(&self, artifact: Artifact) -> Result<bool> {
        if !self.next().ledger.enter(&artifact.path)? {
            return Ok(false);
        }
        let state = self.state(&artifact)?;
        self.next().bytes += artifact.bytes.len() as u64;
        match state {
            State::Same(present) => self.next().same.push((artifact.path, present)),
            State::Changed => {
                self.stage.write(&artifact.path, &artifact.bytes)?;
                self.next().changed.push(artifact.path);
            }
            State::New => {
                self.stage.write(&artifact.path, &artifact.bytes)?;
                self.next().new += 1;
            }
        }
        Ok(true)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if !self.is_finished {
            // Most often the disk is full: give back what was taken.
            let _ = fs::remove_dir_all(&self.stage.place().next);
        }
    }
}

/// Files that desktops leave in any folder that they show: not worth a refusal, nor keeping.
const LEFT_BY_DESKTOPS: [&str; 4] = [".DS_Store", ".directory", "Thumbs.db", "desktop.ini"];
