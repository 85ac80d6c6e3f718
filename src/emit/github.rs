use std::fmt::Write as _;

use super::{Report, harmless};
use crate::diagnostic::{Diagnostic, Level};

/// GitHub's workflow commands, which it shows beside the faulty line; errors first, since only ten of each level are shown.
pub fn github(report: Report<'_>) -> String {
    let mut findings: Vec<&Diagnostic> = report.sink.diagnostics().iter().collect();
    findings.sort_by_key(|finding| finding.level);
    let mut text = String::new();
    for finding in findings {
        let snapshot = report.snapshot;
        let path = property(&snapshot.file(finding.span.source).path);
        let start = snapshot.position(finding.span.source, finding.span.start);
        let end = snapshot.position(finding.span.source, finding.span.end);
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Objective => "notice",
        };
        let title = property(finding.code.name());
        let mut message = finding.message.clone();
        for line in finding.help.iter().chain(&finding.notes) {
            let _ = write!(message, "\n{line}");
        }
        let message = data(&message);
        // Columns may only be sent when both ends stand on one line.
        let columns = if start.line == end.line && end.column > start.column {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let (line, end_line) = (start.line, end.line);
        let _ =
            writeln!(text, "::{command} file={path},line={line},endLine={end_line}{columns},title={title}::{message}");
    }
    text
}

fn data(text: &str) -> String {
    harmless(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_field_is_escaped() {
        assert_eq!(data("50 %\nfin"), "50 %25%0Afin");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
