//! Text to syntax: front matter, YAML, TOML, Markdown.
//!
//! Owns the trees that later floors read: [`Node`] for what stands in front matter, [`Body`] for what follows it. Parsing never
//! fails: each function returns the best tree it can and leaves findings in the sink. It reads no file and knows no schema:
//! a scalar is text until [`crate::model`] types it.
//!
//! Start with [`parse`].

mod exact;
mod front_matter;
mod items;
mod markdown;
mod node;
mod plain_yaml;
mod prose;
mod settings;
mod slug;
mod toml;
mod yaml;
mod broken_yaml;

pub(crate) use exact::exact;
pub use front_matter::Split;
pub use markdown::{Body, Link, Section, options as markdown_options, parse_text as parse_markdown, plain_text};
pub use node::{Key, Mapping, Node, Scalar, Yaml};
pub use prose::Prose;
pub use settings::{Settings, UNKNOWN_KEY, WRONG_SETTING, unknown_key, wrong};
pub use slug::slug;
pub use toml::parse as parse_toml;
pub use yaml::parse as parse_yaml;

use crate::diagnostic::{Check, Sink};
use crate::source::{Snapshot, SourceId};

/// The checks of this floor.
pub static CHECKS: &[&Check] = &[
    &front_matter::EMPTY_FILE,
    &front_matter::MISSING_FRONT_MATTER,
    &front_matter::UNCLOSED_FRONT_MATTER,
    &front_matter::NOT_UTF8,
    &front_matter::OVERSIZED_FILE,
    &broken_yaml::BROKEN_YAML,
    &yaml::DUPLICATE_KEY,
    &yaml::YAML_ANCHOR,
    &yaml::OVERSIZED_FRONT_MATTER,
    &toml::BROKEN_TOML,
    &UNKNOWN_KEY,
    &WRONG_SETTING,
];

/// One Markdown file, read.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub source: SourceId,
    /// The mapping of its front matter; `None` when it could not be read, in which case findings say why.
    pub front: Option<Mapping>,
    /// What follows the front matter.
    pub body: Body,
}

/// Reads one Markdown file.
pub fn parse(snapshot: &Snapshot, source: SourceId, sink: &mut Sink) -> Page {
    let split = front_matter::split(snapshot, source, sink);
    let file = snapshot.shared(source);
    let front = split.front.and_then(|range| match yaml::parse(&file.text, source, range.clone(), sink) {
        Some(Node { value: Yaml::Mapping(mapping), .. }) => Some(mapping),
        Some(Node { value: Yaml::Null, span }) => Some(Mapping { span, entries: Vec::new() }),
        Some(node) => {
            yaml::not_a_mapping(node.span, sink);
            None
        }
        None => None,
    });
    let body = markdown::parse(file, source, split.body);
    Page { source, front, body }
}
