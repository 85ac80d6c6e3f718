//! Words that stand side by side, where one of them is too frequent for its places to be written down.
//!
//! The places of a word that stands in most records weigh more than all the rest of a query. What a query asks of them is little:
//! does the next word of the query follow, here, in this record? So each two words that meet, one of them frequent, have a
//! posting of their own.

use rayon::prelude::*;

use super::{
    gather::Block,
    post::{count, is_frequent},
};
use crate::search::code::push_number;

/// Two words are side by side when one is at most this many places after the other, and only small words lie between.
pub(crate) const STEPS: u32 = 5;

/// Two terms that stand side by side somewhere.
#[derive(Debug)]
pub(crate) struct Pair {
    /// The place of the lesser key among the terms, …
    pub(crate) one: u32,
    /// … and that of the greater.
    pub(crate) other: u32,
    /// For each record: the step from the record before, and a mask: the bits from 0 on for the steps from the lesser to the greater
    /// key, those from [`STEPS`] on for the steps back.
    pub(crate) postings: String,
}

/// Two terms side by side in one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meeting {
    terms: (u32, u32),
    record: u32,
    mask: u32,
}

/// What a term is to its neighbours.
pub(super) struct Standing {
    pub(super) frequent: bool,
    /// A small word or a name of the glossary: no neighbour.
    pub(super) apart: bool,
}

/// All pairs of which at least one term is frequent, in the order of their keys.
pub(super) fn pairs(blocks: &[Block], places: &[Vec<(u32, u32)>], holders: &[u32], apart: &[bool]) -> Vec<Pair> {
    if !holders.iter().any(|&holders| is_frequent(holders)) {
        return Vec::new();
    }
    let standing: Vec<_> = holders
        .iter()
        .zip(apart)
        .map(|(&holders, &apart)| Standing { frequent: is_frequent(holders), apart })
        .collect();
    let firsts =
        blocks.iter().scan(0, |next, block| Some(std::mem::replace(next, *next + count(block.readings.len()))));
    let firsts: Vec<u32> = firsts.collect();
    let mut meetings: Vec<Meeting> = blocks
        .par_iter()
        .zip(places)
        .zip(firsts)
        .flat_map_iter(|((block, places), first)| of_block(block, places, first, &standing))
        .collect();
    meetings.par_sort_unstable();
    meetings.par_chunk_by(|one, next| one.terms == next.terms).map(write).collect()
}

fn of_block(block: &Block, places: &[(u32, u32)], first: u32, standing: &[Standing]) -> Vec<Meeting> {
    let mut meetings = Vec::new();
    let ends = block.readings.iter().skip(1).map(|reading| reading.start);
    let ends = ends.chain([block.occurrences.len()]);
    let (mut before, mut here) = (Vec::new(), Vec::new());
    for ((reading, end), record) in block.readings.iter().zip(ends).zip(first..) {
        let (mut was, mut at) = (u32::MAX, u32::MAX);
        for occurrence in &block.occurrences[reading.start..end] {
            let term = places[occurrence.form as usize].0;
            if standing[term as usize].apart {
                continue;
            }
            if occurrence.position != at {
                (before, here) = (here, before);
                here.clear();
                (was, at) = (at, occurrence.position);
            }
            here.push(term);
            // Positions grow within a record: a step is small, or the one before is none.
            let step = at.wrapping_sub(was);
            if !(1..=STEPS).contains(&step) {
                continue;
            }
            for &earlier in &before {
                if standing[term as usize].frequent || standing[earlier as usize].frequent {
                    let forth = earlier <= term;
                    let terms = if forth { (earlier, term) } else { (term, earlier) };
                    meetings.push(Meeting { terms, record, mask: mask(step, forth) });
                }
            }
        }
        before.clear();
        here.clear();
    }
    meetings
}

/// The bit of a step from the lesser key to the greater, or back.
pub(crate) fn mask(step: u32, forth: bool) -> u32 {
    1 << (step - 1 + if forth { 0 } else { STEPS })
}

fn write(meetings: &[Meeting]) -> Pair {
    let mut postings = String::new();
    let mut last = 0;
    for of_record in meetings.chunk_by(|one, next| one.record == next.record) {
        push_number(&mut postings, of_record[0].record - last);
        push_number(&mut postings, of_record.iter().fold(0, |mask, meeting| mask | meeting.mask));
        last = of_record[0].record;
    }
    let (one, other) = meetings[0].terms;
    Pair { one, other, postings }
}
