use std::borrow::Cow;

use crate::diagnostic::Lang;

/// No-break and narrow: what French sets before `; : ! ?` and inside its quotation marks.
const NARROW: char = '\u{202f}';

/// Elements whose text is meant for machines, or to be copied.
const VERBATIM: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea"];

/// Attributes that people read or hear.
const SPOKEN: &[&str] = &["alt", "title", "aria-label", "placeholder"];

/// Sets finished HTML as its language wants it.
pub(super) fn set(lang: Lang, html: Vec<u8>) -> Vec<u8> {
    match lang {
        Lang::Fr => set_page(&html),
        Lang::En => html,
    }
}

/// Sets finished HTML as French wants it. Only spaces and apostrophes change: the words, the tags and the code stay as they are.
fn set_page(html: &[u8]) -> Vec<u8> {
    let mut page = Setter { html, out: Vec::with_capacity(html.len() + html.len() / 64), copied: 0 };
    let (mut at, mut verbatim) = (0, None);
    while at < html.len() {
        let start = at;
        at = next(html, start, b'<');
        if verbatim.is_none() {
            page.set(start, at);
        }
        let tag = at;
        at = page.tag(tag);
        verbatim = match verbatim {
            // Most tags are told by their first letter.
            None if !html.get(tag + 1).is_some_and(|first| b"cpkst".contains(first)) => None,
            None => VERBATIM.iter().find(|name| opens(html, tag, name)),
            Some(name) if closes(html, tag, name) => None,
            open => open,
        };
    }
    page.finish()
}

/// Copies a page up to where something changes.
struct Setter<'h> {
    html: &'h [u8],
    out: Vec<u8>,
    /// How much of the page is in `out`, as it is or set.
    copied: usize,
}

impl Setter<'_> {
    /// Sets the text between two bytes.
    fn set(&mut self, start: usize, end: usize) {
        let text = self.html.get(start..end).unwrap_or_default();
        // Most texts of a page have no sign at all, and what has none need not be read as text.
        if !text.iter().any(|byte| is_sign(*byte)) {
            return;
        }
        if let Cow::Owned(set) = std::str::from_utf8(text).map_or(Cow::Borrowed(""), set_text) {
            self.out.extend_from_slice(self.html.get(self.copied..start).unwrap_or_default());
            self.out.extend_from_slice(set.as_bytes());
            self.copied = end;
        }
    }

    /// Passes a tag, setting its spoken attributes; returns the byte after it. A `>` between quotes does not end it.
    fn tag(&mut self, tag: usize) -> usize {
        let bytes = self.html;
        let end = next(bytes, tag, b'>');
        if memchr::memchr(b'"', bytes.get(tag..end).unwrap_or_default()).is_none() {
            return (end + 1).min(bytes.len());
        }
        let mut at = tag;
        while at < bytes.len() {
            match bytes[at] {
                b'>' => return at + 1,
                b'"' => {
                    let start = at + 1;
                    at = next(bytes, start, b'"');
                    if is_spoken(bytes.get(tag..start - 1).unwrap_or_default()) {
                        self.set(start, at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(self.html.get(self.copied..).unwrap_or_default());
        self.out
    }
}

/// Where a byte comes next; the end where it does not.
fn next(bytes: &[u8], from: usize, byte: u8) -> usize {
    memchr::memchr(byte, bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |at| from + at)
}

/// Whether what stands before a quotation mark is the name of an attribute that people read.
fn is_spoken(before: &[u8]) -> bool {
    let named = |name: &&str| {
        let rest = before.strip_suffix(b"=").and_then(|before| before.strip_suffix(name.as_bytes()));
        rest.is_some_and(|rest| rest.ends_with(b" "))
    };
    before.ends_with(b"=") && SPOKEN.iter().any(named)
}

fn opens(bytes: &[u8], tag: usize, name: &str) -> bool {
    let rest = bytes.get(tag + 1..).and_then(|rest| rest.strip_prefix(name.as_bytes()));
    rest.and_then(<[u8]>::first).is_some_and(|next| matches!(next, b'>' | b' '))
}

fn closes(bytes: &[u8], tag: usize, name: &str) -> bool {
    let rest = bytes
        .get(tag + 1..)
        .and_then(|rest| rest.strip_prefix(b"/"))
        .and_then(|rest| rest.strip_prefix(name.as_bytes()));
    rest.and_then(<[u8]>::first) == Some(&b'>')
}

/// Sets a text in French: narrow no-break spaces where a space stands or is due, curly apostrophes between letters.
fn set_text(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(is_sign) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    loop {
        let run = rest.bytes().position(is_sign).unwrap_or(rest.len());
        let (plain, signs) = rest.split_at(run);
        out.push_str(plain);
        let Some(character) = signs.chars().next() else { break };
        rest = signs;
        let length = character.len_utf8();
        let next = rest.get(length..).unwrap_or_default();
        match character {
            ';' | ':' | '!' | '?' | '%'
                if out.ends_with([' ', '\u{a0}']) && (character != '%' || after_digit(&out)) =>
            {
                out.pop();
                out.push(NARROW);
                out.push(character);
            }
            '»' => {
                let spaced = out.ends_with([' ', '\u{a0}']);
                if spaced {
                    out.pop();
                }
                if spaced || !(out.is_empty() || out.ends_with(NARROW)) {
                    out.push(NARROW);
                }
                out.push('»');
            }
            '«' => {
                out.push('«');
                if !next.is_empty() {
                    out.push(NARROW);
                }
                rest = next.trim_start_matches([' ', '\u{a0}', NARROW]);
                continue;
            }
            '\'' if between_letters(&out, next) => out.push('’'),
            '&' if between_letters(&out, next.strip_prefix("#39;").unwrap_or_default()) => {
                out.push('’');
                rest = next.strip_prefix("#39;").unwrap_or_default();
                continue;
            }
            _ => out.push(character),
        }
        rest = next;
    }
    Cow::Owned(out)
}

/// Whether a byte is, or begins, something that French sets in its own way.
fn is_sign(byte: u8) -> bool {
    SIGNS[usize::from(byte)]
}

static SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it counts bytes")]
        let byte = at as u8;
        signs[at] = matches!(byte, b';' | b':' | b'!' | b'?' | b'\'' | b'%' | b'&' | 0xc2);
        at += 1;
    }
    signs
};

fn after_digit(before: &str) -> bool {
    before.trim_end_matches([' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit())
}

fn between_letters(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(|c: char| c.is_alphabetic() || c == '«')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> String {
        String::from_utf8(set_page(html.as_bytes())).unwrap()
    }

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(
            set_text("Quoi ? Oui ; non : « peut-être » !"),
            "Quoi\u{202f}? Oui\u{202f}; non\u{202f}: «\u{202f}peut-être\u{202f}»\u{202f}!"
        );
        assert_eq!(set_text("«mot»"), "«\u{202f}mot\u{202f}»");
        assert_eq!(set_text("95 % de 10:30, https://a.fr/?b"), "95\u{202f}% de 10:30, https://a.fr/?b");
    }

    #[test]
    fn apostrophes_curl_between_letters_only() {
        assert_eq!(set_text("l'an d&#39;or, 'cité', rock 'n' roll"), "l’an d’or, 'cité', rock 'n' roll");
    }

    #[test]
    fn code_and_addresses_stay_as_they_are() {
        let html =
            r#"<p title="Qui ?"><a href="/a ?x='y'">l'un ?</a> <code>l'un ?</code></p><pre>a <b>x ;</b> ;</pre> ok !"#;
        let set = "<p title=\"Qui\u{202f}?\"><a href=\"/a ?x='y'\">l’un\u{202f}?</a> <code>l'un ?</code></p><pre>a <b>x ;</b> ;</pre> ok\u{202f}!";
        assert_eq!(page(html), set);
    }

    #[test]
    fn a_space_before_a_sign_may_stand_after_a_tag() {
        assert_eq!(page("<em>mot</em> ; « <b>x</b> »"), "<em>mot</em>\u{202f}; «\u{202f}<b>x</b>\u{202f}»");
    }
}
