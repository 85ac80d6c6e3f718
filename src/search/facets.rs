//! The facets of the documents: their values, and which document has which.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    analyse::Analyser,
    build::count,
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

fn table<'r>(records: &[&'r Record], facet: &Facet, analyser: &Analyser) -> FacetTable {
    // Each value has the number of its first appearance until all of them are known: it is looked up once.
    let mut values: Vec<&str> = Vec::new();
    let mut numbers: HashMap<&str, u32, FixedState> = HashMap::default();
    let mut number_of = |value: &'r String| {
        *numbers.entry(value).or_insert_with(|| {
            values.push(value);
            count(values.len() - 1)
        })
    };
    let mut of_document: Vec<Vec<u32>> =
        records.iter().map(|record| facet_values(record, &facet.key).iter().map(&mut number_of).collect()).collect();
    let value = |&number: &u32| values[number as usize];
    let mut order: Vec<u32> = (0..count(values.len())).collect();
    order.sort_unstable_by_key(value);
    match facet.kind {
        FacetKind::Choice => order.sort_by_cached_key(|number| analyser.fold(value(number))),
        FacetKind::Range => order.sort_by(|one, other| number(value(one)).total_cmp(&number(value(other)))),
    }
    let mut places = vec![0; values.len()];
    for (&number, place) in order.iter().zip(0..) {
        places[number as usize] = place;
    }
    for numbers in &mut of_document {
        for number in numbers.iter_mut() {
            *number = places[*number as usize];
        }
        numbers.sort_unstable();
        numbers.dedup();
    }
    FacetTable {
        facet: facet.clone(),
        values: order.iter().map(|number| value(number).to_owned()).collect(),
        of_document,
    }
}

fn facet_values<'r>(record: &'r Record, key: &str) -> &'r [String] {
    record.facets.get(key).map(Vec::as_slice).unwrap_or_default()
}

/// The number that a value of a range stands for.
pub(super) fn number(value: &str) -> f64 {
    value.replace(',', ".").parse().unwrap_or(f64::NAN)
}
