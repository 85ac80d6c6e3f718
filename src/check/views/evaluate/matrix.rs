//! Two things crossed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Evaluator;
use super::axis::Mark;
use super::groups::{adds_up, found, title};
use super::item::Item;
use super::withhold::{Behind, withhold};
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::check::views::data::{Content, Data, Matrix, Point, Shown, Totals};
use crate::check::views::program::Sort;

/// The columns that a table can have and still be read.
const MOST_COLUMNS: usize = 40;

/// An item with its rows and its columns.
type Crossed<'p, 'i> = (&'i Item<'p>, Vec<(Key, Val<'p>)>, Vec<(Key, Val<'p>)>);

impl<'p> Evaluator<'p> {
    pub(super) fn matrix(&self, items: &[Item<'p>], data: &mut Data) {
        let program = self.program;
        let (Some(rows), Some(columns)) = (&program.rows, &program.by) else { return };
        let crossed: Vec<Crossed<'p, '_>> = items
            .par_iter()
            .with_min_len(64)
            .map(|item| (item, self.keys(rows, item), self.keys(columns, item)))
            .collect();
        let (every_row, every_column) = program.every.unwrap_or((true, true));
        let found_rows = found(crossed.iter().flat_map(|(item, keys, _)| keys.iter().map(|pair| (pair, *item))));
        let found_columns = found(crossed.iter().flat_map(|(item, _, keys)| keys.iter().map(|pair| (pair, *item))));
        let mut row_marks = self.axis(rows, &found_rows, every_row);
        let mut column_marks = self.axis(columns, &found_columns, every_column);
        if matches!(program.sort, Sort::Label(true)) {
            row_marks.reverse();
        }
        data.unplaced += crossed.iter().filter(|(_, rows, columns)| rows.is_empty() || columns.is_empty()).count();
        data.beyond = row_marks.len().saturating_sub(self.limit()) + column_marks.len().saturating_sub(MOST_COLUMNS);
        row_marks.truncate(self.limit());
        column_marks.truncate(MOST_COLUMNS);
        let members = Members::new(&crossed, &row_marks, &column_marks);
        let cells = row_marks.par_iter().zip(&members.cells).map(|(_, row)| {
            let points = column_marks.iter().zip(row);
            points.map(|(column, members)| self.point(column.shown.clone(), members)).unzip()
        });
        let (mut cells, people): (Vec<Vec<Point>>, Vec<Vec<Option<f64>>>) = cells.unzip();
        let adds_up = program.measure.as_ref().is_none_or(|measure| adds_up(&measure.formula.expr));
        let mut totals = program.totals.unwrap_or(adds_up).then(|| self.totals(&members, adds_up));
        withhold(&mut cells, &people, totals.as_mut(), program.threshold);
        data.content = Content::Matrix(Matrix {
            row_title: title(rows),
            column_title: title(columns),
            measure: program.measure.as_ref().and_then(|measure| measure.facts.title.clone()).unwrap_or_default(),
            cells,
            totals: totals.map(|(totals, _)| totals),
            rows: row_marks.into_iter().map(|mark| mark.shown).collect(),
            columns: column_marks.into_iter().map(|mark| mark.shown).collect(),
        });
    }

    /// What the rows and the columns come to, and how many people stand behind each.
    fn totals(&self, members: &Members<'p, '_>, adds_up: bool) -> (Totals, Behind) {
        let total = |members: &[&Item<'p>]| {
            let (point, people) = self.point(Shown::Nothing, members);
            (Point { provenance: None, ..point }, people)
        };
        let (rows, of_rows) = members.rows.iter().map(|members| total(members)).unzip();
        let (columns, of_columns) = members.columns.iter().map(|members| total(members)).unzip();
        let (all, of_all) = total(&members.all);
        let totals = Totals { rows, columns, all, adds_up, overlaps: members.overlaps };
        (totals, Behind { rows: of_rows, columns: of_columns, all: of_all })
    }
}

/// The items of each cell, of each row and of each column that is shown, in their order.
struct Members<'p, 'i> {
    cells: Vec<Vec<Vec<&'i Item<'p>>>>,
    rows: Vec<Vec<&'i Item<'p>>>,
    columns: Vec<Vec<&'i Item<'p>>>,
    all: Vec<&'i Item<'p>>,
    overlaps: bool,
}

impl<'p, 'i> Members<'p, 'i> {
    fn new(crossed: &[Crossed<'p, 'i>], rows: &[Mark], columns: &[Mark]) -> Self {
        let mut members = Self {
            cells: vec![vec![Vec::new(); columns.len()]; rows.len()],
            rows: vec![Vec::new(); rows.len()],
            columns: vec![Vec::new(); columns.len()],
            all: Vec::new(),
            overlaps: false,
        };
        let (row_at, column_at) = (places(rows), places(columns));
        for (item, rows, columns) in crossed {
            let at = |places: &BTreeMap<&Key, usize>, keys: &[(Key, Val<'p>)]| -> Vec<usize> {
                keys.iter().filter_map(|(key, _)| places.get(key).copied()).collect()
            };
            let (rows, columns) = (at(&row_at, rows), at(&column_at, columns));
            if rows.is_empty() || columns.is_empty() {
                continue;
            }
            members.all.push(item);
            members.overlaps |= rows.len() > 1 || columns.len() > 1;
            for row in &rows {
                members.rows[*row].push(item);
                for column in &columns {
                    members.cells[*row][*column].push(item);
                }
            }
            for column in columns {
                members.columns[column].push(item);
            }
        }
        members
    }
}

fn places(marks: &[Mark]) -> BTreeMap<&Key, usize> {
    marks.iter().enumerate().map(|(place, mark)| (&mark.key, place)).collect()
}
