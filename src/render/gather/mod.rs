//! What documents say under one heading, read across all of them: the sections that a schema marks with `gather`.

mod behind;
mod narrow;
mod page;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use self::behind::Behind;
use self::narrow::Narrowing;
pub(super) use self::page::{Link, Narrow, list, overview, page, pages, url};
use super::by_document::ByDocument;
use super::facet::Facets;
use super::words::Words;
use crate::model::{Document, Site};
use crate::parse::slug;
use crate::schema::Collection;

/// Every heading that is gathered, in the order in which collections declare them.
pub(super) struct Gathered<'a> {
    headings: Vec<Heading<'a>>,
    /// The sections of each document that belong to a heading, and to which.
    places: ByDocument<Vec<(usize, usize)>>,
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
        let mut headings: Vec<Heading<'a>> = Vec::new();
        // By collection: what it gathers, by the slug of the heading.
        let mut gathering: BTreeMap<&str, HashMap<String, usize>> = BTreeMap::new();
        for collection in site.schema.collections.values() {
            for rule in collection.sections.iter().filter(|rule| rule.gather) {
                let name = slug(&rule.title.value);
                let url = format!("{base}{name}/");
                let known = headings.iter().position(|heading| heading.url == url);
                let place = known.unwrap_or_else(|| {
                    headings.push(Heading::new(&rule.title.value, url));
                    headings.len() - 1
                });
                gathering.entry(&collection.id).or_default().insert(name, place);
            }
        }
        let mut documents: Vec<(&'a Document, &HashMap<String, usize>)> = site
            .published()
            .filter_map(|document| Some((document, gathering.get(document.collection.as_deref()?)?)))
            .collect();
        documents.par_sort_unstable_by_key(|(document, _)| {
            (Reverse(document.date.map(|date| date.value)), document.page.url.as_str())
        });
        // Headings repeat from document to document: what each means is worked out once.
        let mut named: HashMap<&str, String, FixedState> = HashMap::default();
        for (document, gathered) in documents {
            let sections = document.page.body.sections.iter().enumerate();
            for (section, said) in sections.filter(|(_, section)| section.level > 0 && section.items > 0) {
                let name = named.entry(&said.title).or_insert_with(|| slug(&said.title));
                if let Some(place) = gathered.get(name) {
                    headings[*place].parts.push(Part { document, section });
                }
            }
        }
        for collection in site.schema.collections.values() {
            for place in gathering.get(collection.id.as_str()).into_iter().flat_map(HashMap::values) {
                let is_of = |part: &Part<'_>| part.document.collection.as_deref() == Some(collection.id.as_str());
                if headings[*place].parts.iter().any(is_of) {
                    headings[*place].collections.push(collection);
                }
            }
        }
        headings.retain(|heading| !heading.parts.is_empty());
        headings.par_iter_mut().for_each(|heading| {
            heading.count = self::documents(heading.parts.iter());
            (heading.narrowings, heading.behind) =
                narrow::narrowings((site, words), &heading.parts, &heading.url, facets);
        });
        let mut places: ByDocument<Vec<(usize, usize)>> = ByDocument::new(site);
        for (at, heading) in headings.iter().enumerate() {
            heading.parts.iter().for_each(|part| places[part.document.id].push((part.section, at)));
        }
        Self { headings, places }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.headings.is_empty()
    }

    /// The heading that a section of a document belongs to, where other documents have it too.
    pub(super) fn of_section(&self, document: &Document, section: usize) -> Option<&Heading<'a>> {
        let (_, heading) = self.places[document.id].iter().find(|(known, _)| *known == section)?;
        let heading = &self.headings[*heading];
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

/// How many documents some parts come from.
fn documents<'p, 'a: 'p>(parts: impl Iterator<Item = &'p Part<'a>>) -> usize {
    // A document may have one heading twice; its parts stand together.
    let mut last = None;
    parts.filter(|part| last.replace(part.document.id) != Some(part.document.id)).count()
}
