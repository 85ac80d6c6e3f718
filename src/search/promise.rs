//! What a book promises that readers find: queries in a file beside `book.toml`, held against the index on every check.
//!
//! ```yaml
//! - query: comment faire quand on n'a pas le bac
//!   finds: publics/jeunes-sans-qualification
//!   within: 3
//! ```
//! A promise is kept when each of its documents is among the first `within` results of the very search that readers use.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Index, Outcome, Query};
use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::model::Document;
use crate::parse::{Node, Settings, parse_yaml, wrong};
use crate::source::{SourceId, Span, Spanned};

/// How many results a reader looks at, unless the test says otherwise.
const WITHIN: usize = 3;

/// How far down is searched for what slipped.
const DEPTH: usize = 100;

static MISSING_SEARCH_TESTS: Check = Check {
    name: "missing-search-tests",
    level: Level::Error,
    summary: Text {
        fr: "le fichier des essais de recherche n’existe pas",
        en: "the file of search tests does not exist",
    },
    manual: Text {
        fr: "`[search] tests` nomme un fichier à côté de `book.toml`. Créez-le, ou retirez la ligne.",
        en: "`[search] tests` names a file beside `book.toml`. Create it, or take the line away.",
    },
};

static SLIPPED_SEARCH_RESULT: Check = Check {
    name: "slipped-search-result",
    level: Level::Warning,
    summary: Text {
        fr: "une recherche ne trouve plus ce qu’elle doit trouver",
        en: "a search no longer finds what it should",
    },
    manual: Text {
        fr: "Le fichier des essais de recherche dit ce qu’un lecteur doit trouver, et parmi combien de résultats. Quand un document recule, donnez-lui les mots du lecteur : dans son résumé, dans un titre, ou comme synonyme au glossaire. Si un autre document répond mieux désormais, changez l’essai.",
        en: "The file of search tests says what a reader should find, and among how many results. When a document slips, give it the reader's words: in its summary, in a heading, or as a synonym in the glossary. If another document answers better by now, change the test.",
    },
};

static UNKNOWN_SEARCH_RESULT: Check = Check {
    name: "unknown-search-result",
    level: Level::Error,
    summary: Text {
        fr: "un essai de recherche attend un document qui n’existe pas",
        en: "a search test expects a document that does not exist",
    },
    manual: Text {
        fr: "Un document s’écrit `collection/nom`, une entrée ou une section `collection/nom#numéro`. Une page libre s’écrit comme son adresse.",
        en: "A document is written `collection/name`, an entry or a section `collection/name#number`. A free page is written as its address.",
    },
};

static DUPLICATE_SEARCH_QUERY: Check = Check {
    name: "duplicate-search-query",
    level: Level::Warning,
    summary: Text { fr: "deux essais de recherche posent la même question", en: "two search tests ask the same" },
    manual: Text {
        fr: "Réunissez-les : un essai peut attendre plusieurs documents.",
        en: "Put them together: a test may expect several documents.",
    },
};

/// The checks of this floor.
pub static CHECKS: &[&Check] =
    &[&DUPLICATE_SEARCH_QUERY, &MISSING_SEARCH_TESTS, &SLIPPED_SEARCH_RESULT, &UNKNOWN_SEARCH_RESULT];

/// One query and what must come of it.
struct Promise {
    query: Spanned<String>,
    finds: Vec<Spanned<String>>,
    within: usize,
}

/// Holds the promises of the book, if it makes any, against its index.
pub fn check(cx: &Context<'_>, index: &Index<'_>, sink: &mut Sink) {
    let Some(file) = &cx.config.search_tests else { return };
    let Some(source) = cx.snapshot.find(&file.value) else {
        let name = &file.value;
        sink.push(
            Diagnostic::new(
                &MISSING_SEARCH_TESTS,
                file.span,
                tr!(cx.lang, "le fichier `{name}` n’existe pas", "there is no file `{name}`"),
            )
            .help(tr!(
                cx.lang,
                "créez-le à côté de `book.toml`, ou retirez cette ligne",
                "create it beside `book.toml`, or take this line away"
            )),
        );
        return;
    };
    let promises = read(cx, source, sink);
    let mut asked: HashMap<&str, Span> = HashMap::new();
    for Promise { query, .. } in &promises {
        if let Some(first) = asked.insert(&query.value, query.span) {
            sink.push(
                Diagnostic::new(
                    &DUPLICATE_SEARCH_QUERY,
                    query.span,
                    tr!(cx.lang, "cette recherche est déjà essayée", "this search is tried already"),
                )
                .related(first, tr!(cx.lang, "ici la première fois", "here the first time"))
                .help(tr!(cx.lang, "réunissez les deux essais", "put both tests together")),
            );
        }
    }
    let outcomes: Vec<Outcome<'_>> = promises
        .par_iter()
        .map(|promise| {
            index.search(&Query { page: 0..DEPTH.max(promise.within), ..Query::new(promise.query.value.as_str()) })
        })
        .collect();
    for (promise, outcome) in promises.iter().zip(&outcomes) {
        for wanted in &promise.finds {
            match place(cx, &wanted.value) {
                Some(place) => hold(cx, promise, wanted, &place, outcome, sink),
                None => sink.push(unknown(cx, wanted)),
            }
        }
    }
}

fn read(cx: &Context<'_>, source: SourceId, sink: &mut Sink) -> Vec<Promise> {
    let text = &cx.snapshot.file(source).text;
    let Some(node) = parse_yaml(text, source, 0..text.len(), sink) else { return Vec::new() };
    let Some(items) = node.as_sequence() else {
        wrong("tests", node.span, &tr!(cx.lang, "une liste d’essais", "a list of tests"), sink);
        return Vec::new();
    };
    items.iter().filter_map(|item| promise(cx, item, sink)).collect()
}

fn promise(cx: &Context<'_>, item: &Node, sink: &mut Sink) -> Option<Promise> {
    let Some(mapping) = item.as_mapping() else {
        wrong("tests", item.span, &tr!(cx.lang, "`query` et `finds`", "`query` and `finds`"), sink);
        return None;
    };
    let mut settings = Settings::new(mapping);
    let query = settings.text("query", sink).filter(|query| !query.value.trim().is_empty());
    let finds = settings.texts("finds", sink);
    let within = settings.count("within", sink).filter(|&within| within > 0).unwrap_or(WITHIN);
    let _ = settings.text("why", sink);
    settings.finish(sink);
    match query {
        Some(query) if !finds.is_empty() => Some(Promise { query, finds, within }),
        _ => {
            wrong("tests", item.span, &tr!(cx.lang, "`query` et `finds`", "`query` and `finds`"), sink);
            None
        }
    }
}

/// Where something expected stands: the address of its document, and its own if it is a part of it.
struct Place {
    document: String,
    part: Option<String>,
}

fn place(cx: &Context<'_>, wanted: &str) -> Option<Place> {
    let (path, part) = wanted.split_once('#').map_or((wanted, None), |(path, part)| (path, Some(part)));
    let document = cx.site.published().find(|document| called(document) == path)?;
    let url = &document.page.url;
    let part = match part {
        None => None,
        Some(part) => {
            let entry = document.entries.iter().find(|entry| entry.number.value == part).map(|entry| entry.url.clone());
            let section = || {
                let known = document.page.body.sections.iter().any(|section| *section.id == *part);
                known.then(|| format!("{url}#{part}"))
            };
            Some(entry.or_else(section)?)
        }
    };
    Some(Place { document: url.clone(), part })
}

/// What the file of promises calls a document.
fn called(document: &Document) -> String {
    match &document.collection {
        Some(collection) => format!("{collection}/{}", document.name),
        None => document.page.url.trim_end_matches('/').to_owned(),
    }
}

fn hold(
    cx: &Context<'_>,
    promise: &Promise,
    wanted: &Spanned<String>,
    place: &Place,
    outcome: &Outcome<'_>,
    sink: &mut Sink,
) {
    let found = outcome.hits.iter().position(|hit| {
        let part = place.part.as_ref();
        hit.record.url == place.document && part.is_none_or(|part| hit.places.iter().any(|place| place.url == *part))
    });
    if found.is_some_and(|at| at < promise.within) {
        return;
    }
    let (query, name, within) = (&promise.query.value, &wanted.value, promise.within);
    let stands = match found {
        Some(at) => {
            let at = at + 1;
            tr!(cx.lang, "il est le {at}e", "it is number {at}")
        }
        None => tr!(cx.lang, "il n’y est pas", "it is not there"),
    };
    let mut finding = Diagnostic::new(
        &SLIPPED_SEARCH_RESULT,
        wanted.span,
        tr!(
            cx.lang,
            "« {query} » ne trouve pas `{name}` dans les {within} premiers résultats : {stands}",
            "\"{query}\" does not find `{name}` among the first {within} results: {stands}"
        ),
    )
    .help(tr!(
        cx.lang,
        "donnez au document les mots de cette recherche (résumé, titre, synonyme au glossaire), ou changez l’essai",
        "give the document the words of this search (summary, heading, synonym in the glossary), or change the test"
    ));
    let instead: Vec<String> =
        outcome.hits.iter().take(within).map(|hit| format!("« {} »", hit.record.title)).collect();
    if !instead.is_empty() {
        let instead = instead.join(", ");
        finding = finding.note(tr!(cx.lang, "trouvé à la place : {instead}", "found instead: {instead}"));
    }
    sink.push(finding);
}

fn unknown(cx: &Context<'_>, wanted: &Spanned<String>) -> Diagnostic {
    let name = &wanted.value;
    let path = name.split_once('#').map_or(name.as_str(), |(path, _)| path);
    let names: Vec<String> = cx.site.published().map(called).collect();
    let help = if names.iter().any(|known| known == path) {
        tr!(
            cx.lang,
            "le document existe, mais n’a ni entrée ni section de ce nom",
            "the document exists, but has neither entry nor section of that name"
        )
    } else {
        closest(cx.lang, path, names.iter().map(String::as_str)).unwrap_or_else(|| {
            tr!(cx.lang, "écrivez `collection/nom`, comme dans `content/`", "write `collection/name`, as in `content/`")
        })
    };
    Diagnostic::new(
        &UNKNOWN_SEARCH_RESULT,
        wanted.span,
        tr!(cx.lang, "aucun document `{name}`", "no document `{name}`"),
    )
    .help(help)
}
