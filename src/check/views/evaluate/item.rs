//! What is counted: documents, or the items of a list in them.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::Evaluator;
use crate::check::rules::language::eval::Case;
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::check::views::program::{Expression, Sort};
use crate::model::Document;

/// A document, or one item of it.
#[derive(Clone)]
pub(super) struct Item<'p> {
    pub document: &'p Document,
    /// The item, where there is one.
    pub each: Option<Val<'p>>,
}

impl<'p> Item<'p> {
    /// What the names of an expression stand for.
    pub(super) fn case(&self) -> Case<'p> {
        Case { doc: Some(self.document), each: self.each.clone(), ..Case::default() }
    }

    /// The item or the document, as groups hold it.
    pub(super) fn val(&self) -> Val<'p> {
        self.each.clone().unwrap_or(Val::Document(self.document))
    }
}

impl<'p> Evaluator<'p> {
    /// Everything that the view is about, in the order that it asks for.
    pub(super) fn items(&self) -> Vec<Item<'p>> {
        let site = self.world.site;
        let of = self.program.of.iter();
        let documents: Vec<&'p Document> = of
            .filter_map(|collection| site.by_collection.get(&collection.id))
            .flatten()
            .map(|id| site.document(*id))
            .filter(|document| !document.draft)
            .collect();
        let items = documents.par_iter().with_min_len(64).flat_map_iter(|document| self.items_of(document));
        match &self.program.sort {
            Sort::By(by, descending) => {
                let mut keyed: Vec<(Key, Item<'p>)> = items.map(|item| (self.key(by, &item), item)).collect();
                keyed.sort_by(|(a, _), (b, _)| ordered(a, b, *descending));
                keyed.into_iter().map(|(_, item)| item).collect()
            }
            _ => items.collect(),
        }
    }

    fn items_of(&self, document: &'p Document) -> Vec<Item<'p>> {
        let whole = Item { document, each: None };
        let mut items = match &self.program.each {
            None => vec![whole],
            Some(each) => {
                let list = self.of_item(each, &whole);
                let found = self.world.items(&list).unwrap_or_default();
                found.into_iter().map(|item| Item { document, each: Some(item) }).collect()
            }
        };
        if let Some(filter) = &self.program.filter {
            items.retain(|item| matches!(self.of_item(filter, item), Val::Boolean(true)));
        }
        items
    }

    fn key(&self, by: &'p Expression, item: &Item<'p>) -> Key {
        Key::new(&self.world, &self.of_item(by, item))
    }

    /// The values that an item is placed under: those of a list one by one, each once.
    pub(super) fn keys(&self, by: &'p Expression, item: &Item<'p>) -> Vec<(Key, Val<'p>)> {
        let mut keys: Vec<(Key, Val<'p>)> = Vec::new();
        self.spread(&self.of_item(by, item), &mut keys);
        keys
    }

    fn spread(&self, val: &Val<'p>, keys: &mut Vec<(Key, Val<'p>)>) {
        match val {
            Val::Null => {}
            Val::Items(_) | Val::List(_) => {
                for item in self.world.items(val).unwrap_or_default() {
                    self.spread(&item, keys);
                }
            }
            val if val.is_blank() => {}
            val => {
                let key = Key::new(&self.world, val);
                if !keys.iter().any(|(known, _)| *known == key) {
                    keys.push((key, val.clone()));
                }
            }
        }
    }

    /// A group of items as expressions see it.
    pub(super) fn group(items: &[&Item<'p>]) -> Case<'p> {
        let group: Arc<[Val<'p>]> = items.iter().map(|item| item.val()).collect();
        Case { group: Some(group), ..Case::default() }
    }
}

/// What is not written comes last, whichever way.
pub(super) fn ordered(a: &Key, b: &Key, descending: bool) -> Ordering {
    match (a, b) {
        (Key::Null, Key::Null) => Ordering::Equal,
        (Key::Null, _) => Ordering::Greater,
        (_, Key::Null) => Ordering::Less,
        _ if descending => b.cmp(a),
        _ => a.cmp(b),
    }
}
