use serde::Serialize;

use super::narrow::Way;
use super::{Gathered, Heading, Part};
use crate::render::collection::{numbered, on_page, pagination};
use crate::render::facet::{ChoiceValue, FacetValue};
use crate::render::listing::{self, Listed};
use crate::render::markdown;
use crate::render::page::{Head, Page};
use crate::render::shared::Shared;

/// How many parts stand on one page: they are read, not skimmed.
const PAGE: usize = 30;

/// A narrowed list stops here and says so: the whole one has them all, and every value has its list of documents.
const NARROWED: usize = 10 * PAGE;

/// A gathered heading, as menus and lists see it.
#[derive(Serialize)]
pub(in crate::render) struct Link<'a> {
    title: &'a str,
    url: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Gathering<'a> {
    #[serde(flatten)]
    link: Link<'a>,
    /// What its documents are, collection by collection.
    collections: Vec<Kin<'a>>,
    /// The ways to narrow it down.
    facets: tera::Value,
}

#[derive(Serialize)]
struct Kin<'a> {
    title: &'a str,
    url: String,
}

/// The value that a page is narrowed to; empty on the whole list.
#[derive(Default, Serialize)]
struct Value<'a> {
    title: &'a str,
    label: &'a str,
    page_url: &'a str,
    count: usize,
    /// How many are not shown for being the oldest of a long list.
    older: usize,
}

/// The parts of one year.
#[derive(Serialize)]
struct Year {
    title: String,
    /// A document in a list, each with `anchor`, that of the section on its page, `notices` and `html`.
    items: Vec<tera::Value>,
}

/// Which list of a heading: all of it, or what has one value of one facet.
pub(in crate::render) type Narrow = Option<(usize, usize)>;

/// Every list, with how many pages it takes.
pub(in crate::render) fn pages(gathered: &Gathered<'_>) -> Vec<(usize, Narrow, usize)> {
    let mut found = Vec::new();
    for (at, heading) in gathered.headings.iter().enumerate() {
        found.push((at, None, heading.parts.len().div_ceil(PAGE)));
        for (facet, narrowing) in heading.narrowings.iter().enumerate() {
            for (place, way) in narrowing.ways.iter().enumerate() {
                found.push((at, Some((facet, place)), way.parts.len().min(NARROWED).div_ceil(PAGE)));
            }
        }
    }
    found
}

/// Every heading, as menus and lists see it.
pub(in crate::render) fn list<'g>(gathered: &'g Gathered<'_>) -> Vec<Link<'g>> {
    gathered.headings().map(link).collect()
}

/// The page that leads to every heading.
pub(in crate::render) fn overview(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "gathered", words.text("gathered"), &words.url("gathered")).below(shared, None);
    words.text("gathered_text").clone_into(&mut head.description);
    let headings: Vec<Gathering<'_>> =
        shared.gathered.headings().map(|heading| gathering(shared, heading, None)).collect();
    Page::new(shared, "gathered.html", &head).with("headings", &headings)
}

/// One page of what documents say under a heading; `number` counts from 0.
pub(in crate::render) fn page(shared: &Shared<'_>, at: usize, narrow: Narrow, number: usize) -> Page {
    let words = shared.words();
    let heading = &shared.gathered.headings[at];
    let way = narrow.map(|(facet, place)| &heading.narrowings[facet].ways[place]);
    let (total, shown): (usize, Vec<&Part<'_>>) = match way {
        Some(way) => {
            let places = way.parts.iter().take(NARROWED);
            (places.len(), places.skip(number * PAGE).take(PAGE).map(|place| &heading.parts[*place]).collect())
        }
        None => (heading.parts.len(), heading.parts.iter().skip(number * PAGE).take(PAGE).collect()),
    };
    let first = first(heading, narrow);
    let url = numbered(first, number);
    let title = way.map_or_else(|| heading.title.to_owned(), |way| format!("{} · {}", heading.title, way.label));
    let mut head = Head::new(shared, "gathered", &title, &url);
    let described = words.text("gathered_of").replace("{title}", &title);
    head.description = on_page(shared, described, number, total.div_ceil(PAGE));
    let overview = words.url("gathered");
    let mut above = vec![(words.text("gathered"), overview.as_str())];
    if way.is_some() || number > 0 {
        above.push((heading.title, heading.url.as_str()));
    }
    let head = head.below(shared, above);
    let years = years(shared, &shown, &head.root);
    Page::new(shared, "gathering.html", &head)
        .with("heading", &gathering(shared, heading, narrow))
        .with("value", &way.zip(narrow).map(|(way, (facet, _))| value(heading, facet, way)).unwrap_or_default())
        .with("behind", way.map_or(&heading.behind, |way| &way.behind))
        .with("years", &years)
        .with("pagination", &pagination(shared, first, number, total.div_ceil(PAGE)))
}

/// The address of one page of what documents say under a heading.
pub(in crate::render) fn url(gathered: &Gathered<'_>, at: usize, narrow: Narrow, number: usize) -> String {
    numbered(first(&gathered.headings[at], narrow), number)
}

fn first<'h>(heading: &'h Heading<'_>, narrow: Narrow) -> &'h str {
    narrow.map_or(heading.url.as_str(), |(facet, place)| &heading.narrowings[facet].ways[place].url)
}

fn value<'a>(heading: &Heading<'a>, facet: usize, way: &'a Way<'_>) -> Value<'a> {
    Value {
        title: heading.narrowings[facet].title,
        label: &way.label,
        page_url: way.document.map_or("", |document| &document.page.url),
        count: way.count,
        older: way.parts.len().saturating_sub(NARROWED),
    }
}

fn link<'g>(heading: &'g Heading<'_>) -> Link<'g> {
    Link { title: heading.title, url: &heading.url, count: heading.count }
}

fn gathering<'g>(shared: &Shared<'_>, heading: &'g Heading<'_>, narrow: Narrow) -> Gathering<'g> {
    let facets = shared.made_once.narrowings.get(heading.url.clone(), || narrowings(heading));
    Gathering {
        link: link(heading),
        collections: heading
            .collections
            .iter()
            .map(|collection| Kin { title: &collection.title, url: format!("{}/", collection.id) })
            .collect(),
        facets: match narrow {
            Some((facet, place)) => with_current(&facets, facet, place).unwrap_or(facets),
            None => facets,
        },
    }
}

/// Every way to narrow a heading down; all its pages show them.
fn narrowings(heading: &Heading<'_>) -> tera::Value {
    let facets = heading.narrowings.iter().map(|narrowing| FacetValue {
        key: narrowing.key,
        title: narrowing.title,
        count: narrowing.ways.len(),
        more: 0,
        values: narrowing
            .ways
            .iter()
            .map(|way| ChoiceValue { label: &way.label, url: &way.url, count: way.count, current: false })
            .collect(),
    });
    tera::Value::from_serializable(&facets.collect::<Vec<_>>())
}

/// The same with one way marked as the current one.
fn with_current(facets: &tera::Value, facet: usize, place: usize) -> Option<tera::Value> {
    let mut facets = facets.as_array()?.to_vec();
    let of_facet = facets.get_mut(facet)?;
    let mut map = of_facet.as_map()?.clone();
    let values = map.get_mut(&"values".into())?;
    let mut ways = values.as_array()?.to_vec();
    let way = ways.get_mut(place)?;
    let mut current = way.as_map()?.clone();
    current.insert("current".into(), true.into());
    *way = current.into();
    *values = ways.into();
    *of_facet = map.into();
    Some(facets.into())
}

fn years<'a>(shared: &Shared<'a>, parts: &[&Part<'a>], root: &str) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let document = part.document;
        let year = document
            .date
            .map_or_else(|| shared.words().text("undated").to_owned(), |date| date.value.year().to_string());
        let html = markdown::section(shared, &document.page, part.section, root, &format!("{}_", place + 1));
        let item = Listed::new(shared, document).with([
            ("anchor", document.page.body.sections[part.section].id.as_ref().into()),
            ("notices", tera::Value::from_serializable(&listing::notices(shared, document))),
            ("html", html.into()),
        ]);
        match years.last_mut().filter(|last| last.title == year) {
            Some(last) => last.items.push(item),
            None => years.push(Year { title: year, items: vec![item] }),
        }
    }
    years
}
