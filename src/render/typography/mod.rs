//! Finished pages as the typography of their language wants them. Knows no template and no document: it reads HTML, and changes
//! nothing but spaces and apostrophes.

mod markup;
mod signs;

use std::ops::Range;

use self::markup::{Markup, Place, next_value, tag_end};
use crate::diagnostic::Lang;

/// No-break and narrow: what French sets before `; : ! ?` and inside its quotation marks.
const NARROW: &str = "\u{202f}";

/// A space that authors who know what is due write there.
const NO_BREAK: &str = "\u{a0}";

/// Attributes that people read or hear.
const SPOKEN: &[&str] = &["alt", "title", "aria-label", "placeholder"];

/// Finished HTML as its language wants it, in `room` where that is not as it was.
pub(super) fn set<'h>(lang: Lang, html: &'h [u8], room: &'h mut Vec<u8>) -> &'h [u8] {
    match lang {
        Lang::Fr => {
            set_page(html, room);
            room
        }
        Lang::En => html,
    }
}

/// Sets finished HTML as French wants it. Only spaces and apostrophes change: the words, the tags and the code stay as they are.
///
/// Most of a page has nothing to set: it is read from one sign to the next, and only what stands around a sign is looked at closely.
/// `<` opens a tag wherever it stands: templates write any other as `&lt;`.
fn set_page(html: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.reserve(html.len() + html.len() / 64);
    let mut page = Setter { html, out, copied: 0 };
    let mut markup = Markup::new(html);
    let mut next = signs::next(html, 0);
    while let Some(sign) = next {
        next = match markup.around(sign) {
            Place::Text(text) => page.set(&text, sign),
            Place::Tag(tag) => {
                let end = page.tag(tag);
                signs::next(html, end)
            }
            Place::Verbatim { end } => signs::next(html, end),
        };
    }
    page.copy(html.len());
}

/// Copies a page up to where something changes.
struct Setter<'h, 'o> {
    html: &'h [u8],
    out: &'o mut Vec<u8>,
    /// How much of the page is in `out`, as it is or set.
    copied: usize,
}

impl Setter<'_, '_> {
    /// Sets a text from its first sign on: narrow no-break spaces where a space stands or is due, curly apostrophes between letters.
    /// Returns the first sign after it.
    fn set(&mut self, text: &Range<usize>, sign: usize) -> Option<usize> {
        self.copy(text.start);
        let first = self.out.len();
        let own = self.html.get(..text.end).unwrap_or_default();
        let mut next = Some(sign);
        while let Some(found) = next.filter(|found| *found < text.end) {
            // Signs of more than one byte are found by their second.
            self.copy(if matches!(own[found], 0xab | 0xbb | b'#') { found - 1 } else { found });
            let end = self.sign(own, found, first).unwrap_or(found + 1);
            next = signs::next(self.html, end);
        }
        next
    }

    /// Sets one sign, by the byte that tells it, in a text that begins at `first` in what is set; returns the byte after it, or none
    /// where it stays as it is.
    fn sign(&mut self, text: &[u8], found: usize, first: usize) -> Option<usize> {
        let next = found + 1;
        let after = text.get(next..).unwrap_or_default();
        match text[found] {
            0xab => {
                self.push("«");
                if !after.is_empty() {
                    self.push(NARROW);
                }
                let spaces = [&b" "[..], NO_BREAK.as_bytes(), NARROW.as_bytes()];
                let mut rest = after;
                while let Some(less) = spaces.iter().find_map(|space| rest.strip_prefix(*space)) {
                    rest = less;
                }
                self.copied = text.len() - rest.len();
            }
            0xbb => {
                let spaced = self.drop_space();
                if spaced || !(self.out.len() == first || self.out.ends_with(NARROW.as_bytes())) {
                    self.push(NARROW);
                }
                self.push("»");
                self.copied = next;
            }
            b'\'' | b'#' => {
                let after = if text[found] == b'#' { after.strip_prefix(b"39;")? } else { after };
                if !(is_letter_before(self.out) && is_letter_after(after)) {
                    return None;
                }
                self.push("’");
                self.copied = text.len() - after.len();
            }
            sign => {
                if sign == b'%' && !is_digit_before(self.out) || !self.drop_space() {
                    return None;
                }
                self.push(NARROW);
                self.out.push(sign);
                self.copied = next;
            }
        }
        Some(self.copied)
    }

    /// Copies up to a byte what was not copied yet.
    fn copy(&mut self, end: usize) {
        self.out.extend_from_slice(self.html.get(self.copied..end).unwrap_or_default());
        self.copied = end;
    }

    fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Takes back a space; returns whether there was one.
    fn drop_space(&mut self) -> bool {
        let less = without_space(self.out).map(<[u8]>::len);
        self.out.truncate(less.unwrap_or(self.out.len()));
        less.is_some()
    }

    /// Passes a tag, setting its spoken attributes; returns the byte after it.
    fn tag(&mut self, tag: usize) -> usize {
        let html = self.html;
        let mut from = tag;
        while let Some(value) = next_value(html, from) {
            from = value.end + 1;
            if is_spoken(html.get(tag..value.start - 1).unwrap_or_default())
                && let Some(sign) = signs::next(html, value.start).filter(|sign| *sign < value.end)
            {
                self.set(&value, sign);
            }
        }
        tag_end(html, from)
    }
}

/// Whether what stands before a quotation mark is the name of an attribute that people read.
fn is_spoken(before: &[u8]) -> bool {
    let named = |name: &&str| {
        let rest = before.strip_suffix(b"=").and_then(|before| before.strip_suffix(name.as_bytes()));
        rest.is_some_and(|rest| rest.ends_with(b" "))
    };
    before.ends_with(b"=") && SPOKEN.iter().any(named)
}

fn without_space(text: &[u8]) -> Option<&[u8]> {
    text.strip_suffix(b" ").or_else(|| text.strip_suffix(NO_BREAK.as_bytes()))
}

fn is_digit_before(mut text: &[u8]) -> bool {
    while let Some(less) = without_space(text) {
        text = less;
    }
    text.last().is_some_and(u8::is_ascii_digit)
}

fn is_letter_before(text: &[u8]) -> bool {
    // A character has four bytes at most, and only its first does not look like the rest of one.
    let last = text.iter().rposition(|byte| byte & 0xc0 != 0x80).and_then(|start| text.get(start..));
    last.and_then(first_character).is_some_and(char::is_alphanumeric)
}

fn is_letter_after(text: &[u8]) -> bool {
    first_character(text).is_some_and(|character| character.is_alphabetic() || character == '«')
}

fn first_character(text: &[u8]) -> Option<char> {
    let start = text.get(..4).unwrap_or(text);
    start.utf8_chunks().next()?.valid().chars().next()
}

#[cfg(test)]
mod tests;
