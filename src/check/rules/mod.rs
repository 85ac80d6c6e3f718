//! Rules as documents: read, checked against the schema, tested by their own examples, and held against the book.
//!
//! [`load`] reads every document of the collections of `kind: rules` and finds what is wrong *in the rules*: names, fields,
//! types, examples. [`judge`] then holds the book against those that are sound, and finds what is wrong *in the documents*;
//! what it returns is what the pages of rules show. Expressions are the matter of [`language`].
//!
//! This floor knows no domain: codes, thresholds and words come from the content.

pub(crate) mod language;
mod faults;
mod rule;
mod program;
mod read;
mod judge;
pub(crate) mod locate;
mod finding;
mod example;
mod verdict;
mod waiver;
mod again;
#[cfg(test)]
mod tests;

pub(crate) use example::make as example_documents;
pub use faults::CHECKS;
pub use language::key::{Key, Total};
pub(crate) use program::key_of;
pub(crate) use rule::Program;
pub use rule::{Article, Example, ExampleDocument, ExampleVerdict, InForce, Rule, Rules, Written};
pub use verdict::{Account, Contribution, Period, Queue, RuleVerdict, Standing, Tally, Verdicts, Waiver, WaiverState};

use std::sync::Arc;

use rayon::prelude::*;

use self::faults::{DUPLICATE_RULE_CODE, IDLE_RULE};
use self::judge::Ruling;
use self::language::show::show;
use self::language::value::{Val, World};
use super::{Context, Since};
use crate::diagnostic::{Diagnostic, Level, Sink, tr};
use crate::model::Document;

/// Reads every rule of the book, and finds what is wrong in the rules.
pub fn load(cx: &Context<'_>, since: Option<Since<'_>>, sink: &mut Sink) -> Arc<Rules> {
    let rules = match since {
        Some(since) if again::still_holds(since) => Arc::clone(since.rules),
        _ => Arc::new(read_all(cx)),
    };
    rules.found.iter().for_each(|finding| sink.push(finding.clone()));
    rules
}

fn read_all(cx: &Context<'_>) -> Rules {
    let read = cx.site.documents.par_iter().filter_map(|document| {
        let front = document.rule.as_ref().filter(|_| document.page.readable && !document.draft)?;
        let mut sink = Sink::new(cx.lang);
        let rule = read::read(cx, document, front, &mut sink);
        idle(cx, &rule, &mut sink);
        let named = example::run(cx, &rule, document, front.entry("examples").map(|(key, _)| key.span), &mut sink);
        Some((rule, sink, named))
    });
    let (mut rules, mut sink) = (Rules::default(), Sink::new(cx.lang));
    for (rule, found, by_examples) in read.collect::<Vec<_>>() {
        sink.append(found);
        let by_articles = rule.articles.iter().filter_map(|article| article.target.document());
        rules.leans_on.push(again::reached(cx.site, by_articles.chain(by_examples)));
        rules.rules.push(rule);
    }
    duplicates(cx, &rules, &mut sink);
    rules.found = sink.into_diagnostics();
    rules
}

/// Two rules with one code must not be in force on one day: the second is at fault.
fn duplicates(cx: &Context<'_>, rules: &Rules, sink: &mut Sink) {
    let lang = sink.lang();
    for (place, rule) in rules.rules.iter().enumerate() {
        let code = &rule.code.value;
        let mut before = rules.rules.iter().take(place).filter(|other| other.code.value == *code);
        let Some(other) = before.find(|other| other.in_force.overlaps(&rule.in_force)) else { continue };
        let name = &cx.site.document(other.document).name;
        sink.push(
            Diagnostic::new(
                &DUPLICATE_RULE_CODE,
                rule.code.span,
                tr!(
                    lang,
                    "le code {code} est déjà celui de la règle `{name}`, en vigueur aux mêmes dates",
                    "the code {code} is already that of the rule `{name}`, in force on the same days"
                ),
            )
            .related(other.code.span, tr!(lang, "première règle ici", "first rule here"))
            .help(tr!(
                lang,
                "changez le code, ou séparez les périodes par `in_force`",
                "change the code, or separate the periods with `in_force`"
            )),
        );
    }
}

/// A rule that nothing can come under.
fn idle(cx: &Context<'_>, rule: &Rule, sink: &mut Sink) {
    let lang = sink.lang();
    if let (Some(from), Some(until), Some(span)) = (rule.in_force.from, rule.in_force.until, rule.in_force.span)
        && until < from
    {
        sink.push(
            Diagnostic::new(
                &IDLE_RULE,
                span,
                tr!(
                    lang,
                    "cette période se termine avant de commencer : la règle ne s’applique jamais",
                    "this period ends before it begins: the rule never applies"
                ),
            )
            .help(tr!(
                lang,
                "échangez `from` et `until`, ou corrigez l’année",
                "swap `from` and `until`, or correct the year"
            )),
        );
    }
    let Some(first) = rule.applies_to.first() else { return };
    let collections = &cx.site.by_collection;
    let known = || rule.applies_to.iter().filter_map(|name| collections.get(&name.value));
    if known().count() == rule.applies_to.len() && known().all(Vec::is_empty) {
        let name = &first.value;
        sink.push(
            Diagnostic::new(
                &IDLE_RULE,
                first.span,
                tr!(
                    lang,
                    "la collection `{name}` est vide : la règle ne s’applique à rien",
                    "the collection `{name}` is empty: the rule applies to nothing"
                ),
            )
            .help(tr!(
                lang,
                "écrivez un premier document, ou corrigez `applies_to`",
                "write a first document, or correct `applies_to`"
            )),
        );
    }
}

/// Holds the book against its rules.
pub fn judge(cx: &Context<'_>, rules: &Arc<Rules>, since: Option<Since<'_>>, sink: &mut Sink) -> Verdicts {
    let all: Vec<&Rule> = rules.rules.iter().collect();
    judge_drafts(cx, &all, judge::Period::Own, sink);
    let mut verdicts = again::untouched(cx, rules, since);
    let (places, touched): (Vec<usize>, Vec<&Rule>) =
        all.into_iter().enumerate().filter(|(place, _)| verdicts[*place].is_none()).unzip();
    for (place, verdict) in places.into_iter().zip(judge_by(cx, &touched, &published(cx), judge::Period::Own)) {
        verdicts[place] = Some(Arc::new(verdict));
    }
    let mut verdicts = Verdicts { rules: verdicts.into_iter().flatten().collect(), waivers: Vec::new() };
    verdicts.rules.iter().flat_map(|verdict| &verdict.found).for_each(|finding| sink.push(finding.clone()));
    waiver::check(cx, rules, &mut verdicts, sink);
    verdicts
}

/// Holds the whole book, past included, against one rule, as if it had always been in force.
pub fn simulate(cx: &Context<'_>, rules: &Rules, code: &str, sink: &mut Sink) -> Verdicts {
    let versions: Vec<&Rule> = rules.with_code(code).collect();
    judge_drafts(cx, &versions, judge::Period::Ignored, sink);
    let judged = judge_by(cx, &versions, &published(cx), judge::Period::Ignored);
    judged.iter().flat_map(|verdict| &verdict.found).for_each(|finding| sink.push(finding.clone()));
    Verdicts { rules: judged.into_iter().map(Arc::new).collect(), waivers: Vec::new() }
}

fn world<'a>(cx: &Context<'a>) -> World<'a> {
    World { site: cx.site, specimens: None, today: cx.today, lang: cx.config.lang() }
}

fn published<'a>(cx: &Context<'a>) -> Vec<&'a Document> {
    cx.site.published().filter(|document| document.page.readable).collect()
}

/// Tells authors of their drafts, which count nowhere.
fn judge_drafts(cx: &Context<'_>, rules: &[&Rule], period: judge::Period, sink: &mut Sink) {
    let drafts = cx.site.documents.iter().map(AsRef::as_ref);
    let drafts: Vec<&Document> =
        drafts.filter(|document: &&Document| document.draft && document.page.readable).collect();
    let alone = |rule: &&&Rule| rule.program.as_ref().is_some_and(|program| !program.is_grouped());
    let alone: Vec<&Rule> = rules.iter().filter(alone).copied().collect();
    for (rule, ruling) in alone.iter().zip(judge::judge(world(cx), &alone, &drafts, period)) {
        report(cx, world(cx), rule, &ruling, sink);
    }
}

fn judge_by(cx: &Context<'_>, rules: &[&Rule], documents: &[&Document], period: judge::Period) -> Vec<RuleVerdict> {
    let rulings = judge::judge(world(cx), rules, documents, period);
    let verdict_of = |(rule, ruling): (&&Rule, &Ruling<'_>)| {
        let mut found = Sink::new(cx.lang);
        report(cx, world(cx), rule, ruling, &mut found);
        RuleVerdict { found: found.into_diagnostics(), ..verdict(cx, world(cx), rule, ruling) }
    };
    rules.par_iter().zip(&rulings).map(verdict_of).collect()
}

/// Leaves the findings of a ruling.
fn report<'a>(cx: &Context<'_>, world: World<'a>, rule: &'a Rule, ruling: &Ruling<'a>, sink: &mut Sink) {
    let excused = |document: &Document| waiver::excuses(document, &rule.code.value, cx.today);
    for case in ruling.failing.iter().filter(|case| !case.case.doc.is_some_and(excused)) {
        if let Some(diagnostic) = finding::of_case(cx, world, rule, case) {
            sink.push(diagnostic);
        }
    }
    for group in ruling.groups.iter().filter(|group| !group.held) {
        if rule.level == Level::Objective {
            sink.push(finding::of_period(cx, world, rule, group));
        } else {
            for diagnostic in finding::of_group(cx, world, rule, group, &excused) {
                sink.push(diagnostic);
            }
        }
    }
    finding::of_troubles(cx, rule, ruling, sink);
}

/// What the pages show of a ruling.
fn verdict<'a>(cx: &Context<'_>, world: World<'a>, rule: &'a Rule, ruling: &Ruling<'a>) -> RuleVerdict {
    let mut verdict = RuleVerdict {
        undecided: ruling.troubles.len(),
        joined: ruling.joined.clone(),
        spent: ruling.spent,
        ..RuleVerdict::default()
    };
    let standings = standings(cx, rule, ruling);
    verdict.documents.reserve_exact(standings.len());
    for (document, standing) in standings {
        verdict.documents.push((document.id, standing));
        verdict.total.count(standing);
        if let Some(date) = &document.date {
            verdict.years.entry(date.value.year()).or_default().count(standing);
        }
    }
    let Some(program) = &rule.program else { return verdict };
    for group in &ruling.groups {
        let labels = || match &group.case.key {
            Some(Val::List(vals)) => vals.iter().map(|val| show(&world, val)).collect(),
            _ => Vec::new(),
        };
        let documents = |member: &judge::Member<'_>| member.doc.id;
        if let (Some(quota), Some(used), Some(limit)) = (&program.quota, group.used, group.limit) {
            let contribution = |member: &judge::Member<'_>| Contribution {
                document: member.doc.id,
                amount: member.amount.unwrap_or_default(),
            };
            verdict.accounts.push(Account {
                key: group.key.clone(),
                labels: labels(),
                used,
                limit,
                unit: quota.unit.clone(),
                met: group.held,
                contributions: group.members.iter().map(contribution).collect(),
            });
        }
        if rule.level == Level::Objective {
            verdict.periods.push(Period {
                key: group.key.clone(),
                labels: labels(),
                met: group.held,
                message: finding::message(world, rule, group.case.clone()),
                documents: group.members.iter().map(documents).collect(),
            });
        }
        if !group.waiting.is_empty() {
            let waiting = group.waiting.iter().filter_map(|place| group.members.get(*place));
            verdict.queues.push(Queue {
                key: group.key.clone(),
                labels: labels(),
                waiting: waiting.map(documents).collect(),
            });
        }
    }
    verdict
}

/// How each document stands before a rule, in the order of the site.
fn standings<'a>(cx: &Context<'_>, rule: &Rule, ruling: &Ruling<'a>) -> Vec<(&'a Document, Standing)> {
    let standing = |document: &Document, held: bool| match held {
        true => Standing::Met,
        false if waiver::excuses(document, &rule.code.value, cx.today) => Standing::Waived,
        false => Standing::Failed,
    };
    let members: usize = ruling.groups.iter().map(|group| group.members.len()).sum();
    let mut standings: Vec<(&Document, Standing)> = Vec::with_capacity(ruling.judged.len() + members);
    standings.extend(ruling.judged.iter().map(|(document, held)| (*document, standing(document, *held))));
    for group in &ruling.groups {
        for (place, member) in group.members.iter().enumerate() {
            let held = group.held || rule.level == Level::Objective || !group.at_fault.contains(&place);
            standings.push((member.doc, standing(member.doc, held)));
        }
    }
    // A document in several groups stands as it does in the worst.
    standings.sort_by_key(|(document, standing)| (document.id, std::cmp::Reverse(*standing)));
    standings.dedup_by_key(|(document, _)| document.id);
    standings
}
