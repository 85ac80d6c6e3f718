//! The data of a view as a file: comma-separated, in UTF-8, numbers with a point, one line a value. What is withheld is empty, as
//! what is missing, with the reason beside it.

use super::say::Painter;
use crate::artifact::Artifact;
use crate::check::views::View;
use crate::check::views::data::{Amount, Content, Grid, Matrix, Point, Shown};
use crate::model::Page;
use crate::render::shared::Shared;
use crate::source::SourceId;

/// Where the data of a view stands, below the root of the site.
pub(super) fn url(shared: &Shared<'_>, source: SourceId, view: &View) -> String {
    let page = page(shared, source).map_or("", |page| page.url.as_str());
    format!("{page}{}{}.csv", shared.words().url("views"), view.name)
}

fn page<'a>(shared: &Shared<'a>, source: SourceId) -> Option<&'a Page> {
    let site = shared.cx.site;
    let path = &shared.cx.snapshot.file(source).path;
    let document = site.index.at_path(path).map(|id| &site.document(id).page);
    document.or_else(|| site.folders.iter().map(|folder| &folder.page).find(|page| page.source == source))
}

/// The data of every view.
pub(in crate::render) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let views = shared.cx.views.all();
    views
        .map(|(source, view)| {
            let painter = Painter::new(shared, view, source, "");
            Artifact::new(url(shared, source, view), write(&painter.records()))
        })
        .collect()
}

fn write(records: &[Vec<String>]) -> String {
    let field = |text: &String| {
        let needs_quotes = text.contains([',', '"', '\n', '\r']);
        if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |record: &Vec<String>| record.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n";
    records.iter().map(line).collect()
}

impl Painter<'_> {
    fn records(&self) -> Vec<Vec<String>> {
        let word = |key| self.words().text(key).to_owned();
        let data = &self.view.data;
        match &data.content {
            Content::Groups(groups) => {
                let series = groups.series.iter();
                let header = vec![
                    word("view_series"),
                    self.axis_title(&groups.title),
                    self.value_title(),
                    word("view_unit"),
                    word("base"),
                    word("period"),
                    word("source"),
                    word("view_documents"),
                    word("note"),
                ];
                let points = series.flat_map(|series| series.points.iter().map(move |point| (series, point)));
                let record = points.map(|(series, point)| {
                    let label = series.label.as_ref().map(|label| self.text(label)).unwrap_or_default();
                    let said = point.provenance.as_ref();
                    let unit = point.amount.number().map(|number| self.unit(number, point)).unwrap_or_default();
                    vec![
                        label,
                        self.text(&point.label),
                        plain(point),
                        unit,
                        said.map(|said| said.base.clone()).unwrap_or_default(),
                        said.map(|said| said.period.clone()).unwrap_or_default(),
                        said.map(|said| self.text(&said.source)).unwrap_or_default(),
                        if point.amount == Amount::Withheld {
                            String::new()
                        } else {
                            point.documents.len().to_string()
                        },
                        self.reason(point),
                    ]
                });
                std::iter::once(header).chain(record).collect()
            }
            Content::Matrix(matrix) => {
                let header = vec![
                    self.axis_title(&matrix.row_title),
                    self.axis_title(&matrix.column_title),
                    self.value_title(),
                    word("note"),
                ];
                let rows = matrix.rows.iter().zip(&matrix.cells);
                let cells = rows.flat_map(|(row, cells)| {
                    cells.iter().zip(&matrix.columns).map(move |(point, column)| (row, column, point))
                });
                let record = cells.map(|(row, column, point)| {
                    vec![self.text(row), self.text(column), plain(point), self.reason(point)]
                });
                std::iter::once(header).chain(record).chain(self.total_records(matrix)).collect()
            }
            Content::Grid(grid) => self.grid_records(grid),
            Content::Documents => {
                let documents = data.documents.iter().map(|id| self.shared.document(*id));
                let record = documents.map(|document| {
                    let date = document.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
                    vec![document.page.title.value.clone(), date, document.page.url.clone()]
                });
                std::iter::once(vec![word("view_title"), word("view_date"), word("view_address")])
                    .chain(record)
                    .collect()
            }
            Content::Events(events) => {
                let record = events.iter().map(|event| {
                    let until = event.until.map(|until| self.moment(until)).unwrap_or_default();
                    let from = event.from.map(|from| self.moment(from)).unwrap_or_default();
                    vec![from, until, self.text(&event.title), self.text(&event.text)]
                });
                std::iter::once(vec![word("view_date"), word("view_until"), word("view_title"), word("view_text")])
                    .chain(record)
                    .collect()
            }
            Content::Accounts(_) => self.account_records(),
            Content::Sections(sections) => {
                let record = sections.iter().filter_map(|(id, place)| {
                    let page = &self.shared.document(*id).page;
                    let section = page.body.sections.get(*place)?;
                    Some(vec![
                        page.title.value.clone(),
                        section.title.as_ref().to_owned(),
                        format!("{}#{}", page.url, section.id),
                        section.text.read().into_owned(),
                    ])
                });
                std::iter::once(vec![word("view_title"), word("view_section"), word("view_address"), word("view_text")])
                    .chain(record)
                    .collect()
            }
        }
    }

    /// Totals come last, and say that they are.
    fn total_records(&self, matrix: &Matrix) -> Vec<Vec<String>> {
        let Some(totals) = &matrix.totals else { return Vec::new() };
        let total = self.total(totals);
        let record = |row: &str, column: &str, point: &Point| {
            let said = match point.amount {
                Amount::Number(_) => total.to_owned(),
                _ => self.reason(point),
            };
            vec![row.to_owned(), column.to_owned(), plain(point), said]
        };
        let rows = matrix.rows.iter().zip(&totals.rows).map(|(row, point)| record(&self.text(row), total, point));
        let columns = matrix.columns.iter().zip(&totals.columns);
        let columns = columns.map(|(column, point)| record(total, &self.text(column), point));
        rows.chain(columns).chain([record(total, total, &totals.all)]).collect()
    }

    fn grid_records(&self, grid: &Grid) -> Vec<Vec<String>> {
        let row_title = |title: &String| match title.as_str() {
            "" => self.words().text("view_point").to_owned(),
            title => self.axis_title(title),
        };
        let mut header: Vec<String> = grid.row_title.iter().map(row_title).collect();
        header.extend(grid.columns.iter().map(|column| self.text(column)));
        let record = |row: &crate::check::views::data::Row| {
            let label = grid.row_title.iter().map(|_| self.text(&row.label));
            let cells = row.cells.iter().map(|cell| match &cell.shown {
                Shown::Number(number, _) | Shown::Ordinal(number) => number.to_string(),
                Shown::Date(date) => date.to_string(),
                other => self.text(other),
            });
            label.chain(cells).collect()
        };
        std::iter::once(header).chain(grid.rows.iter().map(record)).collect()
    }

    fn reason(&self, point: &Point) -> String {
        let words = self.words();
        match point.amount {
            Amount::Number(_) => String::new(),
            Amount::Missing => words.text("view_missing").to_owned(),
            Amount::Withheld => words.text("view_withheld").to_owned(),
        }
    }
}

fn plain(point: &Point) -> String {
    point.amount.number().map(|number| ((number * 1e6).round() / 1e6).to_string()).unwrap_or_default()
}
