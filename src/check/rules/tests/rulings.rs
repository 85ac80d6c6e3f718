//! What rules say of documents.

use super::books::{Book, book, book_in};
use crate::check::rules::{Standing, WaiverState};
use crate::diagnostic::{Lang, Level};

/// A rule with these lines and no useful examples; findings about examples are not looked at here.
fn rule(code: &str, lines: &str) -> (String, String) {
    let path = format!("content/rules/{}.md", code.to_lowercase());
    (path, format!("---\ntitle: Rule {code}\ncode: {code}\nsource: main#quota\napplies_to: repairs\n{lines}\n---\n"))
}

fn repair(name: &str, lines: &str) -> (String, String) {
    (
        format!("content/repairs/{name}.md"),
        format!("---\ntitle: Repair {name}\n{lines}\n---\n\nText.\n\n## Décisions\n\n- one\n"),
    )
}

fn of(files: &[(String, String)]) -> Book {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    book(&files)
}

/// The text that the findings of a rule point at, document by document.
fn pointed(book: &Book, code: &str) -> Vec<(String, String)> {
    let mut sink = book.sink.clone();
    sink.sort(&book.snapshot);
    let found = sink.diagnostics().iter().filter(|found| found.code.name() == code);
    let name = |path: &str| path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned();
    found
        .map(|found| (name(&book.snapshot.file(found.span.source).path), book.snapshot.text(found.span).to_owned()))
        .collect()
}

/// Where a rule with this `assert` points in a repair with these lines.
fn points_at(assert: &str, lines: &str) -> String {
    let book = of(&[rule("R", &format!("message: no\nassert: {assert}")), repair("a", lines)]);
    let found = pointed(&book, "R");
    assert_eq!(found.len(), 1, "{assert}: {:?}", book.findings());
    found[0].1.clone()
}

#[test]
fn a_finding_points_at_the_word_that_failed() {
    assert_eq!(points_at("doc.hours <= 3", "hours: 4"), "4");
    assert_eq!(points_at("doc.state == 'done' && doc.hours <= 3", "state: done\nhours: 4"), "4");
    assert_eq!(points_at("has(doc.relay) || doc.hours <= 3", "hours: 4"), "4");
    assert_eq!(points_at("has(doc.contract.signed)", "contract: { goal: x }"), "contract");
    assert_eq!(points_at("has(doc.relay)", "hours: 4"), "Repair a");
    assert_eq!(points_at("doc.parts.all(p, p.price < 5)", "parts: [{ price: 1 }, { price: 7 }]"), "7");
    assert_eq!(
        points_at("doc.parts.all(p, filled(p.name))", "parts:\n  - { name: x }\n  - { price: 7 }"),
        "{ price: 7 }"
    );
    assert_eq!(points_at("size(doc.parts) > 2", "parts: [{ price: 1 }]"), "[{ price: 1 }]");
    assert_eq!(points_at("section(doc, 'decisions').items > 1", "hours: 1"), "## Décisions");
    assert_eq!(points_at("lines(doc.note) < 2", "note: |\n  a\n  b"), "a\n  b");
    assert_eq!(points_at("doc.title == ''", "hours: 1"), "Repair a");
}

#[test]
fn a_case_of_an_item_points_into_the_item() {
    let lines = "for_each: doc.parts\nmessage: no\nassert: filled(each.name) || doc.parts.exists(p, p.price == 100)";
    let book = of(&[rule("R", lines), repair("a", "parts:\n  - { name: x, price: 1 }\n  - { price: 7 }")]);
    assert_eq!(pointed(&book, "R"), [("a".to_owned(), "{ price: 7 }".to_owned())]);
}

#[test]
fn at_says_where_a_finding_points() {
    let lines = "message: no\nassert: doc.hours <= 3\nat: contract.signed";
    let book =
        of(&[rule("R", lines), repair("a", "hours: 4\ncontract: { signed: 2024-01-01 }"), repair("b", "hours: 5")]);
    assert_eq!(
        pointed(&book, "R"),
        [("a".to_owned(), "2024-01-01".to_owned()), ("b".to_owned(), "Repair b".to_owned())]
    );
    let book = of(&[rule("R", "message: no\nassert: doc.hours <= 3\nat: '## Décisions'"), repair("a", "hours: 4")]);
    assert_eq!(pointed(&book, "R"), [("a".to_owned(), "## Décisions".to_owned())]);
}

#[test]
fn the_message_speaks_the_language_of_the_book() {
    let (path, text) = rule(
        "R",
        "message: \"{{ doc.title }} : {{ doc.hours }} le {{ doc.asked }} pour {{ doc.shop }}, {{ doc.state }}, {{ doc.relay }}\"\nassert: doc.hours <= 3",
    );
    let (repair_path, repair_text) = repair("a", "hours: 4.5\nasked: 2026-02-01\nshop: north\nstate: done");
    let files = [(path.as_str(), text.as_str()), (repair_path.as_str(), repair_text.as_str())];
    let message = |lang| {
        let book = book_in(lang, &files);
        let found = book.sink.diagnostics().iter().find(|found| found.code.name() == "R").unwrap();
        (found.message.clone(), found.notes.clone())
    };
    assert_eq!(message(Lang::Fr).0, "Repair a : 4,5 le 1er février 2026 pour North shop, Done, —");
    let (english, notes) = message(Lang::En);
    assert_eq!(english, "Repair a : 4.5 le 1 February 2026 pour North shop, Done, —");
    assert_eq!(notes, ["rule R: Rule R; article: « Fair share », Main charter (`main#quota`)"]);
}

const QUOTA: &str = "message: \"{{ key[0] }}: {{ used }} of {{ limit }} in {{ key[1] }}\"
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

#[test]
fn a_report_is_judged_by_the_rules_of_its_own_date() {
    let old = rule("R", "message: old\nassert: doc.hours <= 3\nin_force: { until: 2024-12-31 }");
    let mut new = rule("R", "message: new\nassert: doc.hours <= 2\nin_force: { from: 2025-01-01 }");
    new.0 = "content/rules/r2.md".to_owned();
    let book = of(&[
        old,
        new,
        repair("a", "date: 2024-12-31\nhours: 3"),
        repair("b", "date: 2025-01-01\nhours: 3"),
        repair("c", "hours: 3"),
    ]);
    assert_eq!(book.places("R").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn waivers_are_visible_and_held_to_their_term() {
    let waiver = |lines: &str| format!("hours: 4\nderogations:\n  - {{ {lines} }}");
    let book = of(&[
        rule("R", "message: no\nassert: doc.hours <= 3"),
        repair("a", &waiver("rule: R, reason: flood, by: direction")),
        repair("b", &waiver("rule: R, reason: flood, by: direction, until: 2026-06-29")),
        repair(
            "c",
            &waiver("rule: R, reason: flood, by: direction, until: 2026-06-30").replace("hours: 4", "hours: 1"),
        ),
        repair("d", &waiver("rule: RR, reason: flood, by: direction")),
        repair("e", &waiver("rule: R, by: direction")),
    ]);
    assert_eq!(book.places("R").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "d"]);
    let one = |code: &str| book.places(code).first().map(|(name, _)| name.clone()).unwrap();
    assert_eq!((one("expired-derogation"), one("unused-derogation")), ("b".to_owned(), "c".to_owned()));
    assert_eq!((one("unknown-derogation"), one("incomplete-derogation")), ("d".to_owned(), "e".to_owned()));
    let states: Vec<_> = book.verdicts.waivers.iter().map(|waiver| waiver.state).collect();
    assert_eq!(states, [WaiverState::Active, WaiverState::Expired, WaiverState::Unused, WaiverState::Active]);
    let standings: Vec<_> = book.verdicts.rules[0].documents.iter().map(|(_, standing)| *standing).collect();
    assert_eq!(standings, [Standing::Waived, Standing::Failed, Standing::Met, Standing::Failed, Standing::Waived]);
}

#[test]
fn what_is_not_written_reads_as_nothing() {
    let passes = [
        "!has(doc.relay) && doc.relay == null && !filled(doc.relay)",
        "doc.contract.signed == null && !has(doc.contract.signed)",
        "size(doc.parts) == 0 && doc.parts.all(p, p.price > 100) && !doc.parts.exists(p, true)",
        "sum(doc.parts, 'price') + 1 == 1 && max(doc.parts, 'price') == null",
        "words(doc.note) == 0 && lines(doc.note) == 0 && !contains(doc.note, 'x')",
        "in_order(doc.asked, doc.contract.signed, doc.date)",
        "doc.hours > 3 || true",
        "true || doc.hours > 3",
        "!(false && doc.hours > 3)",
        "section(doc, 'nothing') == null && section(doc, 'Décisions').items == 1",
        "!('north' in doc.shops) && doc.shops == null",
    ];
    for assert in passes {
        let book = of(&[rule("R", &format!("message: no\nassert: \"{assert}\"")), repair("a", "date: 2026-01-01")]);
        let found: Vec<_> = book.findings().into_iter().filter(|found| !found.starts_with("missing")).collect();
        assert_eq!(found, Vec::<String>::new(), "{assert}");
    }
}

#[test]
fn a_value_that_is_needed_and_missing_is_told_once_in_the_rule() {
    let book = of(&[
        rule("R", "message: no\nassert: doc.state == 'done' || doc.hours > 3"),
        repair("a", "state: asked"),
        repair("b", "state: asked"),
        repair("c", "state: done"),
    ]);
    let found: Vec<_> =
        book.sink.diagnostics().iter().filter(|found| found.code.name() == "undecidable-rule").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(book.snapshot.text(found[0].span), "doc.hours > 3");
    assert_eq!(found[0].message, "rule R cannot be decided for `a`: `doc.hours > 3` lacks a value");
    assert_eq!(found[0].related.len(), 2);
    assert_eq!((book.verdicts.rules[0].total.applies, book.verdicts.rules[0].undecided), (1, 2));
}

#[test]
fn functions_do_what_their_names_say() {
    let document = "date: 2026-03-01\nasked: 2025-12-31\nhours: 2.5\nshop: north\nshops: [north, south]\nstate: done\nserves: [main#quota]
note: |
  Élan vital

  deux lignes
parts: [{ name: b, price: 0.1 }, { name: a, price: 0.2 }, { name: b }]";
    for assert in [
        "doc.hours > 2 && doc.hours * 2 == 5 && 7 % 4 == 3 && doc.hours - 0.5 == 2 && 1 / 4 == 0.25",
        "sum(doc.parts, 'price') == 0.3 && avg([1, 2, 6]) == 3 && min([3, 1]) == 1 && max(doc.parts, 'price') == 0.2",
        "count(doc.parts) == 3 && count(doc.parts, 'price') == 2 && size(distinct(doc.parts, 'name')) == 2",
        "join(values(doc.parts, 'name'), '+') == 'b+a+b' && join(sorted(doc.parts, 'name').map(p, p.name)) == 'a, b, b'",
        "first(doc.shops) == 'north' && last(doc.shops).name == 'south' && index_of(doc.shops, 'south') == 1 && index_of([1], 2) == -1",
        "overlaps(doc.shops, [doc.shop]) && doc.shop in doc.shops && 'south' in doc.shops && !('south' in [doc.shop])",
        "doc.shop == 'north' && doc.shop == 'shops/north' && doc.shop.zone == 'hills' && doc.shop.title == 'North shop'",
        "year(doc.date) == 2026 && month(doc.date) == 3 && semester(doc.asked) == 2 && days_between(doc.asked, doc.date) == 60",
        "add_days(doc.asked, 1) == date('2026-01-01') && is_before(doc.asked, doc.date) && doc.asked < doc.date && doc.date <= today",
        "in_order(doc.asked, doc.date) && !in_order(doc.date, doc.asked)",
        "lines(doc.note) == 2 && words(doc.note) == 4 && fold(doc.note).startsWith('elan') && lower('ÉTÉ') == 'été'",
        "doc.note.contains('vital') && matches(doc.note, '(?i)élan') && !doc.note.endsWith('x') && trim(' x ') == 'x'",
        "doc.serves.exists(s, s == 'main#quota' && s.number == 'quota' && s.title == 'Fair share' && s.document.title == 'Main charter')",
        "doc.shops.exists_one(s, s.zone == 'coast') && doc.shops.filter(s, s.zone == 'hills').size() == 1",
        "[1, 2, 3].map(x, x > 1, x * 10) == [20, 30] && [1] + [2] == [1, 2] && 'a' + 'b' == 'ab'",
        "doc.shops.all(s, doc.parts.exists(p, p.name == 'a') && s.title != '')",
        "referrers(doc.shop, 'repairs').size() == 1 && documents('repairs').size() == 1 && size(documents('shops')) == 2",
        "(doc.hours > 2 ? 'long' : 'short') == 'long' && string(doc.hours) == '2.5' && number('1,5') == 1.5",
        "section(doc, 'decisions').items == 1 && doc.sections.size() == 1 && doc.text.contains('Text.')",
        "doc.name == 'a' && doc.collection == 'repairs' && doc.url == 'repairs/a/' && doc.title == 'Repair a'",
    ] {
        let book = of(&[rule("R", &format!("message: no\nassert: \"{assert}\"")), repair("a", document)]);
        let found: Vec<_> = book.findings().into_iter().filter(|found| !found.starts_with("missing-example")).collect();
        assert_eq!(found, Vec::<String>::new(), "{assert}");
    }
}

#[test]
fn a_rule_that_takes_too_long_is_stopped() {
    let lines = "message: no\nassert: \"documents('repairs').all(a, documents('repairs').all(b, documents('repairs').all(c, documents('repairs').all(d, a.name + b.name != c.name + d.name + 'x'))))\"";
    let mut files: Vec<_> = (0..60).map(|number| repair(&format!("r{number}"), "hours: 1")).collect();
    files.push(rule("R", lines));
    let book = of(&files);
    let found: Vec<_> =
        book.sink.diagnostics().iter().filter(|found| found.code.name() == "undecidable-rule").collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("too much computing"));
}

#[test]
fn drafts_are_told_of_and_count_nowhere() {
    let book = of(&[
        rule("R", "message: no\nassert: doc.hours <= 3"),
        rule("Q", QUOTA),
        repair("a", "date: 2025-02-01\nshops: [north]\nhours: 4\ndraft: true"),
    ]);
    assert_eq!(book.places("R"), [("a".to_owned(), 5)]);
    assert_eq!(book.places("Q"), []);
    assert_eq!(book.verdicts.rules[0].total.applies, 0);
}

#[test]
fn a_simulation_looks_at_the_past() {
    use crate::check::Context;
    use crate::check::rules::simulate;
    use crate::diagnostic::Sink;
    let book = of(&[
        rule("R", "message: no\nassert: doc.hours <= 3\nin_force: { from: 2026-01-01 }"),
        repair("a", "date: 2025-02-01\nhours: 4"),
    ]);
    assert_eq!(book.places("R"), []);
    let cx = Context {
        snapshot: &book.snapshot,
        config: &book.config,
        site: &book.site,
        today: "2026-06-30".parse().unwrap(),
        lang: Lang::En,
    };
    let mut sink = Sink::new(Lang::En);
    let verdicts = simulate(&cx, &book.rules, "R", &mut sink);
    assert_eq!((verdicts.rules[0].total.failed, sink.diagnostics().len()), (1, 1));
}
