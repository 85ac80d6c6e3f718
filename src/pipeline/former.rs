use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::model::{Date, Document};
use crate::source::{Snapshot, SourceId};

use super::pages::Parsed;
use super::{Build, Floor, Inputs, Timings};

/// What one version of a book leaves to the next: a file that was not touched is not read again, and one that has not changed is
/// neither parsed nor typed again. All that looks beyond one document is done anew.
#[derive(Debug)]
pub struct Former {
    snapshot: Snapshot,
    lang: Lang,
    /// Documents by their file.
    documents: HashMap<SourceId, Arc<Document>>,
    /// What was found when files were parsed.
    parsed: Parsed,
}

impl Build {
    /// What the next version may take from this one.
    pub fn former(&self) -> Former {
        let documents = self.site.iter().flat_map(|site| &site.documents);
        Former {
            snapshot: self.snapshot.clone(),
            lang: self.sink.lang(),
            documents: documents.map(|document| (document.page.source, Arc::clone(document))).collect(),
            parsed: self.parsed.clone(),
        }
    }
}

impl Former {
    /// Reads the book again, when it is known which files were touched; `None` where that does not do, and then the whole book has to
    /// be read.
    pub fn read_again(&self, touched: &[impl AsRef<Path>], today: Date, lang: Option<Lang>) -> Option<Inputs> {
        let mut timings = Timings::default();
        let snapshot = self.snapshot.again(touched)?;
        let source = snapshot.find(config::FILE)?;
        // What else is to be read is said there.
        if !snapshot.has_same(source, &self.snapshot) {
            return None;
        }
        let mut sink = Sink::new(lang.or_else(|| config::spoken(&snapshot, source)).unwrap_or_default());
        let config = config::read(&snapshot, source, &mut sink);
        timings.lap(Floor::Read);
        Some(Inputs { snapshot, config, today, sink, timings })
    }

    /// Whether a book is the one that this was made of.
    pub fn is_same(&self, inputs: &Inputs) -> bool {
        inputs.snapshot.is_same(&self.snapshot)
    }

    /// Lets a book that was read as a whole share what has not changed.
    pub fn lend(&self, inputs: &mut Inputs) {
        inputs.snapshot.share(&self.snapshot);
    }

    /// This, if its documents may be taken where their files are the same: they depend on the settings and on the introductions of
    /// folders, which declare their fields, and files go by their place in the book.
    pub(super) fn for_documents(
        &self,
        snapshot: &Snapshot,
        config: &Config,
        folders: &[SourceId],
        lang: Lang,
    ) -> Option<&Self> {
        let is_same = |source: &SourceId| snapshot.has_same(*source, &self.snapshot);
        let frame = folders.iter().chain([&config.source]);
        (self.lang == lang && snapshot.has_same_paths(&self.snapshot) && frame.into_iter().all(is_same)).then_some(self)
    }

    /// The document of a file that has not changed, with what was found in it.
    pub(super) fn document(&self, snapshot: &Snapshot, source: SourceId) -> Option<(Arc<Document>, &[Diagnostic])> {
        let document = self.documents.get(&source).filter(|_| snapshot.has_same(source, &self.snapshot))?;
        Some((Arc::clone(document), self.parsed.get(&source).map(Vec::as_slice).unwrap_or_default()))
    }
}
