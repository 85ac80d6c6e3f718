//! The postings of every term: which records hold it, how much they are about it, under which spellings, and where.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    FIELDS, SATURATION, Term, WHOLE,
    gather::{Block, Reading},
    merge::{Head, Vocabulary},
};
use crate::parallel::SHARE;
use crate::search::{
    code::{DIGIT_MAX, push_digit, push_number, push_set},
    record::Record,
};

/// Postings tell this many spellings apart; rarer ones share the last place.
pub(crate) const FORMS_MAX: u32 = 10;

/// How many records of a term are written in full: those that say most of it.
pub(crate) const FULL: u32 = 256;

/// So many records are put into the order of terms at a time: what is moved about stays in the memory of one processor. …
const AT_ONCE: usize = 256;

/// … and a block is no more pieces than this: each costs a look at every term.
const PIECES_MAX: usize = 16;

/// The places of a frequent word are read by stretches of so many records, the newest first, until a screen is full.
pub(crate) const SPAN: u32 = 1024;

/// No reader asks for the next place of a word in one record; so many are written in less than 2^16 bytes.
const PLACES_MAX: u16 = 1 << 14;

/// What one record says of one term, in few bytes: there are millions of them.
#[derive(Debug, Clone, Copy, Default)]
struct Posting {
    record: u32,
    /// How long its places are, as they are written.
    length: u16,
    /// The forms, above six bits of impact.
    said: u16,
}

impl Posting {
    fn impact(self) -> u32 {
        u32::from(self.said) & DIGIT_MAX
    }

    fn forms(self) -> u32 {
        u32::from(self.said) >> 6
    }
}

/// The postings of a piece of a block, ordered by term and then by record.
struct Posted {
    postings: Vec<Posting>,
    /// The places of all postings, in their order and as they are written: what is written of a term stands in a row.
    places: String,
    /// Where the postings of each term begin, and their places.
    starts: Vec<(u32, u32)>,
}

impl Posted {
    fn of(&self, term: usize) -> &[Posting] {
        &self.postings[self.starts[term].0 as usize..self.starts[term + 1].0 as usize]
    }

    fn places_of(&self, term: usize) -> &str {
        self.places.get(self.starts[term].1 as usize..self.starts[term + 1].1 as usize).unwrap_or_default()
    }
}

pub(super) fn post(records: &[&Record], blocks: Vec<Block>, vocabulary: Vocabulary) -> Vec<Term> {
    let averages = averages(&blocks);
    let firsts = blocks.iter().scan(0, |next, block| Some(std::mem::replace(next, *next + block.readings.len())));
    let firsts: Vec<usize> = firsts.collect();
    let Vocabulary { heads, places } = vocabulary;
    // Each block goes as soon as it is posted: no moment holds all of both.
    let posted: Vec<Posted> = blocks
        .into_par_iter()
        .zip(places)
        .zip(firsts)
        .with_max_len(1)
        .flat_map_iter(|((block, places), first)| {
            let at_once = AT_ONCE.max(block.readings.len().div_ceil(PIECES_MAX));
            let starts = (0..block.readings.len()).step_by(at_once);
            let post = |start: usize| {
                let of = start..block.readings.len().min(start + at_once);
                post_piece(&block, of, &places, heads.len(), &records[first..], first, &averages)
            };
            starts.map(post).collect::<Vec<_>>()
        })
        .collect();
    let heads = heads.into_par_iter().enumerate().with_max_len(SHARE);
    heads.map(|(term, head)| write_term(term, head, &posted, records.len())).collect()
}

fn averages(blocks: &[Block]) -> [f64; FIELDS.len()] {
    let readings = || blocks.iter().flat_map(|block| &block.readings);
    std::array::from_fn(|field| {
        let total: f64 = readings().map(|reading| f64::from(reading.lengths[field])).sum();
        (total / f64::from(count(readings().count().max(1)))).max(1.0)
    })
}

fn post_piece(
    block: &Block,
    of: Range<usize>,
    places: &[(u32, u32)],
    terms: usize,
    records: &[&Record],
    first: usize,
    averages: &[f64; FIELDS.len()],
) -> Posted {
    let begin = |at: usize| block.readings.get(at).map_or(block.occurrences.len(), |reading| reading.start);
    let most = begin(of.end) - begin(of.start);
    let mut unordered: Vec<(u32, Posting)> = Vec::with_capacity(most);
    let mut written = String::with_capacity(most * 3);
    let mut drafts = Drafts { by_term: vec![(0, 0); terms], of_record: Vec::new() };
    let mut placed: Vec<(u32, u32)> = Vec::new();
    let mut positions = Vec::new();
    for at in of {
        let (reading, record, number) = (&block.readings[at], records[at], first + at);
        let worths = worths(reading, averages, f64::from(record.weight));
        drafts.of_record.clear();
        placed.clear();
        for occurrence in &block.occurrences[reading.start..begin(at + 1)] {
            let (term, rank) = places[occurrence.form()];
            let (place, draft) = drafts.of(term, count(number) + 1);
            draft.said += worths[occurrence.field()];
            draft.forms |= 1 << rank.min(FORMS_MAX - 1);
            let position = occurrence.position();
            let is_new = draft.places == 0 || draft.last != position;
            if is_new && draft.places < PLACES_MAX {
                (draft.last, draft.places) = (position, draft.places + 1);
                placed.push((place, position));
            }
        }
        for &form in &reading.whole {
            if let Some(draft) = drafts.known(places[form as usize].0, count(number) + 1)
                && !std::mem::replace(&mut draft.is_whole, true)
            {
                draft.said *= WHOLE;
            }
        }
        // Most words stand in one place of a record, and the draft knows it.
        positions.clear();
        for draft in drafts.of_record.iter_mut().filter(|draft| draft.places > 1) {
            draft.next = count(positions.len());
            positions.resize(positions.len() + usize::from(draft.places), 0);
        }
        for &(place, position) in &placed {
            let draft = &mut drafts.of_record[place as usize];
            if draft.places > 1 {
                positions[draft.next as usize] = position;
                draft.next += 1;
            }
        }
        for draft in &drafts.of_record {
            let (start, end) = (written.len(), draft.next as usize);
            if draft.places > 1 {
                push_places(&mut written, &positions[end - usize::from(draft.places)..end]);
            } else {
                push_places(&mut written, std::slice::from_ref(&draft.last));
            }
            let length = u16::try_from(written.len() - start).expect("so many places are written in less");
            let said = draft.forms << 6 | u16::try_from(impact(draft.said)).unwrap_or(0);
            unordered.push((draft.term, Posting { record: count(number), length, said }));
        }
    }
    by_term(&unordered, written.as_bytes(), terms)
}

/// What is known so far of one term in the record that is read.
struct Draft {
    term: u32,
    said: f64,
    is_whole: bool,
    forms: u16,
    places: u16,
    last: u32,
    next: u32,
}

/// The terms of the record that is read, in the order in which they come.
struct Drafts {
    /// By term: the last record that held it, from one on, and its place among the terms of that record.
    by_term: Vec<(u32, u32)>,
    of_record: Vec<Draft>,
}

impl Drafts {
    fn of(&mut self, term: u32, record: u32) -> (u32, &mut Draft) {
        let known = &mut self.by_term[term as usize];
        if known.0 != record {
            *known = (record, count(self.of_record.len()));
            self.of_record.push(Draft { term, said: 0.0, is_whole: false, forms: 0, places: 0, last: 0, next: 0 });
        }
        (known.1, &mut self.of_record[known.1 as usize])
    }

    /// A name of the glossary may be a whole title without counting there, when it is not written in capitals.
    fn known(&mut self, term: u32, record: u32) -> Option<&mut Draft> {
        let (last, place) = self.by_term[term as usize];
        self.of_record.get_mut(place as usize).filter(|_| last == record)
    }
}

/// What one occurrence in each field of a record says: BM25F, where a long field dilutes.
fn worths(reading: &Reading, averages: &[f64; FIELDS.len()], weight: f64) -> [f64; FIELDS.len()] {
    std::array::from_fn(|at| {
        let field = &FIELDS[at];
        let length = f64::from(reading.lengths[at]) / averages[at];
        weight * field.weight / (1.0 - field.dilution + field.dilution * length)
    })
}

/// What the record says of the term, from 1 to [`DIGIT_MAX`]. All that a query adds is the rarity of the term.
fn impact(said: f64) -> u32 {
    rounded(said / (SATURATION + said) * f64::from(DIGIT_MAX)).clamp(1, DIGIT_MAX)
}

/// A counting sort: records come in order, and stay so within a term. What is written of them moves with them.
fn by_term(unordered: &[(u32, Posting)], written: &[u8], terms: usize) -> Posted {
    let mut starts = vec![(0, 0); terms + 1];
    for (term, posting) in unordered {
        let next = &mut starts[*term as usize + 1];
        *next = (next.0 + 1, next.1 + u32::from(posting.length));
    }
    for term in 0..terms {
        let start = starts[term];
        let next = &mut starts[term + 1];
        *next = (next.0 + start.0, next.1 + start.1);
    }
    let mut next = starts.clone();
    let mut postings = vec![Posting::default(); unordered.len()];
    let mut places = vec![0; written.len()];
    let mut rest = written;
    for (term, posting) in unordered {
        let (place, start) = &mut next[*term as usize];
        postings[*place as usize] = *posting;
        *place += 1;
        let own;
        (own, rest) = rest.split_at(usize::from(posting.length));
        let end = *start as usize + own.len();
        // The shortest are the most: a word, at one place.
        match (&mut places[*start as usize..end], own) {
            ([one, two, three], [first, second, third]) => (*one, *two, *three) = (*first, *second, *third),
            (places, own) => places.copy_from_slice(own),
        }
        *start = count(end);
    }
    Posted { postings, places: String::from_utf8(places).expect("numbers are written in ASCII"), starts }
}

fn write_term(term: usize, head: Head, posted: &[Posted], records: usize) -> Term {
    let (holders, mut cut) = cut(posted.iter().flat_map(|block| block.of(term)));
    let (mut postings, mut positions) = (String::new(), String::new());
    let (mut rest, mut deep) = (Vec::new(), Vec::<(u32, String)>::new());
    let (mut last, mut impacts) = (0, 0);
    for block in posted {
        // Where the places of a record go is where those before it went, mostly: what goes to the same text is copied at once.
        let places = block.places_of(term);
        let (mut from, mut at, mut to) = (0, 0, None);
        for posting in block.of(term) {
            let goes = if cut.takes(posting.impact()) {
                push_number(&mut postings, posting.record - last);
                push_digit(&mut postings, posting.impact());
                if head.forms.len() > 1 {
                    push_number(&mut postings, posting.forms());
                }
                last = posting.record;
                None
            } else {
                rest.push(posting.record);
                impacts += posting.impact();
                Some(posting.record / SPAN)
            };
            if goes != to {
                push_to(to, places.get(from..at).unwrap_or_default(), &mut positions, &mut deep);
                (from, to) = (at, goes);
            }
            at += usize::from(posting.length);
        }
        push_to(to, places.get(from..).unwrap_or_default(), &mut positions, &mut deep);
    }
    let floor = impacts.checked_div(count(rest.len())).map_or(0, |mean| mean.max(1));
    let rest = if rest.is_empty() { String::new() } else { push_set(&rest, records) };
    let Head { key, forms } = head;
    Term { key, idf: idf(holders, records), forms, postings, positions, rest, floor, deep }
}

/// Appends places to those that are written in full or to those of their stretch.
fn push_to(span: Option<u32>, places: &str, positions: &mut String, deep: &mut Vec<(u32, String)>) {
    if places.is_empty() {
        return;
    }
    match (span, deep.last_mut()) {
        (None, _) => positions.push_str(places),
        (Some(span), Some((last, text))) if *last == span => text.push_str(places),
        (Some(span), _) => deep.push((span, places.to_owned())),
    }
}

/// Which postings are written in full: those of more impact than `level`, and of those that have just that, the newest.
struct Cut {
    level: u32,
    /// How many records of just that impact are left to the rest; the oldest come first.
    left: u32,
}

impl Cut {
    fn takes(&mut self, impact: u32) -> bool {
        if impact == self.level && self.left > 0 {
            self.left -= 1;
            return false;
        }
        impact >= self.level
    }
}

/// How many records hold the term, and where to cut.
fn cut<'p>(postings: impl Iterator<Item = &'p Posting>) -> (u32, Cut) {
    let mut levels = [0_u32; DIGIT_MAX as usize + 1];
    for posting in postings {
        levels[posting.impact() as usize] += 1;
    }
    let holders = levels.iter().sum();
    let mut full = 0;
    for (level, &held) in levels.iter().enumerate().rev() {
        if full + held > FULL {
            return (holders, Cut { level: count(level), left: full + held - FULL });
        }
        full += held;
    }
    (holders, Cut { level: 0, left: 0 })
}

fn push_places(text: &mut String, places: &[u32]) {
    push_number(text, count(places.len()));
    let mut before = 0;
    for place in places {
        push_number(text, place - before);
        before = *place;
    }
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
    // What `round` does, without the call that it is on older processors.
    let whole = number as u32;
    whole + u32::from(number - f64::from(whole) >= 0.5)
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a book has less than 2^32 of anything")
}
