//! The postings of every term: which records hold it, how much they are about it, under which spellings, and where.

use rayon::prelude::*;

use super::{
    FIELDS, SATURATION, Term, WHOLE,
    gather::{Block, Reading},
    merge::{Head, Vocabulary},
    pairs::{self, Pair},
};
use crate::search::{
    code::{DIGIT_MAX, push_digit, push_number},
    record::Record,
};

/// Postings tell this many spellings apart; rarer ones share the last place.
pub(crate) const FORMS_MAX: u32 = 10;

/// The places of a term are kept while no more records than this hold it.
pub(crate) const HOLDERS_MAX: u32 = 256;

/// Whether a term that so many records hold is told by its pairs instead of its places.
pub(super) fn is_frequent(holders: u32) -> bool {
    holders > HOLDERS_MAX
}

/// What one record says of one term.
#[derive(Debug, Clone, Copy, Default)]
struct Posting {
    record: u32,
    impact: u32,
    forms: u32,
    /// Its places, in the positions of the block.
    places: (u32, u32),
}

/// The postings of one block, ordered by term and then by record.
struct Posted {
    postings: Vec<Posting>,
    /// Where the postings of each term begin.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

pub(super) fn post(
    records: &[&Record],
    blocks: &[Block],
    vocabulary: Vocabulary,
    apart: &[bool],
) -> (Vec<Term>, Vec<Pair>) {
    let averages = averages(blocks);
    let firsts = blocks.iter().scan(0, |next, block| Some(std::mem::replace(next, *next + block.readings.len())));
    let firsts: Vec<usize> = firsts.collect();
    let posted: Vec<Posted> = blocks
        .par_iter()
        .zip(&vocabulary.places)
        .zip(&firsts)
        .map(|((block, places), &first)| {
            post_block(block, places, vocabulary.heads.len(), &records[first..], first, &averages)
        })
        .collect();
    let holders: Vec<u32> = (0..vocabulary.heads.len())
        .map(|term| posted.iter().map(|block| block.starts[term + 1] - block.starts[term]).sum())
        .collect();
    let Vocabulary { heads, places } = vocabulary;
    rayon::join(
        || {
            let heads = heads.into_par_iter().enumerate();
            heads.map(|(term, head)| write_term(term, head, holders[term], &posted, records.len())).collect()
        },
        || pairs::pairs(blocks, &places, &holders, apart),
    )
}

fn averages(blocks: &[Block]) -> [f64; FIELDS.len()] {
    let readings = || blocks.iter().flat_map(|block| &block.readings);
    std::array::from_fn(|field| {
        let total: f64 = readings().map(|reading| f64::from(reading.lengths[field])).sum();
        (total / f64::from(count(readings().count().max(1)))).max(1.0)
    })
}

fn post_block(
    block: &Block,
    places: &[(u32, u32)],
    terms: usize,
    records: &[&Record],
    first: usize,
    averages: &[f64; FIELDS.len()],
) -> Posted {
    let mut unordered: Vec<(u32, Posting)> = Vec::new();
    let mut positions = Vec::with_capacity(block.occurrences.len());
    let mut of_record: Vec<u64> = Vec::new();
    let ends = block.readings.iter().skip(1).map(|reading| reading.start).chain([block.occurrences.len()]);
    for (((reading, end), record), number) in block.readings.iter().zip(ends).zip(records).zip(first..) {
        of_record.clear();
        of_record.extend(block.occurrences[reading.start..end].iter().map(|occurrence| {
            let (term, rank) = places[occurrence.form as usize];
            pack(term, occurrence.position, occurrence.field, rank.min(FORMS_MAX - 1))
        }));
        of_record.sort_unstable();
        for of_term in of_record.chunk_by(|one, next| term_of(*one) == term_of(*next)) {
            let from = count(positions.len());
            let mut frequencies = [0.0; FIELDS.len()];
            let mut forms = 0;
            for &packed in of_term {
                let (position, field, rank) = unpack(packed);
                frequencies[field] += 1.0;
                forms |= 1 << rank;
                if positions.len() == from as usize || positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
            let whole = reading.whole.iter();
            let is_whole = whole.map(|&form| places[form as usize].0).any(|term| term == term_of(of_term[0]));
            let weight = f64::from(record.weight) * if is_whole { WHOLE } else { 1.0 };
            let impact = impact(&frequencies, reading, averages, weight);
            unordered.push((
                term_of(of_term[0]),
                Posting { record: count(number), impact, forms, places: (from, count(positions.len())) },
            ));
        }
    }
    let (postings, starts) = by_term(&unordered, terms);
    Posted { postings, starts, positions }
}

/// An occurrence in one number, so that sorting is cheap: its term, its position, its field, the rank of its form.
fn pack(term: u32, position: u32, field: u8, rank: u32) -> u64 {
    let position = position.min(POSITION_MAX);
    u64::from(term) << 32 | u64::from(position << 8 | u32::from(field) << 4 | rank)
}

fn term_of(packed: u64) -> u32 {
    u32::try_from(packed >> 32).expect("half of 64 bits are 32")
}

/// The position, the field and the rank.
fn unpack(packed: u64) -> (u32, usize, u32) {
    let low = u32::try_from(packed & u64::from(u32::MAX)).expect("half of 64 bits are 32");
    (low >> 8, (low >> 4 & 15) as usize, low & 15)
}

/// The words of a text further on than this all stand in one place.
const POSITION_MAX: u32 = (1 << 24) - 1;

/// BM25F: what the record says of the term, from 1 to [`DIGIT_MAX`]. All that a query adds is the rarity of the term.
fn impact(frequencies: &[f64; FIELDS.len()], reading: &Reading, averages: &[f64; FIELDS.len()], weight: f64) -> u32 {
    let mut said = 0.0;
    for (at, field) in FIELDS.iter().enumerate() {
        let length = f64::from(reading.lengths[at]) / averages[at];
        said += field.weight * frequencies[at] / (1.0 - field.dilution + field.dilution * length);
    }
    said *= weight;
    rounded(said / (SATURATION + said) * f64::from(DIGIT_MAX)).clamp(1, DIGIT_MAX)
}

/// A counting sort: records come in order, and stay so within a term.
fn by_term(unordered: &[(u32, Posting)], terms: usize) -> (Vec<Posting>, Vec<u32>) {
    let mut starts = vec![0; terms + 1];
    for (term, _) in unordered {
        starts[*term as usize + 1] += 1;
    }
    for term in 0..terms {
        starts[term + 1] += starts[term];
    }
    let mut next = starts.clone();
    let mut postings = vec![Posting::default(); unordered.len()];
    for (term, posting) in unordered {
        let place = &mut next[*term as usize];
        postings[*place as usize] = *posting;
        *place += 1;
    }
    (postings, starts)
}

fn write_term(term: usize, head: Head, holders: u32, posted: &[Posted], records: usize) -> Term {
    let (mut postings, mut positions) = (String::new(), String::new());
    let frequent = is_frequent(holders);
    let mut last = 0;
    for block in posted {
        for posting in &block.postings[block.starts[term] as usize..block.starts[term + 1] as usize] {
            push_number(&mut postings, posting.record - last);
            push_digit(&mut postings, posting.impact);
            if head.forms.len() > 1 {
                push_number(&mut postings, posting.forms);
            }
            last = posting.record;
            if frequent {
                continue;
            }
            let places = &block.positions[posting.places.0 as usize..posting.places.1 as usize];
            push_number(&mut positions, count(places.len()));
            let mut before = 0;
            for place in places {
                push_number(&mut positions, place - before);
                before = *place;
            }
        }
    }
    Term { key: head.key, idf: idf(holders, records), forms: head.forms, postings, frequent, positions }
}

/// BM25's rarity, in hundredths: an integer, so that the browser ranks with the very same numbers.
fn idf(holders: u32, records: usize) -> u32 {
    let (holders, records) = (f64::from(holders), f64::from(count(records)));
    let rarity = ((records - holders + 0.5) / (holders + 0.5)).ln_1p();
    rounded(rarity * 100.0).max(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and both callers round small positive numbers"
)]
fn rounded(number: f64) -> u32 {
    number.round() as u32
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a book has less than 2^32 of anything")
}
