//! Words that stand together: phrases that must be there, and neighbours that are worth more.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    parse::{Parsed, Phrase},
    recall::{Posting, Recalled, postings, rest},
};
use crate::search::{Index, build::Term, code::Reader};

/// Words this close are about the same thing.
const NEIGHBOURS: u32 = 8;

/// By record, the places of a term.
type Places = BTreeMap<u32, Vec<u32>>;

/// How two words stand together in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Close,
    /// One follows the other as in the query.
    Follows,
}

/// Where the words of a query stand, when it has several.
pub(super) struct Near {
    /// By word of the query but the last: how it stands to the next one, by record.
    together: Vec<BTreeMap<u32, Closeness>>,
    /// The records that hold every phrase, if there is one.
    allowed: Option<BTreeSet<u32>>,
}

impl Near {
    pub(super) fn new(parsed: &Parsed, groups: &[Recalled], index: &Index) -> Self {
        let between = |pair: &[super::parse::Group]| u32::try_from(pair[1].place - pair[0].place).unwrap_or(u32::MAX);
        let steps = parsed.groups.windows(2).map(between);
        let together = groups.windows(2).zip(steps).map(|(pair, step)| together(pair, step, index)).collect();
        let allowed = parsed
            .phrases
            .iter()
            .map(|phrase| holders(phrase, index))
            .reduce(|all, phrase| all.intersection(&phrase).copied().collect());
        Self { together, allowed }
    }

    pub(super) fn allows(&self, record: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.contains(&record))
    }

    /// What is added for words `at` and `at + 1` standing together, given the lesser of their scores.
    pub(super) fn bonus(&self, at: usize, record: u32, lesser: u64) -> u64 {
        match self.together[at].get(&record) {
            Some(Closeness::Follows) => lesser / 2,
            Some(Closeness::Close) => lesser / 5,
            None => 0,
        }
    }
}

/// Where two words of the query stand together; a word that is still being typed stands nowhere.
fn together(pair: &[Recalled], step: u32, index: &Index) -> BTreeMap<u32, Closeness> {
    let terms = |group: &Recalled| -> Vec<_> { group.keys.iter().filter_map(|key| index.term(key)).collect() };
    let (ones, others) = (terms(&pair[0]), terms(&pair[1]));
    let mut all = BTreeMap::new();
    for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (one, other))) {
        for (record, closeness) in meetings(one, other, step) {
            let known = all.entry(record).or_insert(closeness);
            *known = closeness.max(*known);
        }
    }
    all
}

/// Looked for where the records say most of both: elsewhere the bonus, a part of the lesser score, would be next to nothing.
fn meetings(one: &Term, other: &Term, step: u32) -> Vec<(u32, Closeness)> {
    let (places, others) = (places(one), places(other));
    let closeness = |places: &[u32], others: &[u32]| {
        if places.iter().any(|place| others.binary_search(&(place + step)).is_ok()) {
            Some(Closeness::Follows)
        } else {
            (distance(places, others) <= NEIGHBOURS).then_some(Closeness::Close)
        }
    };
    let met = |(record, places): (&u32, &Vec<u32>)| Some((*record, closeness(places, others.get(record)?)?));
    places.iter().filter_map(met).collect()
}

/// The least distance between two ordered lists of places.
fn distance(one: &[u32], other: &[u32]) -> u32 {
    let (mut i, mut j, mut least) = (0, 0, u32::MAX);
    while let (Some(&a), Some(&b)) = (one.get(i), other.get(j)) {
        least = least.min(a.abs_diff(b));
        if a < b { i += 1 } else { j += 1 }
    }
    least
}

/// Where a term stands in the records that say most of it.
fn places(term: &Term) -> Places {
    read_places(&term.positions, postings(term)).collect()
}

/// Where a term stands in all records that hold it.
fn all_places(term: &Term) -> Places {
    let deep: String = term.deep.iter().map(|(_, places)| places.as_str()).collect();
    read_places(&term.positions, postings(term)).chain(read_places(&deep, rest(term))).collect()
}

fn read_places(text: &str, postings: impl Iterator<Item = Posting>) -> impl Iterator<Item = (u32, Vec<u32>)> {
    let mut reader = Reader::new(text);
    postings.map(move |posting| {
        let mut place = 0;
        let mut next = |reader: &mut Reader| {
            place += reader.number();
            place
        };
        let count = reader.number();
        (posting.record, (0..count).map(|_| next(&mut reader)).collect())
    })
}

/// The records that hold a phrase: its words in their places.
fn holders(phrase: &Phrase, index: &Index) -> BTreeSet<u32> {
    let words: Vec<_> = phrase.words.iter().filter_map(|(key, offset)| Some((index.term(key)?, *offset))).collect();
    if words.len() < phrase.words.len() {
        return BTreeSet::new();
    }
    let placed: Vec<_> = words.iter().map(|(term, offset)| (all_places(term), *offset)).collect();
    let rarest = placed.iter().min_by_key(|(places, _)| places.len());
    let held = rarest.into_iter().flat_map(|(places, _)| places.keys().copied());
    held.filter(|record| in_place(&placed, *record)).collect()
}

/// Whether all these words stand at their offsets from some place of a record.
fn in_place(words: &[(Places, usize)], record: u32) -> bool {
    let Some((places, first)) = words.first() else { return true };
    let stands = |place: u32| {
        words.iter().all(|(places, offset)| {
            let place = u32::try_from(offset - first).ok().and_then(|step| place.checked_add(step));
            let known = places.get(&record);
            place.zip(known).is_some_and(|(place, known)| known.binary_search(&place).is_ok())
        })
    };
    places.get(&record).is_some_and(|places| places.iter().any(|&place| stands(place)))
}
