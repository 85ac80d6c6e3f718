//! The index in memory: what is written for the browser and searched from the command line.

use rayon::prelude::*;

use super::{
    analyse::Analyser,
    build::{self, Term},
    facets::{self, FacetTable},
    glossary::Concepts,
    language::Language,
    lexicon::{self, Spelling},
    record::{Glossary, Options, Record},
};

/// Everything that a search needs, built once from all records.
#[derive(Debug)]
pub struct Index<'r> {
    /// Documents by date, then by address, each before its parts: a record's number is its place here, and the greater document comes
    /// first where nothing else decides.
    pub(super) records: Vec<&'r Record<'r>>,
    /// Where the records of each document begin.
    pub(super) documents: Vec<u32>,
    /// By record, its document.
    pub(super) document_of: Vec<u32>,
    pub(super) terms: Vec<Term>,
    pub(super) lexicon: Vec<Spelling>,
    pub(super) facets: Vec<FacetTable>,
    pub(super) concepts: Concepts,
    pub(super) analyser: Analyser,
}

impl<'r> Index<'r> {
    /// Reads all records, in parallel; the same records give the same index in whatever order they come.
    pub fn build(records: &'r [Record<'r>], glossary: &Glossary, options: &Options) -> Self {
        let mut records: Vec<&'r Record<'r>> = records.iter().collect();
        let key = |record: &'r Record<'r>| (&record.date, record.document(), !record.part_of.is_empty(), &record.url);
        records.par_sort_by(|one, other| key(one).cmp(&key(other)));
        let (mut documents, mut document_of) = (Vec::new(), Vec::with_capacity(records.len()));
        for of_document in records.chunk_by(|one, next| one.document() == next.document()) {
            let number = build::count(documents.len());
            documents.push(build::count(document_of.len()));
            document_of.extend(of_document.iter().map(|_| number));
        }
        let analyser = Analyser::new(Language::of(&options.language));
        let concepts = Concepts::new(glossary, &analyser);
        let first = |&number: &u32| records[number as usize];
        let of_documents: Vec<&Record> = documents.iter().map(first).collect();
        let (terms, facets) = rayon::join(
            || build::terms(&records, &analyser, &concepts),
            || facets::tables(&of_documents, &options.facets, &analyser),
        );
        let lexicon = lexicon::lexicon(&terms, &analyser);
        Self { records, documents, document_of, terms, lexicon, facets, concepts, analyser }
    }

    /// The term of a key.
    pub(super) fn term(&self, key: &str) -> Option<&Term> {
        let place = self.terms.binary_search_by(|term| term.key.as_str().cmp(key)).ok();
        place.map(|place| &self.terms[place])
    }
}
