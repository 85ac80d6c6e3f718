//! The facets of all records in one file: counts must be right at once, so all of it is needed.

use serde_json::json;

use super::shard::{self, Shards};
use crate::search::{code::push_number, facets::FacetTable};

/// For each facet its values, and for each record its values' places plus one, closed by a zero.
pub(super) fn shard(tables: &[FacetTable], records: usize) -> Shards {
    let all = [0..records; 1];
    shard::shards("facets", if tables.is_empty() { &[] } else { &all }, |_| {
        let table = |table: &FacetTable| {
            let mut codes = String::new();
            for values in &table.of_record {
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
