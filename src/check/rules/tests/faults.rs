//! Faults in rules, each at its word.

use super::books::{book, book_in, rule};
use crate::diagnostic::Lang;

const REPAIR: (&str, &str) = ("content/repairs/a.md", "---\ntitle: A\nshop: north\nhours: 2\n---\n");

/// The findings of a book with one rule of these lines.
fn findings(lines: &str) -> Vec<String> {
    book(&[REPAIR, ("content/rules/r.md", &rule(lines))]).findings()
}

/// The only finding's code and faulty text.
fn only(lines: &str) -> (String, String) {
    let found = findings(lines);
    assert_eq!(found.len(), 1, "{lines}: {found:?}");
    let mut parts = found[0].splitn(3, '`');
    (parts.next().unwrap().trim().to_owned(), parts.next().unwrap().to_owned())
}

#[track_caller]
fn is(lines: &str, code: &str, text: &str) {
    assert_eq!(only(lines), (code.to_owned(), text.to_owned()), "{lines}");
}

#[test]
fn a_sound_rule_has_no_finding() {
    assert_eq!(findings("assert: doc.hours <= 3"), Vec::<String>::new());
}

#[test]
fn an_unknown_field_is_shown_at_its_word_in_every_style_of_yaml() {
    for lines in [
        "assert: doc.hous <= 3",
        "assert: 'doc.hous <= 3'",
        "assert: \"doc.hous <= 3\"",
        "assert: |\n  true &&\n  doc.hous <= 3",
        "assert: >\n  true &&\n\n  doc.hous <= 3",
    ] {
        is(lines, "unknown-field-in-expression", "hous");
    }
}

#[test]
fn fields_are_known_at_any_depth() {
    is("assert: doc.shop.zon == 'hills'", "unknown-field-in-expression", "zon");
    is("assert: doc.hours <= 3 || doc.contract.signd == null", "unknown-field-in-expression", "signd");
    is("assert: doc.hours <= 3 || doc.parts.all(p, p.prise > 1)", "unknown-field-in-expression", "prise");
    is("assert: doc.hours <= 3 && sum(doc.parts, \"prise\") < 10", "unknown-field-in-expression", "prise");
    is("assert: doc.serves.all(s, s.titel != '') && doc.hours <= 3", "unknown-field-in-expression", "titel");
    is("assert: doc.hours <= params.most\nparams: { moost: 3 }", "unknown-field-in-expression", "most");
    is("assert: has(doc.relai) || doc.hours <= 3", "unknown-field-in-expression", "relai");
    is("assert: doc['relai'] == null && doc.hours <= 3", "unknown-field-in-expression", "relai");
    is("assert: doc.hours <= 3\nat: contract.signd", "unknown-field-in-expression", "signd");
    is("assert: doc.hours <= 3 || size(section(doc, 'Décision').text) > 0", "unknown-field-in-expression", "Décision");
}

#[test]
fn one_fault_brings_no_other_with_it() {
    let quota = "quota: { measure: 'sum(group, \"hous\")', limit: 3 }\nassert: used <= limit\ngroup_by: doc.shop";
    is(quota, "unknown-field-in-expression", "hous");
}

#[test]
fn messages_are_checked_too() {
    let text = rule("assert: doc.hours <= 3").replace("message: too bad", "message: \"{{ doc.hous }} hours\"");
    let found = book(&[REPAIR, ("content/rules/r.md", &text)]).findings();
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("unknown-field-in-expression `hous`"), "{found:?}");
    let text = rule("assert: doc.hours <= 3").replace("message: too bad", "message: \"{{ doc.hours hours\"");
    let found = book(&[REPAIR, ("content/rules/r.md", &text)]).findings();
    assert!(found[0].starts_with("broken-expression `{{`"), "{found:?}");
}

#[test]
fn names_and_functions_must_exist() {
    is("assert: dok.hours <= 3", "unknown-name", "dok");
    is("assert: size(group) < 3 && doc.hours <= 3", "unknown-name", "group");
    is("assert: summ(doc.parts, 'price') < 3", "unknown-function", "summ");
    is("assert: doc.note.startWith('s')", "unknown-function", "startWith");
    is("assert: year(doc.asked, 2) < 3", "wrong-arguments", "year");
    is("assert: year(doc.hours) < 3", "wrong-arguments", "doc.hours");
    is("assert: documents('repair').size() < 3", "unknown-collection", "repair");
    is("assert: matches(doc.note, '[a')", "wrong-arguments", "'[a'");
    is("assert: doc.asked > date('2024-13-01')", "wrong-arguments", "'2024-13-01'");
    is("assert: doc.parts.all(p.price > 1, p)", "wrong-arguments", "all");
}

#[test]
fn constants_must_be_of_the_right_kind() {
    is("assert: doc.hours == 'three'", "mismatched-types", "doc.hours == 'three'");
    is("assert: doc.note > 3", "mismatched-types", "doc.note > 3");
    is("assert: doc.asked < '2024-01-01'", "mismatched-types", "doc.asked < '2024-01-01'");
    is("assert: doc.hours + 'h' == '3h'", "mismatched-types", "doc.hours + 'h'");
    is("assert: doc.note && doc.hours <= 3", "mismatched-types", "doc.note");
    is("assert: doc.parts <= 3", "mismatched-types", "doc.parts <= 3");
    is("assert: doc.hours", "mismatched-types", "doc.hours");
    is("assert: sum(doc.parts, 'name') < 3", "mismatched-types", "'name'");
}

#[test]
fn choices_and_names_must_exist() {
    is("assert: doc.state == 'finished'", "impossible-choice", "finished");
    is("assert: doc.state in ['done', 'Asked for']", "impossible-choice", "Asked for");
    is("assert: doc.shop == 'nord'", "impossible-choice", "nord");
    is("assert: \"'nord' in doc.shops\"", "impossible-choice", "nord");
    is("assert: doc.serves.exists(s, s == 'main#quotas')", "impossible-choice", "main#quotas");
}

#[test]
fn slips_of_the_pen_are_told_in_plain_words() {
    is("assert: doc.préjudice <= 3", "non-ascii-name", "préjudice");
    is("assert: doc.hours = 3", "broken-expression", "=");
    is("assert: doc.hours <= 3 doc.note", "broken-expression", "doc");
    is("assert: (doc.hours <= 3", "broken-expression", "(");
    let french = book_in(Lang::Fr, &[REPAIR, ("content/rules/r.md", &rule("assert: doc.été <= 3"))]);
    assert_eq!(french.findings(), ["non-ascii-name `été` le nom `été` a des lettres accentuées"]);
    assert!(french.sink.diagnostics()[0].help.as_ref().unwrap().contains("`ete`"));
}

#[test]
fn places_are_right_behind_accents() {
    is("assert: doc.note != 'é“à”' && doc.hous <= 3", "unknown-field-in-expression", "hous");
    is("assert: \"doc.note != 'é“à”' && doc.hous <= 3\"", "unknown-field-in-expression", "hous");
    is("assert: doc.note != 'é“à”' && sun(doc.parts) <= 3", "unknown-function", "sun");
}

#[test]
fn keys_and_articles_are_checked() {
    is("assert: doc.hours <= 3\nasert: x", "unknown-key", "asert");
    let other = rule("assert: doc.hours <= 3").replace("source: main#quota", "source: main#quotta");
    let found = book(&[REPAIR, ("content/rules/r.md", &other)]).findings();
    assert_eq!(found, ["unknown-article `main#quotta` there is no article `main#quotta`"]);
    let other = rule("assert: doc.hours <= 3").replace("applies_to: repairs", "applies_to: repair");
    let found = book(&[REPAIR, ("content/rules/r.md", &other)]).findings();
    assert_eq!(found, ["unknown-collection `repair` there is no collection `repair`"]);
    let other = rule("assert: doc.hours <= 3").replace("code: R-1\n", "");
    let found = book(&[REPAIR, ("content/rules/r.md", &other)]).findings();
    assert_eq!(found, ["incomplete-rule `A rule` this rule lacks: `code`"]);
}

#[test]
fn a_rule_that_can_never_apply_is_told() {
    let found = findings("assert: doc.hours <= 3\nwhen: 1 > 2");
    assert!(
        found.contains(&"idle-rule `1 > 2` this condition is always false: the rule never applies".to_owned()),
        "{found:?}"
    );
    let found = book(&[("content/rules/r.md", &rule("assert: doc.hours <= 3"))]).findings();
    assert_eq!(found, ["idle-rule `repairs` the collection `repairs` is empty: the rule applies to nothing"]);
    is(
        "assert: doc.hours <= 3\nin_force: { from: 2024-01-01, until: 2023-01-01 }",
        "idle-rule",
        "{ from: 2024-01-01, until: 2023-01-01 }",
    );
    assert_eq!(findings("assert: doc.hours <= 3\nwhen: params.on\nparams: { on: true }"), Vec::<String>::new());
}

#[test]
fn two_rules_share_a_code_only_one_after_the_other() {
    let first = rule("assert: doc.hours <= 3\nin_force: { until: 2024-12-31 }");
    let next = rule("assert: doc.hours <= 3\nin_force: { from: 2025-01-01 }");
    let early = rule("assert: doc.hours <= 3\nin_force: { from: 2024-06-01 }");
    assert_eq!(
        book(&[REPAIR, ("content/rules/a.md", &first), ("content/rules/b.md", &next)]).findings(),
        Vec::<String>::new()
    );
    let found = book(&[REPAIR, ("content/rules/a.md", &first), ("content/rules/b.md", &early)]);
    assert_eq!(found.places("duplicate-rule-code"), [("b".to_owned(), 3)]);
}

#[test]
fn examples_are_tests() {
    let found = findings("assert: doc.hours <= 4");
    assert_eq!(found, ["wrong-example `fails` the example \"bad\" should fail, and the rule accepts it"]);
    let found = findings("assert: doc.hours <= 2");
    assert_eq!(found, ["wrong-example `passes` the example \"good\" should pass, and the rule refuses it"]);
    let found = findings("assert: doc.hours <= 3\nwhen: has(doc.paid)");
    assert_eq!(found.len(), 2, "{found:?}");
    let without = "---\ntitle: A rule\ncode: R-1\nsource: main#quota\napplies_to: repairs\nmessage: no\nassert: doc.hours <= 3\n---\n";
    let found = book(&[REPAIR, ("content/rules/r.md", without)]).findings();
    assert_eq!(found.iter().filter(|found| found.starts_with("missing-example")).count(), 2);
}

#[test]
fn examples_are_written_in_the_words_of_the_schema() {
    let text = rule("assert: doc.hours <= 3").replace("hours: 3,", "hours: 3, hous: 2,");
    let found = book(&[REPAIR, ("content/rules/r.md", &text)]).findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("unknown-key `hous`"), "{found:?}");
    let text = rule("assert: doc.hours <= 3").replace("shop: north", "shop: east");
    let found = book(&[REPAIR, ("content/rules/r.md", &text)]).findings();
    assert_eq!(found, ["wrong-example `east` `east` leads nowhere, neither in the book nor in the example"]);
    let text = text.replace("  - title: bad", "    with: { shops/east: { title: East, zone: isles } }\n  - title: bad");
    assert_eq!(book(&[REPAIR, ("content/rules/r.md", &text)]).findings(), Vec::<String>::new());
}

#[test]
fn nothing_an_author_writes_makes_it_panic() {
    for text in [
        "doc..hours",
        "doc.",
        ".doc",
        "[",
        "{}",
        "{'a': 1}",
        "doc{a: 1}",
        "b'x'",
        "1u",
        "0x1f",
        "-1",
        "--1",
        "!doc.paid",
        "!!!doc.paid",
        "doc.?a",
        "doc[?0]",
        "a ? b : c",
        "1 ? 2 : 3",
        "doc.parts[0].price > 1",
        "doc.parts['x']",
        "key[0]",
        "has(doc)",
        "has()",
        "doc.parts.all()",
        "size()",
        "\"\"",
        "''",
        "'''x'''",
        "// x",
        "doc.hours // x",
        "in",
        "doc in",
        "null",
        "true",
        "[1, 'a']",
        "doc.parts.map(p, p.price, p.name)",
        "doc.hours.getFullYear()",
        "timestamp('x')",
        "date(doc.note)",
        "😀",
        "doc.hours <= 😀",
    ] {
        let yaml = format!("assert: {}", serde_json::to_string(text).unwrap());
        findings(&yaml);
    }
    let deep = format!("assert: \"{}doc.hours{} > 1\"", "(".repeat(24), ")".repeat(24));
    findings(&deep);
    let long = format!("assert: \"doc.hours{} > 1\"", " + 1".repeat(990));
    findings(&long);
    let ands = format!("assert: \"true{}\"", " && true".repeat(490));
    findings(&ands);
    for part in [" + 1", ".a", " < 1", "[0]", " ? 1 : 2", " * -1"] {
        let nested = (0..24).fold("doc.hours".to_owned(), |inner, _| format!("({inner}{})", part.repeat(100)));
        findings(&format!("assert: \"{nested} > 1\""));
        let inner = part.repeat(140 / part.len());
        let nested = (0..24).fold("doc.hours".to_owned(), |nested, _| format!("({nested}{inner})"));
        findings(&format!("assert: \"{nested} > 1\""));
    }
    let dots = format!("assert: \"doc{} > 1\"", ".a".repeat(1900));
    findings(&dots);
}

#[test]
fn what_a_reference_that_leads_nowhere_is_asked_is_not_judged() {
    let rule = |code: &str, assert: &str| {
        let (path, head) =
            (format!("content/rules/{}.md", code.to_lowercase()), "source: main#quota\napplies_to: repairs");
        (path, format!("---\ntitle: Rule {code}\ncode: {code}\n{head}\nmessage: no\nassert: {assert}\n---\n"))
    };
    let rules = [
        rule("R1", "doc.shop.zone in ['hills']"),
        rule("R2", "doc.shop.opened < date('2020-01-01')"),
        rule("R3", "has(doc.shop.zone)"),
        rule("R4", "doc.hours < 3"),
        rule("R5", "doc.shop in doc.shops"),
        rule("R6", "has(doc.shop)"),
    ];
    let repair = "---\ntitle: Repair\nshop: nroth\nhours: 4\n---\n";
    let mut files: Vec<(&str, &str)> = rules.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/repairs/a.md", repair));
    let book = book(&files);
    let found = book.findings();
    let judged: Vec<&String> = found.iter().filter(|found| found.starts_with('R')).collect();
    assert_eq!(judged, ["R4 `4` no"], "{found:?}");
}
