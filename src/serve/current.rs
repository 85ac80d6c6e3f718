use std::sync::{Arc, PoisonError, RwLock};

use super::Site;

/// The site that is shown now; replaced whole.
pub(super) struct Current(RwLock<Shown>);

/// A site, and a name for its version.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) site: Arc<dyn Site>,
    number: u32,
}

impl Shown {
    /// What tells this version from every other, one of a server that was started again included.
    pub(super) fn version(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }
}

impl Current {
    pub(super) fn new(site: Arc<dyn Site>) -> Self {
        Self(RwLock::new(Shown { site, number: 1 }))
    }

    pub(super) fn get(&self) -> Shown {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows another site.
    pub(super) fn set(&self, site: Arc<dyn Site>) {
        let mut shown = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *shown = Shown { site, number: shown.number + 1 };
    }
}
