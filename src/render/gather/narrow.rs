use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;

use super::behind::Behind;
use super::{Part, documents};
use crate::model::{Document, Site};
use crate::render::by_document::ByDocument;
use crate::render::facet::{Choice, Facets};
use crate::render::words::Words;

/// A facet with more choices than this would scatter what is gathered; the documents themselves can still be filtered by it.
const MOST: usize = 40;

/// A facet of the documents that have one heading, whatever their collections.
pub(super) struct Narrowing<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    pub(super) ways: Vec<Way<'a>>,
}

/// One value of it, and the parts that have it.
pub(super) struct Way<'a> {
    pub(super) label: String,
    pub(super) url: String,
    /// The document that the value is, where the facet is a reference.
    pub(super) document: Option<&'a Document>,
    /// Places among the parts of the heading, in order.
    pub(super) parts: Vec<usize>,
    /// How many documents they come from.
    pub(super) count: usize,
    pub(super) behind: Behind<'a>,
}

/// What documents stand behind some parts: the values of a facet that are documents themselves.
pub(super) struct Origin<'a> {
    pub(super) title: &'a str,
    /// How many values there are.
    pub(super) count: usize,
    /// By part, which of them it has.
    pub(super) of_part: Vec<Vec<usize>>,
}

impl<'a> Origin<'a> {
    fn new(narrowing: &Narrowing<'a>, parts: usize) -> Self {
        let mut of_part = vec![Vec::new(); parts];
        for (value, way) in narrowing.ways.iter().enumerate() {
            way.parts.iter().for_each(|place| of_part[*place].push(value));
        }
        Self { title: narrowing.title, count: narrowing.ways.len(), of_part }
    }
}

/// The facets by which some parts can be told apart: two values or more occur, and one of them more than once.
/// With them, all that stands behind the parts, however much it is.
pub(super) fn narrowings<'a>(
    (site, words): (&Site, &Words),
    parts: &[Part<'a>],
    base: &str,
    facets: &Facets<'a>,
) -> (Vec<Narrowing<'a>>, Behind<'a>) {
    // The parts of a document stand together.
    let mut places: ByDocument<Range<usize>> = ByDocument::new(site);
    for (place, part) in parts.iter().enumerate() {
        let of_document = &mut places[part.document.id];
        *of_document = if of_document.end == 0 { place..place + 1 } else { of_document.start..place + 1 };
    }
    let mut found: IndexMap<&str, (&str, IndexMap<String, Way<'a>>)> = IndexMap::new();
    let collections: BTreeSet<&str> = parts.iter().filter_map(|part| part.document.collection.as_deref()).collect();
    for facet in facets.all().filter(|facet| collections.contains(facet.collection.id.as_str())) {
        let key = facet.field.key.value.as_str();
        let (_, ways) = found.entry(key).or_insert_with(|| (facet.field.title.as_str(), IndexMap::new()));
        for choice in &facet.choices {
            add(choice, &format!("{base}{key}/"), &places, ways);
        }
    }
    let narrowing = |(key, (title, ways)): (&'a str, (&'a str, IndexMap<String, Way<'a>>))| {
        let mut ways: Vec<Way<'a>> = ways.into_values().collect();
        for way in &mut ways {
            way.parts.sort_unstable();
            way.count = documents(way.parts.iter().map(|place| &parts[*place]));
        }
        Narrowing { key, title, ways }
    };
    let mut all: Vec<Narrowing<'a>> = found.into_iter().map(narrowing).collect();
    let are_documents = |narrowing: &&Narrowing<'_>| narrowing.ways.iter().any(|way| way.document.is_some());
    let origins = all.iter().filter(are_documents);
    let origins: Vec<Origin<'a>> = origins.map(|narrowing| Origin::new(narrowing, parts.len())).collect();
    all.retain(|narrowing| {
        (2..=MOST).contains(&narrowing.ways.len()) && narrowing.ways.iter().any(|way| way.parts.len() > 1)
    });
    for way in all.iter_mut().flat_map(|narrowing| &mut narrowing.ways) {
        way.behind = Behind::new(words, parts, &origins, Some(&way.parts));
    }
    (all, Behind::new(words, parts, &origins, None))
}

fn add<'a>(choice: &Choice<'a>, base: &str, places: &ByDocument<Range<usize>>, ways: &mut IndexMap<String, Way<'a>>) {
    let parts: Vec<usize> = choice.documents.iter().flat_map(|document| places[document.id].clone()).collect();
    if parts.is_empty() {
        return;
    }
    let name = choice.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    ways.entry(name.to_owned())
        .or_insert_with(|| Way {
            label: choice.label.clone(),
            url: format!("{base}{name}/"),
            document: choice.document,
            parts: Vec::new(),
            count: 0,
            behind: Behind::default(),
        })
        .parts
        .extend(parts);
}
