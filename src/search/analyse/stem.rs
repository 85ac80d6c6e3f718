//! What the inflections of a word have in common: a small interpreter over the suffix tables.

use crate::search::language::{Language, Suffix};

/// The stem of a folded word. Only words of plain letters are cut: `r2s` and `2014` are themselves.
pub(super) fn stem(folded: &str, language: &Language) -> String {
    let irregular = |word: &str| language.irregular.get(word);
    let mut word = irregular(folded).map_or(folded, String::as_str).to_owned();
    let protected = irregular(&word) == Some(&word);
    if protected || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    for step in &language.steps {
        let fits =
            |Suffix(suffix, _, least): &&Suffix| word.len() >= suffix.len() + least && word.ends_with(suffix.as_str());
        if let Some(Suffix(suffix, instead, _)) = step.iter().find(fits) {
            word.truncate(word.len() - suffix.len());
            word.push_str(instead);
        }
    }
    word
}
