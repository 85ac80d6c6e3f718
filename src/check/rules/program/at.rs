//! What findings point at: the field that the rule names, or those that its expressions look at.

use super::Reader;
use crate::check::rules::language::expr::{Expr, Formula, Kind, Ready, Root};
use crate::check::rules::language::faults::UNKNOWN_FIELD_IN_EXPRESSION;
use crate::check::rules::language::place::Place;
use crate::check::rules::language::types::Type;
use crate::check::rules::rule::Quota;
use crate::diagnostic::{Diagnostic, closest, tr};
use crate::parse::wrong;

impl Reader<'_, '_> {
    /// The field that findings point at, or a heading: `demande.date`, `## Décisions`.
    pub(super) fn at(&mut self) -> Option<Vec<String>> {
        let node = self.key("at")?;
        let Some(text) = node.as_str() else {
            wrong("at", node.span, &tr!(self.sink.lang(), "le nom d’un champ", "the name of a field"), self.sink);
            self.failed = true;
            return None;
        };
        if text.starts_with('#') {
            return Some(vec![text.to_owned()]);
        }
        let place = Place::new(self.cx.snapshot, node);
        let mut found = self.roots.doc.clone().unwrap_or(Type::Any);
        let mut start = 0;
        for name in text.split('.') {
            if let Type::List(items) = found {
                found = *items;
            }
            match found.select(name, &self.cx.site.schema) {
                Ok(next) => found = next,
                Err(known) => {
                    let lang = self.sink.lang();
                    self.sink.push(
                        Diagnostic::new(
                            &UNKNOWN_FIELD_IN_EXPRESSION,
                            place.span(&(start..start + name.len())),
                            tr!(lang, "le champ `{name}` n’existe pas", "there is no field `{name}`"),
                        )
                        .maybe_help(closest(lang, name, known)),
                    );
                    self.failed = true;
                    return None;
                }
            }
            start += name.len() + 1;
        }
        Some(text.split('.').map(str::to_owned).collect())
    }
}

/// The fields of documents that the expressions of a group look at.
pub(super) fn looks_at(quota: Option<&Quota>, assert: Option<&Formula>, group_by: &[Formula]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for formula in quota.map(|quota| &quota.measure).into_iter().chain(assert).chain(group_by) {
        formula.expr.walk(&mut |part| {
            let path = match &part.kind {
                Kind::Call(call) => match &call.ready {
                    Ready::Path(path) => path.iter().map(|name| name.to_string()).collect(),
                    _ => return,
                },
                Kind::Select(..) | Kind::Has(..) => match part.chain() {
                    (Expr { kind: Kind::Local(_) | Kind::Root(Root::Doc), .. }, fields) => {
                        fields.into_iter().map(str::to_owned).collect()
                    }
                    _ => return,
                },
                _ => return,
            };
            if !found.contains(&path) {
                found.push(path);
            }
        });
    }
    found
}
