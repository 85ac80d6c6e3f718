//! The records themselves: what a result shows, and the text that its excerpt is cut from.

use serde_json::json;

use super::shard::{self, Shards};
use crate::search::{
    code::push_number,
    record::{Passage, Record},
};

/// How small a file of records may be meant to be: a result costs one of them.
const SIZE: usize = 2 << 10;

/// A folder with more files than this is a burden to publish: larger books have larger files.
const FILES_MAX: usize = 8192;

pub(super) struct Records {
    pub(super) shards: Shards,
    /// How many records each file holds.
    pub(super) sizes: String,
}

pub(super) fn shards(records: &[&Record]) -> Records {
    let weight = |record: &Record| {
        record.body.iter().map(|passage| passage.text.len() + 8).sum::<usize>()
            + record.summary.len()
            + record.title.len()
            + record.labels.concat().len()
            + 64
    };
    let total: usize = records.iter().map(|record| weight(record)).sum();
    let size = shard::size(total, SIZE, FILES_MAX);
    let cuts = shard::cuts(records, size, |record| (record.url.as_bytes(), weight(record)));
    let mut sizes = String::new();
    for cut in &cuts {
        push_number(&mut sizes, u32::try_from(cut.len()).unwrap_or(u32::MAX));
    }
    let shards = shard::shards("records", &cuts, |range| {
        let row = |record: &&Record| {
            let Record { url, title, context, collection, summary, body, labels, date, .. } = record;
            json!([
                url,
                title,
                context,
                collection,
                date.as_deref().unwrap_or_default(),
                summary,
                labels,
                body.iter().map(|Passage { anchor, title, text }| json!([anchor, title, text])).collect::<Vec<_>>()
            ])
        };
        records[range].iter().map(row).collect()
    });
    Records { shards, sizes }
}
