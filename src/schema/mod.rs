//! What a collection declares: fields, types, references, numbered entries. Data, read from the content.
//!
//! Owns [`Schema`]. A mistake in a declaration is a finding in the declaration. It knows no document: [`crate::model`] types them
//! with it, and [`crate::check`] holds them against it.

mod collection;
mod field;
mod read;
mod symbol;

pub use collection::{Collection, GlossaryKeys, Kind, SCHEMA_ORG, SectionRule, Sort};
pub use field::{Constraints, EntryPart, Field, ObjectShape, ReferenceShape, Shape, When};
pub use read::{CHECKS, UNKNOWN_COLLECTION, read};
pub use symbol::Symbol;

use indexmap::IndexMap;

/// Keys that mean the same in every document.
pub const RESERVED: &[&str] =
    &["title", "date", "updated", "summary", "draft", "slug", "aliases", "template", "derogations", "views"];

/// Declared fields by name, in order. Every key of every document is looked up here; a quick hash will do for names that the book
/// itself declares.
pub type Declared = IndexMap<String, Field, foldhash::fast::FixedState>;

/// Every collection of a book, in the order of their folders.
#[derive(Debug, Default)]
pub struct Schema {
    /// By id: the path of its folder below the content.
    pub collections: IndexMap<String, Collection, foldhash::fast::FixedState>,
}

impl Schema {
    /// One collection.
    pub fn collection(&self, id: &str) -> Option<&Collection> {
        self.collections.get(id)
    }
}
