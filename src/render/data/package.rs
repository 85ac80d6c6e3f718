use serde_json::{Map, Value as Json, json};

use super::cell::JOIN;
use super::columns::{Column, OWN};
use super::licence::Licence;
use super::{Shared, Table};
use crate::parse::slug;
use crate::render::credit;
use crate::schema::{EntryPart, Shape};

/// The description of all files by the Data Package standard, version 1; `sizes` are those of each table as CSV and as JSON.
pub(super) fn write(shared: &Shared<'_>, url: &str, tables: &[Table<'_>], sizes: &[(usize, usize)]) -> String {
    let config = shared.cx.config;
    let mut package = Map::new();
    package.insert("profile".to_owned(), "data-package".into());
    package.insert("name".to_owned(), slug(&config.title).into());
    package.insert("title".to_owned(), config.title.as_str().into());
    if !config.description.is_empty() {
        package.insert("description".to_owned(), config.description.as_str().into());
    }
    if !config.base_url.is_empty() {
        package.insert("homepage".to_owned(), format!("{}/{url}", config.base_url).into());
    }
    if let Some(commit) = shared.cx.snapshot.commit() {
        package.insert("version".to_owned(), commit.into());
    }
    if let Some(Licence { name, title, url }) = Licence::of(config) {
        let mut licence = Map::new();
        licence.insert("name".to_owned(), name.into());
        licence.insert("title".to_owned(), title.into());
        if !url.is_empty() {
            licence.insert("path".to_owned(), url.into());
        }
        package.insert("licenses".to_owned(), json!([licence]));
    }
    package.insert("contributors".to_owned(), json!([{ "title": credit::publisher(shared), "role": "publisher" }]));
    let mut resources = Vec::new();
    for (table, (csv, json)) in tables.iter().zip(sizes) {
        resources.push(table_resource(shared, table, tables, *csv));
        resources.push(json!({
            "profile": "data-resource",
            "name": format!("{}-json", table.name),
            "title": format!("{} (JSON)", table.collection.title),
            "path": format!("{}.json", table.name),
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "bytes": json,
        }));
    }
    package.insert("resources".to_owned(), resources.into());
    serde_json::to_string_pretty(&package).map(|text| text + "\n").expect("plain texts make JSON")
}

fn table_resource(shared: &Shared<'_>, table: &Table<'_>, tables: &[Table<'_>], bytes: usize) -> Json {
    let collection = table.collection;
    let mut resource = Map::new();
    let mut set = |key: &str, value: Json| resource.insert(key.to_owned(), value);
    set("profile", "tabular-data-resource".into());
    set("name", table.name.as_str().into());
    set("title", collection.title.as_str().into());
    if !collection.summary.is_empty() {
        set("description", collection.summary.as_str().into());
    }
    set("path", format!("{}.csv", table.name).into());
    set("format", "csv".into());
    set("mediatype", "text/csv".into());
    set("encoding", "utf-8".into());
    set("bytes", bytes.into());
    set(
        "dialect",
        json!({ "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\r\n", "header": true }),
    );
    let words = shared.words();
    let own = OWN.into_iter().map(|name| {
        let (kind, format) = match name {
            "url" if !shared.cx.config.base_url.is_empty() => ("string", "uri"),
            "date" | "updated" => ("date", "default"),
            _ => ("string", "default"),
        };
        let mut field = json!({ "name": name, "type": kind, "format": format });
        field["title"] = words.text(&format!("data_{name}")).into();
        if ["id", "title", "url"].contains(&name) {
            field["constraints"] = json!({ "required": true });
        }
        if name == "id" {
            field["constraints"]["unique"] = true.into();
        }
        field
    });
    let fields: Vec<Json> = own.chain(table.columns.iter().map(|column| field(shared, column))).collect();
    let mut schema = json!({ "fields": fields, "primaryKey": "id", "missingValues": [""] });
    let keys: Vec<Json> = table.columns.iter().filter_map(|column| foreign_key(column, tables)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = keys.into();
    }
    set("schema", schema);
    resource.into()
}

/// A column in the words of Table Schema, whose constraints are those of JSON Schema, as ours are.
fn field(shared: &Shared<'_>, column: &Column<'_>) -> Json {
    let declared = column.field;
    let limits = &declared.constraints;
    let mut constraints = Map::new();
    let mut set = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            constraints.insert(key.to_owned(), value);
        }
    };
    set("required", column.required().then(|| true.into()));
    let (kind, format) = match &declared.shape {
        Shape::Integer => ("integer", "default"),
        Shape::Number => ("number", "default"),
        Shape::Boolean => ("boolean", "default"),
        Shape::Date => ("date", "default"),
        Shape::Url => ("string", "uri"),
        Shape::Email => ("string", "email"),
        Shape::Entries(_) => ("array", "default"),
        Shape::Outcome(_) => ("object", "default"),
        Shape::Array(items) if is_nested(&items.shape) => ("array", "default"),
        Shape::String | Shape::Markdown => {
            set("enum", limits.choices.as_ref().map(|choices| choices.keys().cloned().collect::<Vec<_>>().into()));
            set("minLength", limits.min_length.map(Into::into));
            set("maxLength", limits.max_length.map(Into::into));
            set("pattern", limits.pattern.as_ref().map(|pattern| pattern.as_str().into()));
            ("string", "default")
        }
        Shape::Any | Shape::Reference(_) | Shape::Array(_) | Shape::Object(_) => ("string", "default"),
    };
    if matches!(declared.shape, Shape::Integer | Shape::Number) {
        set("minimum", limits.minimum.map(number));
        set("maximum", limits.maximum.map(number));
    }
    let mut described: Vec<String> = declared.description.iter().cloned().collect();
    if let Some(unit) = &declared.unit {
        described.push(shared.words().text("data_unit").replace("{unit}", unit));
    }
    if matches!(&declared.shape, Shape::Array(items) if !is_nested(&items.shape)) {
        described.push(shared.words().text("data_list").replace("{sign}", &JOIN.to_string()));
    }
    let mut field = json!({ "name": column.name, "title": column.title, "type": kind, "format": format });
    if !described.is_empty() {
        field["description"] = described.join(" ").into();
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}

/// A column that names rows of another table, whole and one at a time.
fn foreign_key(column: &Column<'_>, tables: &[Table<'_>]) -> Option<Json> {
    let Shape::Reference(shape) = &column.field.shape else { return None };
    let [to] = shape.to.as_slice() else { return None };
    let table = tables.iter().find(|table| table.collection.id == to.value && shape.entries == EntryPart::None)?;
    Some(json!({ "fields": column.name, "reference": { "resource": table.name, "fields": "id" } }))
}

/// Whether a value of this shape is more than a text in a cell.
fn is_nested(shape: &Shape) -> bool {
    matches!(shape, Shape::Array(_) | Shape::Object(_) | Shape::Entries(_) | Shape::Outcome(_))
}

fn number(number: f64) -> Json {
    number.to_string().parse::<i64>().map_or_else(|_| number.into(), Into::into)
}
