use serde::Serialize;

use super::RuleLink;
use super::account::{self, AccountValue, Name};
use super::balance;
use super::ruled::Judged;
use crate::render::collection::{on_page, pagination};
use crate::render::page::{Head, Page};
use crate::render::shared::Shared;

/// The accounts of one rule, on one page of theirs.
#[derive(Serialize)]
struct Ledger<'a> {
    rule: RuleLink<'a>,
    /// What the parts of a key are called, the year left out.
    headings: Vec<String>,
    /// Those of which the page has accounts, the latest first; one without a title where no part of the key is a year.
    years: Vec<Year<'a>>,
    /// Where each year begins, those of the other pages with them; empty where there is but one page.
    all_years: Vec<Name>,
    count: usize,
    /// What all of them come to, on the first page.
    sentence: String,
}

#[derive(Serialize)]
struct Year<'a> {
    id: String,
    title: String,
    /// How many accounts it has, those of the other pages with them.
    count: usize,
    accounts: Vec<AccountValue<'a>>,
}

/// A page of a rule's accounts: what each key has used, what is left, and every document that counts.
pub(super) fn page(shared: &Shared<'_>, place: usize, number: usize) -> Page {
    let judged = shared.ruled.at(place);
    let words = shared.words();
    let title = words.text("ledger_title").replace("{title}", &judged.rule.title);
    let (first, total) = (judged.ledger_url(shared), shared.ruled.sheets(place).count());
    let mut head = Head::new(shared, "ledger", &title, &judged.ledger_page(shared, number));
    let document = judged.document;
    head.section = document.collection.clone().unwrap_or_default();
    let description = words.text("ledger_description").replace("{title}", &judged.rule.title);
    head.description = on_page(shared, description, number, total);
    let above =
        shared.collection_of(document).map(|collection| (collection.title.as_str(), format!("{}/", collection.id)));
    let rule = (judged.rule.title.as_str(), document.page.url.as_str());
    let own = (number > 0).then_some((words.text("ledger"), first.as_str()));
    let above = above.iter().map(|(title, url)| (*title, url.as_str()));
    let mut head = head.below(shared, above.chain([rule]).chain(own));
    let ledger = value(shared, place, number);
    if total == 1 {
        for year in ledger.years.iter().filter(|year| !year.title.is_empty()) {
            head.heading(2, &year.id, &year.title);
        }
    }
    Page::new(shared, "ledger.html", &head)
        .with("ledger", &ledger)
        .with("pagination", &pagination(shared, &first, number, total))
        .from(document.page.source, None)
}

fn sentence<'a>(shared: &Shared<'a>, judged: Judged<'a>) -> String {
    let accounts: Vec<_> = judged.verdict.accounts.iter().map(|account| (judged, account)).collect();
    crate::render::view::joined(shared.words(), &balance::in_words(shared, &accounts))
}

fn value<'a>(shared: &Shared<'a>, place: usize, number: usize) -> Ledger<'a> {
    let (judged, sheets) = (shared.ruled.at(place), shared.ruled.sheets(place));
    let part = account::year_part(judged);
    let headings = account::headings(shared, judged).into_iter().enumerate();
    let page = sheets.pages.get(number).cloned().unwrap_or_default();
    let (mut years, mut all_years) = (Vec::new(), Vec::new());
    for (year, at) in sheets.years.iter().enumerate() {
        let first = sheets.order[at.start];
        let title = part.and_then(|part| judged.verdict.accounts[first].labels.get(part)).cloned().unwrap_or_default();
        let id = format!("year_{}", year + 1);
        if sheets.count() > 1 && !title.is_empty() {
            let url = format!("{}#{id}", judged.ledger_page(shared, sheets.page_of(first)));
            all_years.push(Name { text: title.clone(), url });
        }
        let here = at.start.max(page.start)..at.end.min(page.end);
        if !here.is_empty() {
            let accounts = sheets.order[here].iter().map(|&account| account::value(shared, place, account, true));
            years.push(Year { id, title, count: at.len(), accounts: accounts.collect() });
        }
    }
    Ledger {
        rule: judged.link(shared),
        headings: headings.filter(|(at, _)| Some(*at) != part).map(|(_, heading)| heading).collect(),
        years,
        all_years,
        count: judged.verdict.accounts.len(),
        sentence: if number == 0 { sentence(shared, judged) } else { String::new() },
    }
}
