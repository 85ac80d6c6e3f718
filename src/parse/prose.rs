//! The words of some Markdown without its marks: kept as places in the file that says them, for nearly all of them stand there.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::find;
use pulldown_cmark::{Event, TagEnd};

use crate::source::SourceFile;

/// A plain text, with one line a block. A book has megabytes of it, which its files hold already: it is put together when somebody
/// reads it.
#[derive(Clone)]
pub struct Prose(Kept);

#[derive(Clone)]
enum Kept {
    /// Words of a file, one after the other.
    Quoted(Arc<SourceFile>, Box<[Piece]>),
    /// Words that do not all stand in a file as they are: an author wrote `&amp;`.
    Own(Box<str>),
}

/// A stretch of a file, and what comes between it and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    start: u32,
    /// The length in bytes; the upper bits say what comes after.
    length: u32,
}

/// What may come between two pieces.
const AFTER: [&str; 5] = ["", SPACE, LINE, CELL, " ·"];

/// Between two lines of a block.
const SPACE: &str = " ";
/// Between two blocks.
const LINE: &str = "\n";
/// Between two cells of a table.
const CELL: &str = " · ";

/// Bits of a length.
const LENGTH_BITS: u32 = 29;

impl Piece {
    fn new(place: &Range<usize>) -> Option<Self> {
        let length = u32::try_from(place.len()).ok().filter(|length| length >> LENGTH_BITS == 0)?;
        Some(Self { start: u32::try_from(place.start).ok()?, length })
    }

    fn len(self) -> usize {
        (self.length & ((1 << LENGTH_BITS) - 1)) as usize
    }

    fn after(self) -> &'static str {
        AFTER.get((self.length >> LENGTH_BITS) as usize).copied().unwrap_or_default()
    }

    /// Says what comes after; whether that can be said.
    fn set_after(&mut self, after: &str) -> bool {
        let known = (0_u32..).zip(AFTER).find(|(_, known)| *known == after);
        let Some((number, _)) = known else { return false };
        self.length = self.length & ((1 << LENGTH_BITS) - 1) | number << LENGTH_BITS;
        true
    }

    /// The words themselves.
    fn text(self, file: &SourceFile) -> &str {
        let start = self.start as usize;
        file.text.get(start..start + self.len()).unwrap_or_default()
    }
}

impl Prose {
    /// Its stretches, one after the other, with what comes between them; words may be cut.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let (quoted, own) = match &self.0 {
            Kept::Quoted(file, pieces) => (Some((file, pieces)), None),
            Kept::Own(text) => (None, Some(&**text)),
        };
        let quoted = quoted.into_iter().flat_map(|(file, pieces)| pieces.iter().map(move |piece| (file, piece)));
        quoted.flat_map(|(file, piece)| [piece.text(file), piece.after()]).chain(own)
    }

    /// The text.
    pub fn read(&self) -> Cow<'_, str> {
        match &self.0 {
            Kept::Own(text) => Cow::Borrowed(text),
            Kept::Quoted(file, pieces) => match **pieces {
                [] => Cow::Borrowed(""),
                [piece] if piece.after().is_empty() => Cow::Borrowed(piece.text(file)),
                _ => {
                    let mut text = String::with_capacity(self.len());
                    self.push_to(&mut text);
                    Cow::Owned(text)
                }
            },
        }
    }

    /// Adds the text to another.
    pub fn push_to(&self, text: &mut String) {
        self.parts().for_each(|part| text.push_str(part));
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Own(text) => text.len(),
            Kept::Quoted(_, pieces) => pieces.iter().map(|piece| piece.len() + piece.after().len()).sum(),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is nothing in it but space.
    pub fn is_blank(&self) -> bool {
        self.parts().all(|part| part.chars().all(char::is_whitespace))
    }
}

impl Default for Prose {
    fn default() -> Self {
        Self(Kept::Own(Box::default()))
    }
}

impl PartialEq for Prose {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kept::Quoted(file, pieces), Kept::Quoted(of, others)) if Arc::ptr_eq(file, of) && pieces == others => true,
            _ => self.len() == other.len() && self.read() == other.read(),
        }
    }
}

impl Eq for Prose {}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.read(), f)
    }
}

/// Takes down a text event by event, with the places of its words.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    pieces: Vec<Piece>,
    /// Whether some of it stands in the file in another way.
    is_own: bool,
}

impl Draft {
    /// Room for the text of some Markdown.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), pieces: Vec::with_capacity(32), is_own: false }
    }

    /// Takes down what an event says. `markdown` begins at the byte `base` of its file; the event stands at `place` in it.
    pub(super) fn push(&mut self, event: &Event<'_>, markdown: &str, place: &Range<usize>, base: usize) {
        let before = self.text.len();
        append_text(&mut self.text, event);
        let said = self.text.get(before..).unwrap_or_default();
        if said.is_empty() || self.is_own {
            return;
        }
        let is_kept = match event {
            Event::Text(_) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                let written = markdown.get(place.clone()).unwrap_or_default();
                // Most words are all of their event; those of a code span stand between its marks.
                let at = if written.starts_with(said) { Some(0) } else { find(written.as_bytes(), said.as_bytes()) };
                let start = at.map(|at| base + place.start + at);
                start.is_some_and(|start| quote(&mut self.pieces, &(start..start + said.len())))
            }
            _ => follow(&mut self.pieces, said),
        };
        self.is_own = !is_kept;
    }

    /// Gives what was taken down since the last time; `file` is where it stands, if it does.
    pub(super) fn finish(&mut self, file: Option<&Arc<SourceFile>>) -> Prose {
        let text = self.text.trim_end();
        let kept = match file {
            Some(file) if !self.is_own && cut(&mut self.pieces, self.text.len() - text.len()) => {
                Prose(Kept::Quoted(Arc::clone(file), self.pieces.as_slice().into()))
            }
            _ => Prose(Kept::Own(text.into())),
        };
        debug_assert_eq!(kept.read(), text);
        self.text.clear();
        self.pieces.clear();
        self.is_own = false;
        kept
    }
}

/// Adds a stretch of the file; whether that can be said.
fn quote(pieces: &mut Vec<Piece>, place: &Range<usize>) -> bool {
    let Some(piece) = Piece::new(place) else { return false };
    match pieces.last_mut() {
        Some(last) if last.after().is_empty() && last.start as usize + last.len() == place.start => {
            let Some(longer) = Piece::new(&(last.start as usize..place.end)) else { return false };
            *last = longer;
        }
        _ => pieces.push(piece),
    }
    true
}

/// Adds what comes between two stretches; whether that can be said.
fn follow(pieces: &mut Vec<Piece>, after: &str) -> bool {
    match pieces.last_mut() {
        Some(last) if last.after().is_empty() => last.set_after(after),
        _ => {
            let mut piece = Piece { start: 0, length: 0 };
            let is_said = piece.set_after(after);
            pieces.push(piece);
            is_said
        }
    }
}

/// Takes so many bytes from the end; whether what is left can be said.
fn cut(pieces: &mut Vec<Piece>, mut bytes: usize) -> bool {
    while bytes > 0 {
        let Some(last) = pieces.last_mut() else { return false };
        let after = last.after();
        let left = after.len().saturating_sub(bytes);
        if !last.set_after(after.get(..left).unwrap_or_default()) {
            return false;
        }
        bytes -= after.len() - left;
        let shorter = last.len().saturating_sub(bytes);
        bytes -= last.len() - shorter;
        let start = last.start as usize;
        if left == 0 {
            let Some(piece) = Piece::new(&(start..start + shorter)) else { return false };
            *last = piece;
            if shorter == 0 {
                pieces.pop();
            }
        }
    }
    true
}

/// Adds what an event says to a plain text: words as they are, a space for a soft break, a line for the end of a block.
pub(super) fn append_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
            text.push_str(words);
        }
        Event::SoftBreak => text.push_str(SPACE),
        Event::HardBreak
        | Event::End(
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition,
        ) if !text.is_empty() && !text.ends_with('\n') => text.push_str(LINE),
        Event::End(TagEnd::TableCell) => text.push_str(CELL),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::parse::{markdown, parse_markdown};
    use crate::source::Snapshot;

    const PIECES: &[&str] = &[
        "## A\n",
        "\n",
        "\n\n",
        "- ",
        "    ",
        "> ",
        "mot\n",
        "mot ",
        "é",
        "**",
        "`",
        "``",
        " `c d` ",
        "&amp;",
        "\\*",
        "&nbsp;",
        "[^1]",
        "[a](b)",
        "```\n",
        "<i>",
        "| a | |\n",
        "| - | - |\n",
        "\u{a0}",
        "  \n",
        "\t",
        "$x$",
        "\r\n",
        "![i](j)",
    ];

    proptest! {
        /// What is kept as places in the file reads as what is kept on its own.
        #[test]
        fn words_of_a_file_read_as_the_words_themselves(pieces in vec(proptest::sample::select(PIECES), 0..40)) {
            let markdown = pieces.concat();
            let text = format!("---\n---\n{markdown}");
            let snapshot = Snapshot::from_texts([("a.md", text.as_str())]);
            let source = snapshot.find("a.md").unwrap();
            let quoted = markdown::parse(snapshot.shared(source), source, text.len() - markdown.len()..text.len());
            let own = parse_markdown(&markdown, source);
            prop_assert_eq!(quoted.sections.len(), own.sections.len());
            for (quoted, own) in quoted.sections.iter().zip(&own.sections) {
                prop_assert!(matches!(own.text.0, Kept::Own(_)));
                prop_assert_eq!(&quoted.text, &own.text);
                prop_assert_eq!(quoted.text.len(), own.text.len());
                prop_assert_eq!(quoted.text.is_blank(), own.text.is_blank());
            }
        }
    }

    #[test]
    fn common_text_is_not_kept_twice() {
        let text = "Un **mot**, `du code`,\nune ligne.\n\n- un\n- deux\n\n| a | b |\n| - | - |\n| c | d |\n\n> cité\n";
        let snapshot = Snapshot::from_texts([("a.md", text)]);
        let source = snapshot.find("a.md").unwrap();
        let body = markdown::parse(snapshot.shared(source), source, 0..text.len());
        let prose = &body.sections[0].text;
        assert!(matches!(prose.0, Kept::Quoted(..)));
        assert_eq!(prose.read(), "Un mot, du code, une ligne.\nun\ndeux\na · b · \nc · d · \ncité");
    }
}
