use indexmap::IndexMap;
use regex::Regex;

use super::{Declared, Symbol};
use crate::parse::{Key, Node};
use crate::source::{Span, Spanned};

/// A declared key: what it holds and how it is spoken of.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the declaration, and goes with any other")]
pub struct Field {
    /// Its name and where it is declared.
    pub key: Key,
    /// Its name, to be compared without being read.
    pub symbol: Symbol,
    /// Its name for readers; the key where not said.
    pub title: String,
    /// Help for the author.
    pub description: Option<String>,
    /// What it holds.
    pub shape: Shape,
    /// Whether leaving it out is a fault.
    pub required: bool,
    /// The condition under which `required` holds.
    pub when: Option<When>,
    /// Whether readers can filter by it.
    pub facet: bool,
    /// For a boolean: what readers are told on top of the page when it is true.
    pub notice: Option<String>,
    /// Whether pages show it; what only views and rules read need not be.
    pub shown: bool,
    /// For a number: what is counted.
    pub unit: Option<String>,
    /// Whether personal data is expected here: the published contact of an organisation.
    pub public: bool,
    /// What holds when nothing is written.
    pub default: Option<Node>,
    /// Values to show the author.
    pub examples: Vec<String>,
    /// Limits on the value.
    pub constraints: Constraints,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Whatever is written.
    Any,
    /// A text, or one of the choices of its constraints.
    String,
    /// A text in Markdown.
    Markdown,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, as `2024-06-30`.
    Date,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// Another document, or an entry of one.
    Reference(ReferenceShape),
    /// A list.
    Array(Box<Field>),
    /// Keys and values.
    Object(ObjectShape),
    /// Numbered items of the document, each with an address.
    Entries(ObjectShape),
    /// A measured result, tied to an indicator.
    Outcome(ObjectShape),
}

/// The keys inside an object.
#[derive(Debug, Clone, Default)]
pub struct ObjectShape {
    /// By name, in order.
    pub properties: Declared,
    /// Whether keys that are not declared are let through.
    pub additional: bool,
}

/// Where a reference may lead.
#[derive(Debug, Clone)]
pub struct ReferenceShape {
    /// The collections, in the order in which they are looked through.
    pub to: Vec<Spanned<String>>,
    /// Whether it names a document or an entry of one.
    pub entries: EntryPart,
    /// What the document referred to calls those that refer to it.
    pub inverse: Option<String>,
    /// Text to take off before looking up.
    pub prefix: Option<String>,
}

/// Whether a reference names `document` or `document#entry`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryPart {
    /// A document only.
    None,
    /// Either.
    Optional,
    /// An entry only.
    Required,
}

/// Limits on a value, in the words of JSON Schema.
#[derive(Debug, Clone, Default)]
pub struct Constraints {
    /// The values that can be chosen, with what readers see.
    pub choices: Option<IndexMap<String, String>>,
    /// Smallest number.
    pub minimum: Option<f64>,
    /// Largest number.
    pub maximum: Option<f64>,
    /// Step of a number.
    pub multiple_of: Option<f64>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// What a text must look like.
    pub pattern: Option<Regex>,
    /// Fewest items.
    pub min_items: Option<usize>,
    /// Most items.
    pub max_items: Option<usize>,
    /// Whether an item may be there twice.
    pub unique_items: bool,
    /// Most lines of a Markdown text.
    pub max_lines: Option<usize>,
}

/// A condition on other fields of the same document: each must have one of the values given.
#[derive(Debug, Clone)]
pub struct When {
    /// Field and accepted values.
    pub conditions: Vec<(Spanned<String>, Vec<String>)>,
    /// The condition's place.
    pub span: Span,
}

impl Field {
    /// What readers see for one of the field's choices; any other text is itself.
    pub fn choice_label<'a>(&'a self, text: &'a str) -> &'a str {
        self.constraints.choices.as_ref().and_then(|choices| choices.get(text)).map_or(text, String::as_str)
    }
}

impl Shape {
    /// The word of the schema for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::String => "string",
            Self::Markdown => "markdown",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Url => "url",
            Self::Email => "email",
            Self::Reference(_) => "reference",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Entries(_) => "entries",
            Self::Outcome(_) => "outcome",
        }
    }

    /// The words of the schema for a type.
    pub const NAMES: &'static [&'static str] = &[
        "any",
        "string",
        "markdown",
        "number",
        "integer",
        "boolean",
        "date",
        "url",
        "email",
        "reference",
        "array",
        "object",
        "entries",
        "outcome",
    ];
}
