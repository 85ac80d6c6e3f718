//! The accounts of a quota, as the rule that keeps them made them up: none is worked out here.

use std::sync::Arc;

use super::Evaluator;
use super::item::ordered;
use crate::check::rules::language::eval::Case;
use crate::check::rules::language::key::Key;
use crate::check::rules::language::value::Val;
use crate::check::rules::{Account, Program};
use crate::check::views::data::{AccountAt, Content, Data};
use crate::check::views::program::Sort;
use crate::model::DocumentId;

impl<'p> Evaluator<'p> {
    pub(super) fn accounts(&self, data: &mut Data) {
        let mut shown: Vec<(AccountAt, Case<'p>)> = Vec::new();
        for rule in &self.program.rules {
            let judged = self.judged.rules.rules.get(*rule).zip(self.judged.verdicts.rules.get(*rule));
            let Some((judged, verdict)) = judged else { continue };
            let year = judged.program.as_ref().and_then(Program::year_part);
            let order = verdict.accounts_by_year(year).into_iter();
            let accounts = order.filter_map(|place| Some((place, verdict.accounts.get(place)?)));
            shown.extend(accounts.map(|(account, said)| (AccountAt { rule: *rule, account }, self.case(said))));
        }
        if let Some(filter) = &self.program.filter {
            shown.retain(|(at, case)| matches!(self.value(filter, case.clone(), &self.name(*at)), Val::Boolean(true)));
        }
        if let Sort::By(by, descending) = &self.program.sort {
            let key = |(at, case): &(AccountAt, Case<'p>)| {
                Key::new(&self.world, &self.value(by, case.clone(), &self.name(*at)))
            };
            let mut keyed: Vec<(Key, (AccountAt, Case<'p>))> = shown.into_iter().map(|one| (key(&one), one)).collect();
            keyed.sort_by(|(a, _), (b, _)| ordered(a, b, *descending));
            shown = keyed.into_iter().map(|(_, one)| one).collect();
        }
        data.items = shown.len();
        data.beyond = shown.len().saturating_sub(self.limit());
        shown.truncate(self.limit());
        let shown: Vec<AccountAt> = shown.into_iter().map(|(at, _)| at).collect();
        let accounts = shown.iter().filter_map(|at| self.account(*at));
        let mut documents: Vec<DocumentId> =
            accounts.flat_map(|account| &account.contributions).map(|contribution| contribution.document).collect();
        documents.sort_unstable();
        documents.dedup();
        data.documents = documents;
        data.content = Content::Accounts(shown);
    }

    fn account(&self, at: AccountAt) -> Option<&'p Account> {
        self.judged.verdicts.rules.get(at.rule)?.accounts.get(at.account)
    }

    /// What an account is called in a finding.
    fn name(&self, at: AccountAt) -> String {
        self.account(at).map(|account| account.labels.join(", ")).unwrap_or_default()
    }

    /// What the names of an expression about an account stand for.
    fn case(&self, account: &'p Account) -> Case<'p> {
        let documents = account.contributions.iter();
        let group = documents.map(|contribution| Val::Document(self.world.site.document(contribution.document)));
        Case {
            group: Some(group.collect()),
            key: Some(Val::List(account.key.iter().map(|part| self.part(part)).collect::<Arc<[_]>>())),
            used: Some(account.used),
            limit: Some(account.limit),
            ..Case::default()
        }
    }

    /// A part of a key, as the value that it was.
    fn part(&self, part: &'p Key) -> Val<'p> {
        let site = self.world.site;
        match part {
            Key::Null => Val::Null,
            Key::Boolean(truth) => Val::Boolean(*truth),
            Key::Number(number) => Val::Number(number.0),
            Key::Date(date) => Val::Date(*date),
            Key::Text(text) => Val::Text(text),
            Key::Document(id) => Val::Document(site.document(*id)),
            Key::Entry(id, number) => {
                let document = site.document(*id);
                let entry = document.entries.iter().find(|entry| entry.number.value == *number);
                entry.map_or(Val::Null, |entry| Val::Entry(document, entry))
            }
            Key::List(parts) => Val::List(parts.iter().map(|part| self.part(part)).collect()),
        }
    }
}
