//! Names of fields, which remember where they stood.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Item, Object};
use crate::schema::Symbol;

/// A name of a field, and its place in the last object that had it. Documents of a collection are written alike, so the next one
/// nearly always has it at the same place; looking there first spares most of the cost of a large book.
#[derive(Debug)]
pub(crate) struct Name {
    symbol: Symbol,
    place: AtomicUsize,
}

impl Name {
    pub(crate) fn new(text: &str) -> Self {
        Self { symbol: Symbol::new(text), place: AtomicUsize::new(0) }
    }

    pub(crate) fn as_str(&self) -> &'static str {
        self.symbol.as_str()
    }

    /// The value of this field, unless nothing was written.
    pub(crate) fn find<'o>(&self, object: &'o Object) -> Option<&'o Item> {
        let item = match object.fields.get_index(self.place.load(Ordering::Relaxed)) {
            Some((symbol, (_, item))) if symbol == self.symbol => item,
            _ => {
                let (place, (_, item)) = object.fields.find(self.symbol)?;
                self.place.store(place, Ordering::Relaxed);
                item
            }
        };
        Some(item).filter(|item| !item.value.is_null())
    }
}

/// A name is its text wherever it is only read.
impl std::ops::Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        *self == other.as_str()
    }
}

impl Clone for Name {
    fn clone(&self) -> Self {
        Self { symbol: self.symbol, place: AtomicUsize::new(self.place.load(Ordering::Relaxed)) }
    }
}
