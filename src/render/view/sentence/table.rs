//! The sentence of a table: what is filled, the highest, what it comes to.

use super::SERIES;
use crate::check::views::data::{Amount, Grid, Matrix, Point, Shown};
use crate::render::view::matrix::is_gap;
use crate::render::view::say::Painter;

impl Painter<'_> {
    pub(super) fn of_matrix(&self, matrix: &Matrix) -> Vec<String> {
        let cells = matrix.rows.iter().zip(&matrix.cells);
        let cells: Vec<(&Shown, &Shown, &Point)> = cells
            .flat_map(|(row, cells)| cells.iter().zip(&matrix.columns).map(move |(point, column)| (row, column, point)))
            .collect();
        let empty = cells.iter().filter(|(_, _, point)| is_gap(point)).count();
        let (all, filled) = (cells.len().to_string(), (cells.len() - empty).to_string());
        let mut clauses = vec![self.said("view_filled", &[("n", &filled), ("total", &all)])];
        let best = cells
            .iter()
            .filter_map(|(row, column, point)| Some((point.amount.number()?, row, column, *point)))
            .filter(|(number, ..)| *number > 0.0)
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, row, column, point)) = best {
            let label = format!("{} × {}", self.text(row), self.text(column));
            clauses.push(self.said("view_highest", &[("labels", &label), ("value", &self.value_of(point))]));
        }
        let totals = matrix.totals.as_ref().filter(|totals| totals.adds_up);
        if let Some(number) = totals.and_then(|totals| totals.all.amount.number()).filter(|_| cells.len() > 1) {
            let once = totals.is_some_and(|totals| totals.overlaps);
            let key = if once { "view_in_all_once" } else { "view_in_all" };
            clauses.push(self.said(key, &[("value", &self.number_with_unit(number))]));
        }
        let totals =
            matrix.totals.iter().flat_map(|totals| totals.rows.iter().chain(&totals.columns).chain([&totals.all]));
        let withheld = cells.iter().map(|(_, _, point)| *point).chain(totals);
        clauses.push(self.secrecy(withheld.filter(|point| point.amount == Amount::Withheld).count()));
        clauses
    }

    pub(super) fn of_grid(&self, grid: &Grid) -> Vec<String> {
        if grid.row_title.is_some() {
            let total = grid.rows.len();
            let said = grid.columns.iter().enumerate().take(SERIES).map(|(column, head)| {
                let filled = grid
                    .rows
                    .iter()
                    .filter_map(|row| row.cells.get(column))
                    .filter(|cell| cell.shown != Shown::Nothing)
                    .count();
                let (filled, total) = (filled.to_string(), total.to_string());
                self.said("view_answered", &[("label", &self.text(head)), ("n", &filled), ("total", &total)])
            });
            let mut clauses: Vec<String> = said.collect();
            let nobody: Vec<String> = grid
                .rows
                .iter()
                .filter(|row| row.cells.iter().all(|cell| cell.shown == Shown::Nothing))
                .map(|row| self.text(&row.label))
                .collect();
            if !nobody.is_empty() {
                clauses.push(self.said("view_nobody", &[("labels", &self.names(&nobody))]));
            }
            return clauses;
        }
        let rows = grid.rows.len();
        let key = if rows == 1 { "view_lines_one" } else { "view_lines" };
        let mut clauses = vec![self.said(key, &[("n", &rows.to_string())])];
        // The ends of what is shown are not those of the whole.
        let columns = grid.columns.iter().enumerate().filter(|_| self.view.data.beyond == 0);
        for (column, head) in columns {
            let cells = || grid.rows.iter().filter_map(move |row| row.cells.get(column));
            let nothing = cells().filter(|cell| cell.shown == Shown::Nothing).count();
            let numbers: Vec<(f64, &Shown)> = cells()
                .filter_map(|cell| {
                    if let Shown::Number(number, _) = &cell.shown { Some((*number, &cell.shown)) } else { None }
                })
                .collect();
            if numbers.is_empty() || numbers.len() + nothing != rows {
                continue;
            }
            let low = numbers.iter().copied().reduce(|best, next| if next.0 < best.0 { next } else { best });
            let high = numbers.iter().copied().reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let (Some((_, low)), Some((_, high))) = (low, high) {
                let values = [("label", self.text(head)), ("low", self.text(low)), ("high", self.text(high))];
                let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
                clauses.push(self.said("view_range", &values));
            }
        }
        clauses
    }
}
