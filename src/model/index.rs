use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{DocumentId, Target};
use crate::schema::{EntryPart, ReferenceShape};

/// Every reference of the book is looked up here, by names of the book's own choosing: a quick hash will do.
type Map<K, V> = HashMap<K, V, FixedState>;

/// Where names lead: documents by collection and name, entries by document and number.
#[derive(Debug, Default)]
pub struct Index {
    documents: Map<String, Map<String, DocumentId>>,
    entries: Map<DocumentId, Map<String, usize>>,
    paths: Map<String, DocumentId>,
}

impl Index {
    pub(super) fn add_document(&mut self, collection: &str, name: &str, path: &str, id: DocumentId) {
        // Most documents stand in a collection that is known.
        match self.documents.get_mut(collection) {
            Some(names) => names.entry(name.to_owned()).or_insert(id),
            None => self.documents.entry(collection.to_owned()).or_default().entry(name.to_owned()).or_insert(id),
        };
        self.paths.insert(path.to_owned(), id);
    }

    pub(super) fn add_entry(&mut self, document: DocumentId, number: &str, place: usize) {
        self.entries.entry(document).or_default().entry(number.to_owned()).or_insert(place);
    }

    /// The document of a collection with this name.
    pub fn document(&self, collection: &str, name: &str) -> Option<DocumentId> {
        self.documents.get(collection)?.get(name).copied()
    }

    /// The document in this file, by its path below the book's folder.
    pub fn at_path(&self, path: &str) -> Option<DocumentId> {
        self.paths.get(path).copied()
    }

    /// The entry of a document with this number.
    pub fn entry(&self, document: DocumentId, number: &str) -> Option<usize> {
        self.entries.get(&document)?.get(number).copied()
    }

    /// Where a reference leads, given what its field allows: `name`, `name#number`, or `collection/name` to be exact.
    pub fn resolve(&self, shape: &ReferenceShape, text: &str) -> Target {
        let text = shape.prefix.as_deref().and_then(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
        self.resolve_in(shape.to.iter().map(|to| to.value.as_str()), shape.entries, text)
    }

    /// Where `name` or `name#number` leads in the first of some collections that has it.
    pub fn resolve_in<'a>(
        &self,
        collections: impl IntoIterator<Item = &'a str>,
        entries: EntryPart,
        text: &str,
    ) -> Target {
        let (name, number) = match text.split_once('#') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let found = collections.into_iter().find_map(|collection| {
            let name = name.strip_prefix(collection).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
            self.document(collection, name)
        });
        let Some(document) = found else { return Target::Missing };
        match (number, entries) {
            (None, EntryPart::None | EntryPart::Optional) => Target::Document(document),
            (Some(number), EntryPart::Optional | EntryPart::Required) => {
                self.entry(document, number).map_or(Target::Missing, |entry| Target::Entry(document, entry))
            }
            _ => Target::Missing,
        }
    }

    /// The names of a collection's documents, sorted.
    pub fn names(&self, collection: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.documents.get(collection).map(|names| names.keys().map(String::as_str).collect()).unwrap_or_default();
        names.sort_unstable();
        names
    }

    /// The numbers of a document's entries, sorted.
    pub fn numbers(&self, document: DocumentId) -> Vec<&str> {
        let mut numbers: Vec<&str> =
            self.entries.get(&document).map(|numbers| numbers.keys().map(String::as_str).collect()).unwrap_or_default();
        numbers.sort_unstable();
        numbers
    }
}
