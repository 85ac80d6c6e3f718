//! Fields: whether the schema has them, and what they hold.

use std::ops::Range;

use super::super::expr::{Call, Expr, Field, Kind, Ready};
use super::super::faults::{MISMATCHED_TYPES, UNKNOWN_FIELD_IN_EXPRESSION, WRONG_ARGUMENTS};
use super::super::types::{Sort, Type};
use super::{Checker, inside_quotes};
use crate::diagnostic::{closest, tr};

impl<'a> Checker<'a, '_> {
    pub(super) fn field(&mut self, of: &Expr, field: &Field) -> Type<'a> {
        let owner = self.of(of);
        self.select(&owner, &field.name, &field.at)
    }

    fn select(&mut self, owner: &Type<'a>, name: &str, at: &Range<usize>) -> Type<'a> {
        owner.select(name, &self.site.schema).unwrap_or_else(|known| {
            let lang = self.sink.lang();
            let mut known: Vec<&str> = known;
            if let Type::Record(record) = owner {
                known = record.keys().map(String::as_str).collect();
            }
            let message = match owner {
                Type::Document(collections) if !collections.is_empty() => {
                    let titles = collections
                        .iter()
                        .map(|collection| format!("`{}`", collection.id))
                        .collect::<Vec<_>>()
                        .join(", ");
                    tr!(lang, "le champ `{name}` n’existe pas dans {titles}", "there is no field `{name}` in {titles}")
                }
                owner => {
                    let words = owner.words(lang);
                    tr!(lang, "{words} n’a pas de champ `{name}`", "{words} has no field `{name}`")
                }
            };
            let help = closest(lang, name, known.iter().copied()).or_else(|| {
                let list = known.iter().take(16).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let list_owner = matches!(owner, Type::List(_) | Type::Tuple(_));
                if list_owner {
                    return Some(tr!(
                        lang,
                        "pour chaque élément, écrivez `.all(x, x.{name} …)` ou `values(…, \"{name}\")`",
                        "for each item, write `.all(x, x.{name} …)` or `values(…, \"{name}\")`"
                    ));
                }
                (!known.is_empty()).then(|| tr!(lang, "champs connus : {list}", "known fields: {list}"))
            });
            self.fault(&UNKNOWN_FIELD_IN_EXPRESSION, at, message, help);
            Type::Any
        })
    }

    pub(super) fn index(&mut self, of: &Expr, index: &Expr) -> Type<'a> {
        let owner = self.of(of);
        let by = self.of(index);
        match (&owner, &index.kind) {
            (Type::Tuple(items), Kind::Number(number)) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a place that is not there is a fault"
                )]
                let found = if *number >= 0.0 { items.get(*number as usize).cloned() } else { None };
                found.unwrap_or_else(|| {
                    let (lang, last) = (self.sink.lang(), items.len().saturating_sub(1));
                    self.fault(
                        &WRONG_ARGUMENTS,
                        &index.at,
                        tr!(lang, "il n’y a pas d’élément {number} ici", "there is no item {number} here"),
                        Some(tr!(lang, "on compte de 0 à {last}", "count from 0 to {last}")),
                    );
                    Type::Any
                })
            }
            (Type::List(_) | Type::Tuple(_) | Type::Any | Type::Null, _) => owner.items().unwrap_or(Type::Any),
            (_, Kind::Text(name)) => self.select(&owner, name, &inside_quotes(index)),
            _ if by.sort() == Sort::Text => Type::Any,
            _ => {
                let lang = self.sink.lang();
                let words = owner.words(lang);
                self.fault(
                    &MISMATCHED_TYPES,
                    &index.at,
                    tr!(lang, "{words} ne se lit pas par numéro", "{words} is not read by number"),
                    Some(tr!(lang, "seule une liste a des éléments numérotés", "only a list has numbered items")),
                );
                Type::Any
            }
        }
    }

    /// Follows a path of fields from the items of a list.
    pub(super) fn path(&mut self, call: &Call, list: Option<&Type<'a>>, arg: &Expr) -> Type<'a> {
        let Ready::Path(path) = &call.ready else { return Type::Any };
        let mut found = list.and_then(Type::items).unwrap_or(Type::Any);
        let mut at = arg.at.start + 1;
        for name in path.iter() {
            while let Type::List(items) = found {
                found = *items;
            }
            found = self.select(&found, name, &(at..at + name.len()));
            at += name.len() + 1;
        }
        while let Type::List(items) = found {
            found = *items;
        }
        found
    }
}
