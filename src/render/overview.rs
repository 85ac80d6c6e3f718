use serde::Serialize;

use super::facet::FacetValue;
use super::page::{Head, Page};
use super::rule;
use super::shared::Shared;
use crate::model::Document;

#[derive(Serialize)]
struct Plan<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    count: usize,
    documents: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct FacetGroup<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    facets: Vec<FacetValue<'a>>,
}

/// A file by itself: servers show it wherever there is no page.
pub(super) const NOT_FOUND: &str = "404.html";

/// The search page: a form that works without JavaScript in so far as it says what else there is.
pub(super) fn search(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "search", words.text("search_title"), &words.url("search")).below(shared, None);
    head.description = words.text("search_text").replace("{title}", &shared.cx.config.title);
    Page::new(shared, "search.html", &head)
}

/// Every page of the site, for people.
pub(super) fn sitemap(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "sitemap", words.text("sitemap"), &words.url("sitemap")).below(shared, None);
    head.description = words.text("sitemap_text").replace("{title}", &shared.cx.config.title);
    let collections: Vec<Plan<'_>> = shared
        .cx
        .site
        .schema
        .collections
        .values()
        .map(|collection| {
            let documents = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            Plan {
                id: &collection.id,
                title: &collection.title,
                url: format!("{}/", collection.id),
                count: documents.len(),
                documents: documents.iter().map(|document| line(document)).collect(),
            }
        })
        .collect();
    let folders = shared.free_folders().map(|folder| Line { title: &folder.page.title.value, url: &folder.page.url });
    let mut free: Vec<Line<'_>> = folders.chain(shared.free_pages().map(line)).collect();
    free.sort_by_key(|line| line.url);
    let named = rule::overviews(shared);
    let overviews: Vec<Line<'_>> = named.iter().map(|(_, title, url)| Line { title, url }).collect();
    Page::new(shared, "sitemap.html", &head)
        .with("overviews", &overviews)
        .with("collections", &collections)
        .with("free_pages", &free)
}

/// Everything that readers can filter by, collection by collection.
pub(super) fn facets(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "facets", words.text("facets"), &words.url("facets")).below(shared, None);
    words.text("facets_text").clone_into(&mut head.description);
    let groups: Vec<FacetGroup<'_>> = shared
        .cx
        .site
        .schema
        .collections
        .values()
        .filter(|collection| !shared.facets.of(&collection.id).is_empty())
        .map(|collection| FacetGroup {
            id: &collection.id,
            title: &collection.title,
            url: format!("{}/", collection.id),
            facets: shared.facets.of(&collection.id).iter().map(|facet| facet.whole()).collect(),
        })
        .collect();
    Page::new(shared, "facets.html", &head).with("groups", &groups)
}

/// What a server shows for an address that leads nowhere. It may be shown at any depth: its links start at the root of the host.
pub(super) fn not_found(shared: &Shared<'_>) -> Page {
    let mut head = Head::new(shared, "404", shared.words().text("not_found"), NOT_FOUND);
    head.canonical.clear();
    shared.words().text("not_found_text").clone_into(&mut head.description);
    let base = &shared.cx.config.base_url;
    let path = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    head.root = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    Page::new(shared, "404.html", &head)
}

fn line(document: &Document) -> Line<'_> {
    Line { title: &document.page.title.value, url: &document.page.url }
}
