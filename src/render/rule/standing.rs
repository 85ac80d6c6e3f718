use serde::Serialize;
use tera::Value;

use super::figures::count;
use super::ruled::RuleLink;
use crate::check::rules::Standing;
use crate::diagnostic::Level;
use crate::model::Document;
use crate::render::shared::Shared;

/// The rules that a document comes under.
#[derive(Serialize)]
pub(in crate::render) struct Standings {
    /// How many there are.
    count: usize,
    /// How it stands, in a few words.
    summary: String,
    /// Those that it does not meet first.
    items: Vec<Value>,
}

#[derive(Serialize)]
struct StandingValue<'a> {
    rule: RuleLink<'a>,
    /// `met`, `waived`, `failed`, or `objective` where it only counts towards one.
    standing: &'static str,
    standing_text: &'a str,
}

impl Standings {
    pub(in crate::render) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// The rules that a document comes under, and how it stands.
pub(in crate::render) fn standings(shared: &Shared<'_>, document: &Document) -> Standings {
    let mut standings = shared.ruled.standings(document).to_vec();
    standings.sort_by_key(|(place, standing)| (std::cmp::Reverse(*standing), *place));
    let is_objective = |place: usize| shared.ruled.at(place).rule.level == Level::Objective;
    let of = |wanted: Standing| {
        standings.iter().filter(|(place, standing)| *standing == wanted && !is_objective(*place)).count()
    };
    let counted =
        [("rules_met", Standing::Met), ("rules_waived", Standing::Waived), ("rules_failed", Standing::Failed)];
    let summary: Vec<String> = counted
        .into_iter()
        .map(|(key, standing)| count(shared, key, of(standing)))
        .filter(|text| !text.is_empty())
        .collect();
    Standings {
        count: standings.len(),
        summary: summary.join(", "),
        items: standings.iter().map(|(place, standing)| value(shared, *place, *standing)).collect(),
    }
}

/// A rule and how documents stand before it: few ways, for many documents.
fn value(shared: &Shared<'_>, place: usize, standing: Standing) -> Value {
    let judged = shared.ruled.at(place);
    let is_objective = judged.rule.level == Level::Objective;
    let name = if is_objective { "objective" } else { name(standing) };
    let text = || if is_objective { shared.theme.words.text("standing_objective") } else { text(shared, standing) };
    shared.made_once.standings.get((place, name), || {
        Value::from_serializable(&StandingValue { rule: judged.link(shared), standing: name, standing_text: text() })
    })
}

fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Waived => "waived",
        Standing::Failed => "failed",
    }
}

fn text<'a>(shared: &Shared<'a>, standing: Standing) -> &'a str {
    shared.theme.words.text(match standing {
        Standing::Met => "standing_met",
        Standing::Waived => "standing_waived",
        Standing::Failed => "standing_failed",
    })
}
