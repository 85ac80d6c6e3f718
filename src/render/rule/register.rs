use serde::Serialize;

use super::RuleLink;
use super::overview;
use super::period::{self, On, PeriodValue, QueueValue};
use super::ruled::Judged;
use crate::check::rules::{Waiver, WaiverState};
use crate::diagnostic::Level;
use crate::model::day_in_words;
use crate::render::listing::Listed;
use crate::render::page::{Head, Page};
use crate::render::shared::Shared;

/// A rule that a document is excused from.
#[derive(Serialize)]
pub(super) struct WaiverValue<'a> {
    document: Listed<'a>,
    code: &'a str,
    /// The versions of the rule.
    rules: Vec<RuleLink<'a>>,
    reason: &'a str,
    by: &'a str,
    until: String,
    /// `active`, `expired` or `unused`.
    state: &'static str,
    state_text: &'a str,
}

/// An objective and its periods.
#[derive(Serialize)]
struct ObjectiveValue<'a> {
    id: String,
    rule: RuleLink<'a>,
    periods: Vec<PeriodValue<'a>>,
}

/// An order of waiting and who waits.
#[derive(Serialize)]
struct OrderValue<'a> {
    id: String,
    rule: RuleLink<'a>,
    queues: Vec<QueueValue<'a>>,
}

/// The page of all waivers.
pub(super) fn waivers(shared: &Shared<'_>) -> Page {
    let waivers: Vec<WaiverValue<'_>> = shared.cx.verdicts.waivers.iter().map(|waiver| value(shared, waiver)).collect();
    Page::new(shared, "waivers.html", &head(shared, "waivers")).with("waivers", &waivers)
}

/// The waivers of one rule.
pub(super) fn of_rule<'a>(shared: &Shared<'a>, code: &str) -> Vec<WaiverValue<'a>> {
    let own = shared.cx.verdicts.waivers.iter().filter(|waiver| waiver.code == code);
    own.map(|waiver| value(shared, waiver)).collect()
}

fn value<'a>(shared: &Shared<'a>, waiver: &'a Waiver) -> WaiverValue<'a> {
    let words = &shared.theme.words;
    let (state, text) = match waiver.state {
        WaiverState::Active => ("active", "waiver_active"),
        WaiverState::Expired => ("expired", "waiver_expired"),
        WaiverState::Unused => ("unused", "waiver_unused"),
    };
    let versions = shared.ruled.all().filter(|judged| judged.rule.code.value == waiver.code);
    WaiverValue {
        document: Listed::new(shared, shared.document(waiver.document)),
        code: &waiver.code,
        rules: versions.map(|judged| judged.link(shared)).collect(),
        reason: waiver.reason.as_deref().unwrap_or_default(),
        by: waiver.by.as_deref().unwrap_or_default(),
        until: waiver.until.map(|until| day_in_words(words.lang, until)).unwrap_or_default(),
        state,
        state_text: words.text(text),
    }
}

/// The page of all objectives, period by period.
pub(super) fn objectives(shared: &Shared<'_>) -> Page {
    let mut head = head(shared, "objectives");
    let objectives: Vec<ObjectiveValue<'_>> = shared
        .ruled
        .all()
        .filter(|judged| judged.rule.level == Level::Objective)
        .enumerate()
        .map(|(place, judged)| ObjectiveValue {
            id: format!("objective_{}", place + 1),
            rule: judged.link(shared),
            periods: period::periods(shared, judged, On::Register),
        })
        .collect();
    for objective in &objectives {
        head.heading(2, &objective.id, objective.rule.title);
    }
    Page::new(shared, "objectives.html", &head).with("objectives", &objectives)
}

/// The page of those who wait, rule by rule.
pub(super) fn queues(shared: &Shared<'_>) -> Page {
    let mut head = head(shared, "queues");
    let orders: Vec<OrderValue<'_>> = shared
        .ruled
        .all()
        .filter(Judged::has_order)
        .enumerate()
        .map(|(place, judged)| OrderValue {
            id: format!("order_{}", place + 1),
            rule: judged.link(shared),
            queues: period::queues(shared, judged),
        })
        .collect();
    for order in &orders {
        head.heading(2, &order.id, order.rule.title);
    }
    Page::new(shared, "queues.html", &head).with("orders", &orders)
}

fn head(shared: &Shared<'_>, key: &'static str) -> Head {
    let words = shared.words();
    let mut head = Head::new(shared, key, words.text(key), &overview::below(shared, key));
    words.text(&format!("{key}_lede")).clone_into(&mut head.description);
    head.below(shared, [(words.text("rules"), words.url("rules").as_str())])
}
