use jiff::civil::Date;

use super::{DocumentId, Fields};
use crate::parse::{Key, Node};
use crate::schema::Symbol;
use crate::source::Span;

/// A typed value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where its author wrote it; for a default, where the schema declares it.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a field holds, once its schema has said how to read it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing was written after the key.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, whole or not.
    Number(f64),
    /// A text: a string, a choice, an address.
    Text(Box<str>),
    /// A text in Markdown.
    Markdown(Box<str>),
    /// A day.
    Date(Date),
    /// Another document, or an entry of one.
    Reference(Reference),
    /// A list.
    List(Box<[Item]>),
    /// Keys and values.
    Object(Box<Object>),
    /// What is written is not what the schema says; the shape check explains.
    Invalid(Box<Node>),
}

/// What an author wrote to name a document, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As written.
    pub text: Box<str>,
    /// Where it leads.
    pub target: Target,
}

/// Where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// To a document.
    Document(DocumentId),
    /// To an entry of a document, by its place in [`super::Document::entries`].
    Entry(DocumentId, usize),
    /// Nowhere.
    Missing,
}

impl Target {
    /// The document at or around the target.
    pub fn document(self) -> Option<DocumentId> {
        match self {
            Self::Document(id) | Self::Entry(id, _) => Some(id),
            Self::Missing => None,
        }
    }
}

/// Keys and values, in the author's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// From the first key to the last value.
    pub span: Span,
    /// Declared keys.
    pub fields: Fields,
    /// Keys that nothing declares.
    pub unknown: Vec<(Key, Node)>,
}

impl Object {
    /// The declared keys under which it does not say the same as another, which may stand elsewhere.
    pub(super) fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let says = |object: &'a Self, name: Symbol| object.fields.find(name).map(|(_, (_, item))| &item.value);
        let own = self
            .fields
            .iter()
            .filter(move |(name, (_, item))| says(other, *name).is_none_or(|value| !item.value.says_as(value)));
        let new = other.fields.iter().filter(move |(name, _)| says(self, *name).is_none());
        own.chain(new).map(|(name, _)| name.as_str())
    }

    /// An object with no key.
    pub fn empty(span: Span) -> Self {
        Self { span, fields: Fields::default(), unknown: Vec::new() }
    }

    /// The value of a key, unless nothing was written.
    pub fn get(&self, key: &str) -> Option<&Item> {
        self.fields.get(key).map(|(_, item)| item).filter(|item| !item.value.is_null())
    }

    /// The value of a declared key, unless nothing was written.
    pub fn find(&self, key: Symbol) -> Option<&Item> {
        self.fields.find(key).map(|(_, (_, item))| item).filter(|item| !item.value.is_null())
    }

    /// The value at a path of keys: `venue`, `opened`.
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Item> {
        let mut path = path.into_iter();
        let first = self.get(path.next()?)?;
        path.try_fold(first, |item, key| match &item.value {
            Value::Object(object) => object.get(key),
            _ => None,
        })
    }

    /// Where the key itself stands.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.fields.get(key).map(|(key, _)| *key)
    }
}

impl Value {
    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it says the same as another, whose parts may stand elsewhere.
    fn says_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(items), Self::List(others)) => {
                items.len() == others.len() && items.iter().zip(others).all(|(a, b)| a.value.says_as(&b.value))
            }
            (Self::Object(object), Self::Object(other)) => object.differing(other).next().is_none(),
            (value, other) => value == other,
        }
    }

    /// Whether references may stand in it, being one or having parts.
    pub fn may_refer(&self) -> bool {
        matches!(self, Self::Reference(_) | Self::List(_) | Self::Object(_))
    }

    /// The text of a string, a choice, an address or a Markdown text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Markdown(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; a single value counts as a list of one.
    pub fn items(&self) -> Option<&[Item]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether it holds other values.
    pub fn is_nested(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }

    /// The keys and values of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Every reference in it, at any depth, with its place.
    pub fn references(item: &Item) -> Vec<(&Reference, Span)> {
        let mut found = Vec::new();
        collect_references(item, &mut found);
        found
    }
}

fn collect_references<'a>(item: &'a Item, found: &mut Vec<(&'a Reference, Span)>) {
    match &item.value {
        Value::Reference(reference) => found.push((reference, item.span)),
        Value::List(items) => items.iter().for_each(|item| collect_references(item, found)),
        Value::Object(object) => object.fields.values().for_each(|(_, item)| collect_references(item, found)),
        _ => {}
    }
}

/// A day written `2024-06-30`, and nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
    };
    let small = |digits: &[u8]| number(digits).and_then(|number| i8::try_from(number).ok());
    Date::new(number(&[y1, y2, y3, y4])?, small(&[m1, m2])?, small(&[d1, d2])?).ok()
}
