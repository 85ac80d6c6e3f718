//! Which fields of documents expressions may read, by name: what names nothing that changed has the same value again.

use std::collections::BTreeSet;

use super::expr::{Expr, Kind, Ready};
use super::function::Want;

/// What expressions may read of documents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    names: BTreeSet<String>,
    /// Whether some name is known only when the expression is evaluated.
    any_name: bool,
    /// Whether they look for documents in the whole book, beyond those that they are given and those that these refer to.
    pub(crate) whole_book: bool,
}

impl Reads {
    /// What some expressions may read.
    pub(crate) fn of<'e>(expressions: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut reads = Self::default();
        expressions.into_iter().for_each(|expr| reads.add(expr));
        reads
    }

    /// Adds a field that is read although no expression names it.
    pub(crate) fn name(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Whether any of some fields may be read.
    pub(crate) fn has_any(&self, names: &BTreeSet<String>) -> bool {
        self.any_name && !names.is_empty() || !self.names.is_disjoint(names)
    }

    fn add(&mut self, expr: &Expr) {
        expr.walk(&mut |part| match &part.kind {
            Kind::Select(_, field) | Kind::Has(_, field) => self.name(&field.name),
            Kind::Index(_, index) => match &index.kind {
                Kind::Number(_) => {}
                Kind::Text(name) => self.name(name),
                _ => self.any_name = true,
            },
            Kind::Call(call) => {
                if let Ready::Path(path) = &call.ready {
                    path.iter().for_each(|name| self.name(name));
                }
                if call.function.name == "section" {
                    self.name("sections");
                }
                self.whole_book |= call.function.wants.contains(&Want::Collection);
            }
            _ => {}
        });
    }
}
