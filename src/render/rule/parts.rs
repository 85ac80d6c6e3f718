use serde::Serialize;

use super::ruled::{Judged, days};
use super::scope::Names;
use super::wording::Wording;
use crate::check::rules::language::expr::{Formula, Kind};
use crate::check::rules::{Program, Written};
use crate::render::escape::escape;
use crate::render::shared::Shared;

/// One part of what a rule checks, in words.
#[derive(Debug, Serialize)]
pub(super) struct Part<'a> {
    label: &'a str,
    /// Whether one of the items is enough.
    any: bool,
    /// Each is HTML.
    items: Vec<String>,
}

/// What a rule checks, in words, in the order in which it is decided.
pub(super) fn in_words<'a>(shared: &Shared<'a>, judged: Judged<'a>, root: &str) -> Vec<Part<'a>> {
    let rule = judged.rule;
    let words = &shared.theme.words;
    let schema = &shared.cx.site.schema;
    let collections: Vec<_> = rule.applies_to.iter().filter_map(|name| schema.collection(&name.value)).collect();
    let link = |id: &str, title: &str| format!("<a href=\"{root}{id}/\">{}</a>", escape(title));
    let mut parts = vec![Part {
        label: words.text("rule_applies"),
        any: false,
        items: collections.iter().map(|collection| link(&collection.id, &collection.title)).collect(),
    }];
    if let Some(program) = &rule.program {
        let names = Names { site: shared.cx.site, program, collections, locals: Vec::new() };
        said(shared, Wording { shared, rule, names, text: "", mixed: false }, program, &mut parts);
    }
    if !rule.written.params.is_empty() {
        let param = |(name, shown): &(String, String)| {
            let named = words.text("named_value").replace("{name}", &format!("<code>{}</code>", escape(name)));
            named.replace("{value}", &escape(shown))
        };
        parts.push(Part {
            label: words.text("rule_params"),
            any: false,
            items: rule.written.params.iter().map(param).collect(),
        });
    }
    let days = days(shared, rule);
    if !days.is_empty() {
        parts.push(Part { label: words.text("in_force"), any: false, items: vec![days] });
    }
    parts.retain(|part| !part.items.is_empty());
    parts
}

fn said<'a>(shared: &Shared<'a>, mut wording: Wording<'a, '_>, program: &'a Program, parts: &mut Vec<Part<'a>>) {
    let words = &shared.theme.words;
    let written = &wording.rule.written;
    let any = |formula: &Formula| matches!(formula.expr.kind, Kind::Or(_));
    let mut say =
        |label: &'static str, any: bool, items: Vec<String>| parts.push(Part { label: words.text(label), any, items });
    if let (Some(formula), Some(text)) = (&program.for_each, &written.for_each) {
        wording.text = text;
        say("rule_for_each", false, vec![wording.part(&formula.expr)]);
    }
    let conditions: Vec<&Formula> = program.when.iter().chain(&program.when_group).collect();
    if let Some(text) = &written.when {
        wording.text = text;
        say(
            "rule_when",
            conditions.iter().any(|formula| any(formula)),
            conditions.iter().flat_map(|formula| wording.clauses(&formula.expr)).collect(),
        );
    }
    let grouped = program.group_by.iter().zip(&written.group_by).map(|(formula, text)| {
        wording.text = text;
        wording.part(&formula.expr)
    });
    let grouped: Vec<String> = grouped.collect();
    if !grouped.is_empty() {
        say("rule_group_by", false, grouped);
    }
    let defined = program.definitions.iter().zip(&written.definitions).map(|(formula, (name, text))| {
        wording.text = text;
        let meaning = wording.part(&formula.expr);
        let named = words.text("named_value").replace("{name}", &format!("<code>{}</code>", escape(name)));
        named.replace("{value}", &meaning)
    });
    let defined: Vec<String> = defined.collect();
    if !defined.is_empty() {
        say("rule_definitions", false, defined);
    }
    if let (Some(quota), Some(measure), Some(limit)) = (&program.quota, &written.measure, &written.limit) {
        wording.text = measure;
        let measure = wording.part(&quota.measure.expr);
        wording.text = limit;
        let limit = wording.part(&quota.limit.expr);
        let unit = quota.unit.as_ref().map(|(_, several)| format!(" ({})", escape(several))).unwrap_or_default();
        let label = if program.assert.is_some() { "rule_counts" } else { "rule_quota" };
        say(
            label,
            false,
            vec![
                words
                    .text("rule_quota_says")
                    .replace("{measure}", &format!("{measure}{unit}"))
                    .replace("{limit}", &limit),
            ],
        );
    }
    if let (Some(formula), Some(text)) = (&program.assert, &written.assert) {
        wording.text = text;
        let label = match (program.is_grouped(), program.per_member) {
            (true, false) => "rule_assert_group",
            (true, true) => "rule_assert_member",
            _ => "rule_assert",
        };
        say(label, any(formula), wording.clauses(&formula.expr));
    }
    if let (Some(order), Some(who)) = (&program.order, &written.who) {
        wording.text = who;
        let mut items = wording.clauses(&order.who.expr);
        let by = order.by.iter().zip(&written.order_by).map(|(formula, text)| {
            wording.text = text;
            wording.part(&formula.expr)
        });
        let by = by.collect::<Vec<_>>().join(words.text("rule_then"));
        items.push(words.text("rule_order_by").replace("{by}", &by));
        say("rule_order", false, items);
    }
}

/// The expressions as their author wrote them, coloured: HTML for inside `<code>`.
pub(super) fn as_written(shared: &Shared<'_>, written: &Written) -> String {
    let joined = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", "));
    let named = |prefix: &str, pairs: &[(String, String)]| {
        pairs.iter().map(|(name, text)| (format!("{prefix}{name}"), Some(text.clone()))).collect::<Vec<_>>()
    };
    let mut keys = vec![("for_each".to_owned(), written.for_each.clone()), ("when".to_owned(), written.when.clone())];
    keys.push(("group_by".to_owned(), joined(&written.group_by)));
    keys.extend(named("", &written.definitions));
    keys.push(("quota.measure".to_owned(), written.measure.clone()));
    keys.push(("quota.limit".to_owned(), written.limit.clone()));
    keys.push(("assert".to_owned(), written.assert.clone()));
    keys.extend(named("params.", &written.params));
    keys.push(("order.who".to_owned(), written.who.clone()));
    keys.push(("order.by".to_owned(), joined(&written.order_by)));
    let line = |(key, text): (String, Option<String>)| {
        let text = text?;
        let text = text.trim();
        let code = shared.highlighter.highlight("js", text);
        let code = if text.contains('\n') { format!("\n  {}", code.replace('\n', "\n  ")) } else { format!(" {code}") };
        Some(format!("<span class=\"hl-key\">{}</span>:{code}", escape(&key)))
    };
    keys.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}
