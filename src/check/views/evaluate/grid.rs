//! Tables of values, and documents side by side.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Evaluator;
use super::groups::{found, title};
use super::item::Item;
use super::shown::shown_document;
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::check::views::data::{Cell, Content, Data, Grid, Row, Shown};
use crate::check::views::program::Expression;
use crate::model::{Document, DocumentId};

/// Documents that can stand side by side.
const MOST_DOCUMENTS: usize = 12;

/// Answers that are followed from one to the next; more is a circle.
const MOST_STEPS: usize = 20;

impl<'p> Evaluator<'p> {
    pub(super) fn table(&self, items: &[Item<'p>], data: &mut Data) {
        data.beyond = items.len().saturating_sub(self.limit());
        let columns = &self.program.columns;
        let rows = items.par_iter().take(self.limit()).map(|item| Row {
            label: Shown::Nothing,
            cells: columns.iter().map(|column| plain(self.read(&column.value, item))).collect(),
        });
        data.content = Content::Grid(Grid {
            row_title: None,
            rows: rows.collect(),
            columns: columns.iter().map(|column| Shown::Text(column.title.clone())).collect(),
        });
    }

    /// Documents side by side: their fields, or their items by what these are about.
    pub(super) fn compare(&self, items: &[Item<'p>], data: &mut Data) {
        let most = self.limit().min(MOST_DOCUMENTS);
        data.beyond = data.documents.len().saturating_sub(most);
        data.documents.truncate(most);
        let documents: Vec<&'p Document> = data.documents.iter().map(|id| self.world.site.document(*id)).collect();
        let head = |document: &&'p Document| match &self.program.label {
            Some(label) => match self.read(label, &Item { document, each: None }) {
                Shown::Nothing => shown_document(document),
                shown => shown,
            },
            None => shown_document(document),
        };
        let columns = documents.iter().map(head).collect();
        let (row_title, rows) = match (&self.program.by, &self.program.value) {
            (Some(by), Some(value)) => (Some(title(by)), self.answers(items, &documents, by, value)),
            _ => (Some(String::new()), self.fields(&documents)),
        };
        data.content = Content::Grid(Grid { row_title, columns, rows });
    }

    fn fields(&self, documents: &[&'p Document]) -> Vec<Row> {
        let row = |column: &'p super::super::program::Column| Row {
            label: Shown::Text(column.title.clone()),
            cells: documents
                .iter()
                .map(|document| plain(self.read(&column.value, &Item { document, each: None })))
                .collect(),
        };
        self.program.columns.iter().map(row).collect()
    }

    /// One row for each thing that the items are about, whether any document has it or not.
    fn answers(
        &self,
        items: &[Item<'p>],
        documents: &[&'p Document],
        by: &'p Expression,
        value: &'p Expression,
    ) -> Vec<Row> {
        let keyed: Vec<(&Item<'p>, Vec<(Key, Val<'p>)>)> =
            items.iter().map(|item| (item, self.keys(by, item))).collect();
        let found = found(keyed.iter().flat_map(|(item, keys)| keys.iter().map(|pair| (pair, *item))));
        let mut answers: BTreeMap<(DocumentId, &Key), &Item<'p>> = BTreeMap::new();
        for (item, keys) in &keyed {
            for (key, _) in keys {
                answers.entry((item.document.id, key)).or_insert(item);
            }
        }
        let cell = |document: &Document, key: &Key| {
            let mut via = None;
            let mut at = key.clone();
            for _ in 0..MOST_STEPS {
                let Some(item) = answers.get(&(document.id, &at)) else { break };
                let shown = self.read(value, item);
                if shown != Shown::Nothing {
                    return Cell { shown, via };
                }
                let Some(see) = &self.program.see else { break };
                let Some((next, val)) = self.keys(see, item).into_iter().next() else { break };
                via = Some(self.shown(&by.facts, &val, item.document.page.source));
                at = next;
            }
            Cell { shown: Shown::Nothing, via: None }
        };
        let marks = self.axis(by, &found, self.program.every.is_none_or(|(every, _)| every));
        marks
            .into_iter()
            .map(|mark| Row {
                cells: documents.iter().map(|document| cell(document, &mark.key)).collect(),
                label: mark.shown,
            })
            .collect()
    }

    fn read(&self, expression: &'p Expression, item: &Item<'p>) -> Shown {
        self.shown(&expression.facts, &self.of_item(expression, item), item.document.page.source)
    }
}

fn plain(shown: Shown) -> Cell {
    Cell { shown, via: None }
}
