use std::collections::BTreeSet;

use rayon::iter::Either;
use serde::Serialize;

use super::Part;
use super::narrow::Origin;
use crate::render::words::Words;

/// What stands behind a page of gathered parts: how many years, and how many documents of each kind that they refer to.
#[derive(Serialize, Default)]
pub(super) struct Behind<'a> {
    /// The years in words; empty where no document has a date.
    years: String,
    origins: Vec<Count<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    title: &'a str,
    count: usize,
}

impl<'a> Behind<'a> {
    /// What stands behind a heading, or behind what it is narrowed to: some of its parts, by their places.
    pub(super) fn new(words: &Words, parts: &[Part<'_>], origins: &[Origin<'a>], shown: Option<&[usize]>) -> Self {
        let shown = || match shown {
            Some(places) => Either::Left(places.iter().copied()),
            None => Either::Right(0..parts.len()),
        };
        let years: BTreeSet<i16> = shown().filter_map(|place| Some(parts[place].document.date?.value.year())).collect();
        let origins = origins.iter().map(|origin| {
            let mut is_there = vec![false; origin.count];
            shown().flat_map(|place| &origin.of_part[place]).for_each(|value| is_there[*value] = true);
            Count { title: origin.title, count: is_there.into_iter().filter(|is_there| *is_there).count() }
        });
        Self { years: in_words(words, &years), origins: origins.filter(|origin| origin.count > 0).collect() }
    }
}

fn in_words(words: &Words, years: &BTreeSet<i16>) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => words
            .text("gathered_years")
            .replace("{n}", &years.len().to_string())
            .replace("{first}", &first.to_string())
            .replace("{last}", &last.to_string()),
        (Some(only), _) => words.text("gathered_year").replace("{year}", &only.to_string()),
        _ => String::new(),
    }
}
