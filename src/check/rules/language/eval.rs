//! The evaluation of an expression for one case, with its cost bounded and every trouble at its place.
//!
//! CEL's own interpreter is not used, only its parser: its values cannot borrow our documents and be told apart again, its errors
//! have no place, and its integers do not add to the doubles that all our numbers are.
//!
//! What is not written reads as null, and null is an empty list wherever a list is wanted. Null can be tested and compared for
//! equality; put in order or computed with, it is [`Reason::Missing`]. As in CEL, `false && x` is false and `true || x` is true
//! on either side, even where `x` is trouble.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::expr::{Arithmetic, Call, Expr, Formula, Kind, Loop, LoopKind, Order, Root};
use super::name::Name;
use super::value::{Val, World};
use crate::model::Document;

/// More steps than this for one document are a rule gone wrong: about a hundredth of a second.
pub(crate) const MOST_STEPS: u32 = 500_000;

/// Why an expression has no value, and which part of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    pub at: Range<usize>,
    pub reason: Reason,
    /// The definition of the rule that it is in, when not in the expression itself.
    pub definition: Option<usize>,
}

/// Why an expression has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A value that is needed is not written.
    Missing,
    /// The values are not of a kind that the operation takes.
    Mismatch,
    /// No such item, division by zero, a number out of range.
    Impossible,
    /// The evaluation takes too long.
    Endless,
}

impl Reason {
    /// What went wrong with an operation on some values.
    pub(crate) fn of(operands: &[&Val<'_>]) -> Self {
        if operands.iter().any(|operand| matches!(operand, Val::Null | Val::Lost(_))) {
            Self::Missing
        } else {
            Self::Mismatch
        }
    }
}

/// What the names of a rule stand for in one case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case<'a> {
    pub doc: Option<&'a Document>,
    pub each: Option<Val<'a>>,
    pub group: Option<Arc<[Val<'a>]>>,
    pub key: Option<Val<'a>>,
    pub previous: Option<Arc<[Val<'a>]>>,
    pub used: Option<f64>,
    pub limit: Option<f64>,
}

/// Evaluates the expressions of one rule for one case.
#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub world: World<'a>,
    pub case: Case<'a>,
    pub locals: Vec<Val<'a>>,
    params: &'a Val<'static>,
    definitions: &'a [Formula],
    defined: Vec<Option<Val<'a>>>,
    steps: u32,
    most: u32,
    was_lost: bool,
}

pub(crate) type Outcome<'a> = Result<Val<'a>, Trouble>;

impl<'a> Machine<'a> {
    pub(crate) fn new(world: World<'a>, params: &'a Val<'static>, definitions: &'a [Formula], case: Case<'a>) -> Self {
        Self {
            world,
            case,
            locals: Vec::new(),
            params,
            definitions,
            defined: vec![None; definitions.len()],
            steps: 0,
            most: MOST_STEPS,
            was_lost: false,
        }
    }

    /// Lets it take so many steps.
    pub(crate) fn with_steps(mut self, most: u32) -> Self {
        self.most = most;
        self
    }

    /// The steps taken so far.
    pub(crate) fn steps(&self) -> u32 {
        self.steps
    }

    /// Whether a document or entry was wanted that a reference names and the book does not have.
    pub(crate) fn was_lost(&self) -> bool {
        self.was_lost
    }

    /// The value that a field is asked of.
    fn owner(&mut self, of: &'a Expr) -> Outcome<'a> {
        let of = self.eval(of)?;
        self.was_lost |= matches!(of, Val::Lost(_));
        Ok(of)
    }

    /// Whether a condition holds; nothing counts as false.
    pub(crate) fn holds(&mut self, expr: &'a Expr) -> Result<bool, Trouble> {
        match self.eval(expr)? {
            Val::Boolean(boolean) => Ok(boolean),
            Val::Null => Ok(false),
            _ => Err(trouble(expr, Reason::Mismatch)),
        }
    }

    /// The value of an expression.
    pub(crate) fn eval(&mut self, expr: &'a Expr) -> Outcome<'a> {
        self.steps += 1;
        if self.steps > self.most {
            return Err(trouble(expr, Reason::Endless));
        }
        Ok(match &expr.kind {
            Kind::Null => Val::Null,
            Kind::Boolean(boolean) => Val::Boolean(*boolean),
            Kind::Number(number) => Val::Number(*number),
            Kind::Text(text) => Val::Text(text),
            Kind::Root(root) => self.root(*root)?,
            Kind::Local(local) => self.locals.get(*local).cloned().unwrap_or(Val::Null),
            // Threads that judge by one rule would wait for one another to hold its thresholds.
            Kind::Select(of, field) if matches!(of.kind, Kind::Root(Root::Params)) => {
                self.steps += 1;
                self.world.select(self.params, &field.name).ok_or_else(|| trouble(expr, Reason::Mismatch))?
            }
            Kind::Select(of, field) => {
                let of = self.owner(of)?;
                let value = self.world.select(&of, &field.name).ok_or_else(|| trouble(expr, Reason::Mismatch))?;
                self.was_lost |= matches!(value, Val::Lost(_));
                value
            }
            Kind::Has(of, field) => {
                let of = self.owner(of)?;
                let value = self.world.select(&of, &field.name).ok_or_else(|| trouble(expr, Reason::Mismatch))?;
                Val::Boolean(!matches!(value, Val::Null))
            }
            Kind::Index(of, index) => {
                let (of, index) = (self.eval(of)?, self.eval(index)?);
                self.index(&of, &index).map_err(|reason| trouble(expr, reason))?
            }
            Kind::List(items) => Val::List(items.iter().map(|item| self.eval(item)).collect::<Result<_, _>>()?),
            Kind::Not(of) => Val::Boolean(!self.holds(of)?),
            Kind::Negate(of) => match self.eval(of)? {
                Val::Number(number) => Val::Number(-number),
                other => return Err(trouble(of, Reason::of(&[&other]))),
            },
            Kind::And(parts) => Val::Boolean(self.connect(parts, true)?),
            Kind::Or(parts) => Val::Boolean(self.connect(parts, false)?),
            Kind::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                if self.holds(condition)? { self.eval(yes)? } else { self.eval(no)? }
            }
            Kind::Equal(parts, wanted) => {
                let (a, b) = (self.eval(&parts[0])?, self.eval(&parts[1])?);
                Val::Boolean(self.world.equal(&a, &b) == *wanted)
            }
            Kind::Order(order, parts) => {
                let (a, b) = (self.eval(&parts[0])?, self.eval(&parts[1])?);
                let found = a.order(&b).ok_or_else(|| trouble(expr, Reason::of(&[&a, &b])))?;
                Val::Boolean(match order {
                    Order::Less => found == Ordering::Less,
                    Order::AtMost => found != Ordering::Greater,
                    Order::More => found == Ordering::Greater,
                    Order::AtLeast => found != Ordering::Less,
                })
            }
            Kind::Arithmetic(operation, parts) => {
                let (a, b) = (self.eval(&parts[0])?, self.eval(&parts[1])?);
                self.compute(*operation, &a, &b).map_err(|reason| trouble(expr, reason))?
            }
            Kind::In(parts) => {
                let (item, list) = (self.eval(&parts[0])?, self.eval(&parts[1])?);
                if let (Val::Record(record), Some(key)) = (&list, item.as_text()) {
                    return Ok(Val::Boolean(record.contains_key(key)));
                }
                let length = list.length().ok_or_else(|| trouble(&parts[1], Reason::Mismatch))?;
                self.step(length, expr)?;
                let mut items = (0..length).filter_map(|index| self.world.nth(&list, index));
                Val::Boolean(items.any(|other| self.world.equal(&item, &other)))
            }
            Kind::Loop(over) => self.run_loop(over)?,
            Kind::Call(call) => self.call(call, expr)?,
        })
    }

    /// Calls a function; the few arguments that most have need no room but the stack's.
    fn call(&mut self, call: &'a Call, expr: &'a Expr) -> Outcome<'a> {
        let mut few = [Val::Null, Val::Null, Val::Null];
        let mut many = Vec::new();
        let args = if let Some(args) = few.get_mut(..call.args.len()) {
            args
        } else {
            many.resize(call.args.len(), Val::Null);
            many.as_mut_slice()
        };
        let mut longest = 0;
        for (place, arg) in args.iter_mut().zip(&call.args) {
            *place = self.eval(arg)?;
            longest = longest.max(place.length().unwrap_or(0));
        }
        self.step(longest, expr)?;
        (call.function.run)(&self.world, &call.ready, args).map_err(|reason| trouble(expr, reason))
    }

    /// Counts steps that are taken at once.
    fn step(&mut self, steps: usize, expr: &Expr) -> Result<(), Trouble> {
        self.steps = self.steps.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        if self.steps > self.most { Err(trouble(expr, Reason::Endless)) } else { Ok(()) }
    }

    fn root(&mut self, root: Root) -> Outcome<'a> {
        let list = |list: &Option<Arc<[Val<'a>]>>| list.clone().map_or(Val::Null, Val::List);
        let number = |number: Option<f64>| number.map_or(Val::Null, Val::Number);
        Ok(match root {
            Root::Doc => self.case.doc.map_or(Val::Null, Val::Document),
            Root::Each => self.case.each.clone().unwrap_or(Val::Null),
            Root::Group => list(&self.case.group),
            Root::Key => self.case.key.clone().unwrap_or(Val::Null),
            Root::Previous => list(&self.case.previous),
            Root::Params => self.params.clone(),
            Root::Today => Val::Date(self.world.today),
            Root::Used => number(self.case.used),
            Root::Limit => number(self.case.limit),
            Root::Let(place) => {
                if let Some(Some(known)) = self.defined.get(place) {
                    return Ok(known.clone());
                }
                let Some(definition) = self.definitions.get(place) else { return Ok(Val::Null) };
                // A definition stands outside of the loops that mention it.
                let locals = std::mem::take(&mut self.locals);
                let value = self.eval(&definition.expr);
                self.locals = locals;
                let value =
                    value.map_err(|trouble| Trouble { definition: trouble.definition.or(Some(place)), ..trouble })?;
                self.defined[place] = Some(value.clone());
                value
            }
        })
    }

    /// `&&` (`wanted` is true) or `||` (false): decided by the first part that is not `wanted`, trouble or not elsewhere.
    fn connect(&mut self, parts: &'a [Expr], wanted: bool) -> Result<bool, Trouble> {
        let mut first_trouble = None;
        for part in parts {
            match self.holds(part) {
                Ok(held) if held != wanted => return Ok(!wanted),
                Ok(_) => {}
                Err(trouble) => {
                    first_trouble.get_or_insert(trouble);
                }
            }
        }
        first_trouble.map_or(Ok(wanted), Err)
    }

    fn run_loop(&mut self, run: &'a Loop) -> Outcome<'a> {
        let list = self.eval(&run.over)?;
        let length = list.length().ok_or_else(|| trouble(&run.over, Reason::Mismatch))?;
        let outcome = self.turn(run, &list, length);
        self.locals.truncate(run.local);
        outcome
    }

    fn turn(&mut self, run: &'a Loop, list: &Val<'a>, length: usize) -> Outcome<'a> {
        let mut made = Vec::new();
        let mut held = 0;
        let mut first_trouble = None;
        for index in 0..length {
            let Some(item) = self.world.nth(list, index) else { continue };
            self.locals.truncate(run.local);
            self.locals.push(item);
            if let Some(only) = &run.only
                && !self.holds(only)?
            {
                continue;
            }
            if run.kind == LoopKind::Map {
                made.push(self.eval(&run.body)?);
                continue;
            }
            match (run.kind, self.holds(&run.body)) {
                (LoopKind::All, Ok(false)) => return Ok(Val::Boolean(false)),
                (LoopKind::Exists, Ok(true)) => return Ok(Val::Boolean(true)),
                (LoopKind::Filter, Ok(true)) => made.extend(self.locals.get(run.local).cloned()),
                (LoopKind::ExistsOne, Ok(true)) => held += 1,
                (LoopKind::All | LoopKind::Exists, Err(trouble)) => {
                    first_trouble.get_or_insert(trouble);
                }
                (_, Err(trouble)) => return Err(trouble),
                _ => {}
            }
        }
        match (run.kind, first_trouble) {
            (_, Some(trouble)) => Err(trouble),
            (LoopKind::All, _) => Ok(Val::Boolean(true)),
            (LoopKind::Exists, _) => Ok(Val::Boolean(false)),
            (LoopKind::ExistsOne, _) => Ok(Val::Boolean(held == 1)),
            (LoopKind::Filter | LoopKind::Map, _) => Ok(Val::List(made.into())),
        }
    }

    fn index(&self, of: &Val<'a>, index: &Val<'a>) -> Result<Val<'a>, Reason> {
        match index {
            Val::Number(number) => {
                let length = of.length().ok_or_else(|| Reason::of(&[of]))?;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held against the length")]
                let place = if *number >= 0.0 && number.fract() == 0.0 { *number as usize } else { length };
                self.world.nth(of, place).ok_or(Reason::Impossible)
            }
            key => {
                let name = key.as_text().ok_or_else(|| Reason::of(&[key]))?;
                self.world.select(of, &Name::new(name)).ok_or(Reason::Mismatch)
            }
        }
    }

    fn compute(&self, operation: Arithmetic, a: &Val<'a>, b: &Val<'a>) -> Result<Val<'a>, Reason> {
        if let (Val::Number(a), Val::Number(b)) = (a, b) {
            let number = match operation {
                Arithmetic::Add => a + b,
                Arithmetic::Subtract => a - b,
                Arithmetic::Multiply => a * b,
                Arithmetic::Divide => a / b,
                Arithmetic::Remainder => a % b,
            };
            return if number.is_finite() { Ok(Val::Number(number)) } else { Err(Reason::Impossible) };
        }
        if operation == Arithmetic::Add {
            if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
                return Ok(Val::Made(format!("{a}{b}").into()));
            }
            let list = |val: &Val<'a>| self.world.items(val).filter(|_| !matches!(val, Val::Null));
            if let (Some(mut first), Some(second)) = (list(a), list(b)) {
                first.extend(second);
                return Ok(Val::List(first.into()));
            }
        }
        Err(Reason::of(&[a, b]))
    }
}

fn trouble(expr: &Expr, reason: Reason) -> Trouble {
    Trouble { at: expr.at.clone(), reason, definition: None }
}
