//! From texts to documents with meaning, with as little done anew as the last version of the book allows.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Floor, Former, Timings};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::model::{self, Revision, Site, Unlinked};
use crate::parallel::SHARE;
use crate::parse::{self, Page};
use crate::schema;
use crate::source::{Snapshot, SourceId};

/// What was found on the way to a site.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// In files, as they were parsed, where there was anything.
    pub(super) parsed: BTreeMap<SourceId, Vec<Diagnostic>>,
    /// In what the schema declares.
    declared: Vec<Diagnostic>,
}

impl Found {
    fn report(&self, sink: &mut Sink) {
        self.parsed.values().flatten().chain(&self.declared).for_each(|finding| sink.push(finding.clone()));
    }
}

/// A site, and how it came about.
pub(super) struct Made {
    pub(super) site: Site,
    pub(super) found: Found,
    /// What it changes in the site of the former version, where that is all that changed.
    pub(super) revision: Option<Revision>,
}

/// Makes the site of a book; what has not changed since a former version is taken from there.
pub(super) fn make(
    snapshot: &Snapshot,
    config: &Config,
    former: Option<&Former>,
    (sink, timings): (&mut Sink, &mut Timings),
) -> Made {
    let (folders, documents) = sources(snapshot, config);
    let former = former.and_then(|former| former.for_documents(snapshot, config, &folders, sink.lang()));
    let made = former
        .and_then(|former| revise(snapshot, config, former, &documents, sink.lang()))
        .unwrap_or_else(|| make_all(snapshot, config, (folders, documents), former, (sink.lang(), timings)));
    timings.lap(Floor::Model);
    made.found.report(sink);
    made
}

/// The usual case of somebody who writes: a few texts changed, and nothing that others know them by.
fn revise(snapshot: &Snapshot, config: &Config, former: &Former, documents: &[SourceId], lang: Lang) -> Option<Made> {
    let kept = former.kept()?;
    let changed = documents.iter().copied().filter(|source| !former.has(snapshot, *source));
    let typed = in_parallel(changed.collect(), |source| {
        let (source, page, found) = parse_page(snapshot, source, lang);
        (source, model::read(snapshot, &config.src, &kept.site.schema, page), found)
    });
    let mut found = Found::clone(&kept.found);
    for (source, ..) in &typed {
        found.parsed.remove(source);
    }
    let changed = keep_findings(typed, &mut found);
    let (site, revision) = model::revise(&kept.site, changed)?;
    Some(Made { site, found, revision: Some(revision) })
}

fn make_all(
    snapshot: &Snapshot,
    config: &Config,
    (folders, documents): (Vec<SourceId>, Vec<SourceId>),
    former: Option<&Former>,
    (lang, timings): (Lang, &mut Timings),
) -> Made {
    let mut found = Found::default();
    let folders: Vec<Page> =
        keep_findings(in_parallel(folders, |source| parse_page(snapshot, source, lang)), &mut found);
    let mut declared = Sink::new(lang);
    let schema = Arc::new(schema::read(indexes(snapshot, config, &folders), &mut declared));
    found.declared = declared.into_diagnostics();
    let typed = in_parallel(documents, |source| {
        if let Some((document, found)) = former.and_then(|former| former.document(snapshot, source)) {
            return (source, Unlinked::from(document), found.to_vec());
        }
        // What is made of a page is kept, not its tree: the trees of all pages at once would take more room than the site.
        let (source, page, found) = parse_page(snapshot, source, lang);
        (source, model::read(snapshot, &config.src, &schema, page), found)
    });
    let documents = keep_findings(typed, &mut found);
    timings.lap(Floor::Parse);
    let site = model::link(snapshot, &config.src, schema, folders, documents);
    Made { site, found, revision: None }
}

/// The pages of the content: the introductions of folders, and all others.
fn sources(snapshot: &Snapshot, config: &Config) -> (Vec<SourceId>, Vec<SourceId>) {
    let folder = format!("{}/", config.src);
    let of_content = |path: &str| path.starts_with(&folder) && is_page(path);
    let pages = snapshot.files().filter(|(_, file)| of_content(&file.path)).map(|(id, _)| id);
    pages.partition(|id| snapshot.file(*id).path.ends_with("_index.md"))
}

/// What was made of a file, and what was found in it.
type OfFile<T> = (SourceId, T, Vec<Diagnostic>);

fn in_parallel<T: Send>(sources: Vec<SourceId>, make: impl Fn(SourceId) -> OfFile<T> + Send + Sync) -> Vec<OfFile<T>> {
    sources.into_par_iter().with_max_len(SHARE).map(make).collect()
}

fn parse_page(snapshot: &Snapshot, source: SourceId, lang: Lang) -> OfFile<Page> {
    let mut sink = Sink::new(lang);
    let page = parse::parse(snapshot, source, &mut sink);
    (source, page, sink.into_diagnostics())
}

/// Takes down what was found, file by file.
fn keep_findings<T>(made: Vec<OfFile<T>>, found: &mut Found) -> Vec<T> {
    let keep = |(source, made, of_file): OfFile<T>| {
        if !of_file.is_empty() {
            found.parsed.insert(source, of_file);
        }
        made
    };
    made.into_iter().map(keep).collect()
}

/// Whether a file of the content is a page; all others are published as they are.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// The introductions of folders, with the ids of the folders, in the order of their paths.
fn indexes<'a>(snapshot: &'a Snapshot, config: &Config, pages: &'a [Page]) -> Vec<(&'a str, &'a Page)> {
    let folder = format!("{}/", config.src);
    let id = |page: &Page| -> Option<&'a str> {
        let below = snapshot.file(page.source).path.strip_prefix(&folder)?;
        Some(below.strip_suffix("_index.md")?.trim_end_matches('/'))
    };
    pages.iter().filter_map(|page| Some((id(page)?, page))).collect()
}
