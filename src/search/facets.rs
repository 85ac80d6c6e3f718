//! The facets of the documents: their values, and which document has which.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

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
    let all = records.iter().flat_map(|record| facet_values(record, &facet.key));
    let values: HashSet<&str, FixedState> = all.map(String::as_str).collect();
    let mut values: Vec<&str> = values.into_iter().collect();
    values.sort_unstable();
    match facet.kind {
        FacetKind::Choice => values.sort_by_cached_key(|value| analyser.fold(value)),
        FacetKind::Range => values.sort_by(|one, other| number(one).total_cmp(&number(other))),
    }
    let places: HashMap<&str, u32, FixedState> = values.iter().copied().zip(0..).collect();
    let of_record = |record: &&Record| -> Vec<u32> {
        let mut places: Vec<u32> =
            facet_values(record, &facet.key).iter().map(|value| places[value.as_str()]).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let of_document = records.iter().map(of_record).collect();
    FacetTable { facet: facet.clone(), values: values.into_iter().map(str::to_owned).collect(), of_document }
}

fn facet_values<'r>(record: &'r Record, key: &str) -> &'r [String] {
    record.facets.get(key).map(Vec::as_slice).unwrap_or_default()
}

/// The number that a value of a range stands for.
pub(super) fn number(value: &str) -> f64 {
    value.replace(',', ".").parse().unwrap_or(f64::NAN)
}
