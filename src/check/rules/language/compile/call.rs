//! Calls: operators, loops, `has`, and the functions of the language.

use std::ops::Range;
use std::sync::Arc;

use cel::common::ast::{Expr as Ast, IdedExpr, operators};
use regex::Regex;

use super::super::expr::{Arithmetic, Call, Expr, Field, Kind, Loop, LoopKind, Order, Ready};
use super::super::faults::{UNKNOWN_FUNCTION, WRONG_ARGUMENTS};
use super::super::function::{self, Function, Want};
use super::Compiler;
use crate::diagnostic::{Lang, closest, tr};

impl Compiler<'_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        target: Option<&IdedExpr>,
        args: &[IdedExpr],
        token: Range<usize>,
    ) -> Expr {
        if let Some(kind) = self.operator(name, args) {
            let at = match &kind {
                Kind::Not(of) | Kind::Negate(of) => token.start..of.at.end,
                Kind::Index(of, index) => of.at.start..self.closed(index.at.end, ']'),
                Kind::And(parts) | Kind::Or(parts) => around(parts, &token),
                Kind::If(parts) => around(parts.as_ref(), &token),
                Kind::Equal(parts, _) | Kind::Order(_, parts) | Kind::Arithmetic(_, parts) | Kind::In(parts) => {
                    around(parts.as_ref(), &token)
                }
                _ => token,
            };
            return Expr { at, kind };
        }
        let name_at = self.name_before(name, &token);
        match (name, target, args) {
            ("has", None, [arg]) => return self.has(arg, name_at.start),
            (_, Some(target), [variable, rest @ ..])
                if loop_kind(name)
                    .is_some_and(|kind| rest.len() == 1 || (kind == LoopKind::Map && rest.len() == 2)) =>
            {
                return self.run_loop((name, name_at), target, variable, rest);
            }
            _ => {}
        }
        let function = function::find(match name {
            // CEL's own names for what we have.
            "timestamp" => "date",
            "double" | "int" => "number",
            name => name,
        });
        let compiled: Vec<Expr> = target.into_iter().chain(args).map(|arg| self.expr(arg)).collect();
        let start = compiled.first().filter(|_| target.is_some()).map_or(name_at.start, |target| target.at.start);
        let end = compiled.last().map_or(token.end, |arg| arg.at.end.max(token.end));
        let at = start..self.closed(end, ')');
        let Some(function) = function else {
            let lang = self.sink.lang();
            let loops = ["all", "exists", "exists_one", "filter", "map", "has"];
            if loops.contains(&name) {
                let (message, help) = loop_form(name, lang);
                return self.fault(&WRONG_ARGUMENTS, name_at, message, help);
            }
            let known = function::ALL.iter().map(|function| function.name).chain(loops);
            let help = closest(lang, name, known.clone()).unwrap_or_else(|| {
                let list = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                tr!(lang, "fonctions : {list}", "functions: {list}")
            });
            return self.fault(
                &UNKNOWN_FUNCTION,
                name_at,
                tr!(lang, "fonction inconnue `{name}`", "unknown function `{name}`"),
                help,
            );
        };
        let most = if function.repeats { usize::MAX } else { function.wants.len() };
        if compiled.len() < function.fewest || compiled.len() > most {
            let lang = self.sink.lang();
            let (given, form) = (compiled.len(), function.form);
            return self.fault(
                &WRONG_ARGUMENTS,
                name_at,
                tr!(
                    lang,
                    "`{name}` ne s’appelle pas avec {given} argument(s)",
                    "`{name}` is not called with {given} argument(s)"
                ),
                tr!(lang, "forme attendue : `{form}`", "its form: `{form}`"),
            );
        }
        let ready = self.make_ready(function, &compiled);
        Expr { at, kind: Kind::Call(Call { function, args: compiled, ready }) }
    }

    fn operator(&mut self, name: &str, args: &[IdedExpr]) -> Option<Kind> {
        let order = |order| move |parts| Kind::Order(order, parts);
        let arithmetic = |operation| move |parts| Kind::Arithmetic(operation, parts);
        let two: &dyn Fn(Box<[Expr; 2]>) -> Kind = match name {
            operators::LOGICAL_AND | operators::LOGICAL_OR => {
                let mut parts = Vec::new();
                for arg in args {
                    self.connected(name, arg, &mut parts);
                }
                return Some(if name == operators::LOGICAL_AND { Kind::And(parts) } else { Kind::Or(parts) });
            }
            operators::CONDITIONAL => {
                let [condition, yes, no] = args else { return None };
                return Some(Kind::If(Box::new([self.expr(condition), self.expr(yes), self.expr(no)])));
            }
            operators::LOGICAL_NOT => return Some(Kind::Not(Box::new(self.expr(args.first()?)))),
            operators::NEGATE => return Some(Kind::Negate(Box::new(self.expr(args.first()?)))),
            operators::INDEX => {
                let [of, index] = args else { return None };
                return Some(Kind::Index(Box::new(self.expr(of)), Box::new(self.expr(index))));
            }
            operators::EQUALS => &|parts| Kind::Equal(parts, true),
            operators::NOT_EQUALS => &|parts| Kind::Equal(parts, false),
            operators::LESS => &order(Order::Less),
            operators::LESS_EQUALS => &order(Order::AtMost),
            operators::GREATER => &order(Order::More),
            operators::GREATER_EQUALS => &order(Order::AtLeast),
            operators::ADD => &arithmetic(Arithmetic::Add),
            operators::SUBSTRACT => &arithmetic(Arithmetic::Subtract),
            operators::MULTIPLY => &arithmetic(Arithmetic::Multiply),
            operators::DIVIDE => &arithmetic(Arithmetic::Divide),
            operators::MODULO => &arithmetic(Arithmetic::Remainder),
            operators::IN => &Kind::In,
            _ => return None,
        };
        let [a, b] = args else { return None };
        Some(two(Box::new([self.expr(a), self.expr(b)])))
    }

    /// The parts of `a && b && c`, which CEL's parser balances as a tree.
    fn connected(&mut self, operator: &str, ast: &IdedExpr, parts: &mut Vec<Expr>) {
        match &ast.expr {
            Ast::Call(call) if call.func_name == operator => {
                for arg in &call.args {
                    self.connected(operator, arg, parts);
                }
            }
            _ => parts.push(self.expr(ast)),
        }
    }

    fn has(&mut self, arg: &IdedExpr, start: usize) -> Expr {
        let inner = self.expr(arg);
        let end = self.closed(inner.at.end, ')');
        match inner.kind {
            Kind::Select(of, field) => Expr { at: start..end, kind: Kind::Has(of, field) },
            Kind::Index(of, index) => match index.kind {
                Kind::Text(name) => Expr { at: start..end, kind: Kind::Has(of, Field { name, at: index.at }) },
                _ => self.misused_has(start..end),
            },
            _ => self.misused_has(start..end),
        }
    }

    fn misused_has(&mut self, at: Range<usize>) -> Expr {
        let (message, help) = loop_form("has", self.sink.lang());
        self.fault(&WRONG_ARGUMENTS, at, message, help)
    }

    fn run_loop(
        &mut self,
        (name, name_at): (&str, Range<usize>),
        target: &IdedExpr,
        variable: &IdedExpr,
        rest: &[IdedExpr],
    ) -> Expr {
        let over = self.expr(target);
        let Ast::Ident(local) = &variable.expr else {
            let (message, help) = loop_form(name, self.sink.lang());
            return self.fault(&WRONG_ARGUMENTS, name_at, message, help);
        };
        let place = self.locals.len();
        self.locals.push(local.clone());
        let mut rest: Vec<Expr> = rest.iter().map(|part| self.expr(part)).collect();
        self.locals.pop();
        let body = rest.pop().unwrap_or(Expr { at: over.at.clone(), kind: Kind::Null });
        let at = over.at.start..self.closed(body.at.end, ')');
        let kind = loop_kind(name).unwrap_or(LoopKind::All);
        Expr { at, kind: Kind::Loop(Box::new(Loop { kind, over, local: place, only: rest.pop(), body })) }
    }

    /// Reads the constant arguments that are used again and again.
    fn make_ready(&mut self, function: &Function, args: &[Expr]) -> Ready {
        let mut ready = Ready::Nothing;
        for (want, arg) in function.wants.iter().zip(args) {
            let constant = matches!(want, Want::Path | Want::Pattern | Want::Collection | Want::Day);
            let text = match &arg.kind {
                Kind::Text(text) => text,
                _ if constant => {
                    let (lang, form) = (self.sink.lang(), function.form);
                    self.fault(
                        &WRONG_ARGUMENTS,
                        arg.at.clone(),
                        tr!(lang, "un texte entre guillemets est attendu ici", "a text between quotes is wanted here"),
                        tr!(lang, "forme attendue : `{form}`", "its form: `{form}`"),
                    );
                    continue;
                }
                _ => continue,
            };
            match want {
                Want::Path => ready = Ready::Path(text.split('.').map(str::to_owned).collect::<Vec<_>>().into()),
                Want::Heading => ready = Ready::Heading(crate::parse::slug(text)),
                Want::Pattern => match Regex::new(text) {
                    Ok(regex) => ready = Ready::Pattern(Arc::new(regex)),
                    Err(error) => {
                        let lang = self.sink.lang();
                        let reason = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
                        self.fault(
                            &WRONG_ARGUMENTS,
                            arg.at.clone(),
                            tr!(lang, "cette expression régulière est fausse", "this regular expression is wrong"),
                            tr!(lang, "corrigez-la : {reason}", "correct it: {reason}"),
                        );
                    }
                },
                Want::Day if crate::model::parse_date(text).is_none() => {
                    let lang = self.sink.lang();
                    self.fault(
                        &WRONG_ARGUMENTS,
                        arg.at.clone(),
                        tr!(lang, "`{text}` n’est pas une date", "`{text}` is no date"),
                        tr!(
                            lang,
                            "écrivez par exemple `date(\"2024-06-30\")`",
                            "write for instance `date(\"2024-06-30\")`"
                        ),
                    );
                }
                _ => {}
            }
        }
        ready
    }
}

fn around(parts: &[Expr], token: &Range<usize>) -> Range<usize> {
    let start = parts.first().map_or(token.start, |part| part.at.start);
    let end = parts.last().map_or(token.end, |part| part.at.end);
    start..end
}
fn loop_kind(name: &str) -> Option<LoopKind> {
    Some(match name {
        "all" => LoopKind::All,
        "exists" => LoopKind::Exists,
        "exists_one" | "existsOne" => LoopKind::ExistsOne,
        "filter" => LoopKind::Filter,
        "map" => LoopKind::Map,
        _ => return None,
    })
}

fn loop_form(name: &str, lang: Lang) -> (String, String) {
    let form = if name == "has" { "has(doc.field)".to_owned() } else { format!("list.{name}(x, x.field)") };
    (
        tr!(lang, "`{name}` ne s’appelle pas ainsi", "`{name}` is not called like this"),
        tr!(lang, "forme attendue : `{form}`", "its form: `{form}`"),
    )
}
