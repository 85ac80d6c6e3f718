//! The whole of Recueil on one screen: bytes are parsed, resolved, checked, and turned into artifacts in memory.

use std::convert::Infallible;
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::artifact::{Artifacts, Discard, Memory, Outlet};
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
    /// The files of the site, where they were asked for in memory.
    pub artifacts: Artifacts,
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
        snapshot.read_commit();
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
    let Ok((build, _)) = run(inputs, Wish::<Memory, fn() -> Result<Memory, Infallible>>::Check);
    build
}

/// Reads, checks and makes every page, in memory.
pub fn build(inputs: Inputs) -> Build {
    let Ok((mut build, made)) = run(inputs, Wish::Site { begin: || Ok(Memory::default()), even_with_errors: true });
    build.artifacts = made.map(Memory::into_artifacts).unwrap_or_default();
    build
}

/// Reads, checks and makes every page, and hands each to an outlet as soon as it is made. The outlet is opened once it is known
/// that the book has no error; none otherwise.
///
/// # Errors
///
/// Those of the outlet.
pub fn build_into<O: Outlet>(
    inputs: Inputs,
    begin: impl FnOnce() -> Result<O, O::Error>,
) -> Result<(Build, Option<O>), O::Error> {
    run(inputs, Wish::Site { begin, even_with_errors: false })
}

/// Reads, and holds the whole book against one rule as if it had always been in force. The findings are that rule's alone: what it
/// would ask of documents that were written before it.
pub fn simulate(inputs: Inputs, code: &str) -> Build {
    let mut build = check(inputs);
    let mut sink = Sink::new(build.sink.lang());
    if let (Some(config), Some(site)) = (&build.config, &build.site) {
        let cx = Context { snapshot: &build.snapshot, config, site, today: build.today, lang: sink.lang() };
        build.verdicts = rules::simulate(&cx, &build.rules, code, &mut sink);
    }
    sink.sort(&build.snapshot);
    build.sink = sink;
    build
}

/// What a run is for.
enum Wish<O: Outlet, B: FnOnce() -> Result<O, O::Error>> {
    Check,
    Site { begin: B, even_with_errors: bool },
}

fn run<O: Outlet, B: FnOnce() -> Result<O, O::Error>>(
    inputs: Inputs,
    wish: Wish<O, B>,
) -> Result<(Build, Option<O>), O::Error> {
    let Inputs { snapshot, config, today, mut sink } = inputs;
    let Some(config) = config else {
        sink.sort(&snapshot);
        return Ok((Build::unread(snapshot, today, sink), None));
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
    // The index before the pages, which show what was found so far: each is parallel in itself, and what the index takes to be
    // made is gone when pages are.
    let findable = is_searched(&config, &wish).then(|| search::findable(&site, &config.language));
    let index = findable.as_ref().map(search::Findable::index);
    if let Some(index) = &index {
        search::check_promises(&cx, index, &mut sink);
    }
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
    let theme = render::theme(&pages, &mut sink);
    let outlet = match (wish, &theme) {
        (Wish::Site { begin, even_with_errors }, Some(theme)) => {
            if even_with_errors || sink.count(Level::Error) == 0 {
                let outlet = begin()?;
                let files = index.as_ref().map(search::Index::artifacts).unwrap_or_default();
                drop(index);
                drop(findable);
                files.into_par_iter().try_for_each(|file| outlet.put(file).map(drop))?;
                render::render(&pages, theme, &outlet, &mut sink)?;
                Some(outlet)
            } else {
                // For what its templates do wrong.
                render::render(&pages, theme, &Discard::default(), &mut sink)?;
                None
            }
        }
        _ => None,
    };
    grade(&config, &mut sink);
    sink.sort(&snapshot);
    let artifacts = Artifacts::default();
    Ok((Build { config: Some(config), site: Some(site), today, rules, verdicts, artifacts, sink, snapshot }, outlet))
}

/// Whether the index is needed: for the site, or for the searches that the book promises.
fn is_searched<O: Outlet, B: FnOnce() -> Result<O, O::Error>>(config: &Config, wish: &Wish<O, B>) -> bool {
    config.search && (matches!(wish, Wish::Site { .. }) || config.search_tests.is_some())
}

impl Build {
    /// What [`model::URLS`] holds once the site is published: the addresses that the book has had, the present ones with them. None
    /// where the book does not keep them: it does once it says where it stands.
    pub fn kept_urls(&self) -> Option<String> {
        let (config, site) = (self.config.as_ref()?, self.site.as_ref()?);
        let source = self.snapshot.find(model::URLS);
        if source.is_none() && config.base_url.is_empty() {
            return None;
        }
        let locked = source.map(|source| model::locked_urls(&self.snapshot, source)).unwrap_or_default();
        let introduction = tr!(
            config.lang(),
            "Les adresses que ce site a publiées, et d’où elles viennent. `recueil build` tient ce fichier : gardez-le avec le livre.\nUne adresse se retire ici, à la main, quand rien ne doit plus y mener.",
            "The addresses that this site has published, and where they came from. `recueil build` keeps this file: keep it with the book.\nAn address is given up here, by hand, when nothing need lead from it any more."
        );
        Some(model::keep_urls(&locked, model::urls(site, &self.snapshot), &introduction))
    }

    /// A book whose `book.toml` cannot be read.
    fn unread(snapshot: Snapshot, today: Date, sink: Sink) -> Self {
        let (rules, verdicts) = (Rules::default(), Verdicts::default());
        Self { snapshot, config: None, site: None, today, rules, verdicts, artifacts: Artifacts::default(), sink }
    }
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
