//! The keys of a view of accounts: whose they are, which of them, and in which order.

use super::Judged;
use super::expression::{Compiler, OF_ACCOUNTS};
use super::faults::UNKNOWN_VIEW_RULE;
use super::program::Sort;
use crate::check::Context;
use crate::check::rules::language::types::Type;
use crate::check::rules::{Rule, Rules, key_of};
use crate::diagnostic::{Diagnostic, Sink, closest, tr};
use crate::parse::Settings;
use crate::schema::{Collection, Schema};
use crate::source::Spanned;

/// The versions of the rule of a code, by their places; none when there is no such rule, or when it keeps no accounts.
pub(super) fn rules(rules: &Rules, code: &Spanned<String>, sink: &mut Sink) -> Option<Vec<usize>> {
    let lang = sink.lang();
    let named = |(place, rule): (usize, &Rule)| (rule.code.value == code.value).then_some(place);
    let versions: Vec<usize> = rules.rules.iter().enumerate().filter_map(named).collect();
    let written = &code.value;
    let of_quotas = || rules.rules.iter().filter(|rule| rule.has_ledger()).map(|rule| rule.code.value.as_str());
    let with_quota = || {
        let mut codes: Vec<String> = of_quotas().map(|code| format!("`{code}`")).collect();
        codes.dedup();
        let list = codes.join(", ");
        match list.as_str() {
            "" => tr!(lang, "aucune règle de ce livre n’a de `quota`", "no rule of this book has a `quota`"),
            _ => tr!(lang, "règles qui tiennent des comptes : {list}", "rules that keep accounts: {list}"),
        }
    };
    let first = versions.first().and_then(|place| rules.rules.get(*place));
    let Some(first) = first else {
        sink.push(
            Diagnostic::new(
                &UNKNOWN_VIEW_RULE,
                code.span,
                tr!(lang, "aucune règle n’a le code `{written}`", "no rule has the code `{written}`"),
            )
            .help(closest(lang, written, of_quotas()).unwrap_or_else(with_quota)),
        );
        return None;
    };
    // What is wrong with a rule is told where it is written.
    let is_sound = |place: &usize| rules.rules.get(*place).is_some_and(|rule| rule.program.is_some());
    let keeps = |place: &usize| rules.rules.get(*place).is_some_and(Rule::has_ledger);
    if versions.iter().any(is_sound) && !versions.iter().any(keeps) {
        sink.push(
            Diagnostic::new(
                &UNKNOWN_VIEW_RULE,
                code.span,
                tr!(lang, "la règle `{written}` ne tient pas de comptes", "rule `{written}` keeps no accounts"),
            )
            .related(
                first.code.span,
                tr!(lang, "elle n’a pas de `quota` avec `group_by`", "it has no `quota` with `group_by`"),
            )
            .help(with_quota()),
        );
        return None;
    }
    Some(versions)
}

/// The collections that rules judge.
pub(super) fn judged<'a>(cx: &Context<'a>, rules: &Rules, places: &[usize]) -> Vec<&'a Collection> {
    let mut of: Vec<&Collection> = Vec::new();
    for name in places.iter().filter_map(|place| rules.rules.get(*place)).flat_map(|rule| &rule.applies_to) {
        let collection = cx.site.schema.collection(&name.value);
        of.extend(collection.filter(|collection| of.iter().all(|known| known.id != collection.id)));
    }
    of
}

/// The collections that the view names are among those that the rule judges; none when one of them is not.
pub(super) fn check_collections(
    rules: &Rules,
    places: &[usize],
    written: &[Spanned<String>],
    schema: &Schema,
    sink: &mut Sink,
) -> Option<()> {
    let lang = sink.lang();
    let versions = || places.iter().filter_map(|place| rules.rules.get(*place));
    let applies = || versions().flat_map(|rule| &rule.applies_to);
    let other = |name: &&Spanned<String>| {
        schema.collection(&name.value).is_some() && applies().all(|known| known.value != name.value)
    };
    let (Some(name), Some(rule), Some(first)) = (written.iter().find(other), versions().next(), applies().next())
    else {
        return Some(());
    };
    let (code, named, judged) = (&rule.code.value, &name.value, &first.value);
    sink.push(
        Diagnostic::new(
            &UNKNOWN_VIEW_RULE,
            name.span,
            tr!(lang, "la règle `{code}` ne juge pas `{named}`", "rule `{code}` does not judge `{named}`"),
        )
        .related(first.span, tr!(lang, "elle juge `{judged}`", "it judges `{judged}`"))
        .help(tr!(lang, "écrivez `{judged}`, ou retirez `of`", "write `{judged}`, or take `of` out")),
    );
    None
}

/// What the schema says of the key of their accounts: nothing sure where a rule has several versions, which
/// may group in several ways.
pub(super) fn key<'a>(cx: &Context<'a>, judged: Judged<'a>, places: &[usize]) -> Type<'a> {
    match places {
        [only] => judged.rules.rules.get(*only).map_or(Type::Any, |rule| key_of(cx, rule)),
        _ => Type::Any,
    }
}

/// What comes first: an expression about an account; with `-` before it, the other way round.
pub(super) fn sort(compiler: &Compiler<'_, '_>, settings: &mut Settings<'_>, sink: &mut Sink) -> Sort {
    let Some(node) = settings.node("sort") else { return Sort::Usual };
    let text = node.as_str().unwrap_or_default();
    let (bare, descending) = text.strip_prefix('-').map_or((text, false), |bare| (bare.trim_start(), true));
    let place = compiler.place(node).part(&(text.len() - bare.len()..text.len()));
    match compiler.part(bare, place, &OF_ACCOUNTS, None, sink) {
        Some((expression, _)) => Sort::By(Box::new(expression), descending),
        None => Sort::Usual,
    }
}
