use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::sheets::Sheets;
use crate::check::rules::{Key, Rule, RuleVerdict, Standing};
use crate::diagnostic::Level;
use crate::model::{Document, DocumentId, Entry, Target, Value, day_in_words};
use crate::render::Context;
use crate::render::by_document::ByDocument;
use crate::render::collection::numbered;
use crate::render::shared::Shared;

/// The rules of a book and what they say, by what pages ask for.
pub(in crate::render) struct Ruled<'a> {
    rules: Vec<Judged<'a>>,
    by_document: ByDocument<Option<usize>>,
    /// The rules that each document comes under, by their places, and how it stands.
    standings: ByDocument<Vec<(usize, Standing)>>,
    /// The rules that carry out each document or entry, by their places.
    articles: BTreeMap<Target, Vec<usize>>,
    /// The accounts whose key each document is part of: the places of a rule and of one of its accounts.
    accounts: ByDocument<Vec<(usize, usize)>>,
    /// How the accounts of each rule are shared out among pages.
    sheets: Vec<Sheets>,
    /// The collections whose entries rules carry out.
    charters: BTreeSet<&'a str>,
}

/// A rule and what it says.
#[derive(Clone, Copy)]
pub(in crate::render) struct Judged<'a> {
    pub(in crate::render) rule: &'a Rule,
    pub(in crate::render) verdict: &'a RuleVerdict,
    pub(in crate::render) document: &'a Document,
}

/// A rule, as a link.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render) struct RuleLink<'a> {
    pub(in crate::render) code: &'a str,
    pub(in crate::render) title: &'a str,
    pub(in crate::render) url: &'a str,
    pub(in crate::render) level: &'static str,
    pub(in crate::render) level_text: &'a str,
}

impl<'a> Ruled<'a> {
    pub(in crate::render) fn new(cx: &Context<'a>) -> Self {
        let mut ruled = Self {
            rules: Vec::with_capacity(cx.rules.rules.len()),
            by_document: ByDocument::new(cx.site),
            standings: ByDocument::new(cx.site),
            articles: BTreeMap::new(),
            accounts: ByDocument::new(cx.site),
            sheets: Vec::with_capacity(cx.rules.rules.len()),
            charters: BTreeSet::new(),
        };
        let charters = cx.site.schema.collections.values().filter_map(|collection| collection.charters.as_ref());
        ruled.charters.extend(charters.map(|charters| charters.value.as_str()));
        for (place, (rule, verdict)) in cx.rules.rules.iter().zip(&cx.verdicts.rules).enumerate() {
            let judged = Judged { rule, verdict, document: cx.site.document(rule.document) };
            ruled.rules.push(judged);
            ruled.sheets.push(Sheets::new(judged));
            ruled.by_document[rule.document] = Some(place);
            for (document, standing) in &verdict.documents {
                ruled.standings[*document].push((place, *standing));
            }
            for article in &rule.articles {
                let rules = ruled.articles.entry(article.target).or_default();
                if !rules.contains(&place) {
                    rules.push(place);
                }
            }
            for (number, account) in verdict.accounts.iter().enumerate() {
                let mut parts = BTreeSet::new();
                account.key.iter().for_each(|key| documents(key, &mut parts));
                for document in parts {
                    ruled.accounts[document].push((place, number));
                }
            }
        }
        ruled
    }

    pub(in crate::render) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub(in crate::render) fn all(&self) -> impl Iterator<Item = Judged<'a>> {
        self.rules.iter().copied()
    }

    pub(in crate::render) fn at(&self, place: usize) -> Judged<'a> {
        self.rules[place]
    }

    /// The rule that a document is.
    pub(in crate::render) fn of(&self, document: &Document) -> Option<Judged<'a>> {
        self.by_document[document.id].map(|place| self.rules[place])
    }

    /// How the accounts of a rule are shared out among pages.
    pub(super) fn sheets(&self, place: usize) -> &Sheets {
        &self.sheets[place]
    }

    /// The rules that a document comes under.
    pub(super) fn standings(&self, document: &Document) -> &[(usize, Standing)] {
        &self.standings[document.id]
    }

    /// The rules that carry out a document as a whole, or one of its entries.
    pub(in crate::render) fn carrying_out(&self, shared: &Shared<'a>, target: Target) -> Vec<RuleLink<'a>> {
        let places = self.articles.get(&target).map(Vec::as_slice).unwrap_or_default();
        places.iter().map(|place| self.rules[*place].link(shared)).collect()
    }

    /// The accounts whose key a document is part of.
    pub(super) fn accounts(&self, document: &Document) -> &[(usize, usize)] {
        &self.accounts[document.id]
    }

    /// Whether only people can judge an entry, by what its collection says.
    pub(in crate::render) fn is_for_people(&self, shared: &Shared<'a>, document: &Document, entry: &Entry) -> bool {
        let field = shared.collection_of(document).and_then(|collection| collection.judgement_field.as_ref());
        let said = field.and_then(|field| entry.values.get(&field.value));
        self.is_charter(document) && said.is_some_and(|said| said.value == Value::Boolean(true))
    }

    /// Whether rules are there to carry out the entries of a collection.
    pub(in crate::render) fn is_charter(&self, document: &Document) -> bool {
        document.collection.as_deref().is_some_and(|collection| self.charters.contains(collection))
    }
}

impl<'a> Judged<'a> {
    pub(in crate::render) fn link(&self, shared: &Shared<'a>) -> RuleLink<'a> {
        RuleLink {
            code: &self.rule.code.value,
            title: &self.rule.title,
            url: &self.document.page.url,
            level: self.rule.level.name(),
            level_text: level_text(shared, self.rule.level),
        }
    }

    /// Whether it keeps accounts.
    pub(in crate::render) fn has_ledger(&self) -> bool {
        self.rule.has_ledger()
    }

    /// Whether it says who waits.
    pub(in crate::render) fn has_order(&self) -> bool {
        self.rule.program.as_ref().is_some_and(|program| program.order.is_some())
    }

    /// The address of the first page of its accounts.
    pub(in crate::render) fn ledger_url(&self, shared: &Shared<'_>) -> String {
        format!("{}{}", self.document.page.url, shared.words().url("ledger"))
    }

    /// The address of a page of its accounts; `number` counts from 0.
    pub(super) fn ledger_page(&self, shared: &Shared<'_>, number: usize) -> String {
        numbered(&self.ledger_url(shared), number)
    }
}

/// What readers are told of a level.
pub(in crate::render) fn level_text<'a>(shared: &Shared<'a>, level: Level) -> &'a str {
    shared.theme.words.text(match level {
        Level::Error => "level_error",
        Level::Warning => "level_warning",
        Level::Objective => "level_objective",
    })
}

/// The days on which a rule holds, in words; empty where it always does.
pub(super) fn days(shared: &Shared<'_>, rule: &Rule) -> String {
    let words = shared.words();
    let date = |date| day_in_words(words.lang, date);
    match (rule.in_force.from.map(date), rule.in_force.until.map(date)) {
        (None, None) => String::new(),
        (Some(from), None) => words.text("in_force_from").replace("{from}", &from),
        (None, Some(until)) => words.text("in_force_until").replace("{until}", &until),
        (Some(from), Some(until)) => words.text("in_force_between").replace("{from}", &from).replace("{until}", &until),
    }
}

fn documents(key: &Key, found: &mut BTreeSet<DocumentId>) {
    match key {
        Key::Document(id) | Key::Entry(id, _) => {
            found.insert(*id);
        }
        Key::List(keys) => keys.iter().for_each(|key| documents(key, found)),
        _ => {}
    }
}
