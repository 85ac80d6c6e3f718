//! The runs of letters that a block has read: most text repeats itself, and looking a run up is most of the work of indexing.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
};

use foldhash::fast::FixedState;

use super::gather::Known;

/// A run of at most sixteen bytes as numbers: to compare two of them reads no text, which may be far away in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Short {
    start: u64,
    end: u64,
    len: u32,
}

impl Short {
    /// What the first and the last bytes of a run are; together with its length that is all of it.
    fn new(run: &str) -> Option<Self> {
        let bytes = run.as_bytes();
        let len = u32::try_from(bytes.len()).ok().filter(|&len| len <= 16)?;
        let (start, end) = if let (Some(start), Some(end)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (u64::from_le_bytes(*start), u64::from_le_bytes(*end))
        } else if let (Some(start), Some(end)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (u64::from(u32::from_le_bytes(*start)), u64::from(u32::from_le_bytes(*end)))
        } else {
            (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0)
        };
        Some(Self { start, end, len })
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.start);
        state.write_u64(self.end ^ u64::from(self.len));
    }
}

/// The words of each run that was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    short: HashMap<Short, Words, FixedState>,
    long: HashMap<Box<str>, Words, FixedState>,
    /// The words of all runs that hold not just one.
    several: Vec<Known>,
}

/// What a run holds: one word, mostly.
#[derive(Debug, Clone, Copy)]
enum Words {
    One(Known),
    Several { from: u32, len: u16 },
}

impl Seen {
    /// Appends the words of a run, if it was read before.
    pub(super) fn get(&self, run: &str, words: &mut Vec<Known>) -> bool {
        let known = match Short::new(run) {
            Some(run) => self.short.get(&run),
            None => self.long.get(run),
        };
        match known {
            Some(Words::One(word)) => words.push(*word),
            Some(&Words::Several { from, len }) => {
                words.extend_from_slice(&self.several[from as usize..from as usize + usize::from(len)]);
            }
            None => return false,
        }
        true
    }

    pub(super) fn insert(&mut self, run: &str, read: &[Known]) {
        let words = match (read, u16::try_from(read.len())) {
            ([word], _) => Words::One(*word),
            (_, Ok(len)) => Words::Several { from: super::count(self.several.len()), len },
            // A run of so many words is no word of a language: it will not come again.
            (_, Err(_)) => return,
        };
        if let Words::Several { .. } = words {
            self.several.extend(read);
        }
        match Short::new(run) {
            Some(run) => self.short.insert(run, words),
            None => self.long.insert(run.into(), words),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_is_taken_for_another() {
        let runs: Vec<String> = (1..40).flat_map(|len| ["a".repeat(len), "ab".repeat(len), "é".repeat(len)]).collect();
        let mut seen = Seen::default();
        let mut known = Vec::new();
        for (run, number) in runs.iter().zip(0..) {
            assert_eq!(seen.get(run, &mut Vec::new()), known.contains(run), "{run}");
            let read = vec![Known::new(number, false, false); 1 + known.len() % 2];
            seen.insert(run, &read);
            known.push(run.clone());
            let mut words = Vec::new();
            assert!(seen.get(run, &mut words));
            assert_eq!(words, read);
        }
    }
}
