//! Groups: who is in them, what they use, who is at fault, who waits.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::ruling::{GroupRuling, Member, Ruling, Troubled};
use super::{AT_ONCE, Groups, Judge, MOST_STEPS_OF_A_GROUP, holds, value};
use crate::check::rules::language::eval::{Case, Machine};
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::model::{Date, Document};

/// In larger groups, nobody is told at which document a limit was passed: that would cost the square of their size.
const TOLD_APART: usize = 64;

impl<'a> Judge<'a> {
    /// The members that do not meet the rule, each asked on its own with its group around it.
    fn members_at_fault(&self, members: &[Member<'a>], machine: &mut Machine<'a>) -> Result<Vec<usize>, Troubled<'a>> {
        self.count(machine)?;
        let mut at_fault = Vec::new();
        for (place, member) in members.iter().enumerate() {
            machine.case.doc = Some(member.doc);
            machine.case.each.clone_from(&member.each);
            if !self.program.assert.as_ref().map_or(Ok(true), |assert| holds(machine, assert))? {
                at_fault.push(place);
            }
        }
        machine.case.doc = None;
        machine.case.each = None;
        Ok(at_fault)
    }

    pub(super) fn groups(&self, groups: Groups<'a>, ruling: &mut Ruling<'a>) {
        let mut made: Vec<(Vec<Key>, Vec<Member<'a>>, Case<'a>)> = Vec::with_capacity(groups.len());
        for (key, mut members) in groups {
            members.sort_by(|a, b| rank(a.doc).cmp(&rank(b.doc)));
            let list: Arc<[Val<'a>]> = members.iter().map(|member| Val::Document(member.doc)).collect();
            let previous = made.last().and_then(|(before, _, case)| {
                (before.split_last()?.1 == key.split_last()?.1).then(|| case.group.clone())?
            });
            let case = Case { group: Some(list), key: self.key(members.first()), previous, ..Case::default() };
            made.push((key, members, case));
        }
        let mut made = made.into_iter();
        while made.len() > 0 {
            let some: Vec<_> = made.by_ref().take(AT_ONCE).collect();
            let lasts: Vec<Option<&'a Document>> =
                some.iter().map(|(_, members, _)| members.last().map(|member| member.doc)).collect();
            let judged: Vec<Result<Option<GroupRuling<'a>>, Troubled<'a>>> = some
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
            if self.is_exhausted(last.as_ref(), ruling) {
                return;
            }
        }
    }

    /// The values of the key that a member, and so all of them, has.
    fn key(&self, member: Option<&Member<'a>>) -> Option<Val<'a>> {
        let member = member?;
        let case = Case { doc: Some(member.doc), each: member.each.clone(), ..Case::default() };
        let mut machine = self.machine(case);
        let vals = self.program.group_by.iter().map(|by| machine.eval(&by.expr).unwrap_or(Val::Null));
        Some(Val::List(vals.collect()))
    }

    fn group(
        &self,
        key: Vec<Key>,
        members: Vec<Member<'a>>,
        case: Case<'a>,
    ) -> Result<Option<GroupRuling<'a>>, Troubled<'a>> {
        let mut machine = self.machine(case).with_steps(MOST_STEPS_OF_A_GROUP);
        let group = self.try_group(key, members, &mut machine);
        self.spent.fetch_add(u64::from(machine.steps()), Ordering::Relaxed);
        Ok(group?.map(|group| GroupRuling { case: machine.case, ..group }))
    }

    /// The ruling on a group, but for its case.
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
        let at_fault = if self.program.per_member {
            self.members_at_fault(&members, machine)?
        } else if self.decide(machine)? {
            Vec::new()
        } else {
            self.at_fault(members.len(), &machine.case)
        };
        self.amounts(&mut members, &machine.case)?;
        let held = at_fault.is_empty();
        let waiting = self.waiting(&members, machine)?;
        let (used, limit) = (machine.case.used, machine.case.limit);
        Ok(Some(GroupRuling { key, members, held, at_fault, used, limit, waiting, case: Case::default() }))
    }

    /// What each member adds to the measure of the quota.
    fn amounts(&self, members: &mut [Member<'a>], case: &Case<'a>) -> Result<(), Troubled<'a>> {
        let Some(quota) = &self.program.quota else { return Ok(()) };
        if let [only] = members {
            only.amount = case.used;
            return Ok(());
        }
        let measure = |from: usize, until: usize| {
            let mut machine = self.machine(part(case, from, until));
            value(&mut machine, &quota.measure).map(|val| val.as_number().unwrap_or(0.0))
        };
        let alone = quota.additive || members.len() > TOLD_APART;
        let mut before = 0.0;
        for (place, member) in members.iter_mut().enumerate() {
            let amount = if alone { measure(place, place + 1)? } else { measure(0, place + 1)? - before };
            before += amount;
            member.amount = Some(amount);
        }
        Ok(())
    }

    /// The members since which the rule has not been met any more; where it never was, the last. The first member may pass the limit
    /// of a quota by itself: the quota was met before it, when nothing was used.
    fn at_fault(&self, length: usize, case: &Case<'a>) -> Vec<usize> {
        let last = length.saturating_sub(1);
        if length > TOLD_APART {
            return vec![last];
        }
        let least = usize::from(self.program.quota.is_none());
        let met = (least..length).rev().find(|until| {
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
