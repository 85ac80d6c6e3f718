//! The index as files for the browser: scripts of data, small enough to fetch one by one.
//!
//! | file | holds | read |
//! |---|---|---|
//! | `manifest.js` | the names of all others, the tables of the language, the glossary | once |
//! | `terms/*.js` | postings | the shard of each word of a query |
//! | `positions/*.js` | the places of those postings | when a query has several words |
//! | `pairs/*.js` | who stands beside a frequent word | for that word and the next |
//! | `lexicon/*.js` | spellings | for the word being typed, and for one not found |
//! | `records/*.js` | titles, addresses, texts | for the results on the screen |
//! | `facets/*.js` | the facets of all documents | on the full page |
//!
//! Each is a script that hands its name and its data to `recueilSearch.receive`: that works from `file://` and under
//! `script-src 'self'`, where neither `fetch` nor JSON would. All but the manifest are named after their content, so that an
//! old copy in a cache is never taken for a new one. Shards are cut where their content says so ([`shard`]): an edit changes
//! the files around it and leaves the others alone.

use serde_json::{Value, json};

use super::{
    Index,
    build::{HOLDERS_MAX, Pair, Term, count},
    code::{push_digit, push_number},
    glossary::Name,
    lexicon::Spelling,
    record::FacetKind,
};
use crate::artifact::Artifact;

mod shard;
mod records;
mod facets;

use shard::{Shards, shards};

/// What the manifest and the scripts must agree on; the scripts refuse another one.
const VERSION: u32 = 2;

/// How small a shard may be meant to be, in bytes before compression: a word costs one of them, a name in the manifest each of them.
const TERMS_SIZE: usize = 3 << 10;
const LEXICON_SIZE: usize = 4 << 10;

/// A larger book has larger shards, not many more.
const SHARDS_MAX: usize = 1024;

impl Index<'_> {
    /// The files below `search/`.
    pub fn artifacts(&self) -> Vec<Artifact> {
        let mut files = Vec::new();
        let weight = |term: &Term| term.postings.len() + term.positions.len() / 2 + 24;
        let size = shard::size(self.terms.iter().map(weight).sum(), TERMS_SIZE, SHARDS_MAX);
        let cuts = shard::cuts(&self.terms, size, |term| (term.key.as_bytes(), weight(term)));
        let terms = shards("terms", &cuts, |range| {
            let terms = &self.terms[range];
            let forms = |term: &Term| term.forms.iter().map(|form| form.written.clone()).collect::<Vec<_>>();
            terms.iter().map(|term| json!([term.key, term.idf, forms(term), term.postings])).collect()
        });
        let positions = shards("positions", &cuts, |range| {
            self.terms[range].iter().map(|term| Value::from(term.positions.as_str())).collect()
        });
        let met = self.pairs.iter().map(|pair| {
            let other = self.terms[pair.other as usize].key.as_str();
            (other, pair.postings.len() + other.len() + 2)
        });
        let met: Vec<(&str, usize)> = met.collect();
        let size = shard::size(met.iter().map(|(_, size)| size).sum(), TERMS_SIZE, SHARDS_MAX);
        let met = shard::cuts(&met, size, |(other, size)| (other.as_bytes(), *size));
        let pairs = shards("pairs", &met, |range| self.pair_rows(&self.pairs[range]));
        let spelled =
            shard::cuts(&self.lexicon, LEXICON_SIZE, |spelling| (spelling.folded.as_bytes(), spelling.form.len() + 2));
        let lexicon = shards("lexicon", &spelled, |range| Value::from(spellings(&self.lexicon[range])));
        let records = records::shards(&self.records);
        let facets = facets::shard(&self.facets, self.documents.len());

        let firsts = |cuts: &[std::ops::Range<usize>], first: &dyn Fn(usize) -> String| {
            cuts.iter().map(|cut| first(cut.start)).collect::<Vec<_>>().join(" ")
        };
        let manifest = json!({
            "version": VERSION,
            "records": self.records.len(),
            "documents": self.sizes(),
            "terms": { "first": firsts(&cuts, &|at| self.terms[at].key.clone()), "names": terms.names(), "positions": positions.names() },
            "pairs": { "above": HOLDERS_MAX, "first": firsts(&met, &|at| self.pair_key(&self.pairs[at])), "names": pairs.names() },
            "lexicon": { "first": firsts(&spelled, &|at| self.lexicon[at].folded.clone()), "names": lexicon.names() },
            "texts": { "sizes": records.sizes, "names": records.shards.names() },
            "facets": self.facets.iter().map(|table| json!({
                "key": table.facet.key,
                "label": table.facet.label,
                "range": table.facet.kind == FacetKind::Range,
            })).collect::<Vec<_>>(),
            "facetsName": facets.names(),
            "names": self.concepts.names().iter().map(|Name { key, written, .. }| json!([key, written])).collect::<Vec<_>>(),
            "language": self.analyser.language(),
        });
        for Shards { files: shard, .. } in [terms, positions, pairs, lexicon, records.shards, facets] {
            files.extend(shard);
        }
        files.push(shard::script("manifest", &manifest));
        files
    }

    /// How many records each document has.
    fn sizes(&self) -> String {
        let mut sizes = String::new();
        let ends = self.documents.iter().skip(1).copied();
        for (end, start) in ends.chain([count(self.records.len())]).zip(&self.documents) {
            push_number(&mut sizes, end - start);
        }
        sizes
    }

    /// Two keys, which sort as they do one by one: a space is less than any letter.
    fn pair_key(&self, pair: &Pair) -> String {
        let key = |term: u32| &self.terms[term as usize].key;
        format!("{} {}", key(pair.one), key(pair.other))
    }

    /// For each lesser key: the greater ones, and the postings of each.
    fn pair_rows(&self, pairs: &[Pair]) -> Value {
        let row = |pairs: &[Pair]| {
            let others: Vec<&str> = pairs.iter().map(|pair| self.terms[pair.other as usize].key.as_str()).collect();
            let postings: Vec<&str> = pairs.iter().map(|pair| pair.postings.as_str()).collect();
            let one = &self.terms[pairs[0].one as usize].key;
            json!([one, others.join(" "), postings.join(" ")])
        };
        pairs.chunk_by(|one, next| one.one == next.one).map(row).collect()
    }
}

/// Spellings, each as what it shares with the one before, its frequency, and the rest.
fn spellings(spellings: &[Spelling]) -> String {
    let mut text = String::new();
    let mut before: &str = "";
    for spelling in spellings {
        let shared = before.chars().zip(spelling.form.chars()).take_while(|(one, other)| one == other).count();
        push_digit(&mut text, u32::try_from(shared).unwrap_or(0));
        push_digit(&mut text, spelling.frequency);
        text.extend(spelling.form.chars().skip(shared));
        text.push(' ');
        before = &spelling.form;
    }
    text
}
