//! The facets of the documents: their values, and which document has which.

use std::collections::BTreeSet;

use super::{
    analyse::Analyser,
    record::{Facet, FacetKind, Record},
};

/// One facet over all documents.
#[derive(Debug)]
pub(super) struct FacetTable {
    pub(super) facet: Facet,
    /// Its values, in the order that readers expect.
    pub(super) values: Vec<String>,
    /// By document: its values, as places among `values`.
    pub(super) of_document: Vec<Vec<u32>>,
}

pub(super) fn tables(records: &[&Record], facets: &[Facet], analyser: &Analyser) -> Vec<FacetTable> {
    facets.iter().map(|facet| table(records, facet, analyser)).collect()
}

fn table(records: &[&Record], facet: &Facet, analyser: &Analyser) -> FacetTable {
    let of = |record: &&Record| record.facets.get(&facet.key).cloned().unwrap_or_default();
    let values: BTreeSet<String> = records.iter().flat_map(of).collect();
    let mut values: Vec<String> = values.into_iter().collect();
    match facet.kind {
        FacetKind::Choice => values.sort_by_cached_key(|value| analyser.fold(value)),
        FacetKind::Range => values.sort_by(|one, other| number(one).total_cmp(&number(other))),
    }
    let place =
        |value: String| values.iter().position(|known| *known == value).and_then(|place| u32::try_from(place).ok());
    let places = |record| of(record).into_iter().filter_map(place).collect::<BTreeSet<u32>>().into_iter().collect();
    let of_document = records.iter().map(places).collect();
    FacetTable { facet: facet.clone(), values, of_document }
}

/// The number that a value of a range stands for.
pub(super) fn number(value: &str) -> f64 {
    value.replace(',', ".").parse().unwrap_or(f64::NAN)
}
