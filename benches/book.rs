//! A book of any size for the benches: the real book's schemas and documents, and as many generated reports as asked for.
//!
//! The same number gives the same bytes. Reports keep the documented rules (at most three days and two requests a year for an
//! establishment), so that a build of them has nothing to report.

#![expect(clippy::disallowed_methods, reason = "a bench writes the book that it measures")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Words to draw from, one a line.
const WORDS: &str = include_str!("../tests/search/words-fr.txt");

/// A small deterministic generator (Knuth's MMIX constants); quality does not matter here, repeatability does.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % limit
    }

    /// A place in a list where the first are drawn far more often than the last, as words are.
    fn zipf(&mut self, limit: usize) -> usize {
        let (a, b) = (self.below(limit) + 1, self.below(limit) + 1);
        (a * b / limit).min(limit - 1)
    }
}

/// Writes a book of `reports` reports into an empty or new folder.
pub(crate) fn write(folder: &Path, reports: usize) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("content"), &folder.join("content"));
    let settings = fs::read_to_string(root.join("book.toml")).expect("the book has its settings");
    // What the real book promises to be found says nothing of generated reports.
    let settings: Vec<&str> = settings.lines().filter(|line| !line.starts_with("tests = ")).collect();
    put(&folder.join("book.toml"), &settings.join("\n"));
    let mut draw = Draw(42);
    let words: Vec<&str> = WORDS.lines().filter(|line| !line.is_empty()).collect();

    let establishments = (reports / 20).max(1);
    for number in 0..establishments {
        let text = format!(
            "---\ntitle: Centre d’essai {number}\nexemple: true\nnature: adherent\nterritoire: {}\nsummary: {}\n---\n\n{}\n",
            pick(&mut draw, &["val-d-oree", "hautes-landes", "bretagne", "auvergne", "martinique"]),
            sentence(&mut draw, &words, 9),
            paragraph(&mut draw, &words, 60),
        );
        put(&folder.join(format!("content/etablissements/essai-{number:05}.md")), &text);
    }
    for number in 0..reports {
        // Each establishment has one report a semester, year after year.
        let (establishment, turn) = (number % establishments, number / establishments);
        let (year, semester) = (2026 - turn / 2, turn % 2);
        let text = report(&mut draw, &words, establishment, year, semester);
        put(&folder.join(format!("content/comptes-rendus/essai-{number:06}.md")), &text);
    }
}

fn report(draw: &mut Draw, words: &[&str], establishment: usize, year: usize, semester: usize) -> String {
    let month = 1 + semester * 6;
    let service = pick(draw, &["accompagnement-operationnel", "formation-competences"]);
    let level = pick(draw, &["locale", "regionale"]);
    let function = pick(draw, &["reperage", "persistance", "competences-transversales", "acces-monde-economique"]);
    let mut text = format!(
        "---\ntitle: {}\ndate: {year}-{:02}-20\nsummary: {}\nexemple: true\nservice: {service}\netablissements: [essai-{establishment:05}]\n\
         portee: {level}\nstatut: clos\ndemande:\n  date: {year}-{month:02}-05\n  ecrite: true\n  initiative: adherent\n  prise_par: direction\n\
         objet:\n  titre: {}\n  interne: true\nanalyse_le: {year}-{month:02}-12\nengagement:\n  signe_le: {year}-{month:02}-20\n  nature: {}\n  \
         objectifs:\n    - {}\n    - {}\n  echeances: {}\n  duree_estimee: 1.5\n  formation: aucune\ncontrat:\n  projet: {}\n  objectifs: {}\n  \
         moyens: {}\n  calendrier: {}\n  suivi: {}\ndebut: {year}-{:02}-02\nfin: {year}-{:02}-24\njours: 1.5\nbesoin:\n  ecart: {}\n  \
         demande_formation: {}\nevaluation:\n  date: {year}-{:02}-10\n  effets: {}\ntransmis_le: {year}-{:02}-20\nfonctions: [{function}]\n\
         engagements_illustres:\n  - service-accompagnement#forfait\n---\n",
        sentence(draw, words, 7),
        month + 3,
        sentence(draw, words, 18),
        sentence(draw, words, 6),
        sentence(draw, words, 5),
        sentence(draw, words, 9),
        sentence(draw, words, 9),
        sentence(draw, words, 6),
        sentence(draw, words, 6),
        sentence(draw, words, 8),
        sentence(draw, words, 7),
        sentence(draw, words, 7),
        sentence(draw, words, 7),
        month + 1,
        month + 1,
        sentence(draw, words, 12),
        sentence(draw, words, 12),
        month + 2,
        sentence(draw, words, 14),
        month + 3,
    );
    for title in ["Situation de départ", "Ce qui a été fait"] {
        let _ = write!(text, "\n## {title}\n\n");
        for _ in 0..2 {
            let length = 50 + draw.below(120);
            let _ = write!(text, "{}\n\n", paragraph(draw, words, length));
        }
    }
    let _ = write!(text, "| Moment | Jours | Remarque |\n| --- | --- | --- |\n");
    for _ in 0..3 {
        let _ = writeln!(text, "| {} | {} | {} |", sentence(draw, words, 2), draw.below(9), sentence(draw, words, 4));
    }
    let _ = write!(text, "\n> {}\n", sentence(draw, words, 20));
    if draw.below(10) == 0 {
        text.push_str("\n```yaml\njours: 1.5\nstatut: clos\n```\n");
    }
    for title in ["Décisions", "Enseignements", "Préconisations"] {
        let _ = write!(text, "\n## {title}\n\n");
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", sentence(draw, words, 16));
        }
    }
    text
}

fn pick<'a>(draw: &mut Draw, choices: &[&'a str]) -> &'a str {
    choices[draw.below(choices.len())]
}

/// Some words with a capital and no full stop, which YAML takes without quotes.
fn sentence(draw: &mut Draw, words: &[&str], length: usize) -> String {
    let mut text = String::from("Le");
    for _ in 0..length {
        let word = words[draw.zipf(words.len())];
        // A number before this word would be an address, which no report may hold.
        if word != "chemin" || !text.ends_with(|c: char| c.is_ascii_digit()) {
            let _ = write!(text, " {word}");
        }
    }
    text
}

fn paragraph(draw: &mut Draw, words: &[&str], length: usize) -> String {
    let mut text = String::new();
    for _ in 0..length.div_ceil(12) {
        let _ = write!(text, "{}. ", sentence(draw, words, 11));
    }
    text.trim_end().to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the bench can write");
    for entry in fs::read_dir(from).expect("the book has content") {
        let path = entry.expect("the book can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the bench can write");
        }
    }
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).expect("the bench can write");
}
