//! The facets of all documents in one file: counts must be right at once, so all of it is needed.

use super::{
    json::{push_list, push_text},
    shard,
};
use crate::artifact::Outlet;
use crate::search::{code::push_number, facets::FacetTable};

/// For each facet its values, and for each document its values' places plus one, closed by a zero.
pub(super) fn shard<O: Outlet>(tables: &[FacetTable], documents: usize, outlet: &O) -> Result<Vec<String>, O::Error> {
    let all = [0..documents; 1];
    shard::shards("facets", if tables.is_empty() { &[] } else { &all }, outlet, |_, bytes| {
        push_list(bytes, tables, |bytes, table| {
            let mut codes = String::new();
            for values in &table.of_document {
                for value in values {
                    push_number(&mut codes, value + 1);
                }
                push_number(&mut codes, 0);
            }
            bytes.push(b'[');
            push_list(bytes, &table.values, |bytes, value| push_text(bytes, value));
            bytes.push(b',');
            push_text(bytes, &codes);
            bytes.push(b']');
        });
    })
}
