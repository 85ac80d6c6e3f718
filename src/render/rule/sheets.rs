//! How the accounts of a rule are shared out among pages: all of a large network's on one would be too much for a telephone.

use std::ops::Range;

use super::account;
use super::ruled::Judged;

/// How many lines a page has, about: one for an account, and one for each document that counts for it.
const LINES: usize = 500;

/// The accounts of a rule, page by page.
pub(in crate::render) struct Sheets {
    /// The places of the accounts, those of the latest year first.
    pub(super) order: Vec<usize>,
    /// The stretches of that order: those of each page, …
    pub(super) pages: Vec<Range<usize>>,
    /// … and of each year; one where no part of their keys is a year.
    pub(super) years: Vec<Range<usize>>,
    /// The page of each account, by its place.
    page_of: Vec<usize>,
}

impl Sheets {
    pub(super) fn new(judged: Judged<'_>) -> Self {
        let accounts = &judged.verdict.accounts;
        let part = account::year_part(judged);
        let order = judged.verdict.accounts_by_year(part);
        let year = |place: usize| part.and_then(|part| accounts[place].key.get(part));
        let (mut pages, mut years) = (Vec::<Range<usize>>::new(), Vec::<Range<usize>>::new());
        let (mut page_of, mut lines, mut last) = (vec![0; accounts.len()], 0, None);
        for (at, &place) in order.iter().enumerate() {
            if pages.is_empty() || lines >= LINES {
                pages.push(at..at);
                lines = 0;
            }
            if last.replace(year(place)).is_none_or(|last| last != year(place)) {
                years.push(at..at);
            }
            lines += 1 + accounts[place].contributions.len();
            page_of[place] = pages.len() - 1;
            for stretch in [pages.last_mut(), years.last_mut()].into_iter().flatten() {
                stretch.end = at + 1;
            }
        }
        Self { order, pages, years, page_of }
    }

    /// How many pages there are: one at least.
    pub(super) fn count(&self) -> usize {
        self.pages.len().max(1)
    }

    /// The page of an account, by its place.
    pub(super) fn page_of(&self, account: usize) -> usize {
        self.page_of[account]
    }
}
