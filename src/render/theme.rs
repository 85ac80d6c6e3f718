use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, TeraResult};

use super::script::{self, Asset};
use super::words::Words;
use super::{Context, failure, theme_folder};
use crate::artifact::Artifact;
use crate::check;
use crate::diagnostic::{Diagnostic, Sink};
use crate::parse;
use crate::source::{SourceId, Span};

/// The theme that comes with the program.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/recueil");

/// Templates, words and files, each of the book's own where it has one.
pub struct Theme {
    pub(super) tera: Tera,
    pub(super) words: Arc<Words>,
    /// Templates that the book wrote, by name.
    sources: BTreeMap<String, SourceId>,
    /// What was found in its words.
    found: Vec<Diagnostic>,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("sources", &self.sources).finish_non_exhaustive()
    }
}

impl Theme {
    /// Reads the theme. Templates that cannot be read are reported, and then there is no theme.
    pub(super) fn load(cx: &check::Context<'_>, sink: &mut Sink) -> Option<Self> {
        let mut found = Sink::new(sink.lang());
        let words = Arc::new(words(cx, &mut found));
        let mut theme = Self { tera: Tera::new(), words, sources: sources(cx), found: found.into_diagnostics() };
        let words = Arc::clone(&theme.words);
        theme.tera.register_function("count", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
            let (key, n): (&str, i64) = (kwargs.must_get("key")?, kwargs.must_get("n")?);
            words
                .count(key, n)
                .ok_or_else(|| tera::Error::message(format!("no counted noun `{key}` in the theme's words")))
        });
        let mut templates: BTreeMap<String, &str> =
            embedded("templates").filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes).ok()?))).collect();
        for (name, source) in &theme.sources {
            templates.insert(name.clone(), &cx.snapshot.file(*source).text);
        }
        match theme.tera.add_raw_templates(templates) {
            Ok(()) => Some(theme),
            Err(error) => {
                theme.found.iter().for_each(|finding| sink.push(finding.clone()));
                failure::report(&theme, &error, None, Span::file(cx.config.source), sink);
                None
            }
        }
    }

    /// Reports what is wrong in its words, and templates that are asked for and that it does not have.
    pub(super) fn report(&self, cx: &check::Context<'_>, sink: &mut Sink) {
        self.found.iter().for_each(|finding| sink.push(finding.clone()));
        failure::check(cx, self, sink);
    }

    /// The book's own file of a template.
    pub(super) fn source(&self, template: &str) -> Option<SourceId> {
        self.sources.get(template).copied()
    }

    /// The files that are published as they are: those of the theme below `assets/`, those of the content at their own path.
    pub(super) fn assets(cx: &Context<'_>) -> Vec<Artifact> {
        let with_program =
            |(name, bytes)| (format!("assets/{name}"), Asset { bytes: Cow::Borrowed(bytes), embedded: true });
        let of_book = |bytes| Asset { bytes: Cow::Borrowed(bytes), embedded: false };
        let mut files: BTreeMap<String, Asset> = embedded("assets").map(with_program).collect();
        let (own, content) = (format!("{}/assets/", theme_folder(cx.config)), format!("{}/", cx.config.src));
        for (_, file) in cx.snapshot.files() {
            if let Some(name) = file.path.strip_prefix(&own) {
                files.insert(format!("assets/{name}"), of_book(file.text.as_bytes()));
            }
        }
        for asset in cx.snapshot.assets() {
            if let Some(name) = asset.path.strip_prefix(&own) {
                files.insert(format!("assets/{name}"), of_book(&asset.bytes));
            }
        }
        script::assemble(&mut files);
        for asset in cx.snapshot.assets().iter().filter(|asset| !asset.path.starts_with(&own)) {
            if let Some(name) = asset.path.strip_prefix(&content) {
                files.insert(name.to_owned(), of_book(&asset.bytes));
            }
        }
        files.into_iter().map(|(path, asset)| Artifact::new(path, asset.bytes)).collect()
    }
}

/// A file of the theme that comes with the program.
pub(super) fn embedded_file(path: &str) -> Option<&'static [u8]> {
    EMBEDDED.get_file(path).map(include_dir::File::contents)
}

/// A text of the theme that comes with the program.
pub(super) fn embedded_text(path: &str) -> Option<&'static str> {
    std::str::from_utf8(embedded_file(path)?).ok()
}

/// The book's own text of this path in its theme.
pub(super) fn own_text<'a>(cx: &Context<'a>, path: &str) -> Option<&'a str> {
    let source = cx.snapshot.find(&format!("{}/{path}", theme_folder(cx.config)))?;
    Some(&cx.snapshot.file(source).text)
}

/// The book's own file of this path in its theme, where it is no text.
pub(super) fn own_file<'a>(cx: &Context<'a>, path: &str) -> Option<&'a [u8]> {
    cx.snapshot.asset(&format!("{}/{path}", theme_folder(cx.config))).map(|asset| asset.bytes.as_slice())
}

/// The embedded files below one folder of the theme, by their path there.
fn embedded(folder: &'static str) -> impl Iterator<Item = (String, &'static [u8])> {
    fn visit(dir: &'static Dir<'static>, files: &mut Vec<&'static include_dir::File<'static>>) {
        files.extend(dir.files());
        dir.dirs().for_each(|dir| visit(dir, files));
    }
    let mut files = Vec::new();
    if let Some(dir) = EMBEDDED.get_dir(folder) {
        visit(dir, &mut files);
    }
    files.into_iter().map(move |file| {
        let below = file.path().strip_prefix(Path::new(folder)).unwrap_or(file.path());
        let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        (name, file.contents())
    })
}

fn sources(cx: &check::Context<'_>) -> BTreeMap<String, SourceId> {
    let own = format!("{}/templates/", theme_folder(cx.config));
    cx.snapshot
        .files()
        .filter_map(|(source, file)| Some((file.path.strip_prefix(&own)?, source)))
        .filter(|(name, _)| {
            Path::new(name).extension().is_some_and(|extension| extension == "html" || extension == "xml")
        })
        .map(|(name, source)| (name.to_owned(), source))
        .collect()
}

/// The words of the book's language: English ones first where the theme does not know it, then those of the book's own theme.
fn words(cx: &check::Context<'_>, sink: &mut Sink) -> Words {
    let language = cx.config.language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let mut words = Words::new(cx.config.lang());
    let locales: BTreeMap<String, &[u8]> = embedded("locales").collect();
    let usual = locales.get(&format!("{language}.toml")).or_else(|| locales.get("en.toml"));
    if let Some(text) = usual.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        let mut snapshot = crate::source::Snapshot::default();
        let source = snapshot.add_text("locale.toml", text.as_bytes());
        if let Some(mapping) = parse::parse_toml(&snapshot, source, &mut Sink::default()) {
            words.add(&mapping);
        }
    }
    let own = cx.snapshot.find(&format!("{}/locales/{language}.toml", theme_folder(cx.config)));
    if let Some(mapping) = own.and_then(|source| parse::parse_toml(cx.snapshot, source, sink)) {
        words.add(&mapping);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn locale(name: &str) -> Words {
        let text = EMBEDDED.get_file(format!("locales/{name}.toml")).unwrap().contents_utf8().unwrap();
        let mut snapshot = crate::source::Snapshot::default();
        let source = snapshot.add_text("locale.toml", text.as_bytes());
        let mut words = Words::new(Lang::from_tag(name));
        words.add(&parse::parse_toml(&snapshot, source, &mut Sink::default()).unwrap());
        words
    }

    #[test]
    fn every_language_says_the_same_things() {
        assert_eq!(locale("fr").keys(), locale("en").keys());
        assert_eq!(locale("fr").count("documents", 0).as_deref(), Some("0 document"));
        assert_eq!(locale("en").count("documents", 0).as_deref(), Some("0 documents"));
    }

    #[test]
    fn every_word_of_a_template_exists() {
        let words = locale("fr");
        let sources: String =
            embedded("templates").map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
        let used: std::collections::BTreeSet<&str> = regex::Regex::new(r"\bt\.([a-z_]+)")
            .unwrap()
            .captures_iter(&sources)
            .map(|found| found.get(1).unwrap().as_str())
            .collect();
        for key in &used {
            assert!(words.keys().contains(&format!("text.{key}")), "no word for `t.{key}`");
        }
    }
}
