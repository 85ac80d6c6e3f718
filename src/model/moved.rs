use std::collections::{BTreeMap, HashSet};

use super::Site;
use super::urls::{Page, of_document, pages};
use crate::source::SourceId;

/// A former address, and where it leads now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<'a> {
    /// The former address, ending with `/`.
    pub from: String,
    /// The present one.
    pub to: &'a str,
    /// The title of the page there.
    pub title: &'a str,
    /// The file of that page.
    pub source: SourceId,
}

/// Every former address of what readers see, in order: those that are written (`aliases`), and with each of them those of the
/// entries of the document, or of everything in the folder. A page that exists is never hidden by one.
pub fn moved<'a>(site: &'a Site) -> Vec<Moved<'a>> {
    let any = site.documents.iter().any(|document| !document.aliases.is_empty())
        || site.folders.iter().any(|folder| !folder.aliases.is_empty());
    if !any {
        return Vec::new();
    }
    let pages: Vec<Page<'a>> = pages(site).collect();
    let taken: HashSet<&str> = pages.iter().map(|page| page.url).collect();
    let mut moved: BTreeMap<String, Page<'a>> = BTreeMap::new();
    let mut add = |alias: &str, own: &str, page: Page<'a>| {
        let Some(rest) = page.url.strip_prefix(own) else { return };
        let from = format!("{}/{rest}", alias.trim_matches('/'));
        if !taken.contains(from.as_str()) {
            moved.entry(from).or_insert(page);
        }
    };
    // What a document says of itself goes before what is said of its folder.
    for document in site.published() {
        for alias in &document.aliases {
            of_document(document).for_each(|page| add(&alias.value, &document.page.url, page));
        }
    }
    for folder in site.folders.iter() {
        for alias in &folder.aliases {
            for page in &pages {
                add(&alias.value, &folder.page.url, *page);
            }
        }
    }
    moved.into_iter().map(|(from, Page { url, title, source, .. })| Moved { from, to: url, title, source }).collect()
}
