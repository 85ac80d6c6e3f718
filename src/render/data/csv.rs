use std::fmt::Write as _;

use super::cell::{Cell, own_id};
use super::columns::OWN;
use super::{SAMPLE, Shared, Table, room};
use crate::model::Document;

/// A table by RFC 4180: commas, lines that end with CR LF, double quotes where a text needs them.
pub(super) fn write(shared: &Shared<'_>, table: &Table<'_>) -> String {
    let mut csv = String::new();
    for name in OWN.into_iter().chain(table.columns.iter().map(|column| column.name.as_str())) {
        add(&mut csv, name);
    }
    csv.push_str("\r\n");
    let documents = shared.listed.get(table.collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let mut cell = String::new();
    for (at, document) in documents.iter().enumerate() {
        if at == SAMPLE {
            csv.reserve(room(csv.len(), documents.len()));
        }
        row(shared, table, document, &mut csv, &mut cell);
    }
    csv
}

fn row(shared: &Shared<'_>, table: &Table<'_>, document: &Document, row: &mut String, cell: &mut String) {
    row.push_str(own_id(document));
    add(row, &document.page.title.value);
    let base = &shared.cx.config.base_url;
    row.push(',');
    if !base.is_empty() {
        row.push_str(base);
        row.push('/');
    }
    row.push_str(&document.page.url);
    for day in [document.date, document.updated] {
        row.push(',');
        if let Some(day) = day {
            let _ = write!(row, "{}", day.value);
        }
    }
    add(row, document.page.summary.as_ref().map_or("", |summary| &summary.value));
    for column in &table.columns {
        cell.clear();
        if let Some(item) = column.value(&document.values) {
            Cell { site: shared.cx.site, item, field: Some(column.field) }.write(cell);
        }
        add(row, cell);
    }
    row.push_str("\r\n");
}

/// Adds a cell to a row.
fn add(row: &mut String, text: &str) {
    if !(row.is_empty() || row.ends_with('\n')) {
        row.push(',');
    }
    let bytes = text.as_bytes();
    if memchr::memchr3(b'"', b',', b'\n', bytes).is_none() && memchr::memchr(b'\r', bytes).is_none() {
        row.push_str(text);
        return;
    }
    row.push('"');
    if memchr::memchr(b'"', bytes).is_none() {
        row.push_str(text);
    } else {
        row.push_str(&text.replace('"', "\"\""));
    }
    row.push('"');
}
