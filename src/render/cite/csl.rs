use std::borrow::Cow;

use serde::Serialize;

use super::{Citation, Genre, one_line};

/// A reference of CSL-JSON, which processors of citations read.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    title: &'a str,
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title")]
    container_title: Cow<'a, str>,
    publisher: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    language: &'a str,
    #[serde(rename = "URL", skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: Cow<'a, str>,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: [(i16, i8, i8); 1],
}

/// A reference, on one line.
pub(super) fn write(citation: &Citation<'_>, out: &mut String) {
    out.push_str(&serde_json::to_string(&item(citation)).expect("plain texts make JSON"));
}

fn item<'a>(citation: &'a Citation<'_>) -> Item<'a> {
    Item {
        id: &citation.key,
        r#type: match citation.kind {
            Genre::Report => "report",
            Genre::Page => "webpage",
            Genre::Term => "entry-dictionary",
        },
        title: &citation.title,
        author: citation.authors.iter().map(|author| Name { literal: one_line(author) }).collect(),
        container_title: one_line(citation.site),
        publisher: one_line(citation.publisher),
        issued: citation.date.map(|date| Issued { parts: [(date.year(), date.month(), date.day())] }),
        language: citation.language,
        url: &citation.url,
        note: one_line(&citation.notes.join(", ")).into_owned(),
    }
}
