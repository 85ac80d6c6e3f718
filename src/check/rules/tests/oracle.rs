//! Random reports, judged by rules and by plain Rust: both must say the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::books::{Book, book};

const QUOTA: &str = "for_each: doc.shops
group_by: [each, year(doc.asked)]
quota: { measure: 'sum(group, \"hours\")', limit: params.most }
assert: used <= limit || group.exists(d, has(d.relay))
params: { most: 3 }
message: \"{{ key[0].name }} {{ key[1] }} {{ used }}\"";

const SEMESTER: &str = "for_each: doc.shops
group_by: [each, year(doc.asked), semester(doc.asked)]
assert: size(group) <= 1
message: \"{{ key[0].name }} {{ key[1] }} {{ key[2] }}\"";

const ORDER: &str = "assert: in_order(doc.asked, doc.contract.signed, doc.updated)
message: out of order";

const WAITING: &str = "group_by: year(doc.asked)
let: { served: 'group.filter(d, d.state == \"done\")' }
order: { who: doc.state == \"asked\", by: ['served.exists(s, overlaps(s.shops, doc.shops))', doc.asked] }
assert: doc.state != \"done\" || !group.exists(w, w.state == \"asked\" && w.asked < doc.asked)
message: late";

#[derive(Debug, Clone)]
struct Report {
    name: String,
    shops: Vec<&'static str>,
    /// Month and day of 2024 or 2025.
    asked: (i16, i8, i8),
    signed: Option<(i16, i8, i8)>,
    updated: Option<(i16, i8, i8)>,
    /// In halves.
    hours: u8,
    relay: bool,
    done: bool,
}

type Day = (i16, i8, i8);

fn written((year, month, day): Day) -> String {
    format!("{year}-{month:02}-{day:02}")
}

impl Report {
    fn text(&self) -> String {
        let hours = f64::from(self.hours) / 2.0;
        let mut text = format!(
            "---\ntitle: Report {}\ndate: {}\nasked: {}\nshops: [{}]\nhours: {hours}\nstate: {}\n",
            self.name,
            written(self.asked),
            written(self.asked),
            self.shops.join(", "),
            if self.done { "done" } else { "asked" },
        );
        if let Some(day) = self.signed {
            let _ = writeln!(text, "contract: {{ signed: {} }}", written(day));
        }
        if let Some(day) = self.updated {
            let _ = writeln!(text, "updated: {}", written(day));
        }
        if self.relay {
            text.push_str("relay: others\n");
        }
        text + "---\n"
    }
}

fn day() -> impl Strategy<Value = Day> {
    (2024_i16..2026, 1_i8..13, 1_i8..29)
}

fn reports() -> impl Strategy<Value = Vec<Report>> {
    let shops = btree_set(prop::sample::select(&["north", "south"]), 1..3);
    let report = (
        shops,
        day(),
        prop::option::of(day()),
        prop::option::of(day()),
        0_u8..6,
        prop::bool::weighted(0.15),
        any::<bool>(),
    );
    vec(report, 0..10).prop_map(|reports| {
        let made =
            reports.into_iter().enumerate().map(|(number, (shops, asked, signed, updated, hours, relay, done))| {
                Report {
                    name: format!("r{number}"),
                    shops: shops.into_iter().collect(),
                    asked,
                    signed,
                    updated,
                    hours,
                    relay,
                    done,
                }
            });
        made.collect()
    })
}

/// Groups by a key, each in the order of dates and names.
fn grouped<K: Ord>(reports: &[Report], keys: impl Fn(&Report) -> Vec<K>) -> BTreeMap<K, Vec<&Report>> {
    let mut groups: BTreeMap<K, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        for key in keys(report) {
            groups.entry(key).or_default().push(report);
        }
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| (a.asked, &a.name).cmp(&(b.asked, &b.name)));
    }
    groups
}

/// The members behind the longest beginning of a group that is right, be it empty.
fn at_fault<'r>(group: &[&'r Report], right: impl Fn(&[&Report]) -> bool) -> Vec<&'r Report> {
    if right(group) {
        return Vec::new();
    }
    let length = (0..group.len()).rev().find(|length| right(&group[..*length]));
    group[length.expect("nothing uses nothing")..].to_vec()
}

fn halves(group: &[&Report]) -> u32 {
    group.iter().map(|report| u32::from(report.hours)).sum()
}

/// What a rule says: names and messages, sorted.
fn said(book: &Book, code: &str) -> Vec<(String, String)> {
    let found = book.sink.diagnostics().iter().filter(|found| found.code.name() == code);
    let name = |path: &str| path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned();
    let mut said: Vec<_> =
        found.map(|found| (name(&book.snapshot.file(found.span.source).path), found.message.clone())).collect();
    said.sort();
    said
}

fn expect_quota(reports: &[Report]) -> Vec<(String, String)> {
    let groups = grouped(reports, |report| report.shops.iter().map(|shop| (*shop, report.asked.0)).collect());
    let mut expected = Vec::new();
    for ((shop, year), group) in groups {
        let right = |group: &[&Report]| halves(group) <= 6 || group.iter().any(|report| report.relay);
        let used = f64::from(halves(&group)) / 2.0;
        expected.extend(
            at_fault(&group, right).iter().map(|report| (report.name.clone(), format!("{shop} {year} {used}"))),
        );
    }
    expected.sort();
    expected
}

fn expect_semester(reports: &[Report]) -> Vec<(String, String)> {
    let semester = |(year, month, _): Day| (year, if month <= 6 { 1 } else { 2 });
    let groups = grouped(reports, |report| report.shops.iter().map(|shop| (*shop, semester(report.asked))).collect());
    let mut expected = Vec::new();
    for ((shop, (year, semester)), group) in groups {
        let late = group.iter().skip(1).map(|report| (report.name.clone(), format!("{shop} {year} {semester}")));
        expected.extend(late);
    }
    expected.sort();
    expected
}

fn expect_order(reports: &[Report]) -> Vec<(String, String)> {
    let wrong = reports.iter().filter(|report| {
        let days: Vec<Day> = [Some(report.asked), report.signed, report.updated].into_iter().flatten().collect();
        !days.is_sorted()
    });
    wrong.map(|report| (report.name.clone(), "out of order".to_owned())).collect()
}

fn expect_late(reports: &[Report]) -> Vec<(String, String)> {
    let late = reports.iter().filter(|report| {
        let waits = |other: &Report| !other.done && other.asked.0 == report.asked.0 && other.asked < report.asked;
        report.done && reports.iter().any(waits)
    });
    late.map(|report| (report.name.clone(), "late".to_owned())).collect()
}

fn expect_queues(reports: &[Report]) -> Vec<Vec<String>> {
    let groups = grouped(reports, |report| vec![report.asked.0]);
    let mut queues = Vec::new();
    for group in groups.values() {
        let served = |report: &Report| {
            group.iter().any(|other| other.done && other.shops.iter().any(|shop| report.shops.contains(shop)))
        };
        let mut waiting: Vec<&&Report> = group.iter().filter(|report| !report.done).collect();
        waiting.sort_by_key(|report| (served(report), report.asked));
        if !waiting.is_empty() {
            queues.push(waiting.iter().map(|report| report.name.clone()).collect());
        }
    }
    queues
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_say_what_plain_rust_says(reports in reports()) {
        let rule = |code: &str, lines: &str| {
            let text = format!("---\ntitle: Rule\ncode: {code}\nsource: main#quota\napplies_to: repairs\n{lines}\n---\n");
            (format!("content/rules/{}.md", code.to_lowercase()), text)
        };
        let mut files = vec![rule("Q", QUOTA), rule("S", SEMESTER), rule("O", ORDER), rule("W", WAITING)];
        files.extend(reports.iter().map(|report| (format!("content/repairs/{}.md", report.name), report.text())));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let book = book(&files);

        prop_assert_eq!(said(&book, "Q"), expect_quota(&reports));
        prop_assert_eq!(said(&book, "S"), expect_semester(&reports));
        prop_assert_eq!(said(&book, "O"), expect_order(&reports));
        prop_assert_eq!(said(&book, "W"), expect_late(&reports));
        let place = book.rules.rules.iter().position(|rule| rule.code.value == "W").unwrap();
        let queues: Vec<Vec<String>> = book.verdicts.rules[place]
            .queues
            .iter()
            .map(|queue| queue.waiting.iter().map(|id| book.site.document(*id).name.clone()).collect())
            .collect();
        prop_assert_eq!(queues, expect_queues(&reports));
        // What is used of a quota is the sum of what each contributed.
        let place = book.rules.rules.iter().position(|rule| rule.code.value == "Q").unwrap();
        for account in &book.verdicts.rules[place].accounts {
            let sum: f64 = account.contributions.iter().map(|one| one.amount).sum();
            prop_assert!((sum - account.used).abs() < 1e-6);
        }
    }
}
