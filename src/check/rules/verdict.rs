//! What the rules have to say of the book, for its pages: who meets each rule, accounts, periods, waiting lists, waivers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::language::key::Key;
use crate::diagnostic::Diagnostic;
use crate::model::{Date, DocumentId};

/// What every rule says.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// One item a rule, in the order of [`super::Rules::rules`].
    pub rules: Vec<Arc<RuleVerdict>>,
    /// Every waiver of the book that names a rule, in the order of the documents.
    pub waivers: Vec<Waiver>,
}

/// What one rule says.
#[derive(Debug, Default)]
pub struct RuleVerdict {
    /// Every document that it applies to, in the order of the site.
    pub documents: Vec<(DocumentId, Standing)>,
    /// All of them, counted.
    pub total: Tally,
    /// Counted by the year of their dates; those without a date are in `total` alone.
    pub years: BTreeMap<i16, Tally>,
    /// For a quota: one account a key.
    pub accounts: Vec<Account>,
    /// For an objective: one item a period.
    pub periods: Vec<Period>,
    /// For an order: who waits, period by period.
    pub queues: Vec<Queue>,
    /// How many documents could not be decided.
    pub undecided: usize,
    /// What is wrong in the documents.
    pub(super) found: Vec<Diagnostic>,
    /// The documents that belong to a group of the rule, whether or not it has anything to say of that group; in order.
    pub(super) joined: Vec<DocumentId>,
    /// The steps that it took.
    pub(super) spent: u64,
}

impl RuleVerdict {
    /// How a document stands before it; none where it does not apply.
    pub(super) fn standing(&self, id: DocumentId) -> Option<Standing> {
        let place = self.documents.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.documents.get(place).map(|(_, standing)| *standing)
    }

    /// The places of its accounts, those of the latest year first, where a part of their keys is a year.
    pub(crate) fn accounts_by_year(&self, year: Option<usize>) -> Vec<usize> {
        let of = |place: usize| year.and_then(|part| self.accounts.get(place)?.key.get(part));
        let mut order: Vec<usize> = (0..self.accounts.len()).collect();
        order.sort_by(|a, b| of(*b).cmp(&of(*a)).then(a.cmp(b)));
        order
    }
}

/// How a document stands before a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It meets it.
    Met,
    /// It does not, and is excused.
    Waived,
    /// It does not.
    Failed,
}

/// Documents, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that the rule applies to.
    pub applies: usize,
    /// Those that meet it.
    pub met: usize,
    /// Those that are excused.
    pub waived: usize,
    /// Those that fail it.
    pub failed: usize,
}

impl Tally {
    pub(super) fn count(&mut self, standing: Standing) {
        self.applies += 1;
        match standing {
            Standing::Met => self.met += 1,
            Standing::Waived => self.waived += 1,
            Standing::Failed => self.failed += 1,
        }
    }
}

/// What was used of a quota.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose it is, and for which period.
    pub key: Vec<Key>,
    /// The key as readers see it.
    pub labels: Vec<String>,
    /// What was used.
    pub used: f64,
    /// What may be used.
    pub limit: f64,
    /// What is counted, for one and for several.
    pub unit: Option<(String, String)>,
    /// Whether the rule is met.
    pub met: bool,
    /// Who used how much, in the order of dates.
    pub contributions: Vec<Contribution>,
}

impl Account {
    /// What is left; never less than nothing.
    pub fn left(&self) -> f64 {
        (self.limit - self.used).max(0.0)
    }
}

/// What one document used of a quota.
#[derive(Debug, Clone, Copy)]
pub struct Contribution {
    /// The document.
    pub document: DocumentId,
    /// How much.
    pub amount: f64,
}

/// A period of an objective.
#[derive(Debug, Clone)]
pub struct Period {
    /// Which one.
    pub key: Vec<Key>,
    /// The key as readers see it.
    pub labels: Vec<String>,
    /// Whether the objective is met.
    pub met: bool,
    /// The rule's message for it.
    pub message: String,
    /// The documents of the period.
    pub documents: Vec<DocumentId>,
}

/// Who waits in a period.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Which period.
    pub key: Vec<Key>,
    /// The key as readers see it.
    pub labels: Vec<String>,
    /// Who is next, and then.
    pub waiting: Vec<DocumentId>,
}

/// A rule that a document is excused from.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The document.
    pub document: DocumentId,
    /// Its place among the document's waivers.
    pub place: usize,
    /// Code of the rule.
    pub code: String,
    /// Why.
    pub reason: Option<String>,
    /// Who granted it.
    pub by: Option<String>,
    /// Until when.
    pub until: Option<Date>,
    /// What has become of it.
    pub state: WaiverState,
}

/// What has become of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverState {
    /// It excuses the document.
    Active,
    /// Its term is past.
    Expired,
    /// The document does not need it.
    Unused,
}
