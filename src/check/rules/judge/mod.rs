//! What a rule says of some documents: case by case, or group by group. It reports nothing: findings come after.

mod group;
mod ruling;

use std::collections::HashMap;
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
use crate::parallel::SHARE;

/// Room for the rounding of doubles where a measure is held against its limit.
const ROUNDING: f64 = 1e-9;

/// So many documents, or groups, are judged before the cost is looked at.
const AT_ONCE: usize = 2048;
/// A rule may take so many steps over the whole book: a few seconds.
pub(super) const MOST_STEPS_OF_A_RULE: u64 = 200_000_000;
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
    // Most rules are about one collection: a document does not ask the others.
    let mut concerned: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, rule) in rules.iter().enumerate() {
        let mut names: Vec<&str> = rule.applies_to.iter().map(|name| name.value.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            concerned.entry(name).or_default().push(place);
        }
    }
    for some in documents.chunks(AT_ONCE) {
        let heard: Vec<Vec<Vec<(&'a Document, Hearing<'a>)>>> = some
            .par_chunks(SHARE)
            .with_max_len(1)
            .map(|documents| {
                let mut heard: Vec<Vec<_>> = courts.iter().map(|_| Vec::new()).collect();
                for document in documents {
                    let concerned = document.collection.as_deref().and_then(|id| concerned.get(id));
                    for place in concerned.into_iter().flatten() {
                        heard[*place].extend(courts[*place].hear(document).map(|hearing| (*document, hearing)));
                    }
                }
                heard
            })
            .collect();
        // Each rule takes down what it has said, document by document.
        let mut of_rules: Vec<Vec<Vec<_>>> = courts.iter().map(|_| Vec::with_capacity(heard.len())).collect();
        for heard in heard {
            of_rules.iter_mut().zip(heard).for_each(|(of_rule, heard)| of_rule.push(heard));
        }
        courts.par_iter_mut().zip(of_rules).for_each(|(court, of_rule)| {
            of_rule.into_iter().flatten().for_each(|(document, hearing)| court.take(document, hearing));
            court.is_over =
                court.judge.as_ref().is_some_and(|judge| judge.is_exhausted(some.last(), &mut court.ruling));
        });
    }
    courts.into_par_iter().map(Court::conclude).collect()
}

/// Who is in which group. The keys are values of the book: a quick hash will do.
type Groups<'a> = IndexMap<Vec<Key>, Vec<Member<'a>>, foldhash::fast::FixedState>;

/// A rule at work, and what it has said so far.
struct Court<'a> {
    rule: &'a Rule,
    period: Period,
    judge: Option<Judge<'a>>,
    ruling: Ruling<'a>,
    groups: Groups<'a>,
    /// Whether the rule has cost too much.
    is_over: bool,
}

/// What a rule says of one document, for now. Most documents meet most rules, and then there is nothing to carry around.
struct Hearing<'a> {
    steps: u32,
    said: Said<'a>,
}

enum Said<'a> {
    /// The rule does not apply.
    Nothing,
    Met,
    Fails(Vec<CaseRuling<'a>>),
    /// The document belongs to the group of this key.
    Member(Vec<Key>),
    /// Its items belong to groups.
    Members(Vec<(Vec<Key>, Member<'a>)>),
    Trouble(Box<Troubled<'a>>),
}

impl<'a> Court<'a> {
    fn new(world: World<'a>, rule: &'a Rule, period: Period) -> Self {
        let judge = rule.program.as_ref().map(|program| Judge { world, program, spent: AtomicU64::new(0) });
        Self { rule, period, judge, ruling: Ruling::default(), groups: Groups::default(), is_over: false }
    }

    /// Whether the rule has anything to say of a document of its collections.
    fn is_concerned(&self, judge: &Judge<'a>, document: &Document) -> bool {
        match &document.date {
            _ if self.period == Period::Ignored => true,
            Some(date) => self.rule.in_force.contains(date.value),
            // Most examples leave the date out: they are about the rule, whenever it holds.
            None => judge.world.specimens.is_some() || self.rule.in_force.contains(judge.world.today),
        }
    }

    fn hear(&self, document: &'a Document) -> Option<Hearing<'a>> {
        let judge = self.judge.as_ref().filter(|judge| !self.is_over && self.is_concerned(judge, document))?;
        let mut steps = 0;
        let said = judge.hear(document, &mut steps).unwrap_or_else(|troubled| Said::Trouble(Box::new(troubled)));
        Some(Hearing { steps, said })
    }

    fn take(&mut self, document: &'a Document, hearing: Hearing<'a>) {
        if let Some(judge) = &mut self.judge {
            *judge.spent.get_mut() += u64::from(hearing.steps);
        }
        let mut join = |key: Vec<Key>, member: Member<'a>| {
            let members = self.groups.entry(key).or_default();
            if members.last().is_none_or(|last| last.doc.id != document.id) {
                members.push(member);
            }
        };
        match hearing.said {
            Said::Nothing => {}
            Said::Met => self.ruling.judged.push((document, true)),
            Said::Fails(cases) => {
                self.ruling.judged.push((document, false));
                self.ruling.failing.extend(cases);
            }
            Said::Member(key) => join(key, Member { doc: document, each: None, item: None, amount: None }),
            Said::Members(members) => members.into_iter().for_each(|(key, member)| join(key, member)),
            Said::Trouble(troubled) => self.ruling.troubles.push((*troubled, document)),
        }
    }

    fn conclude(mut self) -> Ruling<'a> {
        self.ruling.joined = self.groups.values().flatten().map(|member| member.doc.id).collect();
        self.ruling.joined.sort_unstable();
        self.ruling.joined.dedup();
        if let Some(judge) = self.judge {
            if !self.is_over {
                self.groups.sort_unstable_keys();
                judge.groups(std::mem::take(&mut self.groups), &mut self.ruling);
            }
            self.ruling.spent = judge.spent.load(Ordering::Relaxed);
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

    fn hear(&self, document: &'a Document, steps: &mut u32) -> Result<Said<'a>, Troubled<'a>> {
        let alone = Case { doc: Some(document), ..Case::default() };
        let Some(for_each) = &self.program.for_each else {
            let mut machine = self.machine(alone);
            let found = self.find(&mut machine);
            *steps = machine.steps();
            return Ok(match found? {
                Found::Nothing => Said::Nothing,
                Found::Decided(true) => Said::Met,
                Found::Decided(false) => Said::Fails(vec![CaseRuling { case: machine.case, item: None }]),
                Found::Grouped(key) => Said::Member(key),
            });
        };
        let list = value(&mut self.machine(alone.clone()), for_each)?;
        let (mut failing, mut members, mut said) = (Vec::new(), Vec::new(), Said::Nothing);
        for index in 0..list.length().unwrap_or(0) {
            let item = if let Val::Items(items) = &list { items.get(index).map(|item| item.span) } else { None };
            let mut machine = self.machine(Case { each: self.world.nth(&list, index), ..alone.clone() });
            let found = self.find(&mut machine);
            *steps = steps.saturating_add(machine.steps());
            match found? {
                Found::Nothing => {}
                Found::Decided(true) => said = Said::Met,
                Found::Decided(false) => failing.push(CaseRuling { case: machine.case, item }),
                Found::Grouped(key) => {
                    members.push((key, Member { doc: document, each: machine.case.each, item, amount: None }));
                }
            }
        }
        Ok(match (failing.is_empty(), members.is_empty()) {
            (false, _) => Said::Fails(failing),
            (_, false) => Said::Members(members),
            _ => said,
        })
    }

    fn find(&self, machine: &mut Machine<'a>) -> Result<Found, Troubled<'a>> {
        if let Some(when) = &self.program.when
            && !holds(machine, when)?
        {
            return Ok(Found::Nothing);
        }
        if !self.program.is_grouped() {
            let decided = self.decide(machine);
            // What is asked of a document that does not exist cannot be answered; that it does not is a finding of its own.
            return if machine.was_lost() && !matches!(decided, Ok(true)) {
                Ok(Found::Nothing)
            } else {
                decided.map(Found::Decided)
            };
        }
        let key = |by| value(machine, by).map(|val| Key::new(&self.world, &val));
        self.program.group_by.iter().map(key).collect::<Result<_, _>>().map(Found::Grouped)
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
