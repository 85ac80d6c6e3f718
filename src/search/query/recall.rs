//! Who holds a word of the query, under which of its keys, and how surely that is what was meant.

use std::collections::BTreeMap;

use super::parse::{Group, Parsed};
use crate::search::{
    Index,
    analyse::Term as Spelled,
    build::{FORMS_MAX, Term},
    code::{Reader, read_set},
    lexicon,
};

/// How surely a posting is what was meant, in tenths.
const EXACT: u64 = 13;
const UNACCENTED: u64 = 11;
const INFLECTED: u64 = 10;
const NAMED: u64 = 11;
const BEGUN: u64 = 6;

/// A word that goes on has at least this many letters, and is completed in this many ways at most.
const BEGUN_LETTERS: usize = 2;
const COMPLETIONS: usize = 8;

/// What one record has of one word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) score: u64,
    /// The name of the glossary through which it was found, as its place among the forms of the concept.
    pub(super) name: Option<u32>,
}

/// Everything that counts as one word of the query.
#[derive(Debug)]
pub(super) struct Recalled {
    /// The keys under which the word itself stands.
    pub(super) keys: Vec<String>,
    /// The keys of its completions.
    pub(super) begun: Vec<String>,
    /// The names of the glossary that it belongs to.
    pub(super) names: Vec<usize>,
    /// By record, its best match.
    pub(super) matches: BTreeMap<u32, Match>,
}

pub(super) fn recall(group: &Group, index: &Index) -> Recalled {
    let mut keys: Vec<String> = Vec::new();
    for term in &group.terms {
        if !keys.contains(&term.stem) {
            keys.push(term.stem.clone());
        }
    }
    let begun = if group.open { completions(&group.terms[0], &keys, index) } else { Vec::new() };
    let mut recalled = Recalled { keys, begun, names: group.names.clone(), matches: BTreeMap::new() };
    for term in group.terms.iter().filter_map(|spelled| Some((spelled, index.term(&spelled.stem)?))) {
        let (spelled, term) = term;
        let sure = sureness(term, spelled, index);
        recalled.add(term, |forms| (sure.of(forms), None));
    }
    for name in recalled.names.clone() {
        let name = &index.concepts.names()[name];
        if let Some(term) = index.term(&name.key) {
            let own = term
                .forms
                .iter()
                .position(|form| form.written == name.written)
                .and_then(|place| u32::try_from(place).ok());
            recalled.add(term, |forms| (NAMED, other_name(forms, own)));
        }
    }
    for term in recalled.begun.clone().iter().filter_map(|key| index.term(key)) {
        recalled.add(term, |_| (BEGUN, None));
    }
    recalled
}

impl Recalled {
    fn add(&mut self, term: &Term, judge: impl Fn(u32) -> (u64, Option<u32>)) {
        for posting in postings(term).chain(rest(term)) {
            let (sure, name) = judge(posting.forms);
            let found = Match { score: u64::from(term.idf) * u64::from(posting.impact) * sure, name };
            let best = self.matches.entry(posting.record).or_insert(found);
            if found.score > best.score {
                *best = found;
            }
        }
    }
}

/// The records that hold a term and say less of it: all alike, and nobody knows under which forms unless there is only one.
pub(super) fn rest(term: &Term) -> impl Iterator<Item = Posting> {
    let (impact, forms) = (term.floor, u32::from(term.forms.len() == 1));
    read_set(&term.rest).into_iter().map(move |record| Posting { record, impact, forms })
}

/// One record that holds a term.
pub(super) struct Posting {
    pub(super) record: u32,
    impact: u32,
    forms: u32,
}

/// The records that say most of a term.
pub(super) fn postings(term: &Term) -> impl Iterator<Item = Posting> {
    let mut reader = Reader::new(&term.postings);
    let several = term.forms.len() > 1;
    let mut record = 0;
    std::iter::from_fn(move || {
        if reader.is_at_end() {
            return None;
        }
        record += reader.number();
        let impact = reader.digit();
        let forms = if several { reader.number() } else { 1 };
        Some(Posting { record, impact, forms })
    })
}

/// The forms of a term that are spelled as in the query, with and without regard to accents.
struct Sureness {
    exact: u32,
    unaccented: u32,
}

impl Sureness {
    fn of(&self, forms: u32) -> u64 {
        if forms & self.exact != 0 {
            EXACT
        } else if forms & self.unaccented != 0 {
            UNACCENTED
        } else {
            INFLECTED
        }
    }
}

fn sureness(term: &Term, spelled: &Spelled, index: &Index) -> Sureness {
    let mut sure = Sureness { exact: 0, unaccented: 0 };
    // The last place is shared by all rarer forms, and says nothing.
    for (form, place) in term.forms.iter().zip(0..FORMS_MAX - 1) {
        if form.written == spelled.form {
            sure.exact |= 1 << place;
        } else if index.analyser.fold(&form.written) == spelled.folded {
            sure.unaccented |= 1 << place;
        }
    }
    sure
}

/// The first name that stands in a record which does not hold the one asked for.
fn other_name(forms: u32, own: Option<u32>) -> Option<u32> {
    if own.is_some_and(|own| forms & (1 << own.min(FORMS_MAX - 1)) != 0) {
        return None;
    }
    (0..FORMS_MAX).find(|&place| forms & (1 << place) != 0 && Some(place) != own)
}

/// The keys that a word may grow into: those of the most frequent spellings that begin so.
fn completions(spelled: &Spelled, keys: &[String], index: &Index) -> Vec<String> {
    if spelled.folded.chars().count() < BEGUN_LETTERS {
        return Vec::new();
    }
    let mut spellings: Vec<_> = lexicon::starting(&index.lexicon, &spelled.folded).iter().collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.frequency));
    let mut begun = Vec::new();
    for spelling in spellings {
        let key = index.analyser.term(&spelling.form).stem;
        if begun.len() < COMPLETIONS && !keys.contains(&key) && !begun.contains(&key) {
            begun.push(key);
        }
    }
    begun
}

/// What was understood for a record: the names asked for, and those it holds instead.
pub(super) fn why(record: u32, parsed: &Parsed, groups: &[Recalled], index: &Index) -> Vec<String> {
    let mut reasons = Vec::new();
    for (group, recalled) in parsed.groups.iter().zip(groups) {
        let Some(Match { name: Some(place), .. }) = recalled.matches.get(&record) else { continue };
        for &asked in &group.names {
            let asked = &index.concepts.names()[asked];
            let found = index.term(&asked.key).and_then(|term| term.forms.get(*place as usize));
            if let Some(found) = found.filter(|found| found.written != asked.written) {
                let reason = format!("{} = {}", asked.written, found.written);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
    }
    reasons
}
