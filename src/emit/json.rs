use serde::Serialize;

use super::Report;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::{Snapshot, Span};

#[derive(Serialize)]
struct Listing<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: &'static str,
    message: &'a str,
    path: &'a str,
    start: Place,
    end: Place,
    help: Option<&'a str>,
    notes: &'a [String],
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    path: &'a str,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    objective: usize,
}

/// Findings for machines, in a form that does not change: `{"version":1,"findings":[…],"counts":{…}}`.
pub fn json(report: Report<'_>) -> String {
    let sink = report.sink;
    let listing = Listing {
        version: 1,
        findings: sink.diagnostics().iter().map(|finding| of(finding, report.snapshot)).collect(),
        counts: Counts {
            error: sink.count(Level::Error),
            warning: sink.count(Level::Warning),
            objective: sink.count(Level::Objective),
        },
    };
    let mut text = serde_json::to_string(&listing).expect("plain texts and numbers always serialise");
    text.push('\n');
    text
}

fn of<'a>(finding: &'a Diagnostic, snapshot: &'a Snapshot) -> Finding<'a> {
    let (start, end) = places(finding.span, snapshot);
    Finding {
        code: finding.code.name(),
        level: finding.level.name(),
        message: &finding.message,
        path: &snapshot.file(finding.span.source).path,
        start,
        end,
        help: finding.help.as_deref(),
        notes: &finding.notes,
        related: finding
            .related
            .iter()
            .map(|label| {
                let (start, end) = places(label.span, snapshot);
                Related { message: &label.message, path: &snapshot.file(label.span.source).path, start, end }
            })
            .collect(),
    }
}

fn places(span: Span, snapshot: &Snapshot) -> (Place, Place) {
    let place = |byte| {
        let position = snapshot.position(span.source, byte);
        Place { line: position.line, column: position.column, byte: position.byte }
    };
    (place(span.start), place(span.end))
}
