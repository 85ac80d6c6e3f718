//! Where a finding of a rule points: the author's word that the failing part of the expression looks at.

use super::language::eval::Machine;
use super::language::expr::{Expr, Kind, LoopKind, Root};
use super::language::value::Val;
use super::rule::Program;
use crate::model::{Document, Item, Object, Value};
use crate::parse::slug;
use crate::source::Span;

/// The place of a failing case: the field that the rule names, else what its expression looks at, else the item, else the title.
pub(super) fn of_case<'a>(
    program: &'a Program,
    document: &Document,
    machine: &mut Machine<'a>,
    item: Option<Span>,
) -> Span {
    if let Some(at) = &program.at {
        return of_path(document, at);
    }
    let title = document.page.title.span;
    let expr = program
        .assert
        .as_ref()
        .or_else(|| program.quota.as_ref().map(|quota| &quota.measure))
        .map(|formula| &formula.expr);
    let mut locator = Locator { machine, item, items: Vec::new() };
    let culprit = expr.and_then(|expr| locator.culprit(expr));
    match (item, culprit) {
        // A case is about its item: a word elsewhere in the document is shown only when the expression asks nothing of the item.
        (Some(item), Some(culprit)) if culprit.start < item.start || item.end < culprit.end => {
            expr.and_then(|expr| locator.of_item(expr)).unwrap_or(culprit)
        }
        (item, culprit) => culprit.or(item).unwrap_or(title),
    }
}

/// The place of a document in a failing group.
pub(super) fn of_member(program: &Program, document: &Document, item: Option<Span>) -> Span {
    if let Some(at) = &program.at {
        return of_path(document, at);
    }
    let written = program.looks_at.iter().find_map(|path| in_document(document, path, true));
    written.or(item).unwrap_or(document.page.title.span)
}

/// The place of a field, or of the nearest thing around it that is written.
pub(super) fn of_path(document: &Document, path: &[String]) -> Span {
    if let Some(heading) = path.first().and_then(|first| first.strip_prefix('#')) {
        return of_heading(document, heading.trim_start_matches('#').trim()).unwrap_or(document.page.title.span);
    }
    in_document(document, path, false).unwrap_or(document.page.title.span)
}

/// The place of what a chain of fields leads to, where all of it is written in the document.
pub(crate) fn of_value(expr: &Expr, document: &Document, each: Option<&Val<'_>>) -> Option<Span> {
    let (base, path) = expr.chain();
    match &base.kind {
        Kind::Root(Root::Doc) => in_document(document, &path, true),
        Kind::Root(Root::Each) => {
            let (Some(Val::Object(object)), Some((first, rest))) = (each, path.split_first()) else { return None };
            in_object(object, first, rest, true)
        }
        _ => None,
    }
}

fn of_heading(document: &Document, title: &str) -> Option<Span> {
    document.page.body.section(&slug(title)).map(|section| section.heading)
}

/// The place of a path of fields in a document; with `whole`, only if all of it is written.
fn in_document<S: AsRef<str>>(document: &Document, path: &[S], whole: bool) -> Option<Span> {
    let (first, rest) = path.split_first()?;
    if document.values.get(first.as_ref()).is_none() {
        return match first.as_ref() {
            "title" => Some(document.page.title.span),
            "date" => document.date.as_ref().map(|date| date.span),
            "updated" => document.updated.as_ref().map(|date| date.span),
            "summary" => document.page.summary.as_ref().map(|summary| summary.span),
            _ => None,
        };
    }
    in_object(&document.values, first.as_ref(), rest, whole)
}

fn in_object<S: AsRef<str>>(object: &Object, first: &str, rest: &[S], whole: bool) -> Option<Span> {
    let item = object.get(first)?;
    let Some((next, after)) = rest.split_first() else { return Some(item.span) };
    let inner = match &item.value {
        Value::Object(inner) => in_object(inner, next.as_ref(), after, whole),
        Value::List(items) => items.iter().find_map(|item| match &item.value {
            Value::Object(inner) => in_object(inner, next.as_ref(), after, whole),
            _ => None,
        }),
        _ => None,
    };
    inner.or_else(|| object.key_span(first).filter(|_| !whole))
}

struct Locator<'a, 'm> {
    machine: &'m mut Machine<'a>,
    /// The place of `each`.
    item: Option<Span>,
    /// The places of the items that loops stand at.
    items: Vec<Option<Span>>,
}

impl<'a> Locator<'a, '_> {
    /// The place that a part which does not hold looks at.
    fn culprit(&mut self, expr: &'a Expr) -> Option<Span> {
        match &expr.kind {
            Kind::And(parts) => {
                let failing = parts.iter().find(|part| self.machine.holds(part) != Ok(true))?;
                self.culprit(failing)
            }
            Kind::Or(parts) => parts.iter().rev().find_map(|part| self.culprit(part)),
            Kind::Not(of) => self.culprit(of),
            Kind::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let branch = if self.machine.holds(condition) == Ok(true) { yes } else { no };
                self.culprit(branch)
            }
            Kind::Loop(run) if run.kind == LoopKind::All => self.failing_item(expr).or_else(|| self.culprit(&run.over)),
            Kind::Loop(run) => self.culprit(&run.over),
            Kind::Call(call) if call.function.name == "section" => {
                let document = self.machine.case.doc?;
                let title = call.args.get(1).and_then(|arg| match &arg.kind {
                    Kind::Text(text) => Some(text),
                    _ => None,
                })?;
                of_heading(document, title)
            }
            Kind::Select(..) | Kind::Has(..) => self.of_chain(expr),
            Kind::Root(Root::Each) => self.item,
            Kind::Local(local) => self.items.get(*local).copied().flatten(),
            _ => expr.parts().into_iter().find_map(|part| self.culprit(part)),
        }
    }

    /// The first place that an expression looks at in `each`.
    fn of_item(&self, expr: &'a Expr) -> Option<Span> {
        let (base, path) = expr.chain();
        match &base.kind {
            Kind::Root(Root::Each) => in_val(self.machine.case.each.as_ref(), &path).or(self.item),
            _ => expr.parts().into_iter().rev().find_map(|part| self.of_item(part)),
        }
    }

    fn of_chain(&mut self, expr: &'a Expr) -> Option<Span> {
        let (base, path) = expr.chain();
        match &base.kind {
            Kind::Root(Root::Doc) => in_document(self.machine.case.doc?, &path, false),
            Kind::Root(Root::Each) => in_val(self.machine.case.each.as_ref(), &path).or(self.item),
            Kind::Local(local) => {
                let inside = in_val(self.machine.locals.get(*local), &path);
                inside.or_else(|| self.items.get(*local).copied().flatten())
            }
            _ => self.culprit(base).filter(|_| !std::ptr::eq(base, expr)),
        }
    }

    /// The first item for which the body of an `all` does not hold, and the place in it.
    fn failing_item(&mut self, expr: &'a Expr) -> Option<Span> {
        let Kind::Loop(run) = &expr.kind else { return None };
        let list = self.machine.eval(&run.over).ok()?;
        let length = list.length()?;
        let mut found = None;
        for index in 0..length {
            let span = item_at(&list, index).map(|item| item.span);
            self.machine.locals.truncate(run.local);
            self.machine.locals.push(self.machine.world.nth(&list, index)?);
            if self.machine.holds(&run.body) == Ok(true) {
                continue;
            }
            self.items.truncate(run.local);
            self.items.resize(run.local, None);
            self.items.push(span);
            found = self.culprit(&run.body).or(span);
            break;
        }
        self.machine.locals.truncate(run.local);
        self.items.truncate(run.local);
        found
    }
}

fn item_at<'a>(list: &Val<'a>, index: usize) -> Option<&'a Item> {
    match list {
        Val::Items(items) => items.get(index),
        _ => None,
    }
}

fn in_val(val: Option<&Val<'_>>, path: &[&str]) -> Option<Span> {
    let Some(Val::Object(object)) = val else { return None };
    let (first, rest) = path.split_first()?;
    in_object(object, first, rest, false).or(Some(object.span))
}
