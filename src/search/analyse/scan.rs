//! Where the runs of letters, digits and the signs between them stand in a text.
//!
//! ```text
//! segment = unit { ( apostrophe | hyphen | point ) unit | "(" 1 to 6 letters ")" { word character } }
//! unit    = digits { ( "." | "," ) digits }+  |  letter { "." letter }+  |  word characters
//! ```
//! A letter of a dotted acronym stands alone: `C.F.A` is one unit, `fin.Début` is two.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::eight::{eight, letters};
use crate::search::language::Characters;

/// The longest ending that is read between parentheses: `(trice)` and its like.
const LONGEST_ENDING: usize = 6;

/// Iterates over the segments of a text, as byte ranges.
pub(super) struct Segments<'t> {
    text: &'t str,
    at: usize,
    joins: &'static Characters,
}

impl<'t> Segments<'t> {
    pub(super) fn new(text: &'t str, joins: &'static Characters) -> Self {
        Self { text, at: 0, joins }
    }

    fn peek(&self, at: usize) -> Option<char> {
        // A byte look-up first: nearly all text is ASCII.
        match self.text.as_bytes().get(at) {
            Some(&byte) if byte < 0x80 => Some(char::from(byte)),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    /// The first place from `at` on whose character does not satisfy `accept`.
    fn pass(&self, mut at: usize, accept: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.peek(at)
            && accept(c)
        {
            at += c.len_utf8();
        }
        at
    }

    fn is_word(&self, c: char) -> bool {
        // The letters of French before the tables of Unicode: most text has no other.
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ƿ' => true,
            '\0'..='\x7f' | '\u{a0}' | '\u{202f}' | '’' | '«' | '»' => false,
            _ => c.is_alphanumeric() || is_combining_mark(c) || self.joins.ignored.contains(c),
        }
    }

    fn is_joiner(&self, c: char) -> bool {
        match c {
            '\'' | '-' | '’' => true,
            '\0'..='\x7f' => false,
            _ => self.joins.apostrophes.contains(c) || self.joins.hyphens.contains(c) || self.joins.points.contains(c),
        }
    }

    /// The end of the segment that starts at `start`, where plain letters, digits, apostrophes and hyphens are all that it holds:
    /// nearly all text. `None` where only the whole grammar can tell.
    fn plain(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut unit, mut at, mut end) = (start, start, start);
        loop {
            // Below 0x80, one byte is a letter; the letters of French have two.
            at = loop {
                let letters = letters(eight(bytes, at));
                at += letters;
                if letters == 8 {
                    continue;
                }
                match (bytes.get(at), bytes.get(at + 1)) {
                    // `×` and `÷` stand among the letters of this range.
                    (Some(0xc3), Some(0x97 | 0xb7)) => return None,
                    (Some(0xc3..=0xc6), Some(_)) => at += 2,
                    _ => break at,
                }
            };
            let is_empty = at == unit;
            let after_digit = at.checked_sub(1).and_then(|last| bytes.get(last)).is_some_and(u8::is_ascii_digit);
            if !is_empty {
                end = at;
            }
            let Some(sign) = bytes.get(at) else { return Some(end) };
            match sign {
                b'\'' | b'-' if !is_empty => at += 1,
                0xe2 if !is_empty && bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => at += 3,
                b'(' if !is_empty => return None,
                // A number may go on, and so may an acronym: a letter alone.
                b'.' if !is_empty && (after_digit || at < unit + 3) => return None,
                b',' if !is_empty && after_digit => return None,
                byte if byte.is_ascii() && !byte.is_ascii_alphanumeric() => return Some(end),
                // The space and the quotation marks of French are no part of any word.
                0xc2 if matches!(bytes.get(at + 1), Some(0xa0 | 0xab | 0xbb)) => return Some(end),
                _ => return None,
            }
            unit = at;
        }
    }

    /// The end of the unit that starts at `at`, which is `at` itself when none does.
    fn unit(&self, at: usize) -> usize {
        self.number(at).or_else(|| self.acronym(at)).unwrap_or_else(|| self.pass(at, |c| self.is_word(c)))
    }

    fn number(&self, at: usize) -> Option<usize> {
        let digits = |at| self.pass(at, |c| c.is_ascii_digit());
        let whole = digits(at);
        let mut end = whole;
        while end > at && matches!(self.peek(end), Some('.' | ',')) && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        (end > whole).then_some(end)
    }

    fn acronym(&self, at: usize) -> Option<usize> {
        let letter = |at: usize| self.peek(at).filter(|c| c.is_alphabetic()).map(|c| at + c.len_utf8());
        let lone = |at: usize| letter(at).filter(|&end| !self.peek(end).is_some_and(|c| self.is_word(c)));
        let first = lone(at)?;
        let mut end = first;
        while self.peek(end) == Some('.')
            && let Some(next) = lone(end + 1)
        {
            end = next;
        }
        (end > first).then_some(end)
    }

    /// The end of `(e)s` and its like.
    fn ending(&self, at: usize) -> Option<usize> {
        let open = (self.peek(at) == Some('(')).then_some(at + 1)?;
        let close = self.pass(open, char::is_alphabetic);
        let letters = self.text.get(open..close)?.chars().count();
        let closed = (1..=LONGEST_ENDING).contains(&letters) && self.peek(close) == Some(')');
        closed.then(|| self.pass(close + 1, |c| self.is_word(c)))
    }
}

/// Letters and digits of ASCII.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        letters[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

fn is_letter(byte: u8) -> bool {
    LETTERS[byte as usize]
}

impl Iterator for Segments<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii() && !is_letter(*byte)) {
            at += 1;
        }
        // What is left is mostly a letter.
        let start =
            if bytes.get(at).is_some_and(|byte| is_letter(*byte)) { at } else { self.pass(at, |c| !self.is_word(c)) };
        if let Some(end) = self.plain(start).filter(|&end| end > start) {
            self.at = end;
            return Some(start..end);
        }
        let mut end = self.unit(start);
        if end == start {
            return None;
        }
        loop {
            let joined = self.peek(end).filter(|&c| self.is_joiner(c)).map(|c| end + c.len_utf8());
            let next = joined.map(|from| (from, self.unit(from))).filter(|(from, to)| to > from).map(|(_, to)| to);
            match next.or_else(|| self.ending(end)) {
                Some(further) => end = further,
                None => break,
            }
        }
        self.at = end;
        Some(start..end)
    }
}
