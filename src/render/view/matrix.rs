//! Two things crossed: a table whose cells are tinted by their amount, and its gaps in words.

use std::fmt::Write as _;

use super::regions::heat;
use super::say::Painter;
use crate::check::views::data::{Amount, Content, Matrix, Point, Totals};
use crate::render::escape::escape;

/// Cells whose documents are listed.
const MOST_CELLS: usize = 200;

impl Painter<'_> {
    pub(super) fn matrix(&self, matrix: &Matrix, title: &str, html: &mut String) {
        let greatest = matrix.cells.iter().flatten().filter_map(|point| point.amount.number()).fold(0.0, f64::max);
        let corner = format!("{} × {}", self.axis_title(&matrix.row_title), self.axis_title(&matrix.column_title));
        let mut inside = format!("<thead><tr><th scope=\"col\" class=\"view-corner\">{}</th>", escape(&corner));
        for column in &matrix.columns {
            let _ = write!(inside, "<th scope=\"col\">{}</th>", self.inline(column));
        }
        let total = matrix.totals.as_ref().map(|totals| escape(self.total(totals)));
        if let Some(total) = &total {
            let _ = write!(inside, "<th scope=\"col\" class=\"view-total\">{total}</th>");
        }
        inside.push_str("</tr></thead><tbody>\n");
        for (place, (row, cells)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
            let _ = write!(inside, "<tr><th scope=\"row\">{}</th>", self.inline(row));
            for point in cells {
                let _ = write!(
                    inside,
                    "<td class=\"view-cell heat-{}\">{}</td>",
                    level(point, greatest),
                    escape(&self.cell(point))
                );
            }
            if let Some(point) = matrix.totals.as_ref().and_then(|totals| totals.rows.get(place)) {
                self.total_cell(point, &mut inside);
            }
            inside.push_str("</tr>\n");
        }
        inside.push_str("</tbody>");
        if let (Some(totals), Some(total)) = (&matrix.totals, total) {
            let _ = write!(inside, "<tfoot><tr><th scope=\"row\" class=\"view-total\">{total}</th>");
            totals.columns.iter().chain([&totals.all]).for_each(|point| self.total_cell(point, &mut inside));
            inside.push_str("</tr></tfoot>");
        }
        let name = escape(self.words().text("table_named")).replace("{name}", title);
        Self::table(&name, "view-matrix", &inside, html);
    }

    /// What the totals are called.
    pub(super) fn total(&self, totals: &Totals) -> &str {
        self.words().text(if totals.adds_up { "view_total" } else { "view_together" })
    }

    fn total_cell(&self, point: &Point, inside: &mut String) {
        let _ = write!(inside, "<td class=\"view-cell view-total\">{}</td>", escape(&self.cell(point)));
    }

    fn cell(&self, point: &Point) -> String {
        match point.amount {
            Amount::Number(_) => self.amount(point),
            Amount::Missing => "–".to_owned(),
            Amount::Withheld => self.words().text("view_withheld_short").to_owned(),
        }
    }

    /// The documents behind each cell, where they can be read.
    pub(super) fn behind(&self, matrix: &Matrix, html: &mut String) {
        let cells = matrix.rows.iter().zip(&matrix.cells).flat_map(|(row, cells)| {
            cells.iter().zip(&matrix.columns).map(move |(point, column)| (row, column, point))
        });
        let cells: Vec<_> = cells.filter(|(_, _, point)| !point.documents.is_empty()).collect();
        if cells.is_empty() || cells.len() > MOST_CELLS {
            return;
        }
        html.push_str("<ul class=\"view-behind\">");
        for (row, column, point) in cells {
            let label = escape(&format!("{} × {}", self.text(row), self.text(column)));
            let line = escape(self.words().text("named_value")).replace("{name}", &label);
            let _ = writeln!(html, "<li>{}</li>", line.replace("{value}", &self.documents(&point.documents)));
        }
        html.push_str("</ul>\n");
    }

    /// What nothing is known of, row by row.
    pub(super) fn gaps(&self, html: &mut String) {
        let Content::Matrix(matrix) = &self.view.data.content else { return };
        let rows: Vec<(String, String)> = matrix
            .rows
            .iter()
            .zip(&matrix.cells)
            .filter_map(|(row, cells)| {
                let empty: Vec<String> = matrix
                    .columns
                    .iter()
                    .zip(cells)
                    .filter(|(_, point)| is_gap(point))
                    .map(|(column, _)| self.text(column))
                    .collect();
                let words = self.words();
                let named = match (empty.len(), cells.len()) {
                    (0, _) => return None,
                    (none, all) if none == all && all > 1 => words.text("view_gap_all").to_owned(),
                    _ => empty.join(", "),
                };
                Some((self.inline(row), named))
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        let _ =
            write!(html, "<div class=\"view-gaps\"><p class=\"view-gaps-title\">{}</p><ul>", self.word("view_gaps"));
        for (row, columns) in rows {
            let line =
                escape(self.words().text("named_value")).replace("{name}", &row).replace("{value}", &escape(&columns));
            let _ = write!(html, "<li>{line}</li>");
        }
        html.push_str("</ul></div>\n");
    }
}

/// Whether a cell says nothing: a figure that is withheld says that there is one.
pub(super) fn is_gap(point: &Point) -> bool {
    match point.amount {
        Amount::Number(number) => number == 0.0,
        Amount::Missing => true,
        Amount::Withheld => false,
    }
}

fn level(point: &Point, greatest: f64) -> String {
    match point.amount {
        Amount::Number(number) => heat(number, greatest).to_string(),
        _ => "none".to_owned(),
    }
}
