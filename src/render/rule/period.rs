use serde::Serialize;

use super::account;
use super::ruled::Judged;
use crate::check::rules::{Period, Queue};
use crate::render::listing::Listed;
use crate::render::shared::Shared;

/// One period of an objective.
#[derive(Serialize)]
pub(super) struct PeriodValue<'a> {
    title: String,
    met: bool,
    met_text: &'a str,
    message: &'a str,
    documents: Vec<Listed<'a>>,
}

/// Who waits in one period, the next first.
#[derive(Serialize)]
pub(super) struct QueueValue<'a> {
    title: String,
    waiting: Vec<Listed<'a>>,
}

/// The periods of an objective, the latest first.
pub(super) fn periods<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> Vec<PeriodValue<'a>> {
    let words = &shared.theme.words;
    let period = |period: &'a Period| PeriodValue {
        title: account::title(shared, judged, (&period.key, &period.labels), None),
        met: period.met,
        met_text: words.text(if period.met { "objective_met" } else { "objective_missed" }),
        message: &period.message,
        documents: period.documents.iter().map(|id| Listed::new(shared, shared.document(*id))).collect(),
    };
    judged.verdict.periods.iter().rev().map(period).collect()
}

/// Who waits, the latest period first.
pub(super) fn queues<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> Vec<QueueValue<'a>> {
    let queue = |queue: &'a Queue| QueueValue {
        title: account::title(shared, judged, (&queue.key, &queue.labels), None),
        waiting: queue.waiting.iter().map(|id| Listed::new(shared, shared.document(*id))).collect(),
    };
    judged.verdict.queues.iter().rev().map(queue).collect()
}
