use serde::Serialize;

use crate::check::rules::{Example, ExampleVerdict, Rule, example_documents};
use crate::model::{Document, day_in_words};
use crate::render::markdown;
use crate::render::shared::Shared;
use crate::render::value::{self, FieldValue, Place};

/// A case that shows what a rule means.
#[derive(Serialize)]
pub(super) struct ExampleValue<'a> {
    title: &'a str,
    /// `passes`, `fails` or `ignores`.
    verdict: &'static str,
    verdict_text: &'a str,
    /// The day on which it plays; mostly empty.
    today_text: String,
    documents: Vec<Case<'a>>,
    /// Documents that those refer to.
    with: Vec<Case<'a>>,
}

/// A document that was made up for an example.
#[derive(Serialize)]
struct Case<'a> {
    /// What its collection calls it, and its title where it has one.
    title: String,
    fields: Vec<FieldValue<'a>>,
    body: String,
}

/// The examples of a rule, as readers see documents.
pub(super) fn values<'a>(
    shared: &'a Shared<'a>,
    rule: &'a Rule,
    document: &'a Document,
    root: &'a str,
) -> Vec<ExampleValue<'a>> {
    let place = Place { shared, source: document.page.source, root };
    rule.examples.iter().map(|example| value(place, document, example)).collect()
}

fn value<'a>(place: Place<'a>, rule: &Document, example: &'a Example) -> ExampleValue<'a> {
    let words = &place.shared.theme.words;
    let (verdict, text) = match example.verdict {
        ExampleVerdict::Passes => ("passes", "example_passes"),
        ExampleVerdict::Fails => ("fails", "example_fails"),
        ExampleVerdict::Ignores => ("ignores", "example_ignores"),
    };
    let made = example_documents(place.shared.cx.site, rule, example);
    let (judged, with) = made.split_at(example.documents.len().min(made.len()));
    ExampleValue {
        title: &example.title.value,
        verdict,
        verdict_text: words.text(text),
        today_text: example.today.map(|today| day_in_words(words.lang, today)).unwrap_or_default(),
        documents: judged.iter().map(|document| case(place, document)).collect(),
        with: with.iter().map(|document| case(place, document)).collect(),
    }
}

fn case<'a>(place: Place<'a>, document: &Document) -> Case<'a> {
    let words = &place.shared.theme.words;
    let collection = place.shared.collection_of(document);
    let singular = collection.map_or("", |collection| &collection.singular);
    let title = &document.page.title.value;
    let title = if *title == document.name {
        singular.to_owned()
    } else {
        words.text("named_value").replace("{name}", singular).replace("{value}", title)
    };
    let mut fields =
        collection.map(|collection| value::written(place, &document.values, &collection.fields)).unwrap_or_default();
    if let Some(date) = document.date.as_ref().filter(|_| fields.iter().all(|field| field.key != "date")) {
        let text = day_in_words(words.lang, date.value);
        fields.insert(
            0,
            FieldValue {
                key: "date",
                id: String::new(),
                title: words.text("date"),
                description: "",
                kind: "date",
                text,
                values: Vec::new(),
                children: Vec::new(),
                items: Vec::new(),
            },
        );
    }
    Case { title, fields, body: markdown::example(place.shared, &document.page.body, place.root) }
}
