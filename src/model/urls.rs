use std::collections::BTreeMap;

use super::moved::moved;
use super::{Document, Site};
use crate::source::{Snapshot, SourceId, Span, Spanned};

/// The file, beside `book.toml`, that holds every address that was ever published: one a line, sorted, with the file it came from.
pub const URLS: &str = "urls.lock";

/// An address that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// Below the root of the site, ending with `/`.
    pub url: Spanned<String>,
    /// The file it came from, with `#` and its number for an entry.
    pub file: String,
}

/// A page that an author answers for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) url: &'a str,
    pub(super) title: &'a str,
    pub(super) source: SourceId,
    /// For an entry: its number.
    number: Option<&'a str>,
}

/// The page of a document that readers see, and those of its entries.
pub(super) fn of_document(document: &Document) -> impl Iterator<Item = Page<'_>> {
    let source = document.page.source;
    let own = Page { url: &document.page.url, title: &document.page.title.value, source, number: None };
    let entries = document.entries.iter().map(move |entry| Page {
        url: &entry.url,
        title: &entry.title,
        source,
        number: Some(&entry.number.value),
    });
    std::iter::once(own).chain(entries)
}

/// Every page that an author answers for: folders, documents, entries. The home page is always there.
pub(super) fn pages(site: &Site) -> impl Iterator<Item = Page<'_>> {
    let folders = site.folders.iter().filter(|folder| !folder.id.is_empty()).map(|folder| &folder.page);
    let folders =
        folders.map(|page| Page { url: &page.url, title: &page.title.value, source: page.source, number: None });
    folders.chain(site.published().flat_map(of_document))
}

/// The addresses that the book has now, those that lead elsewhere included, with the file of each.
pub fn urls(site: &Site, snapshot: &Snapshot) -> BTreeMap<String, String> {
    let path = |source: SourceId| snapshot.file(source).path.as_str();
    let moved = moved(site).into_iter().map(|moved| (moved.from, path(moved.source).to_owned()));
    let mut urls: BTreeMap<String, String> = moved.collect();
    for page in pages(site) {
        let file = match page.number {
            Some(number) => format!("{}#{number}", path(page.source)),
            None => path(page.source).to_owned(),
        };
        urls.insert(page.url.to_owned(), file);
    }
    urls
}

/// Reads [`URLS`]. What a merge of two branches leaves behind is passed over: the order of lines means nothing, and a line that is there
/// twice is one.
pub fn locked_urls(snapshot: &Snapshot, source: SourceId) -> Vec<Locked> {
    let mut locked: Vec<Locked> = Vec::new();
    let mut start = 0;
    for line in snapshot.file(source).text.split_inclusive('\n') {
        let text = line.trim();
        let (url, file) = text.split_once(' ').unwrap_or((text, ""));
        if url.ends_with('/') {
            let at = start + line.find(url).unwrap_or_default();
            let url = Spanned::new(url.to_owned(), Span::new(source, at..at + url.len()));
            locked.push(Locked { url, file: file.trim().to_owned() });
        }
        start += line.len();
    }
    locked.sort_by(|one, other| one.url.value.cmp(&other.url.value));
    locked.dedup_by(|one, other| one.url.value == other.url.value);
    locked
}

/// The text of [`URLS`] once the present addresses are added. Nothing is ever taken out: only an author gives an address up.
pub fn keep_urls(locked: &[Locked], urls: BTreeMap<String, String>, introduction: &str) -> String {
    let mut all = urls;
    for locked in locked {
        if !all.contains_key(&locked.url.value) {
            all.insert(locked.url.value.clone(), locked.file.clone());
        }
    }
    let mut text = String::with_capacity(all.len() * 96);
    for line in introduction.lines() {
        text.push_str("# ");
        text.push_str(line);
        text.push('\n');
    }
    for (url, file) in all {
        text.push_str(&url);
        text.push(' ');
        text.push_str(&file);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Locked> {
        let mut snapshot = Snapshot::default();
        let source = snapshot.add_text(URLS, text.as_bytes());
        locked_urls(&snapshot, source)
    }

    #[test]
    fn a_merge_of_two_branches_needs_no_hand() {
        let locked = read("# Words\n<<<<<<< HEAD\nb/ b.md\n=======\na/ a b.md\r\nb/ b.md\n>>>>>>> other\n");
        let told: Vec<(&str, &str)> =
            locked.iter().map(|locked| (locked.url.value.as_str(), locked.file.as_str())).collect();
        assert_eq!(told, [("a/", "a b.md"), ("b/", "b.md")]);
    }

    #[test]
    fn what_was_published_stays_and_what_is_new_comes_in_its_place() {
        let locked = read("c/ c.md\na/ old.md\n");
        let urls = [("a/", "a.md"), ("b/", "b.md#1")].map(|(url, file)| (url.to_owned(), file.to_owned()));
        let text = keep_urls(&locked, BTreeMap::from(urls), "Words");
        assert_eq!(text, "# Words\na/ a.md\nb/ b.md#1\nc/ c.md\n");
        assert_eq!(keep_urls(&read(&text), BTreeMap::new(), "Words"), text);
    }
}
