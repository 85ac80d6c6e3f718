//! A run of characters as carets show it.

use std::fmt;

use recueil::source::{Snapshot, Span};

/// A run of characters in a file, on one line or from one line to the end of it and further.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in characters.
    pub(crate) column: usize,
    /// How many characters of the line; none for a place between two characters.
    pub(crate) width: usize,
    /// Whether it goes on in the lines below.
    pub(crate) goes_on: bool,
}

impl Place {
    /// Where a span stands.
    pub(crate) fn of(snapshot: &Snapshot, span: Span) -> Self {
        let file = snapshot.file(span.source);
        let start = snapshot.position(span.source, span.start);
        let end = snapshot.position(span.source, span.end);
        let goes_on = end.line > start.line;
        let rest = file.text.get(start.byte..).unwrap_or_default().lines().next().unwrap_or_default();
        let width = if goes_on { rest.chars().count() } else { end.column - start.column };
        Self { path: file.path.clone(), line: start.line, column: start.column, width, goes_on }
    }

    /// The carets under it.
    pub(crate) fn carets(&self, caret: &str) -> String {
        let indent = " ".repeat(self.column - 1);
        let carets = if self.width == 0 { "‸".to_owned() } else { caret.repeat(self.width) };
        format!("{indent}{carets}{}", if self.goes_on { "…" } else { "" })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}-{}", self.path, self.line, self.column, self.column + self.width)?;
        if self.goes_on { f.write_str("…") } else { Ok(()) }
    }
}
