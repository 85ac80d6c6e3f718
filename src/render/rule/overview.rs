use super::{dashboard, ledger, quality, register};
use crate::diagnostic::Level;
use crate::render::legal::free;
use crate::render::page::Page;
use crate::render::shared::Shared;

/// A page about the whole book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Overview {
    Quality,
    Rules,
    Objectives,
    Queues,
    Waivers,
    /// The accounts of a rule, by its place, and which page of them.
    Ledger(usize, usize),
}

/// Every page about the whole book that has something to say, with its title and its address; of several pages of one list, the first.
pub(in crate::render) fn overviews(shared: &Shared<'_>) -> Vec<(Overview, String, String)> {
    let words = shared.words();
    let mut pages = Vec::new();
    let quality = quality_url(shared);
    if !quality.is_empty() {
        pages.push((Overview::Quality, words.text("quality").to_owned(), quality));
    }
    let dashboard = rules_url(shared);
    if !dashboard.is_empty() {
        pages.push((Overview::Rules, words.text("rules").to_owned(), dashboard));
        let objectives = shared.ruled.all().any(|judged| judged.rule.level == Level::Objective);
        let queues = shared.ruled.all().any(|judged| judged.has_order());
        let parts = [
            (Overview::Objectives, "objectives", objectives),
            (Overview::Queues, "queues", queues),
            (Overview::Waivers, "waivers", true),
        ];
        for (page, key, shown) in parts {
            if shown {
                pages.push((page, words.text(key).to_owned(), overview_url(shared, page)));
            }
        }
    }
    for (place, judged) in shared.ruled.all().enumerate().filter(|(_, judged)| judged.has_ledger()) {
        let title = words.text("ledger_title").replace("{title}", &judged.rule.title);
        pages.push((Overview::Ledger(place, 0), title, judged.ledger_url(shared)));
    }
    pages
}

/// Every page about the whole book.
pub(in crate::render) fn overview_pages(shared: &Shared<'_>) -> Vec<Overview> {
    let pages = |page: Overview| match page {
        Overview::Ledger(place, _) => {
            (0..shared.ruled.sheets(place).count()).map(|number| Overview::Ledger(place, number)).collect()
        }
        page => vec![page],
    };
    overviews(shared).into_iter().flat_map(|(page, ..)| pages(page)).collect()
}

/// Where one of them stands; empty where the book has a page of its own there.
pub(in crate::render) fn overview_url(shared: &Shared<'_>, page: Overview) -> String {
    match page {
        Overview::Quality => quality_url(shared),
        Overview::Rules => rules_url(shared),
        Overview::Objectives => below(shared, "objectives"),
        Overview::Queues => below(shared, "queues"),
        Overview::Waivers => below(shared, "waivers"),
        Overview::Ledger(place, number) => shared.ruled.at(place).ledger_page(shared, number),
    }
}

/// Gathers what one of them shows.
pub(in crate::render) fn overview(shared: &Shared<'_>, page: Overview) -> Page {
    match page {
        Overview::Quality => quality::page(shared),
        Overview::Rules => dashboard::page(shared),
        Overview::Objectives => register::objectives(shared),
        Overview::Queues => register::queues(shared),
        Overview::Waivers => register::waivers(shared),
        Overview::Ledger(place, number) => ledger::page(shared, place, number),
    }
}

/// The address of the quality report; empty where the book has a page of its own there.
pub(in crate::render) fn quality_url(shared: &Shared<'_>) -> String {
    free(shared, shared.words().url("quality"))
}

/// The address of the dashboard; empty where there are no rules, or where the book has a page of its own there.
pub(in crate::render) fn rules_url(shared: &Shared<'_>) -> String {
    if shared.ruled.is_empty() { String::new() } else { free(shared, shared.words().url("rules")) }
}

/// The address of a page below the dashboard.
pub(super) fn below(shared: &Shared<'_>, key: &str) -> String {
    format!("{}{}", shared.words().url("rules"), shared.words().url(key))
}
