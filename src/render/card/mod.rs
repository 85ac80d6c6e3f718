//! Cards: the picture that stands for a page where somebody shares its address (OpenGraph), one for the site and one for each
//! collection.
//!
//! A picture is set in type, by a small setter of our own: a renderer of SVG with its fonts costs 93 s of processor time to compile and
//! 4 MB of program, what is used here 8 s and 0.2 MB. Fonts and colours are files of the theme (`card/`), which a book replaces like
//! any other; a whole picture is replaced by a file of the content at its address.

mod canvas;
mod font;
mod png;
mod setting;

use rayon::prelude::*;

use super::shared::Shared;
use crate::artifact::Artifact;
use crate::schema::Collection;
use canvas::{Canvas, Colours};
use font::Fonts;
use setting::{Card, set};

/// The size that those who show such pictures ask for.
pub(super) const WIDTH: usize = 1200;
pub(super) const HEIGHT: usize = 630;

/// The name of a picture beside its page.
const FILE: &str = "card.png";

/// Address of the picture of a page, given the id of its collection (empty for all others); empty where pages have no whole address.
pub(super) fn url(shared: &Shared<'_>, section: &str) -> String {
    let base = &shared.cx.config.base_url;
    let known = shared.cx.site.schema.collection(section).filter(|collection| has_card(shared, collection));
    match known {
        _ if base.is_empty() => String::new(),
        Some(collection) => format!("{base}/{}/{FILE}", collection.id),
        None => format!("{base}/{FILE}"),
    }
}

/// The picture of the site and those of its collections.
pub(super) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let config = shared.cx.config;
    if config.base_url.is_empty() {
        return Vec::new();
    }
    let Some(fonts) = Fonts::of(&shared.cx) else { return Vec::new() };
    let colours = Colours::of(&shared.cx);
    let host = config.base_url.split_once("://").map_or(config.base_url.as_str(), |(_, host)| host);
    let published = shared.cx.site.published().count();
    let site = Card {
        above: config.legal.publisher.as_deref().map_or("", |_| super::credit::publisher(shared)),
        title: &config.title,
        text: &config.description,
        below: host,
        count: counted(shared, published),
    };
    let of_collection = |collection: &'_ Collection| {
        let listed = shared.listed.get(collection.id.as_str()).map_or(0, Vec::len);
        (format!("{}/{FILE}", collection.id), counted(shared, listed))
    };
    let collections = shared.cx.site.schema.collections.values().filter(|collection| has_card(shared, collection));
    let mut cards = vec![(FILE.to_owned(), site)];
    cards.extend(collections.map(|collection| {
        let (path, count) = of_collection(collection);
        (path, Card { above: &config.title, title: &collection.title, text: &collection.summary, below: host, count })
    }));
    // What the book draws itself stands at the same address.
    cards.retain(|(path, _)| shared.cx.snapshot.asset(&format!("{}/{path}", config.src)).is_none());
    cards
        .into_par_iter()
        .map(|(path, card)| {
            let mut canvas = Canvas::new(WIDTH, HEIGHT);
            set(&card, &fonts, &mut canvas);
            Artifact::new(path, png::write(&canvas, &colours))
        })
        .collect()
}

fn has_card(shared: &Shared<'_>, collection: &Collection) -> bool {
    shared.listed.get(collection.id.as_str()).is_some_and(|documents| !documents.is_empty())
}

fn counted(shared: &Shared<'_>, documents: usize) -> String {
    let count = i64::try_from(documents).unwrap_or(i64::MAX);
    shared.words().count("documents", count).unwrap_or_default()
}

#[cfg(test)]
mod tests;
