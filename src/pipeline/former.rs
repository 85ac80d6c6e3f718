use std::path::Path;
use std::sync::Arc;

use super::documents::Found;
use super::{Build, Floor, Inputs, Timings};
use crate::check::rules::{Rules, Verdicts};
use crate::check::views::Views;
use crate::check::{Checked, Since};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::model::{self, Date, Document, Revision, Site};
use crate::render::Theme;
use crate::source::{Snapshot, SourceId};

/// What one version of a book leaves to the next: a file that was not touched is not read again, one that has not changed is neither
/// parsed nor typed again, and where nothing changed but the insides of a few documents, only what looks at those is done anew.
#[derive(Debug)]
pub struct Former {
    snapshot: Snapshot,
    lang: Lang,
    today: Date,
    /// None for a book whose settings could not be read.
    kept: Option<Kept>,
}

/// What was made of the texts.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) site: Arc<Site>,
    pub(super) found: Arc<Found>,
    pub(super) checked: Arc<Checked>,
    pub(super) rules: Arc<Rules>,
    pub(super) verdicts: Arc<Verdicts>,
    pub(super) views: Arc<Views>,
    pub(super) theme: Option<Arc<Theme>>,
}

impl Build {
    /// What the next version may take from this one.
    pub fn former(&self) -> Former {
        let kept = |found: &Arc<Found>| {
            Some(Kept {
                site: Arc::clone(self.site.as_ref()?),
                found: Arc::clone(found),
                checked: Arc::clone(&self.checked),
                rules: Arc::clone(&self.rules),
                verdicts: Arc::clone(&self.verdicts),
                views: Arc::clone(&self.views),
                theme: self.theme.clone(),
            })
        };
        Former {
            snapshot: self.snapshot.clone(),
            lang: self.sink.lang(),
            today: self.today,
            kept: self.found.as_ref().and_then(kept),
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
        let frame = folders.iter().chain([&config.source]);
        let is_same = |source: &SourceId| self.has(snapshot, *source);
        (self.lang == lang && snapshot.has_same_paths(&self.snapshot) && frame.into_iter().all(is_same)).then_some(self)
    }

    /// Whether a text has not changed.
    pub(super) fn has(&self, snapshot: &Snapshot, source: SourceId) -> bool {
        snapshot.has_same(source, &self.snapshot)
    }

    /// The document of a file that has not changed, with what was found in it.
    pub(super) fn document(&self, snapshot: &Snapshot, source: SourceId) -> Option<(Arc<Document>, &[Diagnostic])> {
        let kept = self.kept.as_ref().filter(|_| self.has(snapshot, source))?;
        let found = kept.found.parsed.get(&source).map(Vec::as_slice).unwrap_or_default();
        Some((Arc::clone(kept.site.in_file(source)?), found))
    }

    /// What was made of the texts, if a book that differs in some documents may take from it.
    pub(super) fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref()
    }

    /// What checks may take from here, where only a few documents changed.
    pub(super) fn since<'a>(&'a self, inputs: (&Snapshot, Date), revision: Option<&'a Revision>) -> Option<Since<'a>> {
        let (snapshot, today) = inputs;
        // Addresses that were published once are held against those of today.
        let is_same = |source| self.has(snapshot, source);
        let (kept, revision) = self.kept.as_ref().zip(revision)?;
        let holds = self.today == today && snapshot.find(model::URLS).is_none_or(is_same);
        holds.then_some(Since {
            revision,
            checked: &kept.checked,
            rules: &kept.rules,
            verdicts: &kept.verdicts,
            views: &kept.views,
        })
    }

    /// The theme, where its files and the settings have not changed.
    pub(super) fn theme(&self, snapshot: &Snapshot, config: &Config, lang: Lang) -> Option<Arc<Theme>> {
        let folder = format!("{}/", crate::render::theme_folder(config));
        let files =
            snapshot.files().filter(|(source, file)| *source == config.source || file.path.starts_with(&folder));
        let is_same =
            snapshot.has_same_paths(&self.snapshot) && files.into_iter().all(|(source, _)| self.has(snapshot, source));
        self.kept.as_ref().filter(|_| is_same && self.lang == lang)?.theme.clone()
    }
}
