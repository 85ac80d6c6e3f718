use crate::source::{Span, Spanned};

/// A piece of YAML (or TOML) and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes that it covers, without the blank line or the next key after it.
    pub span: Span,
    /// What it is.
    pub value: Yaml,
}

/// What a piece of YAML is, before any schema says what it means.
#[derive(Debug, Clone, PartialEq)]
pub enum Yaml {
    /// Nothing written, `~` or `null`.
    Null,
    /// A text; whether it is a number or a date is for the schema to say.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in the author's order.
    Mapping(Mapping),
}

/// A text as it was written, with escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text.
    pub text: String,
    /// Whether the author put it between quotes or in a block, so that it can only be text.
    pub quoted: bool,
}

/// A key and its place.
pub type Key = Spanned<String>;

/// Keys and values in the author's order; each key is there once.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// From the first key to the end of the last value.
    pub span: Span,
    /// The pairs.
    pub entries: Vec<(Key, Node)>,
}

impl Mapping {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, node)| node)
    }

    /// The key with its place, and its value.
    pub fn entry(&self, key: &str) -> Option<(&Key, &Node)> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(name, node)| (name, node))
    }
}

impl Node {
    /// The text of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Yaml::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The pairs of a mapping.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Yaml::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The items of a sequence.
    pub fn as_sequence(&self) -> Option<&[Self]> {
        match &self.value {
            Yaml::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        self.value == Yaml::Null
    }
}
