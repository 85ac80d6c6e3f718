//! What groups there are, and in which order: those that occur, and those that could.

use std::collections::{BTreeMap, BTreeSet};

use super::Evaluator;
use super::shown::{shown_document, shown_entry};
use crate::check::rules::language::key::{Key, Total};
use crate::check::rules::language::value::Val;
use crate::check::views::data::Shown;
use crate::check::views::program::{Every, Expression};
use crate::model::DocumentId;
use crate::parse::slug;
use crate::source::SourceId;

/// More groups than this are only shown where something falls into them.
const MOST: usize = 300;

/// One group of an axis.
#[derive(Clone)]
pub(super) struct Mark {
    pub key: Key,
    pub shown: Shown,
}

/// What occurs on an axis, each with the value that it came from and the file that this was written in.
pub(super) type Found<'p> = BTreeMap<Key, (Val<'p>, SourceId)>;

impl<'p> Evaluator<'p> {
    /// The groups of an axis, in the order that is natural to them: of the collection, of the schema, of numbers and days, of the
    /// alphabet. With `every`, also those that nothing falls into, as far as the schema can tell.
    pub(super) fn axis(&self, by: &Expression, found: &Found<'p>, every: bool) -> Vec<Mark> {
        let universe = self.universe(by, found);
        let every = every && universe.len() <= MOST;
        let known: BTreeSet<&Key> = universe.iter().map(|mark| &mark.key).collect();
        let mut rest: Vec<(String, Mark)> = found
            .iter()
            .filter(|(key, _)| !known.contains(key))
            .map(|(key, (val, source))| {
                let shown = self.shown(&by.facts, val, *source);
                let sorted = if let Shown::Text(text) = &shown { slug(text) } else { String::new() };
                (sorted, Mark { key: key.clone(), shown })
            })
            .collect();
        rest.sort_by(|(a, _), (b, _)| a.cmp(b));
        let known = universe.iter().filter(|mark| every || found.contains_key(&mark.key)).cloned();
        known.chain(rest.into_iter().map(|(_, mark)| mark)).collect()
    }

    /// Every group that there can be, where that is known.
    fn universe(&self, by: &Expression, found: &Found<'p>) -> Vec<Mark> {
        let site = self.world.site;
        match &by.facts.every {
            Every::Open => Vec::new(),
            Every::Choices => by
                .facts
                .choices
                .iter()
                .flatten()
                .map(|(key, label)| Mark { key: Key::Text(key.clone()), shown: Shown::Text(label.clone()) })
                .collect(),
            Every::Documents(collections) => collections
                .iter()
                .filter_map(|collection| site.by_collection.get(collection))
                .flatten()
                .map(|id| site.document(*id))
                .filter(|document| !document.draft)
                .map(|document| Mark { key: Key::Document(document.id), shown: shown_document(document) })
                .collect(),
            Every::Entries => {
                let documents: BTreeSet<DocumentId> = found
                    .keys()
                    .filter_map(|key| if let Key::Entry(document, _) = key { Some(*document) } else { None })
                    .collect();
                let entries = documents.iter().map(|id| site.document(*id)).filter(|document| !document.draft);
                entries
                    .flat_map(|document| document.entries.iter().map(move |entry| (document, entry)))
                    .map(|(document, entry)| Mark {
                        key: Key::Entry(document.id, entry.number.value.clone()),
                        shown: shown_entry(document, entry),
                    })
                    .collect()
            }
            Every::Whole => whole_numbers(found),
        }
    }
}

/// The whole numbers from the least to the greatest that occurs.
fn whole_numbers(found: &Found<'_>) -> Vec<Mark> {
    let number = |key: &Key| if let Key::Number(Total(number)) = key { Some(*number) } else { None };
    let ends = found.keys().filter_map(number);
    let (least, greatest) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), number| {
        (least.min(number), greatest.max(number))
    });
    if !least.is_finite() || greatest - least > 1000.0 || least.fract() != 0.0 {
        return Vec::new();
    }
    let steps =
        std::iter::successors(Some(least), |number| Some(number + 1.0)).take_while(|number| *number <= greatest);
    steps.map(|number| Mark { key: Key::Number(Total(number)), shown: Shown::Ordinal(number) }).collect()
}
