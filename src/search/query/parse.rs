//! What a query holds: words, quoted phrases, names of the glossary, a word still being typed.

use std::ops::Range;

use crate::search::{
    Index,
    analyse::{Term, Word},
    glossary::Found,
};

/// A query has no more words than this: what follows would not change what is found.
const WORDS_MAX: usize = 24;

/// A query is not read further than this many characters.
const LENGTH_MAX: usize = 1000;

/// One word of the query, with all that counts as that word.
#[derive(Debug)]
pub(super) struct Group {
    /// Where it stands in the query, in bytes.
    pub(super) span: Range<usize>,
    /// Its place among all words of the query.
    pub(super) place: usize,
    /// Its spellings.
    pub(super) terms: Vec<Term>,
    /// The names of the glossary that it is part of.
    pub(super) names: Vec<usize>,
    /// It may go on.
    pub(super) open: bool,
}

/// Words that must follow one another.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Keys, and how far each stands from the first.
    pub(super) words: Vec<(String, usize)>,
}

#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) groups: Vec<Group>,
    pub(super) phrases: Vec<Phrase>,
    /// Nothing at all was typed: everything is found.
    pub(super) empty: bool,
}

pub(super) fn parse(text: &str, index: &Index) -> Parsed {
    let end = text.char_indices().nth(LENGTH_MAX).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or_default();
    let words = index.analyser.words(text);
    let quotes = quotes(text);
    let quoted = |word: &Word| quotes.iter().any(|quote| quote.start <= word.span.start && word.span.end <= quote.end);

    // Stop words count only when there is nothing else.
    let all_stop = words.iter().all(|word| word.stop);
    let kept = |word: &Word| all_stop || !word.stop;
    let names = longest(&index.concepts.find(&words));
    let mut groups: Vec<Group> = Vec::new();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| kept(word)) {
        if groups.len() == WORDS_MAX || groups.iter().any(|group| group.terms[0].stem == word.term().stem) {
            continue;
        }
        let names = names
            .iter()
            .filter(|found| (found.first..=found.last).contains(&place) && !quoted(word))
            .map(|found| found.name)
            .collect();
        let open = word.span.end == text.len() && !quoted(word);
        groups.push(Group { span: word.span.clone(), place, terms: word.terms.clone(), names, open });
    }
    let phrases = quotes.iter().filter_map(|quote| phrase(quote, &words)).collect();
    Parsed { groups, phrases, empty: text.trim().is_empty() }
}

/// The names that stand inside no longer one: who typed the whole name did not type its beginning.
fn longest(names: &[Found]) -> Vec<Found> {
    let inside = |one: &Found, other: &Found| {
        other.first <= one.first && one.last <= other.last && other.last - other.first > one.last - one.first
    };
    names.iter().filter(|one| !names.iter().any(|other| inside(one, other))).copied().collect()
}

/// Nothing tells where small words stand: they only keep the others apart.
fn phrase(quote: &Range<usize>, words: &[Word]) -> Option<Phrase> {
    let inside = |word: &Word| quote.start <= word.span.start && word.span.end <= quote.end && !word.stop;
    let mut places = words.iter().enumerate().filter(|(_, word)| inside(word)).peekable();
    let first = places.peek()?.0;
    let words: Vec<_> = places.map(|(place, word)| (word.term().stem.clone(), place - first)).collect();
    (words.len() > 1).then_some(Phrase { words })
}

/// What stands between quotation marks, which must be closed.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some(start), '"' | '»' | '”') => {
                quotes.push(start..at);
                open = None;
            }
            (None, '"' | '«' | '“' | '„') => open = Some(at + c.len_utf8()),
            _ => {}
        }
    }
    quotes
}
