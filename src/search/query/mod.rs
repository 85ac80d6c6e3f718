//! From what a reader typed to what she meant.
//!
//! [`parse`] finds the words, phrases and names of the query; [`recall`] finds who holds them; [`rank`] weighs; [`near`] looks at
//! who holds them together; [`narrow`] applies facets and counts them; [`excerpt`] shows the hit in its sentence; [`suggest`]
//! guesses when a word is unknown. `query.js` has the same functions under the same names, and every number is an integer,
//! so that both give the same answers in the same order.

use std::{collections::BTreeMap, ops::Range};

use super::{Index, Record};

mod parse;
mod recall;
mod near;
mod rank;
mod narrow;
mod excerpt;
mod suggest;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed. The last word is taken as a beginning unless something follows it.
    pub text: String,
    /// The chosen values of some facets: any of them within a facet, all facets together. A range is one value,
    /// `least..greatest`, either of which may be empty.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Which of the results are wanted.
    pub page: Range<usize>,
}

impl Query {
    /// A query of words alone, for the first ten results.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), facets: BTreeMap::new(), page: 0..10 }
    }
}

/// What is answered.
#[derive(Debug)]
pub struct Outcome<'r> {
    /// How many records are found in all.
    pub total: usize,
    /// Those of the page that was asked for, the best first.
    pub hits: Vec<Hit<'r>>,
    /// By facet, in the order of the options: each value that can be chosen and how many records it would give.
    pub facets: Vec<Vec<(String, usize)>>,
    /// No record holds all the words: the results hold some of them.
    pub partial: bool,
    /// What may have been meant by a word that is nowhere.
    pub suggestion: Option<String>,
}

/// One result.
#[derive(Debug)]
pub struct Hit<'r> {
    /// What was found.
    pub record: &'r Record,
    /// How well it answers; comparable within one outcome only.
    pub score: u64,
    /// Where it answers.
    pub excerpt: Vec<Piece>,
    /// What was understood, as in `VAE = validation des acquis de l’expérience`.
    pub why: Vec<String>,
}

/// A stretch of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As in the record, accents and typography intact.
    pub text: String,
    /// It is what was asked for.
    pub marked: bool,
}

impl Index<'_> {
    /// Answers a query.
    pub fn search(&self, query: &Query) -> Outcome<'_> {
        let parsed = parse::parse(&query.text, self);
        let groups: Vec<_> =
            parsed.groups.iter().map(|group| recall::recall(group, self)).collect();
        let near = near::Near::new(&parsed, &groups, self);
        let ranking = rank::rank(&parsed, &groups, &near, self.records.len());
        let narrowed = narrow::narrow(&ranking.found, &query.facets, &self.facets);
        let page = narrowed.found.iter().skip(query.page.start).take(query.page.len());
        let hits = page.map(|&(number, score)| {
            let record = self.records[number as usize];
            Hit {
                record,
                score,
                excerpt: excerpt::excerpt(record, &groups, self),
                why: recall::why(number, &parsed, &groups, self),
            }
        });
        Outcome {
            total: narrowed.found.len(),
            hits: hits.collect(),
            facets: narrowed.counts,
            partial: ranking.partial,
            suggestion: suggest::suggest(&query.text, &parsed, &groups, self),
        }
    }
}

#[cfg(test)]
mod tests;
