//! Rust and the browser agree: the theme's own scripts, run by node, are compared answer by answer with this crate.
//!
//! Without node on the machine these tests say so and pass: the scripts are the theme's, and a reader of the crate alone may
//! have no JavaScript at hand.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{
    Facet, FacetKind, Glossary, GlossaryTerm, Index, Options, Piece, Query, Record, analyse::Analyser,
    language::Language, record::Passage,
};

const WORDS: &str = include_str!("../../tests/search/words-fr.txt");

/// What the scripts answer, or `None` where there is no node.
fn ask_browser(question: &Value) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/answer.mjs");
    let node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut node) = node else {
        skipped();
        return None;
    };
    node.stdin.take().expect("it is piped").write_all(question.to_string().as_bytes()).expect("node reads all of it");
    let answer = node.wait_with_output().expect("node ends by itself");
    assert!(answer.status.success(), "the scripts of the theme failed");
    Some(serde_json::from_slice(&answer.stdout).expect("the script answers in JSON"))
}

#[expect(clippy::print_stderr, reason = "a test that could not run must say so")]
fn skipped() {
    eprintln!("node is not installed: the browser's side was not compared");
}

fn read_words(analyser: &Analyser, text: &str) -> Value {
    let terms = |word: &super::analyse::Word| {
        word.terms.iter().map(|term| json!([term.form, term.folded, term.stem])).collect::<Vec<_>>()
    };
    analyser.words(text).iter().map(|word| json!([text.get(word.span.clone()), word.stop, terms(word)])).collect()
}

fn assert_same_words(code: &str, texts: &[&str]) {
    let language = Language::of(code);
    let Some(answer) = ask_browser(&json!({ "language": language, "texts": texts, "files": {}, "queries": [] })) else {
        return;
    };
    let analyser = Analyser::new(language);
    let answers = answer["words"].as_array().expect("a list");
    assert_eq!(answers.len(), texts.len());
    for (text, theirs) in texts.iter().zip(answers) {
        assert_eq!(*theirs, read_words(&analyser, text), "{text:?}");
    }
}

#[test]
fn both_read_thousands_of_french_words_alike() {
    let words: Vec<_> = WORDS.lines().collect();
    assert!(words.len() >= 5000);
    assert_same_words("fr", &words);
    assert_same_words("en", &words);
}

#[test]
fn both_read_any_text_alike() {
    let capitals = WORDS.to_uppercase();
    let mixed = WORDS
        .lines()
        .zip(capitals.lines().rev())
        .zip(["’", "-", "·", ".", "(", ")s ", ",", " ", "'", "‑", "\u{ad}", "•"].iter().cycle());
    let mixed: Vec<String> = mixed.map(|((one, other), sign)| format!("{one}{sign}{other}")).collect();
    let odd = "🙂 e\u{301}te\u{301} tra\u{ad}vail ((e)s a(e) a(abcdefg) ſ(ſ) İstanbul ΣΊΣΥΦΟΣ ǅ ﬁn 日本-語 1.2.a 3,4kg a.b.cd A.B.C x·y·z ½ ² Ⅳ \u{0} <b>&amp;</b>";
    let long = "é".repeat(200) + " " + &"a-".repeat(50) + "a " + &"ab·".repeat(30);
    let mut texts = vec![odd, &long];
    texts.extend(mixed.iter().map(String::as_str));
    assert_same_words("fr", &texts);
    assert_same_words("en", &texts);
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    /// A word, the first ones of the list being much more frequent.
    fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let reach = 1 + self.below(words.len());
        let reach = 1 + self.below(reach);
        words[self.below(reach)]
    }

    fn text(&mut self, words: &[&str], length: usize) -> String {
        let signs = [
            " ",
            " ",
            " ",
            " ",
            " de la ",
            ", ",
            ". ",
            "\n",
            " — ",
            " « VAE » ",
            " validation des acquis de l’expérience ",
        ];
        (0..length).flat_map(|_| [self.word(words), signs[self.below(signs.len())]]).collect()
    }
}

fn book(words: &[&str], dice: &mut Dice) -> Vec<Record<'static>> {
    let record = |number: usize| Record {
        part_of: if number % 5 > 2 { format!("records/{}/", number - number % 5) } else { String::new() }.into(),
        url: format!("records/{number}/").into(),
        title: dice.text(words, 4).into(),
        context: "".into(),
        collection: "Records".into(),
        summary: dice.text(words, 12).into(),
        headings: vec![dice.text(words, 3).into()],
        body: vec![
            dice.text(words, 60).into(),
            Passage { anchor: "x".into(), title: dice.text(words, 3).into(), text: dice.text(words, 30).into() },
            Passage { anchor: "y".into(), title: dice.text(words, 3).into(), text: dice.text(words, 30).into() },
        ],
        labels: vec![dice.text(words, 5).into()],
        facets: [
            ("kind".into(), vec![format!("Kind {}", number % 4)]),
            ("year".into(), vec![(2010 + number % 7).to_string()]),
        ]
        .into(),
        date: Some(format!("20{:02}-01-01", number / 5 % 30)),
        weight: 1.0,
    };
    (0..1200).map(record).collect()
}

fn pieces(pieces: &[Piece]) -> Value {
    pieces.iter().map(|piece| json!([piece.text, piece.marked])).collect()
}

fn queries(words: &[&str], dice: &mut Dice) -> Vec<Query> {
    let mut queries: Vec<Query> = [
        "",
        "vae",
        "VAE ",
        "validation des acquis de l’expérience",
        "\"validation des acquis\"",
        "éval",
        "accompagnment",
        "le la les",
        "?!",
        "32,5",
        "acquis expérience ",
        "\"acquis de l’expérience\"",
    ]
    .map(Query::new)
    .into();
    for _ in 0..120 {
        let one = dice.word(words);
        let text = match dice.below(6) {
            0 => one.to_owned(),
            1 => format!("{one} {}", dice.word(words)),
            2 => one.chars().take(3).collect(),
            3 => format!("{} {} {} ", one, dice.word(words), dice.word(words)),
            4 => format!("\"{one} {}\"", dice.word(words)),
            _ => one.chars().rev().collect(),
        };
        let mut query = Query::new(text);
        if dice.below(3) == 0 {
            query.facets =
                [("kind".into(), vec!["Kind 1".into(), "Kind 3".into()]), ("year".into(), vec!["2012..".into()])]
                    .into();
        }
        queries.push(query);
    }
    queries
}

#[test]
fn both_find_the_same_in_the_same_order() {
    let mut dice = Dice(7);
    let words: Vec<_> = WORDS.lines().collect();
    let records = book(&words, &mut dice);
    let queries = queries(&words, &mut dice);
    let vae = GlossaryTerm {
        short: Some("VAE".into()),
        long: Some("validation des acquis de l’expérience".into()),
        synonyms: vec![],
    };
    let facet = |key: &str, kind| Facet { key: key.into(), label: key.into(), kind };
    let facets = vec![facet("kind", FacetKind::Choice), facet("year", FacetKind::Range)];
    let index = Index::build(&records, &Glossary { terms: vec![vae] }, &Options { language: "fr".into(), facets });

    let files: serde_json::Map<_, _> = index
        .artifacts()
        .iter()
        .map(|(path, bytes)| (path.to_owned(), Value::from(String::from_utf8_lossy(bytes))))
        .collect();
    let asked: Vec<_> = queries.iter().map(|query| json!({ "text": query.text, "facets": query.facets })).collect();
    let question = json!({ "language": Language::of("fr"), "texts": [], "files": files, "queries": asked });
    let Some(answer) = ask_browser(&question) else { return };
    let answers = answer["outcomes"].as_array().expect("a list");
    assert_eq!(answers.len(), queries.len());
    let mut found = 0;
    for (query, theirs) in queries.iter().zip(answers) {
        let ours = index.search(query);
        found += ours.hits.len();
        let hits: Vec<_> = ours
            .hits
            .iter()
            .map(|hit| {
                json!([
                    hit.record.url,
                    hit.score,
                    hit.why,
                    pieces(&hit.excerpt),
                    hit.places
                        .iter()
                        .map(|place| json!([place.url, place.title, place.label, pieces(&place.excerpt)]))
                        .collect::<Vec<_>>()
                ])
            })
            .collect();
        let ours = json!([ours.total, ours.partial, ours.suggestion, ours.facets, hits]);
        assert_eq!(*theirs, ours, "{query:?}");
    }
    assert!(found > 300, "queries that find nothing prove nothing: {found}");
}
