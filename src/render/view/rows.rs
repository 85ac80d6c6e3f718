//! The table of what a chart shows: each group with its amount and the documents behind it.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::views::Kind;
use crate::check::views::data::{Groups, Point};
use crate::model::DocumentId;
use crate::render::escape::escape;

/// Documents that a row names.
const NAMED: usize = 4;

impl Painter<'_> {
    /// A box that scrolls by itself, named for those who do not see it.
    pub(super) fn table(name: &str, class: &str, inside: &str, html: &mut String) {
        let _ = writeln!(
            html,
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table class=\"{class}\">{inside}</table></div>"
        );
    }

    pub(super) fn data_table(&self, groups: &Groups, html: &mut String) {
        let is_split = groups.series.iter().any(|series| series.label.is_some());
        let is_number = self.view.kind == Kind::Number;
        let has_source = groups.series.iter().flat_map(|series| &series.points).any(|point| point.provenance.is_some());
        let mut heads = Vec::new();
        if is_split {
            heads.push(self.word("view_series"));
        }
        if !is_number {
            heads.push(escape(&self.axis_title(&groups.title)));
        }
        heads.push(escape(&self.value_title()));
        if has_source {
            heads.extend([self.word("base"), self.word("period"), self.word("source")]);
        }
        heads.push(self.word("view_documents_behind"));
        let mut inside = String::from("<thead><tr>");
        for head in &heads {
            let _ = write!(inside, "<th scope=\"col\">{head}</th>");
        }
        inside.push_str("</tr></thead><tbody>\n");
        for series in &groups.series {
            for point in &series.points {
                inside.push_str("<tr>");
                if let Some(label) = &series.label {
                    let _ = write!(inside, "<td>{}</td>", self.inline(label));
                }
                if !is_number {
                    let _ = write!(inside, "<th scope=\"row\">{}</th>", self.inline(&point.label));
                }
                let amount =
                    escape(&if point.provenance.is_some() { self.amount_with_unit(point) } else { self.amount(point) });
                let _ = write!(inside, "<td class=\"figure\">{amount}</td>");
                if has_source {
                    self.source_cells(point, &mut inside);
                }
                let _ = writeln!(inside, "<td>{}</td></tr>", self.documents(&point.documents));
            }
        }
        inside.push_str("</tbody>");
        let name = self.words().text("table_named").replace("{name}", &self.view.title);
        Self::table(&escape(&name), "view-data", &inside, html);
    }

    fn source_cells(&self, point: &Point, inside: &mut String) {
        let cells = point
            .provenance
            .as_ref()
            .map(|provenance| [escape(&provenance.base), escape(&provenance.period), self.inline(&provenance.source)]);
        for cell in cells.unwrap_or_default() {
            let _ = write!(inside, "<td>{cell}</td>");
        }
    }

    /// The first documents behind a figure, as links, and how many more there are.
    pub(super) fn documents(&self, documents: &[DocumentId]) -> String {
        let beyond = documents.len().saturating_sub(NAMED);
        let named = documents.iter().take(NAMED).map(|id| {
            let page = &self.shared.document(*id).page;
            self.link(&page.url, &page.title.value)
        });
        let mut named: Vec<String> = named.collect();
        if beyond > 0 {
            let others = if beyond == 1 { "view_other" } else { "view_others" };
            named.push(escape(&self.words().text(others).replace("{n}", &beyond.to_string())));
        }
        named.join(", ")
    }
}
