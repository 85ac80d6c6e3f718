//! What many pages show, as templates see it, made once and handed to each of them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use foldhash::fast::FixedState;
use tera::Value;

use crate::model::DocumentId;

/// The values, by what they tell of.
#[derive(Default)]
pub(super) struct Values {
    /// A document in a list.
    pub(super) listed: Once<DocumentId>,
    /// A rule, by its place, and how a document stands before it.
    pub(super) standings: Once<(usize, &'static str)>,
    /// What a gathered heading can be narrowed to, by its address.
    pub(super) narrowings: Once<String>,
}

/// Values of one kind.
pub(super) struct Once<K> {
    made: RwLock<HashMap<K, Value, FixedState>>,
}

impl<K> Default for Once<K> {
    fn default() -> Self {
        Self { made: RwLock::default() }
    }
}

impl<K: Eq + Hash> Once<K> {
    /// The value of a key, made if it was not yet. To have it again copies nothing.
    pub(super) fn get(&self, key: K, make: impl FnOnce() -> Value) -> Value {
        if let Some(value) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return value.clone();
        }
        // Two threads may well make the same.
        let value = make();
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(key, value.clone());
        value
    }
}
