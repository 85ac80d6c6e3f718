//! Records to terms: read in parallel, counted, and written as postings.
//!
//! Three passes, each parallel and each giving the same answer whatever the number of threads: [`gather`] reads blocks of
//! records, [`merge`] puts their vocabularies into one order, [`post`] writes the postings of every term. Owns the weights of
//! ranking that are known before any query; knows no file and no query.

use rayon::prelude::*;

use super::{analyse::Analyser, glossary::Concepts, record::Record};

mod seen;
mod gather;
mod merge;
mod post;

pub(super) use merge::Form;
pub(super) use post::{FORMS_MAX, SPAN, count};

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
///
/// A term that many records hold is written in two parts: the records that say most of it, in full, and the rest, of which it is only
/// known that they hold it. The first results of a query stand in the first part; the second is for counting, and for
/// records that say much of another word of the query. That is what keeps a search light in a large book.
#[derive(Debug)]
pub(super) struct Term {
    /// A stem, or a concept.
    pub(super) key: String,
    /// How rare it is, in hundredths.
    pub(super) idf: u32,
    /// Its spellings, the most frequent first.
    pub(super) forms: Vec<Form>,
    /// For each record that says most of it: the step from the record before, one digit of impact, and, if it has several forms, which.
    pub(super) postings: String,
    /// For each of those records: how many places, then the steps between them.
    pub(super) positions: String,
    /// The other records that hold it, as a set; empty for most terms.
    pub(super) rest: String,
    /// The impact that is taken for each of the rest: their mean.
    pub(super) floor: u32,
    /// For each of the rest, its places, by stretch of [`SPAN`] records: read for quoted phrases only.
    pub(super) deep: Vec<(u32, String)>,
}

/// Every term of the records, ordered by key.
pub(super) fn terms(records: &[&Record], analyser: &Analyser, concepts: &Concepts) -> Vec<Term> {
    let size = records.len().div_ceil(4 * rayon::current_num_threads()).max(64);
    let blocks = records.par_chunks(size).with_max_len(1);
    let blocks: Vec<_> = blocks.map(|records| gather::gather(records, analyser, concepts)).collect();
    let vocabulary = merge::merge(&blocks);
    post::post(records, blocks, vocabulary)
}
