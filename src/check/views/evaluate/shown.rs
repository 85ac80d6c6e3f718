//! Values, as data that can be put into words.

use super::Evaluator;
use super::item::Item;
use crate::check::rules::language::show::show;
use crate::check::rules::language::value::Val;
use crate::check::views::data::{Provenance, Shown};
use crate::check::views::program::{Facts, Order};
use crate::model::{Document, Entry};
use crate::source::SourceId;

impl<'p> Evaluator<'p> {
    /// A value, with what the schema says of it. `source` is the file that it was written in.
    pub(super) fn shown(&self, facts: &Facts, val: &Val<'p>, source: SourceId) -> Shown {
        match val {
            Val::Null => Shown::Nothing,
            Val::Boolean(truth) => Shown::Truth(*truth),
            Val::Number(number) if facts.order == Order::Ordinal => Shown::Ordinal(*number),
            Val::Number(number) => Shown::Number(*number, facts.unit.clone()),
            Val::Date(date) => Shown::Date(*date),
            Val::Document(document) => shown_document(document),
            Val::Entry(document, entry) => shown_entry(document, entry),
            Val::Items(_) | Val::List(_) => {
                let items = self.world.items(val).unwrap_or_default();
                let mut list: Vec<Shown> = items.iter().map(|item| self.shown(facts, item, source)).collect();
                list.retain(|item| *item != Shown::Nothing);
                match list.len() {
                    0 => Shown::Nothing,
                    1 => list.swap_remove(0),
                    _ => Shown::List(list),
                }
            }
            Val::Section(section) => Shown::Text(section.text.read().into_owned()),
            Val::Text(_) | Val::Made(_) | Val::Lost(_) => {
                let text = val.as_text().unwrap_or_default().trim();
                let label = facts.choices.as_ref().and_then(|choices| choices.get(text));
                match label {
                    _ if text.is_empty() => Shown::Nothing,
                    Some(label) => Shown::Text(label.clone()),
                    None if facts.is_markdown => Shown::Markdown(text.to_owned(), source),
                    None => Shown::Text(text.to_owned()),
                }
            }
            Val::Object(_) | Val::Record(_) => Shown::Text(show(&self.world, val)),
        }
    }

    /// Where a figure comes from, when it is one measured result.
    pub(super) fn provenance(&self, items: &[&Item<'p>]) -> Option<Box<Provenance>> {
        let is_outcome = self.program.each.as_ref().is_some_and(|each| each.facts.is_outcome);
        let [Item { document, each: Some(Val::Object(object)) }] = items.first_chunk::<1>().copied()? else {
            return None;
        };
        if !is_outcome || items.len() != 1 {
            return None;
        }
        let val = |key: &str| object.get(key).map_or(Val::Null, |item| self.world.item(item));
        let text = |key: &str| val(key).as_text().unwrap_or_default().to_owned();
        let shown = |key: &str| self.shown(&Facts::default(), &val(key), document.page.source);
        Some(Box::new(Provenance {
            qualifier: text("qualifier"),
            high: val("value_max").as_number(),
            unit: text("unit"),
            base: text("base"),
            period: text("period"),
            source: shown("source"),
            indicator: shown("indicator"),
        }))
    }
}

/// A document that readers can open; the title alone of one that they do not see yet.
pub(super) fn shown_document(document: &Document) -> Shown {
    if document.draft { Shown::Text(document.page.title.value.clone()) } else { Shown::Document(document.id) }
}

pub(super) fn shown_entry(document: &Document, entry: &Entry) -> Shown {
    let place = document.entries.iter().position(|other| other.number.value == entry.number.value);
    match place.filter(|_| !document.draft) {
        Some(place) => Shown::Entry(document.id, place),
        None => Shown::Text(entry.title.clone()),
    }
}
