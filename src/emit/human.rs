use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Grade, Renderer, Snippet};

use super::{Report, harmless};
use crate::check::rules::Rule;
use crate::diagnostic::{Check, Diagnostic, Lang, Level, Sink, tr};
use crate::model::Site;
use crate::source::{Snapshot, Span};

/// How a terminal is written to.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether it shows colours.
    pub color: bool,
    /// How many columns it has.
    pub width: usize,
    /// The language of the words around the findings.
    pub lang: Lang,
}

/// Findings as rustc shows its own: the author's line, the faulty word underlined, the other places, and what to do.
pub fn human(report: Report<'_>, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(style.width);
    let mut text = String::new();
    for finding in report.sink.diagnostics() {
        text.push_str(&renderer.render(&[group(finding, report.snapshot, style.lang)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(finding: &'a Diagnostic, snapshot: &'a Snapshot, lang: Lang) -> Group<'a> {
    let (note, help) = (Grade::NOTE, Grade::HELP);
    let (error, warning, objective, note, help) = match lang {
        Lang::Fr => (
            Grade::ERROR.with_name("erreur"),
            Grade::WARNING.with_name("attention"),
            Grade::INFO.with_name("objectif"),
            note,
            help.with_name("aide"),
        ),
        Lang::En => (Grade::ERROR, Grade::WARNING, Grade::INFO.with_name("objective"), note, help),
    };
    let grade = match finding.level {
        Level::Error => error,
        Level::Warning => warning,
        Level::Objective => objective,
    };
    let mut group = grade.primary_title(finding.message.as_str()).id(finding.code.name()).element(snippet(
        finding.span,
        &finding.label,
        finding
            .related
            .iter()
            .filter(|label| label.span.source == finding.span.source)
            .map(|l| (l.span, l.message.as_str())),
        snapshot,
    ));
    // A place in another file is a snippet of its own; places in one file share it.
    let mut others: Vec<_> = finding.related.iter().filter(|label| label.span.source != finding.span.source).collect();
    others.sort_by_key(|label| label.span);
    for labels in others.chunk_by(|a, b| a.span.source == b.span.source) {
        let Some(first) = labels.first() else { continue };
        let source = snapshot.file(first.span.source);
        let annotations = labels
            .iter()
            .map(|label| AnnotationKind::Context.span(visible(label.span, snapshot)).label(harmless(&label.message)));
        group =
            group.element(Snippet::source(source.text.as_str()).path(source.path.as_str()).annotations(annotations));
    }
    if let Some(text) = &finding.help {
        group = group.element(help.message(harmless(text)));
    }
    for text in &finding.notes {
        group = group.element(note.clone().message(harmless(text)));
    }
    group
}

fn snippet<'a>(
    span: Span,
    label: &'a str,
    related: impl Iterator<Item = (Span, &'a str)>,
    snapshot: &'a Snapshot,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = snapshot.file(span.source);
    let primary = AnnotationKind::Primary
        .span(visible(span, snapshot))
        .label(Some(harmless(label)).filter(|label| !label.is_empty()));
    Snippet::source(source.text.as_str()).path(source.path.as_str()).annotation(primary).annotations(
        related.map(|(span, message)| AnnotationKind::Context.span(visible(span, snapshot)).label(harmless(message))),
    )
}

/// The bytes of a span on character borders, since the renderer panics elsewhere, and at most to the end of its first line, since
/// a reader needs the place, not the paragraph.
fn visible(span: Span, snapshot: &Snapshot) -> std::ops::Range<usize> {
    let text = &snapshot.file(span.source).text;
    let start = text.floor_char_boundary((span.start as usize).min(text.len()));
    let end = text.floor_char_boundary((span.end as usize).min(text.len())).max(start);
    let run = text.get(start..end).unwrap_or_default();
    let length = run.find(['\n', '\r']).unwrap_or(run.len());
    start..start + length
}

/// The closing line of a run: how many findings of each level.
pub fn summary(sink: &Sink, documents: usize, lang: Lang) -> String {
    let (errors, warnings) = (sink.count(Level::Error), sink.count(Level::Warning));
    let plural = |count: usize| if count > 1 { "s" } else { "" };
    let documents_s = plural(documents);
    let errors_text = match errors {
        0 => tr!(lang, "aucune erreur", "no error"),
        _ => tr!(lang, "{errors} erreur{}", "{errors} error{}", plural(errors)),
    };
    let mut text = tr!(
        lang,
        "{documents} document{documents_s} vérifié{documents_s} : {errors_text}",
        "{documents} document{documents_s} checked: {errors_text}"
    );
    if warnings > 0 {
        let s = plural(warnings);
        let _ = write!(text, "{}", tr!(lang, ", {warnings} avertissement{s}", ", {warnings} warning{s}"));
    }
    let objectives = sink.count(Level::Objective);
    if objectives > 0 {
        let s = plural(objectives);
        let _ = write!(
            text,
            "{}",
            tr!(lang, ", {objectives} objectif{s} non atteint{s}", ", {objectives} objective{s} not met")
        );
    }
    text
}

/// The manual page of a check, for a terminal.
pub fn explain(check: &Check, lang: Lang) -> String {
    let level = level_name(check.level, lang);
    let (name, summary, manual) = (check.name, check.summary.get(lang), check.manual.get(lang));
    format!("{level}[{name}] {summary}\n\n{manual}\n")
}

/// A rule of the book, for a terminal: what its document says.
pub fn explain_rule(rule: &Rule, site: &Site, snapshot: &Snapshot, lang: Lang) -> String {
    let document = site.document(rule.document);
    let level = level_name(rule.level, lang);
    let mut text = format!("{level}[{}] {}\n", rule.code.value, rule.title);
    if let Some(summary) = &document.page.summary {
        let _ = write!(text, "\n{}\n", summary.value);
    }
    for article in &rule.articles {
        let name = match site.target(article.target) {
            Some((charter, Some(entry))) => format!("« {} », {}", entry.title, charter.page.title.value),
            Some((charter, None)) => charter.page.title.value.clone(),
            None => article.text.value.clone(),
        };
        let _ = write!(text, "\n{}\n", tr!(lang, "article : {name}", "article: {name}"));
    }
    for (name, value) in &rule.written.params {
        let _ = writeln!(text, "{name} = {value}");
    }
    if let Some(assert) = &rule.written.assert {
        let assert = assert.trim();
        let _ = writeln!(text, "{}", tr!(lang, "condition : {assert}", "condition: {assert}"));
    }
    let _ = write!(text, "\n{}\n", snapshot.text(document.page.body.span).trim());
    text
}

fn level_name(level: Level, lang: Lang) -> &'static str {
    match (level, lang) {
        (Level::Error, Lang::Fr) => "erreur",
        (Level::Warning, Lang::Fr) => "attention",
        (Level::Objective, Lang::Fr) => "objectif",
        (level, Lang::En) => level.name(),
    }
}
