//! Views: what a page shows beyond its text, declared in its front matter.
//!
//! [`load`] reads every `views:` of the book and finds what is wrong in them, at the word: kinds, names, keys, collections, and
//! expressions (in the language of rules, held against the schema). It then evaluates each, over the whole book and in parallel,
//! to [plain data](data): groups and amounts, tables, events. What it draws is no matter of this floor; a figure about few people
//! is withheld here, so that no floor below can show it.
//!
//! Start with [`Kind`] for what there is, [`read`] for the words of a declaration, [`evaluate`] for what comes of it.

mod faults;
mod kind;
mod moment;
pub mod data;
mod field;
mod program;
mod expression;
mod page;
mod read;
mod keys;
pub(crate) mod place;
mod ledger;
mod tiles;
mod evaluate;

pub use faults::CHECKS;
pub use kind::Kind;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::data::Data;
use self::program::Program;
use super::Context;
use super::rules::{Rules, Verdicts};
use crate::diagnostic::Sink;
use crate::model::Page;
use crate::source::{SourceId, Span};

/// Every view of a book, page by page.
#[derive(Debug, Default)]
pub struct Views {
    by_page: BTreeMap<SourceId, Vec<View>>,
}

/// One view, evaluated.
#[derive(Debug)]
pub struct View {
    /// What its page calls it.
    pub name: String,
    /// Its title for readers.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// Where it is declared.
    pub span: Span,
    /// What is counted, for one and for several.
    pub unit: Option<(String, String)>,
    /// What its author adds, in Markdown.
    pub note: Option<String>,
    /// Where a figure is defined, as a link of the page.
    pub definition: Option<String>,
    /// How it is worked out, as its author wrote it: keys and expressions.
    pub method: Vec<(&'static str, String)>,
    /// The ids of the collections that it is about.
    pub of: Vec<String>,
    /// Fewest people that a figure may be about.
    pub threshold: usize,
    /// What it shows.
    pub data: Data,
}

impl Views {
    /// The views of the page in a file, in the order in which they are declared.
    pub fn of(&self, source: SourceId) -> &[View] {
        self.by_page.get(&source).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every view with the file that declares it.
    pub fn all(&self) -> impl Iterator<Item = (SourceId, &View)> {
        self.by_page.iter().flat_map(|(source, views)| views.iter().map(|view| (*source, view)))
    }
}

/// What the rules of the book have to say, of which views show accounts.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// What they say, in the same order.
    pub verdicts: &'a Verdicts,
}

/// Reads and evaluates every view, and finds what is wrong with them. A view at fault is left out.
pub fn load(cx: &Context<'_>, judged: Judged<'_>, sink: &mut Sink) -> Views {
    let folders = cx.site.folders.iter().map(|folder| {
        let own = folder.is_collection.then_some(folder.id.as_str());
        (&folder.page, own)
    });
    let documents = cx.site.published().map(|document| (&document.page, None));
    let mut programs: Vec<(SourceId, Program<'_>)> = Vec::new();
    for (page, own) in folders.chain(documents).filter(|(page, _)| page.readable) {
        let (read, names) = page::read(cx, judged, page, own, sink);
        programs.extend(read.into_iter().map(|program| (page.source, program)));
        place::check(cx, page, &names, sink);
    }
    let evaluated: Vec<(SourceId, View, Sink)> = programs
        .into_par_iter()
        .map(|(source, program)| {
            let mut sink = Sink::new(cx.lang);
            let view = evaluate::evaluate(cx, judged, program, &mut sink);
            (source, view, sink)
        })
        .collect();
    let mut views = Views::default();
    let mut told: BTreeSet<(Span, String)> = BTreeSet::new();
    for (source, view, mut found) in evaluated {
        // What is wrong in a document that several views look at is told once.
        found.retain_mut(|finding| told.insert((finding.span, finding.message.clone())));
        sink.append(found);
        views.by_page.entry(source).or_default().push(view);
    }
    views
}

/// The name that a picture's destination gives to a view: `view:name`.
pub fn placed(destination: &str) -> Option<&str> {
    destination.strip_prefix("view:").map(str::trim)
}

/// The views that the text of a page places, in order.
pub fn placements(page: &Page) -> impl Iterator<Item = &str> {
    page.body.links.iter().filter(|link| link.image).filter_map(|link| placed(&link.destination))
}
