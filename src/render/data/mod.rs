//! Open data: the fields of every document that readers see, for programs and spreadsheets.
//!
//! Each collection gives a table (CSV, RFC 4180) and a list of objects (JSON); one `datapackage.json` describes them all, with a Table
//! Schema made of what the collection declares. What no page shows (drafts, keys that nothing declares) is in none of them. The page
//! that lists the files says on which terms they may be used again.

mod cell;
mod columns;
mod csv;
mod json;
mod licence;
mod package;
mod page;

pub(super) use licence::Licence;
pub(super) use page::{Dataset, page};

use super::legal;
use super::shared::Shared;
use crate::artifact::Artifact;
use crate::schema::Collection;
use columns::Column;

/// The file that describes the others.
const PACKAGE: &str = "datapackage.json";

/// A collection as data.
struct Table<'a> {
    collection: &'a Collection,
    columns: Vec<Column<'a>>,
    /// Its name among files: its id, on one level.
    name: String,
    documents: usize,
}

/// The address of the page of open data; empty where the book offers none.
pub(super) fn url(shared: &Shared<'_>) -> String {
    let any = shared.cx.config.data.enabled && shared.listed.values().any(|documents| !documents.is_empty());
    if any { legal::free(shared, shared.words().url("data")) } else { String::new() }
}

/// Hands over every file of open data as soon as it is made: those of a large book are large, and no two of them need be in memory.
pub(super) fn files<E>(shared: &Shared<'_>, keep: impl Fn(Artifact) -> Result<(), E>) -> Result<(), E> {
    let url = url(shared);
    if url.is_empty() {
        return Ok(());
    }
    let tables = tables(shared);
    let mut sizes = Vec::with_capacity(tables.len());
    for table in &tables {
        let (csv, json) = rayon::join(|| csv::write(shared, table), || json::write(shared, table));
        sizes.push((csv.len(), json.len()));
        keep(Artifact::new(format!("{url}{}.csv", table.name), csv))?;
        keep(Artifact::new(format!("{url}{}.json", table.name), json))?;
    }
    keep(Artifact::new(format!("{url}{PACKAGE}"), package::write(shared, &url, &tables, &sizes)))
}

/// How many rows tell how much room all of them take.
const SAMPLE: usize = 100;

/// The room that all rows take, once the first [`SAMPLE`] are written: memory that is taken in one piece is not copied as it grows.
fn room(written: usize, documents: usize) -> usize {
    if documents <= SAMPLE { 0 } else { written / SAMPLE * (documents - SAMPLE) * 9 / 8 }
}

/// The collections that hold something, in the order of their folders.
fn tables<'a>(shared: &Shared<'a>) -> Vec<Table<'a>> {
    let collections = shared.cx.site.schema.collections.values();
    let counted = collections
        .map(|collection| (collection, shared.listed.get(collection.id.as_str()).map_or(0, Vec::len)))
        .filter(|(_, documents)| *documents > 0);
    let table = |(collection, documents): (&'a Collection, usize)| Table {
        collection,
        columns: columns::of(collection),
        name: collection.id.replace('/', "-"),
        documents,
    };
    counted.map(table).collect()
}

#[cfg(test)]
mod tests;
