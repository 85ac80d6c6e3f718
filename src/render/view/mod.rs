//! Views as readers see them: figures of HTML and SVG, each with its caption, its sentence, its table and its CSV.
//!
//! All of it was worked out by [`crate::check::views`]; these painters choose words and shapes. Text stays text: shapes are SVG
//! that stretches with the page, labels are HTML around it, so that a chart is read on a phone as on a wall. Colours come from the
//! style sheet by class; no style attribute is written, since the pages' security policy forbids it.
//!
//! Start with [`in_body`], which puts the views of a page where its text places them.

mod say;
mod sentence;
mod figure;
mod rows;
mod bars;
mod lines;
mod shares;
mod regions;
mod matrix;
mod number;
mod grid;
mod list;
mod timeline;
mod ledger;
mod csv;
#[cfg(test)]
mod tests;

pub(super) use csv::files;
pub(super) use say::{is_several, names};
pub(super) use sentence::joined;

use self::say::Painter;
use super::escape::escape;
use super::shared::Shared;
use crate::check::views::{Kind, View};
use crate::source::SourceId;

/// What stands for a view in the HTML of a text until it is drawn. Authors cannot write it: their comments are dropped.
pub(super) fn mark(name: &str, caption: &str) -> String {
    format!("<!--view:{} {}-->", escape(name), escape(caption).replace("--", "- -"))
}

/// Draws the views of a page where its text has their marks; those that it does not place come at the end, in the order in which
/// they are declared.
pub(super) fn in_body(shared: &Shared<'_>, source: SourceId, html: String, root: &str) -> String {
    let views = shared.cx.views.of(source);
    if views.is_empty() && !html.contains("<!--view:") {
        return html;
    }
    let mut out = String::with_capacity(html.len() * 2);
    let mut drawn: Vec<&str> = Vec::new();
    let mut row = Row::default();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<!--view:") {
        let Some((mark, after)) = after.split_once("-->") else { break };
        row.text(before.strip_suffix("<p>").unwrap_or(before), &mut out);
        rest = after.strip_prefix("</p>").unwrap_or(after);
        let (name, caption) = mark.split_once(' ').unwrap_or((mark, ""));
        if let Some(view) =
            views.iter().find(|view| view.name == name).filter(|view| !drawn.contains(&view.name.as_str()))
        {
            drawn.push(&view.name);
            row.figure(view, &Painter::new(shared, view, source, root).figure(caption), &mut out);
        }
    }
    row.text(rest, &mut out);
    for view in views.iter().filter(|view| !drawn.contains(&view.name.as_str())) {
        row.figure(view, &Painter::new(shared, view, source, root).figure(""), &mut out);
    }
    row.end(&mut out);
    out
}

/// Key figures that follow one another stand in one row.
#[derive(Default)]
struct Row {
    is_open: bool,
}

impl Row {
    fn text(&mut self, html: &str, out: &mut String) {
        if !html.trim().is_empty() {
            self.end(out);
        }
        out.push_str(html);
    }

    fn figure(&mut self, view: &View, html: &str, out: &mut String) {
        let is_number = view.kind == Kind::Number;
        if is_number != self.is_open {
            self.end(out);
            if is_number {
                out.push_str("<div class=\"view-figures\">\n");
                self.is_open = true;
            }
        }
        out.push_str(html);
    }

    fn end(&mut self, out: &mut String) {
        if std::mem::take(&mut self.is_open) {
            out.push_str("</div>\n");
        }
    }
}
