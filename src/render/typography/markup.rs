//! What in a page is text, what is a tag, and what is meant for machines.

use std::ops::Range;

/// Elements whose text is meant for machines, or to be copied.
pub(super) const VERBATIM: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea"];

/// What stands around a byte.
pub(super) enum Place {
    /// A text between two tags.
    Text(Range<usize>),
    /// A tag, by its first byte.
    Tag(usize),
    /// An element whose text stays as it is.
    Verbatim { end: usize },
}

/// The tags of a page, from the first to the last.
pub(super) struct Markup<'h> {
    html: &'h [u8],
    /// The tag that was last passed.
    tag: Option<usize>,
    /// Whether what it opens stays as it is, up to its end.
    is_verbatim: bool,
    /// The tag that comes after.
    next: usize,
}

impl<'h> Markup<'h> {
    pub(super) fn new(html: &'h [u8]) -> Self {
        Self { html, tag: None, is_verbatim: false, next: next(html, 0, b'<') }
    }

    /// What stands around a byte; none before one that was asked for.
    pub(super) fn around(&mut self, place: usize) -> Place {
        while self.next <= place {
            self.pass();
        }
        let Some(tag) = self.tag else { return Place::Text(0..self.next) };
        let start = tag_end(self.html, tag);
        match place {
            place if place < start => Place::Tag(tag),
            _ if self.is_verbatim => Place::Verbatim { end: self.next },
            _ => Place::Text(start..self.next),
        }
    }

    /// Passes one tag and what it opens, where that stays as it is.
    fn pass(&mut self) {
        let tag = self.next;
        // Most tags are told by their first letter.
        let may_be = self.html.get(tag + 1).is_some_and(|first| b"cpkst".contains(first));
        let verbatim = VERBATIM.iter().filter(|_| may_be).find(|name| opens(self.html, tag, name));
        self.tag = Some(tag);
        self.is_verbatim = verbatim.is_some();
        self.next = next(self.html, tag + 1, b'<');
        if let Some(name) = verbatim {
            while self.next < self.html.len() && !closes(self.html, self.next, name) {
                self.next = next(self.html, self.next + 1, b'<');
            }
        }
    }
}

/// The byte after a tag, from any place in it that is in no attribute. A `>` between quotes does not end it.
pub(super) fn tag_end(html: &[u8], mut from: usize) -> usize {
    while let Some(value) = next_value(html, from) {
        from = value.end + 1;
    }
    (next(html, from, b'>') + 1).min(html.len())
}

/// What the next attribute of a tag says, between its quotes.
pub(super) fn next_value(html: &[u8], from: usize) -> Option<Range<usize>> {
    let end = next(html, from, b'>');
    let start = from + memchr::memchr(b'"', html.get(from..end)?)? + 1;
    Some(start..next(html, start, b'"'))
}

/// Where a byte comes next; the end where it does not.
pub(super) fn next(bytes: &[u8], from: usize, byte: u8) -> usize {
    memchr::memchr(byte, bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |at| from + at)
}

pub(super) fn opens(bytes: &[u8], tag: usize, name: &str) -> bool {
    let rest = bytes.get(tag + 1..).and_then(|rest| rest.strip_prefix(name.as_bytes()));
    rest.and_then(<[u8]>::first).is_some_and(|next| matches!(next, b'>' | b' '))
}

pub(super) fn closes(bytes: &[u8], tag: usize, name: &str) -> bool {
    let rest = bytes
        .get(tag + 1..)
        .and_then(|rest| rest.strip_prefix(b"/"))
        .and_then(|rest| rest.strip_prefix(name.as_bytes()));
    rest.and_then(<[u8]>::first) == Some(&b'>')
}
