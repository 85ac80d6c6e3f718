use serde::Serialize;

use super::example::{self, ExampleValue};
use super::figures::{self, Figures};
use super::parts::{self, Part};
use super::period::{self, On, PeriodValue, QueueValue};
use super::register::{self, WaiverValue};
use super::ruled::{Judged, RuleLink, days};
use crate::check::rules::Standing;
use crate::diagnostic::Level;
use crate::render::listing::Listed;
use crate::render::page::Head;
use crate::render::shared::Shared;
use crate::render::value::{self, Shown};

/// What the page of a rule shows beside what every document has.
#[derive(Serialize)]
pub(in crate::render) struct RuleValue<'a> {
    code: &'a str,
    level: &'static str,
    level_text: &'a str,
    level_help: &'a str,
    /// The articles that it carries out.
    articles: Vec<Shown>,
    /// Whether it is sound; one that is at fault judges nobody.
    sound: bool,
    /// What it checks, in words.
    parts: Vec<Part<'a>>,
    /// What it checks, as written: HTML for inside `<code>`.
    written: String,
    examples: Vec<ExampleValue<'a>>,
    is_objective: bool,
    figures: Figures,
    failed: Vec<Listed<'a>>,
    waivers: Vec<WaiverValue<'a>>,
    periods: Vec<PeriodValue<'a>>,
    queues: Vec<QueueValue<'a>>,
    /// The page of its accounts, and how many there are.
    ledger_url: String,
    accounts: usize,
    /// The other rules of the same code.
    versions: Vec<Version<'a>>,
}

/// Another rule of the same code.
#[derive(Serialize)]
struct Version<'a> {
    rule: RuleLink<'a>,
    days: String,
}

pub(in crate::render) fn value<'a>(shared: &'a Shared<'a>, judged: Judged<'a>, root: &'a str) -> RuleValue<'a> {
    let rule = judged.rule;
    let words = &shared.theme.words;
    let standing = |wanted: Standing| {
        let own = judged.verdict.documents.iter().filter(move |(_, standing)| *standing == wanted);
        own.map(|(id, _)| Listed::new(shared, shared.document(*id))).collect::<Vec<_>>()
    };
    let ledger = judged.has_ledger();
    RuleValue {
        code: &rule.code.value,
        level: rule.level.name(),
        level_text: super::ruled::level_text(shared, rule.level),
        level_help: words.text(match rule.level {
            Level::Error => "level_error_help",
            Level::Warning => "level_warning_help",
            Level::Objective => "level_objective_help",
        }),
        articles: rule
            .articles
            .iter()
            .map(|article| {
                let unknown = || Shown { text: article.text.value.clone(), ..Shown::default() };
                value::target(shared, article.target).unwrap_or_else(unknown)
            })
            .collect(),
        sound: rule.program.is_some(),
        parts: parts::in_words(shared, judged, root),
        written: parts::as_written(shared, &rule.written),
        examples: example::values(shared, rule, judged.document, root),
        is_objective: rule.level == Level::Objective,
        figures: figures::figures(shared, judged),
        failed: standing(Standing::Failed),
        waivers: register::of_rule(shared, &rule.code.value),
        periods: period::periods(shared, judged, On::RulePage),
        queues: period::queues(shared, judged),
        ledger_url: if ledger { judged.ledger_url(shared) } else { String::new() },
        accounts: judged.verdict.accounts.len(),
        versions: versions(shared, judged),
    }
}

fn versions<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> Vec<Version<'a>> {
    let code = &judged.rule.code.value;
    let others = shared
        .ruled
        .all()
        .filter(|other| other.rule.code.value == *code && other.rule.document != judged.rule.document);
    others.map(|other| Version { rule: other.link(shared), days: days(shared, other.rule) }).collect()
}

/// Adds to the table of contents what the page shows after its text.
pub(in crate::render) fn contents(shared: &Shared<'_>, value: &RuleValue<'_>, head: &mut Head) {
    let sections = [
        ("rule_checked", "checked", true),
        ("rule_examples", "examples", !value.examples.is_empty()),
        (period::ID, "periods", !value.periods.is_empty()),
        ("rule_figures", "figures", true),
        ("rule_queues", "queues", !value.queues.is_empty()),
        ("rule_versions", "versions", !value.versions.is_empty()),
    ];
    for (id, key, shown) in sections {
        if shown {
            head.heading(2, id, shared.words().text(&format!("rule_{key}")));
        }
    }
}
