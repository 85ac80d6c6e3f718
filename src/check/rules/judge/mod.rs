//! What a rule says of some documents: case by case, or group by group. It reports nothing: findings come after.

mod group;
mod ruling;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

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
/// Judges documents by a rule.
pub(super) fn judge<'a>(world: World<'a>, rule: &'a Rule, documents: &[&'a Document], period: Period) -> Ruling<'a> {
    let Some(program) = &rule.program else { return Ruling::default() };
    let in_force = |document: &Document| match &document.date {
        _ if period == Period::Ignored => true,
        Some(date) => rule.in_force.contains(date.value),
        // Most examples leave the date out: they are about the rule, whenever it holds.
        None => world.specimens.is_some() || rule.in_force.contains(world.today),
    };
    let judge = Judge { world, program, spent: AtomicU64::new(0) };
    let mut ruling = Ruling::default();
    let mut groups: BTreeMap<Vec<Key>, Vec<Candidate<'a>>> = BTreeMap::new();
    for some in documents.chunks(AT_ONCE) {
        let judged: Vec<Result<Vec<Candidate<'a>>, (Troubled<'a>, &'a Document)>> = some
            .par_iter()
            .with_min_len(32)
            .filter(|document| in_force(document))
            .map(|document| judge.candidates(document).map_err(|troubled| (troubled, *document)))
            .collect();
        for candidates in judged {
            match candidates {
                Err(troubled) => ruling.troubles.push(troubled),
                Ok(candidates) => {
                    for candidate in candidates {
                        match candidate.held {
                            Some(held) => {
                                ruling.cases.push(CaseRuling { case: candidate.case, item: candidate.item, held });
                            }
                            None => groups.entry(candidate.key.clone()).or_default().push(candidate),
                        }
                    }
                }
            }
        }
        if judge.is_exhausted(some.last().copied(), &mut ruling) {
            return ruling;
        }
    }
    judge.groups(groups, &mut ruling);
    ruling
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

impl<'a> Judge<'a> {
    fn machine(&self, case: Case<'a>) -> Machine<'a> {
        Machine::new(self.world, &self.program.params, &self.program.definitions, case)
    }

    fn spend(&self, machine: &Machine<'a>) {
        self.spent.fetch_add(u64::from(machine.steps()), Ordering::Relaxed);
    }

    /// Whether the rule has cost too much to go on; then this is the only trouble that is told.
    fn is_exhausted(&self, last: Option<&'a Document>, ruling: &mut Ruling<'a>) -> bool {
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

    fn candidates(&self, document: &'a Document) -> Result<Vec<Candidate<'a>>, Troubled<'a>> {
        let alone = Case { doc: Some(document), ..Case::default() };
        let Some(for_each) = &self.program.for_each else {
            return Ok(self.candidate(alone, None)?.into_iter().collect());
        };
        let list = value(&mut self.machine(alone.clone()), for_each)?;
        let length = list.length().unwrap_or(0);
        let mut candidates = Vec::with_capacity(length);
        for index in 0..length {
            let item = if let Val::Items(items) = &list { items.get(index).map(|item| item.span) } else { None };
            let case = Case { each: self.world.nth(&list, index), ..alone.clone() };
            candidates.extend(self.candidate(case, item)?);
        }
        Ok(candidates)
    }

    fn candidate(&self, case: Case<'a>, item: Option<Span>) -> Result<Option<Candidate<'a>>, Troubled<'a>> {
        let mut machine = self.machine(case);
        let candidate = self.try_candidate(&mut machine, item);
        self.spend(&machine);
        candidate
    }

    fn try_candidate(
        &self,
        machine: &mut Machine<'a>,
        item: Option<Span>,
    ) -> Result<Option<Candidate<'a>>, Troubled<'a>> {
        if let Some(when) = &self.program.when
            && !holds(machine, when)?
        {
            return Ok(None);
        }
        if !self.program.is_grouped() {
            let held = self.decide(machine)?;
            return Ok(Some(Candidate { case: machine.case.clone(), item, held: Some(held), key: Vec::new() }));
        }
        let vals = self.program.group_by.iter().map(|by| value(machine, by)).collect::<Result<Vec<_>, _>>()?;
        let key = vals.iter().map(|val| Key::new(&self.world, val)).collect();
        machine.case.key = Some(Val::List(vals.into()));
        Ok(Some(Candidate { case: machine.case.clone(), item, held: None, key }))
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
