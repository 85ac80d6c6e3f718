use std::borrow::Cow;

/// No-break and narrow: what French sets before `; : ! ?` and inside its quotation marks.
const NARROW: char = '\u{202f}';

/// Elements whose text is meant for machines, or to be copied.
const VERBATIM: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea"];

/// Attributes that people read or hear.
const SPOKEN: &[&str] = &["alt", "title", "aria-label", "placeholder"];

/// Sets finished HTML as French wants it. Only spaces and apostrophes change: the words, the tags and the code stay as they are.
pub(super) fn set_page(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut rest = html;
    let mut verbatim: Option<&str> = None;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        push_text(text, verbatim.is_some(), &mut out);
        let end = tag_end(tag);
        let (tag, after) = tag.split_at(end);
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let closing = tag.starts_with("</");
        match verbatim {
            Some(inside) if closing && inside == name => verbatim = None,
            None if !closing => verbatim = VERBATIM.iter().copied().find(|verbatim| *verbatim == name),
            _ => {}
        }
        push_tag(tag, &mut out);
        rest = after;
    }
    push_text(rest, verbatim.is_some(), &mut out);
    out
}

/// The byte after a tag: a `>` that does not stand between quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn push_text(text: &str, verbatim: bool, out: &mut String) {
    if verbatim { out.push_str(text) } else { out.push_str(&set_text(text)) }
}

/// Copies a tag, its spoken attributes set.
fn push_tag(tag: &str, out: &mut String) {
    let mut rest = tag;
    while let Some((attribute, at)) = next_spoken(rest) {
        let start = at + attribute.len() + 3;
        let Some(end) = rest.get(start..).and_then(|value| value.find('"')) else { break };
        let (before, value) = rest.split_at(start);
        let (value, after) = value.split_at(end);
        out.push_str(before);
        out.push_str(&set_text(value));
        rest = after;
    }
    out.push_str(rest);
}

/// The first spoken attribute of what is left of a tag, and the place of the space before it.
fn next_spoken(tag: &str) -> Option<(&'static str, usize)> {
    SPOKEN
        .iter()
        .filter_map(|attribute| {
            let at = tag.match_indices(attribute).map(|(at, _)| at).find(|at| {
                let before = at.checked_sub(1).and_then(|before| tag.as_bytes().get(before));
                before == Some(&b' ') && tag.get(at + attribute.len()..).is_some_and(|rest| rest.starts_with("=\""))
            })?;
            Some((*attribute, at - 1))
        })
        .min_by_key(|(_, at)| *at)
}

/// Sets a text in French: narrow no-break spaces where a space stands or is due, curly apostrophes between letters.
pub(super) fn set_text(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b';' | b':' | b'!' | b'?' | b'\'' | b'%' | 0xc2)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = character.len_utf8();
        let next = rest.get(length..).unwrap_or_default();
        match character {
            ';' | ':' | '!' | '?' | '%' if out.ends_with([' ', '\u{a0}']) && (character != '%' || after_digit(&out)) => {
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

fn after_digit(before: &str) -> bool {
    before.trim_end_matches([' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit())
}

fn between_letters(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(|c: char| c.is_alphabetic() || c == '«')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(set_text("Quoi ? Oui ; non : « peut-être » !"), "Quoi\u{202f}? Oui\u{202f}; non\u{202f}: «\u{202f}peut-être\u{202f}»\u{202f}!");
        assert_eq!(set_text("«mot»"), "«\u{202f}mot\u{202f}»");
        assert_eq!(set_text("95 % de 10:30, https://a.fr/?b"), "95\u{202f}% de 10:30, https://a.fr/?b");
    }

    #[test]
    fn apostrophes_curl_between_letters_only() {
        assert_eq!(set_text("l'an d&#39;or, 'cité', rock 'n' roll"), "l’an d’or, 'cité', rock 'n' roll");
    }

    #[test]
    fn code_and_addresses_stay_as_they_are() {
        let html = r#"<p title="Qui ?"><a href="/a ?x='y'">l'un ?</a> <code>l'un ?</code></p><pre>a <b>x ;</b> ;</pre> ok !"#;
        let set = "<p title=\"Qui\u{202f}?\"><a href=\"/a ?x='y'\">l’un\u{202f}?</a> <code>l'un ?</code></p><pre>a <b>x ;</b> ;</pre> ok\u{202f}!";
        assert_eq!(set_page(html), set);
    }

    #[test]
    fn a_space_before_a_sign_may_stand_after_a_tag() {
        assert_eq!(set_page("<em>mot</em> ; « <b>x</b> »"), "<em>mot</em>\u{202f}; «\u{202f}<b>x</b>\u{202f}»");
    }
}
