//! What the index takes: records, a glossary, the facets. Plain values, so that this floor knows no model.

use std::{borrow::Cow, collections::BTreeMap};

use crate::parse::Section;

/// A stretch of a text that readers can be led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage<'s> {
    /// Its anchor in the page; empty where there is none.
    pub anchor: Cow<'s, str>,
    /// Its heading.
    pub title: Cow<'s, str>,
    /// Its text, without any markup.
    pub text: Text<'s>,
}

impl<'s, T: Into<Cow<'s, str>>> From<T> for Passage<'s> {
    /// A text that stands under no heading.
    fn from(text: T) -> Self {
        Self { text: Text::Plain(text.into()), ..Self::default() }
    }
}

/// What a passage says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text<'s> {
    /// That.
    Plain(Cow<'s, str>),
    /// What sections of a page say, line by line: put together where it is read, for a book has megabytes of it.
    Sections(&'s [Section]),
}

impl Text<'_> {
    /// The text.
    pub fn read(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Sections([section]) => section.text.read(),
            Self::Sections(sections) => {
                let mut text = String::with_capacity(self.len());
                for (place, section) in sections.iter().enumerate() {
                    if place > 0 {
                        text.push('\n');
                    }
                    section.text.push_to(&mut text);
                }
                Cow::Owned(text)
            }
        }
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Sections(sections) => {
                sections.iter().map(|section| section.text.len() + 1).sum::<usize>().saturating_sub(1)
            }
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::Plain(Cow::default())
    }
}

impl<'s, T: Into<Cow<'s, str>>> From<T> for Text<'s> {
    fn from(text: T) -> Self {
        Self::Plain(text.into())
    }
}

/// One thing that can be found: a document, or an entry of it. It borrows its texts where it can: a book has megabytes of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'s> {
    /// The address of the document that it is a part of; empty for a document. What is part of one has its facets and its date.
    pub part_of: Cow<'s, str>,
    /// Where it stands, relative to the root of the site: `reports/x/` or `frameworks/y/#1.2`.
    pub url: Cow<'s, str>,
    /// What it is called.
    pub title: Cow<'s, str>,
    /// The title of what it is a part of; empty for a document.
    pub context: Cow<'s, str>,
    /// The name of its collection, as readers see it.
    pub collection: Cow<'s, str>,
    /// What it says in a sentence.
    pub summary: Cow<'s, str>,
    /// The headings of its body.
    pub headings: Vec<Cow<'s, str>>,
    /// Its text.
    pub body: Vec<Passage<'s>>,
    /// Names that lead to it without standing in its body, such as those of the entries it cites.
    pub labels: Vec<Cow<'s, str>>,
    /// The values it has under each facet, as readers see them.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Its date, in ISO form.
    pub date: Option<String>,
    /// How much more it is worth than another record; 1 for most.
    pub weight: f32,
}

impl Record<'_> {
    /// The address of the document: its own, or that of what it is a part of.
    pub fn document(&self) -> &str {
        if self.part_of.is_empty() { &self.url } else { &self.part_of }
    }
}

impl Default for Record<'_> {
    fn default() -> Self {
        Self {
            part_of: Cow::Borrowed(""),
            url: Cow::Borrowed(""),
            title: Cow::Borrowed(""),
            context: Cow::Borrowed(""),
            collection: Cow::Borrowed(""),
            summary: Cow::Borrowed(""),
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
