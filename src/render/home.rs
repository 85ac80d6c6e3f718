use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::linked;
use super::listing::{self, Listed};
use super::page::{Head, Page};
use super::shared::Shared;
use super::{markdown, value};
use crate::model::{Document, DocumentId};
use crate::schema::{Kind, Shape};

/// A way into the site holds no more choices than a phone shows at once.
const FEW: std::ops::RangeInclusive<usize> = 2..=9;
const ENTRANCES: usize = 2;
const HIGHLIGHTS: usize = 6;

#[derive(Serialize)]
struct Home<'a> {
    body: String,
    highlights: Vec<Listed<'a>>,
    entrances: Vec<Entrance<'a>>,
}

/// A small collection whose documents say what others are about.
#[derive(Serialize)]
struct Entrance<'a> {
    title: &'a str,
    url: String,
    more: usize,
    values: Vec<Way<'a>>,
}

#[derive(Serialize)]
struct Way<'a> {
    label: &'a str,
    url: &'a str,
    count: usize,
    current: bool,
}

pub(super) fn page(shared: &Shared<'_>) -> Page {
    let config = shared.cx.config;
    let folder = shared.cx.site.folders.iter().find(|folder| folder.id.is_empty());
    let mut head = match folder {
        Some(folder) => Head::of(shared, "home", &folder.page),
        None => Head { description: config.description.clone(), ..Head::new(shared, "home", &config.title, "") },
    };
    head.toc.clear();
    head.nodes.push(linked::home(shared));
    let home = Home {
        body: folder.map(|folder| markdown::body(shared, &folder.page.body, &head.root)).unwrap_or_default(),
        highlights: highlights(shared),
        entrances: entrances(shared),
    };
    let page = Page::new(shared, "home.html", &head).with("home", &home);
    match folder {
        Some(folder) => page.from(folder.page.source, folder.page.template.as_ref()),
        None => page,
    }
}

/// Dated documents, those with results and without a notice first, the latest first, no collection more than half of them.
fn highlights<'a>(shared: &Shared<'a>) -> Vec<Listed<'a>> {
    let mut dated: Vec<&Document> =
        shared.listed.values().flatten().copied().filter(|document| document.date.is_some()).collect();
    dated.sort_by_key(|document| {
        let noticed = !listing::notices(shared, document).is_empty();
        (
            noticed,
            Reverse(results(shared, document).min(1)),
            Reverse(document.date.map(|date| date.value)),
            &document.page.url,
        )
    });
    let mut taken: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    dated
        .into_iter()
        .filter(|document| {
            let taken = taken.entry(document.collection.as_deref()).or_default();
            *taken += 1;
            *taken <= HIGHLIGHTS / 2 + 1
        })
        .take(HIGHLIGHTS)
        .map(|document| Listed::new(shared, document))
        .collect()
}

/// How many measured results a document has.
fn results(shared: &Shared<'_>, document: &Document) -> usize {
    let fields = shared.collection_of(document).map(|collection| &collection.fields);
    fields
        .into_iter()
        .flatten()
        .filter(|(_, field)| matches!(value::inner(field), Shape::Outcome(_)))
        .filter_map(|(name, _)| document.values.get(name)?.value.items().map(<[_]>::len))
        .sum()
}

/// The small collections that most documents are filtered by.
fn entrances<'a>(shared: &Shared<'a>) -> Vec<Entrance<'a>> {
    let mut users: BTreeMap<DocumentId, BTreeSet<DocumentId>> = BTreeMap::new();
    for choice in shared.facets.all().flat_map(|facet| &facet.choices) {
        if let Some(document) = choice.document {
            users.entry(document.id).or_default().extend(choice.documents.iter().map(|document| document.id));
        }
    }
    let count = |document: &Document| users.get(&document.id).map_or(0, BTreeSet::len);
    let mut found: Vec<(usize, Entrance<'a>)> = Vec::new();
    for collection in shared.cx.site.schema.collections.values().filter(|collection| collection.kind == Kind::Documents)
    {
        let Some(documents) = shared.listed.get(collection.id.as_str()) else { continue };
        if !FEW.contains(&documents.len()) {
            continue;
        }
        let used: Vec<&Document> = documents.iter().copied().filter(|document| count(document) > 0).collect();
        let total = used.iter().map(|document| count(document)).sum();
        let values = used
            .into_iter()
            .map(|document| Way {
                label: &document.page.title.value,
                url: &document.page.url,
                count: count(document),
                current: false,
            })
            .collect();
        found.push((total, Entrance { title: &collection.title, url: format!("{}/", collection.id), more: 0, values }));
    }
    found.retain(|(total, _)| *total > 0);
    found.sort_by_key(|(total, _)| Reverse(*total));
    found.into_iter().take(ENTRANCES).map(|(_, entrance)| entrance).collect()
}
