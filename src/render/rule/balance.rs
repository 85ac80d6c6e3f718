//! What accounts come to, in one sentence.

use super::account::{names_of, unit};
use super::ruled::Judged;
use crate::check::rules::Account;
use crate::render::number;
use crate::render::shared::Shared;
use crate::render::view::names;

/// Room for the rounding of doubles.
const ROUNDING: f64 = 1e-9;

/// Which account is used most, which are over their limit and which have nothing left: the parts of a sentence.
pub(in crate::render) fn in_words<'a>(shared: &Shared<'a>, accounts: &[(Judged<'a>, &'a Account)]) -> Vec<String> {
    let words = shared.words();
    let mut clauses: Vec<String> = Vec::new();
    let labels = |is_such: &dyn Fn(&Account) -> bool| -> Vec<String> {
        let such = accounts.iter().filter(|(_, account)| is_such(account));
        such.map(|(judged, account)| label(shared, *judged, account)).collect()
    };
    let said = |key: &str, labels: &[String], most: Option<&Account>| {
        let mut text = words.text(key).replace("{labels}", &names(words, labels));
        if let Some(account) = most {
            let lang = words.lang;
            let used = number::number(lang, account.used);
            let unit = unit(lang, account);
            let used = if unit.is_empty() { used } else { format!("{used} {unit}") };
            text = text.replace("{used}", &used).replace("{limit}", &number::number(lang, account.limit));
        }
        text
    };
    let most = accounts.iter().map(|(_, account)| *account).filter(|account| account.used > 0.0);
    let Some(most) = most.max_by(|a, b| share(a).total_cmp(&share(b)).then(a.used.total_cmp(&b.used))) else {
        return clauses;
    };
    let is_most = |account: &Account| same(account.used, most.used) && same(account.limit, most.limit);
    let is_over = |account: &Account| account.used > account.limit + ROUNDING;
    let (highest, over) = (labels(&is_most), labels(&is_over));
    let spent = labels(&|account| account.limit > 0.0 && same(account.used, account.limit));
    let key = match () {
        () if highest == over => "ledger_highest_over",
        () if highest == spent => "ledger_highest_spent",
        () => "ledger_highest",
    };
    clauses.push(said(key, &highest, Some(most)));
    if !over.is_empty() && over != highest {
        clauses.push(said("ledger_over", &over, None));
    }
    if !spent.is_empty() && spent != highest {
        clauses.push(said("ledger_spent", &spent, None));
    }
    if over.is_empty() && spent.is_empty() {
        clauses.push(words.text("ledger_all_left").to_owned());
    }
    clauses
}

/// What tells an account apart, as it can stand in a list: the first part, and the others behind it.
fn label(shared: &Shared<'_>, judged: Judged<'_>, account: &Account) -> String {
    let names: Vec<String> = names_of(shared, judged, account).into_iter().map(|name| name.text).collect();
    match names.split_first() {
        Some((first, [])) => first.clone(),
        Some((first, others)) => format!("{first} ({})", others.join(", ")),
        None => String::new(),
    }
}

fn share(account: &Account) -> f64 {
    if account.limit > 0.0 { account.used / account.limit } else { f64::INFINITY }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < ROUNDING
}
