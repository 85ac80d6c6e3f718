//! The message of a rule: words, with expressions between `{{` and `}}`.

use indexmap::IndexMap;

use super::compile::{Names, compile};
use super::eval::Machine;
use super::expr::Expr;
use super::faults::BROKEN_EXPRESSION;
use super::infer::{Roots, infer};
use super::place::Place;
use super::show::show;
use super::types::{Sort, Type};
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::model::Site;

/// A message, ready to be written out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Template {
    parts: Vec<Part>,
    shows_documents: bool,
}

#[derive(Debug, Clone)]
enum Part {
    Words(String),
    /// A value; of a choice, readers see the label.
    Value(Expr, Option<IndexMap<String, String>>),
}

impl Template {
    /// Reads a message; none when one of its expressions is at fault.
    pub(crate) fn read<'a>(
        text: &str,
        place: &Place,
        (names, roots, site): (&Names<'_>, &Roots<'a>, &'a Site),
        sink: &mut Sink,
    ) -> Option<Self> {
        let mut parts = Vec::new();
        let (mut failed, mut shows_documents) = (false, false);
        let mut at = 0;
        while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|open| at + open) {
            parts.push(Part::Words(text.get(at..open).unwrap_or_default().to_owned()));
            let start = open + 2;
            let Some(close) = text.get(start..).and_then(|rest| rest.find("}}")).map(|close| start + close) else {
                let lang = sink.lang();
                sink.push(
                    Diagnostic::new(
                        &BROKEN_EXPRESSION,
                        place.span(&(open..start)),
                        tr!(lang, "`{{{{` n’est jamais refermé", "`{{{{` is never closed"),
                    )
                    .help(tr!(
                        lang,
                        "ajoutez `}}}}` derrière l’expression",
                        "add `}}}}` behind the expression"
                    )),
                );
                return None;
            };
            let inside = text.get(start..close).unwrap_or_default();
            let place = place.part(&(start..close));
            let expr = compile(inside, &place, names, sink);
            let found = expr.as_ref().and_then(|expr| infer(site, expr, roots, &place, sink));
            match (expr, found) {
                (Some(expr), Some(found)) => {
                    shows_documents |=
                        !matches!(found.sort(), Sort::Boolean | Sort::Number | Sort::Text | Sort::Date | Sort::Section);
                    let labels = if let Type::Choice(labels) = found { Some(labels.clone()) } else { None };
                    parts.push(Part::Value(expr, labels));
                }
                _ => failed = true,
            }
            at = close + 2;
        }
        parts.push(Part::Words(text.get(at..).unwrap_or_default().to_owned()));
        if failed { None } else { Some(Self { parts, shows_documents }) }
    }

    /// Whether it may show a document, which readers see by its title.
    pub(crate) fn shows_documents(&self) -> bool {
        self.shows_documents
    }

    /// The expressions in it.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|part| if let Part::Value(expr, _) = part { Some(expr) } else { None })
    }

    /// Writes the message out for one case; what has no value is shown as a dash.
    pub(crate) fn write<'a>(&'a self, machine: &mut Machine<'a>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Value(expr, labels) => {
                    let shown = machine.eval(expr).map_or_else(
                        |_| "—".to_owned(),
                        |val| {
                            let label = labels.as_ref().zip(val.as_text()).and_then(|(labels, text)| labels.get(text));
                            label.cloned().unwrap_or_else(|| show(&machine.world, &val))
                        },
                    );
                    text.push_str(&shown);
                }
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
