use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Lang;
use crate::parse::{Mapping, Node};

/// What a theme says by itself, in one language.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The language that numbers, dates and plurals follow.
    pub(super) lang: Lang,
    text: BTreeMap<String, String>,
    counts: BTreeMap<String, Counted>,
    slugs: BTreeMap<String, String>,
    expressions: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Counted {
    one: String,
    other: String,
}

/// What templates see of it, as `t`.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Texts<'a>(&'a BTreeMap<String, String>);

impl Words {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, ..Self::default() }
    }

    /// Takes the words of a file; those that are already there are replaced one by one, so that a book can change a single one.
    pub(super) fn add(&mut self, file: &Mapping) {
        let section = |name: &str| file.get(name).and_then(Node::as_mapping).map(|section| section.entries.as_slice());
        for (key, node) in section("text").unwrap_or_default() {
            self.text.insert(key.value.clone(), node.as_str().unwrap_or_default().to_owned());
        }
        for (key, node) in section("slugs").unwrap_or_default() {
            self.slugs.insert(key.value.clone(), node.as_str().unwrap_or_default().to_owned());
        }
        for (key, node) in section("expressions").unwrap_or_default() {
            self.expressions.insert(key.value.clone(), node.as_str().unwrap_or_default().to_owned());
        }
        for (key, node) in section("counts").unwrap_or_default() {
            let form = |name: &str| {
                node.as_mapping().and_then(|forms| forms.get(name)?.as_str()).unwrap_or_default().to_owned()
            };
            self.counts.insert(key.value.clone(), Counted { one: form("one"), other: form("other") });
        }
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        Texts(&self.text)
    }

    /// One text; its key when the theme does not have it, so that the gap is seen.
    pub(super) fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.text.get(key).map_or(key, String::as_str)
    }

    /// How a part of an expression is said, with `{0}`, `{1}` for its own parts; none where the theme has no words for it.
    pub(super) fn expression(&self, key: &str) -> Option<&str> {
        self.expressions.get(key).map(String::as_str)
    }

    /// The address of a page that the engine makes by itself, with its last `/`.
    pub(super) fn url(&self, key: &str) -> String {
        format!("{}/", self.slugs.get(key).map_or(key, String::as_str))
    }

    /// A counted noun: `3 documents`.
    pub(super) fn count(&self, key: &str, count: i64) -> Option<String> {
        let singular = match self.lang {
            Lang::Fr => count.abs() < 2,
            Lang::En => count == 1,
        };
        let counted = self.counts.get(key)?;
        let form = if singular { &counted.one } else { &counted.other };
        Some(form.replace("{n}", &count.to_string()))
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> Vec<String> {
        let prefixed = |prefix: &str, keys: Vec<&String>| {
            keys.into_iter().map(|key| format!("{prefix}.{key}")).collect::<Vec<_>>()
        };
        [
            prefixed("text", self.text.keys().collect()),
            prefixed("counts", self.counts.keys().collect()),
            prefixed("slugs", self.slugs.keys().collect()),
            prefixed("expressions", self.expressions.keys().collect()),
        ]
        .concat()
    }
}
