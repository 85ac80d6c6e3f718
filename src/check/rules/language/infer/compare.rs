//! Comparisons and computing: whether both sides are of one kind, and whether a constant is one that there is.

use super::super::expr::{Arithmetic, Expr, Kind};
use super::super::faults::{IMPOSSIBLE_CHOICE, MISMATCHED_TYPES};
use super::super::types::{Sort, Type};
use super::{Checker, inside_quotes};
use crate::diagnostic::{closest, tr};
use crate::model::Target;
use crate::schema::{Collection, EntryPart};

impl<'a> Checker<'a, '_> {
    pub(super) fn comparable(&mut self, expr: &Expr, a: &Type<'a>, b: &Type<'a>) -> bool {
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
    pub(super) fn constant(&mut self, against: &Type<'a>, expr: &Expr) {
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

    pub(super) fn membership(&mut self, expr: &Expr, parts: &[Expr; 2]) {
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

    pub(super) fn arithmetic(&mut self, expr: &Expr, operation: Arithmetic, parts: &[Expr; 2]) -> Type<'a> {
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
}
