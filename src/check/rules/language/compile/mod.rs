//! From CEL's syntax to an [`Expr`]: names resolved, functions found, every number a double.

mod call;
mod token;

use std::ops::Range;
use std::sync::LazyLock;

use cel::common::ast::{EntryExpr, Expr as Ast, IdedExpr, LiteralValue, SourceInfo};

use self::token::word_at;
use super::expr::{Expr, Kind, Root};
use super::faults::{BROKEN_EXPRESSION, UNKNOWN_NAME};
use super::place::Place;
use super::scan::first_slip;
use crate::diagnostic::{Check, Diagnostic, Sink, closest, tr};

/// An environment without macros: loops and `has` stay as they are written, with their places.
static ENV: LazyLock<cel::Env> = LazyLock::new(|| cel::Env::default().with_optional_support(false));

/// The names that an expression may use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names<'a> {
    pub roots: Vec<Root>,
    /// Names that the rule defines, in order; those not defined yet are left out.
    pub definitions: &'a [String],
}

/// Reads an expression; a mistake is a finding at its word, and then there is no expression.
pub(crate) fn compile(text: &str, place: &Place, names: &Names<'_>, sink: &mut Sink) -> Option<Expr> {
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
            tr!(lang, "`{name}` n’existe pas dans cette partie", "`{name}` does not exist in this part")
        } else {
            tr!(lang, "nom inconnu `{name}`", "unknown name `{name}`")
        };
        let help = if root.is_some() { None } else { closest(lang, name, known.iter().copied()) };
        let help = help.unwrap_or_else(|| tr!(lang, "noms connus ici : {list}", "names known here: {list}"));
        self.fault(&UNKNOWN_NAME, at, message, help)
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
