//! What rules say of documents together: quotas, orders, objectives.

use super::rulings::{of, pointed, repair, rule};
use crate::diagnostic::Level;

/// Three hours a shop and a year.
pub(super) const QUOTA: &str = "message: \"{{ key[0] }}: {{ used }} of {{ limit }} in {{ key[1] }}\"
for_each: doc.shops
group_by: [each, year(doc.date)]
when: has(doc.hours)
quota: { measure: 'sum(group, \"hours\")', limit: params.most, unit: [hour, hours] }
params: { most: 3 }";

#[test]
fn a_quota_is_counted_over_documents_and_names_every_contribution() {
    let book = of(&[
        rule("Q", QUOTA),
        repair("a", "date: 2025-02-01\nshops: [north]\nhours: 1.5"),
        repair("b", "date: 2025-03-01\nshops: [north, south]\nhours: 1.5"),
        repair("c", "date: 2025-11-01\nshops: [north]\nhours: 0.5"),
        repair("d", "date: 2026-01-01\nshops: [north]\nhours: 3"),
    ]);
    let found: Vec<_> = book.sink.diagnostics().iter().filter(|found| found.code.name() == "Q").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "North shop: 3.5 of 3 in 2025");
    assert_eq!(book.places("Q"), [("c".to_owned(), 5)]);
    let related: Vec<_> =
        found[0].related.iter().map(|label| (book.snapshot.text(label.span), label.message.as_str())).collect();
    assert_eq!(related, [("1.5", "1.5 hours already counted here"), ("1.5", "1.5 hours already counted here")]);

    let accounts = &book.verdicts.rules[0].accounts;
    let shown: Vec<_> =
        accounts.iter().map(|account| (account.labels.join(" "), account.used, account.left(), account.met)).collect();
    assert_eq!(
        shown,
        [
            ("North shop 2025".to_owned(), 3.5, 0.0, false),
            ("North shop 2026".to_owned(), 3.0, 0.0, true),
            ("South shop 2025".to_owned(), 1.5, 1.5, true),
        ]
    );
    assert_eq!(accounts[0].contributions.iter().map(|one| one.amount).collect::<Vec<_>>(), [1.5, 1.5, 0.5]);
}

#[test]
fn a_lower_limit_makes_every_document_behind_it_fail() {
    let book = of(&[
        rule("Q", &QUOTA.replace("most: 3", "most: 2")),
        repair("a", "date: 2025-02-01\nshops: [north]\nhours: 1.5"),
        repair("b", "date: 2025-03-01\nshops: [north, south]\nhours: 1.5"),
        repair("c", "date: 2025-11-01\nshops: [north]\nhours: 0.5"),
    ]);
    assert_eq!(book.places("Q").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    let verdict = &book.verdicts.rules[0];
    assert_eq!((verdict.total.applies, verdict.total.met, verdict.total.failed), (3, 1, 2));
    assert_eq!(verdict.years[&2025].failed, 2);
}

#[test]
fn a_document_that_passes_a_limit_by_itself_is_told_where_it_is() {
    let book = of(&[
        rule("Q", QUOTA),
        repair("a", "date: 2025-02-01\nshops: [north]\nhours: 4"),
        repair("b", "date: 2025-03-01\nshops: [north]\nhours: 0.5"),
    ]);
    assert_eq!(pointed(&book, "Q"), [("a".to_owned(), "4".to_owned()), ("b".to_owned(), "0.5".to_owned())]);
}

#[test]
fn a_quota_may_be_passed_where_the_rule_says_so() {
    let lines = format!("{QUOTA}\nassert: used <= limit || group.exists(d, has(d.relay))");
    let book = of(&[rule("Q", &lines), repair("a", "date: 2025-02-01\nshops: [north]\nhours: 4\nrelay: others")]);
    assert_eq!(book.places("Q"), []);
    assert!(book.verdicts.rules[0].accounts[0].met);
}

#[test]
fn one_request_a_semester() {
    let lines = "message: \"{{ size(group) }} in semester {{ key[2] }}\"
for_each: doc.shops
group_by: [each, year(doc.asked), semester(doc.asked)]
when: has(doc.asked)
assert: size(group) <= 1";
    let book = of(&[
        rule("S", lines),
        repair("a", "date: 2025-09-01\nasked: 2025-06-30\nshops: [north]"),
        repair("b", "date: 2025-09-02\nasked: 2025-07-01\nshops: [north]"),
        repair("c", "date: 2025-09-03\nasked: 2025-12-31\nshops: [south, north]"),
    ]);
    assert_eq!(pointed(&book, "S"), [("c".to_owned(), "2025-12-31".to_owned())]);
    assert!(book.sink.diagnostics().iter().any(|found| found.message == "2 in semester 2" && found.related.len() == 1));
}

#[test]
fn an_objective_is_nobodys_fault() {
    let lines = "level: objective
message: \"{{ size(distinct(group, 'shops')) }} shops in {{ key[0] }}, {{ size(distinct(previous, 'shops')) }} before\"
group_by: year(doc.date)
when: size(previous) > 0
assert: size(distinct(group, 'shops')) > size(distinct(previous, 'shops'))";
    let book = of(&[
        rule("O", lines),
        repair("a", "date: 2024-02-01\nshops: [north]"),
        repair("b", "date: 2025-02-01\nshops: [north, south]"),
        repair("c", "date: 2026-02-01\nshops: [south]"),
    ]);
    let periods: Vec<_> =
        book.verdicts.rules[0].periods.iter().map(|period| (period.labels.join(""), period.met)).collect();
    assert_eq!(periods, [("2025".to_owned(), true), ("2026".to_owned(), false)]);
    let found: Vec<_> = book.sink.diagnostics().iter().filter(|found| found.code.name() == "O").collect();
    assert_eq!(
        (found.len(), found[0].level, found[0].message.as_str()),
        (1, Level::Objective, "1 shops in 2026, 2 before")
    );
    assert_eq!(book.verdicts.rules[0].total.failed, 0);
}

#[test]
fn who_waits_is_put_in_the_order_of_the_rule() {
    let lines = "message: late
group_by: year(doc.asked)
let: { served: 'group.filter(d, d.state == \"done\")' }
order: { who: doc.state == 'asked', by: ['served.exists(d, d.shop == doc.shop)', doc.asked] }
assert: served.all(s, !group.exists(w, w.state == 'asked' && w.asked < s.asked))";
    let book = of(&[
        rule("W", lines),
        repair("a", "asked: 2026-03-01\nshop: north\nstate: asked"),
        repair("b", "asked: 2026-04-01\nshop: south\nstate: asked"),
        repair("c", "asked: 2026-01-01\nshop: north\nstate: done"),
    ]);
    assert_eq!(book.places("W"), []);
    let queue = &book.verdicts.rules[0].queues[0];
    let names: Vec<_> = queue.waiting.iter().map(|id| book.site.document(*id).name.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
}

#[test]
fn a_member_may_be_asked_with_its_group_around_it() {
    let lines = "message: \"{{ doc.name }} before {{ first(group).name }}\"
group_by: doc.shop
assert: doc.state != 'done' || group.exists(d, d.state == 'asked' && d.asked < doc.asked)";
    let book = of(&[
        rule("M", lines),
        repair("a", "asked: 2026-03-01\nshop: north\nstate: asked"),
        repair("b", "asked: 2026-04-01\nshop: north\nstate: done"),
        repair("c", "asked: 2026-01-01\nshop: north\nstate: done"),
        repair("d", "asked: 2026-04-01\nshop: south\nstate: done"),
    ]);
    assert_eq!(pointed(&book, "M"), [("c".to_owned(), "done".to_owned()), ("d".to_owned(), "done".to_owned())]);
    let messages: Vec<_> = book.sink.diagnostics().iter().map(|found| found.message.as_str()).collect();
    assert!(messages.contains(&"c before a") && messages.contains(&"d before d"));
}
