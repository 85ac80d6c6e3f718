use serde::Serialize;

use super::backlink;
use super::linked;
use super::listing;
use super::markdown;
use super::page::{Head, Page};
use super::rule::RuleLink;
use super::shared::Shared;
use super::value::{self, FieldValue, Place};
use crate::model::{Document, Entry, Target, Value};
use crate::schema::{Collection, Field, ObjectShape, Shape};

/// The entries of one field, group by group.
#[derive(Serialize)]
pub(super) struct Block<'a> {
    key: &'a str,
    pub(super) id: String,
    pub(super) title: &'a str,
    description: &'a str,
    count: usize,
    pub(super) groups: Vec<GroupValue<'a>>,
}

#[derive(Serialize)]
pub(super) struct GroupValue<'a> {
    pub(super) id: String,
    pub(super) title: &'a str,
    items: Vec<EntryValue<'a>>,
}

#[derive(Serialize)]
struct EntryValue<'a> {
    /// The number as readers say it; empty where it is a name.
    number: &'a str,
    anchor: String,
    title: &'a str,
    html: String,
    url: &'a str,
    group: &'a str,
    /// What the field calls its entries.
    kind: &'a str,
    properties: Vec<Property<'a>>,
    /// On its own page: what leads elsewhere or has parts, which no badge can hold.
    fields: Vec<FieldValue<'a>>,
    citations: usize,
    /// The rules that carry it out.
    rules: Vec<RuleLink<'a>>,
    /// Whether it is there to be carried out, and no rule does.
    undecided: bool,
    /// Whether only people can judge it.
    by_people: bool,
    backlinks: Vec<backlink::Group<'a>>,
}

#[derive(Serialize)]
struct Property<'a> {
    text: String,
    description: &'a str,
}

#[derive(Serialize)]
struct Parent<'a> {
    title: &'a str,
    url: &'a str,
    notices: Vec<&'a str>,
}

/// The entry or document before or after; empty at either end.
#[derive(Serialize, Default)]
pub(super) struct Neighbour<'a> {
    pub(super) title: &'a str,
    pub(super) url: &'a str,
    /// Of an entry, where readers would say it.
    pub(super) number: &'a str,
}

/// The entries of a document, as its own page lists them.
pub(super) fn blocks<'a>(place: Place<'a>, document: &'a Document, collection: &'a Collection) -> Vec<Block<'a>> {
    let citations = backlink::citations(place.shared, document);
    let mut blocks = Vec::new();
    for (name, field) in &collection.fields {
        let Shape::Entries(shape) = &field.shape else { continue };
        let mut groups: Vec<GroupValue<'a>> = Vec::new();
        let own = document.entries.iter().zip(&citations).filter(|(entry, _)| entry.field == *name);
        for (entry, citations) in own {
            let title = entry.group.as_deref().unwrap_or_default();
            if groups.last().is_none_or(|group| group.title != title) {
                groups.push(GroupValue { id: format!("group_{name}_{}", groups.len() + 1), title, items: Vec::new() });
            }
            let value = EntryValue { citations: *citations, ..entry_value(place, document, entry, field, shape) };
            if let Some(group) = groups.last_mut() {
                group.items.push(value);
            }
        }
        if !groups.is_empty() {
            blocks.push(Block {
                key: name,
                id: format!("entries_{name}"),
                title: &field.title,
                description: field.description.as_deref().unwrap_or_default(),
                count: groups.iter().map(|group| group.items.len()).sum(),
                groups,
            });
        }
    }
    blocks
}

/// The page of one entry: its text, where it comes from, who refers to it, what stands beside it.
pub(super) fn page(shared: &Shared<'_>, document: &Document, number: usize) -> Page {
    let entry = &document.entries[number];
    let collection = shared.collection_of(document);
    let field = collection.and_then(|collection| collection.fields.get(&entry.field));
    let printed = value::printed_number(document, &entry.number.value);
    let title = format!("{printed} {}", entry.title);
    let mut head = Head::new(shared, "entry", title.trim(), &entry.url);
    head.description = entry.text.as_ref().map(|(text, _)| crate::parse::plain_text(text)).unwrap_or_default();
    head.source_path.clone_from(&shared.cx.snapshot.file(document.page.source).path);
    head.nodes.push(linked::entry(shared, document, entry));
    head.section = document.collection.clone().unwrap_or_default();
    let above = collection.map(|collection| (collection.title.clone(), format!("{}/", collection.id)));
    let parent = (document.page.title.value.as_str(), document.page.url.as_str());
    let head = head.below(shared, above.iter().map(|(title, url)| (title.as_str(), url.as_str())).chain([parent]));
    let place = Place { shared, source: document.page.source, root: &head.root };
    let mut page = Page::new(shared, "entry.html", &head).from(document.page.source, None);
    if let Some(field @ Field { shape: Shape::Entries(shape), .. }) = field {
        let backlinks = backlink::groups(shared, document, Some(number));
        let properties = properties(place, entry, shape, |field| field.shown && !leads_on(field));
        let fields = own(shape).filter(|(_, field)| field.shown && leads_on(field));
        let fields = fields.filter_map(|(name, field)| value::field(place, entry.values.get(name)?, field)).collect();
        let value = entry_value(place, document, entry, field, shape);
        page = page.with("entry", &EntryValue { properties, fields, backlinks, ..value });
    }
    let notices = listing::notices(shared, document);
    page.with("parent", &Parent { title: &document.page.title.value, url: &document.page.url, notices })
        .with("previous", &neighbour(document, number.checked_sub(1)))
        .with("next", &neighbour(document, Some(number + 1)))
}

fn neighbour(document: &Document, number: Option<usize>) -> Neighbour<'_> {
    number.and_then(|number| document.entries.get(number)).map_or_else(Neighbour::default, |entry| Neighbour {
        title: &entry.title,
        url: &entry.url,
        number: value::printed_number(document, &entry.number.value),
    })
}

fn entry_value<'a>(
    place: Place<'a>,
    document: &'a Document,
    entry: &'a Entry,
    field: &'a Field,
    shape: &'a ObjectShape,
) -> EntryValue<'a> {
    let shared = place.shared;
    let number = document.entries.iter().position(|other| std::ptr::eq(other, entry));
    let rules =
        number.map(|number| shared.ruled.carrying_out(shared, Target::Entry(document.id, number))).unwrap_or_default();
    let text = entry.text.as_ref().map(|(text, _)| markdown::fragment(place.shared, text, place.source, place.root));
    EntryValue {
        number: value::printed_number(document, &entry.number.value),
        anchor: anchor(document, entry),
        title: &entry.title,
        html: text.unwrap_or_default(),
        url: &entry.url,
        group: entry.group.as_deref().unwrap_or_default(),
        kind: &field.title,
        properties: properties(place, entry, shape, |field| field.shown),
        fields: Vec::new(),
        citations: 0,
        undecided: rules.is_empty() && shared.ruled.is_charter(document),
        by_people: shared.ruled.is_for_people(shared, document, entry),
        rules,
        backlinks: Vec::new(),
    }
}

/// Its place on the page of its document: the last part of its address, unless a heading has that name already.
fn anchor(document: &Document, entry: &Entry) -> String {
    let last = entry.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let taken = document.page.body.sections.iter().any(|section| *section.id == *last);
    if taken { format!("entry_{last}") } else { last.to_owned() }
}

/// What the schema declares of an entry beyond its number, title, text and group.
fn own(shape: &ObjectShape) -> impl Iterator<Item = (&String, &Field)> {
    shape.properties.iter().filter(|(name, _)| !["number", "title", "text", "group"].contains(&name.as_str()))
}

/// Whether a field leads to other pages or has parts.
fn leads_on(field: &Field) -> bool {
    matches!(
        value::inner(field),
        Shape::Reference(_) | Shape::Object(_) | Shape::Outcome(_) | Shape::Markdown | Shape::Url | Shape::Email
    )
}

/// What can be said of an entry in a word or two.
fn properties<'a>(
    place: Place<'a>,
    entry: &Entry,
    shape: &'a ObjectShape,
    is_wanted: impl Fn(&Field) -> bool,
) -> Vec<Property<'a>> {
    own(shape)
        .filter(|(_, field)| is_wanted(field))
        .filter_map(|(name, field)| {
            let item = entry.values.get(name)?;
            let description = field.description.as_deref().unwrap_or_default();
            let text = match &item.value {
                Value::Boolean(false) => return None,
                Value::Boolean(true) => field.title.clone(),
                _ => {
                    let shown = value::value(place, item, field)?;
                    place
                        .shared
                        .words()
                        .text("named_value")
                        .replace("{name}", &field.title)
                        .replace("{value}", &shown.text)
                }
            };
            Some(Property { text, description })
        })
        .collect()
}
