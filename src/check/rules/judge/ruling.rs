//! What a rule says, before anybody is told.

use super::super::language::eval::{Case, Trouble};
use super::super::language::expr::Formula;
use super::super::language::key::Key;
use super::super::language::value::Val;
use crate::model::{Document, DocumentId};
use crate::source::Span;

/// What a rule says.
#[derive(Debug, Default)]
pub(in crate::check::rules) struct Ruling<'a> {
    /// For a rule that judges case by case: the documents that it applies to, and whether they meet it.
    pub judged: Vec<(&'a Document, bool)>,
    /// The cases that do not meet it.
    pub failing: Vec<CaseRuling<'a>>,
    pub groups: Vec<GroupRuling<'a>>,
    pub troubles: Vec<(Troubled<'a>, &'a Document)>,
    /// The documents that belong to a group, whatever the rule says of that group; in order.
    pub joined: Vec<DocumentId>,
    /// The steps that it took.
    pub spent: u64,
}

/// An expression that has no value for a document.
#[derive(Debug, Clone)]
pub(in crate::check::rules) struct Troubled<'a> {
    pub formula: &'a Formula,
    pub trouble: Trouble,
}

/// A document, or an item of one, that does not meet a rule.
#[derive(Debug)]
pub(in crate::check::rules) struct CaseRuling<'a> {
    pub case: Case<'a>,
    /// The place of the item.
    pub item: Option<Span>,
}

/// What a rule says of a group.
#[derive(Debug)]
pub(in crate::check::rules) struct GroupRuling<'a> {
    pub key: Vec<Key>,
    pub members: Vec<Member<'a>>,
    pub held: bool,
    /// The members that a finding points at.
    pub at_fault: Vec<usize>,
    pub used: Option<f64>,
    pub limit: Option<f64>,
    /// The members that wait, first come first served by the rule's own order.
    pub waiting: Vec<usize>,
    pub case: Case<'a>,
}

/// A document of a group, in the order of dates.
#[derive(Debug)]
pub(in crate::check::rules) struct Member<'a> {
    pub doc: &'a Document,
    pub each: Option<Val<'a>>,
    pub item: Option<Span>,
    /// What it adds to the measure of a quota.
    pub amount: Option<f64>,
}

/// Whether the period of a rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check::rules) enum Period {
    /// A document is judged by the rules of its own date.
    Own,
    /// Every document is judged, as if the rule had always been there.
    Ignored,
}
