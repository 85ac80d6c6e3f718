//! What tells a book from others, and what there is to tell of it: a site that stands as it was made need not be made again, nor
//! its book checked.

use serde::{Deserialize, Serialize};

use super::{Build, Inputs, Timings, checks};
use crate::config::Config;
use crate::diagnostic::{Lang, Sink, recall, record};
use crate::model::{self, Date};
use crate::source::{Snapshot, fingerprint};

/// What there is to tell of a book that was checked.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The files that findings point into.
    pub snapshot: &'a Snapshot,
    /// What the book says of itself.
    pub config: Option<&'a Config>,
    /// How many documents it has.
    pub documents: usize,
    /// Everything that was found, sorted.
    pub sink: &'a Sink,
}

/// A book that is known, with what was found in it when it was checked.
#[derive(Debug)]
pub struct Known {
    inputs: Inputs,
    documents: usize,
}

/// What a build leaves to be told again.
#[derive(Serialize, Deserialize)]
struct Said {
    documents: usize,
    findings: String,
}

impl Inputs {
    /// What tells the texts and files of this book from those of another, but for the addresses that it keeps.
    pub fn fingerprint(&self) -> u64 {
        self.snapshot.fingerprint_without(self.snapshot.find(model::URLS))
    }

    /// What tells the site of this book from that of another: all that it depends on. `made_by` is the program with the fingerprint
    /// of the book.
    pub fn origin(&self, made_by: (u64, u64)) -> u64 {
        let kept = self.snapshot.find(model::URLS).map(|source| self.snapshot.file(source).text.as_str());
        origin(&self.snapshot, self.config.as_ref(), (self.today, self.sink.lang()), kept, made_by)
    }

    /// This book with what [`Build::said`] gave when it was checked; the book itself where that is not to be read.
    pub fn known(mut self, said: &str) -> Result<Known, Box<Self>> {
        let read = serde_json::from_str::<Said>(said).ok().and_then(|said| {
            let findings = recall(&said.findings, &self.snapshot, &checks())?;
            Some((said.documents, findings))
        });
        let Some((documents, findings)) = read else { return Err(Box::new(self)) };
        let mut sink = Sink::new(self.sink.lang());
        for finding in findings {
            sink.push(finding);
        }
        self.sink = sink;
        Ok(Known { inputs: self, documents })
    }
}

impl Known {
    /// What was found.
    pub fn told(&self) -> Told<'_> {
        let Inputs { snapshot, config, sink, .. } = &self.inputs;
        Told { snapshot, config: config.as_ref(), documents: self.documents, sink }
    }

    /// What it took.
    pub fn timings(&mut self) -> &mut Timings {
        &mut self.inputs.timings
    }
}

impl Build {
    /// What was found.
    pub fn told(&self) -> Told<'_> {
        let documents = self.site.as_ref().map_or(0, |site| site.documents.len());
        Told { snapshot: &self.snapshot, config: self.config.as_ref(), documents, sink: &self.sink }
    }

    /// The same in one line, for [`Inputs::known`].
    pub fn said(&self) -> String {
        let Told { documents, sink, .. } = self.told();
        serde_json::to_string(&Said { documents, findings: record(sink.diagnostics()) }).unwrap_or_default()
    }

    /// What [`Inputs::origin`] will say once the site of this book is published: the addresses that the book keeps count as they
    /// stand then.
    pub fn origin(&self, made_by: (u64, u64)) -> u64 {
        let source = self.snapshot.find(model::URLS);
        let kept = self.kept_urls().or_else(|| source.map(|source| self.snapshot.file(source).text.clone()));
        let run = (self.today, self.sink.lang());
        origin(&self.snapshot, self.config.as_ref(), run, kept.as_deref(), made_by)
    }
}

fn origin(
    snapshot: &Snapshot,
    config: Option<&Config>,
    (today, lang): (Date, Lang),
    kept: Option<&str>,
    made_by: (u64, u64),
) -> u64 {
    let base_url = config.map(|config| &config.base_url);
    fingerprint(&(made_by, kept, base_url, today.to_string(), lang, snapshot.commit(), snapshot.has_history()))
}
