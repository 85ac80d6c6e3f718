//! The static check of an expression: everything that it names held against the schema, before any document is judged.

mod call;
mod compare;
mod field;

use std::ops::Range;

use super::expr::{Expr, Kind, LoopKind, Root};
use super::faults::MISMATCHED_TYPES;
use super::place::Place;
use super::types::{Sort, Type};
use crate::diagnostic::{Check, Diagnostic, Sink, tr};
use crate::model::Site;

/// What the names of a rule hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots<'a> {
    pub doc: Option<Type<'a>>,
    pub each: Option<Type<'a>>,
    pub key: Option<Type<'a>>,
    pub params: Option<Type<'a>>,
    pub definitions: Vec<Type<'a>>,
}

/// Finds the type of an expression, and every fault of it; none when there was a fault.
pub(crate) fn infer<'a>(
    site: &'a Site,
    expr: &Expr,
    roots: &Roots<'a>,
    place: &Place,
    sink: &mut Sink,
) -> Option<Type<'a>> {
    let mut checker = Checker { site, roots, place, locals: Vec::new(), sink, failed: false };
    let found = checker.of(expr);
    if checker.failed { None } else { Some(found) }
}

struct Checker<'a, 'c> {
    site: &'a Site,
    roots: &'c Roots<'a>,
    place: &'c Place,
    locals: Vec<Type<'a>>,
    sink: &'c mut Sink,
    failed: bool,
}

impl<'a> Checker<'a, '_> {
    fn of(&mut self, expr: &Expr) -> Type<'a> {
        match &expr.kind {
            Kind::Null => Type::Null,
            Kind::Boolean(_) => Type::Boolean,
            Kind::Number(_) => Type::Number,
            Kind::Text(_) => Type::Text,
            Kind::Root(root) => self.root(*root),
            Kind::Local(local) => self.locals.get(*local).cloned().unwrap_or(Type::Any),
            Kind::Select(of, field) => self.field(of, field),
            Kind::Has(of, field) => {
                self.field(of, field);
                Type::Boolean
            }
            Kind::Index(of, index) => self.index(of, index),
            Kind::List(items) => {
                let items: Vec<Type<'a>> = items.iter().map(|item| self.of(item)).collect();
                Type::Tuple(items.into())
            }
            Kind::Not(of) => {
                self.condition(of);
                Type::Boolean
            }
            Kind::Negate(of) => {
                self.wanted(of, Sort::Number, &Type::Number);
                Type::Number
            }
            Kind::And(parts) | Kind::Or(parts) => {
                for part in parts {
                    self.condition(part);
                }
                Type::Boolean
            }
            Kind::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                self.condition(condition);
                self.of(yes).or(self.of(no))
            }
            Kind::Equal(parts, _) => {
                let (a, b) = (self.of(&parts[0]), self.of(&parts[1]));
                self.comparable(expr, &a, &b);
                self.constant(&a, &parts[1]);
                self.constant(&b, &parts[0]);
                Type::Boolean
            }
            Kind::Order(_, parts) => {
                let (a, b) = (self.of(&parts[0]), self.of(&parts[1]));
                if !self.comparable(expr, &a, &b) {
                    return Type::Boolean;
                }
                for (part, found) in parts.iter().zip([&a, &b]) {
                    if !matches!(found.sort(), Sort::Any | Sort::Number | Sort::Text | Sort::Date | Sort::Boolean) {
                        let lang = self.sink.lang();
                        let words = found.words(lang);
                        self.fault(
                            &MISMATCHED_TYPES,
                            &part.at,
                            tr!(lang, "{words} ne se met pas en ordre", "{words} has no order"),
                            Some(tr!(
                                lang,
                                "comparez des nombres, des dates ou des textes",
                                "compare numbers, dates or texts"
                            )),
                        );
                    }
                }
                Type::Boolean
            }
            Kind::Arithmetic(operation, parts) => self.arithmetic(expr, *operation, parts),
            Kind::In(parts) => {
                self.membership(expr, parts);
                Type::Boolean
            }
            Kind::Loop(run) => {
                let item = self.list(&run.over);
                self.locals.truncate(run.local);
                self.locals.push(item.clone());
                if let Some(only) = &run.only {
                    self.condition(only);
                }
                let found = match run.kind {
                    LoopKind::Map => Type::List(Box::new(self.of(&run.body))),
                    LoopKind::Filter => {
                        self.condition(&run.body);
                        Type::List(Box::new(item))
                    }
                    LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => {
                        self.condition(&run.body);
                        Type::Boolean
                    }
                };
                self.locals.truncate(run.local);
                found
            }
            Kind::Call(call) => self.call(call),
        }
    }

    fn root(&self, root: Root) -> Type<'a> {
        let known = |found: &Option<Type<'a>>| found.clone().unwrap_or(Type::Any);
        match root {
            Root::Doc => known(&self.roots.doc),
            Root::Each => known(&self.roots.each),
            Root::Group | Root::Previous => Type::List(Box::new(known(&self.roots.doc))),
            Root::Key => known(&self.roots.key),
            Root::Params => known(&self.roots.params),
            Root::Today => Type::Date,
            Root::Used | Root::Limit => Type::Number,
            Root::Let(place) => self.roots.definitions.get(place).cloned().unwrap_or(Type::Any),
        }
    }

    fn list(&mut self, expr: &Expr) -> Type<'a> {
        let found = self.of(expr);
        found.items().unwrap_or_else(|| {
            let lang = self.sink.lang();
            let words = found.words(lang);
            self.fault(
                &MISMATCHED_TYPES,
                &expr.at,
                tr!(lang, "une liste est attendue ici, et c’est {words}", "a list is wanted here, and this is {words}"),
                None,
            );
            Type::Any
        })
    }

    fn condition(&mut self, expr: &Expr) {
        let found = self.of(expr);
        if !matches!(found.sort(), Sort::Any | Sort::Boolean) {
            let lang = self.sink.lang();
            let words = found.words(lang);
            self.fault(
                &MISMATCHED_TYPES,
                &expr.at,
                tr!(
                    lang,
                    "une condition est attendue ici, et c’est {words}",
                    "a condition is wanted here, and this is {words}"
                ),
                Some(tr!(
                    lang,
                    "comparez-le à une valeur, ou écrivez `filled(…)` pour savoir s’il est rempli",
                    "compare it with a value, or write `filled(…)` to know whether it is filled in"
                )),
            );
        }
    }

    fn wanted(&mut self, expr: &Expr, sort: Sort, want: &Type<'a>) -> Type<'a> {
        let found = self.of(expr);
        if found.sort() != Sort::Any && found.sort() != sort {
            let lang = self.sink.lang();
            let (want, words) = (want.words(lang), found.words(lang));
            self.fault(
                &MISMATCHED_TYPES,
                &expr.at,
                tr!(lang, "{want} est attendu ici, et c’est {words}", "{want} is wanted here, and this is {words}"),
                None,
            );
        }
        found
    }

    fn fault(&mut self, check: &'static Check, at: &Range<usize>, message: String, help: Option<String>) {
        self.failed = true;
        self.sink.push(Diagnostic::new(check, self.place.span(at), message).maybe_help(help));
    }
}

/// The bytes of a text constant without its quotes.
fn inside_quotes(expr: &Expr) -> Range<usize> {
    if expr.at.len() >= 2 { expr.at.start + 1..expr.at.end - 1 } else { expr.at.clone() }
}

/// Finds the faults of an expression that must give one kind of value; whether there was none.
pub(crate) fn expect<'a>(
    site: &'a Site,
    expr: &Expr,
    (roots, place): (&Roots<'a>, &Place),
    want: &Type<'a>,
    sink: &mut Sink,
) -> bool {
    let mut checker = Checker { site, roots, place, locals: Vec::new(), sink, failed: false };
    if want.sort() == Sort::Boolean {
        checker.condition(expr);
    } else {
        checker.wanted(expr, want.sort(), want);
    }
    !checker.failed
}
