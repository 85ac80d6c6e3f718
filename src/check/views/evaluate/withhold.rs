//! Figures about few people are withheld, so that nobody can be recognised in them; and so that nobody can work them out from
//! those that are shown, three steps follow one another:
//!
//! 1. what some people stand behind, but fewer than the threshold, is withheld, totals included;
//! 2. where one cell of a row or of a column is withheld alone, the next smallest goes with it: what the row comes to may be known
//!    from elsewhere;
//! 3. where totals are shown, [`super::audit`] looks for what they give back, and those totals go too.

use super::audit::Table;
use crate::check::views::data::{Amount, Point, Totals};

/// How many people stand behind each total.
pub(super) struct Behind {
    pub rows: Vec<Option<f64>>,
    pub columns: Vec<Option<f64>>,
    pub all: Option<f64>,
}

/// Withholds what must not be told of a table; a single row of it is a chart. Nobody is behind a zero: it stays.
pub(super) fn withhold(
    cells: &mut [Vec<Point>],
    people: &[Vec<Option<f64>>],
    totals: Option<&mut (Totals, Behind)>,
    threshold: usize,
) {
    #[expect(clippy::cast_precision_loss, reason = "a threshold is small")]
    let threshold = threshold as f64;
    let is_few = |people: &Option<f64>| people.is_some_and(|people| people > 0.0 && people < threshold);
    let of_totals =
        totals.iter().flat_map(|totals| totals.1.rows.iter().chain(&totals.1.columns).chain([&totals.1.all]));
    if !people.iter().flatten().chain(of_totals).any(is_few) {
        return;
    }
    let mut table = totals.as_deref().map(|(totals, _)| Table::new(cells, totals));
    let hidden = |row: usize, column: usize| is_few(&people[row][column]);
    let mut withheld: Vec<Vec<bool>> = cells
        .iter()
        .enumerate()
        .map(|(row, cells)| (0..cells.len()).map(|column| hidden(row, column)).collect())
        .collect();
    complete(cells, people, &mut withheld);
    for (row, cells) in cells.iter_mut().enumerate() {
        for (column, point) in cells.iter_mut().enumerate().filter(|(column, _)| withheld[row][*column]) {
            hide(point);
            if let Some(table) = &mut table {
                table.hide_cell(row, column, hidden(row, column));
            }
        }
    }
    let (Some(mut table), Some((totals, behind))) = (table, totals) else { return };
    let few = |people: &[Option<f64>]| people.iter().map(is_few).collect::<Vec<bool>>();
    table.hide_totals(&few(&behind.rows), &few(&behind.columns), is_few(&behind.all));
    table.close();
    let rows = totals.rows.iter_mut().zip(table.rows());
    let columns = totals.columns.iter_mut().zip(table.columns());
    let all = std::iter::once((&mut totals.all, table.all()));
    rows.chain(columns).chain(all).filter(|(_, hidden)| *hidden).for_each(|(point, _)| hide(point));
}

/// Withholds another cell wherever one stands alone in its row or in its column, until none does.
fn complete(cells: &[Vec<Point>], people: &[Vec<Option<f64>>], withheld: &mut [Vec<bool>]) {
    let columns = cells.first().map_or(0, Vec::len);
    let by_row = (0..cells.len()).map(|row| (0..columns).map(|column| (row, column)).collect::<Vec<_>>());
    let by_column = (0..columns).map(|column| (0..cells.len()).map(|row| (row, column)).collect::<Vec<_>>());
    let lines: Vec<Vec<(usize, usize)>> = by_row.chain(by_column).collect();
    let mut is_done = false;
    while !is_done {
        is_done = true;
        for line in &lines {
            if line.iter().filter(|(row, column)| withheld[*row][*column]).count() != 1 {
                continue;
            }
            let shown = line.iter().filter(|(row, column)| !withheld[*row][*column]).filter_map(|at| {
                let (row, column) = *at;
                cells[row][column].amount.number()?;
                Some((people[row][column].filter(|people| *people > 0.0)?, *at))
            });
            if let Some((_, (row, column))) = shown.min_by(|(a, _), (b, _)| a.total_cmp(b)) {
                withheld[row][column] = true;
                is_done = false;
            }
        }
    }
}

/// What is withheld leaves no trace: neither the documents behind it nor where it comes from.
fn hide(point: &mut Point) {
    point.amount = Amount::Withheld;
    point.documents.clear();
    point.provenance = None;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::views::data::Shown;

    fn point(number: f64) -> Point {
        Point { label: Shown::Nothing, amount: Amount::Number(number), documents: Vec::new(), provenance: None }
    }

    type Line = Vec<Option<f64>>;

    /// What is left of rows of people, and of what rows, columns and all come to.
    fn told(rows: &[Vec<f64>]) -> (Vec<Line>, Line, Line, Option<f64>) {
        let mut cells: Vec<Vec<Point>> = rows.iter().map(|row| row.iter().copied().map(point).collect()).collect();
        let people: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        let of_rows: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let of_columns: Vec<f64> = (0..columns).map(|column| rows.iter().map(|row| row[column]).sum()).collect();
        let all: f64 = of_rows.iter().sum();
        let points = |numbers: &[f64]| numbers.iter().copied().map(point).collect::<Vec<Point>>();
        let mut totals = (
            Totals {
                rows: points(&of_rows),
                columns: points(&of_columns),
                all: point(all),
                adds_up: true,
                overlaps: false,
            },
            Behind {
                rows: of_rows.iter().copied().map(Some).collect(),
                columns: of_columns.iter().copied().map(Some).collect(),
                all: Some(all),
            },
        );
        withhold(&mut cells, &people, Some(&mut totals), 5);
        let shown = |points: &[Point]| points.iter().map(|point| point.amount.number()).collect::<Vec<_>>();
        let totals = totals.0;
        (
            cells.iter().map(|row| shown(row)).collect(),
            shown(&totals.rows),
            shown(&totals.columns),
            totals.all.amount.number(),
        )
    }

    fn withheld(numbers: &[f64]) -> Vec<Option<f64>> {
        let mut cells = vec![numbers.iter().copied().map(point).collect::<Vec<Point>>()];
        let people = vec![numbers.iter().copied().map(Some).collect()];
        withhold(&mut cells, &people, None, 5);
        cells[0].iter().map(|point| point.amount.number()).collect()
    }

    #[test]
    fn few_people_are_not_counted_in_public() {
        assert_eq!(withheld(&[4.0]), [None]);
        assert_eq!(withheld(&[5.0, 0.0]), [Some(5.0), Some(0.0)]);
        assert_eq!(withheld(&[3.0, 2.0, 40.0]), [None, None, Some(40.0)]);
    }

    #[test]
    fn one_that_is_withheld_takes_another_with_it() {
        assert_eq!(withheld(&[3.0, 20.0, 40.0, 0.0]), [None, None, Some(40.0), Some(0.0)]);
    }

    #[test]
    fn a_table_is_held_by_row_and_by_column_and_keeps_the_totals_that_tell_nothing() {
        let (cells, rows, columns, all) =
            told(&[vec![3.0, 20.0, 40.0], vec![30.0, 25.0, 50.0], vec![60.0, 70.0, 80.0]]);
        assert_eq!(cells[0], [None, None, Some(40.0)]);
        assert_eq!(cells[1], [None, None, Some(50.0)]);
        assert_eq!(cells[2], [Some(60.0), Some(70.0), Some(80.0)]);
        assert_eq!(rows, [Some(63.0), Some(105.0), Some(210.0)]);
        assert_eq!(columns, [Some(93.0), Some(115.0), Some(170.0)]);
        assert_eq!(all, Some(378.0));
    }

    #[test]
    fn a_total_that_would_give_a_cell_back_is_withheld() {
        // Nothing but zeros beside it: what the row and the column come to is the cell itself.
        let (cells, rows, columns, all) = told(&[vec![3.0, 0.0], vec![0.0, 40.0]]);
        assert_eq!(cells, [[None, Some(0.0)], [Some(0.0), Some(40.0)]]);
        assert_eq!((rows, columns, all), (vec![None, Some(40.0)], vec![None, Some(40.0)], None));
        // One person and one person: a total of two would tell both.
        let (_, rows, ..) = told(&[vec![1.0, 1.0, 40.0], vec![30.0, 30.0, 30.0]]);
        assert_eq!(rows[0], None);
    }

    #[test]
    fn a_table_about_enough_people_is_told_whole() {
        let (cells, rows, columns, all) = told(&[vec![5.0, 0.0], vec![7.0, 40.0]]);
        assert!(cells.iter().flatten().chain(&rows).chain(&columns).all(Option::is_some) && all == Some(52.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        /// For every cell about few people there is another table, of whole people, that tells all that is told and has another
        /// number there: found by trying them, not by the way in which it was made sure of.
        #[test]
        fn nothing_that_is_withheld_follows_from_what_is_told(
            rows in proptest::collection::vec(proptest::collection::vec(prop_oneof![0_u8..9, 0_u8..4], 2..=3), 2..=2)
                .prop_filter("rows of one length", |rows| rows[0].len() == rows[1].len()),
        ) {
            let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().copied().map(f64::from).collect()).collect();
            let (cells, of_rows, of_columns, all) = told(&rows);
            let unknown: Vec<(usize, usize)> = (0..rows.len())
                .flat_map(|row| (0..rows[row].len()).map(move |column| (row, column)))
                .filter(|(row, column)| cells[*row][*column].is_none())
                .collect();
            for (row, column) in (0..rows.len()).flat_map(|row| (0..rows[row].len()).map(move |column| (row, column))) {
                let people = rows[row][column];
                prop_assert!(!(0.5..5.0).contains(&people) || cells[row][column].is_none(), "{people} people are told");
            }
            let mut other = rows.clone();
            for wanted in &unknown {
                prop_assert!(
                    try_others(&mut other, &rows, &unknown, 0, *wanted, (&of_rows, &of_columns, all)),
                    "{wanted:?} follows: {rows:?} told as {cells:?} {of_rows:?} {of_columns:?} {all:?}"
                );
            }
        }
    }

    /// What rows, columns and all come to, where it is told.
    type Told<'t> = (&'t [Option<f64>], &'t [Option<f64>], Option<f64>);

    /// Tries every number of people, from one, in the cells that are withheld.
    fn try_others(
        table: &mut Vec<Vec<f64>>,
        rows: &[Vec<f64>],
        unknown: &[(usize, usize)],
        place: usize,
        wanted: (usize, usize),
        told: Told<'_>,
    ) -> bool {
        let agrees = |sum: f64, told: Option<f64>| told.is_none_or(|told| (told - sum).abs() < 1e-9);
        let Some((row, column)) = unknown.get(place).copied() else {
            let (of_rows, of_columns, all) = told;
            let sums = table.iter().zip(of_rows).all(|(row, told)| agrees(row.iter().sum(), *told));
            let columns = of_columns.iter().enumerate();
            let sums = sums
                && columns.into_iter().all(|(column, told)| agrees(table.iter().map(|row| row[column]).sum(), *told));
            return sums
                && agrees(table.iter().flatten().sum(), all)
                && (table[wanted.0][wanted.1] - rows[wanted.0][wanted.1]).abs() > 0.5;
        };
        // A row that is full and does not come to what is told leads nowhere.
        if let Some((before, _)) = place.checked_sub(1).and_then(|place| unknown.get(place))
            && *before != row
            && !agrees(table[*before].iter().sum(), told.0[*before])
        {
            return false;
        }
        // What is known best about a row is what it comes to: no cell is more.
        let most = told.0[row].unwrap_or(16.0).min(16.0);
        (1..=16_u8).take_while(|people| f64::from(*people) <= most).any(|people| {
            table[row][column] = f64::from(people);
            try_others(table, rows, unknown, place + 1, wanted, told)
        })
    }
}
