//! What an expression can hold, as far as the schema says.

use std::sync::Arc;

use indexmap::IndexMap;

use super::value::{DOCUMENT_FIELDS, SECTION_FIELDS, Val};
use crate::diagnostic::{Lang, tr};
use crate::schema::{Collection, EntryPart, Field, ObjectShape, Schema, Shape};

/// The type of a part of an expression. Any of them may be null.
#[derive(Debug, Clone)]
pub(crate) enum Type<'a> {
    /// Nobody knows.
    Any,
    Null,
    Boolean,
    Number,
    Text,
    /// One of some texts, with what readers see.
    Choice(&'a IndexMap<String, String>),
    Date,
    List(Box<Self>),
    /// A list whose items are known one by one: the key of a group.
    Tuple(Arc<[Self]>),
    Object(&'a ObjectShape),
    Record(Arc<IndexMap<String, Self>>),
    /// A document of one of these collections.
    Document(Arc<[&'a Collection]>),
    /// An entry of a document of one of these collections.
    Entry(Arc<[&'a Collection]>),
    /// Either.
    Target(Arc<[&'a Collection]>),
    Section,
}

/// Types that can be compared with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Any,
    Boolean,
    Number,
    Text,
    Date,
    List,
    Keys,
    Reference,
    Section,
}

impl<'a> Type<'a> {
    /// The type of a declared field.
    pub(crate) fn of(field: &'a Field, schema: &'a Schema) -> Self {
        match &field.shape {
            Shape::Any => Self::Any,
            Shape::String => field.constraints.choices.as_ref().map_or(Self::Text, Self::Choice),
            Shape::Markdown | Shape::Url | Shape::Email => Self::Text,
            Shape::Number | Shape::Integer => Self::Number,
            Shape::Boolean => Self::Boolean,
            Shape::Date => Self::Date,
            Shape::Reference(reference) => {
                let to = reference.to.iter().filter_map(|to| schema.collection(&to.value)).collect();
                match reference.entries {
                    EntryPart::None => Self::Document(to),
                    EntryPart::Optional => Self::Target(to),
                    EntryPart::Required => Self::Entry(to),
                }
            }
            Shape::Array(items) => Self::List(Box::new(Self::of(items, schema))),
            Shape::Object(object) | Shape::Outcome(object) => Self::Object(object),
            Shape::Entries(object) => Self::List(Box::new(Self::Object(object))),
        }
    }

    /// The type of a constant of the rule.
    pub(crate) fn of_constant(constant: &Val<'static>) -> Self {
        match constant {
            Val::Boolean(_) => Self::Boolean,
            Val::Number(_) => Self::Number,
            Val::Text(_) | Val::Made(_) => Self::Text,
            Val::Date(_) => Self::Date,
            Val::List(items) => Self::List(Box::new(items.first().map_or(Self::Any, Self::of_constant))),
            Val::Record(record) => {
                Self::Record(Arc::new(record.iter().map(|(key, val)| (key.clone(), Self::of_constant(val))).collect()))
            }
            _ => Self::Any,
        }
    }

    /// The type of a field, or the names of the fields that there are.
    pub(crate) fn select(&self, name: &str, schema: &'a Schema) -> Result<Self, Vec<&'a str>> {
        match self {
            Self::Any | Self::Null => Ok(Self::Any),
            Self::Object(object) => match object.properties.get(name) {
                Some(field) => Ok(Self::of(field, schema)),
                None if object.additional => Ok(Self::Any),
                None => Err(object.properties.keys().map(String::as_str).collect()),
            },
            Self::Record(record) => record.get(name).cloned().ok_or_else(Vec::new),
            Self::Section => {
                of_built_in(name).filter(|_| SECTION_FIELDS.contains(&name)).ok_or_else(|| SECTION_FIELDS.to_vec())
            }
            Self::Document(collections) => of_document(collections, name, schema),
            Self::Entry(collections) => of_entry(collections, name, schema),
            Self::Target(collections) => of_document(collections, name, schema).or_else(|mut known| {
                of_entry(collections, name, schema).map_err(|others| {
                    known.extend(others);
                    known
                })
            }),
            Self::Boolean
            | Self::Number
            | Self::Text
            | Self::Choice(_)
            | Self::Date
            | Self::List(_)
            | Self::Tuple(_) => Err(Vec::new()),
        }
    }

    /// The type of the items of a list; none when it is no list.
    pub(crate) fn items(&self) -> Option<Self> {
        match self {
            Self::Any | Self::Null => Some(Self::Any),
            Self::List(items) => Some(items.as_ref().clone()),
            Self::Tuple(items) => Some(items.iter().cloned().reduce(Self::or).unwrap_or(Self::Any)),
            _ => None,
        }
    }

    /// The type of what is the one or the other.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Null, other) | (other, Self::Null) => other,
            (Self::Choice(_) | Self::Text, Self::Choice(_) | Self::Text) => Self::Text,
            (Self::Object(a), Self::Object(b)) if !std::ptr::eq(a, b) => Self::Any,
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.or(*b))),
            (a, b) if std::mem::discriminant(&a) == std::mem::discriminant(&b) => a,
            _ => Self::Any,
        }
    }

    /// What it can be compared with.
    pub(crate) fn sort(&self) -> Sort {
        match self {
            Self::Any | Self::Null => Sort::Any,
            Self::Boolean => Sort::Boolean,
            Self::Number => Sort::Number,
            Self::Text | Self::Choice(_) => Sort::Text,
            Self::Date => Sort::Date,
            Self::List(_) | Self::Tuple(_) => Sort::List,
            Self::Object(_) | Self::Record(_) => Sort::Keys,
            Self::Document(_) | Self::Entry(_) | Self::Target(_) => Sort::Reference,
            Self::Section => Sort::Section,
        }
    }

    /// What it is called in a message.
    pub(crate) fn words(&self, lang: Lang) -> String {
        match self {
            Self::Any | Self::Null => tr!(lang, "une valeur", "a value"),
            Self::Boolean => tr!(lang, "un oui ou non", "a yes or no"),
            Self::Number => tr!(lang, "un nombre", "a number"),
            Self::Text | Self::Choice(_) => tr!(lang, "un texte", "a text"),
            Self::Date => tr!(lang, "une date", "a date"),
            Self::List(_) | Self::Tuple(_) => tr!(lang, "une liste", "a list"),
            Self::Object(_) | Self::Record(_) => tr!(lang, "un groupe de champs", "a group of fields"),
            Self::Document(_) => tr!(lang, "un document", "a document"),
            Self::Entry(_) => tr!(lang, "une entrée", "an entry"),
            Self::Target(_) => tr!(lang, "un document ou une entrée", "a document or an entry"),
            Self::Section => tr!(lang, "une section", "a section"),
        }
    }
}

fn of_document<'a>(collections: &[&'a Collection], name: &str, schema: &'a Schema) -> Result<Type<'a>, Vec<&'a str>> {
    let declared =
        collections.iter().filter_map(|collection| collection.fields.get(name)).map(|field| Type::of(field, schema));
    if let Some(declared) = declared.reduce(Type::or) {
        return Ok(declared);
    }
    if let Some(built_in) = of_built_in(name).filter(|_| DOCUMENT_FIELDS.contains(&name)) {
        return Ok(built_in);
    }
    if collections.is_empty() || collections.iter().any(|collection| collection.additional_properties) {
        return Ok(Type::Any);
    }
    let fields = collections.iter().flat_map(|collection| collection.fields.keys()).map(String::as_str);
    Err(fields.chain(DOCUMENT_FIELDS.iter().copied()).collect())
}

fn of_built_in<'a>(name: &str) -> Option<Type<'a>> {
    Some(match name {
        "title" | "name" | "id" | "collection" | "url" | "summary" | "text" => Type::Text,
        "date" | "updated" => Type::Date,
        "draft" => Type::Boolean,
        "sections" => Type::List(Box::new(Type::Section)),
        "items" | "words" => Type::Number,
        _ => return None,
    })
}

fn of_entry<'a>(collections: &Arc<[&'a Collection]>, name: &str, schema: &'a Schema) -> Result<Type<'a>, Vec<&'a str>> {
    match name {
        "document" => return Ok(Type::Document(Arc::clone(collections))),
        "number" | "title" | "text" | "group" | "url" => return Ok(Type::Text),
        _ => {}
    }
    let fields = collections.iter().flat_map(|collection| collection.fields.values());
    let shapes: Vec<&'a ObjectShape> = fields
        .filter_map(|field| match &field.shape {
            Shape::Entries(object) => Some(object),
            _ => None,
        })
        .collect();
    let declared = shapes.iter().filter_map(|object| object.properties.get(name)).map(|field| Type::of(field, schema));
    if let Some(declared) = declared.reduce(Type::or) {
        return Ok(declared);
    }
    if shapes.is_empty() || shapes.iter().any(|object| object.additional) {
        return Ok(Type::Any);
    }
    let known = shapes.iter().flat_map(|object| object.properties.keys()).map(String::as_str);
    Err(known.chain(["url", "document"]).collect())
}
