use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::model::{Document, Item, Object, Reference, Site, Value};
use crate::schema::{Field, Shape};

/// What stands between the items of a list in one cell.
pub(super) const JOIN: char = '|';

/// A value on its way into a file.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) site: &'a Site,
    pub(super) item: &'a Item,
    /// What it is declared as, where it is.
    pub(super) field: Option<&'a Field>,
}

impl<'a> Cell<'a> {
    fn inside(self, item: &'a Item, field: Option<&'a Field>) -> Self {
        Self { item, field, ..self }
    }

    /// Writes the cell of a table: the text of a value, the items of a list of values with a bar between them, or else JSON.
    pub(super) fn write(self, out: &mut String) {
        use std::fmt::Write as _;
        match &self.item.value {
            Value::Null | Value::Invalid(_) => {}
            Value::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Value::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Value::Text(text) => out.push_str(text),
            Value::Markdown(text) => out.push_str(&shown(text)),
            Value::Date(date) => {
                let _ = write!(out, "{date}");
            }
            Value::Reference(reference) => out.push_str(&id(self.site, reference, self.field).unwrap_or_default()),
            Value::List(items) if items.iter().all(|item| !item.value.is_nested()) => {
                let before = out.len();
                for item in items {
                    if out.len() > before {
                        out.push(JOIN);
                    }
                    self.inside(item, self.field.and_then(of_items)).write(out);
                }
            }
            Value::List(_) | Value::Object(_) => {
                out.push_str(&serde_json::to_string(&self).expect("plain values make JSON"));
            }
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.item.value {
            Value::Null | Value::Invalid(_) => serializer.serialize_none(),
            Value::Boolean(truth) => serializer.serialize_bool(*truth),
            Value::Number(number) => serialize_number(*number, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Markdown(text) => serializer.serialize_str(&shown(text)),
            Value::Date(date) => serializer.collect_str(date),
            Value::Reference(reference) => id(self.site, reference, self.field).serialize(serializer),
            Value::List(items) => {
                let field = self.field.and_then(of_items);
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&self.inside(item, field))?;
                }
                list.end()
            }
            Value::Object(object) => self.serialize_object(object, serializer),
        }
    }
}

impl Cell<'_> {
    fn serialize_object<S: Serializer>(&self, object: &Object, serializer: S) -> Result<S::Ok, S::Error> {
        let declared = self.field.and_then(|field| match &field.shape {
            Shape::Object(shape) | Shape::Entries(shape) | Shape::Outcome(shape) => Some(&shape.properties),
            _ => None,
        });
        let mut map = serializer.serialize_map(None)?;
        for (key, (_, item)) in &object.fields {
            if !matches!(item.value, Value::Null | Value::Invalid(_)) {
                let field = declared.and_then(|declared| declared.get(key.as_str()));
                map.serialize_entry(key.as_str(), &self.inside(item, field))?;
            }
        }
        map.end()
    }
}

/// A text without the comments that no page shows.
fn shown(markdown: &str) -> Cow<'_, str> {
    const OPEN: &str = "<!--";
    const CLOSE: &str = "-->";
    let Some((before, mut rest)) = markdown.split_once(OPEN) else { return Cow::Borrowed(markdown) };
    let mut text = before.to_owned();
    while let Some((_, after)) = rest.split_once(CLOSE) {
        let (before, next) = after.split_once(OPEN).unwrap_or((after, ""));
        text.push_str(before);
        rest = next;
    }
    // What is opened and not closed is a comment to the end.
    Cow::Owned(text)
}

/// A whole number without its `.0`, as every other program writes it.
fn serialize_number<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Beyond 2^53 not every whole number is a double.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and small enough")]
        return serializer.serialize_i64(number as i64);
    }
    serializer.serialize_f64(number)
}

/// What the items of a list are declared as.
fn of_items(field: &Field) -> Option<&Field> {
    match &field.shape {
        Shape::Array(items) => Some(items),
        // The properties of entries are those of the field itself.
        Shape::Entries(_) => Some(field),
        _ => None,
    }
}

/// What a reference leads to: the id of a document in its table, with `#` and the number of an entry, and with its collection where it
/// could be in several. None where readers do not see it.
fn id(site: &Site, reference: &Reference, field: Option<&Field>) -> Option<String> {
    let (document, entry) = site.target(reference.target)?;
    if document.draft {
        return None;
    }
    let mut id = String::new();
    let several = field.is_some_and(|field| matches!(&field.shape, Shape::Reference(shape) if shape.to.len() > 1));
    if several && let Some(collection) = &document.collection {
        id.push_str(collection);
        id.push('/');
    }
    id.push_str(own_id(document));
    if let Some(entry) = entry {
        id.push('#');
        id.push_str(&entry.number.value);
    }
    Some(id)
}

/// What a document is called in its table.
pub(super) fn own_id(document: &Document) -> &str {
    &document.name
}
