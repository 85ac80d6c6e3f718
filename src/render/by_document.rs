use std::ops::{Index, IndexMut};

use crate::model::{DocumentId, Site};

/// Something for each document of a site: ids count from nought, so that finding it takes no search.
pub(super) struct ByDocument<T>(Vec<T>);

impl<T: Default> ByDocument<T> {
    /// Nothing for any document, so far.
    pub(super) fn new(site: &Site) -> Self {
        Self(std::iter::repeat_with(T::default).take(site.documents.len()).collect())
    }
}

/// For no site at all.
impl<T> Default for ByDocument<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Index<DocumentId> for ByDocument<T> {
    type Output = T;

    fn index(&self, id: DocumentId) -> &T {
        &self.0[id.index()]
    }
}

impl<T> IndexMut<DocumentId> for ByDocument<T> {
    fn index_mut(&mut self, id: DocumentId) -> &mut T {
        &mut self.0[id.index()]
    }
}
