use serde::Serialize;

use super::backlink;
use super::cite::{self, CitationValue};
use super::credit;
use super::entry::{self, Block, Neighbour};
use super::facet::Mark;
use super::link::{self, Href};
use super::linked;
use super::listing::{self, Badge, Listed};
use super::markdown;
use super::outcome::{self, Outcome};
use super::page::{Head, Page};
use super::rule;
use super::shared::Shared;
use super::value::{self, FieldValue, Place};
use crate::model::{Document, Folder, Target, day_in_words};

#[derive(Serialize)]
struct DocumentValue<'a> {
    title: &'a str,
    summary: &'a str,
    date: String,
    date_text: String,
    updated_text: String,
    /// The day of its file's last commit, for machines and for people; empty where no history tells.
    changed: String,
    changed_text: String,
    badges: Vec<Badge<'a>>,
    notices: Vec<&'a str>,
    facets: Vec<Mark<'a>>,
    collection: Kin<'a>,
    body: String,
    /// Fields that hold one or a few short values.
    metadata: Vec<FieldValue<'a>>,
    /// Fields that hold prose, or fields of their own.
    records: Vec<FieldValue<'a>>,
    entries: Vec<Block<'a>>,
    outcomes: Vec<Outcome>,
    outcomes_id: &'static str,
    backlinks: Vec<backlink::Group<'a>>,
    backlinks_id: &'static str,
    related: Vec<Listed<'a>>,
    /// The rules that it comes under.
    standings: rule::Standings,
    standings_id: &'static str,
    /// The rules that carry it out.
    rules: Vec<rule::RuleLink<'a>>,
    /// The accounts that it is part of.
    accounts: Vec<rule::AccountValue<'a>>,
    accounts_id: &'static str,
    /// How long it takes to read, in words; empty for what is read at a glance.
    reading_text: String,
    citation: CitationValue,
    /// Those beside it in its collection's order.
    previous: Neighbour<'a>,
    next: Neighbour<'a>,
}

#[derive(Serialize)]
struct FolderValue<'a> {
    title: &'a str,
    summary: &'a str,
    notices: &'static [&'static str],
    body: String,
}

#[derive(Serialize)]
struct Kin<'a> {
    title: &'a str,
    singular: &'a str,
    url: String,
}

/// The page of a document, or of a free page.
pub(super) fn page(shared: &Shared<'_>, document: &Document) -> Page {
    let collection = shared.collection_of(document);
    let kind = if collection.is_some() { "document" } else { "free" };
    let mut head = Head::of(shared, kind, &document.page);
    head.section = document.collection.clone().unwrap_or_default();
    if head.description.is_empty() {
        head.description = credit::excerpt(document);
    }
    head.nodes.push(linked::document(shared, document));
    let mut head = match collection {
        Some(collection) => head.below(shared, [(collection.title.as_str(), format!("{}/", collection.id).as_str())]),
        None => head.below(shared, folders_above(shared, document)),
    };
    let root = head.root.clone();
    let mut value = document_value(shared, document, &root);
    let rule = shared.ruled.of(document).map(|judged| rule::value(shared, judged, &root));
    if let Some(rule) = &rule {
        value.badges.retain(|badge| badge.kind != "code");
        rule::contents(shared, rule, &mut head);
    }
    contents(shared, &value, &mut head);
    let usual = match (&rule, collection) {
        (Some(_), _) => "rule.html",
        (None, Some(_)) => "document.html",
        (None, None) => "free.html",
    };
    let template =
        document.page.template.as_ref().or_else(|| collection.and_then(|collection| collection.template.as_ref()));
    let children: [Listed<'_>; 0] = [];
    let page = Page::new(shared, usual, &head).with("document", &value).with("children", &children);
    let page = if let Some(rule) = &rule { page.with("rule", rule) } else { page };
    page.from(document.page.source, template)
}

/// The introduction of a folder that is no collection, with the pages of it that the text does not name.
pub(super) fn folder(shared: &Shared<'_>, folder: &Folder) -> Page {
    let head = Head::of(shared, "free", &folder.page).below(shared, None);
    let value = FolderValue {
        title: &folder.page.title.value,
        summary: folder.page.summary.as_ref().map_or("", |summary| &summary.value),
        notices: &[],
        body: markdown::body(shared, &folder.page.body, &head.root),
    };
    let links = folder.page.body.links.iter().map(|link| link::resolve(shared, folder.page.source, &link.destination));
    let linked: Vec<Href> = links.collect();
    let children: Vec<Listed<'_>> = shared
        .free_pages()
        .filter(|document| {
            let url = &document.page.url;
            url.strip_prefix(&folder.page.url).is_some_and(|rest| rest.matches('/').count() == 1)
                && !linked.contains(&Href::Inside(url.clone()))
        })
        .map(|document| Listed::new(shared, document))
        .collect();
    Page::new(shared, "free.html", &head)
        .with("document", &value)
        .with("children", &children)
        .from(folder.page.source, folder.page.template.as_ref())
}

/// The introductions that stand above a free page, outermost first.
fn folders_above<'a>(shared: &Shared<'a>, document: &Document) -> Vec<(&'a str, &'a str)> {
    shared
        .free_folders()
        .filter(|folder| document.page.url.starts_with(&folder.page.url))
        .map(|folder| (folder.page.title.value.as_str(), folder.page.url.as_str()))
        .collect()
}

fn document_value<'a>(shared: &'a Shared<'a>, document: &'a Document, root: &'a str) -> DocumentValue<'a> {
    let collection = shared.collection_of(document);
    let place = Place { shared, source: document.page.source, root };
    let (date, date_text) = listing::date(shared, document);
    let snapshot = shared.cx.snapshot;
    let changed = snapshot.last_change(&snapshot.file(document.page.source).path);
    let fields =
        collection.map(|collection| value::fields(place, &document.values, &collection.fields)).unwrap_or_default();
    let (mut records, metadata): (Vec<FieldValue<'_>>, Vec<FieldValue<'_>>) =
        fields.into_iter().partition(FieldValue::is_long);
    records.iter_mut().for_each(FieldValue::anchor);
    DocumentValue {
        title: &document.page.title.value,
        summary: document.page.summary.as_ref().map_or("", |summary| &summary.value),
        date,
        date_text,
        updated_text: document.updated.map(|date| day_in_words(shared.words().lang, date.value)).unwrap_or_default(),
        changed: changed.map(|day| day.to_string()).unwrap_or_default(),
        changed_text: changed.map(|day| day_in_words(shared.words().lang, day)).unwrap_or_default(),
        badges: listing::badges(shared, document),
        notices: listing::notices(shared, document),
        facets: shared.facets.marks(document),
        collection: Kin {
            title: collection.map_or("", |collection| &collection.title),
            singular: collection.map_or("", |collection| &collection.singular),
            url: collection.map(|collection| format!("{}/", collection.id)).unwrap_or_default(),
        },
        body: markdown::document(shared, document, root),
        metadata,
        records,
        entries: collection.map(|collection| entry::blocks(place, document, collection)).unwrap_or_default(),
        outcomes: collection.map(|collection| outcome::outcomes(place, document, collection)).unwrap_or_default(),
        outcomes_id: "outcomes_all",
        backlinks: backlink::groups(shared, document, None),
        backlinks_id: "linked_documents",
        related: related(shared, document),
        standings: rule::standings(shared, document),
        standings_id: "rules_applied",
        rules: shared.ruled.carrying_out(shared, Target::Document(document.id)),
        accounts: rule::accounts_of(shared, document),
        accounts_id: "accounts_of_rules",
        reading_text: reading_text(shared, document),
        citation: cite::value(shared, document),
        previous: neighbour(shared, document, |rank| rank.checked_sub(1)),
        next: neighbour(shared, document, |rank| rank.checked_add(1)),
    }
}

/// Words that are read in a minute.
const A_MINUTE: usize = 200;

/// How long a document takes to read. Words are counted by the spaces between them, which is near enough for minutes.
fn reading_text(shared: &Shared<'_>, document: &Document) -> String {
    let sections = document.page.body.sections.iter().flat_map(|section| section.text.parts());
    let entries = document.entries.iter().filter_map(|entry| entry.text.as_ref()).map(|(text, _)| text.as_str());
    let spaces = |text: &str| text.bytes().filter(|byte| matches!(byte, b' ' | b'\n')).count();
    let words: usize = sections.chain(entries).map(spaces).sum();
    if words < A_MINUTE {
        return String::new();
    }
    let minutes = i64::try_from((words + A_MINUTE / 2) / A_MINUTE).unwrap_or(i64::MAX);
    shared.words().count("minutes", minutes).unwrap_or_default()
}

fn neighbour<'a>(shared: &Shared<'a>, document: &Document, step: impl Fn(usize) -> Option<usize>) -> Neighbour<'a> {
    let listed = document.collection.as_deref().and_then(|id| shared.listed.get(id));
    let place = step(shared.rank[document.id]);
    listed.zip(place).and_then(|(listed, place)| listed.get(place)).map_or_else(Neighbour::default, |other| Neighbour {
        title: &other.page.title.value,
        url: &other.page.url,
        number: "",
    })
}

/// Adds to the table of contents what the page shows after its text.
fn contents(shared: &Shared<'_>, value: &DocumentValue<'_>, head: &mut Head) {
    for block in &value.entries {
        head.heading(2, &block.id, block.title);
        for group in block.groups.iter().filter(|group| !group.title.is_empty()) {
            head.heading(3, &group.id, group.title);
        }
    }
    if !value.outcomes.is_empty() {
        head.heading(2, value.outcomes_id, shared.words().text("results_all"));
    }
    for field in &value.records {
        head.heading(2, &field.id, field.title);
    }
    if !value.accounts.is_empty() {
        head.heading(2, value.accounts_id, shared.words().text("accounts"));
    }
    if !value.standings.is_empty() {
        head.heading(2, value.standings_id, shared.words().text("rules_applied"));
    }
    if !value.backlinks.is_empty() {
        head.heading(2, value.backlinks_id, shared.words().text("linked_from"));
    }
}

fn related<'a>(shared: &Shared<'a>, document: &Document) -> Vec<Listed<'a>> {
    shared
        .related
        .suggest(shared.cx.site, document)
        .into_iter()
        .map(|suggestion| {
            let reason = shared.words().text("in_common").replace("{what}", &suggestion.shared.join(", "));
            Listed::new(shared, shared.document(suggestion.document)).because(reason)
        })
        .collect()
}
