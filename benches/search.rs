//! How long the index takes and what it weighs, on books of made-up reports:
//! `cargo bench --bench search -- [--records N]…`; with `--book DIR` the index is made of the book in that folder instead,
//! and written below the folder `--write DIR` if there is one.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench is a program: it measures, writes and prints"
)]

use std::{fs, path::Path, time::Instant};

use recueil::search::{Facet, FacetKind, Glossary, GlossaryTerm, Index, Options, Passage, Query, Record};

const WORDS: &str = include_str!("../tests/search/words-fr.txt");

/// Words of this trade, which a reader would search.
const TRADE: [&str; 24] = [
    "accompagnement",
    "évaluation",
    "tutorat",
    "projet",
    "personnel",
    "compétences",
    "formation",
    "apprentissage",
    "entretien",
    "bilan",
    "parcours",
    "insertion",
    "réseau",
    "charte",
    "engagement",
    "indicateur",
    "VAE",
    "validation des acquis de l’expérience",
    "formateur·rice·s",
    "établissement",
    "travaux",
    "référentiel",
    "cœur de métier",
    "auto-évaluation",
];

/// A sentence of this bench has about as many words, small ones included.
const WORDS_A_SENTENCE: usize = 20;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    /// A word by its rank, after Zipf: each doubling of the rank is as likely as the last.
    fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let reach = 2 << self.below(words.len().ilog2() as usize);
        words[reach / 2 + self.below(reach / 2)]
    }

    fn sentence(&mut self, words: &[&str], text: &mut String) {
        const SMALL: [&str; 8] = [" de la ", " et ", " pour les ", " dans un ", " qui ", " l’", " avec ", " d’"];
        for place in 0..8 + self.below(8) {
            let word = if self.below(12) == 0 { self.word(&TRADE) } else { self.word(words) };
            text.push_str(if place == 0 {
                ""
            } else if self.below(3) == 0 {
                " "
            } else {
                SMALL[self.below(SMALL.len())]
            });
            text.push_str(word);
        }
        text.push('.');
    }

    fn text(&mut self, words: &[&str], length: usize) -> String {
        let mut text = String::new();
        for sentence in 1..=length.div_ceil(WORDS_A_SENTENCE) {
            self.sentence(words, &mut text);
            text.push(if sentence % 4 == 0 { '\n' } else { ' ' });
        }
        text
    }
}

fn book(size: usize, words: &[&str]) -> Vec<Record<'static>> {
    const REGIONS: [&str; 8] =
        ["Bretagne", "Normandie", "Occitanie", "Martinique", "Grand Est", "Île-de-France", "La Réunion", "Corse"];
    let mut dice = Dice(3);
    let title =
        |dice: &mut Dice| format!("{} : {} {}", TRADE[dice.below(TRADE.len())], dice.word(words), dice.word(words));
    let record = |number: usize| {
        let year = 2008 + dice.below(12);
        let one = |value: String| vec![value];
        Record {
            url: format!("reports/{number}/").into(),
            title: title(&mut dice).into(),
            collection: "Comptes rendus".into(),
            summary: dice.text(words, 12).trim().to_owned().into(),
            headings: vec!["Décisions".into(), title(&mut dice).into()],
            body: (1..=4)
                .map(|part| Passage {
                    anchor: format!("partie-{part}").into(),
                    title: title(&mut dice).into(),
                    text: dice.text(words, 140).into(),
                })
                .collect(),
            labels: vec![title(&mut dice).into()],
            facets: [
                ("region".to_owned(), one(REGIONS[dice.below(REGIONS.len())].into())),
                ("service".to_owned(), (0..=dice.below(2)).map(|_| format!("Service {}", dice.below(4) + 1)).collect()),
                ("membre".to_owned(), one(format!("Établissement {}", dice.below(60) + 1))),
                ("annee".to_owned(), one(year.to_string())),
            ]
            .into(),
            date: Some(format!("{year}-{:02}-{:02}", dice.below(12) + 1, dice.below(28) + 1)),
            ..Record::default()
        }
    };
    (0..size).map(record).collect()
}

fn options() -> Options {
    let facet = |key: &str, label: &str, kind| Facet { key: key.into(), label: label.into(), kind };
    let choice = FacetKind::Choice;
    let facets = vec![
        facet("service", "Service", choice),
        facet("region", "Région", choice),
        facet("membre", "Établissement", choice),
        facet("annee", "Année", FacetKind::Range),
    ];
    Options { language: "fr".into(), facets }
}

fn glossary() -> Glossary {
    let term =
        |short: &str, long: &str| GlossaryTerm { short: Some(short.into()), long: Some(long.into()), synonyms: vec![] };
    Glossary {
        terms: vec![
            term("VAE", "validation des acquis de l’expérience"),
            term("CFA", "centre de formation d’apprentis"),
        ],
    }
}

/// Processor time of this process so far, in seconds.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |at: usize| {
        stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(at)?.parse::<f64>().ok()).unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory that this process ever had, in MB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn measure(size: usize, words: &[&str]) {
    let records = book(size, words);
    let (glossary, options, before) = (glossary(), options(), memory());
    let (wall, busy) = (Instant::now(), processor());
    let index = Index::build(&records, &glossary, &options);
    let built = wall.elapsed();
    let files = index.artifacts();
    println!(
        "{size:>7} records: index {:.2} s, with files {:.2} s, processor {:.2} s, {} MB more at most, {} files",
        built.as_secs_f64(),
        wall.elapsed().as_secs_f64(),
        processor() - busy,
        memory().saturating_sub(before),
        files.len()
    );
    for folder in ["manifest", "terms/", "places/", "deep/", "lexicon/", "facets/", "records/"] {
        let sizes: Vec<_> = files
            .iter()
            .filter(|(path, _)| path.starts_with(&format!("search/{folder}")))
            .map(|(_, bytes)| bytes.len())
            .collect();
        println!(
            "{folder:>18} {:>5} files, {:>8} kB, largest {} kB",
            sizes.len(),
            sizes.iter().sum::<usize>() / 1024,
            sizes.iter().max().unwrap_or(&0) / 1024
        );
    }
    for query in ["évaluation", "projet personnel", "\"projet personnel\"", "vae", "accompagn"] {
        let start = Instant::now();
        let outcome = index.search(&Query::new(query));
        println!("{query:>22} {:>6} found in {:.1} ms", outcome.total, start.elapsed().as_secs_f64() * 1000.0);
    }
}

/// The index of a real book: what each step costs, the reading of the book left out.
fn measure_book(folder: &Path, out: Option<&Path>) {
    let today = "2026-11-22".parse().expect("it is a day");
    let inputs = recueil::pipeline::read(folder, today, None).expect("the book can be read");
    let build = recueil::pipeline::check(inputs);
    let site = build.site.expect("the book has a site");
    for _ in 0..3 {
        let (mut wall, busy, before) = (Instant::now(), processor(), memory());
        let mut lap = || {
            let seconds = wall.elapsed().as_secs_f64();
            wall = Instant::now();
            seconds
        };
        let found = recueil::search::findable(&site, "fr");
        let (found_wall, found_busy) = (lap(), processor());
        let index = found.index();
        let (index_wall, index_busy) = (lap(), processor());
        let files = index.artifacts();
        let files_wall = lap();
        println!(
            "wall, processor s: findable {:.2} {:.2}, index {:.2} {:.2}, files {:.2} {:.2}; in all {:.2} {:.2}, {} MB more at most, {} files, {} MB",
            found_wall,
            found_busy - busy,
            index_wall,
            index_busy - found_busy,
            files_wall,
            processor() - index_busy,
            found_wall + index_wall + files_wall,
            processor() - busy,
            memory().saturating_sub(before),
            files.len(),
            files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() >> 20
        );
        for (out, (path, bytes)) in out.iter().flat_map(|out| files.iter().map(move |file| (out, file))) {
            let path = out.join(path);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
            fs::write(path, bytes).expect("the file can be written");
        }
        if out.is_some() {
            return;
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| {
        arguments.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].clone()).collect::<Vec<_>>()
    };
    if let Some(book) = after("--book").pop() {
        return measure_book(Path::new(&book), after("--write").pop().as_deref().map(Path::new));
    }
    let mut sizes: Vec<usize> = after("--records").iter().filter_map(|size| size.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1000, 10_000];
    }
    // The list is in the order of the alphabet; ranks must not be.
    let mut words: Vec<&str> = WORDS.lines().collect();
    words.sort_by_key(|word| {
        word.bytes().fold(17_u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte)).wrapping_mul(2_654_435_761)
    });
    for size in sizes {
        measure(size, &words);
    }
}
