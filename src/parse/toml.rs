use toml_edit::{Document, Item, TableLike, Value};

use super::{Key, Mapping, Node, Scalar, Yaml};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::{Snapshot, SourceId, Span};

pub(super) static BROKEN_TOML: Check = Check {
    name: "broken-toml",
    level: Level::Error,
    summary: Text { fr: "un fichier TOML que l’on ne peut pas lire", en: "a TOML file that cannot be read" },
    manual: Text {
        fr: "`book.toml` s’écrit en TOML : des sections entre crochets (`[book]`) et des lignes `clé = \"valeur\"`. Les textes sont toujours entre guillemets.",
        en: "`book.toml` is TOML: sections in brackets (`[book]`) and lines `key = \"value\"`. Texts are always between quotes.",
    },
};

/// Reads a TOML file into the same tree as YAML, so that one reader serves both.
pub fn parse(snapshot: &Snapshot, source: SourceId, sink: &mut Sink) -> Option<Mapping> {
    let text = snapshot.file(source).text.as_str();
    match Document::parse(text) {
        Ok(document) => Some(table(document.as_table(), source, text.len())),
        Err(error) => {
            let lang = sink.lang();
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            let span = Span::new(source, error.span().unwrap_or(0..0));
            sink.push(
                Diagnostic::new(
                    &BROKEN_TOML,
                    span,
                    tr!(
                        lang,
                        "ce fichier TOML est illisible à partir d’ici",
                        "this TOML file cannot be read from here"
                    ),
                )
                .help(tr!(
                    lang,
                    "une ligne s’écrit `clé = \"valeur\"`, une section `[section]`",
                    "a line is written `key = \"value\"`, a section `[section]`"
                ))
                .note(message),
            );
            None
        }
    }
}

fn table(table: &dyn TableLike, source: SourceId, end: usize) -> Mapping {
    let mut entries = Vec::new();
    for (name, item) in table.iter() {
        let span = table.key(name).and_then(toml_edit::Key::span).unwrap_or(end..end);
        entries.push((Key::new(name.to_owned(), Span::new(source, span.clone())), item_node(item, source, &span, end)));
    }
    let span =
        entries.iter().map(|(key, node)| key.span.to(node.span)).reduce(Span::to).unwrap_or(Span::new(source, 0..0));
    Mapping { span, entries }
}

fn item_node(item: &Item, source: SourceId, fallback: &std::ops::Range<usize>, end: usize) -> Node {
    let span = Span::new(source, item.span().unwrap_or_else(|| fallback.clone()));
    match item {
        Item::Value(value) => value_node(value, source, fallback, end),
        Item::Table(inner) => Node { span, value: Yaml::Mapping(table(inner, source, end)) },
        Item::ArrayOfTables(tables) => {
            let items = tables
                .iter()
                .map(|inner| {
                    let span = Span::new(source, inner.span().unwrap_or_else(|| fallback.clone()));
                    Node { span, value: Yaml::Mapping(table(inner, source, end)) }
                })
                .collect();
            Node { span, value: Yaml::Sequence(items) }
        }
        Item::None => Node { span, value: Yaml::Null },
    }
}

fn value_node(value: &Value, source: SourceId, fallback: &std::ops::Range<usize>, end: usize) -> Node {
    let span = Span::new(source, value.span().unwrap_or_else(|| fallback.clone()));
    let plain = |text: String| Yaml::Scalar(Scalar { text, quoted: false });
    let value = match value {
        Value::String(text) => Yaml::Scalar(Scalar { text: text.value().clone(), quoted: true }),
        Value::Integer(number) => plain(number.value().to_string()),
        Value::Float(number) => plain(number.value().to_string()),
        Value::Boolean(truth) => plain(truth.value().to_string()),
        Value::Datetime(date) => plain(date.value().to_string()),
        Value::Array(items) => {
            Yaml::Sequence(items.iter().map(|item| value_node(item, source, fallback, end)).collect())
        }
        Value::InlineTable(inner) => Yaml::Mapping(table(inner, source, end)),
    };
    Node { span, value }
}
