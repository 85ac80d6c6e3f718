use std::collections::HashMap;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::parse::{self, Page};
use crate::source::{Snapshot, SourceId};

/// What was found when a file was parsed, where there was anything.
pub(super) type Parsed = HashMap<SourceId, Vec<Diagnostic>>;

/// The pages of the content: the introductions of folders, and all others.
pub(super) fn sources(snapshot: &Snapshot, config: &Config) -> (Vec<SourceId>, Vec<SourceId>) {
    let folder = format!("{}/", config.src);
    let of_content = |path: &str| path.starts_with(&folder) && is_page(path);
    let pages = snapshot.files().filter(|(_, file)| of_content(&file.path)).map(|(id, _)| id);
    pages.partition(|id| snapshot.file(*id).path.ends_with("_index.md"))
}

/// What was made of a file, and what was found in it.
pub(super) type Made<T> = (SourceId, T, Vec<Diagnostic>);

pub(super) fn in_parallel<T: Send>(
    sources: Vec<SourceId>,
    make: impl Fn(SourceId) -> Made<T> + Send + Sync,
) -> Vec<Made<T>> {
    sources.into_par_iter().map(make).collect()
}

pub(super) fn parse_page(snapshot: &Snapshot, source: SourceId, lang: Lang) -> Made<Page> {
    let mut sink = Sink::new(lang);
    let page = parse::parse(snapshot, source, &mut sink);
    (source, page, sink.into_diagnostics())
}

/// Reports what was found, file by file, and keeps it apart as well.
pub(super) fn keep_findings<T>(made: Vec<Made<T>>, sink: &mut Sink) -> (Vec<T>, Parsed) {
    let mut parsed = Parsed::default();
    let mut keep = |(source, made, found): Made<T>| {
        if !found.is_empty() {
            for finding in &found {
                sink.push(finding.clone());
            }
            parsed.insert(source, found);
        }
        made
    };
    (made.into_iter().map(&mut keep).collect(), parsed)
}

/// Whether a file of the content is a page; all others are published as they are.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// The introductions of folders, with the ids of the folders, in the order of their paths.
pub(super) fn indexes<'a>(snapshot: &'a Snapshot, config: &Config, pages: &'a [Page]) -> Vec<(&'a str, &'a Page)> {
    let folder = format!("{}/", config.src);
    let id = |page: &Page| -> Option<&'a str> {
        let below = snapshot.file(page.source).path.strip_prefix(&folder)?;
        Some(below.strip_suffix("_index.md")?.trim_end_matches('/'))
    };
    pages.iter().filter_map(|page| Some((id(page)?, page))).collect()
}
