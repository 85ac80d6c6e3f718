//! What a rule says of some documents: case by case, or group by group. It reports nothing: findings come after.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::language::eval::{Case, Machine, Reason, Trouble};
use super::language::expr::Formula;
use super::language::key::Key;
use super::language::show::show;
use super::language::value::{Val, World};
use super::rule::{Program, Quota, Rule};
use crate::model::{Date, Document};
use crate::source::Span;

/// Room for the rounding of doubles where a measure is held against its limit.
const ROUNDING: f64 = 1e-9;
/// In larger groups, nobody is told at which document a limit was passed: that would cost the square of their size.
const TOLD_APART: usize = 64;

/// So many documents, or groups, are judged before the cost is looked at.
const AT_ONCE: usize = 256;
/// A rule may take so many steps over the whole book: a few seconds.
const MOST_STEPS_OF_A_RULE: u64 = 200_000_000;
/// The evaluation of one group may take so many.
const MOST_STEPS_OF_A_GROUP: u32 = 5_000_000;

/// What a rule says.
#[derive(Debug, Default)]
pub(super) struct Ruling<'a> {
    pub cases: Vec<CaseRuling<'a>>,
    pub groups: Vec<GroupRuling<'a>>,
    pub troubles: Vec<(Troubled<'a>, &'a Document)>,
}

/// An expression that has no value for a document.
#[derive(Debug, Clone)]
pub(super) struct Troubled<'a> {
    pub formula: &'a Formula,
    pub trouble: Trouble,
}

/// What a rule says of one document, or of one item of it.
#[derive(Debug)]
pub(super) struct CaseRuling<'a> {
    pub case: Case<'a>,
    /// The place of the item.
    pub item: Option<Span>,
    pub held: bool,
}

/// What a rule says of a group.
#[derive(Debug)]
pub(super) struct GroupRuling<'a> {
    pub key: Vec<Key>,
    /// The key as readers see it.
    pub labels: Vec<String>,
    pub members: Vec<Member<'a>>,
    pub held: bool,
    /// The members that a finding points at.
    pub at_fault: Vec<usize>,
    pub used: Option<f64>,
    pub limit: Option<f64>,
    /// The members that wait, first come first served by the rule's own order.
    pub waiting: Vec<usize>,
    pub case: Case<'a>,
}

/// A document of a group, in the order of dates.
#[derive(Debug)]
pub(super) struct Member<'a> {
    pub doc: &'a Document,
    pub each: Option<Val<'a>>,
    pub item: Option<Span>,
    /// What it adds to the measure of a quota.
    pub amount: Option<f64>,
}

/// Whether the period of a rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    /// A document is judged by the rules of its own date.
    Own,
    /// Every document is judged, as if the rule had always been there.
    Ignored,
}

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
                                ruling.cases.push(CaseRuling { case: candidate.case, item: candidate.item, held })
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
        let mut within = true;
        if let Some(Quota { measure, limit, .. }) = &self.program.quota {
            let used = value(machine, measure)?.as_number().unwrap_or(0.0);
            let limit = number(machine, limit)?;
            within = used <= limit + ROUNDING;
            machine.case.used = Some(used);
            machine.case.limit = Some(limit);
        }
        match &self.program.assert {
            Some(assert) => holds(machine, assert),
            None => Ok(within),
        }
    }

    fn groups(&self, groups: BTreeMap<Vec<Key>, Vec<Candidate<'a>>>, ruling: &mut Ruling<'a>) {
        let mut made: Vec<(Vec<Key>, Vec<Member<'a>>, Case<'a>)> = Vec::with_capacity(groups.len());
        for (key, candidates) in groups {
            let case_key = candidates.first().and_then(|candidate| candidate.case.key.clone());
            let mut members: Vec<Member<'a>> = Vec::with_capacity(candidates.len());
            for candidate in candidates {
                if let Some(doc) = candidate.case.doc
                    && members.last().is_none_or(|last| last.doc.id != doc.id)
                {
                    members.push(Member { doc, each: candidate.case.each, item: candidate.item, amount: None });
                }
            }
            members.sort_by(|a, b| rank(a.doc).cmp(&rank(b.doc)));
            let list: Arc<[Val<'a>]> = members.iter().map(|member| Val::Document(member.doc)).collect();
            let previous = made.last().and_then(|(before, _, case)| {
                (before.split_last()?.1 == key.split_last()?.1).then(|| case.group.clone())?
            });
            let case = Case {
                group: Some(list),
                key: case_key,
                previous: Some(previous.unwrap_or_else(|| Vec::new().into())),
                ..Case::default()
            };
            made.push((key, members, case));
        }
        while !made.is_empty() {
            let rest = made.split_off(made.len().min(AT_ONCE));
            let lasts: Vec<Option<&'a Document>> =
                made.iter().map(|(_, members, _)| members.last().map(|member| member.doc)).collect();
            let judged: Vec<Result<Option<GroupRuling<'a>>, Troubled<'a>>> = made
                .into_par_iter()
                .with_min_len(8)
                .map(|(key, members, case)| self.group(key, members, case))
                .collect();
            let mut last = None;
            for (document, group) in lasts.into_iter().zip(judged) {
                last = document;
                match (group, document) {
                    (Ok(group), _) => ruling.groups.extend(group),
                    (Err(troubled), Some(document)) => ruling.troubles.push((troubled, document)),
                    (Err(_), None) => {}
                }
            }
            if self.is_exhausted(last, ruling) {
                return;
            }
            made = rest;
        }
    }

    fn group(
        &self,
        key: Vec<Key>,
        members: Vec<Member<'a>>,
        case: Case<'a>,
    ) -> Result<Option<GroupRuling<'a>>, Troubled<'a>> {
        let mut machine = self.machine(case).with_steps(MOST_STEPS_OF_A_GROUP);
        let group = self.try_group(key, members, &mut machine);
        self.spend(&machine);
        group
    }

    fn try_group(
        &self,
        key: Vec<Key>,
        mut members: Vec<Member<'a>>,
        machine: &mut Machine<'a>,
    ) -> Result<Option<GroupRuling<'a>>, Troubled<'a>> {
        if let Some(when) = &self.program.when_group
            && !holds(machine, when)?
        {
            return Ok(None);
        }
        let held = self.decide(machine)?;
        let labels = match &machine.case.key {
            Some(Val::List(vals)) => vals.iter().map(|val| show(&self.world, val)).collect(),
            _ => Vec::new(),
        };
        self.amounts(&mut members, &machine.case)?;
        let at_fault = if held { Vec::new() } else { self.at_fault(members.len(), &machine.case) };
        let waiting = self.waiting(&members, machine)?;
        let (used, limit) = (machine.case.used, machine.case.limit);
        Ok(Some(GroupRuling { key, labels, members, held, at_fault, used, limit, waiting, case: machine.case.clone() }))
    }

    /// What each member adds to the measure of the quota.
    fn amounts(&self, members: &mut [Member<'a>], case: &Case<'a>) -> Result<(), Troubled<'a>> {
        let Some(quota) = &self.program.quota else { return Ok(()) };
        let measure = |from: usize, until: usize| {
            let mut machine = self.machine(part(case, from, until));
            value(&mut machine, &quota.measure).map(|val| val.as_number().unwrap_or(0.0))
        };
        let alone = quota.additive || members.len() > TOLD_APART;
        let mut before = 0.0;
        for (place, member) in members.iter_mut().enumerate() {
            member.amount = Some(if alone {
                measure(place, place + 1)?
            } else {
                let until = measure(0, place + 1)?;
                std::mem::replace(&mut before, until).mul_add(-1.0, until)
            });
        }
        Ok(())
    }

    /// The members since which the rule has not been met any more; where it never was, the last.
    fn at_fault(&self, length: usize, case: &Case<'a>) -> Vec<usize> {
        let last = length.saturating_sub(1);
        if length > TOLD_APART {
            return vec![last];
        }
        let met = (1..length).rev().find(|until| {
            self.decide(&mut self.machine(part(case, 0, *until)).with_steps(MOST_STEPS_OF_A_GROUP)).unwrap_or(false)
        });
        met.map_or_else(|| vec![last], |until| (until..length).collect())
    }

    fn waiting(&self, members: &[Member<'a>], machine: &mut Machine<'a>) -> Result<Vec<usize>, Troubled<'a>> {
        let Some(order) = &self.program.order else { return Ok(Vec::new()) };
        let mut waiting = Vec::new();
        for (place, member) in members.iter().enumerate() {
            machine.case.doc = Some(member.doc);
            if !holds(machine, &order.who)? {
                continue;
            }
            let vals = order.by.iter().map(|by| value(machine, by)).collect::<Result<Vec<_>, _>>()?;
            waiting.push((vals.iter().map(|val| Key::new(&self.world, val)).collect::<Vec<_>>(), place));
        }
        machine.case.doc = None;
        waiting.sort();
        Ok(waiting.into_iter().map(|(_, place)| place).collect())
    }
}

/// The case of a part of a group.
fn part<'a>(case: &Case<'a>, from: usize, until: usize) -> Case<'a> {
    let group = case.group.as_ref().and_then(|group| group.get(from..until)).unwrap_or_default();
    Case { group: Some(group.into()), used: None, limit: None, ..case.clone() }
}

fn rank(document: &Document) -> (Option<Date>, &str) {
    (document.date.as_ref().map(|date| date.value), &document.name)
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
