//! Where lists are cut into files, and what the files are called.

use std::{collections::HashSet, ops::Range};

use rayon::prelude::*;
use serde_json::Value;

use crate::artifact::Artifact;

/// No shard grows beyond this many times the size it is meant to have, unless a single item does.
const OVERSIZE: usize = 3;

/// How many characters of a name come from the content; 25 bits.
const NAME: usize = 5;

/// The files of one folder.
pub(super) struct Shards {
    pub(super) files: Vec<Artifact>,
    names: Vec<String>,
}

impl Shards {
    /// All names one after the other, each of [`NAME`] characters.
    pub(super) fn names(&self) -> String {
        self.names.concat()
    }
}

/// How large the shards of so many bytes are meant to be: a power of two, so that an edit seldom changes it.
pub(super) fn size(total: usize, least: usize, shards: usize) -> usize {
    least.max((total / shards).next_power_of_two())
}

/// Cuts a list into ranges of about `size` bytes.
///
/// An item ends a shard by what it is, more likely so the larger it is, and not by what came before it: after an edit, the cuts
/// further on are still the same, and so are the files.
pub(super) fn cuts<T>(items: &[T], size: usize, of: impl Fn(&T) -> (&[u8], usize)) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let (identity, weight) = of(item);
        if at > start && held + weight > OVERSIZE * size {
            cuts.push(start..at);
            (start, held) = (at, 0);
        }
        held += weight;
        let chance = usize::try_from(hash(identity) % size as u64).unwrap_or(0);
        if chance < weight {
            cuts.push(start..at + 1);
            (start, held) = (at + 1, 0);
        }
    }
    if start < items.len() {
        cuts.push(start..items.len());
    }
    cuts
}

/// Writes one file for each range.
pub(super) fn shards(folder: &str, cuts: &[Range<usize>], data: impl Fn(Range<usize>) -> Value + Sync) -> Shards {
    let payloads: Vec<(String, u64)> = cuts
        .par_iter()
        .map(|cut| {
            let payload = data(cut.clone()).to_string();
            let hash = hash(payload.as_bytes());
            (payload, hash)
        })
        .collect();
    let mut taken = HashSet::new();
    let names: Vec<String> = payloads
        .iter()
        .map(|(_, hash)| {
            // Two contents may meet in 25 bits: the later one takes the next free name.
            let mut names = (*hash..=u64::MAX).map(name);
            names.find(|name| taken.insert(name.clone())).expect("there are fewer shards than names")
        })
        .collect();
    let file = |((payload, _), name): (&(String, u64), &String)| script_of(&format!("{folder}/{name}"), payload);
    Shards { files: payloads.par_iter().zip(&names).map(file).collect(), names }
}

/// One script of data.
pub(super) fn script(name: &str, data: &Value) -> Artifact {
    script_of(name, &data.to_string())
}

fn script_of(name: &str, payload: &str) -> Artifact {
    Artifact::new(format!("search/{name}.js"), format!("recueilSearch.receive(\"{name}\",{payload});\n"))
}

fn name(mut hash: u64) -> String {
    // No letter that a file system without case would take for another.
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let digit = |_| {
        let digit = ALPHABET[usize::try_from(hash & 31).unwrap_or(0)];
        hash >>= 5;
        char::from(digit)
    };
    (0..NAME).map(digit).collect()
}

/// FNV-1a: the same on every machine and in every version, which `std` does not promise.
fn hash(bytes: &[u8]) -> u64 {
    let mixed = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(words: &[String]) -> Vec<Range<usize>> {
        cuts(words, 100, |word| (word.as_bytes(), word.len()))
    }

    #[test]
    fn cuts_cover_everything_once() {
        let words: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        let cuts = lengths(&words);
        assert!(cuts.len() > 10);
        assert_eq!(cuts.iter().cloned().flatten().collect::<Vec<_>>(), (0..500).collect::<Vec<_>>());
        assert!(lengths(&[]).is_empty());
    }

    #[test]
    fn an_insertion_moves_few_cuts() {
        let mut words: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        let shards =
            |words: &[String]| lengths(words).into_iter().map(|cut| words[cut].concat()).collect::<HashSet<_>>();
        let before = shards(&words);
        words.insert(100, "inserted".to_owned());
        assert!(before.difference(&shards(&words)).count() <= 2);
    }

    #[test]
    fn equal_contents_have_different_names() {
        let same = shards("x", &[0..1, 1..2], |_| Value::from("same"));
        assert_ne!(same.files[0].path, same.files[1].path);
        assert_eq!(same.names().len(), 2 * NAME);
    }
}
