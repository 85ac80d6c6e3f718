//! Pages of rules: what each asks and of whom, who meets it, what is left of a quota, who waits, who is excused.
//!
//! All of it was decided by [`crate::check::rules`]; these builders count and link. The words of an expression are the theme's
//! (`[expressions]` in its locales), the names in it are the titles of the fields: no rule is known here by what it is about.
//!
//! Start with [`ruled::Ruled`], which is worked out once, and [`page::value`], the page of one rule.

mod ruled;
mod scope;
mod sheets;
mod wording;
mod parts;
mod example;
mod figures;
mod account;
mod balance;
mod period;
mod standing;
mod page;
mod ledger;
mod register;
mod dashboard;
mod quality;
mod overview;
#[cfg(test)]
mod tests;

pub(super) use account::{
    AccountValue, headings, names_of as account_names, of_document as accounts_of, value as account_value, year_part,
};
pub(super) use balance::in_words as accounts_in_words;
pub(super) use figures::in_a_line;
pub(super) use overview::{Overview, overview, overview_pages, overview_url, overviews, quality_url, rules_url};
pub(super) use page::{contents, value};
pub(super) use ruled::{Judged, RuleLink, Ruled};
pub(super) use standing::{Standings, standings};
