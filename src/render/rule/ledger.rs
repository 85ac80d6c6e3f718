use serde::Serialize;

use super::RuleLink;
use super::account::{self, AccountValue};
use super::balance;
use super::ruled::Judged;
use crate::render::page::{Head, Page};
use crate::render::shared::Shared;

/// The accounts of one rule.
#[derive(Serialize)]
struct Ledger<'a> {
    rule: RuleLink<'a>,
    /// What the parts of a key are called, the year left out.
    headings: Vec<String>,
    /// The latest year first; one without a title where no part of the key is a year.
    years: Vec<Year<'a>>,
    count: usize,
    /// What they come to.
    sentence: String,
}

#[derive(Serialize)]
struct Year<'a> {
    id: String,
    title: String,
    accounts: Vec<AccountValue<'a>>,
}

/// The page of a rule's accounts: what each key has used, what is left, and every document that counts.
pub(super) fn page(shared: &Shared<'_>, place: usize) -> Page {
    let judged = shared.ruled.at(place);
    let words = shared.words();
    let title = words.text("ledger_title").replace("{title}", &judged.rule.title);
    let mut head = Head::new(shared, "ledger", &title, &judged.ledger_url(shared));
    let document = judged.document;
    head.section = document.collection.clone().unwrap_or_default();
    head.description = words.text("ledger_description").replace("{title}", &judged.rule.title);
    let above =
        shared.collection_of(document).map(|collection| (collection.title.as_str(), format!("{}/", collection.id)));
    let rule = (judged.rule.title.as_str(), document.page.url.as_str());
    let mut head = head.below(shared, above.iter().map(|(title, url)| (*title, url.as_str())).chain([rule]));
    let ledger = value(shared, judged);
    for year in ledger.years.iter().filter(|year| !year.title.is_empty()) {
        head.heading(2, &year.id, &year.title);
    }
    Page::new(shared, "ledger.html", &head).with("ledger", &ledger).from(document.page.source, None)
}

fn sentence<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> String {
    let accounts: Vec<_> = judged.verdict.accounts.iter().map(|account| (judged, account)).collect();
    crate::render::view::joined(shared.words(), &balance::in_words(shared, &accounts))
}

fn value<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> Ledger<'a> {
    let part = account::year_part(judged);
    let headings = account::headings(shared, judged).into_iter().enumerate();
    let mut years: Vec<Year<'a>> = Vec::new();
    for place in judged.verdict.accounts_by_year(part) {
        let title =
            part.and_then(|part| judged.verdict.accounts.get(place)?.labels.get(part)).cloned().unwrap_or_default();
        if years.last().is_none_or(|year| year.title != title) {
            years.push(Year { id: format!("year_{}", years.len() + 1), title, accounts: Vec::new() });
        }
        if let Some(year) = years.last_mut() {
            year.accounts.push(account::value(shared, judged, place, true));
        }
    }
    Ledger {
        rule: judged.link(shared),
        headings: headings.filter(|(at, _)| Some(*at) != part).map(|(_, heading)| heading).collect(),
        years,
        count: judged.verdict.accounts.len(),
        sentence: sentence(shared, judged),
    }
}
