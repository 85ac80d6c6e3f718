use serde::Serialize;

use super::account;
use super::ruled::Judged;
use crate::check::rules::{Period, Queue};
use crate::render::collection::PAGE;
use crate::render::listing::Listed;
use crate::render::shared::Shared;

/// One period of an objective.
#[derive(Serialize)]
pub(super) struct PeriodValue<'a> {
    title: String,
    met: bool,
    met_text: &'a str,
    message: &'a str,
    /// How many documents count.
    count: usize,
    /// All of them, but none where `url` leads to the list.
    documents: Vec<Listed<'a>>,
    url: String,
}

/// Who waits in one period, the next first.
#[derive(Serialize)]
pub(super) struct QueueValue<'a> {
    title: String,
    waiting: Vec<Listed<'a>>,
}

/// The page that shows the periods of an objective.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// That of the rule, with every document.
    RulePage,
    /// That of all objectives, which leads to the other one for long lists of documents.
    Register,
}

/// The periods of an objective, the latest first.
pub(super) fn periods<'a>(shared: &Shared<'a>, judged: Judged<'a>, page: On) -> Vec<PeriodValue<'a>> {
    let words = &shared.theme.words;
    let period = |period: &'a Period| {
        let is_elsewhere = page == On::Register && period.documents.len() > PAGE;
        let listed = period.documents.iter().filter(|_| !is_elsewhere);
        PeriodValue {
            title: account::title(shared, judged, (&period.key, &period.labels), None),
            met: period.met,
            met_text: words.text(if period.met { "objective_met" } else { "objective_missed" }),
            message: &period.message,
            count: period.documents.len(),
            documents: listed.map(|id| Listed::new(shared, shared.document(*id))).collect(),
            url: if is_elsewhere { format!("{}#{ID}", judged.document.page.url) } else { String::new() },
        }
    };
    judged.verdict.periods.iter().rev().map(period).collect()
}

/// Where the periods stand on the page of their rule.
pub(super) const ID: &str = "rule_periods";

/// Who waits, the latest period first.
pub(super) fn queues<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> Vec<QueueValue<'a>> {
    let queue = |queue: &'a Queue| QueueValue {
        title: account::title(shared, judged, (&queue.key, &queue.labels), None),
        waiting: queue.waiting.iter().map(|id| Listed::new(shared, shared.document(*id))).collect(),
    };
    judged.verdict.queues.iter().rev().map(queue).collect()
}
