//! Where things stand in the text of an expression: CEL's parser gives the place of one token each.

use std::ops::Range;

use super::super::expr::{Field, Kind};
use super::super::name::Name;
use super::Compiler;

impl Compiler<'_> {
    /// The bytes of a token; the parser's end is the last byte.
    pub(super) fn token(&self, id: u64) -> Range<usize> {
        let (start, end) = self.info.offset_for(id).unwrap_or((0, 0));
        start as usize..(end as usize + 1).min(self.text.len())
    }

    /// The name of a field behind the point.
    pub(super) fn field(&self, name: &str, point: &Range<usize>) -> Field {
        let rest = self.text.get(point.end..).unwrap_or_default();
        let start = point.end + (rest.len() - rest.trim_start().len());
        Field { name: Name::new(name), at: start..start + name.len() }
    }

    /// The name of a function before its bracket.
    pub(super) fn name_before(&self, name: &str, bracket: &Range<usize>) -> Range<usize> {
        let end = self.text.get(..bracket.start).unwrap_or_default().trim_end().len();
        end.saturating_sub(name.len())..end
    }

    /// The place behind a closing bracket, when it comes next.
    pub(super) fn closed(&self, end: usize, bracket: char) -> usize {
        let rest = self.text.get(end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with(bracket) { end + blank + 1 } else { end }
    }

    /// The minus of a negative number belongs to it.
    pub(super) fn with_sign(&self, token: Range<usize>, kind: &Kind) -> Range<usize> {
        let before = self.text.get(..token.start).unwrap_or_default();
        if matches!(kind, Kind::Number(number) if *number < 0.0) && before.ends_with('-') {
            token.start - 1..token.end
        } else {
            token
        }
    }
}

/// The word at a line and column of CEL's parser, both from 1, columns in characters.
pub(super) fn word_at(text: &str, (line, column): (isize, isize)) -> Range<usize> {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let start = start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
    if end == 0 {
        // The end of the text: its last word.
        let trimmed = text.trim_end();
        let start = trimmed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        return start..trimmed.len();
    }
    start..start + end
}
