//! The terms: who holds them, where they stand, how they are spelled.

use std::{borrow::Cow, ops::Range};

use serde_json::{Value, json};

use super::{
    directory::directory,
    json::{push_list, push_text},
    shard,
};
use crate::{
    artifact::Outlet,
    search::{build::Term, code::push_digit, lexicon::Spelling},
};

/// How small a file may be meant to be, in bytes before compression: a word of a query costs one of them.
const TERMS_SIZE: usize = 2 << 10;
const PLACES_SIZE: usize = 2 << 10;
const LEXICON_SIZE: usize = 2 << 10;

/// A larger book has larger files, not many more.
const TERMS_MAX: usize = 2048;
const PLACES_MAX: usize = 1024;

/// A stretch of a frequent word has about this size, however large the book.
const DEEP_SIZE_MAX: usize = 16 << 10;

/// So many files are named in the manifest itself.
const INLINE: usize = 128;

/// The spellings are named in the manifest, all of them.
const LEXICON_MAX: usize = 64;

/// What a query needs of each of its words: the spellings, and who holds it.
pub(super) fn postings<O: Outlet>(terms: &[Term], outlet: &O) -> Result<Value, O::Error> {
    let weight = |term: &Term| term.postings.len() + term.rest.len() + 24;
    let size = shard::size(terms.iter().map(weight).sum(), TERMS_SIZE, TERMS_MAX);
    list(
        "terms",
        terms,
        size,
        |term| &term.key,
        weight,
        outlet,
        |bytes, term| {
            bytes.push(b'[');
            push_text(bytes, &term.key);
            bytes.extend(format!(",{},", term.idf).into_bytes());
            push_list(bytes, &term.forms, |bytes, form| push_text(bytes, &form.written));
            bytes.push(b',');
            push_text(bytes, &term.postings);
            if !term.rest.is_empty() {
                bytes.push(b',');
                push_text(bytes, &term.rest);
                bytes.extend(format!(",{}", term.floor).into_bytes());
            }
            bytes.push(b']');
        },
    )
}

/// Where words stand: what a query of several needs besides.
pub(super) fn places<O: Outlet>(terms: &[Term], outlet: &O) -> Result<Value, O::Error> {
    let rows: Vec<_> = terms.iter().map(|term| (Cow::from(&term.key), term.positions.as_str())).collect();
    texts("places", &rows, usize::MAX, outlet)
}

/// Where frequent words stand in the records that say least of them: for quoted phrases. A word and a stretch make one key.
pub(super) fn deep<O: Outlet>(terms: &[Term], outlet: &O) -> Result<Value, O::Error> {
    let mut rows: Vec<(Cow<str>, &str)> = Vec::new();
    for term in terms {
        rows.extend(term.deep.iter().map(|(span, text)| (Cow::from(format!("{}!{span}", term.key)), text.as_str())));
    }
    rows.sort_unstable();
    texts("deep", &rows, DEEP_SIZE_MAX, outlet)
}

fn texts<O: Outlet>(folder: &str, rows: &[(Cow<str>, &str)], largest: usize, outlet: &O) -> Result<Value, O::Error> {
    let weight = |(key, text): &(Cow<str>, &str)| text.len() + key.len() + 7;
    let size = shard::size(rows.iter().map(weight).sum(), PLACES_SIZE, PLACES_MAX).min(largest);
    list(
        folder,
        rows,
        size,
        |(key, _)| key,
        weight,
        outlet,
        |bytes, (key, text)| {
            push_list(bytes, [&**key, *text], push_text);
        },
    )
}

/// One list of rows, cut into files and looked up by key.
fn list<T: Sync, O: Outlet>(
    folder: &str,
    rows: &[T],
    size: usize,
    key: impl Fn(&T) -> &str + Sync,
    weight: impl Fn(&T) -> usize,
    outlet: &O,
    write: impl Fn(&mut Vec<u8>, &T) + Sync,
) -> Result<Value, O::Error> {
    let cuts = shard::cuts(rows, size, |row| (key(row).as_bytes(), weight(row)));
    let names = shard::shards(folder, &cuts, outlet, |range, bytes| push_list(bytes, &rows[range], &write))?;
    let first = |shards: &Range<usize>| key(&rows[cuts[shards.start].start]);
    directory(folder, &names, INLINE, |ranges| ranges.iter().map(first).collect::<Vec<_>>().join(" "), outlet)
}

/// Every spelling, for what is still being typed and for what was mistyped.
pub(super) fn lexicon<O: Outlet>(lexicon: &[Spelling], outlet: &O) -> Result<Value, O::Error> {
    let weight = |spelling: &Spelling| spelling.form.len() / 2 + 2;
    let size = shard::size(lexicon.iter().map(weight).sum(), LEXICON_SIZE, LEXICON_MAX);
    let cuts = shard::cuts(lexicon, size, |spelling| (spelling.folded.as_bytes(), weight(spelling)));
    let names = shard::shards("lexicon", &cuts, outlet, |range, bytes| push_text(bytes, &spellings(&lexicon[range])))?;
    let firsts: Vec<&str> = cuts.iter().map(|cut| lexicon[cut.start].folded.as_str()).collect();
    Ok(json!({ "first": firsts.join(" "), "names": names.concat() }))
}

/// Spellings, each as what it shares with the one before, its frequency, and the rest.
fn spellings(spellings: &[Spelling]) -> String {
    let mut text = String::new();
    let mut before: &str = "";
    for spelling in spellings {
        let shared = before.chars().zip(spelling.form.chars()).take_while(|(one, other)| one == other).count();
        push_digit(&mut text, u32::try_from(shared).unwrap_or(0));
        push_digit(&mut text, spelling.frequency);
        text.extend(spelling.form.chars().skip(shared));
        text.push(' ');
        before = &spelling.form;
    }
    text
}
