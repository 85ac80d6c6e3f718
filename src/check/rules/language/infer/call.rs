//! Calls: whether a function takes what it is given.

use std::sync::Arc;

use super::super::expr::{Call, Expr, Kind};
use super::super::faults::{MISMATCHED_TYPES, UNKNOWN_FIELD_IN_EXPRESSION, WRONG_ARGUMENTS};
use super::super::function::{Gives, Want};
use super::super::types::{Sort, Type};
use super::{Checker, inside_quotes};
use crate::diagnostic::{closest, tr};
use crate::schema::UNKNOWN_COLLECTION;

impl<'a> Checker<'a, '_> {
    pub(super) fn call(&mut self, call: &Call) -> Type<'a> {
        let found: Vec<Type<'a>> = call.args.iter().map(|arg| self.of(arg)).collect();
        let function = call.function;
        let wants = function.wants.iter().chain(function.wants.last().into_iter().filter(|_| function.repeats).cycle());
        let mut led_to = None;
        for ((want, arg), arg_type) in wants.zip(&call.args).zip(&found) {
            match want {
                Want::Path => led_to = Some(self.path(call, found.first(), arg)),
                Want::Collection => self.collection(arg),
                want => self.argument(call, *want, arg, arg_type),
            }
        }
        let first = found.first().cloned().unwrap_or(Type::Any);
        let item = || led_to.clone().or_else(|| first.items()).unwrap_or(Type::Any);
        if matches!(function.name, "sum" | "avg") && !matches!(item().sort(), Sort::Any | Sort::Number) {
            let (lang, words) = (self.sink.lang(), item().words(self.sink.lang()));
            let at = call.args.last().map_or(0..0, |arg| arg.at.clone());
            self.fault(
                &MISMATCHED_TYPES,
                &at,
                tr!(
                    lang,
                    "on n’additionne que des nombres, et c’est {words}",
                    "only numbers add up, and this is {words}"
                ),
                None,
            );
        }
        if function.name == "section" {
            self.heading(call, &first);
        }
        match function.gives {
            Gives::Boolean => Type::Boolean,
            Gives::Number => Type::Number,
            Gives::Text => Type::Text,
            Gives::Date => Type::Date,
            Gives::Section => Type::Section,
            Gives::List => Type::List(Box::new(first.items().unwrap_or(Type::Any))),
            Gives::Item => first.items().unwrap_or(Type::Any),
            Gives::Values => Type::List(Box::new(item())),
            Gives::Value => item(),
            Gives::Documents => {
                let named = call.args.iter().rev().find_map(|arg| match &arg.kind {
                    Kind::Text(text) => self.site.schema.collection(text),
                    _ => None,
                });
                Type::List(Box::new(named.map_or(Type::Any, |collection| Type::Document(Arc::new([collection])))))
            }
        }
    }

    fn argument(&mut self, call: &Call, want: Want, arg: &Expr, found: &Type<'a>) {
        let sort = found.sort();
        let fits = sort == Sort::Any
            || match want {
                Want::Any => true,
                Want::List => sort == Sort::List,
                Want::Number => sort == Sort::Number,
                Want::Text | Want::Heading | Want::Pattern | Want::Path | Want::Collection | Want::Day => {
                    sort == Sort::Text
                }
                Want::Date => sort == Sort::Date,
                Want::Sized => matches!(sort, Sort::List | Sort::Text | Sort::Keys),
                Want::Searched => matches!(sort, Sort::List | Sort::Text),
                Want::Document => matches!(found, Type::Document(_) | Type::Target(_)),
                Want::Target => sort == Sort::Reference,
            };
        if !fits {
            let lang = self.sink.lang();
            let (name, form, words) = (call.function.name, call.function.form, found.words(lang));
            self.fault(
                &WRONG_ARGUMENTS,
                &arg.at,
                tr!(lang, "`{name}` ne prend pas {words} ici", "`{name}` does not take {words} here"),
                Some(tr!(lang, "forme attendue : `{form}`", "its form: `{form}`")),
            );
        }
    }

    fn collection(&mut self, arg: &Expr) {
        let Kind::Text(name) = &arg.kind else { return };
        if self.site.schema.collection(name).is_none() {
            let lang = self.sink.lang();
            let known = self.site.schema.collections.keys().map(String::as_str);
            let help = closest(lang, name, known);
            self.fault(
                &UNKNOWN_COLLECTION,
                &inside_quotes(arg),
                tr!(lang, "il n’y a pas de collection `{name}`", "there is no collection `{name}`"),
                help,
            );
        }
    }

    /// A heading that is nearly one that the collection declares is a slip; others may stand in a text all the same.
    fn heading(&mut self, call: &Call, owner: &Type<'a>) {
        let [_, arg] = call.args.as_slice() else { return };
        let (Kind::Text(title), Type::Document(collections)) = (&arg.kind, owner) else { return };
        let declared =
            collections.iter().flat_map(|collection| &collection.sections).map(|section| section.title.value.as_str());
        let wanted = crate::parse::slug(title);
        if declared.clone().any(|known| crate::parse::slug(known) == wanted) {
            return;
        }
        let lang = self.sink.lang();
        if let Some(help) = closest(lang, title, declared) {
            self.fault(
                &UNKNOWN_FIELD_IN_EXPRESSION,
                &inside_quotes(arg),
                tr!(lang, "la section « {title} » n’est pas déclarée", "the section \"{title}\" is not declared"),
                Some(help),
            );
        }
    }
}
