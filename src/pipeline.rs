//! The whole of Recueil on one screen: bytes are parsed, resolved, checked, and turned into artifacts in memory.

use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::artifact::{Artifact, Artifacts};
use crate::check::rules::{self, Rules, Verdicts};
use crate::check::{self, Context};
use crate::config::{self, Config};
use crate::diagnostic::{Check, Lang, Level, Sink, tr};
use crate::model::{self, Date, Site};
use crate::parse::{self, Page};
use crate::render;
use crate::schema;
use crate::search;
use crate::source::Snapshot;

/// Everything that a build depends on; the same inputs give the same bytes.
#[derive(Debug)]
pub struct Inputs {
    /// The files of the book.
    pub snapshot: Snapshot,
    /// What the book says of itself; `None` when `book.toml` cannot be read, and then `sink` says why.
    pub config: Option<Config>,
    /// The day of the build.
    pub today: Date,
    /// What was found while reading `book.toml`.
    pub sink: Sink,
}

/// A book that was read and checked, and its site if that was asked for.
#[derive(Debug)]
pub struct Build {
    /// The files that findings point into.
    pub snapshot: Snapshot,
    /// What the book says of itself.
    pub config: Option<Config>,
    /// The documents.
    pub site: Option<Site>,
    /// The day on which it was checked.
    pub today: Date,
    /// The rules of the book.
    pub rules: Rules,
    /// What they say of its documents.
    pub verdicts: Verdicts,
    /// The files of the site; empty when only checking.
    pub artifacts: Artifacts,
    /// What [`model::URLS`] should hold once the site is published; none where the book keeps no such file.
    pub urls: Option<String>,
    /// Everything that was found, sorted.
    pub sink: Sink,
}

/// Reads a book from its folder. `lang` is the language of messages; the book's own where not said.
pub fn read(root: &Path, today: Date, lang: Option<Lang>) -> Result<Inputs> {
    let mut snapshot = Snapshot::new(root);
    let Some(source) = snapshot.read_text(config::FILE)? else {
        let (root, file) = (root.display(), config::FILE);
        bail!(tr!(
            lang.unwrap_or_default(),
            "il n’y a pas de `{file}` dans {root} : donnez le dossier du livre, ou placez-vous dedans",
            "there is no `{file}` in {root}: give the folder of the book, or go into it"
        ));
    };
    let mut sink = Sink::new(lang.or_else(|| config::spoken(&snapshot, source)).unwrap_or_default());
    let config = config::read(&snapshot, source, &mut sink);
    if let Some(config) = &config {
        snapshot.read_text(model::URLS)?;
        snapshot.read_folder(&config.src, is_page)?;
        snapshot.read_folder(&render::theme_folder(config), render::is_text)?;
        if let Some(tests) =
            config.search_tests.as_ref().filter(|tests| !tests.value.split('/').any(|part| part == ".."))
        {
            snapshot.read_text(&tests.value)?;
        }
    }
    Ok(Inputs { snapshot, config, today, sink })
}

/// Reads and checks; makes no page.
pub fn check(inputs: Inputs) -> Build {
    run(inputs, false)
}

/// Reads, checks and makes every page.
pub fn build(inputs: Inputs) -> Build {
    run(inputs, true)
}

/// Reads, and holds the whole book against one rule as if it had always been in force. The findings are that rule's alone: what it
/// would ask of documents that were written before it.
pub fn simulate(inputs: Inputs, code: &str) -> Build {
    let mut build = run(inputs, false);
    let mut sink = Sink::new(build.sink.lang());
    if let (Some(config), Some(site)) = (&build.config, &build.site) {
        let cx = Context { snapshot: &build.snapshot, config, site, today: build.today, lang: sink.lang() };
        build.verdicts = rules::simulate(&cx, &build.rules, code, &mut sink);
    }
    sink.sort(&build.snapshot);
    build.sink = sink;
    build
}

fn run(inputs: Inputs, publish: bool) -> Build {
    let Inputs { snapshot, config, today, mut sink } = inputs;
    let Some(config) = config else {
        sink.sort(&snapshot);
        let (rules, verdicts) = (Rules::default(), Verdicts::default());
        return Build {
            snapshot,
            config: None,
            site: None,
            today,
            rules,
            verdicts,
            artifacts: Artifacts::default(),
            urls: None,
            sink,
        };
    };
    let pages = parse_pages(&snapshot, &config, &mut sink);
    let schema = schema::read(indexes(&snapshot, &config, &pages), &mut sink);
    let site = model::build(&snapshot, &config.src, schema, pages);
    let cx = Context { snapshot: &snapshot, config: &config, site: &site, today, lang: sink.lang() };
    check::check(&cx, &mut sink);
    let rules = rules::load(&cx, &mut sink);
    let verdicts = rules::judge(&cx, &rules, &mut sink);
    let mut codes: Vec<&str> = checks().iter().map(|check| check.name).collect();
    codes.extend(rules.rules.iter().map(|rule| rule.code.value.as_str()));
    check::builtin::codes(&cx, &codes, &mut sink);
    // The index before the pages: each is parallel in itself, and what the index takes to be made is gone when pages are.
    let index = search_files(&cx, publish, &mut sink);
    // Pages show the findings so far, at the levels that the book asks for.
    grade(&config, &mut sink);
    let findings = sink.by_code();
    let pages = render::Context {
        snapshot: &snapshot,
        config: &config,
        site: &site,
        rules: &rules,
        verdicts: &verdicts,
        findings: &findings,
    };
    let theme = render::theme(&pages, &mut sink).filter(|_| publish);
    let artifacts = theme.map(|theme| make(&pages, &theme, index, &mut sink)).unwrap_or_default();
    grade(&config, &mut sink);
    sink.sort(&snapshot);
    let urls = if publish { kept_urls(&snapshot, &config, &site) } else { None };
    Build { config: Some(config), site: Some(site), today, rules, verdicts, artifacts, urls, sink, snapshot }
}

/// The addresses that the book has had, the present ones with them, where it keeps them: once it says where it stands.
fn kept_urls(snapshot: &Snapshot, config: &Config, site: &Site) -> Option<String> {
    let source = snapshot.find(model::URLS);
    if source.is_none() && config.base_url.is_empty() {
        return None;
    }
    let locked = source.map(|source| model::locked_urls(snapshot, source)).unwrap_or_default();
    let introduction = tr!(
        config.lang(),
        "Les adresses que ce site a publiées, et d’où elles viennent. `recueil build` tient ce fichier : gardez-le avec le livre.\nUne adresse se retire ici, à la main, quand rien ne doit plus y mener.",
        "The addresses that this site has published, and where they came from. `recueil build` keeps this file: keep it with the book.\nAn address is given up here, by hand, when nothing need lead from it any more."
    );
    Some(model::keep_urls(&locked, model::urls(site, snapshot), &introduction))
}

/// Holds the book to the searches that it promises, and makes the files of its index when there is a site to make.
fn search_files(cx: &Context<'_>, publish: bool, sink: &mut Sink) -> Vec<Artifact> {
    if !cx.config.search || !(publish || cx.config.search_tests.is_some()) {
        return Vec::new();
    }
    let found = search::findable(cx.site, &cx.config.language);
    let index = found.index();
    search::check_promises(cx, &index, sink);
    if publish { index.artifacts() } else { Vec::new() }
}

/// Every output of the site: one call each.
fn make(cx: &render::Context<'_>, theme: &render::Theme, index: Vec<Artifact>, sink: &mut Sink) -> Artifacts {
    let pages = render::render(cx, theme, sink);
    let mut artifacts = Artifacts::default();
    for artifact in pages.into_iter().chain(index) {
        artifacts.insert(artifact);
    }
    artifacts
}

/// Every check that the program knows, by name, on whatever floor it is made.
pub fn checks() -> Vec<&'static Check> {
    let of_documents = [check::shape::CHECKS, check::builtin::CHECKS, rules::CHECKS].concat();
    let floors = [parse::CHECKS, config::CHECKS, schema::CHECKS, &of_documents, search::CHECKS, render::CHECKS];
    let mut checks: Vec<&Check> = floors.concat();
    checks.sort_by_key(|check| check.name);
    checks
}

fn parse_pages(snapshot: &Snapshot, config: &Config, sink: &mut Sink) -> Vec<Page> {
    let folder = format!("{}/", config.src);
    let of_content = |path: &str| path.starts_with(&folder) && is_page(path);
    let sources: Vec<_> = snapshot.files().filter(|(_, file)| of_content(&file.path)).map(|(id, _)| id).collect();
    let lang = sink.lang();
    let (pages, sinks): (Vec<Page>, Vec<Sink>) = sources
        .into_par_iter()
        .map(|source| {
            let mut sink = Sink::new(lang);
            (parse::parse(snapshot, source, &mut sink), sink)
        })
        .unzip();
    for found in sinks {
        sink.append(found);
    }
    pages
}

/// Whether a file of the content is a page; all others are published as they are.
fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// The introductions of folders, with the ids of the folders, in the order of their paths.
fn indexes<'a>(snapshot: &'a Snapshot, config: &Config, pages: &'a [Page]) -> Vec<(&'a str, &'a Page)> {
    let folder = format!("{}/", config.src);
    let id = |page: &Page| -> Option<&'a str> {
        let below = snapshot.file(page.source).path.strip_prefix(&folder)?;
        Some(below.strip_suffix("_index.md")?.trim_end_matches('/'))
    };
    pages.iter().filter_map(|page| Some((id(page)?, page))).collect()
}

/// Gives findings the levels that the book asks for.
fn grade(config: &Config, sink: &mut Sink) {
    sink.retain_mut(|finding| match config.levels.get(finding.code.name()) {
        Some((Some(level), _)) if finding.level != Level::Objective => {
            finding.level = *level;
            true
        }
        Some((None, _)) => false,
        _ => true,
    });
}
