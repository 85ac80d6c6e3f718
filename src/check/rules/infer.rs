//! The static check of an expression: everything that it names held against the schema, before any document is judged.

use std::ops::Range;
use std::sync::Arc;

use super::expr::{Arithmetic, Call, Expr, Field, Kind, LoopKind, Ready, Root};
use super::faults::{IMPOSSIBLE_CHOICE, MISMATCHED_TYPES, UNKNOWN_FIELD_IN_RULE, WRONG_ARGUMENTS};
use super::function::{Gives, Want};
use super::place::Place;
use super::types::{Sort, Type};
use crate::diagnostic::{Check, Diagnostic, Sink, closest, tr};
use crate::model::{Site, Target};
use crate::schema::{Collection, EntryPart, UNKNOWN_COLLECTION};

/// What the names of a rule hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Roots<'a> {
    pub doc: Option<Type<'a>>,
    pub each: Option<Type<'a>>,
    pub key: Option<Type<'a>>,
    pub params: Option<Type<'a>>,
    pub definitions: Vec<Type<'a>>,
}

/// Finds the type of an expression, and every fault of it; none when there was a fault.
pub(super) fn infer<'a>(
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

    fn field(&mut self, of: &Expr, field: &Field) -> Type<'a> {
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
            self.fault(&UNKNOWN_FIELD_IN_RULE, at, message, help);
            Type::Any
        })
    }

    fn index(&mut self, of: &Expr, index: &Expr) -> Type<'a> {
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

    fn comparable(&mut self, expr: &Expr, a: &Type<'a>, b: &Type<'a>) -> bool {
        let (first, second) = (a.sort(), b.sort());
        let named = |one, other| one == Sort::Reference && other == Sort::Text;
        if first == second || first == Sort::Any || second == Sort::Any || named(first, second) || named(second, first)
        {
            return true;
        }
        let lang = self.sink.lang();
        let help = match (first, second) {
            (Sort::Date, Sort::Text) | (Sort::Text, Sort::Date) => {
                Some(tr!(lang, "une date s’écrit `date(\"2024-06-30\")`", "a date is written `date(\"2024-06-30\")`"))
            }
            (Sort::Number, Sort::Text) | (Sort::Text, Sort::Number) => Some(tr!(
                lang,
                "un nombre s’écrit sans guillemets ; un texte se convertit par `number(…)`",
                "a number is written without quotes; a text is converted by `number(…)`"
            )),
            (Sort::Number, Sort::List) | (Sort::List, Sort::Number) => {
                Some(tr!(lang, "pour compter une liste, écrivez `size(…)`", "to count a list, write `size(…)`"))
            }
            (Sort::List, _) | (_, Sort::List) => Some(tr!(
                lang,
                "pour chercher dans une liste, écrivez `x in liste`",
                "to look into a list, write `x in list`"
            )),
            _ => None,
        };
        let (a, b) = (a.words(lang), b.words(lang));
        self.fault(
            &MISMATCHED_TYPES,
            &expr.at,
            tr!(lang, "{a} ne se compare pas à {b}", "{a} cannot be compared with {b}"),
            help,
        );
        false
    }

    /// A constant compared with a choice or a reference must be one that there is.
    fn constant(&mut self, against: &Type<'a>, expr: &Expr) {
        let Kind::Text(text) = &expr.kind else { return };
        let lang = self.sink.lang();
        match against {
            Type::Choice(choices) if !choices.contains_key(text) => {
                let known = choices.keys().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
                let by_label = choices.iter().find(|(_, label)| label.to_lowercase() == text.to_lowercase());
                let help = by_label
                    .map(|(choice, _)| tr!(lang, "vouliez-vous dire `{choice}` ?", "did you mean `{choice}`?"))
                    .or_else(|| closest(lang, text, choices.keys().map(String::as_str)))
                    .unwrap_or_else(|| tr!(lang, "choix possibles : {known}", "possible choices: {known}"));
                self.fault(
                    &IMPOSSIBLE_CHOICE,
                    &inside_quotes(expr),
                    tr!(lang, "`{text}` n’est pas un choix de ce champ", "`{text}` is no choice of this field"),
                    Some(help),
                );
            }
            Type::Document(to) => self.named(text, to, EntryPart::None, expr),
            Type::Entry(to) => self.named(text, to, EntryPart::Required, expr),
            Type::Target(to) => self.named(text, to, EntryPart::Optional, expr),
            _ => {}
        }
    }

    fn named(&mut self, text: &str, to: &[&Collection], entries: EntryPart, expr: &Expr) {
        let index = &self.site.index;
        let ids = || to.iter().map(|collection| collection.id.as_str());
        if to.is_empty() || index.resolve_in(ids(), entries, text) != Target::Missing {
            return;
        }
        let lang = self.sink.lang();
        let names = ids().flat_map(|id| index.names(id));
        let collections = ids().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let help = closest(lang, text, names).unwrap_or_else(|| match entries {
            EntryPart::None => {
                tr!(lang, "écrivez le nom d’un fichier de {collections}", "write the name of a file of {collections}")
            }
            _ => tr!(
                lang,
                "écrivez `document#numéro`, d’après {collections}",
                "write `document#number`, from {collections}"
            ),
        });
        self.fault(
            &IMPOSSIBLE_CHOICE,
            &inside_quotes(expr),
            tr!(lang, "`{text}` n’existe pas dans {collections}", "there is no `{text}` in {collections}"),
            Some(help),
        );
    }

    fn membership(&mut self, expr: &Expr, parts: &[Expr; 2]) {
        let item = self.of(&parts[0]);
        if let Kind::List(choices) = &parts[1].kind {
            for choice in choices {
                let found = self.of(choice);
                self.comparable(choice, &item, &found);
                self.constant(&item, choice);
            }
            return;
        }
        let list = self.of(&parts[1]);
        if matches!(list.sort(), Sort::Keys) {
            return;
        }
        if let Some(items) = list.items() {
            self.comparable(expr, &item, &items);
            self.constant(&items, &parts[0]);
            return;
        }
        let lang = self.sink.lang();
        let words = list.words(lang);
        self.fault(
            &MISMATCHED_TYPES,
            &parts[1].at,
            tr!(lang, "`in` cherche dans une liste, et c’est {words}", "`in` looks into a list, and this is {words}"),
            Some(tr!(
                lang,
                "pour un texte, écrivez `contains(texte, mot)`",
                "for a text, write `contains(text, word)`"
            )),
        );
    }

    fn arithmetic(&mut self, expr: &Expr, operation: Arithmetic, parts: &[Expr; 2]) -> Type<'a> {
        let (a, b) = (self.of(&parts[0]), self.of(&parts[1]));
        let sorts = (a.sort(), b.sort());
        match sorts {
            (Sort::Any | Sort::Number, Sort::Any | Sort::Number) => {
                return if sorts == (Sort::Any, Sort::Any) && operation == Arithmetic::Add {
                    Type::Any
                } else {
                    Type::Number
                };
            }
            (Sort::Any | Sort::Text, Sort::Any | Sort::Text) if operation == Arithmetic::Add => return Type::Text,
            (Sort::Any | Sort::List, Sort::Any | Sort::List) if operation == Arithmetic::Add => {
                let items = a.items().unwrap_or(Type::Any).or(b.items().unwrap_or(Type::Any));
                return Type::List(Box::new(items));
            }
            _ => {}
        }
        let lang = self.sink.lang();
        let help = if sorts.0 == Sort::Date || sorts.1 == Sort::Date {
            Some(tr!(
                lang,
                "écrivez `days_between(date, date)` ou `add_days(date, nombre)`",
                "write `days_between(date, date)` or `add_days(date, number)`"
            ))
        } else if operation == Arithmetic::Add && (sorts.0 == Sort::Text || sorts.1 == Sort::Text) {
            Some(tr!(lang, "pour coller un texte, écrivez `string(…)`", "to join a text, write `string(…)`"))
        } else {
            None
        };
        let (a, b) = (a.words(lang), b.words(lang));
        self.fault(
            &MISMATCHED_TYPES,
            &expr.at,
            tr!(lang, "{a} et {b} ne se calculent pas ensemble", "{a} and {b} cannot be computed together"),
            help,
        );
        Type::Any
    }

    fn call(&mut self, call: &Call) -> Type<'a> {
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
                Want::Text | Want::Pattern | Want::Path | Want::Collection | Want::Day => sort == Sort::Text,
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

    /// Follows a path of fields from the items of a list.
    fn path(&mut self, call: &Call, list: Option<&Type<'a>>, arg: &Expr) -> Type<'a> {
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
                &UNKNOWN_FIELD_IN_RULE,
                &inside_quotes(arg),
                tr!(lang, "la section « {title} » n’est pas déclarée", "the section \"{title}\" is not declared"),
                Some(help),
            );
        }
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
pub(super) fn expect<'a>(
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
