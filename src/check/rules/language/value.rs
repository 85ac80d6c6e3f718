//! What expressions compute with: values that borrow the documents, and the world in which references lead somewhere.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use indexmap::IndexMap;

use super::name::Name;
use crate::diagnostic::Lang;
use crate::model::{Date, Document, DocumentId, Entry, Item, Object, Site, Target, Value};
use crate::parse::{Node, Section, Yaml};

/// A value of an expression. Numbers are doubles, dates are days, references are the documents that they lead to.
#[derive(Debug, Clone)]
pub(crate) enum Val<'a> {
    /// Nothing: what is not written reads as this.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text of a document or of the rule.
    Text(&'a str),
    /// A text that the expression made.
    Made(Arc<str>),
    /// A day.
    Date(Date),
    /// A document.
    Document(&'a Document),
    /// An entry of a document.
    Entry(&'a Document, &'a Entry),
    /// A reference that leads nowhere, as written.
    Lost(&'a str),
    /// Keys and values of a document.
    Object(&'a Object),
    /// A list of a document.
    Items(&'a [Item]),
    /// A list that the expression made.
    List(Arc<[Self]>),
    /// Keys and values of a rule.
    Record(Arc<IndexMap<String, Self>>),
    /// A section of a document's text.
    Section(&'a Section),
}

/// Where documents are found and what day it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World<'a> {
    pub site: &'a Site,
    /// In an example: its own documents, which then are the only ones to be searched.
    pub specimens: Option<&'a [Document]>,
    pub today: Date,
    /// The language of what is made of values.
    pub lang: Lang,
}

impl<'a> World<'a> {
    /// A document of the site or of the example.
    pub(crate) fn document(&self, id: DocumentId) -> Option<&'a Document> {
        let site = self.site.documents.len();
        match id.index().checked_sub(site) {
            None => Some(self.site.document(id)),
            Some(number) => self.specimens?.get(number),
        }
    }

    /// A value of a document.
    pub(crate) fn item(&self, item: &'a Item) -> Val<'a> {
        match &item.value {
            Value::Null | Value::Invalid(_) => Val::Null,
            Value::Boolean(boolean) => Val::Boolean(*boolean),
            Value::Number(number) => Val::Number(*number),
            Value::Text(text) | Value::Markdown(text) => Val::Text(text),
            Value::Date(date) => Val::Date(*date),
            Value::Reference(reference) => match reference.target {
                Target::Document(id) => self.document(id).map(Val::Document),
                Target::Entry(id, entry) => {
                    self.document(id).and_then(|document| Some(Val::Entry(document, document.entries.get(entry)?)))
                }
                Target::Missing => None,
            }
            .unwrap_or(Val::Lost(&reference.text)),
            Value::List(items) => Val::Items(items),
            Value::Object(object) => Val::Object(object),
        }
    }

    /// The items of a list; nothing is an empty list, and anything else is no list.
    pub(crate) fn items(&self, val: &Val<'a>) -> Option<Vec<Val<'a>>> {
        match val {
            Val::Null => Some(Vec::new()),
            Val::Items(items) => Some(items.iter().map(|item| self.item(item)).collect()),
            Val::List(items) => Some(items.to_vec()),
            _ => None,
        }
    }

    /// One item of a list.
    pub(crate) fn nth(&self, val: &Val<'a>, index: usize) -> Option<Val<'a>> {
        match val {
            Val::Items(items) => items.get(index).map(|item| self.item(item)),
            Val::List(items) => items.get(index).cloned(),
            _ => None,
        }
    }

    /// A field: what is not written is nothing, and so is a field of nothing. None when such a value has no fields at all.
    pub(crate) fn select(&self, val: &Val<'a>, name: &Name) -> Option<Val<'a>> {
        Some(match val {
            Val::Null | Val::Lost(_) => Val::Null,
            Val::Object(object) => name.find(object).map_or(Val::Null, |item| self.item(item)),
            Val::Document(document) => match name.find(&document.values) {
                Some(item) => self.item(item),
                None => built_in(document, name),
            },
            Val::Entry(document, entry) => match &**name {
                "document" => Val::Document(document),
                "url" => Val::Text(&entry.url),
                "number" => Val::Text(&entry.number.value),
                "title" => Val::Text(&entry.title),
                _ => name.find(&entry.values).map_or(Val::Null, |item| self.item(item)),
            },
            Val::Record(record) => record.get(&**name).cloned().unwrap_or(Val::Null),
            Val::Section(section) => of_section(section, name),
            _ => return None,
        })
    }

    /// The values at the end of a path of fields; lists on the way are walked through.
    pub(crate) fn path(&self, val: &Val<'a>, path: &[Name], found: &mut Vec<Val<'a>>) {
        if let Some(length) = val.length() {
            (0..length).filter_map(|index| self.nth(val, index)).for_each(|item| self.path(&item, path, found));
            return;
        }
        match path.split_first() {
            None => found.push(val.clone()),
            Some((first, rest)) => {
                if let Some(field) = self.select(val, first) {
                    self.path(&field, rest, found);
                }
            }
        }
    }

    /// Whether two values are the same. A reference equals its document, and the name of its document.
    pub(crate) fn equal(&self, a: &Val<'a>, b: &Val<'a>) -> bool {
        match (a, b) {
            (Val::Null, Val::Null) => true,
            (Val::Boolean(a), Val::Boolean(b)) => a == b,
            #[expect(clippy::float_cmp, reason = "equality of an expression means what it says")]
            (Val::Number(a), Val::Number(b)) => a == b,
            (Val::Date(a), Val::Date(b)) => a == b,
            (Val::Document(a), Val::Document(b)) => a.id == b.id,
            (Val::Entry(a, first), Val::Entry(b, second)) => a.id == b.id && first.number.value == second.number.value,
            (Val::Document(document), named) | (named, Val::Document(document)) => {
                named.as_text().is_some_and(|text| is_named(document, text))
            }
            (Val::Entry(document, entry), named) | (named, Val::Entry(document, entry)) => {
                named.as_text().is_some_and(|text| {
                    text.split_once('#')
                        .is_some_and(|(name, number)| is_named(document, name) && number == entry.number.value)
                })
            }
            (Val::Object(a), Val::Object(b)) => std::ptr::eq(*a, *b) || a == b,
            (Val::Section(a), Val::Section(b)) => std::ptr::eq(*a, *b),
            (Val::Record(a), Val::Record(b)) => {
                a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| self.equal(a, b)))
            }
            (Val::Items(_) | Val::List(_), Val::Items(_) | Val::List(_)) => {
                let length = a.length();
                length == b.length()
                    && (0..length.unwrap_or(0)).all(|index| match (self.nth(a, index), self.nth(b, index)) {
                        (Some(a), Some(b)) => self.equal(&a, &b),
                        _ => false,
                    })
            }
            (a, b) => matches!((a.as_text(), b.as_text()), (Some(a), Some(b)) if a == b),
        }
    }
}

impl Val<'_> {
    /// The text of a text, be it a reference that leads nowhere.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Val::Text(text) | Val::Lost(text) => Some(text),
            Val::Made(text) => Some(text),
            _ => None,
        }
    }

    /// How many items a list has.
    pub(crate) fn length(&self) -> Option<usize> {
        match self {
            Val::Null => Some(0),
            Val::Items(items) => Some(items.len()),
            Val::List(items) => Some(items.len()),
            _ => None,
        }
    }

    /// The number of a number.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            Val::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether there is nothing to read: null, a blank text, an empty list or object.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Val::Null => true,
            Val::Text(text) => is_blank(text),
            Val::Made(text) => is_blank(text),
            Val::Items(items) => items.is_empty(),
            Val::List(items) => items.is_empty(),
            Val::Object(object) => object.fields.is_empty(),
            Val::Record(record) => record.is_empty(),
            Val::Section(section) => section.text.is_blank() && section.items == 0,
            _ => false,
        }
    }

    /// The order of numbers, dates, texts and booleans among their own kind.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Val::Number(a), Val::Number(b)) => a.partial_cmp(b),
            (Val::Date(a), Val::Date(b)) => Some(a.cmp(b)),
            (Val::Boolean(a), Val::Boolean(b)) => Some(a.cmp(b)),
            (a, b) => Some(a.as_text()?.cmp(b.as_text()?)),
        }
    }
}

/// Whether there is nothing but space: known at the first letter.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether an author would call the document this: `name` or `collection/name`.
fn is_named(document: &Document, text: &str) -> bool {
    text == document.name
        || text
            .strip_suffix(&document.name)
            .and_then(|rest| rest.strip_suffix('/'))
            .is_some_and(|collection| document.collection.as_deref() == Some(collection))
}

/// The fields that every document has, with what they hold.
pub(crate) const DOCUMENT_FIELDS: &[&str] =
    &["title", "name", "id", "collection", "url", "date", "updated", "summary", "draft", "sections", "text"];

fn built_in<'a>(document: &'a Document, name: &str) -> Val<'a> {
    let date = |date: Option<Date>| date.map_or(Val::Null, Val::Date);
    match name {
        "title" => Val::Text(&document.page.title.value),
        "name" | "id" => Val::Text(&document.name),
        "collection" => document.collection.as_deref().map_or(Val::Null, Val::Text),
        "url" => Val::Text(&document.page.url),
        "date" => date(document.date.as_ref().map(|date| date.value)),
        "updated" => date(document.updated.as_ref().map(|date| date.value)),
        "summary" => document.page.summary.as_ref().map_or(Val::Null, |summary| Val::Text(&summary.value)),
        "draft" => Val::Boolean(document.draft),
        "sections" => {
            let headed = document.page.body.sections.iter().filter(|section| section.level > 0);
            Val::List(headed.map(Val::Section).collect())
        }
        "text" => {
            let mut text = String::new();
            for section in document.page.body.sections.iter().filter(|section| !section.text.is_empty()) {
                if !text.is_empty() {
                    text.push('\n');
                }
                section.text.push_to(&mut text);
            }
            Val::Made(text.into())
        }
        _ => Val::Null,
    }
}

/// The fields of a section.
pub(crate) const SECTION_FIELDS: &[&str] = &["title", "id", "text", "items", "words"];

fn of_section<'a>(section: &'a Section, name: &str) -> Val<'a> {
    match name {
        "title" => Val::Text(&section.title),
        "id" => Val::Text(&section.id),
        "text" => match section.text.read() {
            Cow::Borrowed(text) => Val::Text(text),
            Cow::Owned(text) => Val::Made(text.into()),
        },
        "items" => Val::Number(count(section.items)),
        "words" => Val::Number(count(section.text.read().split_whitespace().count())),
        _ => Val::Null,
    }
}

/// A count as a double, which all numbers of expressions are.
#[expect(clippy::cast_precision_loss, reason = "nothing here is counted beyond 2^52")]
pub(crate) fn count(count: usize) -> f64 {
    count as f64
}

/// A constant of a rule, by the plain words of YAML 1.2, with dates.
pub(crate) fn constant(node: &Node) -> Val<'static> {
    match &node.value {
        Yaml::Null => Val::Null,
        Yaml::Scalar(scalar) if scalar.quoted => Val::Made(scalar.text.as_str().into()),
        Yaml::Scalar(scalar) => match scalar.text.as_str() {
            "true" => Val::Boolean(true),
            "false" => Val::Boolean(false),
            text => match (crate::model::parse_date(text), text.parse::<f64>()) {
                (Some(date), _) => Val::Date(date),
                (None, Ok(number)) if number.is_finite() => Val::Number(number),
                _ => Val::Made(text.into()),
            },
        },
        Yaml::Sequence(items) => Val::List(items.iter().map(constant).collect()),
        Yaml::Mapping(mapping) => {
            let pairs = mapping.entries.iter().map(|(key, node)| (key.value.clone(), constant(node)));
            Val::Record(Arc::new(pairs.collect()))
        }
    }
}
