//! The facets of all documents in one file: counts must be right at once, so all of it is needed.

use serde_json::json;

use super::shard::{self, Shards};
use crate::search::{code::push_number, facets::FacetTable};

/// For each facet its values, and for each document its values' places plus one, closed by a zero.
pub(super) fn shard(tables: &[FacetTable], documents: usize) -> Shards {
    let all = [0..documents; 1];
    shard::shards("facets", if tables.is_empty() { &[] } else { &all }, |_| {
        let table = |table: &FacetTable| {
            let mut codes = String::new();
            for values in &table.of_document {
                for value in values {
                    push_number(&mut codes, value + 1);
                }
                push_number(&mut codes, 0);
            }
            json!([table.values, codes])
        };
        tables.iter().map(table).collect()
    })
}
