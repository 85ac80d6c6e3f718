//! Tables of values, and documents side by side.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::views::data::{Cell, Grid, Shown};
use crate::render::escape::escape;

impl Painter<'_> {
    pub(super) fn grid(&self, grid: &Grid, title: &str, html: &mut String) {
        let mut inside = String::from("<thead><tr>");
        if let Some(row_title) = &grid.row_title {
            let _ = write!(
                inside,
                "<th scope=\"col\" class=\"view-corner\">{}</th>",
                escape(if row_title.is_empty() { self.words().text("view_point") } else { row_title })
            );
        }
        for (column, head) in grid.columns.iter().enumerate() {
            let class = if is_figures(grid, column) { " class=\"figure\"" } else { "" };
            let _ = write!(inside, "<th scope=\"col\"{class}>{}</th>", self.inline(head));
        }
        inside.push_str("</tr></thead><tbody>\n");
        for row in &grid.rows {
            inside.push_str("<tr>");
            if grid.row_title.is_some() {
                let _ = write!(inside, "<th scope=\"row\">{}</th>", self.inline(&row.label));
            }
            for (column, cell) in row.cells.iter().enumerate() {
                let class = if is_figures(grid, column) { " class=\"figure\"" } else { "" };
                let _ = write!(inside, "<td{class}>{}</td>", self.grid_cell(cell));
            }
            inside.push_str("</tr>\n");
        }
        inside.push_str("</tbody>");
        let class = if grid.row_title.is_some() { "view-side" } else { "view-table" };
        let name = escape(self.words().text("table_named")).replace("{name}", title);
        Self::table(&name, class, &inside, html);
    }

    fn grid_cell(&self, cell: &Cell) -> String {
        let via = cell.via.as_ref().map(|via| {
            let via = escape(self.words().text("view_via")).replace("{label}", &self.inline(via));
            format!("<span class=\"view-base\">{via}</span>")
        });
        match &cell.shown {
            Shown::Nothing => format!("<span class=\"view-nothing\">{}</span>", self.word("view_missing")),
            shown => format!("{}{}", via.unwrap_or_default(), self.inline(shown)),
        }
    }
}

/// Whether a column holds numbers, which stand to the right.
fn is_figures(grid: &Grid, column: usize) -> bool {
    let mut numbers =
        grid.rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| cell.shown != Shown::Nothing).peekable();
    numbers.peek().is_some() && numbers.all(|cell| matches!(cell.shown, Shown::Number(..)))
}
