//! An expression, ready to be evaluated: names resolved, numbers as doubles, every part with its place.

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use super::function::Function;
use super::name::Name;
use super::place::Place;

/// An expression and where its rule has it.
#[derive(Debug, Clone)]
pub(crate) struct Formula {
    pub expr: Expr,
    pub place: Place,
}

/// A part of an expression.
#[derive(Debug, Clone)]
pub(crate) struct Expr {
    /// Its bytes in the text of the expression.
    pub at: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of parts.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    Number(f64),
    Text(String),
    /// A name that the rule is given.
    Root(Root),
    /// The variable of a loop around it, counted from the outermost.
    Local(usize),
    /// `a.b`
    Select(Box<Expr>, Field),
    /// `has(a.b)`
    Has(Box<Expr>, Field),
    /// `a[0]`, `a['b']`
    Index(Box<Expr>, Box<Expr>),
    List(Vec<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    If(Box<[Expr; 3]>),
    Equal(Box<[Expr; 2]>, bool),
    Order(Order, Box<[Expr; 2]>),
    Arithmetic(Arithmetic, Box<[Expr; 2]>),
    In(Box<[Expr; 2]>),
    Loop(Box<Loop>),
    Call(Call),
}

/// A name of a field and its place.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub name: Name,
    pub at: Range<usize>,
}

/// What a rule is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Doc,
    Each,
    Group,
    Key,
    Previous,
    Params,
    Today,
    Used,
    Limit,
    /// A name that the rule defines, by its place among them.
    Let(usize),
}

impl Root {
    /// Names and roots, but for those that a rule defines.
    pub(crate) const NAMED: [(&'static str, Self); 9] = [
        ("doc", Self::Doc),
        ("each", Self::Each),
        ("group", Self::Group),
        ("key", Self::Key),
        ("previous", Self::Previous),
        ("params", Self::Params),
        ("today", Self::Today),
        ("used", Self::Used),
        ("limit", Self::Limit),
    ];
}

/// `<`, `<=`, `>`, `>=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// `+`, `-`, `*`, `/`, `%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `list.all(x, …)` and its kin.
#[derive(Debug, Clone)]
pub(crate) struct Loop {
    pub kind: LoopKind,
    pub over: Expr,
    /// The place of its variable among the locals.
    pub local: usize,
    /// For `map` with a condition: what items it keeps.
    pub only: Option<Expr>,
    pub body: Expr,
}

/// The loops of CEL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoopKind {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

/// A function and what it is called with.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub function: &'static Function,
    pub args: Vec<Expr>,
    /// What a constant argument was made ready for.
    pub ready: Ready,
}

/// A constant argument, made ready when the rule is loaded.
#[derive(Debug, Clone)]
pub(crate) enum Ready {
    Nothing,
    /// A path of fields.
    Path(Arc<[Name]>),
    /// A regular expression.
    Pattern(Arc<Regex>),
    /// The slug of a heading.
    Heading(String),
}

impl Expr {
    /// Calls `visit` with this part and every part inside it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        self.parts().into_iter().for_each(|part| part.walk(visit));
    }

    /// The parts right inside it.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Null | Kind::Boolean(_) | Kind::Number(_) | Kind::Text(_) | Kind::Root(_) | Kind::Local(_) => {
                Vec::new()
            }
            Kind::Select(of, _) | Kind::Has(of, _) | Kind::Not(of) | Kind::Negate(of) => vec![of],
            Kind::Index(of, index) => vec![of, index],
            Kind::List(items) | Kind::And(items) | Kind::Or(items) => items.iter().collect(),
            Kind::If(parts) => parts.iter().collect(),
            Kind::Equal(parts, _) | Kind::Order(_, parts) | Kind::Arithmetic(_, parts) | Kind::In(parts) => {
                parts.iter().collect()
            }
            Kind::Loop(over) => {
                std::iter::once(&over.over).chain(over.only.as_ref()).chain(std::iter::once(&over.body)).collect()
            }
            Kind::Call(call) => call.args.iter().collect(),
        }
    }

    /// The fields of a chain such as `doc.a.b`, and what it begins with.
    pub(crate) fn chain(&self) -> (&Self, Vec<&str>) {
        let (mut at, mut fields) = (self, Vec::new());
        loop {
            match &at.kind {
                Kind::Select(of, field) | Kind::Has(of, field) => {
                    fields.push(&*field.name);
                    at = of;
                }
                Kind::Index(of, index) => match &index.kind {
                    Kind::Text(name) => {
                        fields.push(name);
                        at = of;
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        fields.reverse();
        (at, fields)
    }

    /// Whether any part is one of these roots.
    pub(crate) fn mentions(&self, roots: &[Root]) -> bool {
        let mut found = false;
        self.walk(&mut |part| found |= matches!(&part.kind, Kind::Root(root) if roots.contains(root)));
        found
    }
}
