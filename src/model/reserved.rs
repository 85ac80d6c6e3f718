use super::{Date, Derogation, parse_date};
use crate::parse::{Mapping, Node, Yaml};
use crate::source::{Span, Spanned};

/// Reads the keys that every document may have.
pub(super) struct Reserved<'a> {
    pub(super) front: &'a Mapping,
    /// The keys that hold something else than what they want, with the word for that.
    pub(super) misread: Vec<(Spanned<String>, Span, &'static str)>,
}

impl Reserved<'_> {
    fn read<T>(&mut self, key: &str, wanted: &'static str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        let (name, node) = self.front.entry(key).filter(|(_, node)| !node.is_null())?;
        let value = read(node);
        if value.is_none() {
            self.misread.push((name.clone(), node.span, wanted));
        }
        value
    }

    pub(super) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        self.read(key, "text", |node| Some(Spanned::new(node.as_str()?.to_owned(), node.span)))
    }

    pub(super) fn date(&mut self, key: &str) -> Option<Spanned<Date>> {
        self.read(key, "date", |node| Some(Spanned::new(parse_date(node.as_str()?)?, node.span)))
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        let flag = self.read(key, "boolean", |node| match &node.value {
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "true" => Some(true),
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "false" => Some(false),
            _ => None,
        });
        flag.unwrap_or(false)
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let texts = self.read(key, "texts", |node| {
            let text = |node: &Node| Some(Spanned::new(node.as_str()?.to_owned(), node.span));
            node.as_sequence()?.iter().map(text).collect()
        });
        texts.unwrap_or_default()
    }
}

/// What a page declares under `views:`, for the floor that reads it.
pub(super) fn views(front: &Mapping) -> Option<Node> {
    front.get("views").filter(|node| !node.is_null()).cloned()
}

pub(super) fn derogations(node: Option<&Node>) -> Vec<Derogation> {
    let Some(items) = node.and_then(Node::as_sequence) else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| {
            let mapping = item.as_mapping()?;
            let text =
                |key: &str| mapping.get(key).and_then(|node| Some(Spanned::new(node.as_str()?.to_owned(), node.span)));
            let known = ["rule", "reason", "by", "until"];
            let unknown = mapping.entries.iter().map(|(key, _)| key).filter(|key| !known.contains(&key.value.as_str()));
            Some(Derogation {
                span: item.span,
                rule: text("rule"),
                reason: text("reason"),
                by: text("by"),
                until: text("until"),
                unknown: unknown.cloned().collect(),
            })
        })
        .collect()
}
