use expect_test::expect_file;
use recueil::diagnostic::Lang;
use recueil::emit::{self, Report, Style};
use recueil::pipeline::Build;

use crate::cases::base;
use crate::support::book::{Book, repository};
use crate::support::spec;

/// One test a picture: the first case of a spec as a terminal shows it, in French and in English. `UPDATE_EXPECT=1` draws anew.
macro_rules! pictures {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let book = first_case(stringify!($name));
                let picture = format!(
                    "$ recueil check\n{}\n\n$ recueil check --lang en\n{}\n",
                    human(&book, Lang::Fr),
                    human(&book, Lang::En),
                );
                expect_file![concat!("../ui/", stringify!($name), ".txt")].assert_eq(&picture);
            }
        )*
    };
}

pictures! {
    broken_yaml
    duplicate_key
    unknown_key
    wrong_type
    missing_field
    unknown_choice
    repeated_item
    missing_section
    dangling_reference
    dangling_link
    duplicate_address
    future_date
    not_utf_8
    rules
    expired_derogation
    empty_file
}

/// The book of the first case of a spec.
fn first_case(spec: &str) -> Book {
    let cases = spec::read(&repository(&format!("tests/cases/{spec}.md")), &base());
    cases.into_iter().next().expect("a spec holds a case").book
}

fn human(book: &Book, lang: Lang) -> String {
    let build = book.check(Some(lang));
    let style = Style { color: false, width: 100, lang };
    let documents = build.site.as_ref().map_or(0, |site| site.documents.len());
    format!("{}{}", emit::human(report(&build), style), emit::summary(&build.sink, documents, lang))
}

fn report(build: &Build) -> Report<'_> {
    Report { snapshot: &build.snapshot, sink: &build.sink }
}

/// A book with findings of two levels, in two files, with a help, a note, another place and characters that formats escape.
fn many() -> Build {
    let book = first_case("missing_field")
        .with(
            "content/reparations/theiere.md",
            "---\ntitle: Théière\ndate: 2030-01-01\n50 %, a:b: non\n---\nVoir [ici](là.md).\n",
        )
        .with("content/reparations/velo.md", "---\ntitle: Vélo\nobjet: vélo\nobjet: roue\n---\n");
    book.check(None)
}

#[test]
fn short_format() {
    expect_file!["../ui/format.short.txt"].assert_eq(&emit::short(report(&many())));
}

#[test]
fn github_format() {
    expect_file!["../ui/format.github.txt"].assert_eq(&emit::github(report(&many())));
}

#[test]
fn json_format() {
    let json: serde_json::Value = serde_json::from_str(&emit::json(report(&many()))).unwrap();
    expect_file!["../ui/format.json"].assert_eq(&format!("{json:#}\n"));
}

#[test]
fn colours() {
    let style = Style { color: true, width: 100, lang: Lang::Fr };
    let text = emit::human(report(&first_case("future_date").check(None)), style);
    expect_file!["../ui/colours.txt"].assert_eq(&text.replace('\u{1b}', "␛"));
}

#[test]
fn what_authors_write_never_reaches_the_terminal_as_a_command() {
    let escape = "\u{1b}]0;pwned\u{7}\u{1b}[2J";
    let book = base()
        .with(
            "content/reparations/theiere.md",
            format!(
                "---\ntitle: Théière\nobjet{escape}: x\netat: \"\\e[2J\"\n---\n# a&#27;[2J\n\n[x](<&#27;[2J.md>)\n"
            ),
        )
        .with(
            "content/reparations/velo.md",
            "---\ntitle: Vélo\netat: \"\\e[2J\"\nessai: { le: \"\\e[2J\" }\n\"\\e[2J\": x\n---\n# a&#27;[2J\n",
        );
    let build = book.check(None);
    let style = Style { color: false, width: 100, lang: Lang::Fr };
    for text in [emit::human(report(&build), style), emit::short(report(&build)), emit::github(report(&build))] {
        let control = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{}", text.escape_debug());
    }
}
