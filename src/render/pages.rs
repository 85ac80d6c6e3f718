use super::page::Page;
use super::shared::Shared;
use super::{alias, collection, data, document, entry, gather, home, legal, overview, rule};
use crate::model::{Document, Folder};
use crate::schema::Collection;

/// One page to make.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    Home,
    /// A collection, and which page of its list.
    Collection(&'a Collection, usize),
    Document(&'a Document),
    /// A folder of free pages.
    Folder(&'a Folder),
    /// A document, and the place of one of its entries.
    Entry(&'a Document, usize),
    /// A collection, the places of a facet and of a choice, and which page of the list.
    Choice(&'a str, usize, usize, usize),
    Facets,
    /// What leads to every gathered heading.
    Gathered,
    /// A gathered heading, what it is narrowed to, and which page of the list.
    Gathering(usize, gather::Narrow, usize),
    Legal,
    Accessibility,
    /// What is offered to be used again.
    Data,
    /// A page about the whole book.
    Overview(rule::Overview),
    Search,
    Sitemap,
    NotFound,
    /// The place of a former address among all.
    Alias(usize),
}

/// Every page of the site.
pub(super) fn list<'a>(shared: &Shared<'a>) -> Vec<Kind<'a>> {
    let site = shared.cx.site;
    let mut pages = vec![Kind::Home, Kind::Sitemap, Kind::NotFound];
    for collection in site.schema.collections.values() {
        let listed = shared.listed.get(collection.id.as_str()).map_or(0, Vec::len);
        pages.extend((0..collection::pages(listed)).map(|number| Kind::Collection(collection, number)));
        for (at, facet) in shared.facets.of(&collection.id).iter().enumerate() {
            for (place, choice) in facet.choices.iter().enumerate() {
                let numbers = 0..collection::pages(choice.documents.len());
                pages.extend(numbers.map(|number| Kind::Choice(&collection.id, at, place, number)));
            }
        }
    }
    pages.extend(shared.free_folders().map(Kind::Folder));
    for document in site.published() {
        pages.push(Kind::Document(document));
        pages.extend((0..document.entries.len()).map(|number| Kind::Entry(document, number)));
    }
    pages.extend((0..shared.moved.len()).map(Kind::Alias));
    if !shared.facets.is_empty() {
        pages.push(Kind::Facets);
    }
    if !shared.gathered.is_empty() {
        pages.push(Kind::Gathered);
    }
    for (heading, narrow, count) in gather::pages(&shared.gathered) {
        pages.extend((0..count).map(|number| Kind::Gathering(heading, narrow, number)));
    }
    if !legal::notice_url(shared).is_empty() {
        pages.push(Kind::Legal);
    }
    if !legal::accessibility_url(shared).is_empty() {
        pages.push(Kind::Accessibility);
    }
    if !data::url(shared).is_empty() {
        pages.push(Kind::Data);
    }
    pages.extend(rule::overviews(shared).into_iter().map(|(page, ..)| Kind::Overview(page)));
    if shared.cx.config.search {
        pages.push(Kind::Search);
    }
    pages
}

/// Gathers what one page shows.
pub(super) fn build(shared: &Shared<'_>, kind: Kind<'_>) -> Page {
    match kind {
        Kind::Home => home::page(shared),
        Kind::Collection(of, number) => collection::page(shared, of, number),
        Kind::Document(of) => document::page(shared, of),
        Kind::Folder(of) => document::folder(shared, of),
        Kind::Entry(of, number) => entry::page(shared, of, number),
        Kind::Choice(of, facet, place, number) => {
            collection::choice(shared, &shared.facets.of(of)[facet], place, number)
        }
        Kind::Facets => overview::facets(shared),
        Kind::Gathered => gather::overview(shared),
        Kind::Gathering(heading, narrow, number) => gather::page(shared, heading, narrow, number),
        Kind::Legal => legal::notice(shared),
        Kind::Accessibility => legal::accessibility(shared),
        Kind::Data => data::page(shared),
        Kind::Overview(page) => rule::overview(shared, page),
        Kind::Search => overview::search(shared),
        Kind::Sitemap => overview::sitemap(shared),
        Kind::NotFound => overview::not_found(shared),
        Kind::Alias(number) => alias::page(shared, &shared.moved[number]),
    }
}
