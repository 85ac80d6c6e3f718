//! Puts the found records in order.

use std::collections::BTreeMap;

use super::{near::Near, parse::Parsed, recall::Recalled};

pub(super) struct Ranking {
    /// Records and scores, the best first.
    pub(super) found: Vec<(u32, u64)>,
    /// No record holds all the words.
    pub(super) partial: bool,
}

pub(super) fn rank(parsed: &Parsed, groups: &[Recalled], near: &Near, records: usize) -> Ranking {
    if parsed.empty {
        let all = (0..u32::try_from(records).unwrap_or(u32::MAX)).rev();
        return Ranking { found: all.map(|record| (record, 0)).collect(), partial: false };
    }
    let words = groups.len() as u64;
    let mut held = BTreeMap::<u32, u64>::new();
    for record in groups.iter().flat_map(|group| group.matches.keys()).filter(|record| near.allows(**record)) {
        *held.entry(*record).or_default() += 1;
    }
    // One word in three may be missing; when no record holds that many, as many as one does.
    let most = held.values().copied().max().unwrap_or(0);
    let wanted = (words - words / 3).min(most);
    let score = |record: u32, held: u64| score(record, groups, near) * held * held / (words * words);
    let mut found: Vec<_> = held
        .iter()
        .filter(|(_, held)| **held >= wanted)
        .map(|(&record, &held)| (record, score(record, held)))
        .collect();
    found.sort_unstable_by_key(|&(record, score)| std::cmp::Reverse((score, record)));
    Ranking { found, partial: most < words }
}

/// What the words say of a record, alone and together.
fn score(record: u32, groups: &[Recalled], near: &Near) -> u64 {
    let scores: Vec<_> = groups.iter().map(|group| group.matches.get(&record).map_or(0, |found| found.score)).collect();
    let together = scores.windows(2).enumerate().filter(|(_, pair)| pair[0] > 0 && pair[1] > 0);
    let bonus: u64 = together.map(|(at, pair)| near.bonus(at, record, pair[0].min(pair[1]))).sum();
    scores.iter().sum::<u64>() + bonus
}
