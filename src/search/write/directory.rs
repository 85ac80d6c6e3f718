//! Where the shards of a list are: the first key and the name of each.
//!
//! A small book has them all in its manifest. In a larger one the manifest would grow with the book: it holds the first key and the
//! name of pages of them only, and a look-up reads one page on its way.

use std::ops::Range;

use serde_json::{Value, json};

use super::{
    json::{push_list, push_text},
    shard,
};
use crate::artifact::Outlet;

/// How many shards a page is meant to hold.
const PAGE: usize = 64;

/// The directory of a folder's shards, as it stands in the manifest when there are at most `inline`; else its pages are files of
/// their own. `describe` tells where stretches of shards begin: by their first keys, or by how many items each holds.
pub(super) fn directory<O: Outlet>(
    folder: &str,
    names: &[String],
    inline: usize,
    describe: impl Fn(&[Range<usize>]) -> String + Sync,
    outlet: &O,
) -> Result<Value, O::Error> {
    let single: Vec<Range<usize>> = (0..names.len()).map(|at| at..at + 1).collect();
    if names.len() <= inline {
        return Ok(json!({ "first": describe(&single), "names": names.concat() }));
    }
    let cuts = shard::cuts(names, PAGE, |name| (name.as_bytes(), 1));
    let pages = shard::shards(&format!("{folder}-pages"), &cuts, outlet, |range, bytes| {
        let texts = [describe(&single[range.clone()]), names[range].concat()];
        push_list(bytes, &texts, |bytes, text| push_text(bytes, text));
    })?;
    Ok(json!({ "first": describe(&cuts), "names": pages.concat(), "paged": true }))
}
