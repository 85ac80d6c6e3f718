//! Reads a block of records: which form stands where, under the block's own numbers.

use std::collections::{HashMap, hash_map::Entry};

use foldhash::fast::FixedState;

use super::{BODY, FIELDS, TITLE, seen::Seen};
use crate::search::{
    analyse::{Analyser, Word},
    glossary::Concepts,
    record::Record,
};

/// Positions skipped between two texts, so that no phrase runs from a title into a summary.
const BREAK: u32 = 16;

/// The words of a text further on than this all stand in one place.
const POSITION_MAX: u32 = (1 << 24) - 1;

/// One form at one place of one field, in a single number: a book has millions of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence(u64);

impl Occurrence {
    fn new(form: u32, position: u32, field: usize) -> Self {
        let place = position.min(POSITION_MAX) << 8 | u32::try_from(field).unwrap_or(0);
        Self(u64::from(form) << 32 | u64::from(place))
    }

    pub(super) fn form(self) -> usize {
        usize::try_from(self.0 >> 32).unwrap_or(0)
    }

    /// The position above the field, which has eight bits.
    pub(super) fn place(self) -> u32 {
        u32::try_from(self.0 & u64::from(u32::MAX)).unwrap_or(0)
    }
}

/// What was read of one record.
#[derive(Debug)]
pub(super) struct Reading {
    /// Its first occurrence within the block.
    pub(super) start: usize,
    /// How many words each field has.
    pub(super) lengths: [u32; FIELDS.len()],
    /// The forms that are by themselves its whole title: the names of glossary terms, single words.
    pub(super) whole: Vec<u32>,
}

/// What was read of consecutive records.
#[derive(Debug)]
pub(super) struct Block {
    /// The key and the spelling of every form met here.
    pub(super) forms: Vec<(String, String)>,
    /// How often each form was met.
    pub(super) counts: Vec<u32>,
    pub(super) readings: Vec<Reading>,
    pub(super) occurrences: Vec<Occurrence>,
}

/// A word as the block knows it.
struct Known {
    stop: bool,
    capitals: bool,
    /// It has one form and begins no name: all that there is to write down is that form.
    plain: bool,
    form: u32,
    /// Its other forms: the feminine of an inclusive one, the joined form of a compound.
    others: Box<[u32]>,
    /// Names of the glossary that may begin here.
    names: Box<[usize]>,
}

struct Gatherer<'a> {
    analyser: &'a Analyser,
    concepts: &'a Concepts,
    block: Block,
    forms: HashMap<String, u32, FixedState>,
    words: Vec<Known>,
    /// Where the words of a run of letters begin in `read`, and how many they are.
    seen: Seen<'a>,
    read: Vec<u32>,
}

pub(super) fn gather<'a>(records: &[&'a Record<'_>], analyser: &'a Analyser, concepts: &'a Concepts) -> Block {
    // Names come first, so that the number of a name is that of its form.
    let forms: Vec<_> = concepts.names().iter().map(|name| (name.key.clone(), name.written.clone())).collect();
    let block =
        Block { forms, counts: Vec::new(), readings: Vec::with_capacity(records.len()), occurrences: Vec::new() };
    let mut gatherer = Gatherer {
        analyser,
        concepts,
        block,
        forms: HashMap::default(),
        words: Vec::new(),
        seen: Seen::default(),
        read: Vec::new(),
    };
    let mut words = Vec::new();
    for record in records {
        gatherer.read(record, &mut words);
    }
    let mut block = gatherer.block;
    block.counts = vec![0; block.forms.len()];
    for occurrence in &block.occurrences {
        block.counts[occurrence.form()] += 1;
    }
    block
}

impl<'a> Gatherer<'a> {
    fn read(&mut self, record: &'a Record<'_>, words: &mut Vec<u32>) {
        let start = self.block.occurrences.len();
        let mut reading = Reading { start, lengths: [0; FIELDS.len()], whole: Vec::new() };
        let first = [(TITLE, &*record.title), (1, &*record.summary)].into_iter();
        let headings = record.headings.iter().map(|heading| (2, &**heading));
        let labels = record.labels.iter().map(|label| (3, &**label));
        let body = record.body.iter().map(|passage| (BODY, &*passage.text));
        let mut position = 0;
        for (field, text) in first.chain(headings).chain(labels).chain(body) {
            words.clear();
            self.words_of(text, words);
            reading.lengths[field] += self.place(words, field, position);
            if field == TITLE {
                reading.whole = self.whole(words);
            }
            position += u32::try_from(words.len()).unwrap_or(u32::MAX) + BREAK;
        }
        self.block.readings.push(reading);
    }

    /// Writes down the words of one text and the names among them; returns how many can be found.
    fn place(&mut self, words: &[u32], field: usize, from: u32) -> u32 {
        let mut length = 0;
        let Self { block: Block { occurrences, forms, .. }, words: known, concepts, .. } = self;
        for ((at, &word), position) in words.iter().enumerate().zip(from..) {
            let word = &known[word as usize];
            length += u32::from(!word.stop);
            // A query of nothing but stop words still finds titles.
            if word.stop && field == BODY {
                continue;
            }
            occurrences.push(Occurrence::new(word.form, position, field));
            if word.plain {
                continue;
            }
            occurrences.extend(word.others.iter().map(|&form| Occurrence::new(form, position, field)));
            for &name in &word.names {
                let stem = |at: usize| {
                    let word = &known[*words.get(at)? as usize];
                    (!word.stop).then(|| forms[word.form as usize].0.as_str())
                };
                let spelled = !concepts.names()[name].capitals || word.capitals;
                if spelled && concepts.matches(name, at, words.len(), stem).is_some() {
                    let form = u32::try_from(name).expect("a glossary is counted in thousands");
                    occurrences.push(Occurrence::new(form, position, field));
                }
            }
        }
        length
    }

    fn whole(&self, words: &[u32]) -> Vec<u32> {
        let known = |at: usize| &self.words[words[at] as usize];
        let mut said = (0..words.len()).filter(|&at| !known(at).stop);
        let Some(first) = said.next() else { return Vec::new() };
        let last = said.next_back().unwrap_or(first);
        let stem = |at: usize| {
            let word = known(at);
            (!word.stop).then(|| self.block.forms[word.form as usize].0.as_str())
        };
        let names = known(first).names.iter().filter(|&&name| {
            let matched = self.concepts.matches(name, first, words.len(), stem);
            matched.is_some_and(|end| end == last)
        });
        let names = names.filter_map(|&name| u32::try_from(name).ok());
        let word = known(first);
        let alone = (first == last).then(|| word.others.iter().chain([&word.form])).into_iter().flatten();
        names.chain(alone.copied()).collect()
    }

    fn words_of(&mut self, text: &'a str, words: &mut Vec<u32>) {
        for span in self.analyser.segments(text) {
            let segment = text.get(span).unwrap_or_default();
            if let Some((from, len)) = self.seen.get(segment) {
                words.extend_from_slice(&self.read[from as usize..(from + len) as usize]);
                continue;
            }
            let read: Vec<u32> = self.analyser.segment_words(segment).into_iter().map(|word| self.know(word)).collect();
            words.extend(&read);
            let place = (super::count(self.read.len()), super::count(read.len()));
            self.seen.insert(segment, place);
            self.read.extend(read);
        }
    }

    fn know(&mut self, word: Word) -> u32 {
        // Small words begin no name.
        let names = if word.stop { &[] } else { self.concepts.starting(&word.term().stem) };
        let mut forms = word.terms.into_iter().map(|term| self.form(term.form, term.stem));
        let form = forms.next().expect("a word has a term");
        let others: Box<[u32]> = forms.collect();
        let plain = others.is_empty() && names.is_empty();
        let known =
            Known { stop: word.stop, capitals: word.capitals, plain, form, others, names: names.to_vec().into() };
        self.words.push(known);
        super::count(self.words.len() - 1)
    }

    fn form(&mut self, form: String, stem: String) -> u32 {
        match self.forms.entry(form) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = super::count(self.block.forms.len());
                self.block.forms.push((stem, place.key().clone()));
                *place.insert(number)
            }
        }
    }
}
