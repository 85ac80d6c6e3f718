//! Words that stand together: phrases that must be there, and neighbours that are worth more.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    parse::{Parsed, Phrase},
    recall::{Recalled, postings},
};
use crate::search::{Index, build::Term, code::Reader};

/// Words this close are about the same thing.
const NEIGHBOURS: u32 = 8;

type Places = BTreeMap<u32, Vec<u32>>;

/// Where the words of a query stand, when it has several.
pub(super) struct Near {
    /// By word of the query, by record.
    places: Vec<Places>,
    /// How far each word of the query stands from the one before.
    steps: Vec<u32>,
    /// The records that hold every phrase, if there is one.
    allowed: Option<BTreeSet<u32>>,
}

impl Near {
    pub(super) fn new(parsed: &Parsed, groups: &[Recalled], index: &Index) -> Self {
        let places = if groups.len() > 1 {
            groups.iter().map(|group| places_of(group, index)).collect()
        } else {
            Vec::new()
        };
        let between = |pair: &[super::parse::Group]| {
            u32::try_from(pair[1].place - pair[0].place).unwrap_or(u32::MAX)
        };
        let steps = parsed.groups.windows(2).map(between).collect();
        let allowed = parsed
            .phrases
            .iter()
            .map(|phrase| holders(phrase, index))
            .reduce(|all, phrase| all.intersection(&phrase).copied().collect());
        Self { places, steps, allowed }
    }

    pub(super) fn allows(&self, record: u32) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.contains(&record))
    }

    /// What is added for words `at` and `at + 1` standing together, given the lesser of their scores.
    pub(super) fn bonus(&self, at: usize, record: u32, lesser: u64) -> u64 {
        let (Some(one), Some(other)) =
            (self.places[at].get(&record), self.places[at + 1].get(&record))
        else {
            return 0;
        };
        let follows =
            one.iter().any(|place| other.binary_search(&(place + self.steps[at])).is_ok());
        if follows {
            lesser / 2
        } else if distance(one, other) <= NEIGHBOURS {
            lesser / 5
        } else {
            0
        }
    }
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

/// The places of a word, or of its completions while nothing has its own spelling.
fn places_of(group: &Recalled, index: &Index) -> Places {
    let own: Vec<_> = group.keys.iter().filter_map(|key| index.term(key)).collect();
    let terms = if own.is_empty() {
        group.begun.iter().filter_map(|key| index.term(key)).collect()
    } else {
        own
    };
    let mut all = Places::new();
    for term in terms {
        for (record, mut places) in places(term) {
            let known = all.entry(record).or_default();
            known.append(&mut places);
            known.sort_unstable();
        }
    }
    all
}

fn places(term: &Term) -> Places {
    let mut reader = Reader::new(&term.positions);
    let of_record = |reader: &mut Reader| {
        let count = reader.number();
        let mut place = 0;
        let mut next = || {
            place += reader.number();
            place
        };
        (0..count).map(|_| next()).collect()
    };
    postings(term).map(|posting| (posting.record, of_record(&mut reader))).collect()
}

fn holders(phrase: &Phrase, index: &Index) -> BTreeSet<u32> {
    let words: Vec<_> = phrase
        .words
        .iter()
        .map(|(key, offset)| (index.term(key).map(places).unwrap_or_default(), *offset))
        .collect();
    let stands = |record: &u32, start: u32| {
        words.iter().all(|(places, offset)| {
            let place = u32::try_from(*offset).ok().and_then(|offset| start.checked_add(offset));
            place.is_some_and(|place| {
                places.get(record).is_some_and(|places| places.binary_search(&place).is_ok())
            })
        })
    };
    words[0]
        .0
        .iter()
        .filter(|(record, starts)| starts.iter().any(|&start| stands(record, start)))
        .map(|(record, _)| *record)
        .collect()
}
