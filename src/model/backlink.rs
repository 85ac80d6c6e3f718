use std::sync::Arc;

use rayon::prelude::*;

use super::{Document, DocumentId, Fields, Item, Target, Value};
use crate::schema::{Declared, Field, Schema, Shape};

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
pub(super) fn collect(schema: &Schema, documents: &[Arc<Document>]) -> Vec<Vec<Backlink>> {
    let found: Vec<Vec<(DocumentId, Backlink)>> =
        documents.par_iter().with_min_len(64).map(|document| references_of(schema, document)).collect();
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); documents.len()];
    for (to, backlink) in found.into_iter().flatten() {
        backlinks[to.index()].push(backlink);
    }
    backlinks
}

/// What one document refers to, each target and label once.
pub(super) fn references_of(schema: &Schema, document: &Document) -> Vec<(DocumentId, Backlink)> {
    let mut found: Vec<(DocumentId, Backlink)> = Vec::new();
    let collection = document.collection.as_deref().and_then(|id| schema.collection(id));
    let Some(collection) = collection.filter(|_| !document.draft) else { return found };
    visit_fields(&document.values.fields, &collection.fields, &mut |target, inverse| {
        let Some(to) = target.document().filter(|to| *to != document.id) else { return };
        let entry = if let Target::Entry(_, entry) = target { Some(entry) } else { None };
        let label = inverse.unwrap_or(&collection.title);
        let is_known = |(known, backlink): &(DocumentId, Backlink)| {
            *known == to && backlink.entry == entry && backlink.label == label
        };
        if !found.iter().any(is_known) {
            found.push((to, Backlink { from: document.id, entry, label: label.to_owned() }));
        }
    });
    found
}

fn visit<'a>(item: &'a Item, field: &'a Field, found: &mut impl FnMut(Target, Option<&'a str>)) {
    match (&item.value, &field.shape) {
        (Value::Reference(reference), Shape::Reference(shape)) => found(reference.target, shape.inverse.as_deref()),
        (Value::List(items), Shape::Array(inner)) => items.iter().for_each(|item| visit(item, inner, found)),
        (Value::List(items), Shape::Entries(shape)) => {
            for item in items {
                if let Value::Object(object) = &item.value {
                    visit_fields(&object.fields, &shape.properties, found);
                }
            }
        }
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape)) => {
            visit_fields(&object.fields, &shape.properties, found);
        }
        _ => {}
    }
}

fn visit_fields<'a>(fields: &'a Fields, declared: &'a Declared, found: &mut impl FnMut(Target, Option<&'a str>)) {
    for (name, (_, item)) in fields.iter().filter(|(_, (_, item))| item.value.may_refer()) {
        if let Some(field) = declared.get(&*name) {
            visit(item, field, found);
        }
    }
}
