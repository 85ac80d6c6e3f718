//! The index as files for the browser: scripts of data, small enough to fetch one by one.
//!
//! | file | holds | read |
//! |---|---|---|
//! | `manifest.js` | where all others are, the tables of the language, the glossary | once |
//! | `terms/*.js` | who holds a word | the shard of each word of a query |
//! | `places/*.js` | where it stands in the records that say most of it | when a query has several words |
//! | `deep/*.js` | where a frequent word stands in all others, stretch by stretch | for a quoted phrase |
//! | `lexicon/*.js` | spellings | for the word being typed, and for one not found |
//! | `records/*.js` | titles, addresses, texts | for the results on the screen |
//! | `facets/*.js` | the facets of all documents | on the full page |
//! | `*-pages/*.js` | where the shards of a large book are ([`directory`]) | on the way to one of them |
//!
//! Each is a script that hands its name and its data to `recueilSearch.receive`: that works from `file://` and under
//! `script-src 'self'`, where neither `fetch` nor JSON would. All but the manifest are named after their content, so that an
//! old copy in a cache is never taken for a new one. Shards are cut where their content says so ([`shard`]): an edit changes
//! the files around it and leaves the others alone.

use serde_json::json;

use super::{
    Index,
    build::{SPAN, count},
    code::push_number,
    record::FacetKind,
};
use crate::artifact::{Artifacts, Memory, Outlet};

mod json;
mod shard;
mod directory;
mod terms;
mod records;
mod facets;

/// What the manifest and the scripts must agree on; the scripts refuse another one.
const VERSION: u32 = 3;

impl Index<'_> {
    /// The files below `search/`, in memory.
    pub fn artifacts(&self) -> Artifacts {
        let memory = Memory::default();
        let Ok(()) = self.write_into(&memory);
        memory.into_artifacts()
    }

    /// Hands the files below `search/` to an outlet as they are made: together they take as much room as the book.
    ///
    /// # Errors
    ///
    /// Those of the outlet.
    pub fn write_into<O: Outlet>(&self, outlet: &O) -> Result<(), O::Error> {
        // Two after two: each names its files one by one, and a thread would wait for that.
        let of_terms = || {
            let (said, stand) =
                rayon::join(|| terms::postings(&self.terms, outlet), || terms::places(&self.terms, outlet));
            Ok((said?, stand?, terms::deep(&self.terms, outlet)?, terms::lexicon(&self.lexicon, outlet)?))
        };
        let (of_terms, records) = rayon::join(of_terms, || records::shards(&self.records, outlet));
        let (terms, places, deep, lexicon) = of_terms?;
        let records::Records { names, cuts } = records?;
        let held = |ranges: &[std::ops::Range<usize>]| {
            let records = |range: &std::ops::Range<usize>| cuts[range.clone()].iter().map(ExactSizeIterator::len).sum();
            numbers(ranges.iter().map(records))
        };
        let texts = directory::directory("records", &names, records::INLINE, held, outlet)?;
        let facets = facets::shard(&self.facets, self.documents.len(), outlet)?;
        let manifest = json!({
            "version": VERSION,
            "records": self.records.len(),
            "documents": self.sizes(),
            "terms": terms,
            "places": places,
            "deep": deep,
            "span": SPAN,
            "lexicon": lexicon,
            "texts": texts,
            "facets": self.facets.iter().map(|table| json!({
                "key": table.facet.key,
                "label": table.facet.label,
                "range": table.facet.kind == FacetKind::Range,
            })).collect::<Vec<_>>(),
            "facetsName": facets.concat(),
            "names": self.names(),
            "language": self.analyser.language(),
        });
        outlet.put(shard::script("manifest", &manifest)).map(drop)
    }

    /// How many records the documents have, and how many documents in a row have that many.
    fn sizes(&self) -> String {
        let ends = self.documents.iter().skip(1).copied().chain([count(self.records.len())]);
        let sizes: Vec<u32> = ends.zip(&self.documents).map(|(end, start)| end - start).collect();
        numbers(sizes.chunk_by(|one, next| one == next).flat_map(|run| [run[0] as usize, run.len()]))
    }

    /// The names of each concept of the glossary; its key is made of the words of the first.
    fn names(&self) -> Vec<Vec<&str>> {
        let concepts = self.concepts.names().chunk_by(|one, next| one.key == next.key);
        concepts.map(|names| names.iter().map(|name| name.written.as_str()).collect()).collect()
    }
}

fn numbers(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut text = String::new();
    numbers.into_iter().for_each(|number| push_number(&mut text, count(number)));
    text
}
