use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::by_document::ByDocument;
use super::value;
use crate::model::{Document, DocumentId, Site, Target, Value};
use crate::schema::{Shape, Symbol};

/// What more documents than this have in common says nothing about any two of them.
const COMMON: usize = 60;

/// How many documents are suggested on a page.
const SUGGESTED: usize = 3;

/// Which documents have things in common: the documents and entries that both refer to, and the choices that both made.
pub(super) struct Related<'a> {
    /// What each document refers to.
    traits: ByDocument<Vec<Trait<'a>>>,
    /// Who has each trait.
    holders: HashMap<Trait<'a>, Vec<DocumentId>, FixedState>,
}

/// One thing that documents may have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Trait<'a> {
    Target(Target),
    Choice(&'a str, &'a str),
}

/// A document to read next, and what it shares.
pub(super) struct Suggestion {
    pub(super) document: DocumentId,
    /// The rarest things that both have, in words.
    pub(super) shared: Vec<String>,
}

impl<'a> Related<'a> {
    pub(super) fn new(site: &'a Site, listed: &BTreeMap<&'a str, Vec<&'a Document>>) -> Self {
        let mut related = Self { traits: ByDocument::new(site), holders: HashMap::default() };
        for (id, documents) in listed {
            let Some(collection) = site.schema.collection(id) else { continue };
            let facets: Vec<Symbol> =
                collection.fields.values().filter(|field| field.facet).map(|field| field.symbol).collect();
            for document in documents {
                let mut traits = Vec::new();
                for (name, (_, item)) in &document.values.fields {
                    if item.value.may_refer() {
                        let references = Value::references(item).into_iter();
                        traits.extend(references.map(|(reference, _)| Trait::Target(reference.target)));
                    }
                    if facets.contains(&name) {
                        let items = item.value.items().unwrap_or(std::slice::from_ref(item));
                        let texts = items.iter().filter_map(|item| item.value.as_text());
                        traits.extend(texts.map(|text| Trait::Choice(name.as_str(), text)));
                    }
                }
                traits.retain(|held| *held != Trait::Target(Target::Missing));
                traits.sort_unstable();
                traits.dedup();
                for held in &traits {
                    related.holders.entry(*held).or_default().push(document.id);
                }
                related.traits[document.id] = traits;
            }
        }
        related
    }

    /// The documents nearest to one: each thing in common weighs the more the fewer have it.
    pub(super) fn suggest(&self, site: &Site, document: &Document) -> Vec<Suggestion> {
        let traits = &self.traits[document.id];
        let mut found: BTreeMap<DocumentId, (f64, Vec<(usize, Trait<'a>)>)> = BTreeMap::new();
        for held in traits {
            let holders = self.holders.get(held).map(Vec::as_slice).unwrap_or_default();
            if holders.len() > COMMON {
                continue;
            }
            for other in holders.iter().filter(|other| **other != document.id) {
                let (weight, shared) = found.entry(*other).or_default();
                #[expect(clippy::cast_precision_loss, reason = "a book has few documents that share one thing")]
                let rarity = 1.0 / holders.len() as f64;
                *weight += rarity;
                shared.push((holders.len(), *held));
            }
        }
        // A document that is already linked from here is no discovery.
        found.retain(|other, (_, shared)| shared.len() > 1 && !traits.iter().any(|held| leads_to(held, *other)));
        let mut best: Vec<_> = found.into_iter().collect();
        best.sort_by(|(a, (first, _)), (b, (second, _))| second.total_cmp(first).then_with(|| a.cmp(b)));
        best.truncate(SUGGESTED);
        best.into_iter()
            .map(|(document_id, (_, mut shared))| {
                shared.sort_unstable();
                let words = shared.iter().filter_map(|(_, held)| in_words(site, document, held));
                let mut seen = Vec::new();
                words.for_each(|word| {
                    if !seen.contains(&word) && seen.len() < 2 {
                        seen.push(word);
                    }
                });
                Suggestion { document: document_id, shared: seen }
            })
            .collect()
    }
}

fn leads_to(held: &Trait<'_>, document: DocumentId) -> bool {
    matches!(held, Trait::Target(target) if target.document() == Some(document))
}

fn in_words(site: &Site, document: &Document, held: &Trait<'_>) -> Option<String> {
    match held {
        Trait::Target(target) => {
            let (document, entry) = site.target(*target)?;
            Some(entry.map_or_else(|| document.page.title.value.clone(), |entry| entry.title.clone()))
        }
        Trait::Choice(name, text) => {
            let field = site.collection_of(document)?.fields.get(*name)?;
            let field = match &field.shape {
                Shape::Array(items) => items,
                _ => field,
            };
            Some(value::label(field, text).to_owned())
        }
    }
}
