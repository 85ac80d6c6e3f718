//! Citations: how to name a document elsewhere, for people and for the programs that keep bibliographies.
//!
//! What is cited is worked out once, as a [`Citation`]; each format is a file that writes it down. A page holds the words and the three
//! formats for one document (some 400 bytes once compressed, where three files a document would be 30,000 files of a large book); the
//! same for a whole collection stands beside its page.

mod bibtex;
mod csl;
mod ris;
mod words;

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Serialize;

use super::credit;
use super::listing;
use super::shared::Shared;
use crate::artifact::Artifact;
use crate::model::{Date, Document};
use crate::schema::Kind;

/// The name of the citations of a collection, beside its page, less the extension.
const FILE: &str = "citations";

/// How many citations tell how much room all of them take.
const SAMPLE: usize = 100;

/// A document as others cite it. Texts are on one line.
struct Citation<'a> {
    /// A name for it, unique in the book, of ASCII letters, digits, `.`, `-` and `_`.
    key: String,
    kind: Genre,
    authors: Vec<&'a str>,
    title: Cow<'a, str>,
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
    let [mut bibtex, mut ris, mut csl] = [const { String::new() }; 3];
    bibtex::write(&citation, &mut bibtex);
    ris::write(&citation, "\n", &mut ris);
    csl.push('[');
    csl::write(&citation, &mut csl);
    csl.push_str("]\n");
    let collection = shared.collection_of(document).filter(|collection| collection.kind == Kind::Documents);
    CitationValue {
        text: words::write(&citation, shared.words()),
        institution: if citation.kind == Genre::Report { citation.publisher.to_owned() } else { String::new() },
        authors: citation.authors.iter().map(|author| one_line(author).into_owned()).collect(),
        date: citation.date.map(|date| date.to_string().replace('-', "/")).unwrap_or_default(),
        key: citation.key,
        title: citation.title.into_owned(),
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

/// A format: its extension, and how it is written down.
type Format = (&'static str, fn(&[&Document], &Shared<'_>) -> String);

const FORMATS: [Format; 3] = [
    ("bib", |documents, shared| {
        written(documents, shared, |citation, out| {
            bibtex::write(citation, out);
            out.push('\n');
        })
    }),
    ("ris", |documents, shared| written(documents, shared, |citation, out| ris::write(citation, "\r\n", out))),
    ("json", |documents, shared| {
        let items = written(documents, shared, |citation, out| {
            out.push_str(if out.is_empty() { "[\n" } else { ",\n" });
            csl::write(citation, out);
        });
        items + "\n]\n"
    }),
];

/// The citations of each collection, in each format, each handed over as soon as it is made.
pub(super) fn files<E: Send>(shared: &Shared<'_>, keep: impl Fn(Artifact) -> Result<(), E> + Sync) -> Result<(), E> {
    for collection in shared.cx.site.schema.collections.values().filter(|of| of.kind == Kind::Documents) {
        let documents = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if documents.is_empty() {
            continue;
        }
        FORMATS.into_par_iter().try_for_each(|(extension, write)| {
            keep(Artifact::new(format!("{}/{FILE}.{extension}", collection.id), write(documents, shared)))
        })?;
    }
    Ok(())
}

/// All citations, one after the other, in room that is taken in one piece.
fn written(documents: &[&Document], shared: &Shared<'_>, write: impl Fn(&Citation<'_>, &mut String)) -> String {
    let mut out = String::new();
    for (at, document) in documents.iter().enumerate() {
        if at == SAMPLE {
            out.reserve(out.len() / SAMPLE * (documents.len() - SAMPLE) * 9 / 8);
        }
        if let Some(citation) = Citation::of(shared, document) {
            write(&citation, &mut out);
        }
    }
    out
}

/// An address as a name: `reports-2024-03-lantern-hall`.
fn key(url: &str) -> String {
    url.trim_matches('/').chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// A text without line breaks, doubled spaces or control characters, which every format would take for an end.
fn one_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_one = !bytes.iter().any(|byte| *byte < b' ' || *byte == 0x7f)
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && memchr::memmem::find(bytes, b"  ").is_none()
        && !text.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    if is_one {
        return Cow::Borrowed(text);
    }
    let ends = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') || c.is_control();
    let words: Vec<&str> = text.split(ends).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests;
