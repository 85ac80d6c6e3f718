use super::{Declared, Field, When};
use crate::source::{SourceId, Span, Spanned};

/// What the documents of a collection are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Documents that people read.
    Documents,
    /// Rules that documents are held against.
    Rules,
}

/// A folder of documents of one kind.
#[derive(Debug)]
pub struct Collection {
    /// The path of its folder below the content.
    pub id: String,
    /// The file that declares it.
    pub source: SourceId,
    /// The declaration's place.
    pub span: Span,
    /// What its documents are for.
    pub kind: Kind,
    /// Its name, for readers.
    pub title: String,
    /// What one of its documents is called.
    pub singular: String,
    /// One sentence about it.
    pub summary: String,
    /// How its documents are listed.
    pub sort: Sort,
    /// The template of its documents, when not the usual one.
    pub template: Option<Spanned<String>>,
    /// Its fields, in order; those common to the whole book come last.
    pub fields: Declared,
    /// Headings that the body must or may have.
    pub sections: Vec<SectionRule>,
    /// Whether keys that are not declared are let through.
    pub additional_properties: bool,
    /// The key that plays the part of `title`.
    pub title_field: String,
    /// The key that plays the part of `date`.
    pub date_field: String,
    /// The key that plays the part of `summary`.
    pub summary_field: String,
    /// The field that says who wrote a document; the authors of the book where there is none.
    pub author_field: Option<Spanned<String>>,
    /// What its documents are in the words of schema.org.
    pub schema_org: &'static str,
    /// Set when its documents explain words.
    pub glossary: Option<GlossaryKeys>,
    /// For rules: the collection whose entries they carry out.
    pub charters: Option<Spanned<String>>,
    /// The property of entries, `true` or `false`, that says that only people can judge them and no rule is wanted.
    pub judgement_field: Option<Spanned<String>>,
}

impl Collection {
    /// The fields that readers are told of first, in a document that says so.
    pub fn notices(&self) -> impl Iterator<Item = &Field> {
        self.fields.values().filter(|field| field.notice.is_some())
    }
}

/// What documents can be in the words of schema.org; the first where nothing is said.
pub const SCHEMA_ORG: &[&str] = &[
    "Article",
    "Report",
    "TechArticle",
    "CreativeWork",
    "DefinedTerm",
    "Organization",
    "AdministrativeArea",
    "Service",
];

/// How documents are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The field.
    pub key: Spanned<String>,
    /// Largest first.
    pub descending: bool,
}

/// A heading that a body must or may have.
#[derive(Debug)]
pub struct SectionRule {
    /// The heading.
    pub title: Spanned<String>,
    /// Whether a body without it is at fault.
    pub required: bool,
    /// The condition under which `required` holds.
    pub when: Option<When>,
    /// How many items it must hold at least.
    pub min_items: Option<usize>,
    /// Whether the site gathers it over all documents.
    pub gather: bool,
}

/// The fields of a collection that explain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryKeys {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub long: String,
    /// Other words for the same.
    pub synonyms: String,
}
