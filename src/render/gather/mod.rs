//! What documents say under one heading, read across all of them: the sections that a schema marks with `gather`.

mod behind;
mod narrow;
mod page;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use self::behind::Behind;
use self::narrow::Narrowing;
pub(super) use self::page::{Link, Narrow, list, overview, page, pages, url};
use super::facet::Facets;
use super::words::Words;
use crate::model::{Document, DocumentId, Site};
use crate::parse::slug;
use crate::schema::Collection;

/// Every heading that is gathered, in the order in which collections declare them.
pub(super) struct Gathered<'a> {
    headings: Vec<Heading<'a>>,
    /// Which heading a section of a document belongs to.
    places: HashMap<(DocumentId, usize), usize>,
}

/// One heading, and what all documents say under it.
pub(super) struct Heading<'a> {
    title: &'a str,
    url: String,
    /// The latest first.
    parts: Vec<Part<'a>>,
    narrowings: Vec<Narrowing<'a>>,
    behind: Behind<'a>,
    /// What its documents are.
    collections: Vec<&'a Collection>,
    /// How many documents have it.
    count: usize,
}

/// What one document says under it.
#[derive(Clone, Copy)]
struct Part<'a> {
    document: &'a Document,
    /// The place of the section in the document's text.
    section: usize,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(site: &'a Site, words: &Words, facets: &Facets<'a>) -> Self {
        let base = words.url("gathered");
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let mut headings: Vec<Heading<'a>> = Vec::new();
        for collection in site.schema.collections.values() {
            for rule in collection.sections.iter().filter(|rule| rule.gather) {
                let name = slug(&rule.title.value);
                let place = *by_name.entry(name.clone()).or_insert_with(|| {
                    let url = format!("{base}{name}/");
                    headings.push(Heading::new(&rule.title.value, url));
                    headings.len() - 1
                });
                let documents =
                    site.by_collection.get(&collection.id).into_iter().flatten().map(|id| site.document(*id));
                for document in documents.filter(|document| !document.draft) {
                    headings[place].parts.extend(parts(document, &name));
                }
                let of_collection =
                    |part: &Part<'_>| part.document.collection.as_deref() == Some(collection.id.as_str());
                if headings[place].parts.last().is_some_and(of_collection) {
                    headings[place].collections.push(collection);
                }
            }
        }
        headings.retain(|heading| !heading.parts.is_empty());
        let mut places = HashMap::new();
        for (at, heading) in headings.iter_mut().enumerate() {
            heading.parts.sort_by_cached_key(|part| {
                let page = &part.document.page;
                (Reverse(part.document.date.map(|date| date.value)), page.url.clone(), part.section)
            });
            heading.count = documents(heading.parts.iter());
            (heading.narrowings, heading.behind) = narrow::narrowings(words, &heading.parts, &heading.url, facets);
            places.extend(heading.parts.iter().map(|part| ((part.document.id, part.section), at)));
        }
        Self { headings, places }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.headings.is_empty()
    }

    /// The heading that a section of a document belongs to, where other documents have it too.
    pub(super) fn of_section(&self, document: &Document, section: usize) -> Option<&Heading<'a>> {
        let heading = &self.headings[*self.places.get(&(document.id, section))?];
        heading.parts.iter().any(|part| part.document.id != document.id).then_some(heading)
    }

    /// Every heading.
    pub(super) fn headings(&self) -> impl Iterator<Item = &Heading<'a>> {
        self.headings.iter()
    }
}

impl<'a> Heading<'a> {
    fn new(title: &'a str, url: String) -> Self {
        Self {
            title,
            url,
            parts: Vec::new(),
            narrowings: Vec::new(),
            behind: Behind::default(),
            collections: Vec::new(),
            count: 0,
        }
    }

    pub(super) fn title(&self) -> &'a str {
        self.title
    }

    /// Address of its first page.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// The sections of a document that have a name and say something.
fn parts<'a>(document: &'a Document, name: &str) -> impl Iterator<Item = Part<'a>> {
    let sections = document.page.body.sections.iter().enumerate().filter(|(_, section)| section.level > 0);
    sections
        .filter(move |(_, section)| section.items > 0 && slug(&section.title) == name)
        .map(move |(section, _)| Part { document, section })
}

/// How many documents some parts come from.
fn documents<'p, 'a: 'p>(parts: impl Iterator<Item = &'p Part<'a>>) -> usize {
    // A document may have one heading twice; its parts stand together.
    let mut last = None;
    parts.filter(|part| last.replace(part.document.id) != Some(part.document.id)).count()
}

/// Parts by document, to find those of one.
fn by_document(parts: &[Part<'_>]) -> BTreeMap<DocumentId, Vec<usize>> {
    let mut found: BTreeMap<DocumentId, Vec<usize>> = BTreeMap::new();
    for (place, part) in parts.iter().enumerate() {
        found.entry(part.document.id).or_default().push(place);
    }
    found
}
