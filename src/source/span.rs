use serde::{Deserialize, Serialize};

/// Names one file of a [`crate::source::Snapshot`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub(super) u32);

impl SourceId {
    /// Its place in the order of the snapshot.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of bytes in one file: `start` included, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte, from the start of the file.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A run of bytes; offsets past 4 GiB are not representable and saturate (files are bounded well below).
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: narrow(range.start), end: narrow(range.end.max(range.start)) }
    }

    /// The beginning of a file, for findings about the file as a whole.
    pub fn file(source: SourceId) -> Self {
        Self { source, start: 0, end: 0 }
    }

    /// The offsets as a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest run that holds both; they are in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and the place where its author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
