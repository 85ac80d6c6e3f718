//! Where the characters of an expression stand in its rule's file.

use std::ops::Range;

use crate::parse::Node;
use crate::source::{Snapshot, Span};

/// A text written as a YAML scalar, and the place of each of its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    whole: Span,
    /// The offset in the file of each byte of the text and of its end; none when the two could not be aligned.
    bytes: Option<Vec<u32>>,
}

impl Place {
    /// Aligns a scalar with what its author wrote.
    pub(crate) fn new(snapshot: &Snapshot, node: &Node) -> Self {
        let text = node.as_str().unwrap_or_default();
        let bytes = align(text, snapshot.text(node.span), node.span.start);
        Self { whole: node.span, bytes }
    }

    /// The place of some bytes of the text; of the whole text when they cannot be told apart.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let Some(bytes) = &self.bytes else { return self.whole };
        match (bytes.get(range.start), bytes.get(range.end)) {
            (Some(&start), Some(&end)) if start < end => Span { source: self.whole.source, start, end },
            (Some(&start), _) => {
                Span { source: self.whole.source, start, end: start.max(self.whole.end.min(start + 1)) }
            }
            _ => self.whole,
        }
    }

    /// The place of a part of the text as a text of its own.
    pub(crate) fn part(&self, range: &Range<usize>) -> Self {
        let bytes = self.bytes.as_ref().and_then(|bytes| Some(bytes.get(range.start..=range.end)?.to_vec()));
        Self { whole: self.span(range), bytes }
    }
}

/// How YAML wrote the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// Aligns in the style that fits: a block, whose span begins with its words, may begin with a quote of its own.
fn align(text: &str, written: &str, base: u32) -> Option<Vec<u32>> {
    [Style::Plain, Style::Single, Style::Double].into_iter().find_map(|style| align_as(style, text, written, base))
}

/// Walks through the text and what was written side by side. Line folding, indentation, quotes and escapes are what may differ;
/// anything else gives up.
fn align_as(style: Style, text: &str, written: &str, base: u32) -> Option<Vec<u32>> {
    let mut at = match (style, written.chars().next()?) {
        (Style::Plain, _) => 0,
        (Style::Single, '\'') | (Style::Double, '"') => 1,
        _ => return None,
    };
    let mut places = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        let rest = written.get(at..)?;
        let (start, length) = if c.is_whitespace() {
            match rest.chars().next() {
                Some(' ' | '\t') if !folds(rest) => (at, 1),
                // A fold, or white space that an earlier fold took with it.
                Some('\n' | '\r' | ' ' | '\t') => (at, blank(rest)),
                Some('\\') if style == Style::Double => (at, escape(rest)),
                _ => (at, 0),
            }
        } else {
            let skipped = if rest.starts_with(['\n', '\r']) { blank(rest) } else { 0 };
            let rest = rest.get(skipped..)?;
            let length = match rest.chars().next()? {
                '\\' if style == Style::Double => escape(rest),
                '\'' if style == Style::Single && c == '\'' => 2,
                written if written == c => c.len_utf8(),
                _ => return None,
            };
            (at + skipped, length)
        };
        let start = u32::try_from(start).ok()?;
        places.extend(std::iter::repeat_n(base + start, c.len_utf8()));
        at = start as usize + length;
    }
    places.push(base + u32::try_from(at).ok()?);
    Some(places)
}

/// Bytes of white space at the start.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Whether the white space at the start holds the end of a line.
fn folds(text: &str) -> bool {
    text.get(..blank(text)).is_some_and(|blank| blank.contains('\n'))
}

/// Bytes of an escape in double quotes.
fn escape(text: &str) -> usize {
    match text.chars().nth(1) {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(other) => 1 + other.len_utf8(),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::parse::parse_yaml;

    /// What each word of the text covers in the file.
    fn words(yaml: &str) -> Vec<String> {
        let snapshot = Snapshot::from_texts([("a.md", yaml)]);
        let source = snapshot.find("a.md").unwrap();
        let node = parse_yaml(yaml, source, 0..yaml.len(), &mut Sink::default()).unwrap();
        let node = node.as_mapping().unwrap().get("a").unwrap();
        let text = node.as_str().unwrap();
        let place = Place::new(&snapshot, node);
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        text.split_whitespace()
            .map(|word| snapshot.text(place.span(&(start(word)..start(word) + word.len()))).to_owned())
            .collect()
    }

    #[test]
    fn every_word_of_every_style_is_found() {
        for yaml in [
            "a: un deux été trois\n",
            "a: \"un deux été trois\"\n",
            "a: 'un deux été trois'\n",
            "a: |\n  un deux\n  été trois\n",
            "a: >-\n  un deux\n\n    été trois\n",
            "a: un deux\n  été\n  trois\nb: 1\n",
            "a: >\n  un\n  deux été trois\nb: 1\n",
            "a: |2\n  un deux\n  été trois\nb: 1\n",
        ] {
            assert_eq!(words(yaml), ["un", "deux", "été", "trois"], "{yaml}");
        }
    }

    #[test]
    fn quotes_and_escapes_take_more_room_than_they_mean() {
        assert_eq!(words("a: 'l''été \"x\" fin'\n"), ["l''été", "\"x\"", "fin"]);
        assert_eq!(words("a: |\n  'x' in y\n"), ["'x'", "in", "y"]);
        assert_eq!(words(r#"a: "x == \"été\" \u00e9 fin""#), ["x", "==", r#"\"été\""#, r"\u00e9", "fin"]);
    }
}
