//! Where lists are cut into files, and what the files are called.

use std::{collections::HashSet, ops::Range};

use rayon::prelude::*;
use serde_json::Value;

use crate::artifact::{Artifact, Outlet};

/// No shard grows beyond this many times the size it is meant to have, unless a single item does.
const OVERSIZE: usize = 2;

/// So many files are in memory at a time: their names depend on one another, and nothing else does.
const AT_ONCE: usize = 256;

/// How many characters of a name come from the content; 25 bits.
const NAME: usize = 5;

/// How large the shards of so many bytes are meant to be: a power of two, so that an edit seldom changes it.
pub(super) fn size(total: usize, least: usize, shards: usize) -> usize {
    least.max((total / shards).next_power_of_two())
}

/// Cuts a list into ranges of about `size` bytes.
///
/// An item ends a shard by what it is, more likely so the larger it is, and not by what came before it: after an edit, the cuts
/// further on are still the same, and so are the files. An item larger than a shard stands alone, so that none of its neighbours
/// costs as much as it does.
pub(super) fn cuts<T>(items: &[T], size: usize, of: impl Fn(&T) -> (&[u8], usize)) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let (identity, weight) = of(item);
        if at > start && (weight > size || held + weight > OVERSIZE * size) {
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

/// Writes one file for each range, and tells their names; `data` appends the JSON of one.
pub(super) fn shards<O: Outlet>(
    folder: &str,
    cuts: &[Range<usize>],
    outlet: &O,
    data: impl Fn(Range<usize>, &mut Vec<u8>) + Sync,
) -> Result<Vec<String>, O::Error> {
    // The name of a file stands in it and is known when the rest is: its place is kept.
    let before = format!("recueilSearch.receive(\"{folder}/");
    let place = before.len()..before.len() + NAME;
    let write = |cut: &Range<usize>| {
        let mut bytes = before.clone().into_bytes();
        bytes.extend([b'-'; NAME]);
        bytes.extend(b"\",");
        data(cut.clone(), &mut bytes);
        bytes.extend(b");\n");
        let hash = hash(&bytes);
        (bytes, hash)
    };
    let mut taken = HashSet::new();
    let mut name = |(mut bytes, hash): (Vec<u8>, u64)| {
        // Two contents may meet in 25 bits: the later one takes the next free name.
        let mut names = (hash..=u64::MAX).map(spelled);
        let name = names.find(|name| taken.insert(name.clone())).expect("there are fewer shards than names");
        if let Some(kept) = bytes.get_mut(place.clone()) {
            kept.copy_from_slice(name.as_bytes());
        }
        (Artifact::new(format!("search/{folder}/{name}.js"), bytes), name)
    };
    let mut names = Vec::with_capacity(cuts.len());
    for cuts in cuts.chunks(AT_ONCE) {
        let written: Vec<_> = cuts.par_iter().map(write).collect();
        let (files, named): (Vec<_>, Vec<_>) = written.into_iter().map(&mut name).unzip();
        names.extend(named);
        files.into_par_iter().try_for_each(|file| outlet.put(file).map(drop))?;
    }
    Ok(names)
}

/// One script of data.
pub(super) fn script(name: &str, data: &Value) -> Artifact {
    Artifact::new(format!("search/{name}.js"), format!("recueilSearch.receive(\"{name}\",{data});\n"))
}

fn spelled(mut hash: u64) -> String {
    // No letter that a file system without case would take for another.
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let digit = |_| {
        let digit = ALPHABET[usize::try_from(hash & 31).unwrap_or(0)];
        hash >>= 5;
        char::from(digit)
    };
    (0..NAME).map(digit).collect()
}

/// Multiplies and mixes words of eight bytes: the same on every machine and in every version, which `std` does not promise.
fn hash(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ (hash >> 29)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let mixed = rest.iter().fold(hash ^ bytes.len() as u64, |hash, byte| mix(hash, u64::from(*byte)));
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::{super::json::push_text, *};
    use crate::artifact::Memory;

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
    fn a_large_item_stands_alone() {
        let mut words: Vec<String> = (0..50).map(|n| format!("word{n}")).collect();
        words.insert(20, "large".repeat(100));
        assert!(lengths(&words).contains(&(20..21)));
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
        let memory = Memory::default();
        let Ok(names) = shards("x", &[0..1, 1..2], &memory, |_, bytes| push_text(bytes, "same"));
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|name| name.len() == NAME));
        let files = memory.into_artifacts();
        for name in &names {
            let expected = format!("recueilSearch.receive(\"x/{name}\",\"same\");\n");
            assert_eq!(files.get(&format!("search/x/{name}.js")), Some(expected.as_bytes()));
        }
    }
}
