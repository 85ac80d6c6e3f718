//! What rules cost: reading them, and holding a book of 10,000 reports against forty of them, eight of which look at many reports
//! at once. Wall and processor time of each step; the aim is half a second of processor time for the whole.
//!
//! `cargo bench --bench rules` measures 10,000 reports; `cargo bench --bench rules -- 300 --each` a book of 300, rule by rule.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "a bench writes the book that it measures, and asks the system for times"
)]

#[path = "book.rs"]
mod book;

use std::fs;
use std::path::Path;
use std::time::Instant;

use recueil::check::Context;
use recueil::check::rules;
use recueil::diagnostic::{Lang, Sink};
use recueil::model::Date;
use recueil::pipeline;

/// The program's own, so that the bench measures the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many rules judge the reports, and how many of them look at many reports at once.
const RULES: usize = 40;
const CROSSING: usize = 8;
/// How often each step is repeated; the best time counts.
const TURNS: usize = 5;

fn main() {
    let reports = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(10_000);
    let folder = std::env::temp_dir().join(format!("recueil-bench-rules-{reports}"));
    let _ = fs::remove_dir_all(&folder);
    book::write(&folder, reports);
    write_rules(&folder);

    let today: Date = "2026-11-22".parse().expect("it is a date");
    let inputs = pipeline::read(&folder, today, Some(Lang::Fr)).expect("the bench wrote the book");
    let build = pipeline::check(inputs);
    let (Some(config), Some(site)) = (&build.config, &build.site) else { panic!("the book cannot be read") };
    let cx = Context { snapshot: &build.snapshot, config, site, today, lang: Lang::Fr };
    println!("{:>8}  {:<26} {:>10} {:>10}", "reports", "step", "wall ms", "cpu ms");

    let read = measure(reports, "read, check, run examples", || rules::load(&cx, None, &mut Sink::new(Lang::Fr)));
    let mut sink = Sink::new(Lang::Fr);
    let verdicts = measure(reports, "judge", || {
        sink = Sink::new(Lang::Fr);
        rules::judge(&cx, &read, None, &mut sink)
    });
    let judged: usize = verdicts.rules.iter().map(|verdict| verdict.total.applies).sum();
    println!("{:>8}  {} rules, {judged} cases, {} findings", "", read.rules.len(), sink.diagnostics().len());
    if std::env::args().any(|word| word == "--each") {
        for rule in &read.rules {
            let code = rule.code.value.as_str();
            measure(reports, code, || rules::simulate(&cx, &read, code, &mut Sink::new(Lang::Fr)));
        }
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Copies rules on reports under other codes until there are enough of both kinds.
fn write_rules(folder: &Path) {
    let folder = folder.join("content/regles");
    let mut texts: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder).expect("the book has rules") {
        let path = entry.expect("the folder can be listed").path();
        let text = fs::read_to_string(&path).expect("a rule can be read");
        if text.contains("\napplies_to: comptes-rendus\n") {
            texts.push(text);
        } else if path.file_stem().is_some_and(|stem| stem != "_index") {
            fs::remove_file(&path).expect("the bench wrote it");
        }
    }
    texts.sort();
    let (crossing, alone): (Vec<&String>, Vec<&String>) = texts.iter().partition(|text| text.contains("\ngroup_by:"));
    let copies = |texts: &[&String], wanted: usize| -> Vec<String> {
        texts.iter().cycle().take(wanted.saturating_sub(texts.len())).map(|text| (*text).clone()).collect()
    };
    let copied = [copies(&crossing, CROSSING), copies(&alone, RULES - CROSSING)].concat();
    for (number, text) in copied.into_iter().enumerate() {
        let text = text.replacen("\ncode: ", &format!("\ncode: X{number}-"), 1);
        fs::write(folder.join(format!("x-{number:02}.md")), text).expect("the bench can write");
    }
}

fn measure<T>(reports: usize, name: &str, mut run: impl FnMut() -> T) -> T {
    let (mut wall, mut cpu) = (f64::MAX, f64::MAX);
    let mut made = None;
    for _ in 0..TURNS {
        let (start, before) = (Instant::now(), cpu_milliseconds());
        made = Some(run());
        wall = wall.min(start.elapsed().as_secs_f64() * 1000.0);
        cpu = cpu.min(cpu_milliseconds() - before);
    }
    println!("{reports:>8}  {name:<26} {wall:>10.1} {cpu:>10.0}");
    made.expect("it ran")
}

/// User and system time of this process so far; the system counts hundredths of a second.
fn cpu_milliseconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) * 10.0
}
