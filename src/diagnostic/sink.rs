use std::collections::BTreeMap;

use super::{Code, Diagnostic, Lang, Level};
use crate::source::Snapshot;

/// How many findings have one code and one level.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What they are called.
    pub code: Code,
    /// How bad they are.
    pub level: Level,
    /// How many.
    pub count: usize,
}

/// Where every floor leaves its findings.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink that speaks one language.
    pub fn new(lang: Lang) -> Self {
        Self { lang, diagnostics: Vec::new() }
    }

    /// The language to write messages in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Leaves a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over the findings of another sink, as parallel work ends.
    pub fn append(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Gives up everything found so far.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Everything found so far.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Drops or re-grades findings, as the book asks.
    pub fn retain_mut(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.diagnostics.retain_mut(keep);
    }

    /// Takes everything out; what is left is empty and speaks the same language.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let empty = Self::new(self.lang);
        std::mem::replace(self, empty)
    }

    /// Orders findings by path, place and code, and drops exact repeats, so that the same book gives the same list.
    pub fn sort(&mut self, snapshot: &Snapshot) {
        self.diagnostics.sort_by(|a, b| {
            let path = |d: &Diagnostic| snapshot.file(d.span.source).path.as_str();
            (path(a), a.span.start, a.span.end, a.code.name(), &a.message).cmp(&(
                path(b),
                b.span.start,
                b.span.end,
                b.code.name(),
                &b.message,
            ))
        });
        self.diagnostics.dedup_by(|a, b| a.span == b.span && a.code.name() == b.code.name() && a.message == b.message);
    }

    /// How many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// How many findings there are of each code and level, the worst level first.
    pub fn by_code(&self) -> Vec<Counted> {
        let mut counted: BTreeMap<(Level, &str), Counted> = BTreeMap::new();
        for Diagnostic { code, level, .. } in &self.diagnostics {
            let new = || Counted { code: code.clone(), level: *level, count: 0 };
            counted.entry((*level, code.name())).or_insert_with(new).count += 1;
        }
        counted.into_values().collect()
    }
}
