//! Small books: repairs, requested by workshops and counted in hours.

use std::sync::Arc;

use crate::check::rules::{self, Rules, Verdicts};
use crate::check::{Context, shape};
use crate::config;
use crate::diagnostic::{Lang, Sink};
use crate::model::{self, Date, Site};
use crate::parse;
use crate::schema;
use crate::source::Snapshot;

const REPAIRS: &str = "---
title: Repairs
collection:
  singular: repair
  fields:
    shop: { type: reference, to: shops, required: true }
    shops: { type: array, items: { type: reference, to: shops } }
    hours: { type: number, minimum: 0 }
    state: { type: string, enum: { asked: Asked for, done: Done } }
    asked: { type: date }
    note: { type: markdown }
    relay: { type: string }
    paid: { type: boolean }
    parts: { type: array, items: { type: object, properties: { name: { type: string }, price: { type: number } } } }
    contract: { type: object, properties: { signed: { type: date }, goal: { type: string } } }
    serves: { type: array, items: { type: reference, to: charters, entries: required } }
  sections:
    - { title: Décisions }
---
";

const OTHERS: &[(&str, &str)] = &[
    ("content/_index.md", "---\ntitle: Book\n---\n"),
    (
        "content/shops/_index.md",
        "---\ntitle: Shops\ncollection: { fields: { zone: { type: string }, opened: { type: date } } }\n---\n",
    ),
    ("content/shops/north.md", "---\ntitle: North shop\nzone: hills\nopened: 2019-05-01\n---\n"),
    ("content/shops/south.md", "---\ntitle: South shop\nzone: coast\n---\n"),
    (
        "content/charters/_index.md",
        "---\ntitle: Charters\ncollection: { fields: { articles: { type: entries } } }\n---\n",
    ),
    (
        "content/charters/main.md",
        "---\ntitle: Main charter\narticles:\n  - { number: quota, title: Fair share }\n---\n",
    ),
    (
        "content/rules/_index.md",
        "---\ntitle: Rules\ncollection: { kind: rules, sort: code, charters: charters }\n---\n",
    ),
];

/// A book and what was found in it.
pub(super) struct Book {
    pub snapshot: Snapshot,
    pub site: Site,
    pub config: config::Config,
    pub sink: Sink,
    pub rules: Arc<Rules>,
    pub verdicts: Verdicts,
}

/// Builds a book of these files beside the usual ones, and judges it on 30 June 2026.
pub(super) fn book(files: &[(&str, &str)]) -> Book {
    book_in(Lang::En, files)
}

pub(super) fn book_in(lang: Lang, files: &[(&str, &str)]) -> Book {
    let language = if lang == Lang::Fr { "fr" } else { "en" };
    let toml = format!("[book]\ntitle = \"Book\"\nlanguage = \"{language}\"\n");
    let mut all: Vec<(&str, &str)> = OTHERS.to_vec();
    all.push(("content/repairs/_index.md", REPAIRS));
    all.extend(files);
    all.sort_by(|a, b| a.0.cmp(b.0));
    all.insert(0, ("book.toml", &toml));
    let snapshot = Snapshot::from_texts(all);
    let mut sink = Sink::new(lang);
    let config = config::read(&snapshot, snapshot.find("book.toml").unwrap(), &mut sink).unwrap();
    sink = Sink::new(lang);
    let pages: Vec<_> = snapshot
        .files()
        .filter(|(_, file)| file.path.strip_suffix(".md").is_some())
        .map(|(source, _)| parse::parse(&snapshot, source, &mut sink))
        .collect();
    let schema = {
        let indexes: Vec<(String, &parse::Page)> = pages
            .iter()
            .filter_map(|page| {
                let path = snapshot.file(page.source).path.strip_prefix("content/")?;
                Some((path.strip_suffix("_index.md")?.trim_end_matches('/').to_owned(), page))
            })
            .collect();
        schema::read(indexes.iter().map(|(id, page)| (id.as_str(), *page)), &mut sink)
    };
    let site = model::build(&snapshot, "content", schema, pages);
    let today: Date = "2026-06-30".parse().unwrap();
    let cx = Context { snapshot: &snapshot, config: &config, site: &site, today, lang };
    for document in &site.documents {
        shape::check(&cx, document, &mut sink);
    }
    let rules = rules::load(&cx, None, &mut sink);
    let verdicts = rules::judge(&cx, &rules, None, &mut sink);
    Book { snapshot, site, config, sink, rules, verdicts }
}

impl Book {
    /// Each finding as `code "faulty text" message`, in the order of their places.
    pub(super) fn findings(&self) -> Vec<String> {
        let mut sink = self.sink.clone();
        sink.sort(&self.snapshot);
        sink.diagnostics()
            .iter()
            .map(|found| format!("{} `{}` {}", found.code.name(), self.snapshot.text(found.span), found.message))
            .collect()
    }

    /// The names of the documents that have a finding of this code, with the line of each.
    pub(super) fn places(&self, code: &str) -> Vec<(String, usize)> {
        let mut sink = self.sink.clone();
        sink.sort(&self.snapshot);
        let found = sink.diagnostics().iter().filter(|found| found.code.name() == code);
        found
            .map(|found| {
                let path = &self.snapshot.file(found.span.source).path;
                let name = path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned();
                (name, self.snapshot.position(found.span.source, found.span.start).line)
            })
            .collect()
    }
}

/// A rule about repairs with these lines, and an example of each kind that suits `hours <= 3`.
pub(super) fn rule(lines: &str) -> String {
    format!(
        "---\ntitle: A rule\ncode: R-1\nsource: main#quota\napplies_to: repairs\nmessage: too bad\n{lines}\nexamples:\n  - title: good\n    passes: {{ document: {{ hours: 3, shop: north, note: short, state: done }} }}\n  - title: bad\n    fails: {{ document: {{ hours: 4, shop: south, note: very long }} }}\n---\n"
    )
}
