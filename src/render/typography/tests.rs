use super::markup::{VERBATIM, closes, next, opens};
use super::*;

fn page(html: &str) -> String {
    let mut set = Vec::new();
    set_page(html.as_bytes(), &mut set);
    String::from_utf8(set).unwrap()
}

#[test]
fn french_spaces_do_not_break() {
    assert_eq!(
        page("Quoi ? Oui ; non : « peut-être » !"),
        "Quoi\u{202f}? Oui\u{202f}; non\u{202f}: «\u{202f}peut-être\u{202f}»\u{202f}!"
    );
    assert_eq!(page("«mot»"), "«\u{202f}mot\u{202f}»");
    assert_eq!(page("95 % de 10:30, https://a.fr/?b"), "95\u{202f}% de 10:30, https://a.fr/?b");
}

#[test]
fn apostrophes_curl_between_letters_only() {
    assert_eq!(page("l'an d&#39;or, 'cité', rock 'n' roll"), "l’an d’or, 'cité', rock 'n' roll");
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

#[test]
fn an_attribute_may_hold_the_end_of_a_tag() {
    assert_eq!(
        page("<a title=\"b > c ?\" href=\"d ?\">e ?</a>"),
        "<a title=\"b > c\u{202f}?\" href=\"d ?\">e\u{202f}?</a>"
    );
}

#[test]
fn what_is_not_closed_ends_with_the_page() {
    assert_eq!(page("<pre title=\"a ?\">b ?"), "<pre title=\"a\u{202f}?\">b ?");
    assert_eq!(page("a ? <b"), "a\u{202f}? <b");
    assert_eq!(page("<b title=\"a ?"), "<b title=\"a\u{202f}?");
}

/// A page set tag by tag and character by character, which is slower.
fn tag_by_tag(html: &str) -> String {
    let mut out = String::new();
    let (mut at, mut verbatim) = (0, None);
    while at < html.len() {
        let start = at;
        at = next(html.as_bytes(), start, b'<');
        let text = html.get(start..at).unwrap();
        out.push_str(&if verbatim.is_none() { character_by_character(text) } else { text.to_owned() });
        let tag = at;
        at = tag_end(html.as_bytes(), tag);
        let mut from = tag;
        while let Some(value) = next_value(html.as_bytes(), from).filter(|_| verbatim.is_none()) {
            out.push_str(html.get(from..value.start).unwrap());
            let text = html.get(value.clone()).unwrap();
            let is_spoken = is_spoken(&html.as_bytes()[tag..value.start - 1]);
            out.push_str(&if is_spoken { character_by_character(text) } else { text.to_owned() });
            from = value.end;
            if from < html.len() {
                out.push('"');
                from += 1;
            }
        }
        out.push_str(html.get(from..at).unwrap());
        verbatim = match verbatim {
            None => VERBATIM.iter().find(|name| opens(html.as_bytes(), tag, name)),
            Some(name) if closes(html.as_bytes(), tag, name) => None,
            open => open,
        };
    }
    out
}

fn character_by_character(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..).unwrap();
        let spaced = out.ends_with([' ', '\u{a0}']);
        let digit = out.trim_end_matches([' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit());
        let letter = out.ends_with(char::is_alphanumeric);
        let is_letter = |after: &str| after.starts_with(|c: char| c.is_alphabetic() || c == '«');
        match character {
            ';' | ':' | '!' | '?' | '%' if spaced && (character != '%' || digit) => {
                out.pop();
                out.push_str(NARROW);
                out.push(character);
            }
            '»' => {
                if spaced {
                    out.pop();
                }
                if spaced || !(out.is_empty() || out.ends_with(NARROW)) {
                    out.push_str(NARROW);
                }
                out.push('»');
            }
            '«' => {
                out.push('«');
                if !rest.is_empty() {
                    out.push_str(NARROW);
                }
                rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            }
            '\'' if letter && is_letter(rest) => out.push('’'),
            '&' if letter && rest.strip_prefix("#39;").is_some_and(is_letter) => {
                out.push('’');
                rest = rest.strip_prefix("#39;").unwrap();
            }
            _ => out.push(character),
        }
    }
    out
}

proptest::proptest! {
    #[test]
    fn a_page_reads_the_same_from_sign_to_sign_as_tag_by_tag(
        parts in proptest::collection::vec(proptest::sample::select(&[
            "<p>", "</p>", "<b class=\"c\">", "</b>", "<pre>", "</pre>", "<code>", "</code>", "<script src=\"a ?\">", "</script>",
            "<a title=\"l'an ?\" href=\"d ?\">", "<br>", "mot", "l'an", " ", " ?", " ;", "« ", " »", "«", "»", "l&#39;or", "95 %", "à",
            "\u{a0}:", "\u{a0}", "\u{202f}", "é", "'", "&amp;", ":", "!", "%", "7", "\"", " : un texte assez long pour que plus d’un bloc de signes soit passé d’un seul coup, sans rien à changer dedans",
        ][..]), 0..60),
    ) {
        let html = parts.concat();
        proptest::prop_assert_eq!(page(&html), tag_by_tag(&html));
    }
}
