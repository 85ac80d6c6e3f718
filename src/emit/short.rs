use std::fmt::Write as _;

use super::{Report, harmless};

/// One finding a line: `path:line:column: level[code] message`.
pub fn short(report: Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.sink.diagnostics() {
        let path = harmless(&report.snapshot.file(finding.span.source).path);
        let start = report.snapshot.position(finding.span.source, finding.span.start);
        let (line, column, level, code) = (start.line, start.column, finding.level.name(), finding.code.name());
        let message = harmless(&finding.message).replace('\n', " ");
        let _ = writeln!(text, "{path}:{line}:{column}: {level}[{code}] {message}");
    }
    text
}
