//! What the documents keep a view from: values that cannot be computed with, texts that say no date.

use std::sync::PoisonError;

use super::Evaluator;
use crate::check::views::faults::{UNCOMPUTABLE_VIEW, UNREADABLE_DATE};
use crate::diagnostic::{Diagnostic, Sink, tr};

impl Evaluator<'_> {
    /// Leaves the findings of an evaluation.
    pub(super) fn report(self, sink: &mut Sink) {
        let lang = sink.lang();
        for (span, name) in self.troubles.into_inner().unwrap_or_else(PoisonError::into_inner) {
            sink.push(
                Diagnostic::new(
                    &UNCOMPUTABLE_VIEW,
                    span,
                    tr!(lang, "ceci ne se calcule pas pour `{name}`", "this cannot be computed for `{name}`"),
                )
                .help(tr!(
                    lang,
                    "écartez ces documents par `where`, ou corrigez leur valeur",
                    "leave such documents out by `where`, or correct their value"
                )),
            );
        }
        let view = &self.program.name.value;
        for (span, text) in self.unread.into_inner().unwrap_or_else(PoisonError::into_inner) {
            sink.push(
                Diagnostic::new(
                    &UNREADABLE_DATE,
                    span,
                    tr!(lang, "`{text}` ne se lit pas comme une date", "`{text}` cannot be read as a date"),
                )
                .related(self.program.name.span, tr!(lang, "pour la vue `{view}`", "for view `{view}`"))
                .help(tr!(
                    lang,
                    "écrivez `2009`, `2009-06`, `juin 2009`, `été 2009`, ou `juin à août 2009`",
                    "write `2009`, `2009-06`, `June 2009`, `summer 2009`, or `June to August 2009`"
                )),
            );
        }
    }
}
