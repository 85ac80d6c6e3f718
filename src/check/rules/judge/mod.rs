//! What a rule says of some documents: case by case, or group by group. It reports nothing: findings come after.

mod group;
mod ruling;

use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use rayon::prelude::*;

pub(super) use self::ruling::{CaseRuling, GroupRuling, Member, Period, Ruling, Troubled};
use super::language::eval::{Case, Machine, Reason, Trouble};
use super::language::expr::Formula;
use super::language::key::Key;
use super::language::value::{Val, World};
use super::rule::{Program, Quota, Rule};
use crate::model::Document;
use crate::source::Span;

/// Room for the rounding of doubles where a measure is held against its limit.
const ROUNDING: f64 = 1e-9;

/// So many documents, or groups, are judged before the cost is looked at.
const AT_ONCE: usize = 256;
/// A rule may take so many steps over the whole book: a few seconds.
const MOST_STEPS_OF_A_RULE: u64 = 200_000_000;
/// The evaluation of one group may take so many.
const MOST_STEPS_OF_A_GROUP: u32 = 5_000_000;

/// Judges documents by rules, each by those that apply to it; one ruling a rule. Documents are taken one after the other, each
/// by all of its rules, for a document is far larger than a rule.
pub(super) fn judge<'a>(
    world: World<'a>,
    rules: &[&'a Rule],
    documents: &[&'a Document],
    period: Period,
) -> Vec<Ruling<'a>> {
    let mut courts: Vec<Court<'a>> = rules.iter().map(|rule| Court::new(world, rule, period)).collect();
    for some in documents.chunks(AT_ONCE) {
        let heard: Vec<Vec<(usize, Hearing<'a>)>> = some
            .par_iter()
            .with_min_len(16)
            .map(|document| {
                let hears = |(place, court): (usize, &Court<'a>)| Some((place, court.hear(document)?));
                courts.iter().enumerate().filter_map(hears).collect()
            })
            .collect();
        for (document, heard) in some.iter().zip(heard) {
            for (place, hearing) in heard {
                courts[place].take(document, hearing);
            }
        }
        for court in &mut courts {
            court.is_over =
                court.judge.as_ref().is_some_and(|judge| judge.is_exhausted(some.last(), &mut court.ruling));
        }
    }
    courts.into_iter().map(Court::conclude).collect()
}

/// A rule at work, and what it has said so far.
struct Court<'a> {
    rule: &'a Rule,
    period: Period,
    judge: Option<Judge<'a>>,
    ruling: Ruling<'a>,
    groups: IndexMap<Vec<Key>, Vec<Candidate<'a>>>,
    /// Whether the rule has cost too much.
    is_over: bool,
}

/// What a rule says of one document, for now.
struct Hearing<'a> {
    steps: u64,
    found: Result<Vec<Candidate<'a>>, Troubled<'a>>,
}

impl<'a> Court<'a> {
    fn new(world: World<'a>, rule: &'a Rule, period: Period) -> Self {
        let judge = rule.program.as_ref().map(|program| Judge { world, program, spent: AtomicU64::new(0) });
        Self { rule, period, judge, ruling: Ruling::default(), groups: IndexMap::new(), is_over: false }
    }

    /// Whether the rule has anything to say of a document.
    fn is_concerned(&self, judge: &Judge<'a>, document: &Document) -> bool {
        let applies_to = &self.rule.applies_to;
        let applies = document.collection.as_ref().is_some_and(|id| applies_to.iter().any(|name| name.value == *id));
        applies
            && match &document.date {
                _ if self.period == Period::Ignored => true,
                Some(date) => self.rule.in_force.contains(date.value),
                // Most examples leave the date out: they are about the rule, whenever it holds.
                None => judge.world.specimens.is_some() || self.rule.in_force.contains(judge.world.today),
            }
    }

    fn hear(&self, document: &'a Document) -> Option<Hearing<'a>> {
        let judge = self.judge.as_ref().filter(|judge| !self.is_over && self.is_concerned(judge, document))?;
        let mut steps = 0;
        let found = judge.candidates(document, &mut steps);
        Some(Hearing { steps, found })
    }

    fn take(&mut self, document: &'a Document, hearing: Hearing<'a>) {
        if let Some(judge) = &self.judge {
            judge.spent.fetch_add(hearing.steps, Ordering::Relaxed);
        }
        let candidates = match hearing.found {
            Err(troubled) => return self.ruling.troubles.push((troubled, document)),
            Ok(candidates) => candidates,
        };
        let mut standing = None;
        for candidate in candidates {
            match candidate.held {
                None => self.groups.entry(candidate.key.clone()).or_default().push(candidate),
                Some(held) => {
                    standing = Some(standing.unwrap_or(true) && held);
                    if !held {
                        self.ruling.failing.push(CaseRuling { case: candidate.case, item: candidate.item });
                    }
                }
            }
        }
        self.ruling.judged.extend(standing.map(|held| (document, held)));
    }

    fn conclude(mut self) -> Ruling<'a> {
        if let Some(judge) = self.judge.filter(|_| !self.is_over) {
            self.groups.sort_unstable_keys();
            judge.groups(self.groups, &mut self.ruling);
        }
        self.ruling
    }
}

struct Judge<'a> {
    world: World<'a>,
    program: &'a Program,
    /// Steps taken so far. It is looked at only where all threads have met, so that every run stops at the same document.
    spent: AtomicU64,
}

/// A case that the rule applies to.
struct Candidate<'a> {
    case: Case<'a>,
    item: Option<Span>,
    /// Decided already, unless the rule judges groups.
    held: Option<bool>,
    key: Vec<Key>,
}

/// What has become of a case.
enum Found {
    /// The rule does not apply to it.
    Nothing,
    /// It is met, or not.
    Decided(bool),
    /// It belongs to the group of this key.
    Grouped(Vec<Key>),
}

impl<'a> Judge<'a> {
    fn machine(&self, case: Case<'a>) -> Machine<'a> {
        Machine::new(self.world, &self.program.params, &self.program.definitions, case)
    }

    /// Whether the rule has cost too much to go on; then this is the only trouble that is told.
    fn is_exhausted(&self, last: Option<&&'a Document>, ruling: &mut Ruling<'a>) -> bool {
        if let Some(place) = ruling.troubles.iter().position(|(troubled, _)| troubled.trouble.reason == Reason::Endless)
        {
            let first = ruling.troubles.swap_remove(place);
            ruling.troubles = vec![first];
            return true;
        }
        let formula = self.program.assert.as_ref().or_else(|| self.program.quota.as_ref().map(|quota| &quota.measure));
        match (formula, last) {
            (Some(formula), Some(last)) if self.spent.load(Ordering::Relaxed) > MOST_STEPS_OF_A_RULE => {
                let trouble = Trouble { at: formula.expr.at.clone(), reason: Reason::Endless, definition: None };
                ruling.troubles = vec![(Troubled { formula, trouble }, last)];
                true
            }
            _ => false,
        }
    }

    fn candidates(&self, document: &'a Document, steps: &mut u64) -> Result<Vec<Candidate<'a>>, Troubled<'a>> {
        let alone = Case { doc: Some(document), ..Case::default() };
        let Some(for_each) = &self.program.for_each else {
            return Ok(self.candidate(alone, None, steps)?.into_iter().collect());
        };
        let list = value(&mut self.machine(alone.clone()), for_each)?;
        let length = list.length().unwrap_or(0);
        let mut candidates = Vec::with_capacity(length);
        for index in 0..length {
            let item = if let Val::Items(items) = &list { items.get(index).map(|item| item.span) } else { None };
            let case = Case { each: self.world.nth(&list, index), ..alone.clone() };
            candidates.extend(self.candidate(case, item, steps)?);
        }
        Ok(candidates)
    }

    fn candidate(
        &self,
        case: Case<'a>,
        item: Option<Span>,
        steps: &mut u64,
    ) -> Result<Option<Candidate<'a>>, Troubled<'a>> {
        let mut machine = self.machine(case);
        let found = self.try_candidate(&mut machine);
        *steps += u64::from(machine.steps());
        let key = match found? {
            Found::Nothing => return Ok(None),
            Found::Decided(held) => {
                return Ok(Some(Candidate { case: machine.case, item, held: Some(held), key: Vec::new() }));
            }
            Found::Grouped(key) => key,
        };
        Ok(Some(Candidate { case: machine.case, item, held: None, key }))
    }

    fn try_candidate(&self, machine: &mut Machine<'a>) -> Result<Found, Troubled<'a>> {
        if let Some(when) = &self.program.when
            && !holds(machine, when)?
        {
            return Ok(Found::Nothing);
        }
        if !self.program.is_grouped() {
            return self.decide(machine).map(Found::Decided);
        }
        let vals = self.program.group_by.iter().map(|by| value(machine, by)).collect::<Result<Vec<_>, _>>()?;
        let key = vals.iter().map(|val| Key::new(&self.world, val)).collect();
        machine.case.key = Some(Val::List(vals.into()));
        Ok(Found::Grouped(key))
    }

    /// Whether the rule is met; a quota is counted on the way.
    fn decide(&self, machine: &mut Machine<'a>) -> Result<bool, Troubled<'a>> {
        let within = self.count(machine)?;
        match &self.program.assert {
            Some(assert) => holds(machine, assert),
            None => Ok(within),
        }
    }

    /// Counts what is used of a quota; whether that is within its limit.
    fn count(&self, machine: &mut Machine<'a>) -> Result<bool, Troubled<'a>> {
        let Some(Quota { measure, limit, .. }) = &self.program.quota else { return Ok(true) };
        let used = value(machine, measure)?.as_number().unwrap_or(0.0);
        let limit = number(machine, limit)?;
        machine.case.used = Some(used);
        machine.case.limit = Some(limit);
        Ok(used <= limit + ROUNDING)
    }
}

fn holds<'a>(machine: &mut Machine<'a>, formula: &'a Formula) -> Result<bool, Troubled<'a>> {
    machine.holds(&formula.expr).map_err(|trouble| Troubled { formula, trouble })
}

fn value<'a>(machine: &mut Machine<'a>, formula: &'a Formula) -> Result<Val<'a>, Troubled<'a>> {
    machine.eval(&formula.expr).map_err(|trouble| Troubled { formula, trouble })
}

fn number<'a>(machine: &mut Machine<'a>, formula: &'a Formula) -> Result<f64, Troubled<'a>> {
    let val = value(machine, formula)?;
    val.as_number().ok_or_else(|| Troubled {
        formula,
        trouble: Trouble { at: formula.expr.at.clone(), reason: Reason::of(&[&val]), definition: None },
    })
}
