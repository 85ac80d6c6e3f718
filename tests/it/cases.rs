use std::fmt::Write as _;
use std::fs;

use recueil::pipeline::{Build, checks};

use crate::support::book::{Book, repository};
use crate::support::place::Place;
use crate::support::spec::{self, Case, Expected};

/// One test a spec, so that each can be run by its name; [`every_spec_is_run`] holds the list against the folder.
macro_rules! specs {
    ($($name:ident)*) => {
        const SPECS: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                run(stringify!($name));
            }
        )*
    };
}

specs! {
    broken_input
    empty_file missing_front_matter unclosed_front_matter not_utf_8 oversized_file
    broken_yaml duplicate_key yaml_anchor oversized_front_matter
    broken_toml unknown_key wrong_setting missing_setting
    unknown_type unknown_collection invalid_field unknown_field
    wrong_type missing_field unknown_choice number_out_of_bounds wrong_length pattern_mismatch too_many_lines
    wrong_number_of_items repeated_item duplicate_entry_number missing_section
    dangling_reference draft_reference future_date personal_data
    dangling_link dangling_anchor unsafe_link
    top_heading skipped_heading missing_alternative remote_picture lost_footnote
    duplicate_address invalid_address duplicate_name missing_legal_notice unknown_code missing_content lost_address
    template_error unknown_template unknown_theme rules
    broken_expression non_ascii_name unknown_name unknown_field_in_expression unknown_function wrong_arguments
    mismatched_types impossible_choice
    incomplete_rule unknown_article idle_rule duplicate_rule_code missing_example wrong_example undecidable_rule
    unknown_derogation incomplete_derogation expired_derogation unused_derogation
    invalid_view unknown_view_kind unknown_view_rule duplicate_view unknown_view misplaced_view uncomputable_view unreadable_date
    duplicate_search_query missing_search_tests slipped_search_result unknown_search_result
}

#[test]
fn every_spec_is_run() {
    let mut files: Vec<String> = fs::read_dir(repository("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .filter(|name| name != "README")
        .collect();
    files.sort();
    let mut specs = SPECS.to_vec();
    specs.sort_unstable();
    assert_eq!(files, specs, "each file of tests/cases stands in `specs!` of tests/it/cases.rs");
}

/// The book that every case starts from.
pub(crate) fn base() -> Book {
    spec::files(&repository("tests/cases/README.md"))
}

fn run(name: &str) {
    let path = repository(&format!("tests/cases/{name}.md"));
    let cases = spec::read(&path, &base());
    assert!(!cases.is_empty(), "{name}.md holds no case: a case begins with `## `");
    let mut report = String::new();
    for case in &cases {
        let problems = judge(case);
        if !problems.is_empty() {
            let _ = writeln!(report, "\ntests/cases/{name}.md:{}: {}\n{problems}", case.line, case.title);
        }
    }
    assert!(report.is_empty(), "{report}");
    if checks().iter().any(|check| check.name.replace('-', "_") == name) {
        let found = |case: &&Case| case.expected.iter().any(|expected| expected.code.replace('-', "_") == name);
        assert!(cases.iter().any(|case| found(&case)), "{name}.md never shows its own fault");
        assert!(!cases.iter().all(|case| found(&case)), "{name}.md never shows the nearest thing that is right");
    }
}

/// A finding in words that can be compared.
struct Found {
    place: Place,
    level: &'static str,
    code: String,
    message: String,
    help: String,
}

/// What is wrong with a case; nothing when all that is expected was found, and nothing else.
fn judge(case: &Case) -> String {
    let mut report = String::new();
    if case.why.is_empty() {
        report.push_str("  a case says in a sentence why it is so\n");
    }
    // Making pages takes longer than checking them, and only finds faults of the book's own templates.
    let themed = case.book.files.keys().any(|path| path.contains("/templates/"));
    let build = if themed { case.book.build(None) } else { case.book.check(None) };
    let mut unexpected = found(&build);
    for expected in &case.expected {
        match unexpected.iter().position(|found| fits(expected, found)) {
            Some(index) => drop(unexpected.remove(index)),
            None => report.push_str(&show("-", &build, &expected.place, &head(expected), &expected.help)),
        }
    }
    for found in &unexpected {
        let head = format!("{}: {}", found.code, found.message);
        report.push_str(&show("+", &build, &found.place, &head, &found.help));
    }
    let related = related(&build);
    for (place, message) in &case.related {
        if !related.iter().any(|(other, text)| other == place && text.starts_with(message.as_str())) {
            let _ = writeln!(report, "- {place} ~ {message}");
            for (place, message) in related.iter().filter(|(other, _)| other.path == place.path) {
                let _ = writeln!(report, "+ {place} ~ {message}");
            }
        }
    }
    report
}

fn fits(expected: &Expected, found: &Found) -> bool {
    expected.place == found.place
        && expected.code == found.code
        && expected.level.as_deref().is_none_or(|level| level == found.level)
        && found.message.starts_with(&expected.message)
        && found.help.starts_with(&expected.help)
}

fn found(build: &Build) -> Vec<Found> {
    let of = |finding: &recueil::diagnostic::Diagnostic| Found {
        place: Place::of(&build.snapshot, finding.span),
        level: finding.level.name(),
        code: finding.code.name().to_owned(),
        message: finding.message.clone(),
        help: finding.help.clone().unwrap_or_default(),
    };
    build.sink.diagnostics().iter().map(of).collect()
}

fn related(build: &Build) -> Vec<(Place, String)> {
    let labels = build.sink.diagnostics().iter().flat_map(|finding| &finding.related);
    labels.map(|label| (Place::of(&build.snapshot, label.span), label.message.clone())).collect()
}

fn head(expected: &Expected) -> String {
    match &expected.level {
        Some(level) => format!("{level}[{}]: {}", expected.code, expected.message),
        None => format!("{}: {}", expected.code, expected.message),
    }
}

/// A finding as one would write it into the case.
fn show(sign: &str, build: &Build, place: &Place, head: &str, help: &str) -> String {
    let id = build.snapshot.find(&place.path);
    let line = id.and_then(|id| build.snapshot.file(id).text.lines().nth(place.line - 1)).unwrap_or_default();
    let line: String = line.chars().take(200).collect();
    let help = if help.is_empty() { String::new() } else { format!("{sign}     = {help}\n") };
    let word = if sign == "-" { "expected" } else { "found" };
    format!("{sign} {word} at {place}\n{sign}   {line}\n{sign}   {} {head}\n{help}", place.carets("^"))
}
