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
mod reads;
mod again;

pub use faults::CHECKS;
pub use kind::Kind;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::data::Data;
use self::program::Program;
use self::reads::Reads;
use super::rules::{Rules, Verdicts};
use super::{Context, Since};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::Page;
use crate::source::{SourceId, Span};

/// Every view of a book, page by page.
#[derive(Debug, Default)]
pub struct Views {
    by_page: BTreeMap<SourceId, OfPage>,
}

/// The views of one page.
#[derive(Debug, Clone, Default)]
struct OfPage {
    views: Vec<Arc<View>>,
    /// What is wrong with how they are declared and placed.
    found: Vec<Diagnostic>,
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
    /// What it looks at.
    reads: Reads,
    /// What the documents keep it from.
    found: Vec<Diagnostic>,
}

impl Views {
    /// The views of the page in a file, in the order in which they are declared.
    pub fn of(&self, source: SourceId) -> &[Arc<View>] {
        self.by_page.get(&source).map(|page| page.views.as_slice()).unwrap_or_default()
    }

    /// Every view with the file that declares it.
    pub fn all(&self) -> impl Iterator<Item = (SourceId, &View)> {
        self.by_page.iter().flat_map(|(source, page)| page.views.iter().map(|view| (*source, view.as_ref())))
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
pub fn load(cx: &Context<'_>, judged: Judged<'_>, since: Option<Since<'_>>, sink: &mut Sink) -> Views {
    let since =
        since.filter(|since| !since.revision.retitles(cx.site) && std::ptr::eq(judged.rules, since.rules.as_ref()));
    let folders = cx.site.folders.iter().map(|folder| {
        let own = folder.is_collection.then_some(folder.id.as_str());
        (&folder.page, own)
    });
    let documents = cx.site.published().map(|document| (&document.page, None));
    let mut views = Views::default();
    let mut programs: Vec<(SourceId, Program<'_>, Option<Arc<View>>)> = Vec::new();
    for (page, own) in folders.chain(documents).filter(|(page, _)| page.readable) {
        let kept = since.and_then(|since| again::of_page((cx, judged), since, page));
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_whole()) {
            kept.keep(page.source, &mut views);
            continue;
        }
        let mut found = Sink::new(cx.lang);
        let (read, names) = page::read(cx, judged, page, own, &mut found);
        place::check(cx, page, &names, &mut found);
        let mut kept = kept.into_iter().flat_map(again::Kept::into_views);
        programs.extend(read.into_iter().map(|program| (page.source, program, kept.next().flatten())));
        if !found.diagnostics().is_empty() {
            views.by_page.entry(page.source).or_default().found = found.into_diagnostics();
        }
    }
    let evaluated: Vec<(SourceId, Arc<View>)> = programs
        .into_par_iter()
        .map(|(source, program, kept)| {
            (source, kept.unwrap_or_else(|| Arc::new(evaluate::evaluate(cx, judged, program))))
        })
        .collect();
    for (source, view) in evaluated {
        views.by_page.entry(source).or_default().views.push(view);
    }
    let mut told: BTreeSet<(Span, &str)> = BTreeSet::new();
    for page in views.by_page.values() {
        // What is wrong in a document that several views look at is told once.
        let of_views = page.views.iter().flat_map(|view| &view.found);
        let of_views = of_views.filter(|finding| told.insert((finding.span, finding.message.as_str())));
        page.found.iter().chain(of_views).for_each(|finding| sink.push(finding.clone()));
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
