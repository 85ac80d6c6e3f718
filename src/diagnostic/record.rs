//! Findings as a text that the same program reads again, about the same files.

use serde::{Deserialize, Serialize};

use super::{Check, Code, Diagnostic, Label, Level};
use crate::source::{Snapshot, Span};

#[derive(Serialize, Deserialize)]
struct Record {
    code: Name,
    level: Level,
    message: String,
    span: Span,
    label: String,
    related: Vec<(Span, String)>,
    help: Option<String>,
    notes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
enum Name {
    Check(String),
    Rule(String),
}

/// Takes findings down, in one line.
pub fn record(findings: &[Diagnostic]) -> String {
    let records: Vec<Record> = findings
        .iter()
        .map(|finding| Record {
            code: match &finding.code {
                Code::Check(check) => Name::Check(check.name.to_owned()),
                Code::Rule(code) => Name::Rule(code.clone()),
            },
            level: finding.level,
            message: finding.message.clone(),
            span: finding.span,
            label: finding.label.clone(),
            related: finding.related.iter().map(|label| (label.span, label.message.clone())).collect(),
            help: finding.help.clone(),
            notes: finding.notes.clone(),
        })
        .collect();
    serde_json::to_string(&records).unwrap_or_default()
}

/// Reads what [`record`] wrote; `None` for any other text, and for findings in other files.
pub fn recall(text: &str, snapshot: &Snapshot, checks: &[&'static Check]) -> Option<Vec<Diagnostic>> {
    let records: Vec<Record> = serde_json::from_str(text).ok()?;
    let is_there = |span: &Span| {
        let found = snapshot.files().nth(span.source.index());
        found.is_some_and(|(_, file)| file.text.get(span.range()).is_some())
    };
    let recalled = records.into_iter().map(|record| {
        let code = match record.code {
            Name::Check(name) => Code::Check(checks.iter().find(|check| check.name == name)?),
            Name::Rule(code) => Code::Rule(code),
        };
        let places = record.related.iter().map(|(span, _)| span).chain([&record.span]);
        if !places.into_iter().all(is_there) {
            return None;
        }
        Some(Diagnostic {
            code,
            level: record.level,
            message: record.message,
            span: record.span,
            label: record.label,
            related: record.related.into_iter().map(|(span, message)| Label { span, message }).collect(),
            help: record.help,
            notes: record.notes,
        })
    });
    recalled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Text;

    static CHECK: Check = Check {
        name: "a-check",
        level: Level::Warning,
        summary: Text { fr: "", en: "" },
        manual: Text { fr: "", en: "" },
    };

    fn finding(snapshot: &Snapshot) -> Diagnostic {
        let source = snapshot.find("a.md").unwrap();
        let mut finding = Diagnostic::new(&CHECK, Span::new(source, 0..3), "wrong")
            .related(Span::new(source, 2..4), "there\ntoo")
            .note("a note");
        finding.level = Level::Error;
        finding
    }

    #[test]
    fn what_was_recorded_is_recalled() {
        let snapshot = Snapshot::from_texts([("a.md", "text")]);
        let rule = Diagnostic { code: Code::Rule("R-1".to_owned()), ..finding(&snapshot) };
        let findings = vec![finding(&snapshot), rule];
        let text = record(&findings);
        assert!(!text.contains('\n'), "{text}");
        let recalled = recall(&text, &snapshot, &[&CHECK]).unwrap();
        assert_eq!(format!("{recalled:?}"), format!("{findings:?}"));
    }

    #[test]
    fn what_is_not_known_any_more_is_not_recalled() {
        let snapshot = Snapshot::from_texts([("a.md", "text")]);
        let text = record(&[finding(&snapshot)]);
        assert!(recall(&text, &snapshot, &[]).is_none(), "another check");
        assert!(recall(&text, &Snapshot::default(), &[&CHECK]).is_none(), "no such file");
        assert!(recall(&text, &Snapshot::from_texts([("a.md", "te")]), &[&CHECK]).is_none(), "a shorter file");
        assert!(recall("so what", &snapshot, &[&CHECK]).is_none());
    }
}
