//! The examples of a rule, which are its tests.

use std::collections::BTreeMap;

use super::faults::{MISSING_EXAMPLE, WRONG_EXAMPLE};
use super::judge::{self, Period};
use super::language::value::World;
use super::rule::{Example, ExampleDocument, ExampleVerdict, Rule};
use crate::check::{Context, shape};
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::model::{Document, DocumentId, Site, Specimen, Target, Value, specimens};
use crate::source::Span;

/// Runs every example of a rule; one that behaves otherwise than it says is a finding. Gives the documents of the book that they name.
pub(super) fn run(
    cx: &Context<'_>,
    rule: &Rule,
    rule_document: &Document,
    key: Option<Span>,
    sink: &mut Sink,
) -> Vec<DocumentId> {
    let lang = sink.lang();
    for (verdict, name) in [(ExampleVerdict::Passes, "passes"), (ExampleVerdict::Fails, "fails")] {
        if rule.examples.iter().all(|example| example.verdict != verdict) {
            sink.push(
                Diagnostic::new(
                    &MISSING_EXAMPLE,
                    key.unwrap_or(rule_document.page.title.span),
                    tr!(lang, "cette règle n’a pas d’exemple `{name}`", "this rule has no example `{name}`"),
                )
                .help(tr!(
                    lang,
                    "ajoutez sous `examples:` un cas avec `{name}: {{ document: {{ … }} }}`",
                    "add under `examples:` a case with `{name}: {{ document: {{ … }} }}`"
                )),
            );
        }
    }
    let mut named = Vec::new();
    for example in &rule.examples {
        let made = make(cx.site, rule_document, example);
        named.extend(made.iter().flat_map(Document::refers_to).filter(|id| id.index() < cx.site.documents.len()));
        run_example(cx, rule, &made, example, sink);
    }
    named
}

fn run_example(cx: &Context<'_>, rule: &Rule, made: &[Document], example: &Example, sink: &mut Sink) {
    let before = sink.diagnostics().len();
    for document in made {
        check_shape(cx, document, example.verdict, sink);
    }
    if sink.diagnostics().len() > before || rule.program.is_none() {
        return;
    }
    let lang = sink.lang();
    let today = example.today.unwrap_or(cx.today);
    let world = World { site: cx.site, specimens: Some(made), today, lang };
    let judged: Vec<&Document> = made.iter().take(example.documents.len()).collect();
    let Some(ruling) = judge::judge(world, &[rule], &judged, Period::Own).pop() else { return };
    if let Some((troubled, _)) = ruling.troubles.first() {
        let reason = super::finding::reason(cx.snapshot, rule, troubled, lang);
        sink.push(Diagnostic::new(
            &WRONG_EXAMPLE,
            example.span,
            tr!(lang, "cet exemple ne se décide pas : {reason}", "this example cannot be decided: {reason}"),
        ));
        return;
    }
    let applies = !ruling.judged.is_empty() || !ruling.groups.is_empty();
    let held = ruling.failing.is_empty() && ruling.groups.iter().all(|group| group.held);
    let found = match (applies, held) {
        (false, _) => ExampleVerdict::Ignores,
        (true, true) => ExampleVerdict::Passes,
        (true, false) => ExampleVerdict::Fails,
    };
    if found == example.verdict {
        return;
    }
    let title = &example.title.value;
    let said = match (example.verdict, found) {
        (ExampleVerdict::Passes, ExampleVerdict::Fails) => tr!(
            lang,
            "l’exemple « {title} » devrait passer, et la règle le refuse",
            "the example \"{title}\" should pass, and the rule refuses it"
        ),
        (ExampleVerdict::Fails, ExampleVerdict::Passes) => tr!(
            lang,
            "l’exemple « {title} » devrait échouer, et la règle l’accepte",
            "the example \"{title}\" should fail, and the rule accepts it"
        ),
        (ExampleVerdict::Ignores, _) => tr!(
            lang,
            "la règle ne devrait pas s’appliquer à l’exemple « {title} », et elle s’applique",
            "the rule should not apply to the example \"{title}\", and it does"
        ),
        _ => tr!(
            lang,
            "la règle ne s’applique pas à l’exemple « {title} »",
            "the rule does not apply to the example \"{title}\""
        ),
    };
    let help = if found == ExampleVerdict::Ignores {
        tr!(
            lang,
            "complétez l’exemple, ou dites `ignores:` si c’est voulu",
            "complete the example, or say `ignores:` if that is meant"
        )
    } else {
        tr!(lang, "corrigez l’exemple ou l’expression", "correct the example or the expression")
    };
    let mut diagnostic = Diagnostic::new(&WRONG_EXAMPLE, example.span, said).help(help);
    if let Some(case) = ruling.failing.first() {
        diagnostic = diagnostic.note(super::finding::message(world, rule, case.case.clone()));
    } else if let Some(group) = ruling.groups.iter().find(|group| !group.held) {
        diagnostic = diagnostic.note(super::finding::message(world, rule, group.case.clone()));
    }
    sink.push(diagnostic);
}

/// The documents of an example: those that are judged, then those that they refer to.
pub(crate) fn make(site: &Site, rule_document: &Document, example: &Example) -> Vec<Document> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut made = Vec::new();
    for document in example.documents.iter().chain(&example.with) {
        let ExampleDocument { collection, name, front, body, .. } = document;
        let count = counts.entry(collection.as_str()).or_default();
        *count += 1;
        let name = name.clone().unwrap_or_else(|| format!("example-{count}"));
        made.push(Specimen { collection, name, front: front.clone(), body });
    }
    specimens(site, rule_document.page.source, made)
}

/// What an example may do without, since it shows one thing only.
const LEFT_OUT: &[&str] = &["missing-field", "missing-section", "wrong-number-of-items"];
/// Limits that an example may pass in order to fail.
const PASSED: &[&str] =
    &["number-out-of-bounds", "too-many-lines", "wrong-length", "pattern-mismatch", "repeated-item"];

/// An example may leave fields out, and one that fails may pass limits, but what it says must be sayable.
fn check_shape(cx: &Context<'_>, document: &Document, verdict: ExampleVerdict, sink: &mut Sink) {
    let mut found = Sink::new(sink.lang());
    shape::check(cx, document, &mut found);
    let fails = verdict == ExampleVerdict::Fails;
    found.retain_mut(|diagnostic| {
        let name = diagnostic.code.name();
        !(LEFT_OUT.contains(&name) || fails && PASSED.contains(&name))
    });
    sink.append(found);
    let lang = sink.lang();
    for (_, item) in document.values.fields.values() {
        for (reference, span) in Value::references(item) {
            if reference.target == Target::Missing {
                let text = &reference.text;
                sink.push(
                    Diagnostic::new(
                        &WRONG_EXAMPLE,
                        span,
                        tr!(
                            lang,
                            "`{text}` ne mène à rien, ni dans le livre ni dans l’exemple",
                            "`{text}` leads nowhere, neither in the book nor in the example"
                        ),
                    )
                    .help(tr!(
                        lang,
                        "ajoutez-le à l’exemple sous `with:`, comme `collection/{text}`",
                        "add it to the example under `with:`, as `collection/{text}`"
                    )),
                );
            }
        }
    }
}
