use proptest::collection::vec;
use proptest::prelude::*;
use recueil::check::views::View;
use recueil::check::views::data::{Amount, Content, Point};
use recueil::pipeline::Build;

use crate::support::book::Book;

const SIDES: [&str; 3] = ["left", "right", "both"];
const SHADES: [&str; 4] = ["red", "green", "blue", "grey"];

/// What one document says: a side, a shade and so many people, each perhaps left out.
type Said = (Option<usize>, Option<usize>, Option<u8>);

fn documents() -> impl Strategy<Value = Vec<Said>> {
    let said = (
        proptest::option::weighted(0.8, 0..SIDES.len()),
        proptest::option::weighted(0.8, 0..SHADES.len()),
        proptest::option::weighted(0.8, 0_u8..30),
    );
    vec(said, 0..24)
}

/// A book of such documents, and a page that counts them in several ways.
fn book(documents: &[Said]) -> Book {
    let list = |words: &[&str]| words.join(", ");
    let mut book = Book::default()
        .with("book.toml", "[book]\ntitle = \"Sheets\"\nlanguage = \"en\"\n")
        .with(
            "content/sheets/_index.md",
            format!(
                "---\ntitle: Sheets\ncollection:\n  fields:\n    side: {{ type: string, enum: [{}] }}\n    shade: {{ type: string, enum: [{}] }}\n    people: {{ type: integer }}\n---\n",
                list(&SIDES),
                list(&SHADES)
            ),
        )
        .with(
            "content/counts.md",
            "---\ntitle: Counts\nviews:\n  - { name: crossed, kind: matrix, of: sheets, rows: doc.side, columns: doc.shade }\n  - { name: counted, kind: bars, of: sheets, by: doc.side }\n  - { name: shared, kind: shares, of: sheets, by: doc.shade, split: doc.side }\n  - { name: people, kind: bars, of: sheets, by: doc.shade, measure: 'sum(group, \"people\")', people: measure }\n  - { name: people-crossed, kind: matrix, of: sheets, rows: doc.side, columns: doc.shade, measure: 'sum(group, \"people\")', people: measure }\n---\n",
        );
    for (number, (side, shade, people)) in documents.iter().enumerate() {
        let mut text = format!("---\ntitle: Sheet {number}\n");
        for line in [
            side.map(|side| format!("side: {}\n", SIDES[side])),
            shade.map(|shade| format!("shade: {}\n", SHADES[shade])),
            people.map(|people| format!("people: {people}\n")),
        ] {
            text.push_str(&line.unwrap_or_default());
        }
        book = book.with(&format!("content/sheets/s{number}.md"), text + "---\n");
    }
    book
}

fn view<'b>(build: &'b Build, name: &str) -> &'b View {
    let mut views = build.views.all().map(|(_, view)| view);
    views.find(|view| view.name == name).unwrap()
}

fn points(view: &View) -> Vec<&Point> {
    match &view.data.content {
        Content::Groups(groups) => groups.series.iter().flat_map(|series| &series.points).collect(),
        Content::Matrix(matrix) => matrix.cells.iter().flatten().collect(),
        other => panic!("{other:?}"),
    }
}

/// The amounts of a view, which must all be there and whole, added up.
fn total(view: &View) -> usize {
    let amounts = points(view).into_iter().map(|point| point.amount.number().unwrap());
    amounts.map(|amount| amount.to_string().parse::<usize>().unwrap()).sum()
}

fn count(documents: &[Said], holds: impl Fn(&Said) -> bool) -> usize {
    documents.iter().filter(|said| holds(said)).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_counted_adds_up_to_the_whole(documents in documents()) {
        let build = book(&documents).check(None);
        let crossed = view(&build, "crossed");
        prop_assert_eq!(points(crossed).len(), SIDES.len() * SHADES.len());
        prop_assert_eq!(total(crossed), count(&documents, |(side, shade, _)| side.is_some() && shade.is_some()));
        prop_assert_eq!(crossed.data.unplaced, documents.len() - total(crossed));
        let counted = view(&build, "counted");
        prop_assert_eq!(total(counted), count(&documents, |(side, ..)| side.is_some()));
        prop_assert_eq!(counted.data.items, documents.len());
        prop_assert_eq!(total(view(&build, "shared")), total(crossed));
    }

    #[test]
    fn few_people_are_never_told_nor_found_by_subtraction(documents in documents()) {
        let build = book(&documents).check(None);
        let people = view(&build, "people");
        let mut withheld = 0;
        for (shade, point) in points(people).into_iter().enumerate() {
            let said: Vec<u8> = documents.iter().filter(|(_, own, _)| *own == Some(shade)).filter_map(|(.., people)| *people).collect();
            let sum: f64 = said.iter().map(|people| f64::from(*people)).sum();
            let documents = documents.iter().filter(|(_, own, _)| *own == Some(shade)).count();
            match point.amount {
                Amount::Number(number) => {
                    prop_assert!((number - sum).abs() < 1e-9, "{number} is not {sum}");
                    prop_assert!(number == 0.0 || number >= 5.0, "{number} people are told");
                }
                Amount::Missing => prop_assert!(said.is_empty() && documents > 0),
                Amount::Withheld => {
                    withheld += 1;
                    prop_assert!(point.documents.is_empty() && point.provenance.is_none());
                }
            }
        }
        // One alone would be the whole less the others, unless there is no other.
        let others = points(people).iter().filter(|point| point.amount.number().is_some_and(|number| number > 0.0)).count();
        prop_assert!(withheld != 1 || others == 0);
    }

    #[test]
    fn no_cell_of_a_table_follows_from_its_totals(documents in documents()) {
        let build = book(&documents).check(None);
        let Content::Matrix(matrix) = &view(&build, "people-crossed").data.content else { panic!() };
        let totals = matrix.totals.as_ref().unwrap();
        // The amounts that are withheld are the unknowns of as many equations as there are totals.
        let mut unknowns: Vec<(usize, usize)> = Vec::new();
        let (rows, columns) = (SIDES.len(), SHADES.len());
        for row in 0..=rows {
            for column in 0..=columns {
                let point = match (row == rows, column == columns) {
                    (false, false) => &matrix.cells[row][column],
                    (false, true) => &totals.rows[row],
                    (true, false) => &totals.columns[column],
                    (true, true) => &totals.all,
                };
                let people: f64 = documents
                    .iter()
                    .filter(|(side, shade, _)| side.is_some_and(|side| side == row || row == rows) && shade.is_some_and(|shade| shade == column || column == columns))
                    .filter_map(|(.., people)| people.map(f64::from))
                    .sum();
                match point.amount {
                    Amount::Number(number) => prop_assert!((number - people).abs() < 1e-9 && (number == 0.0 || number >= 5.0), "{number}"),
                    Amount::Missing => prop_assert!(people == 0.0),
                    Amount::Withheld => {
                        prop_assert!(point.documents.is_empty() && point.provenance.is_none());
                        unknowns.push((row, column));
                    }
                }
            }
        }
        let equation = |holds: &dyn Fn(usize, usize) -> Option<f64>| -> Vec<f64> {
            unknowns.iter().map(|(row, column)| holds(*row, *column).unwrap_or(0.0)).collect()
        };
        let sign = |is_total: bool| if is_total { -1.0 } else { 1.0 };
        let by_row = (0..=rows).map(|line| equation(&|row, column| (row == line).then(|| sign(column == columns))));
        let by_column = (0..=columns).map(|line| equation(&|row, column| (column == line).then(|| sign(row == rows))));
        let known = solved(by_row.chain(by_column).collect());
        prop_assert!(known.is_empty(), "{:?} of {unknowns:?}: {matrix:?}", known);
    }
}

/// The unknowns that linear equations settle, by their places.
fn solved(mut equations: Vec<Vec<f64>>) -> Vec<usize> {
    let unknowns = equations.first().map_or(0, Vec::len);
    let mut rank = 0;
    for unknown in 0..unknowns {
        let Some(pivot) = (rank..equations.len()).find(|row| equations[*row][unknown].abs() > 1e-9) else { continue };
        equations.swap(rank, pivot);
        let scale = equations[rank][unknown];
        equations[rank].iter_mut().for_each(|term| *term /= scale);
        let line = equations[rank].clone();
        for (_, other) in equations.iter_mut().enumerate().filter(|(row, _)| *row != rank) {
            let by = other[unknown];
            other.iter_mut().zip(&line).for_each(|(term, own)| *term -= by * own);
        }
        rank += 1;
    }
    let settles = |line: &Vec<f64>| {
        let mut terms = line.iter().enumerate().filter(|(_, term)| term.abs() > 1e-9);
        terms.next().filter(|_| terms.next().is_none()).map(|(place, _)| place)
    };
    equations.iter().take(rank).filter_map(settles).collect()
}
