use std::borrow::Cow;

use serde::{Serialize, Serializer};
use tera::Value;

use super::shared::Shared;
use crate::model::{Document, day_in_words};
use crate::schema::{Collection, Field};

/// One document in a list: enough to decide whether to open it, never its text.
///
/// A document stands in many lists: what templates see of it is made once.
pub(super) struct Listed<'a> {
    value: Value,
    /// Why it stands in this list; often empty.
    reason: Cow<'a, str>,
}

#[derive(Serialize)]
struct ListedValue<'a> {
    title: &'a str,
    url: &'a str,
    summary: &'a str,
    /// What its collection calls one of its documents.
    collection: &'a str,
    date: String,
    date_text: String,
    badges: Vec<Badge<'a>>,
    reason: &'static str,
}

/// A word or two set apart.
#[derive(Serialize)]
pub(super) struct Badge<'a> {
    pub(super) text: &'a str,
    /// `notice` for what readers must know first, the level of a rule; empty otherwise.
    pub(super) kind: &'static str,
}

impl<'a> Listed<'a> {
    pub(super) fn new(shared: &Shared<'a>, document: &'a Document) -> Self {
        let value = shared.made_once.listed.get(document.id, || listed(shared, document));
        Self { value, reason: Cow::Borrowed("") }
    }

    pub(super) fn because(self, reason: String) -> Self {
        Self { reason: Cow::Owned(reason), ..self }
    }

    /// Its value, and more.
    pub(super) fn with(&self, more: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let mut map = self.value.as_map().cloned().unwrap_or_default();
        map.extend(more.into_iter().map(|(key, value)| (key.into(), value)));
        map.into()
    }
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.reason.is_empty() {
            return self.value.serialize(serializer);
        }
        self.with([("reason", Value::from(&*self.reason))]).serialize(serializer)
    }
}

fn listed(shared: &Shared<'_>, document: &Document) -> Value {
    let (date, date_text) = date(shared, document);
    Value::from_serializable(&ListedValue {
        title: &document.page.title.value,
        url: &document.page.url,
        summary: document.page.summary.as_ref().map_or("", |summary| &summary.value),
        collection: shared.collection_of(document).map_or("", |collection| &collection.singular),
        date,
        date_text,
        badges: badges(shared, document),
        reason: "",
    })
}

/// The day of a document, for machines and for people.
pub(super) fn date(shared: &Shared<'_>, document: &Document) -> (String, String) {
    document
        .date
        .as_ref()
        .map_or_else(Default::default, |date| (date.value.to_string(), day_in_words(shared.words().lang, date.value)))
}

/// The code and the level of a rule; the titles of the fields that say something on top of the page.
pub(super) fn badges<'a>(shared: &Shared<'a>, document: &Document) -> Vec<Badge<'a>> {
    let rule = shared.ruled.of(document).map(|judged| judged.link(shared));
    let rule = rule
        .into_iter()
        .flat_map(|rule| [Badge { text: rule.code, kind: "code" }, Badge { text: rule.level_text, kind: rule.level }]);
    rule.chain(noticed(shared, document).map(|field| Badge { text: &field.title, kind: "notice" })).collect()
}

/// What readers are told on top of the page.
pub(super) fn notices<'a>(shared: &Shared<'a>, document: &Document) -> Vec<&'a str> {
    noticed(shared, document).filter_map(|field| field.notice.as_deref()).collect()
}

/// The titles of the fields that say something on top of the page.
pub(super) fn notice_titles<'a>(shared: &Shared<'a>, document: &Document) -> impl Iterator<Item = &'a str> {
    noticed(shared, document).map(|field| field.title.as_str())
}

fn noticed<'a>(shared: &Shared<'a>, document: &Document) -> impl Iterator<Item = &'a Field> {
    let collection = shared.collection_of(document);
    collection.into_iter().flat_map(Collection::notices).filter(|field| document.is_true(field))
}
