//! Names of fields, which remember where they stood.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Item, Object, Value};

/// A name of a field, and its place in the last object that had it. Documents of a collection are written alike, so the next one
/// nearly always has it at the same place; looking there first spares most of the cost of a large book.
#[derive(Debug)]
pub(crate) struct Name {
    text: String,
    place: AtomicUsize,
}

impl Name {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), place: AtomicUsize::new(0) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The value of this field, unless nothing was written.
    pub(crate) fn find<'o>(&self, object: &'o Object) -> Option<&'o Item> {
        let item = match object.fields.get_index(self.place.load(Ordering::Relaxed)) {
            Some((name, (_, item))) if *name == self.text => item,
            _ => {
                let (place, _, (_, item)) = object.fields.get_full(&self.text)?;
                self.place.store(place, Ordering::Relaxed);
                item
            }
        };
        Some(item).filter(|item| !matches!(item.value, Value::Null))
    }
}

/// A name is its text wherever it is only read.
impl std::ops::Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        *self == other.text
    }
}

impl Clone for Name {
    fn clone(&self) -> Self {
        Self::new(&self.text)
    }
}
