//! The whole of Recueil on one screen: bytes are parsed, resolved, checked, and turned into artifacts in memory.

mod documents;
mod former;
mod timings;
mod unchanged;

pub use former::Former;
pub use timings::{Floor, Lap, Timings};
pub use unchanged::{Known, Told};

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};

use self::documents::{Found, is_page};
use crate::artifact::{Artifacts, Discard, Memory, Outlet};
use crate::check::rules::{self, Rules, Verdicts};
use crate::check::views::{self, Judged, Views};
use crate::check::{self, Checked, Context};
use crate::config::{self, Config};
use crate::diagnostic::{Check, Counted, Lang, Level, Sink, tr};
use crate::model::{self, Date, Site};
use crate::parse;
use crate::render::{self, Theme};
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
    /// What reading took.
    pub timings: Timings,
}

/// A book that was read and checked, and its site if that was asked for.
#[derive(Debug)]
pub struct Build {
    /// The files that findings point into.
    pub snapshot: Snapshot,
    /// What the book says of itself.
    pub config: Option<Config>,
    /// The documents.
    pub site: Option<Arc<Site>>,
    /// The day on which it was checked.
    pub today: Date,
    /// The rules of the book.
    pub rules: Arc<Rules>,
    /// What they say of its documents.
    pub verdicts: Arc<Verdicts>,
    /// The views that its pages declare.
    pub views: Arc<Views>,
    /// How its pages look; `None` when only checking, and when its templates cannot be read.
    pub theme: Option<Arc<Theme>>,
    /// The files of the site, where they were asked for in memory.
    pub artifacts: Artifacts,
    /// Everything that was found, sorted.
    pub sink: Sink,
    /// What was found on the way to the site, for the next version.
    found: Option<Arc<Found>>,
    /// What was found in documents as such, for the next version.
    checked: Arc<Checked>,
    /// What it took.
    pub timings: Timings,
}

/// Reads a book from its folder. `lang` is the language of messages; the book's own where not said.
pub fn read(root: &Path, today: Date, lang: Option<Lang>) -> Result<Inputs> {
    let mut timings = Timings::default();
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
    timings.lap(Floor::Read);
    Ok(Inputs { snapshot, config, today, sink, timings })
}

/// Reads and checks; makes no page.
pub fn check(inputs: Inputs) -> Build {
    let mut build = examine(inputs, None);
    if build.config.as_ref().is_some_and(|config| config.search_tests.is_some()) {
        build.search(|_, _| ());
    }
    build.settle();
    build
}

/// Reads and checks all but the searches that the book promises: an index takes longer than all the rest. What has not changed since
/// a former version is taken from there; the findings are the same as without.
pub fn check_without_searches(inputs: Inputs, former: Option<&Former>) -> Build {
    let mut build = examine(inputs, former);
    build.settle();
    build
}

/// Reads, checks and makes every page, in memory.
pub fn build(inputs: Inputs) -> Build {
    let mut build = examine(inputs, None);
    let memory = Memory::default();
    let Ok(()) = build.search(|index, _| index.map_or(Ok(()), |index| index.write_into(&memory)));
    build.settle();
    let Ok(()) = build.render(&memory);
    build.settle();
    build.artifacts = memory.into_artifacts();
    build
}

/// Reads, and holds the whole book against one rule as if it had always been in force. The findings are that rule's alone: what it
/// would ask of documents that were written before it.
pub fn simulate(inputs: Inputs, code: &str) -> Build {
    let mut build = check_without_searches(inputs, None);
    let mut sink = Sink::new(build.sink.lang());
    if let Some(cx) = build.checked() {
        build.verdicts = Arc::new(rules::simulate(&cx, &build.rules, code, &mut sink));
    }
    sink.sort(&build.snapshot);
    build.sink = sink;
    build
}

fn examine(inputs: Inputs, former: Option<&Former>) -> Build {
    let Inputs { snapshot, config, today, mut sink, mut timings } = inputs;
    let Some(config) = config else {
        return Build {
            snapshot,
            config: None,
            site: None,
            today,
            rules: Arc::default(),
            verdicts: Arc::default(),
            views: Arc::default(),
            theme: None,
            artifacts: Artifacts::default(),
            sink,
            found: None,
            checked: Arc::default(),
            timings,
        };
    };
    let documents::Made { site, found: by_reading, revision } =
        documents::make(&snapshot, &config, former, (&mut sink, &mut timings));
    let cx = Context { snapshot: &snapshot, config: &config, site: &site, today, lang: sink.lang() };
    let since = former.and_then(|former| former.since((&snapshot, today), revision.as_ref()));
    // Few documents are rules: they are read while others are checked.
    let mut found = Sink::new(sink.lang());
    let (checked, rules) = rayon::join(|| check::check(&cx, since, &mut sink), || rules::load(&cx, since, &mut found));
    sink.append(found);
    timings.lap(Floor::Check);
    let verdicts = rules::judge(&cx, &rules, since, &mut sink);
    timings.lap(Floor::Rules);
    let views = views::load(&cx, Judged { rules: &rules, verdicts: &verdicts }, since, &mut sink);
    let mut codes: Vec<&str> = checks().iter().map(|check| check.name).collect();
    codes.extend(rules.rules.iter().map(|rule| rule.code.value.as_str()));
    check::builtin::codes(&cx, &codes, &mut sink);
    timings.lap(Floor::Views);
    let theme = render::theme(&cx, former.and_then(|former| former.theme(&snapshot, &config, sink.lang())), &mut sink);
    timings.lap(Floor::Theme);
    Build {
        snapshot,
        config: Some(config),
        site: Some(Arc::new(site)),
        today,
        rules,
        verdicts: Arc::new(verdicts),
        views: Arc::new(views),
        theme,
        artifacts: Artifacts::default(),
        sink,
        found: Some(Arc::new(by_reading)),
        checked: Arc::new(checked),
        timings,
    }
}

impl Build {
    /// Makes every page of a book that was checked, and hands each to an outlet as soon as it is made. The outlet is opened once it
    /// is known that the book has no error; none otherwise.
    ///
    /// # Errors
    ///
    /// Those of the outlet.
    pub fn make_into<O: Outlet>(&mut self, begin: impl FnOnce() -> Result<O, O::Error>) -> Result<Option<O>, O::Error> {
        let outlet = self.search(|index, concluded| {
            if concluded.count(Level::Error) > 0 {
                return Ok(None);
            }
            let outlet = begin()?;
            index.map_or(Ok(()), |index| index.write_into(&outlet))?;
            Ok(Some(outlet))
        })?;
        match &outlet {
            Some(outlet) => self.render(outlet)?,
            // For what its templates do wrong.
            None => self.render(&Discard::default())?,
        }
        self.settle();
        Ok(outlet)
    }

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

    /// What checks look at; `None` when `book.toml` cannot be read.
    pub fn checked(&self) -> Option<Context<'_>> {
        let (config, site) = (self.config.as_ref()?, self.site.as_ref()?);
        Some(Context { snapshot: &self.snapshot, config, site, today: self.today, lang: self.sink.lang() })
    }

    /// What pages look at, with the findings that they show.
    pub fn shown<'a>(&'a self, findings: &'a [Counted]) -> Option<render::Context<'a>> {
        let (config, site) = (self.config.as_ref()?, self.site.as_ref()?);
        let (snapshot, rules, verdicts, views) = (&self.snapshot, &self.rules, &self.verdicts, &self.views);
        Some(render::Context { snapshot, config, site, rules, verdicts, views, findings })
    }

    /// Makes the index, holds the book to the searches that it promises, and gives what is asked of the index and of all that was
    /// found by then; there is no index for a book without search. It is gone when this returns: it takes about as much room as
    /// the book.
    pub fn searched<T>(&self, sink: &mut Sink, ask: impl FnOnce(Option<&search::Index>, &mut Sink) -> T) -> T {
        let Some(cx) = self.checked().filter(|cx| cx.config.search) else { return ask(None, sink) };
        let findable = search::findable(cx.site, &cx.config.language);
        let index = findable.index();
        search::check_promises(&cx, &index, sink);
        ask(Some(&index), sink)
    }

    fn search<T>(&mut self, ask: impl FnOnce(Option<&search::Index>, &Sink) -> T) -> T {
        let mut sink = self.sink.take();
        let given = self.searched(&mut sink, |index, sink| {
            self.conclude(sink);
            ask(index, sink)
        });
        self.sink = sink;
        self.timings.lap(Floor::Index);
        given
    }

    fn render<O: Outlet>(&mut self, outlet: &O) -> Result<(), O::Error> {
        let mut sink = self.sink.take();
        let findings = sink.by_code();
        let rendered = match (self.shown(&findings), &self.theme) {
            (Some(cx), Some(theme)) => render::render(&cx, theme, outlet, &mut sink),
            _ => Ok(()),
        };
        self.sink = sink;
        self.timings.lap(Floor::Pages);
        rendered
    }

    fn settle(&mut self) {
        let mut sink = self.sink.take();
        self.conclude(&mut sink);
        self.sink = sink;
    }

    /// Gives findings the levels that the book asks for, and puts them in order.
    pub fn conclude(&self, sink: &mut Sink) {
        if let Some(config) = &self.config {
            grade(config, sink);
        }
        sink.sort(&self.snapshot);
    }
}

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

/// Every check that the program knows, by name, on whatever floor it is made.
pub fn checks() -> Vec<&'static Check> {
    let of_documents = [check::shape::CHECKS, check::builtin::CHECKS, rules::CHECKS, views::CHECKS].concat();
    let floors = [parse::CHECKS, config::CHECKS, schema::CHECKS, &of_documents, search::CHECKS, render::CHECKS];
    let mut checks: Vec<&Check> = floors.concat();
    checks.sort_by_key(|check| check.name);
    checks
}
