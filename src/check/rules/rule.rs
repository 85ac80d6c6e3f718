//! A rule, read and compiled.

use std::collections::BTreeSet;

use super::language::expr::{Formula, Kind, Root};
use super::language::reads::Reads;
use super::language::template::Template;
use super::language::value::Val;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Date, DocumentId, Target};
use crate::parse::Mapping;
use crate::source::{Span, Spanned};

/// Every rule of a book, in the order of their collections.
#[derive(Debug, Default)]
pub struct Rules {
    /// One item a rule document, versions of one rule each on their own.
    pub rules: Vec<Rule>,
    /// What is wrong in the rules themselves.
    pub(super) found: Vec<Diagnostic>,
    /// For each, the documents that its examples and articles name, with all that those lead to.
    pub(super) leans_on: Vec<BTreeSet<DocumentId>>,
}

impl Rules {
    /// The versions of a rule, in the order of the book.
    pub fn with_code<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.code.value == code)
    }
}

/// A rule of the book.
#[derive(Debug)]
pub struct Rule {
    /// Its document, which is also its page.
    pub document: DocumentId,
    /// What findings call it; the name of its document where it has none.
    pub code: Spanned<String>,
    /// Its title.
    pub title: String,
    /// How bad it is not to meet it.
    pub level: Level,
    /// The articles that it carries out.
    pub articles: Vec<Article>,
    /// The collections that it judges.
    pub applies_to: Vec<Spanned<String>>,
    /// When it holds.
    pub in_force: InForce,
    /// Its expressions as their author wrote them, for its page.
    pub written: Written,
    /// Its examples.
    pub examples: Vec<Example>,
    /// What decides; none when the rule is at fault, and then it judges nobody.
    pub(crate) program: Option<Program>,
}

/// An article of a charter.
#[derive(Debug, Clone)]
pub struct Article {
    /// As written: `charter#article`.
    pub text: Spanned<String>,
    /// Where it leads.
    pub target: Target,
}

/// The days on which a rule holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Where this is written.
    pub span: Option<Span>,
}

impl InForce {
    /// Whether the rule holds on a day.
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }

    /// Whether both hold on some day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |until: Option<Date>, from: Option<Date>| matches!((until, from), (Some(until), Some(from)) if until < from);
        !before(self.until, other.from) && !before(other.until, self.from)
    }
}

/// The expressions of a rule, as written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// One case per item of this.
    pub for_each: Option<String>,
    /// What cases are grouped by.
    pub group_by: Vec<String>,
    /// The condition under which it applies.
    pub when: Option<String>,
    /// What must hold.
    pub assert: Option<String>,
    /// What a quota counts.
    pub measure: Option<String>,
    /// How much there may be.
    pub limit: Option<String>,
    /// Who waits.
    pub who: Option<String>,
    /// What those who wait are sorted by.
    pub order_by: Vec<String>,
    /// Names that the rule defines, and their expressions.
    pub definitions: Vec<(String, String)>,
    /// Thresholds, as shown to readers.
    pub params: Vec<(String, String)>,
    /// The message.
    pub message: Option<String>,
}

/// What decides.
#[derive(Debug)]
pub(crate) struct Program {
    pub for_each: Option<Formula>,
    pub group_by: Vec<Formula>,
    /// The part of `when` that is asked of each case.
    pub when: Option<Formula>,
    /// The part of `when` that is asked of each group.
    pub when_group: Option<Formula>,
    pub assert: Option<Formula>,
    /// Whether `assert` is asked of each document of a group, rather than once of the group.
    pub per_member: bool,
    pub quota: Option<Quota>,
    pub order: Option<WaitingOrder>,
    pub message: Template,
    pub params: Val<'static>,
    pub definitions: Vec<Formula>,
    /// The field that findings point at.
    pub at: Option<Vec<String>>,
    /// Fields of the documents of a group that the rule looks at, the likeliest first.
    pub looks_at: Vec<Vec<String>>,
}

impl Program {
    pub(crate) fn is_grouped(&self) -> bool {
        !self.group_by.is_empty()
    }

    /// What it may read of documents to decide.
    pub(super) fn reads(&self) -> Reads {
        let (quota, order) = (self.quota.as_ref(), self.order.as_ref());
        let formulas = [&self.for_each, &self.when, &self.when_group, &self.assert].into_iter().flatten();
        let formulas = formulas.chain(&self.group_by).chain(&self.definitions);
        let formulas = formulas.chain(quota.into_iter().flat_map(|quota| [&quota.measure, &quota.limit]));
        let formulas = formulas.chain(order.into_iter().flat_map(|order| std::iter::once(&order.who).chain(&order.by)));
        let mut reads = Reads::of(formulas.map(|formula| &formula.expr));
        // The day of a document decides whether it comes under the rule, its waivers whether that matters.
        reads.name("date");
        reads.name("derogations");
        // Readers see the documents that groups are told apart by under their titles.
        let each_is_of_a_field = self.for_each.as_ref().is_none_or(|each| matches!(each.expr.kind, Kind::Select(..)));
        let is_itself = |by: &Formula| match by.expr.kind {
            Kind::Root(Root::Each) => !each_is_of_a_field,
            Kind::Root(_) => true,
            _ => false,
        };
        if self.group_by.iter().any(is_itself) {
            reads.name("title");
        }
        reads
    }

    /// What its message may read of documents.
    pub(super) fn told(&self) -> Reads {
        let mut reads = Reads::of(self.message.expressions());
        if self.message.shows_documents() {
            reads.name("title");
        }
        reads
    }

    /// The part of the key of its groups that is a year.
    pub(crate) fn year_part(&self) -> Option<usize> {
        self.group_by.iter().position(|by| matches!(&by.expr.kind, Kind::Call(call) if call.function.name == "year"))
    }
}

impl Rule {
    /// Whether it keeps accounts: a quota for each of its groups.
    pub(crate) fn has_ledger(&self) -> bool {
        self.program.as_ref().is_some_and(|program| program.quota.is_some() && program.is_grouped())
    }
}

/// A measure and its limit.
#[derive(Debug)]
pub(crate) struct Quota {
    pub measure: Formula,
    pub limit: Formula,
    /// What is counted, for one and for several.
    pub unit: Option<(String, String)>,
    /// Whether the measure of a group is the sum of the measures of its documents.
    pub additive: bool,
}

/// Who waits, and in which order.
#[derive(Debug)]
pub(crate) struct WaitingOrder {
    pub who: Formula,
    pub by: Vec<Formula>,
}

/// A case that shows what the rule means, and tests it.
#[derive(Debug)]
pub struct Example {
    /// What it shows.
    pub title: Spanned<String>,
    /// What the rule says of it.
    pub verdict: ExampleVerdict,
    /// Where the verdict is written.
    pub span: Span,
    /// The documents that are judged.
    pub documents: Vec<ExampleDocument>,
    /// Documents that those refer to.
    pub with: Vec<ExampleDocument>,
    /// The day on which it plays.
    pub today: Option<Date>,
}

/// What a rule says of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleVerdict {
    /// The rule applies and is met.
    Passes,
    /// The rule applies and is not met.
    Fails,
    /// The rule does not apply.
    Ignores,
}

/// A document that is written in an example.
#[derive(Debug)]
pub struct ExampleDocument {
    /// Its collection.
    pub collection: String,
    /// Its name.
    pub name: Option<String>,
    /// Its front matter.
    pub front: Mapping,
    /// Its text.
    pub body: String,
    /// Where it is written.
    pub span: Span,
}
