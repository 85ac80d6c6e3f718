//! The tables of a language: the single source that the analyser in Rust and the one in the browser both interpret.
//!
//! Owns the data (`french.json`, `english.json`, `characters.json`) and its shape. Knows nothing of how it is applied: that is
//! [`super::analyse`] here and `analyser.js` in the browser, which receives these very tables inside the manifest.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

/// One rewriting of the stemmer: a suffix, what replaces it, and how many letters must stand before it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Suffix(pub String, pub String, pub usize);

/// One way to read an inclusive ending: the ending as written (folded), what the base loses, what it gains.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Feminine(pub String, pub String, pub String);

/// The signs that matter between letters, the same for every language.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Characters {
    /// What is read as `'`.
    pub apostrophes: String,
    /// What is read as `-`.
    pub hyphens: String,
    /// The points of inclusive writing.
    pub points: String,
    /// What is there for the typesetter only, such as the soft hyphen.
    pub ignored: String,
    /// Letters that are written with several plain ones.
    pub folds: BTreeMap<char, String>,
}

/// Everything that the analyser knows of one language.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Language {
    /// Its code, as in `<html lang>`.
    pub code: String,
    /// What is dropped before an apostrophe, parted by spaces.
    pub elisions: String,
    /// Words that keep their apostrophe inside; a final `*` stands for any ending.
    pub whole: String,
    /// How an inclusive ending makes the feminine; the first line that fits is used.
    pub feminine: Vec<Feminine>,
    /// Words too common to tell documents apart, folded.
    pub stop: String,
    /// Folded words that are cut as another word is; one that names itself is never cut.
    pub irregular: BTreeMap<String, String>,
    /// The stemmer: in each step, in order, the first suffix that fits is replaced.
    pub steps: Vec<Vec<Suffix>>,
    /// Set from `characters.json`.
    #[serde(default = "characters")]
    pub characters: Characters,
}

static FRENCH: LazyLock<Language> = LazyLock::new(|| read(include_str!("french.json")));
static ENGLISH: LazyLock<Language> = LazyLock::new(|| read(include_str!("english.json")));

impl Language {
    /// The tables for a language code: English for `en` and its regions, French for everything else.
    pub fn of(code: &str) -> &'static Self {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { &ENGLISH } else { &FRENCH }
    }
}

fn read(json: &str) -> Language {
    serde_json::from_str(json).expect("the tables of the crate are checked by its tests")
}

fn characters() -> Characters {
    serde_json::from_str(include_str!("characters.json")).expect("the tables of the crate are checked by its tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_and_case_do_not_change_the_language() {
        for (code, expected) in
            [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("", "fr")]
        {
            assert_eq!(Language::of(code).code, expected, "{code}");
        }
    }

    #[test]
    fn tables_are_folded_ascii() {
        for language in [&*FRENCH, &*ENGLISH] {
            let steps = language.steps.iter().flatten().flat_map(|Suffix(from, to, _)| [from, to]);
            let irregular = language.irregular.iter().flat_map(|(from, to)| [from, to]);
            let ends = language.feminine.iter().flat_map(|Feminine(written, lost, _)| [written, lost]);
            for word in steps.chain(irregular).chain(ends).chain([&language.stop, &language.elisions]) {
                assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{word}");
            }
        }
    }
}
