//! Checks that no schema can express: references, links and anchors, headings, pictures, addresses.
//!
//! One check a file. Those of one document look at that document, and of others only at what [`crate::model::revise`] holds to be
//! the same in two versions: their names, addresses, anchors, and whether they are drafts. What looks further is for the whole book.

mod address;
mod dangling_link;
mod dangling_reference;
mod draft_reference;
mod field_text;
mod duplicate_name;
mod future_date;
mod heading;
mod image;
mod legal;
mod missing_content;
mod lost_address;
mod lost_footnote;
mod personal_data;
mod unknown_code;

pub(crate) use address::DUPLICATE_ADDRESS;

use super::Context;
use super::views::place;
use crate::diagnostic::{Check, Sink, tr};
use crate::model::{Document, FOLDER_KEYS, Page};
use crate::parse::{Link, unknown_key, wrong};
use crate::source::Span;

pub use dangling_link::{Destination, destination};

/// The built-in checks.
pub static CHECKS: &[&Check] = &[
    &DUPLICATE_ADDRESS,
    &address::INVALID_ADDRESS,
    &dangling_link::DANGLING_LINK,
    &dangling_link::DANGLING_ANCHOR,
    &dangling_link::REMOTE_PICTURE,
    &dangling_link::UNSAFE_LINK,
    &dangling_reference::DANGLING_REFERENCE,
    &draft_reference::DRAFT_REFERENCE,
    &duplicate_name::DUPLICATE_NAME,
    &future_date::FUTURE_DATE,
    &heading::TOP_HEADING,
    &heading::SKIPPED_HEADING,
    &image::MISSING_ALTERNATIVE,
    &legal::MISSING_LEGAL_NOTICE,
    &missing_content::MISSING_CONTENT,
    &lost_address::LOST_ADDRESS,
    &lost_footnote::LOST_FOOTNOTE,
    &personal_data::PERSONAL_DATA,
    &unknown_code::UNKNOWN_CODE,
];

/// The checks of one document.
pub(super) fn document(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    dangling_reference::check(cx, document, sink);
    let text = field_text::read(cx, document);
    draft_reference::check(cx, document, &text.links, sink);
    future_date::check(cx, document, sink);
    personal_data::document(cx, document, sink);
    place::in_fields(&text.links, sink);
    links(cx, &document.page, &text.links, &text.lost_footnotes, sink);
    body(cx, &document.page, sink);
}

/// The checks of the introductions of folders.
pub(super) fn folders(cx: &Context<'_>, sink: &mut Sink) {
    for folder in cx.site.folders.iter() {
        for key in &folder.unknown {
            sink.push(unknown_key(&key.value, key.span, FOLDER_KEYS.iter().copied(), sink));
        }
        for (key, span) in &folder.misread {
            wrong(&key.value, *span, &tr!(sink.lang(), "une liste de textes", "a list of texts"), sink);
        }
        personal_data::page(cx, &folder.page, sink);
        body(cx, &folder.page, sink);
    }
}

fn body(cx: &Context<'_>, page: &Page, sink: &mut Sink) {
    heading::check(page, sink);
    links(cx, page, &page.body.links, &page.body.lost_footnotes, sink);
}

fn links(cx: &Context<'_>, page: &Page, links: &[Link], lost_footnotes: &[(String, Span)], sink: &mut Sink) {
    dangling_link::check(cx, page, links, sink);
    image::check(links, sink);
    lost_footnote::check(lost_footnotes, sink);
}

/// The checks that need the whole book at once.
pub(super) fn whole_book(cx: &Context<'_>, sink: &mut Sink) {
    address::check(cx, sink);
    duplicate_name::check(cx, sink);
    legal::check(cx, sink);
    lost_address::check(cx, sink);
    missing_content::check(cx, sink);
}

/// Holds the codes in `book.toml` against those that exist, on whatever floor they are made.
pub fn codes(cx: &Context<'_>, known: &[&str], sink: &mut Sink) {
    unknown_code::check(cx, known, sink);
}
