use rayon::prelude::*;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::cell::{Cell, own_id};
use super::columns;
use super::{Shared, Table};
use crate::model::{Document, Value};
use crate::schema::Field;

/// How many objects are written at a time.
const OBJECTS: usize = 500;

/// A list of objects, one line each: what the table holds, lists and objects as such.
pub(super) fn write(shared: &Shared<'_>, table: &Table<'_>) -> Vec<u8> {
    let documents = shared.listed.get(table.collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let fields = &table.collection.fields;
    let keys: Vec<Key<'_>> =
        fields.iter().map(|(key, field)| Key { key, name: columns::name(&[key]), field }).collect();
    let chunks: Vec<Vec<u8>> = documents
        .par_chunks(OBJECTS)
        .map(|documents| {
            let mut chunk = Vec::new();
            for document in documents {
                serde_json::to_writer(&mut chunk, &Row { shared, keys: &keys, document })
                    .expect("plain values make JSON");
                chunk.extend_from_slice(b",\n");
            }
            chunk
        })
        .collect();
    let mut json = Vec::with_capacity(8 + chunks.iter().map(Vec::len).sum::<usize>());
    json.extend_from_slice(b"[\n");
    chunks.iter().for_each(|chunk| json.extend_from_slice(chunk));
    // No comma after the last one.
    json.truncate(json.len().saturating_sub(2));
    json.extend_from_slice(b"\n]\n");
    json
}

/// A field, and what it is called in a file.
struct Key<'a> {
    key: &'a str,
    name: String,
    field: &'a Field,
}

struct Row<'r, 'a> {
    shared: &'r Shared<'a>,
    keys: &'r [Key<'r>],
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
        for Key { key, name, field } in self.keys {
            let held = document.values.get(key).filter(|item| !matches!(item.value, Value::Invalid(_)));
            if let Some(item) = held {
                let cell = Cell { site: shared.cx.site, item, field: Some(field) };
                map.serialize_entry(name, &cell)?;
            }
        }
        map.end()
    }
}
