//! Text to words: what is found and how it is spelled, the same at build and in the browser.
//!
//! Owns the reading of French (and English) text: where words are (`scan`), what a run of letters and signs holds
//! (`segment`), how a letter folds (`fold`) and what words have in common (`stem`). It keeps no state, knows no index and
//! never rewrites the text: a word only says where it stands. `analyser.js` is the same interpreter over the same tables;
//! `agreement.rs` holds both to the same answers, word by word.

use std::{collections::HashSet, ops::Range};

use super::language::Language;

mod eight;
mod scan;
mod segment;
mod inclusive;
mod fold;
mod stem;

pub(super) use eight::eight;

/// No term is longer than this, in characters: what is cut off never told two words apart.
const LONGEST: usize = 64;

/// One spelling under which a word can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// In lower case, with its accents.
    pub form: String,
    /// The form without accents nor ligatures.
    pub folded: String,
    /// What it shares with its inflections: the key of the index.
    pub stem: String,
}

/// One word of a text: it takes one position, under one or several spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// Too common to tell documents apart.
    pub stop: bool,
    /// Written wholly in capitals, as acronyms are.
    pub capitals: bool,
    /// The word as written, then its other readings: the feminine of an inclusive form, the joined form of a compound.
    pub terms: Vec<Term>,
}

impl Word {
    /// The word as written.
    pub fn term(&self) -> &Term {
        &self.terms[0]
    }
}

/// Reads text in one language.
#[derive(Debug)]
pub struct Analyser {
    language: &'static Language,
    elisions: HashSet<&'static str>,
    stop: HashSet<&'static str>,
    whole: Vec<&'static str>,
}

impl Analyser {
    /// An analyser over the tables of a language.
    pub fn new(language: &'static Language) -> Self {
        Self {
            language,
            elisions: language.elisions.split(' ').collect(),
            stop: language.stop.split(' ').collect(),
            whole: language.whole.split(' ').collect(),
        }
    }

    /// The tables it reads.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// Every word of a text, in order; elided articles are no words.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for span in self.segments(text) {
            let first = words.len();
            words.extend(self.segment_words(text.get(span.clone()).unwrap_or_default()));
            for word in words.iter_mut().skip(first) {
                word.span = word.span.start + span.start..word.span.end + span.start;
            }
        }
        words
    }

    /// Where the runs of letters, digits and inner signs stand. The words of a run depend on nothing around it.
    pub(super) fn segments<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
        scan::Segments::new(text, &self.language.characters)
    }

    /// The words of one run, placed from its start.
    pub(super) fn segment_words(&self, segment: &str) -> Vec<Word> {
        segment::words(self, segment)
    }

    /// A term from anything that is written as one word.
    pub fn term(&self, written: &str) -> Term {
        let form = fold::form(written, &self.language.characters);
        let folded = fold::fold(&form, &self.language.characters);
        let stem = stem::stem(&folded, self.language);
        Term { form, folded, stem }
    }

    /// A text without case, accents nor ligatures.
    pub fn fold(&self, text: &str) -> String {
        fold::fold(&fold::form(text, &self.language.characters), &self.language.characters)
    }

    pub(super) fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    fn is_elision(&self, folded: &str) -> bool {
        self.elisions.contains(folded)
    }

    /// Whether an apostrophe belongs to the word: `aujourd'hui`.
    fn is_whole(&self, folded: &str) -> bool {
        self.whole.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => folded.starts_with(start),
            None => folded == *pattern,
        })
    }
}

#[cfg(test)]
mod tests;
