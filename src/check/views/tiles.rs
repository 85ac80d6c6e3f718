//! The keys of a map's tiles: written in the view one by one, or read from the documents of a collection, so that several maps
//! share them.

use super::data::{Shown, Tile};
use super::expression::Compiler;
use super::page::invalid;
use super::program::{Region, Source};
use crate::check::rules::language::types::Type;
use crate::diagnostic::{Lang, Sink, tr};
use crate::parse::{Mapping, Node, Settings, Yaml, wrong};

/// The last row and the last column.
pub(super) const MOST: usize = 40;

/// What is said of two regions on one place.
pub(super) fn taken(lang: Lang, first: &str, second: &str) -> String {
    tr!(lang, "`{second}` est à la place de `{first}`", "`{second}` stands where `{first}` does")
}

/// Which documents have tiles, and where in them these are written.
pub(super) fn source<'a>(compiler: &Compiler<'a, '_>, mut settings: Settings<'_>, sink: &mut Sink) -> Option<Source> {
    let lang = sink.lang();
    let at = settings.mapping().entries.first().map_or(settings.mapping().span, |(key, _)| key.span);
    let mut item = |key: &'static str, want: Option<&Type<'a>>, sink: &mut Sink| {
        settings.node(key).map(|node| compiler.item(key, node, want, sink))
    };
    let filter = item("where", Some(&Type::Boolean), sink);
    let (id, label) = (item("id", None, sink), item("label", None, sink));
    let title = item("title", None, sink);
    let (row, column) = (item("row", Some(&Type::Number), sink), item("column", Some(&Type::Number), sink));
    let is_placed = row.is_some() && column.is_some();
    settings.finish(sink);
    if !is_placed {
        invalid(
            at,
            tr!(lang, "une case a une place : `row` et `column`", "a tile has a place: `row` and `column`"),
            tr!(lang, "ajoutez `row: doc.…` et `column: doc.…`", "add `row: doc.…` and `column: doc.…`"),
            sink,
        );
        return None;
    }
    Some(Source {
        of: compiler.of(),
        filter: filter.flatten(),
        id: id.flatten(),
        label: label.flatten(),
        title: title.flatten(),
        row: row.flatten()?,
        column: column.flatten()?,
    })
}

/// The tiles of a map that are written in the view; two of them on one place are a fault.
pub(super) fn written(node: &Node, sink: &mut Sink) -> Vec<Region> {
    let lang = sink.lang();
    let mut tiles: Vec<Region> = Vec::new();
    let Yaml::Sequence(items) = &node.value else {
        let wanted =
            tr!(lang, "une liste de cases, ou `of`, `row` et `column`", "a list of tiles, or `of`, `row` and `column`");
        wrong("tiles", node.span, &wanted, sink);
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
        if let Some(other) = tiles.iter().find(|other| other.is_where(&tile)) {
            let (first, second) = (&other.title, &tile.title);
            invalid(
                item.span,
                taken(lang, first, second),
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
    let place = |place: Option<usize>| place.filter(|place| (1..=MOST).contains(place));
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
    Some(Region { tile: Some(Tile { label, row, column }), shown: Shown::Text(title.clone()), title, holds })
}
