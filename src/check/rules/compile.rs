//! From CEL's syntax to an [`Expr`]: names resolved, functions found, every number a double.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{EntryExpr, Expr as Ast, IdedExpr, LiteralValue, SourceInfo, operators};
use regex::Regex;

use super::expr::{Arithmetic, Call, Expr, Field, Kind, Loop, LoopKind, Order, Ready, Root};
use super::faults::{BROKEN_EXPRESSION, UNKNOWN_FUNCTION, UNKNOWN_NAME_IN_RULE, WRONG_ARGUMENTS};
use super::function::{self, Function, Want};
use super::place::Place;
use super::scan::first_slip;
use crate::diagnostic::{Check, Diagnostic, Sink, closest, tr};

/// An environment without macros: loops and `has` stay as they are written, with their places.
static ENV: LazyLock<cel::Env> = LazyLock::new(|| cel::Env::default().with_optional_support(false));

/// The names that an expression may use.
#[derive(Debug, Clone, Default)]
pub(super) struct Names<'a> {
    pub roots: Vec<Root>,
    /// Names that the rule defines, in order; those not defined yet are left out.
    pub definitions: &'a [String],
}

/// Reads an expression; a mistake is a finding at its word, and then there is no expression.
pub(super) fn compile(text: &str, place: &Place, names: &Names<'_>, sink: &mut Sink) -> Option<Expr> {
    let lang = sink.lang();
    if let Some(slip) = first_slip(text, lang) {
        sink.push(Diagnostic::new(slip.check, place.span(&slip.at), slip.message).help(slip.help));
        return None;
    }
    let (ast, info) = match ENV.parser().parse_with_source_info(text) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let at = errors.errors.first().map_or(0..text.len(), |error| word_at(text, error.pos));
            sink.push(
                Diagnostic::new(
                    &BROKEN_EXPRESSION,
                    place.span(&at),
                    tr!(lang, "l’expression est illisible à partir d’ici", "the expression cannot be read from here"),
                )
                .help(tr!(
                    lang,
                    "il manque peut-être un opérateur, une virgule ou une valeur",
                    "perhaps an operator, a comma or a value is missing"
                )),
            );
            return None;
        }
    };
    let mut compiler = Compiler { text, place, names, info: &info, locals: Vec::new(), sink, failed: false };
    let expr = compiler.expr(&ast);
    if compiler.failed { None } else { Some(expr) }
}

/// The word at a line and column of CEL's parser, both from 1, columns in characters.
fn word_at(text: &str, (line, column): (isize, isize)) -> Range<usize> {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let start = start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
    if end == 0 {
        // The end of the text: its last word.
        let trimmed = text.trim_end();
        let start = trimmed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        return start..trimmed.len();
    }
    start..start + end
}

struct Compiler<'c> {
    text: &'c str,
    place: &'c Place,
    names: &'c Names<'c>,
    info: &'c SourceInfo,
    locals: Vec<String>,
    sink: &'c mut Sink,
    failed: bool,
}

impl Compiler<'_> {
    fn expr(&mut self, ast: &IdedExpr) -> Expr {
        let token = self.token(ast.id);
        match &ast.expr {
            Ast::Literal(literal) => match literal_kind(literal) {
                Some(kind) => Expr { at: self.with_sign(token, &kind), kind },
                None => self.unsupported(token),
            },
            Ast::Ident(name) => self.name(name, token),
            Ast::Select(select) => {
                let of = self.expr(&select.operand);
                let field = self.field(&select.field, &token);
                Expr { at: of.at.start..field.at.end, kind: Kind::Select(Box::new(of), field) }
            }
            Ast::List(list) => {
                let items: Vec<Expr> = list.elements.iter().map(|item| self.expr(item)).collect();
                let end = items.last().map_or(token.end, |item| item.at.end);
                Expr { at: token.start..self.closed(end, ']'), kind: Kind::List(items) }
            }
            Ast::Call(call) => self.call(&call.func_name, call.target.as_deref(), &call.args, token),
            Ast::Map(map) => {
                // Keys and values have no use in a rule but as a table to look up.
                if let Some(entry) = map.entries.first()
                    && let EntryExpr::MapEntry(entry) = &entry.expr
                {
                    self.expr(&entry.value);
                }
                self.unsupported(token)
            }
            Ast::Unspecified | Ast::Comprehension(_) | Ast::Struct(_) => self.unsupported(token),
        }
    }

    fn name(&mut self, name: &str, at: Range<usize>) -> Expr {
        if let Some(local) = self.locals.iter().rposition(|local| local == name) {
            return Expr { at, kind: Kind::Local(local) };
        }
        if let Some(place) = self.names.definitions.iter().position(|defined| defined == name) {
            return Expr { at, kind: Kind::Root(Root::Let(place)) };
        }
        let root = Root::NAMED.iter().find(|(known, _)| *known == name).map(|(_, root)| *root);
        if let Some(root) = root.filter(|root| self.names.roots.contains(root)) {
            return Expr { at, kind: Kind::Root(root) };
        }
        let lang = self.sink.lang();
        let mut known: Vec<&str> =
            Root::NAMED.iter().filter(|(_, root)| self.names.roots.contains(root)).map(|(name, _)| *name).collect();
        known.extend(self.names.definitions.iter().map(String::as_str));
        known.extend(self.locals.iter().map(String::as_str));
        let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let message = if root.is_some() {
            tr!(
                lang,
                "`{name}` n’existe pas dans cette partie de la règle",
                "`{name}` does not exist in this part of the rule"
            )
        } else {
            tr!(lang, "nom inconnu `{name}`", "unknown name `{name}`")
        };
        let help = if root.is_some() { None } else { closest(lang, name, known.iter().copied()) };
        let help = help.unwrap_or_else(|| tr!(lang, "noms connus ici : {list}", "names known here: {list}"));
        self.fault(&UNKNOWN_NAME_IN_RULE, at, message, help)
    }

    fn call(&mut self, name: &str, target: Option<&IdedExpr>, args: &[IdedExpr], token: Range<usize>) -> Expr {
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

    fn unsupported(&mut self, at: Range<usize>) -> Expr {
        let lang = self.sink.lang();
        self.fault(
            &BROKEN_EXPRESSION,
            at,
            tr!(lang, "cette forme de CEL n’a pas de sens dans une règle", "this form of CEL means nothing in a rule"),
            tr!(
                lang,
                "écrivez une comparaison, une liste ou un appel de fonction",
                "write a comparison, a list or a function call"
            ),
        )
    }

    fn fault(&mut self, check: &'static Check, at: Range<usize>, message: String, help: String) -> Expr {
        self.failed = true;
        self.sink.push(Diagnostic::new(check, self.place.span(&at), message).help(help));
        Expr { at, kind: Kind::Null }
    }

    /// The bytes of a token; the parser's end is the last byte.
    fn token(&self, id: u64) -> Range<usize> {
        let (start, end) = self.info.offset_for(id).unwrap_or((0, 0));
        start as usize..(end as usize + 1).min(self.text.len())
    }

    /// The name of a field behind the point.
    fn field(&self, name: &str, point: &Range<usize>) -> Field {
        let rest = self.text.get(point.end..).unwrap_or_default();
        let start = point.end + (rest.len() - rest.trim_start().len());
        Field { name: name.to_owned(), at: start..start + name.len() }
    }

    /// The name of a function before its bracket.
    fn name_before(&self, name: &str, bracket: &Range<usize>) -> Range<usize> {
        let end = self.text.get(..bracket.start).unwrap_or_default().trim_end().len();
        end.saturating_sub(name.len())..end
    }

    /// The place behind a closing bracket, when it comes next.
    fn closed(&self, end: usize, bracket: char) -> usize {
        let rest = self.text.get(end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with(bracket) { end + blank + 1 } else { end }
    }

    /// The minus of a negative number belongs to it.
    fn with_sign(&self, token: Range<usize>, kind: &Kind) -> Range<usize> {
        let before = self.text.get(..token.start).unwrap_or_default();
        if matches!(kind, Kind::Number(number) if *number < 0.0) && before.ends_with('-') {
            token.start - 1..token.end
        } else {
            token
        }
    }
}

fn literal_kind(literal: &LiteralValue) -> Option<Kind> {
    #[expect(clippy::cast_precision_loss, reason = "all numbers of a rule are doubles")]
    Some(match literal {
        LiteralValue::Boolean(boolean) => Kind::Boolean(*boolean.inner()),
        LiteralValue::Double(number) => Kind::Number(*number.inner()),
        LiteralValue::Int(number) => Kind::Number(*number.inner() as f64),
        LiteralValue::UInt(number) => Kind::Number(*number.inner() as f64),
        LiteralValue::String(text) => Kind::Text(text.inner().to_owned()),
        LiteralValue::Null => Kind::Null,
        LiteralValue::Bytes(_) => return None,
    })
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

fn loop_form(name: &str, lang: crate::diagnostic::Lang) -> (String, String) {
    let form = if name == "has" { "has(doc.field)".to_owned() } else { format!("list.{name}(x, x.field)") };
    (
        tr!(lang, "`{name}` ne s’appelle pas ainsi", "`{name}` is not called like this"),
        tr!(lang, "forme attendue : `{form}`", "its form: `{form}`"),
    )
}
