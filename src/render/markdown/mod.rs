//! Markdown to HTML: CommonMark as authors write it, and nothing that they could break a page with.
//!
//! Raw HTML is shown as text and comments are dropped; links lead to pages instead of files; code is coloured by class; notes stand
//! at the end. No style attribute is ever written, since the pages' security policy forbids it.

mod alert;
mod footnote;
mod table;
mod writer;

use self::footnote::Footnotes;
use self::writer::{Anchor, Writer};
use super::escape::escape;
use super::gloss::Told;
use super::shared::Shared;
use super::view;
use crate::model::{Document, Page};
use crate::parse::Body;
use crate::source::SourceId;

/// The HTML of a page's text. Its headings take the anchors that the model gave them.
pub(super) fn body(shared: &Shared<'_>, body: &Body, root: &str) -> String {
    with_links(shared, body, root, Some(Told::nothing(None)), |_| String::new())
}

/// The HTML of a text that stands inside another page, as an example does: the terms of glossaries are for the page to tell.
pub(super) fn example(shared: &Shared<'_>, body: &Body, root: &str) -> String {
    with_links(shared, body, root, None, |_| String::new())
}

/// The HTML of a document's text: sections that are gathered over documents end with a link to all of them.
pub(super) fn document(shared: &Shared<'_>, document: &Document, root: &str) -> String {
    with_links(shared, &document.page.body, root, Some(Told::nothing(Some(document.id))), |section| {
        let Some(heading) = shared.gathered.of_section(document, section) else { return String::new() };
        let (url, words) =
            (escape(heading.url()), shared.words().text("gathered_of").replace("{title}", heading.title()));
        format!("<p class=\"gathered-link\"><a href=\"{root}{url}\">{}</a></p>\n", escape(&words))
    })
}

fn with_links(
    shared: &Shared<'_>,
    body: &Body,
    root: &str,
    told: Option<Told>,
    after: impl Fn(usize) -> String,
) -> String {
    let sections = body.sections.iter().enumerate().filter(|(_, section)| section.level > 0);
    let anchors = sections.map(|(at, section)| Anchor { id: &section.id, after: after(at) }).collect();
    let markdown = shared.cx.snapshot.text(body.span);
    let mut writer = Writer::new(shared, body.span.source, root);
    // What an example of a rule would show is not what the page of the rule shows.
    let is_own_page = told.is_some();
    (writer.anchors, writer.told) = (anchors, told);
    let html = writer.write(markdown);
    if is_own_page { view::in_body(shared, body.span.source, html, root) } else { html }
}

/// The HTML of one section of a page, without its heading, for a page that gathers many: its own headings are of level 4 and
/// below and have no anchor, `scope` tells its notes from those of others, and links to places of its page lead there.
pub(super) fn section(shared: &Shared<'_>, page: &Page, section: usize, root: &str, scope: &str) -> String {
    let section = &page.body.sections[section];
    let snapshot = shared.cx.snapshot;
    let mut writer = Writer::new(shared, page.source, root);
    writer.away = Some(&page.url);
    writer.deeper = 3 - i8::try_from(section.level).unwrap_or(3);
    writer.notes = Footnotes::new(scope);
    let own = snapshot.text(section.content);
    // Only brackets can mean something that stands elsewhere on the page: a note, or the address of a link.
    if own.contains('[') {
        let (whole, part) = (page.body.span.range(), section.content.range());
        writer.write_part(snapshot.text(page.body.span), &(part.start - whole.start..part.end - whole.start))
    } else {
        writer.write(own)
    }
}

/// The HTML of a text inside a field; its headings have no anchor.
pub(super) fn fragment(shared: &Shared<'_>, markdown: &str, source: SourceId, root: &str) -> String {
    Writer::new(shared, source, root).write(markdown)
}
