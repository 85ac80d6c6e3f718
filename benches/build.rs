//! What a whole run costs on generated books: wall time, processor time and peak memory of the release program.
//!
//! `cargo bench --bench build` measures books of 1,000 and 10,000 reports; `cargo bench --bench build -- 300` a book of 300; with `keep`
//! the books stay where they were written.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench reads what the system says of the program it runs")]

#[path = "book.rs"]
mod book;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    // `-- 10000 --write FOLDER` only writes the book, for a profiler to look at.
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "--write") {
        let folder = words.get(at + 1).expect("--write wants a folder");
        return book::write(Path::new(folder), sizes[0]);
    }
    println!("{:>8}  {:<22} {:>9} {:>9} {:>9}", "reports", "run", "wall s", "cpu s", "peak MB");
    for reports in sizes {
        let folder = std::env::temp_dir().join(format!("recueil-bench-{reports}"));
        let _ = fs::remove_dir_all(&folder);
        book::write(&folder, reports);
        measure(reports, "check", &folder, &["check"]);
        measure(reports, "build, new folder", &folder, &["build"]);
        measure(reports, "build, unchanged", &folder, &["build"]);
        let report = folder.join("content/comptes-rendus/essai-000000.md");
        let text = fs::read_to_string(&report).expect("the bench wrote it");
        fs::write(&report, format!("{text}\nUne ligne de plus.\n")).expect("the bench can write");
        measure(reports, "build, one edit", &folder, &["build"]);
        if std::env::args().any(|word| word == "keep") {
            println!("{:>8}  kept in {}", reports, folder.display());
            continue;
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

fn measure(reports: usize, name: &str, folder: &Path, arguments: &[&str]) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_recueil"))
        .args(arguments)
        .arg(folder)
        .arg("--quiet")
        .env("RECUEIL_TODAY", "2026-11-22")
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let process = format!("/proc/{}", child.id());
    let (mut peak, mut cpu) = (0.0_f64, 0.0_f64);
    let status = loop {
        peak = peak.max(peak_megabytes(&process));
        cpu = cpu.max(cpu_seconds(&process));
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    let wall = start.elapsed().as_secs_f64();
    assert!(status.success(), "{name} failed on a book of {reports} reports");
    println!("{reports:>8}  {name:<22} {wall:>9.2} {cpu:>9.2} {peak:>9.0}");
}

/// The most memory that a process had so far.
fn peak_megabytes(process: &str) -> f64 {
    let status = fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// User and system time of a process so far, in hundredths of a second as the system counts them.
fn cpu_seconds(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
