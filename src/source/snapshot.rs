use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher as _, Hash};
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result};
use foldhash::quality::FixedState;
use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{LineIndex, Position, SourceId, Span, history};
use crate::reason::Reason;

/// A text that an author wrote, with its path below the book's folder.
#[derive(Debug)]
pub struct SourceFile {
    /// Path below the book's folder, with `/`.
    pub path: String,
    /// The whole text; bytes that are not UTF-8 are replaced, and `broken_at` says where the first stood.
    pub text: String,
    /// Offset of the first byte that is not UTF-8.
    pub broken_at: Option<usize>,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    pub(super) fn new(path: String, bytes: &[u8]) -> Self {
        let (text, broken_at) = match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(error) => (String::from_utf8_lossy(bytes).into_owned(), Some(error.valid_up_to())),
        };
        Self { path, text, broken_at, lines: OnceLock::new() }
    }
}

/// A file that is published as it is: a picture, a PDF.
#[derive(Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path below the book's folder, with `/`.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// Every file of a book at one moment, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    root: PathBuf,
    pub(super) files: Vec<Arc<SourceFile>>,
    pub(super) assets: Vec<Arc<Asset>>,
    commit: Option<String>,
    /// The day of the last commit of each file, once somebody has asked.
    pub(super) last_changes: OnceLock<HashMap<String, Date>>,
}

impl Snapshot {
    /// An empty snapshot of the book in `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), ..Self::default() }
    }

    /// Notes the commit that is checked out where the root is a git repository.
    pub fn read_commit(&mut self) {
        self.commit = super::commit::checked_out(&self.root);
    }

    /// The commit that the files come from, as far as it is known; they may have changed since.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// Whether the history of the repository is there to be asked.
    pub fn has_history(&self) -> bool {
        self.commit.is_some() && history::is_whole(&self.root)
    }

    /// The day on which a file was last changed in the commit that is checked out; none where there is no history, or where the file
    /// is not in it. The history is read for the first who asks.
    pub fn last_change(&self, path: &str) -> Option<Date> {
        self.commit.as_ref()?;
        self.last_changes.get_or_init(|| history::last_changes(&self.root)).get(path).copied()
    }

    /// A snapshot that was never on a disk, for tests.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut snapshot = Self::default();
        for (path, text) in texts {
            snapshot.add_text(path, text.as_bytes());
        }
        snapshot
    }

    /// The folder of the book.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// What tells this snapshot from one with another file, or other bytes in one. What stands in the file that is left out does
    /// not count, nor whether it is there.
    pub fn fingerprint_without(&self, left_out: Option<SourceId>) -> u64 {
        let texts = self.files.par_iter().enumerate().filter_map(|(index, file)| {
            let is_left_out = left_out.is_some_and(|left_out| left_out.index() == index);
            (!is_left_out).then(|| fingerprint(&(&file.path, &file.text)))
        });
        let files = texts.chain(self.assets.par_iter().map(|asset| fingerprint(&(&asset.path, &asset.bytes))));
        fingerprint(&files.collect::<Vec<u64>>())
    }

    /// Reads one text below the root; `None` when there is no such file.
    pub fn read_text(&mut self, path: &str) -> Result<Option<SourceId>> {
        match read(&self.root.join(path)) {
            Ok(bytes) => Ok(Some(self.add_text(path, &bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| Reason::reading(path.as_ref())),
        }
    }

    /// Reads a folder below the root: texts are the files that `is_text` accepts by their path, the rest are assets. Hidden files
    /// are left out and symbolic links are not followed. A folder that does not exist is empty.
    pub fn read_folder(&mut self, folder: &str, is_text: impl Fn(&str) -> bool + Sync) -> Result<()> {
        let top = self.root.join(folder);
        if !top.is_dir() {
            return Ok(());
        }
        let root = &self.root;
        // One thread finds the next file while others read.
        let mut read: Vec<Read> = WalkDir::new(&top)
            .min_depth(1)
            .into_iter()
            .filter_entry(|entry| !is_hidden(entry))
            .par_bridge()
            .map(|entry| {
                let entry = entry.with_context(|| Reason::listing(folder.as_ref()))?;
                if !entry.file_type().is_file() {
                    return Ok(None);
                }
                let path = relative(root, entry.path());
                let act = || Reason::reading(path.as_ref());
                Ok(Some(if is_text(&path) {
                    Read::Text(read_as(entry.path(), |bytes| SourceFile::new(path.clone(), bytes)).with_context(act)?)
                } else {
                    let bytes = read(entry.path()).with_context(act)?;
                    Read::Asset(Asset { path, bytes })
                }))
            })
            .filter_map(Result::transpose)
            .collect::<Result<_>>()?;
        read.sort_unstable_by(|a, b| a.path().cmp(b.path()));
        for file in read {
            match file {
                Read::Text(file) => {
                    self.add(file);
                }
                Read::Asset(asset) => self.assets.push(Arc::new(asset)),
            }
        }
        Ok(())
    }

    /// Adds a text and names it.
    pub fn add_text(&mut self, path: &str, bytes: &[u8]) -> SourceId {
        self.add(SourceFile::new(path.to_owned(), bytes))
    }

    fn add(&mut self, file: SourceFile) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).expect("a book has fewer than four billion files"));
        self.files.push(Arc::new(file));
        id
    }

    /// Every text, with its name.
    pub fn files(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| {
            (SourceId(u32::try_from(index).expect("a book has fewer than four billion files")), file.as_ref())
        })
    }

    /// Every file that is published as it is.
    pub fn assets(&self) -> &[Arc<Asset>] {
        &self.assets
    }

    /// The file with this path among those that are published as they are.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.iter().map(AsRef::as_ref).find(|asset: &&Asset| asset.path == path)
    }

    /// One text.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// One text, to be kept with what is made of it.
    pub fn shared(&self, id: SourceId) -> &Arc<SourceFile> {
        &self.files[id.index()]
    }

    /// The text with this path.
    pub fn find(&self, path: &str) -> Option<SourceId> {
        self.files().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// The characters that a span covers, cut back to character borders.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.file(span.source).text;
        let end = text.floor_char_boundary(span.end as usize);
        let start = text.floor_char_boundary((span.start as usize).min(end));
        text.get(start..end).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub fn position(&self, source: SourceId, byte: u32) -> Position {
        let file = self.file(source);
        file.lines.get_or_init(|| LineIndex::new(&file.text)).position(&file.text, byte as usize)
    }
}

/// What tells a value from others: the same for the same value in every run of the same program.
pub fn fingerprint(value: &impl Hash) -> u64 {
    FixedState::default().hash_one(value)
}

/// A file of a folder, read.
enum Read {
    Text(SourceFile),
    Asset(Asset),
}

impl Read {
    fn path(&self) -> &str {
        match self {
            Self::Text(file) => &file.path,
            Self::Asset(asset) => &asset.path,
        }
    }
}

pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_as(path, <[u8]>::to_vec)
}

/// Reads a file and makes something of its bytes. A book has thousands of small files: they go through one buffer for each thread,
/// and the system is not asked for their length first.
pub(super) fn read_as<T>(path: &Path, make: impl FnOnce(&[u8]) -> T) -> io::Result<T> {
    thread_local! {
        static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }
    let mut file = File::open(path)?;
    let mut buffer = BUFFER.take();
    let mut length = 0;
    loop {
        if length == buffer.len() {
            buffer.resize((2 * length).max(USUAL), 0);
        }
        match file.read(buffer.get_mut(length..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let made = make(buffer.get(..length).unwrap_or_default());
    if buffer.len() <= MOST_KEPT {
        BUFFER.set(buffer);
    }
    Ok(made)
}

/// Bytes of a text that is not long.
const USUAL: usize = 32 * 1024;

/// A buffer that one large file has made larger than this is not kept.
const MOST_KEPT: usize = 1024 * 1024;

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

pub(super) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if let Some(plain) =
        below.to_str().filter(|path| MAIN_SEPARATOR == '/' && !path.contains("//") && !path.contains("./"))
    {
        return plain.to_owned();
    }
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_tells_files_and_bytes_apart() {
        let of = |texts: &[(&str, &str)]| Snapshot::from_texts(texts.iter().copied()).fingerprint_without(None);
        let one = of(&[("a.md", "1"), ("b.md", "2")]);
        assert_eq!(one, of(&[("a.md", "1"), ("b.md", "2")]));
        for other in [&[("a.md", "1"), ("b.md", "3")] as &[_], &[("a.md", "1")], &[("a.md", "1"), ("c.md", "2")], &[]] {
            assert_ne!(one, of(other), "{other:?}");
        }
    }
}
