use super::{Document, DocumentId, Item, Target, Value};
use crate::schema::{Field, Schema, Shape};

/// One reference, seen from the document that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlink {
    /// The document that refers.
    pub from: DocumentId,
    /// The entry referred to, by its place; none when the document as a whole is.
    pub entry: Option<usize>,
    /// What the reference's field calls its inverse; the title of the referring collection where it says nothing.
    pub label: String,
}

/// Turns every reference around. The list of each document is in the order of the documents that refer.
pub(super) fn collect(schema: &Schema, documents: &[Document]) -> Vec<Vec<Backlink>> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); documents.len()];
    for document in documents.iter().filter(|document| !document.draft) {
        let Some(collection) = document.collection.as_deref().and_then(|id| schema.collection(id)) else { continue };
        for (name, (_, item)) in &document.values.fields {
            if let Some(field) = collection.fields.get(name) {
                visit(item, field, &mut |target, inverse| {
                    let Some(to) = target.document().filter(|to| *to != document.id) else { return };
                    let entry = if let Target::Entry(_, entry) = target { Some(entry) } else { None };
                    let label = inverse.unwrap_or(&collection.title).to_owned();
                    let backlink = Backlink { from: document.id, entry, label };
                    let list = &mut backlinks[to.index()];
                    if !list.contains_recent(&backlink) {
                        list.push(backlink);
                    }
                });
            }
        }
    }
    backlinks
}

/// Looks for an equal backlink among those of the same document, which stand together at the end.
trait ContainsRecent {
    fn contains_recent(&self, backlink: &Backlink) -> bool;
}

impl ContainsRecent for Vec<Backlink> {
    fn contains_recent(&self, backlink: &Backlink) -> bool {
        self.iter().rev().take_while(|other| other.from == backlink.from).any(|other| other == backlink)
    }
}

fn visit<'a>(item: &'a Item, field: &'a Field, found: &mut impl FnMut(Target, Option<&'a str>)) {
    match (&item.value, &field.shape) {
        (Value::Reference(reference), Shape::Reference(shape)) => found(reference.target, shape.inverse.as_deref()),
        (Value::List(items), Shape::Array(inner)) => items.iter().for_each(|item| visit(item, inner, found)),
        (Value::List(items), Shape::Entries(shape)) => {
            for item in items {
                visit_object(item, &shape.properties, found);
            }
        }
        (Value::Object(_), Shape::Object(shape) | Shape::Outcome(shape)) => {
            visit_object(item, &shape.properties, found);
        }
        _ => {}
    }
}

fn visit_object<'a>(
    item: &'a Item,
    properties: &'a indexmap::IndexMap<String, Field>,
    found: &mut impl FnMut(Target, Option<&'a str>),
) {
    let Value::Object(object) = &item.value else { return };
    for (name, (_, item)) in &object.fields {
        if let Some(field) = properties.get(name) {
            visit(item, field, found);
        }
    }
}
