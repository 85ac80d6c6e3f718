//! Two things crossed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Evaluator;
use super::groups::{found, title};
use super::item::Item;
use super::withhold::withhold;
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::check::views::data::{Content, Data, Matrix, Point};
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
        let mut members: BTreeMap<(&Key, &Key), Vec<&Item<'p>>> = BTreeMap::new();
        for (item, rows, columns) in &crossed {
            data.unplaced += usize::from(rows.is_empty() || columns.is_empty());
            for (row, _) in rows {
                for (column, _) in columns {
                    members.entry((row, column)).or_default().push(item);
                }
            }
        }
        data.beyond = row_marks.len().saturating_sub(self.limit()) + column_marks.len().saturating_sub(MOST_COLUMNS);
        row_marks.truncate(self.limit());
        column_marks.truncate(MOST_COLUMNS);
        let cells = row_marks.par_iter().map(|row| {
            let points = column_marks.iter().map(|column| {
                let members = members.get(&(&row.key, &column.key)).map(Vec::as_slice).unwrap_or_default();
                self.point(column.shown.clone(), members)
            });
            let (mut points, people): (Vec<Point>, Vec<Option<f64>>) = points.unzip();
            withhold(&mut points, &people, program.threshold, true);
            points
        });
        data.content = Content::Matrix(Matrix {
            row_title: title(rows),
            column_title: title(columns),
            measure: program.measure.as_ref().and_then(|measure| measure.facts.title.clone()).unwrap_or_default(),
            cells: cells.collect(),
            rows: row_marks.into_iter().map(|mark| mark.shown).collect(),
            columns: column_marks.into_iter().map(|mark| mark.shown).collect(),
        });
    }
}
