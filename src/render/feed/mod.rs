//! Feeds: what is new, for readers who follow the site with a program of their own choosing.
//!
//! Every feed is the latest dated documents of one list: of the whole site, of a collection, of a value that readers filter by. It
//! stands beside the page of that list, whole addresses in it, so there is one only where the book says where it stands. Days come from
//! the documents: what has none is in no feed, and no clock is asked.

mod atom;
mod json;

use std::cmp::Reverse;

use rayon::prelude::*;

use super::credit;
use super::listing;
use super::shared::Shared;
use crate::artifact::Artifact;
use crate::model::{Date, Document};
use crate::schema::Kind;

/// How many documents a feed holds.
const LATEST: usize = 20;

/// The name of a feed beside its page.
const ATOM: &str = "atom.xml";
const JSON: &str = "feed.json";

/// The latest documents of one list.
struct Feed<'a> {
    title: String,
    description: &'a str,
    /// Address of its page below the root of the site.
    url: String,
    entries: Vec<Entry<'a>>,
}

/// A document in a feed.
#[derive(Clone)]
struct Entry<'a> {
    url: &'a str,
    title: &'a str,
    summary: String,
    /// What its collection calls it.
    kind: &'a str,
    published: Date,
    updated: Date,
}

/// What every feed of a site says of it.
struct Site<'a> {
    base: &'a str,
    language: &'a str,
    authors: Vec<&'a str>,
}

/// Address of the feed of the whole site; empty where there is none.
pub(super) fn site_url(shared: &Shared<'_>) -> String {
    url(shared, "", shared.cx.site.published())
}

/// Address of the feed of a list, given that of its page; empty where there is none.
pub(super) fn url<'d>(shared: &Shared<'_>, page: &str, documents: impl IntoIterator<Item = &'d Document>) -> String {
    let any = !shared.cx.config.base_url.is_empty() && documents.into_iter().any(|document| day(document).is_some());
    if any { format!("{page}{ATOM}") } else { String::new() }
}

/// Address of the JSON feed beside an Atom one.
pub(super) fn json_url(atom: &str) -> String {
    atom.strip_suffix(ATOM).map(|page| format!("{page}{JSON}")).unwrap_or_default()
}

/// Every feed of the site: Atom for all, JSON too for the site and its collections.
pub(super) fn files<'a>(shared: &Shared<'a>) -> Vec<Artifact> {
    let config = shared.cx.config;
    if config.base_url.is_empty() {
        return Vec::new();
    }
    let site = Site { base: &config.base_url, language: &config.language, authors: credit::of_site(shared) };
    let order = order(shared);
    let feed = |title: String, description: &'a str, url: &str, documents: &[&'a Document]| Feed {
        title,
        description,
        url: url.to_owned(),
        entries: entries(shared, &order, documents),
    };
    let mut files = Vec::new();
    let all: Vec<&'a Document> = shared.cx.site.published().collect();
    let mut whole = vec![feed(config.title.clone(), &config.description, "", &all)];
    for collection in shared.cx.site.schema.collections.values() {
        let documents = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let title = format!("{} – {}", collection.title, config.title);
        whole.push(feed(title, &collection.summary, &format!("{}/", collection.id), documents));
    }
    for feed in whole.iter().filter(|feed| !feed.entries.is_empty()) {
        files.push(Artifact::new(format!("{}{ATOM}", feed.url), atom::write(&site, feed)));
        files.push(Artifact::new(format!("{}{JSON}", feed.url), json::write(&site, feed)));
    }
    let choices: Vec<_> =
        shared.facets.all().flat_map(|facet| facet.choices.iter().map(move |choice| (facet, choice))).collect();
    let narrowed: Vec<Option<Artifact>> = choices
        .into_par_iter()
        .map(|(facet, choice)| {
            let title =
                format!("{} – {} – {} – {}", choice.label, facet.field.title, facet.collection.title, config.title);
            let feed = feed(title, "", &choice.url, &choice.documents);
            let some = !feed.entries.is_empty();
            some.then(|| Artifact::new(format!("{}{ATOM}", feed.url), atom::write(&site, &feed)))
        })
        .collect();
    files.extend(narrowed.into_iter().flatten());
    files
}

/// The day on which a document last changed, as far as it says so.
fn day(document: &Document) -> Option<Date> {
    document.updated.or(document.date).map(|day| day.value)
}

/// The place of each document among all, the latest first; by their addresses on the same day.
fn order(shared: &Shared<'_>) -> Vec<usize> {
    let mut dated: Vec<&Document> = shared.cx.site.published().filter(|document| day(document).is_some()).collect();
    dated.sort_unstable_by_key(|document| (Reverse(day(document)), document.page.url.as_str()));
    let mut order = vec![usize::MAX; shared.cx.site.documents.len()];
    dated.iter().enumerate().for_each(|(place, document)| order[document.id.index()] = place);
    order
}

fn entries<'a>(shared: &Shared<'a>, order: &[usize], documents: &[&'a Document]) -> Vec<Entry<'a>> {
    let place = |document: &&Document| order[document.id.index()];
    let mut latest: Vec<&Document> =
        documents.iter().copied().filter(|document| place(document) != usize::MAX).collect();
    if latest.len() > LATEST {
        latest.select_nth_unstable_by_key(LATEST, place);
        latest.truncate(LATEST);
    }
    latest.sort_unstable_by_key(place);
    latest.into_iter().filter_map(|document| entry(shared, document)).collect()
}

fn entry<'a>(shared: &Shared<'a>, document: &'a Document) -> Option<Entry<'a>> {
    let updated = day(document)?;
    // Who reads a feed never sees the top of the page.
    let mut said: Vec<String> = listing::notices(shared, document).into_iter().map(str::to_owned).collect();
    said.push(credit::excerpt(document));
    let collection = shared.collection_of(document);
    Some(Entry {
        url: &document.page.url,
        title: &document.page.title.value,
        summary: said.join(" ").trim().to_owned(),
        kind: collection.filter(|collection| collection.kind == Kind::Documents).map_or("", |of| &of.singular),
        published: document.date.map_or(updated, |day| day.value),
        updated,
    })
}

#[cfg(test)]
mod tests;
