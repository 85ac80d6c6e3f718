use serde::Serialize;

use super::number;
use super::value::{self, Place, Shown};
use crate::model::{Document, Item, Object, Value};
use crate::schema::{Collection, Declared, Shape};

/// One measured result, as a figure and as a row.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    indicator: Shown,
    /// How exact the figure is: `environ`, `plus de`.
    qualifier: String,
    /// The figure as it is read: `32,5`, `7 à 8`.
    value_text: String,
    unit: String,
    base: String,
    period: String,
    note: String,
    source: Shown,
}

/// Every result of a document, field by field.
pub(super) fn outcomes(place: Place<'_>, document: &Document, collection: &Collection) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (name, field) in &collection.fields {
        let Shape::Outcome(shape) = value::inner(field) else { continue };
        let Some(item) = document.values.get(name) else { continue };
        let items = item.value.items().unwrap_or(std::slice::from_ref(item));
        let objects = items.iter().filter_map(|item| item.value.as_object());
        outcomes.extend(objects.map(|object| outcome(place, object, &shape.properties)));
    }
    outcomes
}

fn outcome(place: Place<'_>, object: &Object, fields: &Declared) -> Outcome {
    let words = place.shared.words();
    let shown = |key: &str| value::value(place, object.get(key)?, fields.get(key)?);
    let text = |key: &str| shown(key).map(|shown| shown.text).unwrap_or_default();
    let figure = |key: &str| match object.get(key) {
        Some(Item { value: Value::Number(number), .. }) => Some(*number),
        _ => None,
    };
    let (low, high) = (figure("value"), figure("value_max"));
    let mut value_text = low.map(|low| number::number(words.lang, low)).unwrap_or_default();
    if let Some(high) = high {
        let range = words.text("range").replace("{low}", &value_text);
        value_text = range.replace("{high}", &number::number(words.lang, high));
    }
    let written = text("unit");
    let unit = match high.or(low) {
        Some(count) => number::unit(words.lang, count, &written),
        None => written,
    };
    Outcome {
        indicator: shown("indicator").unwrap_or_default(),
        qualifier: text("qualifier"),
        value_text,
        unit,
        base: text("base"),
        period: text("period"),
        note: text("note"),
        source: shown("source").unwrap_or_default(),
    }
}
