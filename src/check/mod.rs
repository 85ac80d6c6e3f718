//! Is it right: every document against its schema and against the checks that the program knows.
//!
//! Reads the [`Site`], leaves findings in the sink, changes nothing. It cannot see how pages are drawn.
//!
//! Start with [`check`].

pub mod builtin;
pub mod rules;
pub mod shape;
pub mod views;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Lang, Sink};
use crate::model::{Date, Document, Site};
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

/// Holds the whole book against its schema and the built-in checks.
pub fn check(cx: &Context<'_>, sink: &mut Sink) {
    builtin::folders(cx, sink);
    let sinks: Vec<Sink> = cx
        .site
        .documents
        .par_iter()
        .map(|document| {
            let mut sink = Sink::new(cx.lang);
            check_document(cx, document, &mut sink);
            sink
        })
        .collect();
    for found in sinks {
        sink.append(found);
    }
    builtin::whole_book(cx, sink);
}

fn check_document(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    if document.page.readable {
        shape::check(cx, document, sink);
    }
    builtin::document(cx, document, sink);
}
