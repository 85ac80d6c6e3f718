use serde::Serialize;

use super::ruled::Judged;
use crate::check::rules::Tally;
use crate::diagnostic::Level;
use crate::render::shared::Shared;

/// How many documents a rule applies to, and how they stand.
#[derive(Serialize)]
pub(super) struct Figures {
    applies: usize,
    met: usize,
    waived: usize,
    failed: usize,
    /// Documents that it could not decide.
    undecided: usize,
    /// The same in one sentence.
    sentence: String,
    /// By the year of the documents, the latest first.
    years: Vec<Year>,
}

#[derive(Serialize)]
struct Year {
    label: String,
    applies: usize,
    met: usize,
    waived: usize,
    failed: usize,
    bars: Vec<Bar>,
}

/// A piece of a bar, in hundredths of the longest one.
#[derive(Serialize)]
struct Bar {
    /// `met`, `waived` or `failed`.
    kind: &'static str,
    x: String,
    width: String,
}

pub(super) fn figures(shared: &Shared<'_>, judged: Judged<'_>) -> Figures {
    let Tally { applies, met, waived, failed } = judged.verdict.total;
    let longest = judged.verdict.years.values().map(|tally| tally.applies).max().unwrap_or(0);
    let years = judged.verdict.years.iter().rev().map(|(year, tally)| Year {
        label: year.to_string(),
        applies: tally.applies,
        met: tally.met,
        waived: tally.waived,
        failed: tally.failed,
        bars: bars(*tally, longest),
    });
    Figures {
        applies,
        met,
        waived,
        failed,
        undecided: judged.verdict.undecided,
        sentence: sentence(shared, judged),
        years: years.collect(),
    }
}

fn bars(tally: Tally, longest: usize) -> Vec<Bar> {
    let mut before = 0;
    let mut bars = Vec::new();
    for (kind, count) in [("met", tally.met), ("waived", tally.waived), ("failed", tally.failed)] {
        if count > 0 {
            bars.push(Bar { kind, x: hundredths(before, longest), width: hundredths(count, longest) });
        }
        before += count;
    }
    bars
}

#[expect(clippy::cast_precision_loss, reason = "a book has few documents")]
fn hundredths(part: usize, whole: usize) -> String {
    format!("{:.2}", part as f64 * 100.0 / whole.max(1) as f64)
}

/// What a rule has come to, in one sentence.
fn sentence(shared: &Shared<'_>, judged: Judged<'_>) -> String {
    let line = in_a_line(shared, judged);
    if line.is_empty() {
        return shared.words().text("rule_applies_none").to_owned();
    }
    let mut sentence = shared.words().text("rule_sentence").replace("{figures}", &line);
    let undecided = count(shared, "rule_undecided", judged.verdict.undecided);
    if !undecided.is_empty() {
        sentence = format!("{sentence} {undecided}");
    }
    sentence
}

/// The figures of a rule in a few words; empty where it applies to nothing yet.
pub(in crate::render) fn in_a_line(shared: &Shared<'_>, judged: Judged<'_>) -> String {
    let words = shared.words();
    let Tally { applies, met, waived, failed } = judged.verdict.total;
    if applies == 0 {
        return String::new();
    }
    let whole = words.count("documents", i64::try_from(applies).unwrap_or(i64::MAX)).unwrap_or_default();
    let parts = if judged.rule.level == Level::Objective {
        let periods = &judged.verdict.periods;
        let met = periods.iter().filter(|period| period.met).count();
        let periods = periods.len();
        let times = words.count("objective_times", i64::try_from(met).unwrap_or(i64::MAX)).unwrap_or_default();
        vec![times.replace("{periods}", &periods.to_string())]
    } else {
        [("rule_met", met), ("rule_waived", waived), ("rule_failed", failed)]
            .into_iter()
            .map(|(key, number)| count(shared, key, number))
            .filter(|text| !text.is_empty())
            .collect()
    };
    words.text("named_value").replace("{name}", &whole).replace("{value}", &parts.join(", "))
}

/// A counted noun; empty for none.
pub(super) fn count(shared: &Shared<'_>, key: &str, number: usize) -> String {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    if number == 0 { String::new() } else { shared.words().count(key, number).unwrap_or_default() }
}
