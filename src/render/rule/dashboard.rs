use serde::Serialize;

use super::figures::{self, Figures};
use super::overview::{Overview, overviews};
use super::ruled::{Judged, RuleLink};
use crate::check::rules::Standing;
use crate::diagnostic::Level;
use crate::model::{Document, Entry, Target};
use crate::render::page::{Head, Page};
use crate::render::shared::Shared;
use crate::render::value::printed_number;

/// Everything that the rules say, at a glance.
#[derive(Serialize)]
struct Dashboard<'a> {
    rules: Vec<Row<'a>>,
    /// How many documents come under at least one rule.
    judged: usize,
    /// Those that meet all of theirs.
    met: usize,
    waived: usize,
    failed: usize,
    objectives: usize,
    objectives_met: usize,
    ledgers: Vec<Link<'a>>,
    charters: Vec<Charter<'a>>,
    /// Whether any charter has entries that only people can judge.
    by_people: bool,
    objectives_url: String,
    queues_url: String,
    waiting: usize,
    waivers_url: String,
    waivers: usize,
    quality_url: String,
}

/// A rule and its figures.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    rule: RuleLink<'a>,
    is_objective: bool,
    figures: Figures,
    /// In a few words.
    summary: String,
}

#[derive(Serialize)]
struct Link<'a> {
    rule: RuleLink<'a>,
    url: String,
    count: usize,
}

/// A charter, and how much of it rules carry out.
#[derive(Serialize)]
struct Charter<'a> {
    title: &'a str,
    url: &'a str,
    entries: usize,
    ruled: usize,
    /// Its entries that no rule carries out, those apart that only people can judge.
    without: Vec<Article<'a>>,
    by_people: Vec<Article<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    number: &'a str,
    title: &'a str,
    url: &'a str,
}

/// The rules of the book and their figures, in the order of the book.
pub(super) fn rows<'a>(shared: &Shared<'a>) -> Vec<Row<'a>> {
    let row = |judged: Judged<'a>| Row {
        rule: judged.link(shared),
        is_objective: judged.rule.level == Level::Objective,
        figures: figures::figures(shared, judged),
        summary: figures::in_a_line(shared, judged),
    };
    let mut rules: Vec<Judged<'a>> = shared.ruled.all().collect();
    rules.sort_by_key(|judged| (&judged.document.collection, shared.rank[judged.document.id]));
    rules.into_iter().map(row).collect()
}

/// The page that leads to all others about rules.
pub(super) fn page(shared: &Shared<'_>) -> Page {
    let words = shared.words();
    let mut head = Head::new(shared, "rules", words.text("rules"), &words.url("rules"));
    words.text("rules_lede").clone_into(&mut head.description);
    let head = head.below(shared, None);
    Page::new(shared, "rules.html", &head).with("rules", &value(shared))
}

fn value<'a>(shared: &Shared<'a>) -> Dashboard<'a> {
    let (mut judged, mut met, mut waived, mut failed) = (0, 0, 0, 0);
    for document in shared.cx.site.published() {
        let worst = shared.ruled.standings(document).iter().map(|(_, standing)| *standing).max();
        judged += usize::from(worst.is_some());
        match worst {
            Some(Standing::Met) => met += 1,
            Some(Standing::Waived) => waived += 1,
            Some(Standing::Failed) => failed += 1,
            None => {}
        }
    }
    let periods = || shared.ruled.all().flat_map(|judged| &judged.verdict.periods);
    let named = overviews(shared);
    let url = |wanted: Overview| {
        named.iter().find(|(page, ..)| *page == wanted).map(|(.., url)| url.clone()).unwrap_or_default()
    };
    let waiting = shared.ruled.all().flat_map(|judged| &judged.verdict.queues).map(|queue| queue.waiting.len()).sum();
    let charters = charters(shared);
    Dashboard {
        rules: rows(shared),
        judged,
        met,
        waived,
        failed,
        objectives: periods().count(),
        objectives_met: periods().filter(|period| period.met).count(),
        ledgers: shared
            .ruled
            .all()
            .filter(Judged::has_ledger)
            .map(|judged| Link {
                rule: judged.link(shared),
                url: judged.ledger_url(shared),
                count: judged.verdict.accounts.len(),
            })
            .collect(),
        by_people: charters.iter().any(|charter| !charter.by_people.is_empty()),
        charters,
        objectives_url: url(Overview::Objectives),
        queues_url: url(Overview::Queues),
        waiting,
        waivers_url: url(Overview::Waivers),
        waivers: shared.cx.verdicts.waivers.len(),
        quality_url: url(Overview::Quality),
    }
}

fn charters<'a>(shared: &Shared<'a>) -> Vec<Charter<'a>> {
    let listed = shared.listed.values().flatten().copied();
    listed
        .filter(|document| shared.ruled.is_charter(document) && !document.entries.is_empty())
        .map(|document| charter(shared, document))
        .collect()
}

fn charter<'a>(shared: &Shared<'a>, document: &'a Document) -> Charter<'a> {
    let entries = document.entries.iter().enumerate();
    let unruled: Vec<&Entry> = entries
        .filter(|(place, _)| shared.ruled.carrying_out(shared, Target::Entry(document.id, *place)).is_empty())
        .map(|(_, entry)| entry)
        .collect();
    let ruled = document.entries.len() - unruled.len();
    let (by_people, without): (Vec<&Entry>, Vec<&Entry>) =
        unruled.into_iter().partition(|entry| shared.ruled.is_for_people(shared, document, entry));
    let article = |entry: &&'a Entry| Article {
        number: printed_number(document, &entry.number.value),
        title: &entry.title,
        url: &entry.url,
    };
    Charter {
        title: &document.page.title.value,
        url: &document.page.url,
        entries: document.entries.len(),
        ruled,
        without: without.iter().map(article).collect(),
        by_people: by_people.iter().map(article).collect(),
    }
}
