use serde::Serialize;

use super::link::Href;
use super::shared::Shared;
use super::{markdown, number};
use crate::model::{Document, Item, Object, Target, Value, day_in_words};
use crate::parse::plain_text;
use crate::schema::{Declared, Field, Shape};
use crate::source::SourceId;

/// One field as a page shows it: values, or fields inside it, or a list of such groups.
///
/// There are dozens on every page, most of them with one short text: templates get what is there and nothing else.
#[derive(Debug, Serialize)]
pub(super) struct FieldValue<'a> {
    pub(super) key: &'a str,
    /// An anchor that no heading can have, where it stands in a section of its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) id: String,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    /// The word of the schema for its type.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// Its only value, where that is a plain text; all others are in `values`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) values: Vec<Shown>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) children: Vec<Self>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Group<'a>>,
}

/// One object of a list.
#[derive(Debug, Serialize)]
pub(super) struct Group<'a> {
    pub(super) children: Vec<FieldValue<'a>>,
}

/// One value, ready to be shown.
#[derive(Debug, Default, Serialize)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The number of the entry that it leads to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) number: String,
    /// The document around that entry.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) context: String,
    /// Prose, instead of `text`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) html: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) url: String,
    /// Whether `url` leaves the site.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) external: bool,
}

impl FieldValue<'_> {
    /// Whether it holds prose, or fields of its own.
    pub(super) fn is_long(&self) -> bool {
        !self.children.is_empty() || !self.items.is_empty() || self.values.iter().any(|value| !value.html.is_empty())
    }

    /// Gives it an anchor.
    pub(super) fn anchor(&mut self) {
        self.id = format!("field_{}", self.key);
    }

    /// Takes its values, of which there is most often one, and a plain text.
    fn take(&mut self, values: impl IntoIterator<Item = Shown>) {
        let mut values = values.into_iter();
        match (values.next(), values.next()) {
            (None, _) => {}
            (Some(only), None) if only.is_plain() => self.text = only.text,
            (Some(first), second) => self.values = [first].into_iter().chain(second).chain(values).collect(),
        }
    }
}

impl Shown {
    /// Whether it is a text and nothing else.
    fn is_plain(&self) -> bool {
        !self.text.is_empty() && self.url.is_empty() && self.html.is_empty()
    }
}

/// What showing a value takes: the page it stands on and the file it was written in.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) source: SourceId,
    pub(super) root: &'a str,
}

/// The fields of an object that have something to show, in the order of their declaration. Entries and outcomes are shown apart.
pub(super) fn fields<'a>(place: Place<'a>, object: &Object, declared: &'a Declared) -> Vec<FieldValue<'a>> {
    declared
        .iter()
        .filter(|(_, field)| field.shown && !matches!(inner(field), Shape::Entries(_) | Shape::Outcome(_)))
        .filter_map(|(_, field)| self::field(place, object.find(field.symbol)?, field))
        .collect()
}

/// The fields of an example: everything that was written, entries and outcomes with it.
pub(super) fn written<'a>(place: Place<'a>, object: &Object, declared: &'a Declared) -> Vec<FieldValue<'a>> {
    let own = object.fields.iter().filter(|(_, (key, _))| key.source == place.source);
    own.filter_map(|(name, (_, item))| field(place, item, declared.get(&*name)?)).collect()
}

/// The shape of a field, or of the items of its list.
pub(super) fn inner(field: &Field) -> &Shape {
    match &field.shape {
        Shape::Array(items) => inner(items),
        shape => shape,
    }
}

pub(super) fn field<'a>(place: Place<'a>, item: &Item, field: &'a Field) -> Option<FieldValue<'a>> {
    // What a notice says on top of the page is said once; that it does not hold is not said at all.
    if field.notice.is_some() {
        return None;
    }
    let mut shown = FieldValue {
        key: &field.key.value,
        id: String::new(),
        title: &field.title,
        description: field.description.as_deref().unwrap_or_default(),
        kind: inner(field).name(),
        text: String::new(),
        values: Vec::new(),
        children: Vec::new(),
        items: Vec::new(),
    };
    match (&item.value, &field.shape) {
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape)) => {
            shown.children = fields(place, object, &shape.properties);
        }
        (Value::List(items), Shape::Array(of)) => match &of.shape {
            Shape::Object(shape) | Shape::Outcome(shape) => {
                let group =
                    |item: &Item| Some(Group { children: fields(place, item.value.as_object()?, &shape.properties) });
                shown.items = items.iter().filter_map(group).filter(|group| !group.children.is_empty()).collect();
            }
            _ => shown.take(items.iter().filter_map(|item| value(place, item, of))),
        },
        (Value::List(items), Shape::Entries(shape)) => {
            let group =
                |item: &Item| Some(Group { children: fields(place, item.value.as_object()?, &shape.properties) });
            shown.items = items.iter().filter_map(group).collect();
        }
        (_, _) => shown.take(value(place, item, field)),
    }
    let empty = shown.text.is_empty() && shown.values.is_empty() && shown.children.is_empty() && shown.items.is_empty();
    (!empty).then_some(shown)
}

/// One value; none where there is nothing that readers could use.
pub(super) fn value(place: Place<'_>, item: &Item, field: &Field) -> Option<Shown> {
    let words = place.shared.words();
    let text = |text: String| Some(Shown { text, ..Shown::default() });
    match &item.value {
        Value::Null | Value::Invalid(_) | Value::Object(_) | Value::List(_) => None,
        Value::Boolean(yes) => text(words.text(if *yes { "yes" } else { "no" }).to_owned()),
        Value::Number(number) if matches!(field.shape, Shape::Integer) && field.unit.is_none() => {
            text(number.to_string())
        }
        Value::Number(number) => {
            let written = number::number(words.lang, *number);
            text(match &field.unit {
                Some(unit) => format!("{written} {}", number::unit(words.lang, *number, unit)),
                None => number::bare(words.lang, *number),
            })
        }
        Value::Date(date) => text(day_in_words(words.lang, *date)),
        Value::Markdown(markdown) => Some(Shown {
            text: plain_text(markdown),
            html: markdown::fragment(place.shared, markdown, place.source, place.root),
            ..Shown::default()
        }),
        Value::Reference(reference) => Some(
            target(place.shared, reference.target)
                .unwrap_or_else(|| Shown { text: reference.text.clone().into(), ..Shown::default() }),
        ),
        Value::Text(written) => match &field.shape {
            Shape::Url => match super::link::resolve(place.shared, place.source, written) {
                Href::Outside(url) => {
                    Some(Shown { text: without_scheme(&url), url, external: true, ..Shown::default() })
                }
                _ => text(written.clone().into()),
            },
            Shape::Email => Some(Shown {
                text: written.clone().into(),
                url: format!("mailto:{written}"),
                external: true,
                ..Shown::default()
            }),
            _ => text(label(field, written).to_owned()),
        },
    }
}

/// What readers see of a choice; any other text as it is.
pub(super) fn label<'a>(field: &'a Field, written: &'a str) -> &'a str {
    let choices = field.constraints.choices.as_ref();
    choices.and_then(|choices| choices.get(written)).map_or(written, String::as_str)
}

/// Where a reference leads, as a link; none for a document that readers do not see.
pub(super) fn target(shared: &Shared<'_>, target: Target) -> Option<Shown> {
    // The documents of an example stand beside the site.
    if target.document().is_some_and(|id| id.index() >= shared.cx.site.documents.len()) {
        return None;
    }
    let (document, entry) = shared.cx.site.target(target)?;
    let title = &document.page.title.value;
    Some(match entry {
        _ if document.draft => Shown { text: title.clone(), ..Shown::default() },
        None => Shown { text: title.clone(), url: document.page.url.clone(), ..Shown::default() },
        Some(entry) => Shown {
            text: entry.title.clone(),
            number: printed_number(document, &entry.number.value).to_owned(),
            context: title.clone(),
            url: entry.url.clone(),
            ..Shown::default()
        },
    })
}

/// The number of an entry where it is one that readers would say: names such as `quota` are addresses only.
pub(super) fn printed_number<'a>(document: &Document, number: &'a str) -> &'a str {
    let said = |number: &str| {
        number.chars().count() <= 6 && number.chars().any(|c| c.is_ascii_digit())
            || number.chars().all(|c| "IVXLC.".contains(c))
    };
    let all = document.entries.iter().all(|entry| said(&entry.number.value));
    if all && said(number) { number } else { "" }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn without_scheme(url: &str) -> String {
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}
