use super::{Mapping, Node, Yaml};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::source::{Span, Spanned};

/// A key that nobody declared.
pub static UNKNOWN_KEY: Check = Check {
    name: "unknown-key",
    level: Level::Error,
    summary: Text { fr: "une clé que rien ne déclare", en: "a key that nothing declares" },
    manual: Text {
        fr: "Chaque clé d’un en-tête, d’un schéma, d’une règle ou de `book.toml` est déclarée quelque part. Une clé inconnue est presque toujours une faute de frappe : ce qu’elle contient serait ignoré sans bruit. Corrigez le nom, ou déclarez le champ dans le fichier `_index.md` de la collection.",
        en: "Every key of front matter, of a schema, of a rule or of `book.toml` is declared somewhere. An unknown one is nearly always a slip: what it holds would be ignored in silence. Correct the name, or declare the field in the collection's `_index.md`.",
    },
};

/// A declaration whose value is not what it must be.
pub static WRONG_SETTING: Check = Check {
    name: "wrong-setting",
    level: Level::Error,
    summary: Text { fr: "un réglage qui n’a pas la forme attendue", en: "a setting of the wrong form" },
    manual: Text {
        fr: "Un réglage de `book.toml`, d’un schéma ou d’une règle attend un texte, un nombre, « true » ou « false », une liste ou des sous-clés. Le message dit lequel.",
        en: "A setting of `book.toml`, of a schema or of a rule wants a text, a number, `true` or `false`, a list or sub-keys. The message says which.",
    },
};

/// Reads declarations (of a book, a schema, a rule) out of a mapping: each key is asked for once, and what nobody asked for is an
/// [`UNKNOWN_KEY`].
pub struct Settings<'a> {
    mapping: &'a Mapping,
    asked: Vec<&'static str>,
}

impl<'a> Settings<'a> {
    /// Starts reading.
    pub fn new(mapping: &'a Mapping) -> Self {
        Self { mapping, asked: Vec::new() }
    }

    /// The mapping that is read.
    pub fn mapping(&self) -> &'a Mapping {
        self.mapping
    }

    /// Whatever stands at a key, unless nothing was written.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.mapping.get(key).filter(|node| !node.is_null())
    }

    /// A text.
    pub fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        let Some(text) = node.as_str() else {
            wrong(key, node.span, &tr!(sink.lang(), "un texte", "a text"), sink);
            return None;
        };
        Some(Spanned::new(text.to_owned(), node.span))
    }

    /// `true` or `false`; nothing written is `false`.
    pub fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        let Some(node) = self.node(key) else { return false };
        match &node.value {
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "true" => true,
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "false" => false,
            _ => {
                wrong(key, node.span, &tr!(sink.lang(), "`true` ou `false`", "`true` or `false`"), sink);
                false
            }
        }
    }

    /// A number.
    pub fn number(&mut self, key: &'static str, sink: &mut Sink) -> Option<f64> {
        let node = self.node(key)?;
        let number = node.as_str().and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite());
        if number.is_none() {
            wrong(key, node.span, &tr!(sink.lang(), "un nombre", "a number"), sink);
        }
        number
    }

    /// A count: a whole number, zero or more.
    pub fn count(&mut self, key: &'static str, sink: &mut Sink) -> Option<usize> {
        let node = self.node(key)?;
        let number = node.as_str().and_then(|text| text.parse().ok());
        if number.is_none() {
            wrong(key, node.span, &tr!(sink.lang(), "un nombre entier", "a whole number"), sink);
        }
        number
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str, sink: &mut Sink) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Yaml::Sequence(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(text) => texts.push(Spanned::new(text.to_owned(), item.span)),
                None => wrong(key, item.span, &tr!(sink.lang(), "un texte", "a text"), sink),
            }
        }
        texts
    }

    /// Keys and values under a key.
    pub fn section(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'a Mapping> {
        let node = self.node(key)?;
        let mapping = node.as_mapping();
        if mapping.is_none() {
            wrong(key, node.span, &tr!(sink.lang(), "des sous-clés", "sub-keys"), sink);
        }
        mapping
    }

    /// Marks a key as known without reading it.
    pub fn allow(&mut self, keys: &[&'static str]) {
        self.asked.extend(keys);
    }

    /// Reports every key that was never asked for.
    pub fn finish(self, sink: &mut Sink) {
        for (key, _) in &self.mapping.entries {
            if !self.asked.contains(&key.value.as_str()) {
                sink.push(unknown_key(&key.value, key.span, self.asked.iter().copied(), sink));
            }
        }
    }
}

/// The finding of a key that nobody declared.
pub fn unknown_key<'a>(
    key: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str> + Clone,
    sink: &Sink,
) -> Diagnostic {
    let lang = sink.lang();
    let help = closest(lang, key, known.clone()).unwrap_or_else(|| {
        let list = known.into_iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        tr!(lang, "clés connues ici : {list}", "keys known here: {list}")
    });
    Diagnostic::new(&UNKNOWN_KEY, span, tr!(lang, "clé inconnue `{key}`", "unknown key `{key}`")).help(help)
}

/// The finding of a setting whose value has another form than `wanted`.
pub fn wrong(key: &str, span: Span, wanted: &str, sink: &mut Sink) {
    let lang = sink.lang();
    sink.push(
        Diagnostic::new(&WRONG_SETTING, span, tr!(lang, "`{key}` attend {wanted}", "`{key}` wants {wanted}"))
            .help(tr!(lang, "écrivez {wanted}", "write {wanted}")),
    );
}
