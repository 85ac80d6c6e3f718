//! Records to terms: read in parallel, counted, and written as postings.
//!
//! Four passes, each parallel and each giving the same answer whatever the number of threads: [`gather`] reads blocks of
//! records, [`merge`] puts their vocabularies into one order, [`post`] writes the postings of every term, [`pairs`] those of
//! frequent neighbours. Owns the weights of ranking that are known before any query; knows no file and no query.

use rayon::prelude::*;

use super::{
    analyse::Analyser,
    glossary::{Concepts, MARK},
    record::Record,
};

mod gather;
mod merge;
mod post;
mod pairs;

pub(super) use merge::Form;
pub(super) use pairs::{Pair, STEPS, mask};
pub(super) use post::{FORMS_MAX, HOLDERS_MAX, count};

/// How much a word says by where it stands, and how much a long text dilutes it (BM25's *b*).
struct Field {
    weight: f64,
    dilution: f64,
}

/// The fields of a record, in the order of their positions.
const FIELDS: [Field; 5] = [
    Field { weight: 10.0, dilution: 0.5 }, // title
    Field { weight: 4.0, dilution: 0.4 },  // summary
    Field { weight: 4.0, dilution: 0.4 },  // headings
    Field { weight: 3.0, dilution: 0.4 },  // labels
    Field { weight: 1.0, dilution: 0.75 }, // body
];

/// The first field.
const TITLE: usize = 0;

/// The last field: the only one whose stop words cannot be found.
const BODY: usize = 4;

/// How much more a word says of what is called by it and nothing else.
const WHOLE: f64 = 4.0;

/// How soon another occurrence stops to matter (BM25's *k*).
const SATURATION: f64 = 3.0;

/// One term of the index.
#[derive(Debug)]
pub(super) struct Term {
    /// A stem, or a concept.
    pub(super) key: String,
    /// How rare it is, in hundredths.
    pub(super) idf: u32,
    /// Its spellings, the most frequent first.
    pub(super) forms: Vec<Form>,
    /// For each record that holds it: the step from the record before, one digit of impact, and, if it has several forms, which.
    pub(super) postings: String,
    /// It stands in too many records for its places to be kept: pairs tell what it stands beside.
    pub(super) frequent: bool,
    /// For each of those records: how many places, then the steps between them. Empty for a frequent term.
    pub(super) positions: String,
}

/// Every term of the records, ordered by key, and the pairs of frequent ones.
pub(super) fn terms(records: &[&Record], analyser: &Analyser, concepts: &Concepts) -> (Vec<Term>, Vec<Pair>) {
    let size = records.len().div_ceil(4 * rayon::current_num_threads()).max(64);
    let blocks: Vec<_> = records.par_chunks(size).map(|records| gather::gather(records, analyser, concepts)).collect();
    let vocabulary = merge::merge(&blocks);
    let apart: Vec<bool> = vocabulary
        .heads
        .iter()
        .map(|head| head.key.starts_with(MARK) || analyser.is_stop(&analyser.fold(&head.forms[0].written)))
        .collect();
    post::post(records, &blocks, vocabulary, &apart)
}
