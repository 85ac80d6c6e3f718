use std::collections::BTreeSet;

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
        let mut is_shown = vec![shown.is_none(); parts.len()];
        shown.unwrap_or_default().iter().for_each(|place| is_shown[*place] = true);
        let dates = parts.iter().zip(&is_shown).filter(|(_, is_shown)| **is_shown);
        let years: BTreeSet<i16> = dates.filter_map(|(part, _)| Some(part.document.date?.value.year())).collect();
        let origins = origins.iter().map(|origin| Count {
            title: origin.title,
            count: origin.values.iter().filter(|parts| parts.iter().any(|place| is_shown[*place])).count(),
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
