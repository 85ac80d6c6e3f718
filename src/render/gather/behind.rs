use std::collections::BTreeSet;

use serde::Serialize;

use super::Heading;
use super::narrow::Way;
use crate::render::words::Words;

/// What stands behind a page of gathered parts: how many years, and how many documents of each kind that they refer to.
#[derive(Serialize)]
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
    /// What stands behind a heading, or behind what it is narrowed to.
    pub(super) fn new(words: &Words, heading: &'a Heading<'_>, way: Option<&Way<'_>>) -> Self {
        let is_shown = |place: &usize| way.is_none_or(|way| way.parts.binary_search(place).is_ok());
        let dates = heading.parts.iter().enumerate().filter(|(place, _)| is_shown(place));
        let years: BTreeSet<i16> = dates.filter_map(|(_, part)| Some(part.document.date?.value.year())).collect();
        let origins = heading.origins.iter().map(|origin| Count {
            title: origin.title,
            count: origin.values.iter().filter(|parts| parts.iter().any(is_shown)).count(),
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
