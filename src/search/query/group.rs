//! Puts what was found of a document below it: the document once, where its best record stands.

use super::PLACES_MAX;
use crate::search::Index;

/// A document and what was found of it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) document: u32,
    /// The score of its best record.
    pub(super) score: u64,
    /// That record is a part of it.
    pub(super) by_part: bool,
    /// Its best parts, the best first.
    pub(super) parts: Vec<u32>,
}

/// Groups ranked records. When nothing was asked, every part is as good as another: none is shown.
pub(super) fn group(ranked: &[(u32, u64)], all: bool, index: &Index) -> Vec<Found> {
    let mut places: Vec<Option<u32>> = vec![None; index.documents.len()];
    let mut groups: Vec<Found> = Vec::new();
    for &(record, score) in ranked {
        let document = index.document_of[record as usize];
        let is_part = index.documents[document as usize] != record;
        let place = places[document as usize].unwrap_or_else(|| {
            groups.push(Found { document, score, by_part: is_part, parts: Vec::new() });
            crate::search::build::count(groups.len() - 1)
        });
        places[document as usize] = Some(place);
        let parts = &mut groups[place as usize].parts;
        if is_part && !all && parts.len() < PLACES_MAX {
            parts.push(record);
        }
    }
    groups
}
