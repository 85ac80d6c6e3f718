//! Facets: any of the chosen values within one, all facets together, and counts that tell what each further choice would give.

use std::collections::BTreeMap;

use super::group::Found;
use crate::search::{
    facets::{FacetTable, number},
    record::FacetKind,
};

pub(super) struct Narrowed {
    pub(super) found: Vec<Found>,
    /// By facet: its values, and how many of the found have each, whatever is chosen within that facet.
    pub(super) counts: Vec<Vec<(String, usize)>>,
}

pub(super) fn narrow(found: Vec<Found>, chosen: &BTreeMap<String, Vec<String>>, tables: &[FacetTable]) -> Narrowed {
    let accepted: Vec<Option<Vec<bool>>> =
        tables.iter().map(|table| accepted(table, chosen.get(&table.facet.key))).collect();
    let mut counts: Vec<Vec<usize>> = tables.iter().map(|table| vec![0; table.values.len()]).collect();
    let mut kept = Vec::new();
    for found in found {
        let document = found.document as usize;
        let of = |facet: usize| &tables[facet].of_document[document];
        let passes = |facet: usize| {
            accepted[facet].as_ref().is_none_or(|accepted| of(facet).iter().any(|&value| accepted[value as usize]))
        };
        let failed: Vec<usize> = (0..tables.len()).filter(|&facet| !passes(facet)).collect();
        // A document counts under a facet when it passes all the others.
        for facet in (0..tables.len()).filter(|facet| failed.iter().all(|failed| failed == facet)) {
            for value in of(facet) {
                counts[facet][*value as usize] += 1;
            }
        }
        if failed.is_empty() {
            kept.push(found);
        }
    }
    let counts =
        tables.iter().zip(counts).map(|(table, counts)| table.values.iter().cloned().zip(counts).collect()).collect();
    Narrowed { found: kept, counts }
}

/// Which values pass, or `None` when nothing is chosen.
fn accepted(table: &FacetTable, chosen: Option<&Vec<String>>) -> Option<Vec<bool>> {
    let chosen = chosen.filter(|chosen| !chosen.is_empty())?;
    Some(match table.facet.kind {
        FacetKind::Choice => table.values.iter().map(|value| chosen.contains(value)).collect(),
        FacetKind::Range => {
            let (from, to) = chosen[0].split_once("..").unwrap_or((&chosen[0], &chosen[0]));
            let bound = |value: &str, open: f64| Some(number(value)).filter(|bound| !bound.is_nan()).unwrap_or(open);
            let (least, greatest) = (bound(from, f64::NEG_INFINITY), bound(to, f64::INFINITY));
            table.values.iter().map(|value| (least..=greatest).contains(&number(value))).collect()
        }
    })
}
