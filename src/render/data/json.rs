use rayon::prelude::*;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::cell::{Cell, own_id};
use super::columns;
use super::{Shared, Table};
use crate::model::{Document, Value};

/// A list of objects, one line each: what the table holds, lists and objects as such.
pub(super) fn write(shared: &Shared<'_>, table: &Table<'_>) -> String {
    let documents = shared.listed.get(table.collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<String> = documents
        .par_iter()
        .map(|document| serde_json::to_string(&Row { shared, table, document }).expect("plain values make JSON"))
        .collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

struct Row<'r, 'a> {
    shared: &'r Shared<'a>,
    table: &'r Table<'a>,
    document: &'r Document,
}

impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (shared, document) = (self.shared, self.document);
        let base = &shared.cx.config.base_url;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", own_id(document))?;
        map.serialize_entry("title", &document.page.title.value)?;
        if base.is_empty() {
            map.serialize_entry("url", &document.page.url)?;
        } else {
            map.serialize_entry("url", &format_args!("{base}/{}", document.page.url))?;
        }
        for (key, day) in [("date", document.date), ("updated", document.updated)] {
            if let Some(day) = day {
                map.serialize_entry(key, &format_args!("{}", day.value))?;
            }
        }
        if let Some(summary) = &document.page.summary {
            map.serialize_entry("summary", &summary.value)?;
        }
        for (key, field) in &self.table.collection.fields {
            let held = document.values.get(key).filter(|item| !matches!(item.value, Value::Invalid(_)));
            if let Some(item) = held {
                let cell = Cell { site: shared.cx.site, item, field: Some(field) };
                map.serialize_entry(&columns::name(&[key]), &cell)?;
            }
        }
        map.end()
    }
}
