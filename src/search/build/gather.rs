//! Reads a block of records: which form stands where, under the block's own numbers.

use std::collections::{HashMap, hash_map::Entry};

use foldhash::fast::FixedState;

use super::{BODY, FIELDS, TITLE};
use crate::search::{
    analyse::{Analyser, Word},
    glossary::Concepts,
    record::Record,
};

/// Positions skipped between two texts, so that no phrase runs from a title into a summary.
const BREAK: u32 = 16;

/// One form at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) form: u32,
    pub(super) position: u32,
    pub(super) field: u8,
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
    forms: Vec<u32>,
    /// Names of the glossary that may begin here.
    names: Vec<usize>,
}

struct Gatherer<'a> {
    analyser: &'a Analyser,
    concepts: &'a Concepts,
    block: Block,
    forms: HashMap<String, u32, FixedState>,
    words: Vec<Known>,
    /// A run of letters is read once: most text repeats itself.
    segments: HashMap<&'a str, Vec<u32>, FixedState>,
}

pub(super) fn gather(records: &[&Record], analyser: &Analyser, concepts: &Concepts) -> Block {
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
        segments: HashMap::default(),
    };
    for record in records {
        gatherer.read(record);
    }
    let mut block = gatherer.block;
    block.counts = vec![0; block.forms.len()];
    for occurrence in &block.occurrences {
        block.counts[occurrence.form as usize] += 1;
    }
    block
}

impl<'a> Gatherer<'a> {
    fn read(&mut self, record: &'a Record) {
        let fields: [Vec<&str>; FIELDS.len()] = [
            vec![&record.title],
            vec![&record.summary],
            record.headings.iter().map(String::as_str).collect(),
            record.labels.iter().map(String::as_str).collect(),
            record.body.iter().map(|passage| passage.text.as_str()).collect(),
        ];
        let mut reading =
            Reading { start: self.block.occurrences.len(), lengths: [0; FIELDS.len()], whole: Vec::new() };
        let (mut position, mut words) = (0, Vec::new());
        for (field, texts) in fields.into_iter().enumerate() {
            for text in texts {
                words.clear();
                self.words_of(text, &mut words);
                reading.lengths[field] += self.place(&words, field, position);
                if field == TITLE {
                    reading.whole = self.whole(&words);
                }
                position += u32::try_from(words.len()).unwrap_or(u32::MAX) + BREAK;
            }
        }
        self.block.readings.push(reading);
    }

    /// Writes down the words of one text and the names among them; returns how many can be found.
    fn place(&mut self, words: &[u32], field: usize, from: u32) -> u32 {
        let mut length = 0;
        let known = |at: usize| words.get(at).map(|&word| &self.words[word as usize]);
        for ((at, &word), position) in words.iter().enumerate().zip(from..) {
            let word = &self.words[word as usize];
            let found = |form| Occurrence { form, position, field: u8::try_from(field).unwrap_or(u8::MAX) };
            if word.stop {
                // A query of nothing but stop words still finds titles.
                if field != BODY {
                    self.block.occurrences.extend(word.forms.iter().map(|&form| found(form)));
                }
                continue;
            }
            length += 1;
            self.block.occurrences.extend(word.forms.iter().map(|&form| found(form)));
            for &name in &word.names {
                let stem = |at| {
                    known(at).filter(|word| !word.stop).map(|word| self.block.forms[word.forms[0] as usize].0.as_str())
                };
                let spelled = !self.concepts.names()[name].capitals || word.capitals;
                if spelled && self.concepts.matches(name, at, words.len(), stem).is_some() {
                    self.block
                        .occurrences
                        .push(found(u32::try_from(name).expect("a glossary is counted in thousands")));
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
            (!word.stop).then(|| self.block.forms[word.forms[0] as usize].0.as_str())
        };
        let names = known(first).names.iter().filter(|&&name| {
            let matched = self.concepts.matches(name, first, words.len(), stem);
            matched.is_some_and(|end| end == last)
        });
        let names = names.filter_map(|&name| u32::try_from(name).ok());
        let alone: &[u32] = if first == last { &known(first).forms } else { &[] };
        names.chain(alone.iter().copied()).collect()
    }

    fn words_of(&mut self, text: &'a str, words: &mut Vec<u32>) {
        for span in self.analyser.segments(text) {
            let segment = text.get(span).unwrap_or_default();
            if let Some(known) = self.segments.get(segment) {
                words.extend(known);
                continue;
            }
            let read: Vec<u32> = self.analyser.segment_words(segment).into_iter().map(|word| self.know(word)).collect();
            words.extend(&read);
            self.segments.insert(segment, read);
        }
    }

    fn know(&mut self, word: Word) -> u32 {
        let names = self.concepts.starting(&word.term().stem).to_vec();
        let forms = word.terms.into_iter().map(|term| self.form(term.form, term.stem)).collect();
        self.words.push(Known { stop: word.stop, capitals: word.capitals, forms, names });
        u32::try_from(self.words.len() - 1).expect("a block has less than 2^32 words")
    }

    fn form(&mut self, form: String, stem: String) -> u32 {
        match self.forms.entry(form) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = u32::try_from(self.block.forms.len()).expect("a block has less than 2^32 forms");
                self.block.forms.push((stem, place.key().clone()));
                *place.insert(number)
            }
        }
    }
}
