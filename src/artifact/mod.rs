//! What every output returns: a path and its bytes, in memory.
//!
//! Owns the shape of an output. Knows nothing of disks, pages or searches: [`crate::publish`] is the only floor that writes.

use std::collections::BTreeMap;

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

/// The whole site in memory, ordered by path so that two builds compare equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifacts(BTreeMap<String, Vec<u8>>);

impl Artifacts {
    /// Adds one output; returns `false`, and keeps the first, when its path is already taken.
    pub fn insert(&mut self, artifact: Artifact) -> bool {
        match self.0.entry(artifact.path) {
            std::collections::btree_map::Entry::Occupied(_) => false,
            std::collections::btree_map::Entry::Vacant(place) => {
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
