//! The accounts of a quota, as the pages of rules show them: used, left, and every document that counts.

use std::fmt::Write as _;

use super::say::Painter;
use crate::check::rules::Account;
use crate::check::views::data::{AccountAt, Content};
use crate::render::escape::escape;
use crate::render::rule::{self, AccountValue, Judged};

impl<'a> Painter<'a> {
    /// An account with the rule that keeps it.
    pub(super) fn account(&self, at: AccountAt) -> Option<(Judged<'a>, &'a Account)> {
        let judged = self.shared.ruled.at(at.rule);
        Some((judged, judged.verdict.accounts.get(at.account)?))
    }

    fn value(&self, at: AccountAt) -> AccountValue<'a> {
        rule::account_value(self.shared, at.rule, at.account, true)
    }

    /// The heads of the columns that tell accounts apart, and that of the year.
    fn heads(&self, accounts: &[AccountAt]) -> (String, Option<String>) {
        let Some(first) = accounts.first() else { return (String::new(), None) };
        let judged = self.shared.ruled.at(first.rule);
        let year = rule::year_part(judged);
        let headings = rule::headings(self.shared, judged);
        let of_year = year.and_then(|year| headings.get(year)).cloned();
        let others: Vec<String> =
            headings.into_iter().enumerate().filter(|(at, _)| Some(*at) != year).map(|(_, heading)| heading).collect();
        match (others.is_empty(), of_year) {
            (true, Some(year)) => (year, None),
            (true, None) => (self.words().text("account").to_owned(), None),
            (false, year) => (others.join(", "), year),
        }
    }

    /// The year of an account.
    fn year(&self, at: AccountAt) -> String {
        let Some((judged, account)) = self.account(at) else { return String::new() };
        rule::year_part(judged).and_then(|part| account.labels.get(part)).cloned().unwrap_or_default()
    }

    pub(super) fn ledger(&self, accounts: &[AccountAt], title: &str, html: &mut String) {
        let (head, year) = self.heads(accounts);
        let mut inside = format!("<caption class=\"visually-hidden\">{title}</caption><thead><tr>");
        let _ = write!(inside, "<th scope=\"col\">{}</th>", escape(&head));
        if let Some(year) = &year {
            let _ = write!(inside, "<th scope=\"col\">{}</th>", escape(year));
        }
        for key in ["used", "limit", "left"] {
            let _ = write!(inside, "<th scope=\"col\" class=\"figure\">{}</th>", self.word(key));
        }
        let _ = writeln!(inside, "<th scope=\"col\">{}</th></tr></thead><tbody>", self.word("contributions"));
        for at in accounts {
            self.account_line(*at, year.as_deref(), &mut inside);
        }
        inside.push_str("</tbody>");
        let name = escape(self.words().text("table_named")).replace("{name}", title);
        Self::table(&name, "outcomes view-ledger-table", &inside, html);
    }

    fn account_line(&self, at: AccountAt, year: Option<&str>, inside: &mut String) {
        let account = self.value(at);
        let names = account.names.iter().map(|name| match name.url.as_str() {
            "" => escape(&name.text),
            url => self.link(url, &name.text),
        });
        let mut names = names.collect::<Vec<_>>().join(", ");
        if names.is_empty() {
            names = escape(&self.year(at));
        }
        let badge = match (account.met, account.is_over) {
            (false, _) => format!(" <span class=\"badge rule-fails\">{}</span>", self.word("over_limit")),
            (true, true) => format!(" <span class=\"badge\">{}</span>", self.word("over_allowed")),
            (true, false) => String::new(),
        };
        let _ = write!(inside, "<tr><th scope=\"row\">{names}{badge}</th>");
        if let Some(head) = year {
            let _ = write!(inside, "<td data-label=\"{}\">{}</td>", escape(head), escape(&self.year(at)));
        }
        let unit = if account.unit.is_empty() { String::new() } else { format!(" {}", escape(&account.unit)) };
        let over = if account.is_over { " view-over" } else { "" };
        let _ = write!(
            inside,
            "<td class=\"figure\" data-label=\"{}\"><span><strong>{}</strong>{unit}<svg class=\"view-bar view-used{over}\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"view-whole\" width=\"100\" height=\"10\"/><rect class=\"view-fill\" width=\"{}\" height=\"10\"/></svg></span></td>",
            self.word("used"),
            escape(&account.used),
            account.share
        );
        for (key, text) in [("limit", &account.limit), ("left", &account.left)] {
            let _ = write!(inside, "<td class=\"figure\" data-label=\"{}\">{}</td>", self.word(key), escape(text));
        }
        let _ = write!(inside, "<td data-label=\"{}\"><ul class=\"values\">", self.word("contributions"));
        for item in &account.contributions {
            let date = match item.date_text.as_str() {
                "" => String::new(),
                date => format!(" <span class=\"context\">{}</span>", escape(date)),
            };
            let (amount, link) = (escape(&item.amount), self.link(&item.url, &item.title));
            let _ = write!(inside, "<li><span class=\"number\">{amount}</span> {link}{date}</li>");
        }
        inside.push_str("</ul></td></tr>\n");
    }

    /// The rules that keep the accounts, with the page of all of theirs.
    pub(super) fn rules(&self, accounts: &[AccountAt], html: &mut String) {
        let mut rules: Vec<usize> = accounts.iter().map(|at| at.rule).collect();
        rules.dedup();
        let words = self.words();
        let links: Vec<String> = rules
            .into_iter()
            .map(|rule| {
                let judged = self.shared.ruled.at(rule);
                let title = format!("{} {}", judged.rule.code.value, judged.rule.title);
                let rule = self.link(&judged.document.page.url, &title);
                let all = self.link(&judged.ledger_url(self.shared), words.text("ledger_see"));
                format!("{rule} ({all})")
            })
            .collect();
        if !links.is_empty() {
            let _ = write!(html, "<div><dt>{}</dt><dd>{}</dd></div>", self.word("rule"), links.join(", "));
        }
    }

    /// One record an account: what it is told apart by, used, limit, left, unit, over or not, and how many documents count.
    pub(super) fn account_records(&self) -> Vec<Vec<String>> {
        let Content::Accounts(accounts) = &self.view.data.content else { return Vec::new() };
        let headings =
            accounts.first().map(|at| rule::headings(self.shared, self.shared.ruled.at(at.rule))).unwrap_or_default();
        let words = ["used", "limit", "left", "view_unit", "over_limit", "view_documents"];
        let header = headings.into_iter().chain(words.map(|key| self.words().text(key).to_owned())).collect();
        let record = accounts.iter().filter_map(|at| {
            let (judged, account) = self.account(*at)?;
            let plain = |number: f64| ((number * 1e6).round() / 1e6).to_string();
            let unit = account.unit.as_ref().map(|(_, several)| several.clone()).unwrap_or_default();
            let counted = account.contributions.iter().filter(|contribution| contribution.amount != 0.0).count();
            let names = rule::account_names(self.shared, judged, account);
            let mut record: Vec<String> = names.into_iter().map(|name| name.text).collect();
            record.extend([plain(account.used), plain(account.limit), plain(account.left()), unit]);
            record.extend([self.words().lang.truth(account.used > account.limit).to_owned(), counted.to_string()]);
            Some(record)
        });
        std::iter::once(header).chain(record).collect()
    }
}
