//! Citations: how to name a document elsewhere, for people and for the programs that keep bibliographies.
//!
//! What is cited is worked out once, as a [`Citation`]; each format is a file that writes it down. A page holds the words and the three
//! formats for one document (some 400 bytes once compressed, where three files a document would be 30,000 files of a large book); the
//! same for a whole collection stands beside its page.

mod bibtex;
mod csl;
mod ris;
mod words;

use serde::Serialize;

use super::credit;
use super::listing;
use super::shared::Shared;
use crate::artifact::Artifact;
use crate::model::{Date, Document};
use crate::schema::Kind;

/// The name of the citations of a collection, beside its page, less the extension.
const FILE: &str = "citations";

/// A document as others cite it. Texts are on one line.
struct Citation<'a> {
    /// A name for it, unique in the book, of ASCII letters, digits, `.`, `-` and `_`.
    key: String,
    kind: Genre,
    authors: Vec<&'a str>,
    title: String,
    /// The site that it is part of.
    site: &'a str,
    publisher: &'a str,
    /// Its day; that of its last change where it has no other.
    date: Option<Date>,
    language: &'a str,
    /// Its whole address; empty where the book does not say where it stands.
    url: String,
    /// What readers are told on top of the page: that it is fictional, say.
    notes: Vec<&'a str>,
}

/// What a bibliography would call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Genre {
    Report,
    Page,
    Term,
}

/// What the page of a document shows of it; all empty for what nobody cites.
#[derive(Serialize, Default)]
pub(super) struct CitationValue {
    text: String,
    key: String,
    title: String,
    authors: Vec<String>,
    /// As `2024/03/12`.
    date: String,
    /// Who gives out a report; empty for anything else.
    institution: String,
    url: String,
    bibtex: String,
    ris: String,
    csl: String,
    /// The citations of the whole collection, less the extension.
    all_url: String,
}

/// What the page of a document shows of its citation.
pub(super) fn value(shared: &Shared<'_>, document: &Document) -> CitationValue {
    let Some(citation) = Citation::of(shared, document) else { return CitationValue::default() };
    let bibtex = bibtex::write(&citation);
    let (ris, csl) = (ris::write(&citation, "\n"), csl::write(std::slice::from_ref(&citation)));
    let collection = shared.collection_of(document).filter(|collection| collection.kind == Kind::Documents);
    CitationValue {
        text: words::write(&citation, shared.words()),
        institution: if citation.kind == Genre::Report { citation.publisher.to_owned() } else { String::new() },
        authors: citation.authors.iter().map(|author| one_line(author)).collect(),
        date: citation.date.map(|date| date.to_string().replace('-', "/")).unwrap_or_default(),
        key: citation.key,
        title: citation.title,
        url: citation.url,
        bibtex,
        ris,
        csl,
        all_url: collection.map(|collection| format!("{}/{FILE}", collection.id)).unwrap_or_default(),
    }
}

impl<'a> Citation<'a> {
    /// How a document is cited. Rules and documents of collections are; free pages are the site's own.
    fn of(shared: &Shared<'a>, document: &'a Document) -> Option<Self> {
        let collection = shared.collection_of(document)?;
        let config = shared.cx.config;
        let base = &config.base_url;
        Some(Self {
            key: key(&document.page.url),
            kind: match collection.schema_org {
                "Report" => Genre::Report,
                "DefinedTerm" => Genre::Term,
                _ => Genre::Page,
            },
            authors: credit::authors(shared, document),
            title: one_line(&document.page.title.value),
            site: &config.title,
            publisher: credit::publisher(shared),
            date: document.date.or(document.updated).map(|day| day.value),
            language: &config.language,
            url: if base.is_empty() { String::new() } else { format!("{base}/{}", document.page.url) },
            notes: listing::notice_titles(shared, document).collect(),
        })
    }
}

/// The citations of each collection, in each format.
pub(super) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let mut files = Vec::new();
    for collection in shared.cx.site.schema.collections.values().filter(|of| of.kind == Kind::Documents) {
        let documents = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let citations: Vec<Citation<'_>> =
            documents.iter().filter_map(|document| Citation::of(shared, document)).collect();
        if citations.is_empty() {
            continue;
        }
        let url = format!("{}/{FILE}", collection.id);
        let bibtex: Vec<String> = citations.iter().map(bibtex::write).collect();
        let ris: String = citations.iter().map(|citation| ris::write(citation, "\r\n")).collect();
        files.push(Artifact::new(format!("{url}.bib"), bibtex.join("\n")));
        files.push(Artifact::new(format!("{url}.ris"), ris));
        files.push(Artifact::new(format!("{url}.json"), csl::write(&citations)));
    }
    files
}

/// An address as a name: `reports-2024-03-lantern-hall`.
fn key(url: &str) -> String {
    url.trim_matches('/').chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// A text without line breaks, doubled spaces or control characters, which every format would take for an end.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() && c != '\u{a0}' || c.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
