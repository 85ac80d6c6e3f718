use serde::Serialize;

use super::facet::{Choice, Facet, FacetValue};
use super::feed;
use super::linked;
use super::listing::Listed;
use super::markdown;
use super::page::{Head, Page};
use super::rule;
use super::shared::{CollectionValue, Shared};
use crate::model::Document;
use crate::schema::{Collection, Kind};

/// How many documents a page lists.
pub(super) const PAGE: usize = 60;

#[derive(Serialize)]
struct Introduced<'a> {
    #[serde(flatten)]
    collection: CollectionValue<'a>,
    body: String,
    /// Whether its documents are rules.
    is_rules: bool,
}

/// Where a page stands among those of its list.
#[derive(Serialize)]
pub(super) struct Pagination {
    current: usize,
    total: usize,
    prev: String,
    next: String,
    text: String,
}

#[derive(Serialize)]
struct ChoiceHead<'a> {
    label: &'a str,
    summary: &'a str,
    page_url: &'a str,
    count: usize,
}

/// How many pages a list takes.
pub(super) fn pages(documents: usize) -> usize {
    documents.div_ceil(PAGE).max(1)
}

/// One page of a collection's list; `number` counts from 0.
pub(super) fn page(shared: &Shared<'_>, collection: &Collection, number: usize) -> Page {
    let id = collection.id.as_str();
    let all = shared.listed.get(id).map(Vec::as_slice).unwrap_or_default();
    let first = url(collection, 0);
    let folder = shared.cx.site.folders.iter().find(|folder| folder.id == *id);
    let url = url(collection, number);
    let mut head = match folder {
        Some(folder) => Head::of(shared, "collection", &folder.page),
        None => Head::new(shared, "collection", &collection.title, &url),
    };
    let placed = Head::new(shared, "collection", &collection.title, &url);
    (head.url, head.root, head.canonical) = (placed.url, placed.root, placed.canonical);
    head.section.push_str(id);
    head.description = on_page(shared, head.description, number, pages(all.len()));
    if number == 0 {
        head.nodes.push(linked::collection(shared, collection));
    }
    head.feed_url = feed::url(shared, &first, all.iter().copied());
    let above = if number == 0 { None } else { Some((collection.title.as_str(), first.as_str())) };
    let head = head.below(shared, above);
    let body = folder.filter(|_| number == 0).map(|folder| markdown::body(shared, &folder.page.body, &head.root));
    let introduced = Introduced {
        collection: shared.collection_value(collection),
        body: body.unwrap_or_default(),
        is_rules: collection.kind == Kind::Rules,
    };
    let facets: Vec<FacetValue<'_>> = shared.facets.of(id).iter().map(|facet| facet.shortened(None)).collect();
    let page = Page::new(shared, "collection.html", &head)
        .with("collection", &introduced)
        .with("documents", &slice(shared, all, number))
        .with("facets", &facets)
        .with("pagination", &pagination(shared, &first, number, pages(all.len())));
    match folder {
        Some(folder) => page.from(folder.page.source, folder.page.template.as_ref()),
        None => page,
    }
}

/// The address of one page of a collection's list.
pub(super) fn url(collection: &Collection, number: usize) -> String {
    numbered(&format!("{}/", collection.id), number)
}

/// One page of the documents that share a value.
pub(super) fn choice(shared: &Shared<'_>, facet: &Facet<'_>, place: usize, number: usize) -> Page {
    let choice: &Choice<'_> = &facet.choices[place];
    let collection = facet.collection;
    let mut head = Head::new(shared, "facet", &choice.label, &numbered(&choice.url, number));
    head.section.push_str(&collection.id);
    let documents = i64::try_from(choice.documents.len()).unwrap_or(i64::MAX);
    let described = shared
        .words()
        .text("facet_of")
        .replace("{collection}", &collection.title)
        .replace("{facet}", &facet.field.title)
        .replace("{value}", &choice.label)
        .replace("{documents}", &shared.words().count("documents", documents).unwrap_or_default());
    head.description = on_page(shared, described, number, pages(choice.documents.len()));
    head.feed_url = feed::url(shared, &choice.url, choice.documents.iter().copied());
    let first = format!("{}/", collection.id);
    let head = head.below(shared, [(collection.title.as_str(), first.as_str())]);
    let about = choice.document.map(|document| &document.page);
    let value = ChoiceHead {
        label: &choice.label,
        summary: about.and_then(|page| page.summary.as_ref()).map_or("", |summary| &summary.value),
        page_url: about.map_or("", |page| &page.url),
        count: choice.documents.len(),
    };
    Page::new(shared, "facet.html", &head)
        .with("collection", &shared.collection_value(collection))
        .with("facet", &facet.shortened(Some(place)))
        .with("value", &value)
        .with("documents", &slice(shared, &choice.documents, number))
        .with("pagination", &pagination(shared, &choice.url, number, pages(choice.documents.len())))
}

fn slice<'a>(shared: &Shared<'a>, documents: &[&'a Document], number: usize) -> Vec<Listed<'a>> {
    let listed = |document: &&'a Document| {
        let figures = shared.ruled.of(document).map(|judged| rule::in_a_line(shared, judged));
        Listed::new(shared, document).because(figures.unwrap_or_default())
    };
    documents.iter().skip(number * PAGE).take(PAGE).map(listed).collect()
}

/// The address of a page of a list, given that of the first.
pub(super) fn numbered(first: &str, number: usize) -> String {
    if number == 0 { first.to_owned() } else { format!("{first}page-{}/", number + 1) }
}

/// What leads from one page of a list to the next; `number` counts from 0.
pub(super) fn pagination(shared: &Shared<'_>, first: &str, number: usize, total: usize) -> Pagination {
    Pagination {
        current: number + 1,
        total,
        prev: number.checked_sub(1).map(|number| numbered(first, number)).unwrap_or_default(),
        next: if number + 1 < total { numbered(first, number + 1) } else { String::new() },
        text: place(shared, number, total),
    }
}

/// The description of a page of a list: those after the first say which they are.
pub(super) fn on_page(shared: &Shared<'_>, description: String, number: usize, total: usize) -> String {
    if number == 0 { description } else { format!("{description} ({})", place(shared, number, total)) }
}

fn place(shared: &Shared<'_>, number: usize, total: usize) -> String {
    let text = shared.words().text("page_current").replace("{n}", &(number + 1).to_string());
    text.replace("{total}", &total.to_string())
}
