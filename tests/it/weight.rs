use std::process::Command;

use crate::support::book::repository;

#[path = "../../benches/book.rs"]
mod generated;

/// What a reader's telephone may fetch for the first results, scripts included, from a book of a thousand reports.
const MOST: &str = "60000";

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests is to know what was left out")]
fn first_results_of_a_thousand_reports_weigh_sixty_kilobytes_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let (book, site) = (folder.path().join("book"), folder.path().join("site"));
    generated::write(&book, 1000);
    let built = Command::new(env!("CARGO_BIN_EXE_recueil"))
        .args(["build", "--quiet", "--dest-dir"])
        .args([&site, &book])
        .env("RECUEIL_TODAY", "2026-11-22")
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let script = repository("benches/weight.mjs");
    let Ok(measured) = Command::new("node").arg(script).arg(&site).args(["--most", MOST]).output() else {
        eprintln!("node is not installed: the weight of the search was not measured");
        return;
    };
    let said = [measured.stdout, measured.stderr].concat();
    assert!(measured.status.success(), "{}", String::from_utf8_lossy(&said));
}
