//! What a collection declares: fields, types, references, numbered entries. Data, read from the content.
//!
//! Owns [`Schema`]. A mistake in a declaration is a finding in the declaration. It knows no document: [`crate::model`] types them
//! with it, and [`crate::check`] holds them against it.

mod collection;
mod field;
mod read;

pub use collection::{Collection, GlossaryKeys, Kind, SCHEMA_ORG, SectionRule, Sort};
pub use field::{Constraints, EntryPart, Field, ObjectShape, ReferenceShape, Shape, When};
pub use read::{CHECKS, UNKNOWN_COLLECTION, read};

use indexmap::IndexMap;

/// Keys that mean the same in every document.
pub const RESERVED: &[&str] =
    &["title", "date", "updated", "summary", "draft", "slug", "aliases", "template", "derogations", "views"];

/// Every collection of a book, in the order of their folders.
#[derive(Debug, Default)]
pub struct Schema {
    /// By id: the path of its folder below the content.
    pub collections: IndexMap<String, Collection>,
}

impl Schema {
    /// One collection.
    pub fn collection(&self, id: &str) -> Option<&Collection> {
        self.collections.get(id)
    }
}
