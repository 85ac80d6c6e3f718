//! What can be found in a site: its documents and their entries, as records.

use std::{borrow::Cow, collections::BTreeMap};

use rayon::prelude::*;

use super::{Facet, FacetKind, Glossary, GlossaryTerm, Index, Options, Passage, Record, Text};
use crate::diagnostic::{Lang, tr};
use crate::model::{Document, Entry, Item, Site, Value};
use crate::parallel::SHARE;
use crate::parse::{Section, plain_text};
use crate::schema::{Field, Shape};

/// Pages about the book come after its documents, where both answer.
const FREE_PAGE: f32 = 0.5;

/// What explains a word comes after the documents that use the words of the explanation; under its own name it still comes first.
const EXPLANATION: f32 = 0.85;

/// Headings down to this level begin a passage.
const PASSAGE_LEVEL: u8 = 2;

/// Everything that the index takes from a site.
#[derive(Debug)]
pub struct Findable<'s> {
    /// One record a document, and one an entry.
    pub records: Vec<Record<'s>>,
    /// The words that the site explains.
    pub glossary: Glossary,
    /// The facets of its schema.
    pub options: Options,
}

impl Findable<'_> {
    /// The index of all of it.
    pub fn index(&self) -> Index<'_> {
        Index::build(&self.records, &self.glossary, &self.options)
    }
}

/// Collects what can be found, from the model's text.
pub fn findable<'s>(site: &'s Site, language: &str) -> Findable<'s> {
    let lang = Lang::from_tag(language);
    let documents: Vec<&Document> = site.published().collect();
    let records: Vec<Record<'s>> =
        documents.into_par_iter().with_max_len(SHARE).flat_map_iter(|document| records(site, lang, document)).collect();
    Findable { records, glossary: glossary(site), options: options(site, lang, language) }
}

fn options(site: &Site, lang: Lang, language: &str) -> Options {
    let mut facets =
        vec![Facet { key: "collection".to_owned(), label: tr!(lang, "Rubrique", "Section"), kind: FacetKind::Choice }];
    for field in site.schema.collections.values().flat_map(|collection| collection.fields.values()) {
        let known = facets.iter().any(|facet| facet.key == field.key.value);
        if field.facet && !known {
            let kind = if matches!(field.shape, Shape::Number | Shape::Integer) {
                FacetKind::Range
            } else {
                FacetKind::Choice
            };
            facets.push(Facet { key: field.key.value.clone(), label: field.title.clone(), kind });
        }
    }
    facets.push(Facet { key: "year".to_owned(), label: tr!(lang, "Année", "Year"), kind: FacetKind::Range });
    Options { language: language.to_owned(), facets }
}

fn glossary(site: &Site) -> Glossary {
    let mut terms = Vec::new();
    for collection in site.schema.collections.values() {
        let Some(keys) = &collection.glossary else { continue };
        for id in &site.by_collection[&collection.id] {
            let document = site.document(*id);
            let text = |key: &str| document.values.get(key).and_then(|item| item.value.as_text()).map(str::to_owned);
            let synonyms = document.values.get(&keys.synonyms).and_then(|item| item.value.items()).unwrap_or_default();
            let short = text(&keys.short);
            // A word that has no abbreviation is itself what its synonyms stand for.
            let long = text(&keys.long).or_else(|| short.is_none().then(|| document.page.title.value.clone()));
            let synonyms = synonyms.iter().filter_map(|item| item.value.as_text()).map(str::to_owned).collect();
            terms.push(GlossaryTerm { short, long, synonyms });
        }
    }
    Glossary { terms }
}

/// The document, then its entries.
fn records<'s>(site: &'s Site, lang: Lang, document: &'s Document) -> impl Iterator<Item = Record<'s>> + 's {
    let collection = site.collection_of(document);
    let name = collection.map(|collection| collection.title.as_str()).unwrap_or_default();
    let mut facets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut words = Words::default();
    if let Some(collection) = collection {
        facets.insert("collection".to_owned(), vec![name.to_owned()]);
        for (key, (_, item)) in &document.values.fields {
            let Some(field) = collection.fields.get(&*key) else { continue };
            words.add(site, field, item);
            if field.facet {
                let values = site.labels(field, item, lang);
                if !values.is_empty() {
                    facets.insert(key.as_str().to_owned(), values);
                }
            }
        }
    }
    if let Some(date) = &document.date {
        facets.insert("year".to_owned(), vec![date.value.year().to_string()]);
    }
    let sections = &document.page.body.sections;
    let mut body = passages(sections);
    body.extend(words.texts.into_iter().map(Passage::from));
    let summary = document.page.summary.as_ref().map(|summary| summary.value.as_str()).unwrap_or_default();
    let headings = sections.iter().filter(|section| section.level > 0);
    let record = Record {
        part_of: Cow::default(),
        url: document.page.url.as_str().into(),
        title: document.page.title.value.as_str().into(),
        context: Cow::default(),
        collection: name.into(),
        summary: summary.into(),
        headings: headings.map(|section| (&*section.title).into()).collect(),
        body,
        labels: words.labels,
        facets: facets.clone(),
        date: document.date.map(|date| date.value.to_string()),
        weight: match collection {
            Some(collection) if collection.glossary.is_some() => EXPLANATION,
            Some(_) => 1.0,
            None => FREE_PAGE,
        },
    };
    let entries = document.entries.iter().map(move |entry| of_entry(document, entry, name, &facets));
    std::iter::once(record).chain(entries)
}

/// The text of a page, cut at its greater headings: what stands below a lesser one belongs to the passage around it.
fn passages<'s>(sections: &'s [Section]) -> Vec<Passage<'s>> {
    let parts = sections.chunk_by(|_, next| next.level > PASSAGE_LEVEL);
    let passage = |part: &'s [Section]| {
        let first = part.first()?;
        Some(Passage { anchor: (&*first.id).into(), title: (&*first.title).into(), text: Text::Sections(part) })
    };
    let mut passages: Vec<Passage<'s>> = parts.filter_map(passage).collect();
    passages.retain(|passage| !(passage.text.is_empty() && passage.title.is_empty()));
    passages
}

fn of_entry<'s>(
    document: &'s Document,
    entry: &'s Entry,
    collection: &'s str,
    facets: &BTreeMap<String, Vec<String>>,
) -> Record<'s> {
    Record {
        part_of: document.page.url.as_str().into(),
        url: entry.url.as_str().into(),
        title: entry.title.as_str().into(),
        context: match entry.shown_number() {
            Some(number) => format!("{} · {number}", document.page.title.value).into(),
            None => document.page.title.value.as_str().into(),
        },
        collection: collection.into(),
        summary: Cow::default(),
        headings: entry.group.iter().map(|group| group.as_str().into()).collect(),
        body: entry.text.iter().map(|(text, _)| plain_text(text).into()).collect(),
        labels: entry.shown_number().map(Cow::from).into_iter().collect(),
        facets: facets.clone(),
        date: document.date.map(|date| date.value.to_string()),
        weight: 0.9,
    }
}

/// The words of a document's fields: texts of its own, and names of what it refers to.
#[derive(Default)]
struct Words<'s> {
    texts: Vec<Cow<'s, str>>,
    labels: Vec<Cow<'s, str>>,
}

impl<'s> Words<'s> {
    fn add(&mut self, site: &'s Site, field: &'s Field, item: &'s Item) {
        match (&item.value, &field.shape) {
            (Value::Markdown(text), _) => self.texts.push(plain_text(text).into()),
            (Value::Text(text), _) => match &field.constraints.choices {
                Some(_) => self.labels.push(field.choice_label(text).into()),
                None => self.texts.push((&**text).into()),
            },
            (Value::Reference(reference), _) => match site.target(reference.target) {
                Some((_, Some(entry))) => self.labels.push(entry.title.as_str().into()),
                Some((document, None)) => self.labels.push(document.page.title.value.as_str().into()),
                None => {}
            },
            (Value::List(items), Shape::Array(inner)) => items.iter().for_each(|item| self.add(site, inner, item)),
            (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape)) => {
                for (key, (_, item)) in &object.fields {
                    if let Some(field) = shape.properties.get(&*key) {
                        self.add(site, field, item);
                    }
                }
            }
            _ => {}
        }
    }
}
