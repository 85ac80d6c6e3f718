//! What the index takes: records, a glossary, the facets. Plain values, so that this floor knows no model.

use std::collections::BTreeMap;

/// A stretch of a text that readers can be led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its anchor in the page; empty where there is none.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// Its text, without any markup.
    pub text: String,
}

impl From<&str> for Passage {
    /// A text that stands under no heading.
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// One thing that can be found: a document, or an entry of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The address of the document that it is a part of; empty for a document. What is part of one has its facets and its date.
    pub part_of: String,
    /// Where it stands, relative to the root of the site: `reports/x/` or `frameworks/y/#1.2`.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// The title of what it is a part of; empty for a document.
    pub context: String,
    /// The name of its collection, as readers see it.
    pub collection: String,
    /// What it says in a sentence.
    pub summary: String,
    /// The headings of its body.
    pub headings: Vec<String>,
    /// Its text.
    pub body: Vec<Passage>,
    /// Names that lead to it without standing in its body, such as those of the entries it cites.
    pub labels: Vec<String>,
    /// The values it has under each facet, as readers see them.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Its date, in ISO form.
    pub date: Option<String>,
    /// How much more it is worth than another record; 1 for most.
    pub weight: f32,
}

impl Record {
    /// The address of the document: its own, or that of what it is a part of.
    pub fn document(&self) -> &str {
        if self.part_of.is_empty() { &self.url } else { &self.part_of }
    }
}

impl Default for Record {
    fn default() -> Self {
        Self {
            part_of: String::new(),
            url: String::new(),
            title: String::new(),
            context: String::new(),
            collection: String::new(),
            summary: String::new(),
            headings: Vec::new(),
            body: Vec::new(),
            labels: Vec::new(),
            facets: BTreeMap::new(),
            date: None,
            weight: 1.0,
        }
    }
}

/// The short and long names of things, which are found under one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Its terms; the order matters to nothing.
    pub terms: Vec<GlossaryTerm>,
}

/// One thing and its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// Its acronym. When it is written in capitals, so must it be in the text.
    pub short: Option<String>,
    /// Its full name.
    pub long: Option<String>,
    /// Its other names.
    pub synonyms: Vec<String>,
}

/// How a facet is chosen from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FacetKind {
    /// Any of its values.
    #[default]
    Choice,
    /// A least and a greatest number; its values are numbers.
    Range,
}

/// One way to narrow a search down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// Its key, in records and in addresses.
    pub key: String,
    /// Its name, as readers see it.
    pub label: String,
    /// How it is chosen from.
    pub kind: FacetKind,
}

/// What holds for the whole index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of the book, as in `<html lang>`.
    pub language: String,
    /// The facets, in the order that readers see them.
    pub facets: Vec<Facet>,
}
