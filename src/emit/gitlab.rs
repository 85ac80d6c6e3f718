use std::collections::HashMap;

use serde::Serialize;

use super::Report;
use crate::diagnostic::Level;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// GitLab's code quality report, which a merge request shows beside the faulty lines.
pub fn gitlab(report: Report<'_>) -> String {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let issues: Vec<Issue<'_>> = report
        .sink
        .diagnostics()
        .iter()
        .map(|finding| {
            let path = report.snapshot.file(finding.span.source).path.as_str();
            let code = finding.code.name();
            // Without the line, so that a finding stays the same when text above it grows; repeats are numbered.
            let key = format!("{path}\0{code}\0{}", finding.message);
            let repeat = seen.entry(key.clone()).or_insert(0);
            *repeat += 1;
            let fingerprint = format!("{:016x}", fnv1a(format!("{key}\0{repeat}").as_bytes()));
            let help = finding.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
            Issue {
                description: format!("{}{help}", finding.message),
                check_name: code,
                fingerprint,
                severity: match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Objective => "info",
                },
                location: Location {
                    path,
                    lines: Lines { begin: report.snapshot.position(finding.span.source, finding.span.start).line },
                },
            }
        })
        .collect();
    let mut text = serde_json::to_string(&issues).expect("plain texts and numbers always serialise");
    text.push('\n');
    text
}

/// A hash that stays the same from one release of the compiler to the next, unlike the standard library's.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
