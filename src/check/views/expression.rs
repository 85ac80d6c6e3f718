//! The expressions of a view, compiled: the language is that of rules, and so are its findings.

use std::sync::Arc;

use super::field::Ground;
use super::program::Expression;
use crate::check::Context;
use crate::check::rules::language::compile::{Names, compile};
use crate::check::rules::language::expr::{Formula, Root};
use crate::check::rules::language::faults::MISMATCHED_TYPES;
use crate::check::rules::language::infer::{Roots, expect, infer};
use crate::check::rules::language::place::Place;
use crate::check::rules::language::types::{Sort, Type};
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::parse::{Node, wrong};
use crate::schema::Collection;

/// What stands for something in an expression about an account.
pub(super) const OF_ACCOUNTS: [Root; 5] = [Root::Key, Root::Used, Root::Limit, Root::Group, Root::Today];

/// Compiles the expressions of one view.
pub(super) struct Compiler<'a, 'c> {
    cx: &'c Context<'a>,
    ground: Ground<'a>,
    doc: Type<'a>,
    each: Option<Type<'a>>,
    /// What an account is told apart by.
    key: Option<Type<'a>>,
}

impl<'a, 'c> Compiler<'a, 'c> {
    /// For documents of some collections.
    pub(super) fn new(cx: &'c Context<'a>, of: Vec<&'a Collection>) -> Self {
        let doc = Type::Document(Arc::from(of.as_slice()));
        Self {
            cx,
            ground: Ground { site: cx.site, lang: cx.config.lang(), of, each: None },
            doc,
            each: None,
            key: None,
        }
    }

    /// The ids of the collections that it is about.
    pub(super) fn of(&self) -> Vec<String> {
        self.ground.of.iter().map(|collection| collection.id.clone()).collect()
    }

    /// Takes the items of a list one by one, under the name `each`.
    pub(super) fn each(&mut self, key: &'static str, node: &Node, sink: &mut Sink) -> Option<Expression> {
        let (expression, found) = self.typed(key, node, &[Root::Doc, Root::Today], None, sink)?;
        let Some(items) = found.items() else {
            let lang = sink.lang();
            wrong(key, node.span, &tr!(lang, "une liste", "a list"), sink);
            return None;
        };
        self.each = Some(items);
        self.ground.each = self.ground.field(&expression.formula.expr);
        Some(expression)
    }

    /// An expression about one document, or one item of it.
    pub(super) fn item(
        &self,
        key: &'static str,
        node: &Node,
        want: Option<&Type<'a>>,
        sink: &mut Sink,
    ) -> Option<Expression> {
        let mut roots = vec![Root::Doc, Root::Today];
        if self.each.is_some() {
            roots.push(Root::Each);
        }
        Some(self.typed(key, node, &roots, want, sink)?.0)
    }

    /// An expression that says when something was: a date, a year or a text.
    pub(super) fn moment(&self, key: &'static str, node: &Node, sink: &mut Sink) -> Option<Expression> {
        let mut roots = vec![Root::Doc, Root::Today];
        if self.each.is_some() {
            roots.push(Root::Each);
        }
        let (expression, found) = self.typed(key, node, &roots, None, sink)?;
        if matches!(found.sort(), Sort::Any | Sort::Date | Sort::Number | Sort::Text) {
            return Some(expression);
        }
        let (lang, words) = (sink.lang(), found.words(sink.lang()));
        sink.push(Diagnostic::new(
            &MISMATCHED_TYPES,
            node.span,
            tr!(
                lang,
                "une date, une année ou un texte est attendu ici, et c’est {words}",
                "a date, a year or a text is expected here, and this is {words}"
            ),
        ));
        None
    }

    /// An expression about a whole group.
    pub(super) fn group(
        &self,
        key: &'static str,
        node: &Node,
        want: Option<&Type<'a>>,
        sink: &mut Sink,
    ) -> Option<Expression> {
        Some(self.typed(key, node, &[Root::Group, Root::Today], want, sink)?.0)
    }

    /// For the accounts of rules, whose keys are of such a type.
    pub(super) fn of_accounts(self, key: Type<'a>) -> Self {
        Self { key: Some(key), ..self }
    }

    /// An expression about an account.
    pub(super) fn account(
        &self,
        key: &'static str,
        node: &Node,
        want: Option<&Type<'a>>,
        sink: &mut Sink,
    ) -> Option<Expression> {
        Some(self.typed(key, node, &OF_ACCOUNTS, want, sink)?.0)
    }

    fn typed(
        &self,
        key: &'static str,
        node: &Node,
        names: &[Root],
        want: Option<&Type<'a>>,
        sink: &mut Sink,
    ) -> Option<(Expression, Type<'a>)> {
        let Some(text) = node.as_str() else {
            let lang = sink.lang();
            wrong(key, node.span, &tr!(lang, "une expression, en texte", "an expression, as a text"), sink);
            return None;
        };
        self.part(text, Place::new(self.cx.snapshot, node), names, want, sink)
    }

    /// A part of a text that is an expression.
    pub(super) fn part(
        &self,
        text: &str,
        place: Place,
        names: &[Root],
        want: Option<&Type<'a>>,
        sink: &mut Sink,
    ) -> Option<(Expression, Type<'a>)> {
        // In a group, the items are what `doc` is elsewhere.
        let grouped = names.contains(&Root::Group);
        let items = self.each.clone().filter(|_| grouped).unwrap_or_else(|| self.doc.clone());
        let roots = Roots { doc: Some(items), each: self.each.clone(), key: self.key.clone(), ..Roots::default() };
        let expr = compile(text, &place, &Names { roots: names.to_vec(), definitions: &[] }, sink)?;
        let found = infer(self.cx.site, &expr, &roots, &place, sink)?;
        if let Some(want) = want
            && !expect(self.cx.site, &expr, (&roots, &place), want, sink)
        {
            return None;
        }
        let facts = self.ground.facts(&expr, &found);
        Some((Expression { formula: Formula { expr, place }, facts }, found))
    }

    /// The place of a text of the declaration.
    pub(super) fn place(&self, node: &Node) -> Place {
        Place::new(self.cx.snapshot, node)
    }

    /// Whether items of documents are taken one by one.
    pub(super) fn has_each(&self) -> bool {
        self.each.is_some()
    }
}
