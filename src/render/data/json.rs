use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::cell::{Cell, own_id};
use super::columns;
use super::{SAMPLE, Shared, Table, room};
use crate::model::{Document, Value};
use crate::schema::Field;

/// A list of objects, one line each: what the table holds, lists and objects as such.
pub(super) fn write(shared: &Shared<'_>, table: &Table<'_>) -> Vec<u8> {
    let documents = shared.listed.get(table.collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let fields = table.collection.fields.iter();
    let keys: Vec<Key<'_>> =
        fields.map(|(key, field)| Key { declared: key, name: columns::name(&[key]), field }).collect();
    let mut json = b"[\n".to_vec();
    for (at, document) in documents.iter().enumerate() {
        if at == SAMPLE {
            json.reserve(room(json.len(), documents.len()));
        }
        if at > 0 {
            json.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut json, &Row { shared, keys: &keys, document }).expect("plain values make JSON");
    }
    json.extend_from_slice(b"\n]\n");
    json
}

/// A field, and what it is called in a file.
struct Key<'a> {
    declared: &'a str,
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
        for Key { declared, name, field } in self.keys {
            let held = document.values.get(declared).filter(|item| !matches!(item.value, Value::Invalid(_)));
            if let Some(item) = held {
                let cell = Cell { site: shared.cx.site, item, field: Some(field) };
                map.serialize_entry(name, &cell)?;
            }
        }
        map.end()
    }
}
