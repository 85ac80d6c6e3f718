//! Documents with meaning: the site of typed values, references and entries that the schema makes of the syntax.
//!
//! Owns [`Site`], immutable once built. Building it never fails and reports nothing: what cannot be typed or found is kept as
//! [`Value::Invalid`] or [`Target::Missing`], for [`crate::check`] to explain. It cannot print and knows no HTML.
//!
//! Start with [`read`], which types one page, and [`link`], which makes a site of all.

mod backlink;
mod build;
mod day;
mod document;
mod entry;
mod fields;
mod index;
mod label;
mod moved;
mod reserved;
mod revise;
mod typing;
mod unlinked;
mod urls;
mod value;

pub use backlink::Backlink;
pub use build::{Specimen, build, link, specimens};
pub use day::{day_in_words, month_in_words, month_named};
pub use document::{Derogation, Document, DocumentId, FOLDER_KEYS, Folder, Page};
pub use entry::Entry;
pub use fields::{Fields, Iter};
pub use index::Index;
pub use moved::{Moved, moved};
pub use revise::{Revised, Revision, revise};
pub use unlinked::{Unlinked, read};
pub use urls::{Locked, URLS, keep_urls, locked_urls, urls};
pub use value::{Item, Object, Reference, Target, Value, parse_date};

pub use jiff::civil::Date;

use std::sync::Arc;

use indexmap::IndexMap;

use crate::schema::{Collection, Schema};

/// A whole book, with meaning.
#[derive(Debug)]
pub struct Site {
    /// What its collections declare.
    pub schema: Arc<Schema>,
    /// Every document, drafts included, in the order of their paths.
    pub documents: Vec<Arc<Document>>,
    /// The documents of each collection, as the collection lists them.
    pub by_collection: Arc<IndexMap<String, Vec<DocumentId>>>,
    /// The folders of the content and their introductions, in the order of their paths.
    pub folders: Arc<[Folder]>,
    /// Who refers to each document, in the order of the documents.
    pub backlinks: Arc<Vec<Vec<Backlink>>>,
    /// Where names and addresses lead.
    pub index: Arc<Index>,
}

impl Site {
    /// One document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    /// The collection of a document; free pages have none.
    pub fn collection_of(&self, document: &Document) -> Option<&Collection> {
        document.collection.as_deref().and_then(|id| self.schema.collection(id))
    }

    /// Every document that readers see.
    pub fn published(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().map(AsRef::as_ref).filter(|document: &&Document| !document.draft)
    }

    /// Who refers to a document or to one of its entries.
    pub fn backlinks(&self, id: DocumentId) -> &[Backlink] {
        &self.backlinks[id.index()]
    }

    /// The document and entry that a target leads to.
    pub fn target(&self, target: Target) -> Option<(&Document, Option<&Entry>)> {
        match target {
            Target::Document(id) => Some((self.document(id), None)),
            Target::Entry(id, entry) => {
                let document = self.document(id);
                Some((document, document.entries.get(entry)))
            }
            Target::Missing => None,
        }
    }
}
