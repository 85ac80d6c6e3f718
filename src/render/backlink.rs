use indexmap::IndexMap;
use serde::Serialize;

use super::listing::Listed;
use super::shared::Shared;
use crate::model::{Document, DocumentId};

/// Documents that refer to the same thing in the same way.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    /// What the reference is called from the side that it leads to.
    title: &'a str,
    documents: Vec<Listed<'a>>,
}

/// Who refers to a document, or to one of its entries, by name of the reference and then as each collection lists them.
pub(super) fn groups<'a>(shared: &Shared<'a>, document: &Document, entry: Option<usize>) -> Vec<Group<'a>> {
    let mut groups: IndexMap<&str, Vec<DocumentId>> = IndexMap::new();
    for backlink in shared.cx.site.backlinks(document.id).iter().filter(|backlink| backlink.entry == entry) {
        let group = groups.entry(backlink.label.as_str()).or_default();
        if !group.contains(&backlink.from) {
            group.push(backlink.from);
        }
    }
    groups
        .into_iter()
        .map(|(title, mut ids)| {
            ids.sort_by_key(|id| (shared.document(*id).collection.as_deref(), shared.rank[*id]));
            Group { title, documents: ids.into_iter().map(|id| Listed::new(shared, shared.document(id))).collect() }
        })
        .collect()
}

/// How many documents refer to each entry.
pub(super) fn citations(shared: &Shared<'_>, document: &Document) -> Vec<usize> {
    let mut from: Vec<Vec<DocumentId>> = vec![Vec::new(); document.entries.len()];
    for backlink in shared.cx.site.backlinks(document.id) {
        if let Some(list) = backlink.entry.and_then(|entry| from.get_mut(entry))
            && list.last() != Some(&backlink.from)
        {
            list.push(backlink.from);
        }
    }
    from.into_iter().map(|list| list.len()).collect()
}
