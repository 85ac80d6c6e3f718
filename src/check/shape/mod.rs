//! A document against the schema of its collection.
//!
//! One check a file. This one walks the values in the order of the schema; the checks look at one value each.

mod bounds;
mod choice;
mod duplicate_entry_number;
mod items;
mod length;
pub(crate) mod lines;
mod missing_field;
mod pattern;
mod section;
mod wrong_type;

use super::Context;
use crate::diagnostic::{Check, Sink, is_slip};
use crate::model::{Document, Item, Object, Value};
use crate::parse::unknown_key;
use crate::schema::{Declared, Field, RESERVED, Shape};

/// The checks of a document's shape.
pub static CHECKS: &[&Check] = &[
    &bounds::NUMBER_OUT_OF_BOUNDS,
    &choice::UNKNOWN_CHOICE,
    &duplicate_entry_number::DUPLICATE_ENTRY_NUMBER,
    &items::WRONG_NUMBER_OF_ITEMS,
    &items::REPEATED_ITEM,
    &length::WRONG_LENGTH,
    &lines::TOO_MANY_LINES,
    &missing_field::MISSING_FIELD,
    &pattern::PATTERN_MISMATCH,
    &section::MISSING_SECTION,
    &wrong_type::WRONG_TYPE,
];

/// Where a check stands in a document.
struct Place<'a> {
    cx: &'a Context<'a>,
    document: &'a Document,
}

/// Holds one document against its schema.
pub fn check(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    let place = Place { cx, document };
    for (key, span, wanted) in &document.misread {
        wrong_type::reserved(key, *span, wanted, cx.snapshot.text(*span), sink);
    }
    missing_field::title(&place, sink);
    let no_fields = Declared::default();
    let collection = cx.site.collection_of(document);
    if document.rule.is_some() {
        return;
    }
    let fields = collection.map_or(&no_fields, |collection| &collection.fields);
    object(&place, &document.values, fields, true, sink);
    if let Some(collection) = collection {
        section::check(&place, &collection.sections, sink);
    }
    duplicate_entry_number::check(document, sink);
}

fn object(place: &Place<'_>, values: &Object, fields: &Declared, top: bool, sink: &mut Sink) {
    for (key, _) in &values.unknown {
        let reserved: &[&str] = if top { RESERVED } else { &[] };
        let known: Vec<&str> = fields.keys().map(String::as_str).chain(reserved.iter().copied()).collect();
        sink.push(unknown_key(&key.value, key.span, known, sink));
    }
    for (name, field) in fields {
        match values.find(field.symbol) {
            Some(item) => value(place, item, field, sink),
            // A slip in the key has its own finding, which names the field: saying that it is missing too would be noise.
            None if values.unknown.iter().any(|(key, _)| is_slip(&key.value, name)) => {}
            None => missing_field::check(place, values, field, sink),
        }
    }
}

fn value(place: &Place<'_>, item: &Item, field: &Field, sink: &mut Sink) {
    if let Value::Invalid(node) = &item.value {
        wrong_type::check(place, node, field, sink);
        return;
    }
    if item.value.is_null() {
        return;
    }
    choice::check(item, field, sink);
    bounds::check(item, field, sink);
    length::check(item, field, sink);
    pattern::check(item, field, sink);
    lines::check(item, field, sink);
    items::check(place, item, field, sink);
    match (&item.value, &field.shape) {
        (Value::List(items), Shape::Array(inner)) => {
            for item in items {
                value(place, item, inner, sink);
            }
        }
        (Value::List(items), Shape::Entries(shape)) => {
            for item in items {
                match &item.value {
                    Value::Object(inner) => object(place, inner, &shape.properties, false, sink),
                    Value::Invalid(node) => wrong_type::check(place, node, field, sink),
                    _ => {}
                }
            }
        }
        (Value::Object(inner), Shape::Object(shape) | Shape::Outcome(shape)) => {
            object(place, inner, &shape.properties, false, sink);
        }
        _ => {}
    }
}

/// The place in the schema that says so, as a second label.
fn declared(field: &Field) -> crate::source::Span {
    field.key.span
}
