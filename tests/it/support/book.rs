//! A book for a test: a few files in a folder of their own, checked on a fixed day.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recueil::diagnostic::Lang;
use recueil::model::{Date, parse_date};
use recueil::pipeline::{self, Build, Inputs};
use tempfile::TempDir;

/// The day on which every test takes place.
pub(crate) const TODAY: &str = "2026-06-15";

/// The files of a book, by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Book {
    /// The same book with one more file, or with another in its place.
    pub(crate) fn with(mut self, path: &str, text: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    /// Puts the book on the disk; it goes when the folder is dropped.
    pub(crate) fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// Reads and checks the book, in the language asked for or else in its own.
    pub(crate) fn check(&self, lang: Option<Lang>) -> Build {
        pipeline::check(read(self.write().path(), lang))
    }

    /// Reads and checks the book and makes its site.
    pub(crate) fn build(&self, lang: Option<Lang>) -> Build {
        pipeline::build(read(self.write().path(), lang))
    }
}

/// Reads the book in a folder.
pub(crate) fn read(root: &Path, lang: Option<Lang>) -> Inputs {
    pipeline::read(root, today(), lang).unwrap()
}

/// Reads the book of this repository, on a day when all its reports have been written.
pub(crate) fn read_our_own() -> Inputs {
    pipeline::read(&repository(""), parse_date("2026-12-31").unwrap(), None).unwrap()
}

/// The day of the tests.
pub(crate) fn today() -> Date {
    parse_date(TODAY).unwrap()
}

/// The path of something in this repository.
pub(crate) fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
