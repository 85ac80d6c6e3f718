//! The runs of letters that a block has read: most text repeats itself, and looking a run up is most of the work of indexing.

use std::{collections::HashMap, ops::Range};

use foldhash::fast::FixedState;

use super::gather::Known;
use crate::search::analyse::eight;

/// A run in the text that it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Run<'t> {
    pub(super) fn new(text: &'t str, span: Range<usize>) -> Self {
        Self { text, start: span.start, end: span.end }
    }

    pub(super) fn text(self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The run as a key; `None` for a long one.
    fn key(self) -> Option<Key> {
        let len = self.end - self.start;
        if len > 16 {
            return None;
        }
        // What stands behind the run is read too, and taken away: that costs less than to ask how long it is.
        let kept = |bytes: usize| u64::MAX.checked_shr(64 - 8 * u32::try_from(bytes).unwrap_or(0)).unwrap_or(0);
        let bytes = self.text.as_bytes();
        Some(Key {
            first: eight(bytes, self.start) & kept(len.min(8)),
            second: eight(bytes, self.start + 8) & kept(len.saturating_sub(8)),
        })
    }
}

/// A run of at most sixteen bytes as numbers: to compare two of them reads no text, which may be far away in memory. No run holds a
/// zero, so that those behind it tell how long it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    first: u64,
    second: u64,
}

impl Key {
    /// One multiplication, whose upper half knows of every bit.
    fn hash(self) -> u64 {
        let (one, other) = (self.first ^ 0x243f_6a88_85a3_08d3, self.second ^ 0x1319_8a2e_0370_7344);
        let product = u128::from(one) * u128::from(other);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
        let folded = (product >> 64) as u64 ^ product as u64;
        folded
    }
}

/// What a run holds: one word, mostly.
#[derive(Debug, Clone, Copy)]
enum Words {
    One(Known),
    Several { from: u32, len: u16 },
}

/// The words of each short run: a table at most two thirds full, in which a look-up mostly reads one place.
#[derive(Debug, Default)]
struct Table {
    /// As many places as a power of two; one that holds no run has an empty key.
    places: Vec<(Key, Option<Words>)>,
    held: usize,
}

impl Table {
    /// The place of a key, or the one to put it; there is none in an empty table.
    fn place(&self, key: Key) -> Option<usize> {
        let last = self.places.len().checked_sub(1)?;
        let mut at = usize::try_from(key.hash() & last as u64).unwrap_or(0);
        loop {
            let found = self.places[at].0;
            if found == key || found == Key::default() {
                return Some(at);
            }
            at = (at + 1) & last;
        }
    }

    fn get(&self, key: Key) -> Option<Words> {
        self.places[self.place(key)?].1
    }

    fn insert(&mut self, key: Key, words: Words) {
        if self.held * 3 >= self.places.len() * 2 {
            let wider = vec![(Key::default(), None); (self.places.len() * 2).max(1024)];
            for (key, words) in std::mem::replace(&mut self.places, wider) {
                if let Some(place) = self.place(key).filter(|_| words.is_some()) {
                    self.places[place] = (key, words);
                }
            }
        }
        if let Some(place) = self.place(key) {
            self.places[place] = (key, Some(words));
            self.held += 1;
        }
    }
}

/// The words of each run that was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    short: Table,
    long: HashMap<Box<str>, Words, FixedState>,
    /// The words of all runs that hold not just one.
    several: Vec<Known>,
}

impl Seen {
    /// Appends the words of a run, if it was read before.
    pub(super) fn get(&self, run: Run<'_>, words: &mut Vec<Known>) -> bool {
        let known = match run.key() {
            Some(key) => self.short.get(key),
            None => self.long.get(run.text()).copied(),
        };
        match known {
            Some(Words::One(word)) => words.push(word),
            Some(Words::Several { from, len }) => {
                words.extend_from_slice(&self.several[from as usize..from as usize + usize::from(len)]);
            }
            None => return false,
        }
        true
    }

    /// Keeps the words of a run that was not read before.
    pub(super) fn insert(&mut self, run: Run<'_>, read: &[Known]) {
        let words = match (read, u16::try_from(read.len())) {
            ([word], _) => Words::One(*word),
            (_, Ok(len)) => Words::Several { from: super::count(self.several.len()), len },
            // A run of so many words is no word of a language: it will not come again.
            (_, Err(_)) => return,
        };
        if let Words::Several { .. } = words {
            self.several.extend(read);
        }
        match run.key() {
            Some(key) => self.short.insert(key, words),
            None => drop(self.long.insert(run.text().into(), words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_is_taken_for_another() {
        let words = |len: usize| ["a".repeat(len), "ab".repeat(len), "é".repeat(len), format!("{len}{}", len * len)];
        let texts: Vec<String> = (1..1000).flat_map(|len| words(len).map(|word| format!("-{word} à"))).collect();
        let runs = || texts.iter().map(|text| Run::new(text, 1..text.len() - " à".len()));
        let mut seen = Seen::default();
        let mut known = HashMap::new();
        for (run, number) in runs().zip(0..) {
            assert_eq!(seen.get(run, &mut Vec::new()), known.contains_key(run.text()), "{}", run.text());
            let read = vec![Known::new(number, false, false); 1 + known.len() % 2];
            if known.insert(run.text(), read.clone()).is_none() {
                seen.insert(run, &read);
            }
        }
        for run in runs() {
            let mut words = Vec::new();
            assert!(seen.get(run, &mut words));
            assert_eq!(words, known[run.text()], "{}", run.text());
        }
    }
}
