//! `book.toml`: what a book says of itself, with places, so that a mistake there is a finding too.
//!
//! Owns [`Config`]. Knows nothing of collections: those are declared in the content.

use std::collections::BTreeMap;

use crate::diagnostic::{Check, Diagnostic, Lang, Level, Sink, Text, tr};
use crate::parse::{Mapping, Settings, parse_toml, wrong};
use crate::source::{Snapshot, SourceId, Span, Spanned};

/// The name of the file that makes a folder a book.
pub const FILE: &str = "book.toml";

/// The theme that comes with the program.
pub const USUAL_THEME: &str = "recueil";

/// A figure about fewer people than this is withheld, where the book does not say otherwise.
const USUAL_THRESHOLD: usize = 5;

/// The checks of this floor.
pub static CHECKS: &[&Check] = &[&MISSING_SETTING];

static MISSING_SETTING: Check = Check {
    name: "missing-setting",
    level: Level::Error,
    summary: Text { fr: "un réglage obligatoire manque", en: "a required setting is missing" },
    manual: Text {
        fr: "Quelques réglages n’ont pas de valeur par défaut : le titre du livre, ou ce que la loi demande à un site publié (éditeur, hébergeur, contact). Ajoutez la ligne que le message donne.",
        en: "A few settings have no default: the book's title, or what the law asks of a published site (publisher, host, contact). Add the line that the message gives.",
    },
};

/// What a book says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file it was read from.
    pub source: SourceId,
    /// Title of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language tag of the content, such as `fr`.
    pub language: String,
    /// Who writes it.
    pub authors: Vec<String>,
    /// The folder of the content, below the book's folder.
    pub src: String,
    /// Where that was said; the file where it was not.
    pub src_at: Span,
    /// The folder of the published site, below the book's folder.
    pub build_dir: String,
    /// Where the site will stand, without the last `/`; empty when not said.
    pub base_url: String,
    /// Name of the theme.
    pub theme: String,
    /// Where that was said; the file where it was not.
    pub theme_at: Span,
    /// Address of the repository.
    pub repository: Option<String>,
    /// Address to edit a page, with `{path}` for its path.
    pub edit_url_template: Option<String>,
    /// Address of the changes of a page, with `{path}` for its path.
    pub history_url_template: Option<String>,
    /// Whether warnings fail a run.
    pub fail_on_warning: bool,
    /// Levels that the book changes, by code; `None` turns a check off.
    pub levels: BTreeMap<String, (Option<Level>, Span)>,
    /// Whether the site has a search.
    pub search: bool,
    /// File of queries and the documents that they must find, below the book's folder.
    pub search_tests: Option<Spanned<String>>,
    /// Fewest people that a figure of a view may be about.
    pub view_threshold: usize,
    /// Who publishes and hosts the site.
    pub legal: Legal,
    /// What is offered to be used again.
    pub data: Data,
    /// Port of `serve`.
    pub port: u16,
}

/// The open data of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// Whether there is any.
    pub enabled: bool,
    /// Short name of the licence.
    pub license: Option<String>,
    /// Address of its text.
    pub license_url: Option<String>,
}

/// What the law asks a published site to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Legal {
    /// Who publishes: name, seat, telephone.
    pub publisher: Option<String>,
    /// Who answers for what is published.
    pub director: Option<String>,
    /// Who hosts: name, address.
    pub host: Option<String>,
    /// How to reach the publisher.
    pub contact: Option<String>,
}

impl Config {
    /// The language in which authors are spoken to by default.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.language)
    }
}

/// The language of the book, looked up before anything is judged, so that what is wrong with `book.toml` is said in it too.
pub fn spoken(snapshot: &Snapshot, source: SourceId) -> Option<Lang> {
    let root = parse_toml(snapshot, source, &mut Sink::default())?;
    root.get("book")?.as_mapping()?.get("language")?.as_str().map(Lang::from_tag)
}

/// Reads `book.toml`. A value that cannot be used is a finding, and its default takes its place; only a file that cannot be read
/// at all gives `None`.
pub fn read(snapshot: &Snapshot, source: SourceId, sink: &mut Sink) -> Option<Config> {
    let root = parse_toml(snapshot, source, sink)?;
    let mut settings = Settings::new(&root);
    let empty = Mapping { span: Span::file(source), entries: Vec::new() };
    let mut section = |key, sink: &mut Sink| settings.section(key, sink).unwrap_or(&empty);
    let (book, build, site) = (section("book", sink), section("build", sink), section("site", sink));
    let (check, search, legal) = (section("check", sink), section("search", sink), section("legal", sink));
    let (views, data, serve) = (section("views", sink), section("data", sink), section("serve", sink));
    settings.finish(sink);

    let mut book_settings = Settings::new(book);
    let text = |settings: &mut Settings, key, sink: &mut Sink| settings.text(key, sink).map(|text| text.value);
    let title = text(&mut book_settings, "title", sink).unwrap_or_else(|| {
        let lang = sink.lang();
        sink.push(
            Diagnostic::new(
                &MISSING_SETTING,
                book.span,
                tr!(lang, "le livre n’a pas de titre", "the book has no title"),
            )
            .help(tr!(
                lang,
                "sous `[book]`, ajoutez `title = \"…\"`",
                "under `[book]`, add `title = \"…\"`"
            )),
        );
        String::new()
    });
    let description = text(&mut book_settings, "description", sink).unwrap_or_default();
    let language = text(&mut book_settings, "language", sink).unwrap_or_else(|| "fr".to_owned());
    let authors = book_settings.texts("authors", sink).into_iter().map(|author| author.value).collect();
    let written = book_settings.text("src", sink);
    let src_at = written.as_ref().map_or(Span::file(source), |text| text.span);
    let src = folder(written, "src", sink).unwrap_or_else(|| "content".to_owned());
    book_settings.finish(sink);

    let mut build_settings = Settings::new(build);
    let build_dir =
        folder(build_settings.text("build-dir", sink), "build-dir", sink).unwrap_or_else(|| "public".to_owned());
    build_settings.finish(sink);

    let mut site_settings = Settings::new(site);
    let base_url = base_url(site_settings.text("base-url", sink), sink);
    let theme = site_settings
        .text("theme", sink)
        .filter(|name| {
            let safe = !name.value.is_empty() && !name.value.contains(['/', '\\', '.']);
            if !safe {
                wrong(
                    "theme",
                    name.span,
                    &tr!(sink.lang(), "le nom d’un dossier de `themes/`", "the name of a folder of `themes/`"),
                    sink,
                );
            }
            safe
        })
        .unwrap_or_else(|| Spanned::new(USUAL_THEME.to_owned(), Span::file(source)));
    let (theme, theme_at) = (theme.value, theme.span);
    let repository = text(&mut site_settings, "repository", sink);
    let edit_url_template = text(&mut site_settings, "edit-url-template", sink);
    let history_url_template = text(&mut site_settings, "history-url-template", sink);
    site_settings.finish(sink);

    let mut check_settings = Settings::new(check);
    let fail_on_warning = match check_settings.text("fail-on", sink) {
        Some(level) if level.value == "warning" => true,
        Some(level) if level.value != "error" => {
            wrong("fail-on", level.span, &tr!(sink.lang(), "`error` ou `warning`", "`error` or `warning`"), sink);
            false
        }
        _ => false,
    };
    let levels = check_settings.section("levels", sink).map(|levels| read_levels(levels, sink)).unwrap_or_default();
    check_settings.finish(sink);

    let mut search_settings = Settings::new(search);
    let searched = search.get("enabled").is_none() || search_settings.flag("enabled", sink);
    search_settings.allow(&["enabled"]);
    let search_tests = search_settings.text("tests", sink);
    search_settings.finish(sink);

    let mut view_settings = Settings::new(views);
    let view_threshold = view_settings.count("threshold", sink).unwrap_or(USUAL_THRESHOLD);
    view_settings.finish(sink);

    let mut legal_settings = Settings::new(legal);
    let legal = Legal {
        publisher: text(&mut legal_settings, "publisher", sink),
        director: text(&mut legal_settings, "director", sink),
        host: text(&mut legal_settings, "host", sink),
        contact: text(&mut legal_settings, "contact", sink),
    };
    legal_settings.finish(sink);

    let mut data_settings = Settings::new(data);
    let offered = data.get("enabled").is_none() || data_settings.flag("enabled", sink);
    data_settings.allow(&["enabled"]);
    let data = Data {
        enabled: offered,
        license: text(&mut data_settings, "license", sink),
        license_url: text(&mut data_settings, "license-url", sink),
    };
    data_settings.finish(sink);

    let mut serve_settings = Settings::new(serve);
    let port = match serve_settings.node("port") {
        None => 3000,
        Some(node) => node.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            wrong("port", node.span, &tr!(sink.lang(), "un nombre de 0 à 65535", "a number from 0 to 65535"), sink);
            3000
        }),
    };
    serve_settings.finish(sink);

    Some(Config {
        source,
        title,
        description,
        language,
        authors,
        src,
        src_at,
        build_dir,
        base_url,
        theme,
        theme_at,
        repository,
        edit_url_template,
        history_url_template,
        fail_on_warning,
        levels,
        search: searched,
        search_tests,
        view_threshold,
        legal,
        data,
        port,
    })
}

/// A folder below the book's own: relative, and not outside it.
fn folder(text: Option<Spanned<String>>, key: &str, sink: &mut Sink) -> Option<String> {
    let text = text?;
    let path = text.value.trim_end_matches('/').trim_start_matches("./").to_owned();
    let inside =
        !path.is_empty() && !path.starts_with('/') && path.split('/').all(|part| part != ".." && !part.is_empty());
    if !inside {
        wrong(
            key,
            text.span,
            &tr!(sink.lang(), "un dossier à l’intérieur de celui du livre", "a folder inside the book's own"),
            sink,
        );
        return None;
    }
    Some(path)
}

fn base_url(text: Option<Spanned<String>>, sink: &mut Sink) -> String {
    let Some(text) = text else { return String::new() };
    let url = text.value.trim_end_matches('/');
    if url.is_empty() || url.starts_with("https://") || url.starts_with("http://") {
        return url.to_owned();
    }
    wrong(
        "base-url",
        text.span,
        &tr!(sink.lang(), "une adresse qui commence par `https://`", "an address that begins with `https://`"),
        sink,
    );
    String::new()
}

fn read_levels(levels: &Mapping, sink: &mut Sink) -> BTreeMap<String, (Option<Level>, Span)> {
    let mut read = BTreeMap::new();
    for (code, node) in &levels.entries {
        let level = match node.as_str() {
            Some("error") => Some(Level::Error),
            Some("warning") => Some(Level::Warning),
            Some("off") => None,
            _ => {
                wrong(
                    &code.value,
                    node.span,
                    &tr!(sink.lang(), "`error`, `warning` ou `off`", "`error`, `warning` or `off`"),
                    sink,
                );
                continue;
            }
        };
        read.insert(code.value.clone(), (level, code.span));
    }
    read
}
