use serde::Serialize;

use super::atom::instant;
use super::{Feed, JSON, Site};

/// A JSON Feed, version 1.1.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: Vec<Author<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

pub(super) fn write(site: &Site<'_>, feed: &Feed<'_>) -> String {
    let base = site.base;
    let items = feed.entries.iter().map(|entry| Item {
        id: format!("{base}/{}", entry.url),
        url: format!("{base}/{}", entry.url),
        title: entry.title,
        // An item holds a text, be it its title again.
        content_text: if entry.summary.is_empty() { entry.title } else { &entry.summary },
        date_published: instant(entry.published),
        date_modified: instant(entry.updated),
        tags: Some(entry.kind).filter(|kind| !kind.is_empty()).into_iter().collect(),
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: format!("{base}/{}", feed.url),
        feed_url: format!("{base}/{}{JSON}", feed.url),
        description: feed.description,
        language: site.language,
        authors: site.authors.iter().map(|name| Author { name }).collect(),
        items: items.collect(),
    };
    serde_json::to_string_pretty(&feed).map(|text| text + "\n").expect("plain texts make JSON")
}
