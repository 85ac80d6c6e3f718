//! The records themselves: what a result shows, and the text that its excerpt is cut from.

use std::ops::Range;

use super::{
    json::{push_list, push_text},
    shard,
};
use crate::artifact::Outlet;
use crate::search::record::{Passage, Record};

/// How small a file of records may be meant to be, in bytes: a result costs one of them.
const SIZE: usize = 2 << 10;

/// A folder with more files than this is a burden to publish: larger books have larger files, …
const FILES_MAX: usize = 4096;

/// … up to this size: beyond, a page of results would weigh more and more.
const SIZE_MAX: usize = 16 << 10;

/// So many files are named in the manifest itself: the results of a page stand in as many places, and each would cost a page of names.
pub(super) const INLINE: usize = 1280;

pub(super) struct Records {
    pub(super) names: Vec<String>,
    pub(super) cuts: Vec<Range<usize>>,
}

pub(super) fn shards<O: Outlet>(records: &[&Record], outlet: &O) -> Result<Records, O::Error> {
    let length = |texts: &[std::borrow::Cow<str>]| texts.iter().map(|text| text.len() + 3).sum::<usize>();
    let weight = |record: &Record| {
        let body: usize = record.body.iter().map(|passage| passage.text.len() + 8).sum();
        body + record.summary.len() + record.title.len() + length(&record.labels) + 64
    };
    let total: usize = records.iter().map(|record| weight(record)).sum();
    let size = shard::size(total, SIZE, FILES_MAX).min(SIZE_MAX);
    let cuts = shard::cuts(records, size, |record| (record.url.as_bytes(), weight(record)));
    let names = shard::shards("records", &cuts, outlet, |range, bytes| {
        bytes.reserve(records[range.clone()].iter().map(|record| weight(record) * 17 / 16).sum());
        push_list(bytes, &records[range], |bytes, record| push_record(bytes, record));
    })?;
    Ok(Records { names, cuts })
}

fn push_record(bytes: &mut Vec<u8>, record: &Record) {
    let Record { url, title, context, collection, summary, body, labels, date, .. } = record;
    let date = date.as_deref().unwrap_or_default();
    bytes.push(b'[');
    for text in [url, title, context, collection, date, summary] as [&str; 6] {
        push_text(bytes, text);
        bytes.push(b',');
    }
    push_list(bytes, labels, |bytes, label| push_text(bytes, label));
    bytes.push(b',');
    push_list(bytes, body, |bytes, Passage { anchor, title, text }| {
        push_list(bytes, [&**anchor, title, &text.read()], push_text);
    });
    bytes.push(b']');
}
