//! From rulings to findings: the author's word, the rule's message, its article, and the other documents of the group.

use super::faults::UNDECIDABLE_RULE;
use super::judge::{CaseRuling, GroupRuling, Ruling, Troubled};
use super::language::eval::{Case, Machine, Reason};
use super::language::show::show_number;
use super::language::value::World;
use super::locate;
use super::rule::{Program, Rule};
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic, Label, Lang, Level, Sink, tr};
use crate::model::{Document, day_in_words};
use crate::source::{Snapshot, Span};

/// At most so many documents are named where one trouble is told.
const NAMED: usize = 5;
/// At most so many other documents of a group are shown, where they do not add up to something.
const SHOWN: usize = 12;

/// The message of a rule for one case.
pub(super) fn message<'a>(world: World<'a>, rule: &'a Rule, case: Case<'a>) -> String {
    let Some(program) = &rule.program else { return String::new() };
    program.message.write(&mut machine(world, program, case))
}

fn machine<'a>(world: World<'a>, program: &'a Program, case: Case<'a>) -> Machine<'a> {
    Machine::new(world, &program.params, &program.definitions, case)
}

/// The finding of a document that does not meet a rule.
pub(super) fn of_case<'a>(
    cx: &Context<'_>,
    world: World<'a>,
    rule: &'a Rule,
    ruling: &CaseRuling<'a>,
) -> Option<Diagnostic> {
    let program = rule.program.as_ref()?;
    let document = ruling.case.doc?;
    let span = locate::of_case(program, document, &mut machine(world, program, ruling.case.clone()), ruling.item);
    Some(diagnostic(cx, rule, span, message(world, rule, ruling.case.clone())))
}

/// The findings of a group that does not meet a rule: one for each of its documents at fault.
pub(super) fn of_group<'a>(
    cx: &Context<'_>,
    world: World<'a>,
    rule: &'a Rule,
    ruling: &GroupRuling<'a>,
    excused: &dyn Fn(&Document) -> bool,
) -> Vec<Diagnostic> {
    let Some(program) = &rule.program else { return Vec::new() };
    let mut found = Vec::new();
    for &at in &ruling.at_fault {
        let Some(member) = ruling.members.get(at).filter(|member| !excused(member.doc)) else { continue };
        let case = Case { doc: Some(member.doc), each: member.each.clone(), ..ruling.case.clone() };
        let span = if program.per_member {
            locate::of_case(program, member.doc, &mut machine(world, program, case.clone()), member.item)
        } else {
            locate::of_member(program, member.doc, member.item)
        };
        let mut finding = diagnostic(cx, rule, span, message(world, rule, case));
        finding.related = others(cx, program, ruling, at);
        found.push(finding);
    }
    found
}

/// The other documents of a group: all that count for a quota, those that wait for an order, some of any other.
fn others(cx: &Context<'_>, program: &Program, ruling: &GroupRuling<'_>, at: usize) -> Vec<Label> {
    let places: Vec<usize> = if program.order.is_some() {
        ruling.waiting.clone()
    } else {
        let counts = |place: &usize| ruling.members.get(*place).is_some_and(|other| other.amount != Some(0.0));
        (0..ruling.members.len()).filter(counts).collect()
    };
    let most = if program.quota.is_some() { usize::MAX } else { SHOWN };
    let others = places.into_iter().filter(|place| *place != at).take(most);
    others
        .filter_map(|place| {
            let other = ruling.members.get(place)?;
            let span = locate::of_member(program, other.doc, other.item);
            Some(Label { span, message: counted(program, other.amount, place < at, other.doc, cx.lang) })
        })
        .collect()
}

/// The finding of a period that does not meet an objective: it stands in the rule, since no author is at fault.
pub(super) fn of_period<'a>(
    cx: &Context<'_>,
    world: World<'a>,
    rule: &'a Rule,
    ruling: &GroupRuling<'a>,
) -> Diagnostic {
    diagnostic(cx, rule, rule.code.span, message(world, rule, ruling.case.clone()))
}

/// What another document of the group has to do with it.
fn counted(program: &Program, amount: Option<f64>, before: bool, document: &Document, lang: Lang) -> String {
    let title = &document.page.title.value;
    let Some(amount) = amount else {
        return match &document.date {
            Some(date) => {
                let day = day_in_words(lang, date.value);
                tr!(lang, "du même groupe : « {title} », {day}", "of the same group: \"{title}\", {day}")
            }
            None => tr!(lang, "du même groupe : « {title} »", "of the same group: \"{title}\""),
        };
    };
    let number = show_number(lang, amount);
    let many = match lang {
        Lang::Fr => amount.abs() >= 2.0,
        Lang::En => (amount - 1.0).abs() > f64::EPSILON,
    };
    let unit = program.quota.as_ref().and_then(|quota| quota.unit.as_ref());
    let unit = unit.map_or(String::new(), |(one, several)| format!(" {}", if many { several } else { one }));
    match (before, many) {
        (true, false) => tr!(lang, "{number}{unit} déjà compté ici", "{number}{unit} already counted here"),
        (true, true) => tr!(lang, "{number}{unit} déjà comptés ici", "{number}{unit} already counted here"),
        (false, false) => tr!(lang, "{number}{unit} compté ensuite ici", "{number}{unit} counted here later"),
        (false, true) => tr!(lang, "{number}{unit} comptés ensuite ici", "{number}{unit} counted here later"),
    }
}

fn diagnostic(cx: &Context<'_>, rule: &Rule, span: Span, message: String) -> Diagnostic {
    let lang = cx.lang;
    let (code, title) = (&rule.code.value, &rule.title);
    let articles: Vec<String> = rule
        .articles
        .iter()
        .map(|article| {
            let text = &article.text.value;
            match cx.site.target(article.target) {
                Some((document, Some(entry))) => {
                    format!("« {} », {} (`{text}`)", entry.title, document.page.title.value)
                }
                Some((document, None)) => format!("{} (`{text}`)", document.page.title.value),
                None => format!("`{text}`"),
            }
        })
        .collect();
    let articles = articles.join(" ; ");
    let note = if articles.is_empty() {
        tr!(lang, "règle {code} : {title}", "rule {code}: {title}")
    } else {
        tr!(lang, "règle {code} : {title} ; article : {articles}", "rule {code}: {title}; article: {articles}")
    };
    Diagnostic {
        code: Code::Rule(code.clone()),
        level: rule.level,
        message,
        span,
        label: String::new(),
        related: Vec::new(),
        help: (rule.level != Level::Objective).then(|| asked(cx, rule)),
        notes: vec![note],
    }
}

/// What the rule asks, in its own words: that is what can be done.
fn asked(cx: &Context<'_>, rule: &Rule) -> String {
    let (lang, code) = (cx.lang, &rule.code.value);
    match &cx.site.document(rule.document).page.summary {
        Some(summary) => {
            let summary = summary.value.trim_end_matches('.');
            tr!(
                lang,
                "{summary} (`recueil explain {code}` dit tout)",
                "{summary} (`recueil explain {code}` says it all)"
            )
        }
        None => tr!(
            lang,
            "`recueil explain {code}` dit ce qui est demandé et quoi faire",
            "`recueil explain {code}` says what is asked and what to do"
        ),
    }
}

/// Tells once, in the rule, what could not be decided and for which documents.
pub(super) fn of_troubles(cx: &Context<'_>, rule: &Rule, ruling: &Ruling<'_>, sink: &mut Sink) {
    let lang = sink.lang();
    let mut told: Vec<(Span, Diagnostic, usize)> = Vec::new();
    for (troubled, document) in &ruling.troubles {
        let span = place(rule, troubled);
        let title = document.page.title.span;
        if let Some((_, diagnostic, count)) = told.iter_mut().find(|(known, _, _)| *known == span) {
            *count += 1;
            if *count <= NAMED {
                diagnostic
                    .related
                    .push(Label { span: title, message: tr!(lang, "pour ce document aussi", "for this document too") });
            }
            continue;
        }
        let (code, name) = (&rule.code.value, &document.name);
        let reason = reason(cx.snapshot, rule, troubled, lang);
        let help = match troubled.trouble.reason {
            Reason::Missing => Some(tr!(
                lang,
                "remplissez ce champ, ou ajoutez `has(…)` à la condition `when` de la règle",
                "fill in this field, or add `has(…)` to the rule's condition `when`"
            )),
            Reason::Endless => Some(tr!(
                lang,
                "groupez les documents (`group_by`), ou choisissez-les une fois dans `let`",
                "group the documents (`group_by`), or choose them once under `let`"
            )),
            Reason::Mismatch | Reason::Impossible => None,
        };
        let diagnostic = Diagnostic::new(
            &UNDECIDABLE_RULE,
            span,
            tr!(
                lang,
                "la règle {code} ne se décide pas pour `{name}` : {reason}",
                "rule {code} cannot be decided for `{name}`: {reason}"
            ),
        )
        .related(title, tr!(lang, "pour ce document", "for this document"))
        .maybe_help(help);
        told.push((span, diagnostic, 1));
    }
    for (_, diagnostic, count) in told {
        let more = count.saturating_sub(NAMED);
        sink.push(if more > 0 {
            diagnostic.note(tr!(lang, "et {more} autre(s) document(s)", "and {more} other document(s)"))
        } else {
            diagnostic
        });
    }
}

/// The part of the rule that has no value.
fn place(rule: &Rule, troubled: &Troubled<'_>) -> Span {
    let definition = troubled.trouble.definition;
    let formula =
        definition.and_then(|place| rule.program.as_ref()?.definitions.get(place)).unwrap_or(troubled.formula);
    formula.place.span(&troubled.trouble.at)
}

/// Why it has none, in words.
pub(super) fn reason(snapshot: &Snapshot, rule: &Rule, troubled: &Troubled<'_>, lang: Lang) -> String {
    let part = snapshot.text(place(rule, troubled)).split_whitespace().collect::<Vec<_>>().join(" ");
    match troubled.trouble.reason {
        Reason::Missing => tr!(lang, "il manque une valeur à `{part}`", "`{part}` lacks a value"),
        Reason::Mismatch => {
            tr!(lang, "`{part}` mêle des choses de nature différente", "`{part}` mixes things of different kinds")
        }
        Reason::Impossible => tr!(lang, "`{part}` n’a pas de résultat", "`{part}` has no result"),
        Reason::Endless => tr!(lang, "`{part}` demande trop de calcul", "`{part}` takes too much computing"),
    }
}
