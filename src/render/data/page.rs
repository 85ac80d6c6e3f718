use serde::Serialize;

use super::licence::Licence;
use super::{PACKAGE, Shared, Table};
use crate::render::linked;
use crate::render::page::{Head, Page};

/// The page of open data, as templates see it.
#[derive(Serialize)]
struct Data<'a> {
    tables: Vec<TableValue<'a>>,
    package_url: String,
    licence: String,
    licence_url: String,
    /// The commit that the site was made from; empty where it is not known.
    commit: &'a str,
}

#[derive(Serialize)]
struct TableValue<'a> {
    id: String,
    title: &'a str,
    summary: &'a str,
    url: String,
    count: usize,
    csv_url: String,
    json_url: String,
    columns: Vec<ColumnValue<'a>>,
}

#[derive(Serialize)]
struct ColumnValue<'a> {
    name: &'a str,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    unit: &'a str,
}

/// A table as a data set that others may find.
pub(in crate::render) struct Dataset<'a> {
    pub(in crate::render) name: &'a str,
    pub(in crate::render) description: &'a str,
    /// Below the root of the site.
    pub(in crate::render) url: String,
    pub(in crate::render) csv_url: String,
    pub(in crate::render) json_url: String,
    pub(in crate::render) columns: Vec<String>,
}

/// What the book offers to be used again, and on which terms.
pub(in crate::render) fn page(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let url = super::url(shared);
    let mut head = Head::new(shared, "data", words.text("data"), &url).below(shared, None);
    words.text("data_lede").clone_into(&mut head.description);
    let tables = super::tables(shared);
    head.nodes = tables.iter().map(|table| linked::dataset(shared, &dataset(&url, table))).collect();
    let licence = Licence::of(shared.cx.config);
    let data = Data {
        tables: tables.iter().map(|table| table_value(&url, table)).collect(),
        package_url: format!("{url}{PACKAGE}"),
        licence: licence.as_ref().map(|licence| licence.title.clone()).unwrap_or_default(),
        licence_url: licence.map(|licence| licence.url).unwrap_or_default(),
        commit: shared.cx.snapshot.commit().unwrap_or_default(),
    };
    Page::new(shared, "data.html", &head).with("data", &data)
}

fn table_value<'a>(url: &str, table: &'a Table<'_>) -> TableValue<'a> {
    TableValue {
        id: format!("table_{}", table.name),
        title: &table.collection.title,
        summary: &table.collection.summary,
        url: format!("{}/", table.collection.id),
        count: table.documents,
        csv_url: format!("{url}{}.csv", table.name),
        json_url: format!("{url}{}.json", table.name),
        columns: table
            .columns
            .iter()
            .map(|column| ColumnValue {
                name: &column.name,
                title: &column.title,
                kind: column.field.shape.name(),
                unit: column.field.unit.as_deref().unwrap_or_default(),
            })
            .collect(),
    }
}

fn dataset<'a>(url: &str, table: &'a Table<'_>) -> Dataset<'a> {
    Dataset {
        name: &table.collection.title,
        description: &table.collection.summary,
        url: format!("{url}#table_{}", table.name),
        csv_url: format!("{url}{}.csv", table.name),
        json_url: format!("{url}{}.json", table.name),
        columns: table.columns.iter().map(|column| column.title.clone()).collect(),
    }
}
