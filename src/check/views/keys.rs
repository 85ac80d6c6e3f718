//! The keys of a view that hold more than one expression: columns, order, unit, events.

use super::Kind;
use super::data::Moment;
use super::expression::Compiler;
use super::page::invalid;
use super::program::{Column, Sort, Written};
use crate::check::rules::language::expr::Root;
use crate::diagnostic::{Sink, tr};
use crate::parse::{Node, Settings, Yaml, wrong};

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
