use proptest::collection::vec;
use proptest::prelude::*;
use recueil::config;
use recueil::diagnostic::{Diagnostic, Sink};
use recueil::parse::{parse, parse_toml, parse_yaml};
use recueil::pipeline::{self, Build, Inputs, Timings};
use recueil::source::{LineIndex, Snapshot, SourceId, Span};

use crate::cases::base;
use crate::support::book::today;

/// Pieces that mean something to one of the grammars, so that nonsense made of them goes deep.
const PIECES: &[&str] = &[
    "---",
    "---\n",
    "\n---\n",
    "title: ",
    "title: Été\n",
    "objet: ",
    "duree: ",
    "relais: ",
    "essai: ",
    "mesures:\n",
    "atelier: ",
    "fields:",
    "collection:\n",
    "  ",
    "    ",
    "\t",
    "\n",
    "\r\n",
    "\u{feff}",
    " ",
    ": ",
    ":",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|\n",
    ">\n",
    "&a ",
    "*a",
    "!t ",
    "# ",
    "## ",
    "#### ",
    "? ",
    "<<: ",
    "%",
    "@",
    "`",
    "```\n",
    "é",
    "œuvre",
    "’",
    "🛠️",
    "e\u{301}",
    "\u{202f}",
    "0",
    "1,5",
    "2026-06-15",
    "31/01/2026",
    "oui",
    "no",
    "~",
    "null",
    "le-fil",
    "securite#1",
    "[^1]",
    "[^1]: ",
    "[a](b.md)",
    "![](x)",
    "<b>",
    "&Tab;",
    "javascript:",
    "](",
    "[x]: y\n",
    "| a | b |\n|---|---|\n",
    "\\",
    "\\u00e9",
    "\u{0}",
    "\u{1b}[2J",
    "[book]\n",
    "title = ",
    "\"\"\"",
    "[[a]]\n",
    "a.b = 1\n",
];

fn nonsense() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Keys that some schema or grammar asks for, each with a value that may be nonsense.
fn pairs() -> impl Strategy<Value = String> {
    const KEYS: &[&str] = &[
        "title",
        "date",
        "draft",
        "slug",
        "aliases",
        "template",
        "derogations",
        "collection",
        "fields",
        "objet",
        "atelier",
        "relais",
        "consigne",
        "consignes",
        "duree",
        "payee",
        "recu_le",
        "notice",
        "numero",
        "etat",
        "essai",
        "mesures",
        "zebre",
        "code",
        "level",
        "source",
        "applies_to",
        "for_each",
        "group_by",
        "when",
        "let",
        "assert",
        "params",
        "at",
        "message",
        "in_force",
        "quota",
        "order",
        "examples",
    ];
    const VALUES: &[&str] = &[
        "reparations",
        "securite#1",
        "doc.duree <= 3",
        "[doc.atelier, year(doc.recu_le)]",
        "size(group) > 1 && has(doc.duree)",
        "key[0]",
        "sum(group, \"duree\") <= params.x || used > limit",
        "'doc.relais.all(r, r.ville != \"é\")'",
        "\"{{ doc.titre }} {{ é }} {{\"",
        "{ measure: 'size(group)', limit: params.x }",
        "{ x: 3, y: [é] }",
        "{ from: 2024-01-01, until: 2023-01-01 }",
        "## É",
        "duree.é",
        "[{ title: é, passes: { document: { duree: 9 } } }, { fails: [x, { duree: 1, body: é }], with: { ateliers/é: { title: é } } }]",
        "{ who: doc.duree > 1, by: [doc.recu_le] }",
        "[{ rule: a, reason: é, until: é }, { rule: b, by: é }]",
        "doc.durée == \"é",
        "oui",
        "1,5",
        "[le-fil, le-fil]",
        "{ par: é }",
        "2026-06-15",
        "'R-1'",
        "[{ number: 1, title: é }, { number: 1 }]",
        "~",
        "\"\"",
        "casse",
        "[{ indicator: securite#1, value: x }]",
        "{ fields: { a: { type: [x] }, b: { type: reference, to: [b] } } }",
        "|\n  é\n  è\n",
        "/é/",
        "{ sort: -a, kind: rules, sections: [{ title: É, required: true }], fields: { a: { enum: [x], when: { a: x } } } }",
        "a.html",
        "reparations",
        "R-1",
        "doc.duree <= 2",
        "has(doc.duree) && doc.objet != 'é'",
        "\"{{ doc.duree }} é {{\"",
        "[doc.atelier, year(doc.date)]",
        "{ measure: 'sum(group, \"duree\")', limit: params.x }",
        "{ from: 2026-01-01, until: é }",
        "{ x: 1 }",
        "doc.relais",
        "[{ title: é, passes: { document: { duree: 2 } } }, { fails: { documents: [{ duree: 3 }] } }]",
        "[{ rule: R-1, until: 2026-01-01 }]",
    ];
    let value = prop_oneof![3 => prop::sample::select(VALUES).prop_map(str::to_owned), 1 => nonsense()];
    let pair = (prop::sample::select(KEYS), value).prop_map(|(key, value)| format!("{key}: {value}\n"));
    vec(pair, 0..6).prop_map(|pairs| pairs.concat())
}

/// A page that has front matter, of pairs or of nonsense, and a body of nonsense.
fn page() -> impl Strategy<Value = String> {
    let front = prop_oneof![nonsense(), pairs()];
    prop_oneof![1 => nonsense(), 4 => (front, nonsense()).prop_map(|(front, body)| format!("---\n{front}\n---\n{body}"))]
}

/// The usual book with pages of nonsense, which may take the place of its declarations and of its `book.toml`.
fn book() -> impl Strategy<Value = Vec<(String, String)>> {
    let path = prop::sample::select(&[
        "content/_index.md",
        "content/ateliers/_index.md",
        "content/ateliers/le-fil.md",
        "content/guides/securite.md",
        "content/reparations/a.md",
        "content/reparations/b.md",
        "content/reparations/sous/c.md",
        "content/regles/_index.md",
        "content/regles/a.md",
        "content/regles/b.md",
        "content/regles/r.md",
        "content/page.md",
    ]);
    let pages = vec((path.prop_map(str::to_owned), page()), 1..4);
    let settings = prop_oneof![4 => Just(None), 1 => nonsense().prop_map(Some)];
    (pages, settings).prop_map(|(pages, settings)| {
        let mut files: std::collections::BTreeMap<String, String> =
            base().files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
        files.extend(pages);
        files.extend(settings.map(|text| (config::FILE.to_owned(), format!("[book]\ntitle = \"x\"\n{text}"))));
        files.into_iter().collect()
    })
}

fn alone(text: &str) -> (Snapshot, SourceId) {
    let snapshot = Snapshot::from_texts([("content/a.md", text)]);
    let source = snapshot.find("content/a.md").unwrap();
    (snapshot, source)
}

/// Checks a book that was never on a disk.
fn check(files: &[(String, String)], publish: bool) -> Build {
    let snapshot = Snapshot::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut sink = Sink::default();
    let config = config::read(&snapshot, snapshot.find(config::FILE).unwrap(), &mut sink);
    let inputs = Inputs { snapshot, config, today: today(), sink, timings: Timings::default() };
    if publish { pipeline::build(inputs) } else { pipeline::check(inputs) }
}

/// Every place of some findings lies in its file, on character borders, and is given by line and column as by bytes.
fn places_are_places(snapshot: &Snapshot, findings: &[Diagnostic]) {
    for finding in findings {
        for span in finding.related.iter().map(|label| label.span).chain([finding.span]) {
            let text = &snapshot.file(span.source).text;
            let run = text.get(span.range());
            assert!(run.is_some(), "{}: {:?} is no place in {text:?}", finding.code.name(), span.range());
            let marks = text.len() - text.strip_prefix('\u{feff}').map_or(text.len(), str::len);
            for byte in [span.start as usize, span.end as usize].into_iter().filter(|byte| *byte > marks || *byte == 0)
            {
                let position = snapshot.position(span.source, u32::try_from(byte).unwrap());
                assert_eq!(offset(text, position.line, position.column), byte, "{position:?} in {text:?}");
            }
        }
    }
}

/// The byte at a line and a column, counted by hand; the byte order mark of a file is no character.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let (_, rest) = text.split_at(start);
    let visible = if line == 1 { rest.strip_prefix('\u{feff}').unwrap_or(rest) } else { rest };
    let mark = if column == 1 { 0 } else { rest.len() - visible.len() };
    start + mark + visible.chars().take(column - 1).map(char::len_utf8).sum::<usize>()
}

fn said(build: &Build) -> Vec<(Span, String, String)> {
    build
        .sink
        .diagnostics()
        .iter()
        .map(|found| (found.span, found.code.name().to_owned(), found.message.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_page_panic(bytes in vec(any::<u8>(), 0..200)) {
        let mut snapshot = Snapshot::default();
        let source = snapshot.add_text("content/a.md", &bytes);
        let mut sink = Sink::default();
        parse(&snapshot, source, &mut sink);
        places_are_places(&snapshot, sink.diagnostics());
    }

    #[test]
    fn no_text_makes_a_page_panic(text in page()) {
        let (snapshot, source) = alone(&text);
        let mut sink = Sink::default();
        let page = parse(&snapshot, source, &mut sink);
        places_are_places(&snapshot, sink.diagnostics());
        let body = &page.body;
        let spans = body.sections.iter().flat_map(|section| [section.heading, section.content]);
        for span in spans.chain(body.links.iter().map(|link| link.span)).chain([body.span]) {
            prop_assert!(text.get(span.range()).is_some(), "{:?} in {text:?}", span.range());
        }
    }

    #[test]
    fn no_text_makes_yaml_panic(text in nonsense()) {
        let (snapshot, source) = alone(&text);
        let mut sink = Sink::default();
        let read = parse_yaml(&text, source, 0..text.len(), &mut sink);
        places_are_places(&snapshot, sink.diagnostics());
        prop_assert!(read.is_some() || !sink.diagnostics().is_empty(), "nothing was read of {text:?} and nothing is said");
        if let Some(node) = read {
            prop_assert!(text.get(node.span.range()).is_some(), "{:?} in {text:?}", node.span.range());
        }
    }

    #[test]
    fn no_text_makes_toml_panic(text in nonsense()) {
        let (snapshot, source) = alone(&text);
        let mut sink = Sink::default();
        let read = parse_toml(&snapshot, source, &mut sink);
        places_are_places(&snapshot, sink.diagnostics());
        prop_assert!(read.is_some() || !sink.diagnostics().is_empty(), "nothing was read of {text:?} and nothing is said");
    }

    #[test]
    fn a_line_and_a_column_lead_back_to_their_byte(text in nonsense(), at in any::<prop::sample::Index>()) {
        let at = text.floor_char_boundary(at.index(text.len() + 1));
        let position = LineIndex::new(&text).position(&text, at);
        prop_assert_eq!(position.byte, at);
        // Before and behind a byte order mark is one place to a reader.
        let within_mark = text.get(..at) == Some("\u{feff}");
        prop_assert!(within_mark || offset(&text, position.line, position.column) == at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_book_is_checked_and_says_the_same_twice(files in book()) {
        let build = check(&files, false);
        places_are_places(&build.snapshot, build.sink.diagnostics());
        prop_assert_eq!(said(&build), said(&check(&files, false)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_book_is_built_twice_to_the_same_bytes(files in book()) {
        let build = check(&files, true);
        places_are_places(&build.snapshot, build.sink.diagnostics());
        prop_assert_eq!(said(&build), said(&check(&files, true)));
        prop_assert!(build.artifacts == check(&files, true).artifacts, "the site of {files:?} differs from run to run");
    }
}
