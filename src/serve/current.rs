use std::sync::{Arc, PoisonError, RwLock};

use crate::artifact::Artifacts;

/// The site that is shown now; replaced whole.
#[derive(Debug)]
pub(super) struct Current(RwLock<Shown>);

/// A site, and a name for its version.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) artifacts: Arc<Artifacts>,
    number: u32,
}

impl Shown {
    /// What tells this version from every other, one of a server that was started again included.
    pub(super) fn version(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }
}

impl Current {
    pub(super) fn new(artifacts: Arc<Artifacts>) -> Self {
        Self(RwLock::new(Shown { artifacts, number: 1 }))
    }

    pub(super) fn get(&self) -> Shown {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows another site; `false` when it has the same bytes.
    pub(super) fn set(&self, artifacts: Arc<Artifacts>) -> bool {
        let number = match self.get() {
            shown if shown.artifacts == artifacts => return false,
            shown => shown.number + 1,
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Shown { artifacts, number };
        true
    }
}
