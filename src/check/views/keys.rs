//! The keys of a view that hold more than one expression: columns, order, unit, events, tiles.

use super::Kind;
use super::data::{Moment, Tile};
use super::expression::Compiler;
use super::page::invalid;
use super::program::{Column, Region, Sort, Written};
use crate::check::rules::language::expr::Root;
use crate::diagnostic::{Sink, tr};
use crate::parse::{Mapping, Node, Settings, Yaml, wrong};

/// What comes first: `value`, `label`, or an expression; with `-` before it, the other way round.
pub(super) fn sort(kind: Kind, compiler: &Compiler<'_, '_>, settings: &mut Settings<'_>, sink: &mut Sink) -> Sort {
    let Some(node) = settings.node("sort") else { return Sort::Usual };
    let text = node.as_str().unwrap_or_default();
    let (bare, descending) = text.strip_prefix('-').map_or((text, false), |bare| (bare.trim_start(), true));
    match bare {
        "value" if kind.has_groups() => return Sort::Value(descending),
        "label" if kind.has_groups() || kind == Kind::Matrix => return Sort::Label(descending),
        _ => {}
    }
    if kind.has_amounts() {
        let lang = sink.lang();
        wrong(
            "sort",
            node.span,
            &tr!(lang, "`value`, `-value`, `label` ou `-label`", "`value`, `-value`, `label` or `-label`"),
            sink,
        );
        return Sort::Usual;
    }
    let place = compiler.place(node).part(&(text.len() - bare.len()..text.len()));
    let mut roots = vec![Root::Doc, Root::Today];
    if compiler.has_each() {
        roots.push(Root::Each);
    }
    match compiler.part(bare, place, &roots, None, sink) {
        Some((expression, _)) => Sort::By(Box::new(expression), descending),
        None => Sort::Usual,
    }
}

/// The columns of a table, or the rows of a comparison: expressions, with a title where the schema gives none.
pub(super) fn columns(
    key: &'static str,
    compiler: &Compiler<'_, '_>,
    settings: &mut Settings<'_>,
    sink: &mut Sink,
) -> Vec<Column> {
    let lang = sink.lang();
    let wanted = || {
        tr!(
            lang,
            "une liste d’expressions, ou de `{{ title, value }}`",
            "a list of expressions, or of `{{ title, value }}`"
        )
    };
    let mut columns = Vec::new();
    let Some(node) = settings.node(key) else {
        let kind = settings.mapping().get("kind").map_or(settings.mapping().span, |node| node.span);
        invalid(
            kind,
            tr!(lang, "cette vue veut aussi `{key}`", "this view also wants `{key}`"),
            tr!(lang, "ajoutez `{key}: [doc.title, …]`", "add `{key}: [doc.title, …]`"),
            sink,
        );
        return columns;
    };
    let Yaml::Sequence(items) = &node.value else {
        wrong(key, node.span, &wanted(), sink);
        return columns;
    };
    for item in items {
        let (title, value) = match &item.value {
            Yaml::Scalar(_) => (None, Some(item)),
            Yaml::Mapping(mapping) => {
                let mut settings = Settings::new(mapping);
                let title = settings.text("title", sink).map(|title| title.value);
                let value = settings.node("value");
                settings.finish(sink);
                (title, value)
            }
            _ => (None, None),
        };
        let Some(value) = value else {
            wrong(key, item.span, &wanted(), sink);
            continue;
        };
        let Some(expression) = compiler.item(key, value, None, sink) else { continue };
        let written = value.as_str().unwrap_or_default().rsplit('.').next().unwrap_or_default();
        let title = title.or_else(|| expression.facts.title.clone()).unwrap_or_else(|| written.to_owned());
        columns.push(Column { title, value: expression });
    }
    columns
}

/// What is counted: one word, or one for one and another for several.
pub(super) fn unit(settings: &mut Settings<'_>, sink: &mut Sink) -> Option<(String, String)> {
    let unit = settings.texts("unit", sink);
    let one = unit.first()?;
    Some((one.value.clone(), unit.last().unwrap_or(one).value.clone()))
}

/// Whether groups that nothing falls into are shown too; in a matrix, perhaps only rows or only columns.
pub(super) fn every(kind: Kind, settings: &mut Settings<'_>, sink: &mut Sink) -> Option<(bool, bool)> {
    let node = settings.node("every")?;
    let lang = sink.lang();
    match (node.as_str(), kind) {
        (Some("true"), _) => Some((true, true)),
        (Some("false"), _) => Some((false, false)),
        (Some("rows"), Kind::Matrix) => Some((true, false)),
        (Some("columns"), Kind::Matrix) => Some((false, true)),
        (_, Kind::Matrix) => {
            let wanted = tr!(lang, "`true`, `false`, `rows` ou `columns`", "`true`, `false`, `rows` or `columns`");
            wrong("every", node.span, &wanted, sink);
            None
        }
        _ => {
            wrong("every", node.span, &tr!(lang, "`true` ou `false`", "`true` or `false`"), sink);
            None
        }
    }
}

/// Events that are written in the declaration itself.
pub(super) fn events(settings: &mut Settings<'_>, sink: &mut Sink) -> Vec<Written> {
    let lang = sink.lang();
    let Some(node) = settings.node("events") else { return Vec::new() };
    let Yaml::Sequence(items) = &node.value else {
        wrong("events", node.span, &tr!(lang, "une liste d’événements", "a list of events"), sink);
        return Vec::new();
    };
    items.iter().filter_map(|item| event(item, sink)).collect()
}

fn event(item: &Node, sink: &mut Sink) -> Option<Written> {
    let lang = sink.lang();
    let Some(mapping) = item.as_mapping() else {
        wrong("events", item.span, &tr!(lang, "`date:`, `title:` et `text:`", "`date:`, `title:` and `text:`"), sink);
        return None;
    };
    let mut settings = Settings::new(mapping);
    let (date, until) = (settings.node("date"), settings.node("until"));
    let title = settings.text("title", sink);
    let text = settings.text("text", sink).map(|text| text.value);
    settings.finish(sink);
    let moment = |node: &Node, sink: &mut Sink| {
        let moment = node.as_str().and_then(Moment::parse);
        if moment.is_none() {
            wrong(
                "date",
                node.span,
                &tr!(lang, "`2008`, `2008-06` ou `2008-06-12`", "`2008`, `2008-06` or `2008-06-12`"),
                sink,
            );
        }
        moment
    };
    let until = until.and_then(|node| moment(node, sink));
    let from = date.and_then(|node| moment(node, sink));
    let (Some(from), Some(title)) = (from, title) else {
        if date.is_none() || mapping.get("title").is_none() {
            let at = mapping.entries.first().map_or(item.span, |(key, _)| key.span);
            invalid(
                at,
                tr!(lang, "un événement a une date et un titre", "an event has a date and a title"),
                tr!(lang, "écrivez `{{ date: 2008, title: … }}`", "write `{{ date: 2008, title: … }}`"),
                sink,
            );
        }
        return None;
    };
    Some(Written { from, until, title: title.value, text })
}

/// The tiles of a map; two of them on one place are a fault.
pub(super) fn tiles(settings: &mut Settings<'_>, sink: &mut Sink) -> Vec<Region> {
    let lang = sink.lang();
    let mut tiles: Vec<Region> = Vec::new();
    let Some(node) = settings.node("tiles") else { return tiles };
    let Yaml::Sequence(items) = &node.value else {
        wrong("tiles", node.span, &tr!(lang, "une liste de cases", "a list of tiles"), sink);
        return tiles;
    };
    for item in items {
        let Some(tile) = item.as_mapping().and_then(|mapping| tile(mapping, sink)) else {
            if item.as_mapping().is_none() {
                wrong(
                    "tiles",
                    item.span,
                    &tr!(lang, "`id`, `label`, `row` et `column`", "`id`, `label`, `row` and `column`"),
                    sink,
                );
            }
            continue;
        };
        let at = |other: &Region| (other.tile.row, other.tile.column) == (tile.tile.row, tile.tile.column);
        if let Some(other) = tiles.iter().find(|other| at(other)) {
            let (first, second) = (&other.title, &tile.title);
            invalid(
                item.span,
                tr!(lang, "`{second}` est à la place de `{first}`", "`{second}` stands where `{first}` does"),
                tr!(lang, "changez `row` ou `column`", "change `row` or `column`"),
                sink,
            );
        }
        tiles.push(tile);
    }
    tiles
}

fn tile(mapping: &Mapping, sink: &mut Sink) -> Option<Region> {
    let lang = sink.lang();
    let mut settings = Settings::new(mapping);
    let holds: Vec<String> = settings.texts("id", sink).into_iter().map(|id| id.value).collect();
    let label = settings.text("label", sink);
    let title = settings.text("title", sink);
    let (row, column) = (settings.count("row", sink), settings.count("column", sink));
    settings.finish(sink);
    let place = |place: Option<usize>| place.filter(|place| (1..=40).contains(place));
    let (Some(row), Some(column), Some(first)) = (place(row), place(column), holds.first()) else {
        invalid(
            mapping.entries.first().map_or(mapping.span, |(key, _)| key.span),
            tr!(
                lang,
                "une case a un `id`, et une place : `row` et `column`, de 1 à 40",
                "a tile has an `id`, and a place: `row` and `column`, from 1 to 40"
            ),
            tr!(
                lang,
                "écrivez `{{ id: …, label: …, row: 1, column: 1 }}`",
                "write `{{ id: …, label: …, row: 1, column: 1 }}`"
            ),
            sink,
        );
        return None;
    };
    let label = label.map_or_else(|| first.chars().take(3).collect(), |label| label.value);
    let title = title.map_or_else(|| label.clone(), |title| title.value);
    Some(Region { tile: Tile { label, row, column }, title, holds })
}
