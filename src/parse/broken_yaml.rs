use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Check, Diagnostic, Lang, Level, Text, tr};
use crate::source::{SourceId, Span};

pub(super) static BROKEN_YAML: Check = Check {
    name: "broken-yaml",
    level: Level::Error,
    summary: Text { fr: "un en-tête que l’on ne peut pas lire", en: "front matter that cannot be read" },
    manual: Text {
        fr: "L’en-tête s’écrit en YAML : une ligne par champ, `clé: valeur`, et deux espaces de retrait pour ce qui est à l’intérieur d’un champ. Les accidents les plus courants : un deux-points suivi d’une espace dans une valeur (mettez-la entre guillemets), une tabulation (remplacez-la par des espaces), un guillemet ou un crochet qui n’est pas refermé.",
        en: "Front matter is YAML: a line a field, `key: value`, and two spaces of indent for what is inside a field. The usual accidents: a colon followed by a space in a value (put the value between quotes), a tab (use spaces), a quote or a bracket that is not closed.",
    },
};

/// Says what is wrong with YAML that the parser gave up on, at the place where an author would correct it: the parser often
/// notices lines later.
pub(super) fn explain(error: &ScanError, yaml: &str, source: SourceId, base: usize, lang: Lang) -> Diagnostic {
    let at = yaml.floor_char_boundary(error.marker().byte_offset().unwrap_or(yaml.len()).min(yaml.len()));
    let (range, help) = match accident(error.kind()) {
        Some(Accident::Tab) if let Some(range) = tabs(yaml, at) => {
            (range, tr!(lang, "remplacez les tabulations par des espaces", "replace tabs by spaces"))
        }
        Some(Accident::Quote) if let Some(range) = opening_quote(yaml, at) => {
            (range, tr!(lang, "vérifiez que les guillemets sont refermés", "check that the quotes are closed"))
        }
        _ => {
            let range = place(yaml, at);
            let help = help(line_of(yaml, range.start), lang);
            (range, help)
        }
    };
    let message = tr!(lang, "l’en-tête est illisible à partir d’ici", "the front matter cannot be read from here");
    Diagnostic::new(&BROKEN_YAML, Span::new(source, base + range.start..base + range.end), message).help(help)
}

/// An accident that the parser names for us.
enum Accident {
    Tab,
    Quote,
}

fn accident(kind: &ErrorKind) -> Option<Accident> {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => Some(Accident::Tab),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => Some(Accident::Quote),
        _ => None,
    }
}

/// The first run of tabs on the line.
fn tabs(yaml: &str, at: usize) -> Option<Range<usize>> {
    let line = line_of(yaml, at);
    let start = line_start(yaml, at) + line.find('\t')?;
    let rest = yaml.get(start..).unwrap_or_default();
    Some(start..start + rest.len() - rest.trim_start_matches('\t').len())
}

/// The line from the last quote that opens a value before the place where the parser gave up.
fn opening_quote(yaml: &str, at: usize) -> Option<Range<usize>> {
    // At the quote itself, when the parser already knows where it began.
    let before = yaml.get(..at)?;
    let before = if yaml.get(at..)?.starts_with(['"', '\'']) { yaml.get(..=at)? } else { before };
    let opens = |(quote, _): &(usize, &str)| {
        before.get(..*quote).is_some_and(|text| text.is_empty() || text.ends_with([' ', '\n', '\t', '[', '{', ',']))
    };
    let (start, _) = before.rmatch_indices(['"', '\'']).find(opens)?;
    let rest = yaml.get(start..)?;
    Some(start..start + rest.lines().next().unwrap_or_default().trim_end().len())
}

/// The rest of the line where the parser gave up; the last line written, when it did so at the end.
fn place(yaml: &str, at: usize) -> Range<usize> {
    let (before, after) = yaml.split_at(at);
    if after.trim_start().is_empty() || after.starts_with('\n') {
        let before = before.trim_end();
        line_start(yaml, before.len())..before.len()
    } else {
        at..at + after.lines().next().unwrap_or_default().trim_end().len()
    }
}

/// Guesses the accident from the look of the line.
fn help(line: &str, lang: Lang) -> String {
    let value = line.split_once(':').map_or("", |(_, value)| value.trim());
    if line.contains('\t') {
        tr!(lang, "remplacez les tabulations par des espaces", "replace tabs by spaces")
    } else if value.starts_with(['"', '\'']) {
        tr!(lang, "vérifiez que les guillemets sont refermés", "check that the quotes are closed")
    } else if value.starts_with(['[', '{']) {
        tr!(lang, "vérifiez que les crochets et accolades sont refermés", "check that brackets and braces are closed")
    } else if value.contains(": ") || value.ends_with(':') {
        tr!(
            lang,
            "une valeur qui contient `: ` se met entre guillemets : \"{}\"",
            "a value that holds `: ` goes between quotes: \"{}\"",
            value.replace('"', "'")
        )
    } else if value.starts_with(['@', '`', '%', '|', '>']) {
        tr!(lang, "mettez cette valeur entre guillemets", "put this value between quotes")
    } else {
        tr!(
            lang,
            "vérifiez les retraits : chaque champ au même niveau, deux espaces pour ce qu’il contient",
            "check indentation: every field at the same level, two spaces for what it holds"
        )
    }
}

fn line_start(yaml: &str, at: usize) -> usize {
    yaml.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_of(yaml: &str, at: usize) -> &str {
    yaml.get(line_start(yaml, at)..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}
