//! How a word is written down for comparing: in lower case, and then without accents.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::LONGEST;
use crate::search::language::Characters;

/// A word in lower case with its accents composed, without what only a typesetter sees.
pub(super) fn form(written: &str, characters: &Characters) -> String {
    if written.is_ascii() {
        return written.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()).collect();
    }
    let kept: String = written.chars().filter(|c| !characters.ignored.contains(*c)).collect();
    kept.to_lowercase().nfc().take(LONGEST).collect()
}

/// A form without accents nor ligatures.
pub(super) fn fold(form: &str, characters: &Characters) -> String {
    if form.is_ascii() {
        return form.to_owned();
    }
    let mut folded = String::with_capacity(form.len());
    for c in form.nfd().filter(|c| !is_combining_mark(*c)) {
        match characters.folds.get(&c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded.chars().take(LONGEST).collect()
}
