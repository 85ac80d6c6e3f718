use crate::check::Context;
use crate::model::{Document, Item, Value};
use crate::parse::{Link, parse_markdown};
use crate::source::Span;

/// What the Markdown in a document's fields leads to and calls, each at its place in the file.
#[derive(Default)]
pub(super) struct FieldText {
    /// Links and pictures.
    pub(super) links: Vec<Link>,
    /// Footnotes that are cited and never written.
    pub(super) lost_footnotes: Vec<(String, Span)>,
}

/// Reads the Markdown of every field, entries included. Defaults are the schema's, and are left alone.
pub(super) fn read(cx: &Context<'_>, document: &Document) -> FieldText {
    let mut found = FieldText::default();
    for (_, item) in document.values.fields.values() {
        if item.span.source == document.page.source {
            visit(cx, item, &mut found);
        }
    }
    found
}

fn visit(cx: &Context<'_>, item: &Item, found: &mut FieldText) {
    match &item.value {
        // Without either sign there is no link, picture or footnote to look for.
        Value::Markdown(text) if text.contains(['[', '<']) => {
            let body = parse_markdown(text, item.span.source);
            let mut places = Places { written: cx.snapshot.text(item.span), span: item.span, at: 0 };
            let links = body.links.into_iter().map(|link| Link { span: places.next(&link.destination), ..link });
            found.links.extend(links);
            let mut places = Places { written: cx.snapshot.text(item.span), span: item.span, at: 0 };
            let notes =
                body.lost_footnotes.into_iter().map(|(label, _)| (label.clone(), places.next(&format!("[^{label}]"))));
            found.lost_footnotes.extend(notes);
        }
        Value::List(items) => items.iter().for_each(|item| visit(cx, item, found)),
        Value::Object(object) => object.fields.values().for_each(|(_, item)| visit(cx, item, found)),
        _ => {}
    }
}

/// Finds words again in the text as its author wrote it, where quotes, indentation and escapes have moved them.
struct Places<'a> {
    written: &'a str,
    span: Span,
    at: usize,
}

impl Places<'_> {
    /// The next place of some words; the whole value when they are written otherwise there.
    fn next(&mut self, words: &str) -> Span {
        let Some(found) = self.written.get(self.at..).and_then(|rest| rest.find(words)).filter(|_| !words.is_empty())
        else {
            return self.span;
        };
        let start = self.at + found;
        self.at = start + words.len();
        let base = self.span.start as usize;
        Span::new(self.span.source, base + start..base + self.at)
    }
}
