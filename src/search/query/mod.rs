//! From what a reader typed to what she meant.
//!
//! [`parse`] finds the words, phrases and names of the query; [`recall`] finds who holds them; [`rank`] weighs; [`near`] looks at
//! who holds them together; [`group`] puts parts below their documents; [`narrow`] applies facets and counts them; [`excerpt`] shows
//! the hit in its sentence; [`suggest`] guesses when a word is unknown. `query.js` has the same functions under the same names, and every number is an integer,
//! so that both give the same answers in the same order.

use std::{collections::BTreeMap, ops::Range};

use super::{Index, Record};

mod parse;
mod recall;
mod near;
mod rank;
mod group;
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
    /// How many documents are found in all.
    pub total: usize,
    /// Those of the page that was asked for, the best first.
    pub hits: Vec<Hit<'r>>,
    /// By facet, in the order of the options: each value that can be chosen and how many documents it would give.
    pub facets: Vec<Vec<(String, usize)>>,
    /// No record holds all the words: the results hold some of them.
    pub partial: bool,
    /// What may have been meant by a word that is nowhere.
    pub suggestion: Option<String>,
}

/// One result: a document, and the best places in it.
#[derive(Debug)]
pub struct Hit<'r> {
    /// The document.
    pub record: &'r Record<'r>,
    /// How well it answers; comparable within one outcome only.
    pub score: u64,
    /// Where it answers.
    pub excerpt: Vec<Piece>,
    /// Its entries and passages that answer best, at most [`PLACES_MAX`].
    pub places: Vec<Place>,
    /// What was understood, as in `VAE = validation des acquis de l’expérience`.
    pub why: Vec<String>,
}

/// How many places are shown of one document.
const PLACES_MAX: usize = 3;

/// Where in a document a query is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its address: that of an entry, or the document's with an anchor.
    pub url: String,
    /// The title of the entry or of the passage.
    pub title: String,
    /// The number of an entry, where it has one.
    pub label: String,
    /// Where an entry answers; empty for a passage, which the excerpt of the document already shows.
    pub excerpt: Vec<Piece>,
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
        let groups: Vec<_> = parsed.groups.iter().map(|group| recall::recall(group, self)).collect();
        let near = near::Near::new(&parsed, &groups, self);
        let ranking = rank::rank(&parsed, &groups, &near, self.records.len());
        let found = group::group(&ranking.found, parsed.empty, self);
        let narrowed = narrow::narrow(found, &query.facets, &self.facets);
        let page = narrowed.found.iter().skip(query.page.start).take(query.page.len());
        let hits = page.map(|found| self.hit(found, &parsed, &groups));
        Outcome {
            total: narrowed.found.len(),
            hits: hits.collect(),
            facets: narrowed.counts,
            partial: ranking.partial,
            suggestion: suggest::suggest(&query.text, &parsed, &groups, self),
        }
    }

    fn hit(&self, found: &group::Found, parsed: &parse::Parsed, groups: &[recall::Recalled]) -> Hit<'_> {
        let number = self.documents[found.document as usize];
        let record = self.records[number as usize];
        let answer = excerpt::excerpt(record, groups, self);
        let entry = |&number: &u32| {
            let record = self.records[number as usize];
            Place {
                url: record.url.clone().into_owned(),
                title: record.title.clone().into_owned(),
                label: record.labels.first().map(|label| label.clone().into_owned()).unwrap_or_default(),
                excerpt: excerpt::excerpt(record, groups, self).pieces,
            }
        };
        let passage = |at: &usize| {
            let passage = &record.body[*at];
            Place {
                url: format!("{}#{}", record.url, passage.anchor),
                title: passage.title.clone().into_owned(),
                label: String::new(),
                excerpt: Vec::new(),
            }
        };
        let entries = found.parts.iter().map(entry);
        let places = entries.chain(answer.passages.iter().map(passage)).take(PLACES_MAX).collect();
        let best = found.parts.first().filter(|_| found.by_part).copied().unwrap_or(number);
        let why = recall::why(best, parsed, groups, self);
        Hit { record, score: found.score, excerpt: answer.pieces, places, why }
    }
}

#[cfg(test)]
mod tests;
