//! What documents are grouped and sorted by: an owned copy of a value that has a total order.

use std::cmp::Ordering;

use super::value::{Val, World};
use crate::model::{Date, DocumentId};

/// One part of the key of a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Nothing written.
    Null,
    /// `false` comes first.
    Boolean(bool),
    /// A number.
    Number(Total),
    /// A day.
    Date(Date),
    /// A text.
    Text(String),
    /// A document.
    Document(DocumentId),
    /// An entry of a document, by its number.
    Entry(DocumentId, String),
    /// Several.
    List(Vec<Self>),
}

/// A double with a total order.
#[derive(Debug, Clone, Copy)]
pub struct Total(pub f64);

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Total {}

impl std::hash::Hash for Total {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl Key {
    /// The key of a value.
    pub(crate) fn new(world: &World<'_>, val: &Val<'_>) -> Self {
        match val {
            Val::Null => Self::Null,
            Val::Boolean(boolean) => Self::Boolean(*boolean),
            // Minus zero is zero.
            Val::Number(number) => Self::Number(Total(*number + 0.0)),
            Val::Date(date) => Self::Date(*date),
            Val::Document(document) => Self::Document(document.id),
            Val::Entry(document, entry) => Self::Entry(document.id, entry.number.value.clone()),
            Val::Items(_) | Val::List(_) => {
                Self::List(world.items(val).unwrap_or_default().iter().map(|item| Self::new(world, item)).collect())
            }
            other => Self::Text(super::show::show(world, other)),
        }
    }
}
