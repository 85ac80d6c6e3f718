use super::{Citation, one_line};
use crate::model::day_in_words;
use crate::render::words::Words;

/// A citation in words, to be copied: who, « what », where, when, at which address.
pub(super) fn write(citation: &Citation<'_>, words: &Words) -> String {
    let title = words.text("cite_title").replace("{title}", &citation.title);
    let mut parts = vec![citation.authors.join(", "), title, one_line(citation.site).into_owned()];
    // Who publishes what they wrote, or under their own name, is said once.
    let said = |name: &str| citation.authors.contains(&name) || citation.site == name;
    if !said(citation.publisher) {
        parts.push(one_line(citation.publisher).into_owned());
    }
    parts.extend(citation.date.map(|date| day_in_words(words.lang, date)));
    parts.extend(citation.notes.iter().map(|note| one_line(note).to_lowercase()));
    let mut text = parts.join(", ");
    text.push('.');
    if !citation.url.is_empty() {
        text.push(' ');
        text.push_str(&citation.url);
    }
    text
}
