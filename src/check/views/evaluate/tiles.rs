//! The regions of a map, read from the documents that have tiles.

use std::collections::BTreeMap;

use super::Evaluator;
use super::item::Item;
use super::shown::shown_document;
use crate::check::rules::language::value::Val;
use crate::check::rules::locate;
use crate::check::views::data::{Shown, Tile};
use crate::check::views::faults::INVALID_VIEW;
use crate::check::views::program::{Expression, Region, Source};
use crate::check::views::tiles::{MOST, taken};
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::model::{Document, DocumentId};
use crate::source::Span;

impl<'p> Evaluator<'p> {
    /// The regions of the documents that have tiles, those without a place last: documents of one `id` are one region, and one of
    /// them says where it stands. What cannot be is a finding where the document says it.
    pub(super) fn regions(&self, source: &'p Source, sink: &mut Sink) -> Vec<Region> {
        let site = self.world.site;
        let ids = source.of.iter().filter_map(|collection| site.by_collection.get(collection)).flatten();
        let documents: Vec<&'p Document> = ids
            .map(|id| site.document(*id))
            .filter(|document| !document.draft && self.has_tile(source, document))
            .collect();
        let mut placed: Vec<(Region, DocumentId)> = Vec::new();
        for document in &documents {
            let Some(place) = self.place(source, document, sink) else { continue };
            let region = self.region(source, document, Some(place));
            let is_same = |other: &Region| other.holds.iter().any(|id| region.holds.contains(id));
            if let Some((other, first)) = placed.iter().find(|(other, _)| is_same(other) || other.is_where(&region)) {
                if !(is_same(other) && other.is_where(&region)) {
                    let message = if other.is_where(&region) {
                        taken(sink.lang(), &other.title, &region.title)
                    } else {
                        let title = &region.title;
                        tr!(sink.lang(), "`{title}` a déjà une autre place", "`{title}` already stands elsewhere")
                    };
                    let related = Self::span_of(&source.row, site.document(*first));
                    Self::fault(source, document, message, Some(related), sink);
                }
                continue;
            }
            placed.push((region, document.id));
        }
        let mut regions: Vec<Region> = placed.into_iter().map(|(region, _)| region).collect();
        let mut without: BTreeMap<Vec<String>, Region> = BTreeMap::new();
        let mut order: Vec<Vec<String>> = Vec::new();
        for document in documents {
            let region = self.region(source, document, None);
            let is_known = regions.iter().any(|known| known.holds.iter().any(|id| region.holds.contains(id)));
            if !is_known && !region.holds.is_empty() && !without.contains_key(&region.holds) {
                order.push(region.holds.clone());
                without.insert(region.holds.clone(), region);
            }
        }
        regions.extend(order.iter().filter_map(|holds| without.remove(holds)));
        regions
    }

    fn has_tile(&self, source: &'p Source, document: &'p Document) -> bool {
        let Some(filter) = &source.filter else { return true };
        matches!(self.of(filter, document), Val::Boolean(true))
    }

    fn of(&self, expression: &'p Expression, document: &'p Document) -> Val<'p> {
        self.of_item(expression, &Item { document, each: None })
    }

    /// The row and the column; none for a document that says neither.
    fn place(&self, source: &'p Source, document: &'p Document, sink: &mut Sink) -> Option<(usize, usize)> {
        let (row, column) = (self.of(&source.row, document), self.of(&source.column, document));
        if matches!((&row, &column), (Val::Null, Val::Null)) {
            return None;
        }
        let place = whole(&row).zip(whole(&column));
        if place.is_none() {
            let message = tr!(
                sink.lang(),
                "une case a deux nombres entiers, de 1 à {MOST}",
                "a tile has two whole numbers, from 1 to {MOST}"
            );
            Self::fault(source, document, message, None, sink);
        }
        place
    }

    fn region(&self, source: &'p Source, document: &'p Document, place: Option<(usize, usize)>) -> Region {
        let text = |expression: &'p Option<Expression>| {
            let val = self.of(expression.as_ref()?, document);
            let text = val.as_text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
            text.or_else(|| val.as_number().map(|number| number.to_string()))
        };
        let own = text(&source.title);
        let shown = own.clone().map_or_else(|| shown_document(document), Shown::Text);
        let title = own.unwrap_or_else(|| document.page.title.value.clone());
        let label = text(&source.label).unwrap_or_else(|| title.chars().take(3).collect());
        let holds = match &source.id {
            None => vec![document.name.clone()],
            Some(id) => self.keys(id, &Item { document, each: None }).iter().map(|(_, val)| name(val)).collect(),
        };
        Region { tile: place.map(|(row, column)| Tile { label, row, column }), title, shown, holds }
    }

    fn span_of(expression: &Expression, document: &Document) -> Span {
        locate::of_value(&expression.formula.expr, document, None).unwrap_or(document.page.title.span)
    }

    fn fault(source: &Source, document: &Document, message: String, first: Option<Span>, sink: &mut Sink) {
        let lang = sink.lang();
        let mut diagnostic = Diagnostic::new(&INVALID_VIEW, Self::span_of(&source.row, document), message).help(tr!(
            lang,
            "donnez-lui une place libre sur la carte",
            "give it a free place on the map"
        ));
        if let Some(first) = first {
            diagnostic = diagnostic.related(first, tr!(lang, "la première case", "the first tile"));
        }
        sink.push(diagnostic);
    }
}

/// What a value is called among those that a region holds.
pub(super) fn name(val: &Val<'_>) -> String {
    match val {
        Val::Document(document) => document.name.clone(),
        Val::Number(number) => number.to_string(),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

fn whole(val: &Val<'_>) -> Option<usize> {
    let number = val.as_number()?;
    (1..=MOST).find(|place| number.to_string() == place.to_string())
}
