//! Names of the same thing: an acronym, its expansion, its synonyms make one *concept*.
//!
//! A concept is a term of the index like another, whose forms are its names: wherever one of them stands in a text, the
//! concept stands too. A query that holds one name then finds all of them in a single look-up, and the forms of a posting
//! tell which name was found there.

use std::collections::{BTreeMap, HashMap};

use super::{
    analyse::{Analyser, Word},
    record::Glossary,
};

/// What a concept's key in the index begins with: no word does.
pub(super) const MARK: char = '=';

/// How many words may stand between two words of a name: `validation d’acquis` is `validation des acquis` still.
const GAP: usize = 3;

/// One name of a concept.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The key of its concept.
    pub(super) key: String,
    /// As the glossary writes it.
    pub(super) written: String,
    /// The stems of its words, without stop words.
    pub(super) stems: Vec<String>,
    /// It only counts where it is written in capitals.
    pub(super) capitals: bool,
}

/// The concepts of a glossary.
#[derive(Debug, Default)]
pub(super) struct Concepts {
    names: Vec<Name>,
    by_first_stem: HashMap<String, Vec<usize>>,
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: usize,
    /// The places of its first and last words among the words of the text.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Concepts {
    pub(super) fn new(glossary: &Glossary, analyser: &Analyser) -> Self {
        // Terms that share a name are one concept under the name's key; the map keeps the order of keys, not of the glossary.
        let mut terms = BTreeMap::<String, Vec<String>>::new();
        for term in &glossary.terms {
            let names: Vec<&String> = term.short.iter().chain(&term.long).chain(&term.synonyms).collect();
            let Some(key) = names.iter().map(|name| stems(analyser, name).join("_")).find(|key| !key.is_empty()) else {
                continue;
            };
            let known = terms.entry(key).or_default();
            names.iter().filter(|name| !stems(analyser, name).is_empty()).for_each(|name| {
                if !known.contains(name) {
                    known.push((*name).clone());
                }
            });
        }
        let mut concepts = Self::default();
        for (key, names) in terms.iter().filter(|(_, names)| names.len() > 1) {
            for written in names {
                let words = analyser.words(written);
                let capitals = words.len() == 1 && words[0].capitals;
                let name = Name {
                    key: format!("{MARK}{key}"),
                    written: written.clone(),
                    stems: stems(analyser, written),
                    capitals,
                };
                concepts.by_first_stem.entry(name.stems[0].clone()).or_default().push(concepts.names.len());
                concepts.names.push(name);
            }
        }
        concepts
    }

    pub(super) fn names(&self) -> &[Name] {
        &self.names
    }

    /// The names that begin with a word of this stem.
    pub(super) fn starting(&self, stem: &str) -> &[usize] {
        self.by_first_stem.get(stem).map_or(&[], Vec::as_slice)
    }

    /// Every name that stands among these words, whatever its case.
    pub(super) fn find(&self, words: &[Word]) -> Vec<Found> {
        let mut found = Vec::new();
        for (first, word) in words.iter().enumerate().filter(|(_, word)| !word.stop) {
            for &name in self.starting(&word.term().stem) {
                if let Some(last) = self.matches(name, first, words) {
                    found.push(Found { name, first, last });
                }
            }
        }
        found
    }

    /// The place of the last word of a name that begins at `first`, if the name stands there.
    fn matches(&self, name: usize, first: usize, words: &[Word]) -> Option<usize> {
        let further = self.names[name].stems.iter().skip(1).map(String::as_str);
        let stem_at = |at: usize| words.get(at).filter(|word| !word.stop).map(|word| word.term().stem.as_str());
        last_word(further, first, words.len(), stem_at)
    }
}

/// The place of the last word of a name whose first word stands at `first` and whose other words are `further`, if they follow.
/// `stem_at` is `None` for stop words: they may stand between.
pub(super) fn last_word<S: PartialEq>(
    further: impl IntoIterator<Item = S>,
    first: usize,
    len: usize,
    stem_at: impl Fn(usize) -> Option<S>,
) -> Option<usize> {
    further.into_iter().try_fold(first, |last, stem| {
        let mut after = (last + 1..len.min(last + 1 + GAP)).filter_map(|at| Some((at, stem_at(at)?)));
        after.next().filter(|(_, found)| *found == stem).map(|(at, _)| at)
    })
}

fn stems(analyser: &Analyser, name: &str) -> Vec<String> {
    analyser.words(name).into_iter().filter(|word| !word.stop).map(|word| word.terms[0].stem.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{language::Language, record::GlossaryTerm};

    fn find(text: &str) -> Vec<String> {
        let analyser = Analyser::new(Language::of("fr"));
        let vae = GlossaryTerm {
            short: Some("VAE".into()),
            long: Some("validation des acquis de l’expérience".into()),
            synonyms: vec![],
        };
        let alone = GlossaryTerm { short: Some("XYZ".into()), ..GlossaryTerm::default() };
        let concepts = Concepts::new(&Glossary { terms: vec![vae, alone] }, &analyser);
        let words = analyser.words(text);
        concepts
            .find(&words)
            .iter()
            .map(|found| format!("{} {}-{}", concepts.names[found.name].key, found.first, found.last))
            .collect()
    }

    #[test]
    fn both_names_are_one_concept() {
        assert_eq!(find("la VAE"), ["=vae 1-1"]);
        assert_eq!(find("Les validations des acquis de l'expérience."), ["=vae 1-5"]);
        assert_eq!(find("validation d’acquis d’expérience"), ["=vae 0-2"]);
    }

    #[test]
    fn other_words_between_make_another_name() {
        assert!(find("validation totale des acquis de l’expérience").is_empty());
        assert!(find("validation des acquis").is_empty());
        assert!(find("XYZ").is_empty(), "a name alone has nothing to add");
    }
}
