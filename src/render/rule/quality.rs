use std::collections::BTreeSet;

use serde::Serialize;

use super::dashboard::{self, Row};
use crate::diagnostic::{Code, Counted, Level};
use crate::model::{Document, Page, day_in_words};
use crate::render::backlink;
use crate::render::link::{self, Href};
use crate::render::page::{self, Head};
use crate::render::shared::Shared;
use crate::render::value::printed_number;
use crate::schema::{Collection, Field, Shape};

/// The state of the whole book.
#[derive(Serialize)]
struct Quality<'a> {
    documents: usize,
    drafts: usize,
    entries: usize,
    findings: usize,
    collections: Vec<CollectionRow<'a>>,
    by_code: Vec<CodeRow<'a>>,
    /// Documents with entries that nothing refers to.
    uncited: Vec<Uncited<'a>>,
    /// Documents that nothing refers to, in collections that are there to be referred to.
    alone: Vec<Alone<'a>>,
    rules: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct CollectionRow<'a> {
    title: &'a str,
    url: String,
    documents: usize,
    drafts: usize,
    /// The day of the latest change.
    latest: String,
}

#[derive(Serialize)]
struct CodeRow<'a> {
    code: &'a str,
    /// The page of the rule, where it is one.
    url: &'a str,
    summary: &'a str,
    level: &'static str,
    level_text: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Uncited<'a> {
    title: &'a str,
    url: &'a str,
    entries: usize,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Alone<'a> {
    title: &'a str,
    url: String,
    documents: usize,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    number: &'a str,
    title: &'a str,
    url: &'a str,
}

/// The page of the state of the book.
pub(super) fn page(shared: &Shared<'_>) -> page::Page {
    let words = shared.words();
    let mut head = Head::new(shared, "quality", words.text("quality"), &words.url("quality"));
    words.text("quality_lede").clone_into(&mut head.description);
    let mut head = head.below(shared, None);
    let quality = value(shared);
    for (id, key, shown) in [
        ("quality_collections", "quality_collections", true),
        ("quality_findings", "quality_findings", true),
        ("quality_rules", "rules_all", !quality.rules.is_empty()),
        ("quality_uncited", "quality_uncited", !quality.uncited.is_empty()),
        ("quality_alone", "quality_alone", !quality.alone.is_empty()),
    ] {
        if shown {
            head.heading(2, id, words.text(key));
        }
    }
    page::Page::new(shared, "quality.html", &head).with("quality", &quality)
}

/// The addresses that the texts of documents and of folders link to.
fn linked(shared: &Shared<'_>) -> BTreeSet<String> {
    let site = shared.cx.site;
    let pages = site.published().map(|document| &document.page).chain(site.folders.iter().map(|folder| &folder.page));
    let inside = |page: &Page| {
        let links = page.body.links.iter().map(|link| link::resolve(shared, page.source, &link.destination));
        let urls = links.filter_map(|href| match href {
            Href::Inside(url) => Some(url.split('#').next().unwrap_or_default().to_owned()),
            _ => None,
        });
        urls.filter(|url| *url != page.url).collect::<Vec<_>>()
    };
    pages.flat_map(inside).collect()
}

fn value<'a>(shared: &Shared<'a>) -> Quality<'a> {
    let linked = linked(shared);
    let site = shared.cx.site;
    let collections: Vec<CollectionRow<'a>> =
        site.schema.collections.values().map(|collection| collection_row(shared, collection)).collect();
    let by_code: Vec<CodeRow<'a>> = shared.cx.findings.iter().map(|counted| code_row(shared, counted)).collect();
    Quality {
        documents: site.published().count(),
        drafts: site.documents.len() - site.published().count(),
        entries: site.published().map(|document| document.entries.len()).sum(),
        findings: by_code.iter().map(|row| row.count).sum(),
        collections,
        by_code,
        uncited: uncited(shared, &linked),
        alone: alone(shared, &linked),
        rules: dashboard::rows(shared),
    }
}

fn collection_row<'a>(shared: &Shared<'a>, collection: &'a Collection) -> CollectionRow<'a> {
    let all = shared.cx.site.by_collection.get(&collection.id).map_or(0, Vec::len);
    let listed = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let latest = listed.iter().filter_map(|document| document.updated.or(document.date)).map(|date| date.value).max();
    CollectionRow {
        title: &collection.title,
        url: format!("{}/", collection.id),
        documents: listed.len(),
        drafts: all - listed.len(),
        latest: latest.map(|date| day_in_words(shared.words().lang, date)).unwrap_or_default(),
    }
}

fn code_row<'a>(shared: &Shared<'a>, counted: &'a Counted) -> CodeRow<'a> {
    let rule = shared.ruled.all().find(|judged| judged.rule.code.value == counted.code.name());
    let (summary, url) = match (&counted.code, rule) {
        (Code::Check(check), _) => (check.summary.get(shared.words().lang), ""),
        (Code::Rule(_), Some(judged)) => (judged.rule.title.as_str(), judged.document.page.url.as_str()),
        (Code::Rule(_), None) => ("", ""),
    };
    CodeRow {
        code: counted.code.name(),
        url,
        summary,
        level: counted.level.name(),
        level_text: shared.theme.words.text(match counted.level {
            Level::Error => "finding_error",
            Level::Warning => "finding_warning",
            Level::Objective => "finding_objective",
        }),
        count: counted.count,
    }
}

fn uncited<'a>(shared: &Shared<'a>, linked: &BTreeSet<String>) -> Vec<Uncited<'a>> {
    let with_entries = shared.listed.values().flatten().copied().filter(|document| !document.entries.is_empty());
    let uncited = with_entries.map(|document: &'a Document| {
        let citations = backlink::citations(shared, document);
        let entries =
            document.entries.iter().zip(citations).filter(|(entry, count)| *count == 0 && !linked.contains(&entry.url));
        Uncited {
            title: &document.page.title.value,
            url: &document.page.url,
            entries: document.entries.len(),
            items: entries
                .map(|(entry, _)| Item {
                    number: printed_number(document, &entry.number.value),
                    title: &entry.title,
                    url: &entry.url,
                })
                .collect(),
        }
    });
    uncited.filter(|uncited| !uncited.items.is_empty()).collect()
}

fn alone<'a>(shared: &Shared<'a>, linked: &BTreeSet<String>) -> Vec<Alone<'a>> {
    let schema = &shared.cx.site.schema;
    let mut referred = BTreeSet::new();
    for field in schema.collections.values().flat_map(|collection| collection.fields.values()) {
        targets(field, &mut referred);
    }
    let collections = schema.collections.values().filter(|collection| referred.contains(collection.id.as_str()));
    let alone = collections.map(|collection| {
        let listed = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let lone = listed.iter().filter(|document| {
            shared.cx.site.backlinks(document.id).is_empty() && !linked.contains(&document.page.url)
        });
        Alone {
            title: &collection.title,
            url: format!("{}/", collection.id),
            documents: listed.len(),
            items: lone
                .map(|document| Item { number: "", title: &document.page.title.value, url: &document.page.url })
                .collect(),
        }
    });
    alone.filter(|alone| !alone.items.is_empty()).collect()
}

/// The collections that a field refers to, at any depth.
fn targets<'a>(field: &'a Field, found: &mut BTreeSet<&'a str>) {
    match &field.shape {
        Shape::Reference(shape) => found.extend(shape.to.iter().map(|to| to.value.as_str())),
        Shape::Array(items) => targets(items, found),
        Shape::Object(shape) | Shape::Entries(shape) | Shape::Outcome(shape) => {
            shape.properties.values().for_each(|field| targets(field, found));
        }
        _ => {}
    }
}
