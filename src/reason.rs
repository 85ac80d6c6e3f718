//! Why the work could not be done, in every language: only the command line knows who reads it.

use std::fmt::{self, Display};
use std::path::Path;

/// What was being done when the system refused, or why it is not done at all.
#[derive(Debug)]
pub(crate) struct Reason {
    /// In French.
    pub(crate) fr: String,
    /// In English.
    pub(crate) en: String,
}

/// `reason!("en français {x}", "in English {x}")`: both stand side by side, so that a reason has one home.
macro_rules! reason {
    ($fr:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::reason::Reason { fr: format!($fr $(, $argument)*), en: format!($en $(, $argument)*) }
    };
}
pub(crate) use reason;

impl Reason {
    pub(crate) fn reading(path: &Path) -> Self {
        reason!("lecture de {}", "reading {}", path.display())
    }

    pub(crate) fn writing(path: &Path) -> Self {
        reason!("écriture de {}", "writing {}", path.display())
    }

    pub(crate) fn removing(path: &Path) -> Self {
        reason!("suppression de {}", "removing {}", path.display())
    }

    pub(crate) fn listing(folder: &Path) -> Self {
        reason!("lecture du dossier {}", "listing {}", folder.display())
    }

    pub(crate) fn looking_at(path: &Path) -> Self {
        reason!("examen de {}", "looking at {}", path.display())
    }

    pub(crate) fn making_folder(folder: &Path) -> Self {
        reason!("création du dossier {}", "making the folder {}", folder.display())
    }
}

/// In English: what reads an error by itself is a program, or somebody who looks for a fault in this one.
impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl std::error::Error for Reason {}
