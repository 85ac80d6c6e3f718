//! Reads a block of records: which form stands where, under the block's own numbers.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
    ops::Range,
};

use foldhash::fast::FixedState;

use super::{
    BODY, FIELDS, TITLE,
    seen::{Run, Seen},
};
use crate::search::{
    analyse::{Analyser, Word},
    glossary::{Concepts, last_word},
    record::Record,
};

/// Positions skipped between two texts, so that no phrase runs from a title into a summary.
const BREAK: u32 = 16;

/// The words of a text further on than this all stand in one place.
const POSITION_MAX: u32 = (1 << 24) - 1;

/// One form at one place of one field, in a single number: a book has millions of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Occurrence(u64);

impl Occurrence {
    fn new(form: u32, position: u32, field: usize) -> Self {
        let place = position.min(POSITION_MAX) << 8 | u32::try_from(field).unwrap_or(0);
        Self(u64::from(form) << 32 | u64::from(place))
    }

    pub(super) fn form(self) -> usize {
        usize::try_from(self.0 >> 32).unwrap_or(0)
    }

    pub(super) fn position(self) -> u32 {
        u32::try_from(self.0 >> 8 & u64::from(POSITION_MAX)).unwrap_or(0)
    }

    pub(super) fn field(self) -> usize {
        usize::try_from(self.0 & 0xff).unwrap_or(0)
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

/// A word as the block knows it, in one number: a form and nothing else for nearly all of them, the number of an [`Odd`] one for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known(u32);

impl Known {
    const STOP: u32 = 1 << 31;
    const ODD: u32 = 1 << 30;

    pub(super) fn new(number: u32, stop: bool, odd: bool) -> Self {
        Self(number & (Self::ODD - 1) | if stop { Self::STOP } else { 0 } | if odd { Self::ODD } else { 0 })
    }

    fn is_stop(self) -> bool {
        self.0 & Self::STOP != 0
    }

    fn is_odd(self) -> bool {
        self.0 & Self::ODD != 0
    }

    fn number(self) -> u32 {
        self.0 & (Self::ODD - 1)
    }
}

/// A word that has other forms, or begins a name of the glossary.
struct Odd {
    form: u32,
    /// The feminine of an inclusive form, the joined form of a compound.
    others: Box<[u32]>,
    capitals: bool,
    /// Names that may begin here.
    names: Box<[usize]>,
}

/// The names of the glossary, their stems as numbers: they are looked for at every word that begins one.
struct Names<'a> {
    concepts: &'a Concepts,
    stems: HashMap<&'a str, u32, FixedState>,
    /// By name: the stems of its words but the first.
    further: Vec<Vec<u32>>,
}

impl<'a> Names<'a> {
    fn new(concepts: &'a Concepts) -> Self {
        let mut stems = HashMap::default();
        let mut further = Vec::new();
        for name in concepts.names() {
            let numbers = name.stems.iter().skip(1).map(|stem| {
                // Zero is for stems that stand in no name.
                let next = super::count(stems.len() + 1);
                *stems.entry(stem.as_str()).or_insert(next)
            });
            further.push(numbers.collect());
        }
        Self { concepts, stems, further }
    }

    fn last_word(
        &self,
        name: usize,
        first: usize,
        len: usize,
        stem_at: impl Fn(usize) -> Option<u32>,
    ) -> Option<usize> {
        last_word(self.further[name].iter().copied(), first, len, stem_at)
    }
}

struct Gatherer<'a> {
    analyser: &'a Analyser,
    names: Names<'a>,
    block: Block,
    forms: HashMap<String, u32, FixedState>,
    /// By form: its stem among those of the names.
    stems: Vec<u32>,
    odd: Vec<Odd>,
    seen: Seen,
    /// The runs of the text that is read.
    spans: Vec<Range<usize>>,
}

pub(super) fn gather<'a>(records: &[&Record<'_>], analyser: &'a Analyser, concepts: &'a Concepts) -> Block {
    // Names come first, so that the number of a name is that of its form.
    let forms: Vec<_> = concepts.names().iter().map(|name| (name.key.clone(), name.written.clone())).collect();
    let stems = vec![0; forms.len()];
    let block =
        Block { forms, counts: Vec::new(), readings: Vec::with_capacity(records.len()), occurrences: Vec::new() };
    let mut gatherer = Gatherer {
        analyser,
        names: Names::new(concepts),
        block,
        forms: HashMap::default(),
        stems,
        odd: Vec::new(),
        seen: Seen::default(),
        spans: Vec::new(),
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

impl Gatherer<'_> {
    fn read(&mut self, record: &Record<'_>, words: &mut Vec<Known>) {
        let start = self.block.occurrences.len();
        let mut reading = Reading { start, lengths: [0; FIELDS.len()], whole: Vec::new() };
        let first = [(TITLE, &*record.title), (1, &*record.summary)].into_iter();
        let headings = record.headings.iter().map(|heading| (2, &**heading));
        let labels = record.labels.iter().map(|label| (3, &**label));
        let others = first.chain(headings).chain(labels).map(|(field, text)| (field, Cow::Borrowed(text)));
        let body = record.body.iter().map(|passage| (BODY, passage.text.read()));
        let mut position = 0;
        for (field, text) in others.chain(body) {
            words.clear();
            self.words_of(&text, words);
            reading.lengths[field] += self.place(words, field, position);
            if field == TITLE {
                reading.whole = self.whole(words);
            }
            position += u32::try_from(words.len()).unwrap_or(u32::MAX) + BREAK;
        }
        self.block.readings.push(reading);
    }

    /// Writes down the words of one text and the names among them; returns how many can be found.
    fn place(&mut self, words: &[Known], field: usize, from: u32) -> u32 {
        let mut length = 0;
        let mut occurrences = std::mem::take(&mut self.block.occurrences);
        // Room for a form a word. Small words are written down like all others and then written over: which word is a small one
        // cannot be guessed, and a processor that guesses wrong loses more than a write.
        let mut held = occurrences.len();
        occurrences.resize(held + words.len(), Occurrence::default());
        for ((at, &word), position) in words.iter().enumerate().zip(from..) {
            // A query of nothing but stop words still finds titles.
            let stays = !word.is_stop() || field != BODY;
            length += u32::from(!word.is_stop());
            put(&mut occurrences, held, Occurrence::new(self.form_of(word), position, field));
            held += usize::from(stays);
            let Some(odd) = self.odd_of(word).filter(|_| stays) else { continue };
            for &form in &odd.others {
                put(&mut occurrences, held, Occurrence::new(form, position, field));
                held += 1;
            }
            for &name in &odd.names {
                let spelled = !self.names.concepts.names()[name].capitals || odd.capitals;
                let stem = |at: usize| self.stem_of(words[at]);
                if spelled && self.names.last_word(name, at, words.len(), stem).is_some() {
                    let form = u32::try_from(name).expect("a glossary is counted in thousands");
                    put(&mut occurrences, held, Occurrence::new(form, position, field));
                    held += 1;
                }
            }
        }
        occurrences.truncate(held);
        self.block.occurrences = occurrences;
        length
    }

    fn whole(&self, words: &[Known]) -> Vec<u32> {
        let mut said = (0..words.len()).filter(|&at| !words[at].is_stop());
        let Some(first) = said.next() else { return Vec::new() };
        let last = said.next_back().unwrap_or(first);
        let odd = self.odd_of(words[first]);
        let names = odd.map_or(&[][..], |odd| &odd.names).iter().filter(|&&name| {
            let stem = |at: usize| self.stem_of(words[at]);
            self.names.last_word(name, first, words.len(), stem).is_some_and(|end| end == last)
        });
        let names = names.filter_map(|&name| u32::try_from(name).ok());
        let others = odd.map_or(&[][..], |odd| &odd.others).iter().copied();
        let alone = (first == last).then(|| others.chain([self.form_of(words[first])])).into_iter().flatten();
        names.chain(alone).collect()
    }

    fn odd_of(&self, word: Known) -> Option<&Odd> {
        word.is_odd().then(|| &self.odd[word.number() as usize])
    }

    fn form_of(&self, word: Known) -> u32 {
        self.odd_of(word).map_or(word.number(), |odd| odd.form)
    }

    /// The stem of a word among those of the names; `None` for a stop word.
    fn stem_of(&self, word: Known) -> Option<u32> {
        (!word.is_stop()).then(|| self.stems[self.form_of(word) as usize])
    }

    fn words_of(&mut self, text: &str, words: &mut Vec<Known>) {
        // First all runs, then their words: look-ups with nothing between them wait for memory together.
        let mut spans = std::mem::take(&mut self.spans);
        spans.clear();
        spans.extend(self.analyser.segments(text));
        for span in spans.drain(..) {
            let run = Run::new(text, span);
            if !self.seen.get(run, words) {
                let read: Vec<Known> =
                    self.analyser.segment_words(run.text()).into_iter().map(|word| self.know(word)).collect();
                words.extend(&read);
                self.seen.insert(run, &read);
            }
        }
        self.spans = spans;
    }

    fn know(&mut self, word: Word) -> Known {
        // Small words begin no name.
        let names = if word.stop { &[] } else { self.names.concepts.starting(&word.term().stem) };
        let mut forms = word.terms.into_iter().map(|term| self.form(term.form, term.stem));
        let form = forms.next().expect("a word has a term");
        let others: Box<[u32]> = forms.collect();
        if others.is_empty() && names.is_empty() {
            return Known::new(form, word.stop, false);
        }
        self.odd.push(Odd { form, others, capitals: word.capitals, names: names.to_vec().into() });
        Known::new(super::count(self.odd.len() - 1), word.stop, true)
    }

    fn form(&mut self, form: String, stem: String) -> u32 {
        match self.forms.entry(form) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = super::count(self.block.forms.len());
                self.stems.push(self.names.stems.get(stem.as_str()).copied().unwrap_or(0));
                self.block.forms.push((stem, place.key().clone()));
                *place.insert(number)
            }
        }
    }
}

/// Writes one occurrence at a place that has room, or next to the last.
fn put(occurrences: &mut Vec<Occurrence>, at: usize, occurrence: Occurrence) {
    match occurrences.get_mut(at) {
        Some(place) => *place = occurrence,
        None => occurrences.push(occurrence),
    }
}
