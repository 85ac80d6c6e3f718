//! Waivers: the rules that documents are openly excused from.

use super::faults::{EXPIRED_DEROGATION, INCOMPLETE_DEROGATION, UNKNOWN_DEROGATION, UNUSED_DEROGATION};
use super::rule::Rules;
use super::verdict::{Standing, Verdicts, Waiver, WaiverState};
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Sink, closest, tr};
use crate::model::{Date, Derogation, Document, day_in_words, parse_date};
use crate::parse::unknown_key;

/// Whether a document is excused from a rule today.
pub(super) fn excuses(document: &Document, code: &str, today: Date) -> bool {
    document.derogations.iter().any(|waiver| {
        waiver.rule.as_ref().is_some_and(|rule| rule.value == code) && until(waiver).is_none_or(|until| today <= until)
    })
}

fn until(waiver: &Derogation) -> Option<Date> {
    waiver.until.as_ref().and_then(|until| parse_date(&until.value))
}

/// Holds every waiver of the book against the verdicts, and lists them.
pub(super) fn check(cx: &Context<'_>, rules: &Rules, verdicts: &mut Verdicts, sink: &mut Sink) {
    for document in &cx.site.documents {
        for (place, waiver) in document.derogations.iter().enumerate() {
            form(waiver, sink);
            let Some(code) = &waiver.rule else { continue };
            if rules.with_code(&code.value).next().is_none() {
                unknown(code.value.as_str(), waiver, rules, sink);
                continue;
            }
            let state = state(cx, document, waiver, &code.value, rules, verdicts);
            report(cx, waiver, &code.value, state, sink);
            if !document.draft {
                verdicts.waivers.push(Waiver {
                    document: document.id,
                    place,
                    code: code.value.clone(),
                    reason: waiver.reason.as_ref().map(|reason| reason.value.clone()),
                    by: waiver.by.as_ref().map(|by| by.value.clone()),
                    until: until(waiver),
                    state,
                });
            }
        }
    }
}

fn form(waiver: &Derogation, sink: &mut Sink) {
    let lang = sink.lang();
    for key in &waiver.unknown {
        sink.push(unknown_key(&key.value, key.span, ["rule", "reason", "by", "until"], sink));
    }
    let parts = [("rule", &waiver.rule), ("reason", &waiver.reason), ("by", &waiver.by)];
    let missing: Vec<String> = parts
        .iter()
        .filter(|(_, part)| part.as_ref().is_none_or(|part| part.value.trim().is_empty()))
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    if !missing.is_empty() {
        let keys = missing.join(", ");
        sink.push(
            Diagnostic::new(
                &INCOMPLETE_DEROGATION,
                waiver.span,
                tr!(lang, "il manque à cette dérogation : {keys}", "this derogation lacks: {keys}"),
            )
            .help(tr!(
                lang,
                "dites la règle, le motif et la fonction de qui l’accorde",
                "say the rule, the reason and the office of who grants it"
            )),
        );
    }
    if let Some(date) = &waiver.until
        && parse_date(&date.value).is_none()
    {
        let text = &date.value;
        sink.push(
            Diagnostic::new(
                &INCOMPLETE_DEROGATION,
                date.span,
                tr!(lang, "`{text}` n’est pas une date", "`{text}` is no date"),
            )
            .help(tr!(lang, "écrivez par exemple `2026-12-31`", "write for instance `2026-12-31`")),
        );
    }
}

fn unknown(code: &str, waiver: &Derogation, rules: &Rules, sink: &mut Sink) {
    let lang = sink.lang();
    let span = waiver.rule.as_ref().map_or(waiver.span, |rule| rule.span);
    sink.push(
        Diagnostic::new(
            &UNKNOWN_DEROGATION,
            span,
            tr!(lang, "aucune règle n’a le code `{code}`", "no rule has the code `{code}`"),
        )
        .maybe_help(closest(lang, code, rules.rules.iter().map(|rule| rule.code.value.as_str()))),
    );
}

fn state(
    cx: &Context<'_>,
    document: &Document,
    waiver: &Derogation,
    code: &str,
    rules: &Rules,
    verdicts: &Verdicts,
) -> WaiverState {
    if until(waiver).is_some_and(|until| until < cx.today) {
        return WaiverState::Expired;
    }
    let judged = rules.rules.iter().zip(&verdicts.rules).filter(|(rule, _)| rule.code.value == code);
    let mut standings = judged.filter_map(|(_, verdict)| verdict.standing(document.id));
    // Nobody judges with a rule that is at fault, or a draft: then nothing is known of the need.
    let unknown = document.draft || rules.with_code(code).any(|rule| rule.program.is_none());
    if unknown || standings.any(|standing| standing == Standing::Waived) {
        WaiverState::Active
    } else {
        WaiverState::Unused
    }
}

fn report(cx: &Context<'_>, waiver: &Derogation, code: &str, state: WaiverState, sink: &mut Sink) {
    let lang = sink.lang();
    let rule = waiver.rule.as_ref().map_or(waiver.span, |rule| rule.span);
    match state {
        WaiverState::Active => {}
        WaiverState::Expired => {
            let (span, day) = match (&waiver.until, until(waiver)) {
                (Some(written), Some(until)) => (written.span, day_in_words(lang, until)),
                _ => (rule, String::new()),
            };
            let today = day_in_words(lang, cx.today);
            sink.push(
                Diagnostic::new(
                    &EXPIRED_DEROGATION,
                    span,
                    tr!(
                        lang,
                        "la dérogation à {code} a pris fin le {day}",
                        "the derogation from {code} ended on {day}"
                    ),
                )
                .note(tr!(lang, "le livre est vérifié au {today}", "the book is checked as of {today}"))
                .help(tr!(
                    lang,
                    "retirez-la, ou faites-la prolonger par qui l’a accordée",
                    "take it out, or have it extended by who granted it"
                )),
            );
        }
        WaiverState::Unused => sink.push(
            Diagnostic::new(
                &UNUSED_DEROGATION,
                rule,
                tr!(
                    lang,
                    "ce document n’a pas besoin de dérogation à {code}",
                    "this document needs no derogation from {code}"
                ),
            )
            .help(tr!(lang, "retirez-la", "take it out")),
        ),
    }
}
