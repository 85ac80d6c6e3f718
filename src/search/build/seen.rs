//! The runs of letters that a block has read: most text repeats itself, and looking a run up is most of the work of indexing.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
};

use foldhash::fast::FixedState;

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
        let (start, end) = if let (Some(start), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u64::from_le_bytes(*start), u64::from_le_bytes(*end))
        } else if let (Some(start), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) {
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

/// What each run that was read holds: a stretch of a list of words.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    short: HashMap<Short, (u32, u32), FixedState>,
    long: HashMap<&'a str, (u32, u32), FixedState>,
}

impl<'a> Seen<'a> {
    pub(super) fn get(&self, run: &str) -> Option<(u32, u32)> {
        match Short::new(run) {
            Some(run) => self.short.get(&run).copied(),
            None => self.long.get(run).copied(),
        }
    }

    pub(super) fn insert(&mut self, run: &'a str, words: (u32, u32)) {
        match Short::new(run) {
            Some(run) => self.short.insert(run, words),
            None => self.long.insert(run, words),
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
            assert_eq!(seen.get(run).is_some(), known.contains(run), "{run}");
            seen.insert(run, (number, 1));
            known.push(run.clone());
            assert_eq!(seen.get(run), Some((number, 1)));
        }
    }
}
