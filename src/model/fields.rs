use super::Item;
use crate::parse::exact;
use crate::schema::Symbol;
use crate::source::Span;

/// Declared keys with their places, and their values, in the author's order.
///
/// A document has a few dozen at most: looking through them beats hashing, and takes half the room.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    entries: Vec<(Symbol, (Span, Item))>,
}

impl Fields {
    /// Room for so many keys.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }

    /// Adds a key that is not there yet.
    pub(super) fn push(&mut self, name: Symbol, key: Span, item: Item) {
        self.entries.push((name, (key, item)));
    }

    /// Gives back room that is not needed.
    pub(super) fn shrink_to_fit(&mut self) {
        if self.entries.len() < self.entries.capacity() {
            self.entries = exact(std::mem::take(&mut self.entries));
        }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The place of a key and its value.
    pub fn get(&self, name: &str) -> Option<&(Span, Item)> {
        self.entries.iter().find(|(known, _)| **known == *name).map(|(_, found)| found)
    }

    /// The same by symbol, which is quicker, with the key's place among the others.
    pub fn find(&self, name: Symbol) -> Option<(usize, &(Span, Item))> {
        self.entries.iter().enumerate().find(|(_, (known, _))| *known == name).map(|(place, (_, found))| (place, found))
    }

    /// The key at a place among the others.
    pub fn get_index(&self, place: usize) -> Option<(Symbol, &(Span, Item))> {
        self.entries.get(place).map(|(name, found)| (*name, found))
    }

    /// Every key, its place and its value.
    pub fn iter(&self) -> Iter<'_> {
        self.entries.iter().map(|(name, found)| (*name, found))
    }

    /// Every key and its value, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (Symbol, &mut Item)> {
        self.entries.iter_mut().map(|(name, (_, item))| (*name, item))
    }

    /// Every place of a key, and its value.
    pub fn values(&self) -> impl Iterator<Item = &(Span, Item)> {
        self.entries.iter().map(|(_, found)| found)
    }
}

/// Every key, its place and its value.
pub type Iter<'a> = std::iter::Map<
    std::slice::Iter<'a, (Symbol, (Span, Item))>,
    fn(&'a (Symbol, (Span, Item))) -> (Symbol, &'a (Span, Item)),
>;

impl<'a> IntoIterator for &'a Fields {
    type Item = (Symbol, &'a (Span, Item));
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The order of keys means nothing.
impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        let has = |(name, found): (Symbol, &(Span, Item))| other.find(name).is_some_and(|(_, other)| other == found);
        self.len() == other.len() && self.iter().all(has)
    }
}
