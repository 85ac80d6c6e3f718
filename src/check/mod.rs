//! Is it right: every document against its schema and against the checks that the program knows.
//!
//! Reads the [`Site`], leaves findings in the sink, changes nothing. It cannot see how pages are drawn.
//!
//! Start with [`check`].

pub mod builtin;
pub mod rules;
pub mod shape;
pub mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::rules::{Rules, Verdicts};
use self::views::Views;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Lang, Sink};
use crate::model::{Date, Document, DocumentId, Revision, Site};
use crate::parallel::SHARE;
use crate::source::Snapshot;

/// What a check may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files as they were written.
    pub snapshot: &'a Snapshot,
    /// What the book says of itself.
    pub config: &'a Config,
    /// The documents.
    pub site: &'a Site,
    /// The day on which the book is checked.
    pub today: Date,
    /// The language of messages.
    pub lang: Lang,
}

/// What a former version leaves to be taken as it is, where only a few documents changed.
///
/// Nothing here guesses. Documents are compared, so that it is known which fields say something else, by name; an expression that names
/// none of them has the same value again; and what is said of documents that did not change rests on nothing else of those that did
/// (see [`crate::model::revise`]). Where one of these does not hold, the work is done anew. A property test holds versions made this
/// way to ones made from nothing, page by page and finding by finding.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The documents that changed.
    pub revision: &'a Revision,
    /// What was found in documents as such.
    pub checked: &'a Arc<Checked>,
    /// The rules of the book.
    pub rules: &'a Arc<Rules>,
    /// What they said.
    pub verdicts: &'a Arc<Verdicts>,
    /// What pages showed.
    pub views: &'a Arc<Views>,
}

impl Since<'_> {
    /// Whether a finding points into a text that changed, where the place may have moved.
    pub(crate) fn moves(&self, finding: &Diagnostic) -> bool {
        let related = finding.related.iter().map(|label| label.span);
        related.chain([finding.span]).any(|span| self.revision.moves(span))
    }
}

/// What was found in a book by its schema and the built-in checks.
#[derive(Debug, Default)]
pub struct Checked {
    /// In documents, where there was anything.
    documents: BTreeMap<DocumentId, Vec<Diagnostic>>,
    /// In folders, and in all documents together.
    book: Vec<Diagnostic>,
}

/// Holds the whole book against its schema and the built-in checks.
pub fn check(cx: &Context<'_>, since: Option<Since<'_>>, sink: &mut Sink) -> Checked {
    let checked = since.map_or_else(|| check_all(cx), |since| check_again(cx, since));
    checked.documents.values().flatten().chain(&checked.book).for_each(|finding| sink.push(finding.clone()));
    checked
}

fn check_all(cx: &Context<'_>) -> Checked {
    let documents = cx.site.documents.par_iter().with_max_len(SHARE).map(AsRef::as_ref);
    let (documents, book) = rayon::join(|| check_documents(cx, documents), || check_book(cx));
    Checked { documents, book }
}

/// Looks again at what changed, and at what was found with a place in it: all else that documents say of one another is the same.
fn check_again(cx: &Context<'_>, since: Since<'_>) -> Checked {
    let is_moved = |found: &Vec<Diagnostic>| found.iter().any(|finding| since.moves(finding));
    let (moved, mut documents): (BTreeMap<_, _>, BTreeMap<_, _>) =
        since.checked.documents.clone().into_iter().partition(|(_, found)| is_moved(found));
    let revised = since.revision.documents().iter().map(|revised| revised.was.id);
    let mut again: Vec<DocumentId> = revised.chain(moved.into_keys()).collect();
    again.sort_unstable();
    again.dedup();
    for id in &again {
        documents.remove(id);
    }
    documents.extend(check_documents(cx, again.par_iter().map(|id| cx.site.document(*id))));
    let book = if is_moved(&since.checked.book) { check_book(cx) } else { since.checked.book.clone() };
    Checked { documents, book }
}

fn check_documents<'a>(
    cx: &Context<'_>,
    documents: impl ParallelIterator<Item = &'a Document>,
) -> BTreeMap<DocumentId, Vec<Diagnostic>> {
    let found = documents.filter_map(|document| {
        let mut sink = Sink::new(cx.lang);
        if document.page.readable {
            shape::check(cx, document, &mut sink);
        }
        builtin::document(cx, document, &mut sink);
        let found = sink.into_diagnostics();
        (!found.is_empty()).then_some((document.id, found))
    });
    found.collect::<Vec<_>>().into_iter().collect()
}

fn check_book(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::new(cx.lang);
    builtin::folders(cx, &mut sink);
    builtin::whole_book(cx, &mut sink);
    sink.into_diagnostics()
}
