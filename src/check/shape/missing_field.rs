use super::{Place, declared};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::{Item, Object, Value};
use crate::schema::{Field, Shape, When};
use crate::source::Span;

pub(super) static MISSING_FIELD: Check = Check {
    name: "missing-field",
    level: Level::Error,
    summary: Text { fr: "un champ obligatoire manque", en: "a required field is missing" },
    manual: Text {
        fr: "Le schéma de la collection demande ce champ (`required: true`), parfois seulement dans certains cas (`when`). Ajoutez la ligne que le message donne ; si l’information n’existe pas, c’est au schéma de le prévoir.",
        en: "The schema of the collection wants this field (`required: true`), sometimes in some cases only (`when`). Add the line that the message gives; if the information does not exist, the schema is where to allow for that.",
    },
};

pub(super) fn title(place: &Place<'_>, sink: &mut Sink) {
    let page = &place.document.page;
    let key = place.cx.site.collection_of(place.document).map_or("title", |collection| &collection.title_field);
    let misread = place.document.misread.iter().any(|(misread, _, _)| misread.value == key);
    if page.title.span != Span::file(page.source) || misread {
        return;
    }
    let lang = sink.lang();
    sink.push(
        Diagnostic::new(
            &MISSING_FIELD,
            front_start(place),
            tr!(lang, "le document n’a pas de titre", "the document has no title"),
        )
        .help(tr!(lang, "ajoutez une ligne `{key}: …`", "add a line `{key}: …`")),
    );
}

pub(super) fn check(place: &Place<'_>, values: &Object, field: &Field, sink: &mut Sink) {
    if !field.required || !field.when.as_ref().is_none_or(|when| holds(when, &place.document.values)) {
        return;
    }
    let (lang, name, title) = (sink.lang(), &field.key.value, &field.title);
    // A key with nothing after it is shown; else the object that lacks it.
    let (span, written) = match values.key_span(name) {
        Some(span) if span.source == place.document.page.source => (span, true),
        _ if values.span == place.document.values.span => (front_start(place), false),
        _ => (first_key(values), false),
    };
    let message = match (written, title == name) {
        (true, _) => tr!(lang, "le champ `{name}` est vide", "field `{name}` is empty"),
        (false, true) => tr!(lang, "il manque le champ `{name}`", "field `{name}` is missing"),
        (false, false) => tr!(lang, "il manque le champ `{name}` ({title})", "field `{name}` ({title}) is missing"),
    };
    let mut finding = Diagnostic::new(&MISSING_FIELD, span, message)
        .related(declared(field), tr!(lang, "il est déclaré obligatoire ici", "it is declared as required here"))
        .help(tr!(lang, "ajoutez une ligne `{name}: {}`", "add a line `{name}: {}`", sample(field)));
    if let Some(description) = &field.description {
        finding = finding.note(description.clone());
    }
    sink.push(finding);
}

/// Whether a condition holds for a document: each field named has one of the values given; an absent boolean is `false`.
pub(super) fn holds(when: &When, values: &Object) -> bool {
    when.conditions.iter().all(|(name, accepted)| {
        let found = values.at(name.value.split('.'));
        match found {
            Some(item) => written(item).iter().any(|text| accepted.contains(text)),
            None => accepted.iter().any(|text| text == "false"),
        }
    })
}

/// A value as an author would write it in a condition.
fn written(item: &Item) -> Vec<String> {
    match &item.value {
        Value::Boolean(truth) => vec![truth.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Text(text) | Value::Markdown(text) => vec![text.clone().into()],
        Value::Date(date) => vec![date.to_string()],
        Value::Reference(reference) => vec![reference.text.clone().into()],
        Value::List(items) => items.iter().flat_map(written).collect(),
        Value::Null | Value::Object(_) | Value::Invalid(_) => Vec::new(),
    }
}

/// Something to write after the key.
fn sample(field: &Field) -> String {
    if let Some(example) = field.examples.first() {
        return example.clone();
    }
    if let Some(choices) = &field.constraints.choices {
        return choices.keys().map(String::as_str).collect::<Vec<_>>().join(" | ");
    }
    match &field.shape {
        Shape::Date => "2026-01-31".to_owned(),
        Shape::Number | Shape::Integer => "1".to_owned(),
        Shape::Boolean => "true".to_owned(),
        Shape::Array(items) => format!("[{}]", sample(items)),
        Shape::Url => "https://…".to_owned(),
        _ => "…".to_owned(),
    }
}

/// The start of the front matter, where a missing key is to be added.
fn front_start(place: &Place<'_>) -> Span {
    let span = place.document.values.span;
    let text = place.cx.snapshot.text(span);
    let first_line = text.lines().next().map_or(0, str::len);
    Span::new(span.source, span.start as usize..span.start as usize + first_line)
}

fn first_key(values: &Object) -> Span {
    let keys = values.fields.values().map(|(key, _)| *key).chain(values.unknown.iter().map(|(key, _)| key.span));
    keys.filter(|span| span.source == values.span.source).min().unwrap_or(values.span)
}
