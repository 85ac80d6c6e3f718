//! What every output returns: a path and its bytes, in memory.
//!
//! Owns the shape of an output, and the [`Outlet`] that outputs are handed to as soon as they are made, so that a whole site never
//! stands in memory unless somebody asks for it. Knows nothing of disks, pages or searches: [`crate::publish`] is the only floor
//! that writes.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::convert::Infallible;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

/// One file of the published site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, with `/`, without a leading one.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// Makes an artifact from anything that is bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// What takes outputs, one at a time, as they are made: from several threads at once, in no order.
pub trait Outlet: Sync {
    /// Why an output cannot be kept; nothing that follows can make up for it.
    type Error: Send;

    /// Takes one output. `false` when its path is already taken; what came first stays.
    ///
    /// # Errors
    ///
    /// When it cannot be kept.
    fn put(&self, artifact: Artifact) -> Result<bool, Self::Error>;
}

/// Looks at outputs and keeps none: a book with errors is rendered all the same, for the faults of its templates.
#[derive(Debug)]
pub struct Discard<E>(PhantomData<fn() -> E>);

impl<E> Default for Discard<E> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<E: Send> Outlet for Discard<E> {
    type Error = E;

    fn put(&self, _: Artifact) -> Result<bool, E> {
        Ok(true)
    }
}

/// Keeps a whole site in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Artifacts>);

impl Memory {
    /// What was put.
    pub fn into_artifacts(self) -> Artifacts {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Memory {
    type Error = Infallible;

    fn put(&self, mut artifact: Artifact) -> Result<bool, Infallible> {
        // It is held for long: the room that it grew into is given back.
        artifact.bytes.shrink_to_fit();
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(artifact))
    }
}

/// The whole site in memory, ordered by path so that two builds compare equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifacts(BTreeMap<String, Vec<u8>>);

impl Artifacts {
    /// Adds one output; returns `false`, and keeps the first, when its path is already taken.
    pub fn insert(&mut self, artifact: Artifact) -> bool {
        match self.0.entry(artifact.path) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(artifact.bytes);
                true
            }
        }
    }

    /// The bytes of one path.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Every output, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// How many files the site has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the site has no file at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
