use crate::model::{Item, Object, Value};
use crate::schema::{Collection, Field, ObjectShape, Shape};

/// What every row begins with.
pub(super) const OWN: [&str; 6] = ["id", "title", "url", "date", "updated", "summary"];

/// A column of a table: a field, or a field inside an object of the document.
pub(super) struct Column<'a> {
    /// Keys joined by dots.
    pub(super) name: String,
    /// The way to its value.
    pub(super) path: Vec<&'a str>,
    pub(super) field: &'a Field,
    /// Titles of the fields on the way, joined.
    pub(super) title: String,
}

impl Column<'_> {
    /// What a document holds there.
    pub(super) fn value<'v>(&self, values: &'v Object) -> Option<&'v Item> {
        values.at(self.path.iter().copied()).filter(|item| !matches!(item.value, Value::Invalid(_)))
    }

    /// Whether every row has it.
    pub(super) fn required(&self) -> bool {
        self.path.len() == 1 && self.field.required && self.field.when.is_none()
    }
}

/// The columns of a collection after [`OWN`], in the order of their declaration: an object gives one for each of its fields.
pub(super) fn of(collection: &Collection) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    for (key, field) in &collection.fields {
        // What plays the part of a title, a date or a summary is there already.
        if [&collection.title_field, &collection.date_field, &collection.summary_field].contains(&key) {
            continue;
        }
        add(&mut columns, &[], "", key, field);
    }
    columns
}

fn add<'a>(columns: &mut Vec<Column<'a>>, above: &[&'a str], titles: &str, key: &'a str, field: &'a Field) {
    let path = [above, &[key]].concat();
    let title = if titles.is_empty() { field.title.clone() } else { format!("{titles} : {}", field.title) };
    if let Shape::Object(ObjectShape { properties, .. }) = &field.shape {
        for (key, field) in properties {
            add(columns, &path, &title, key, field);
        }
        return;
    }
    columns.push(Column { name: name(&path), path, field, title });
}

/// Keys joined by dots; apart from what every row begins with.
pub(super) fn name(path: &[&str]) -> String {
    let name = path.join(".");
    if OWN.contains(&name.as_str()) { format!("fields.{name}") } else { name }
}
