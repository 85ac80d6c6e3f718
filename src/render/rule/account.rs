use serde::Serialize;

use super::ruled::Judged;
use super::scope::{Names, Scope};
use crate::check::rules::Program;
use crate::check::rules::language::expr::{Expr, Formula, Kind};
use crate::check::rules::{Account, Key};
use crate::diagnostic::Lang;
use crate::model::{Document, DocumentId, day_in_words};
use crate::render::number;
use crate::render::shared::Shared;
use crate::render::view::is_several;

/// A document or a name, as a link where readers can go there.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Name {
    pub(in crate::render) text: String,
    pub(in crate::render) url: String,
}

/// What was used of a quota by one key.
#[derive(Serialize)]
pub(in crate::render) struct AccountValue<'a> {
    /// The rule that counts.
    pub(super) rule: super::RuleLink<'a>,
    /// Its place on the page of accounts.
    id: String,
    url: String,
    /// The parts of the key, the year left out where the page is ordered by years.
    pub(in crate::render) names: Vec<Name>,
    /// The key in words, on the page of a document that is part of it.
    title: String,
    pub(in crate::render) used: String,
    pub(in crate::render) limit: String,
    pub(in crate::render) left: String,
    pub(in crate::render) unit: String,
    /// The part that is used, in hundredths of the limit, no more than all of it.
    pub(in crate::render) share: String,
    /// Whether more is used than the limit.
    pub(in crate::render) is_over: bool,
    /// Whether the rule is met; it may allow more than the limit.
    pub(in crate::render) met: bool,
    pub(in crate::render) contributions: Vec<ContributionValue>,
}

#[derive(Serialize)]
pub(in crate::render) struct ContributionValue {
    pub(in crate::render) amount: String,
    pub(in crate::render) title: String,
    pub(in crate::render) url: String,
    pub(in crate::render) date_text: String,
}

/// The part of the key of a rule's accounts that is a year.
pub(in crate::render) fn year_part(judged: Judged<'_>) -> Option<usize> {
    judged.rule.program.as_ref()?.year_part()
}

/// What each part of the key is called.
pub(in crate::render) fn headings(shared: &Shared<'_>, judged: Judged<'_>) -> Vec<String> {
    let Some(program) = &judged.rule.program else { return Vec::new() };
    let site = shared.cx.site;
    let names = grounds(shared, judged, program);
    let heading = |expr: &Expr| {
        if let Some(noun) = names.scope(expr).noun(&site.schema) {
            return capital(noun);
        }
        match &expr.kind {
            Kind::Call(call) => {
                let key = format!("key_{}", call.function.name);
                shared.words().expression(&key).unwrap_or_default().to_owned()
            }
            Kind::Select(of, field) => {
                names.scope(of).field(&site.schema, &field.name).1.unwrap_or(field.name.as_str()).to_owned()
            }
            _ => String::new(),
        }
    };
    program.group_by.iter().map(|formula| heading(&formula.expr)).collect()
}

/// Where the names in the key of a rule's accounts are looked up.
fn grounds<'a>(shared: &Shared<'a>, judged: Judged<'a>, program: &'a Program) -> Names<'a> {
    let site = shared.cx.site;
    let applies = judged.rule.applies_to.iter();
    let collections = applies.filter_map(|name| site.schema.collection(&name.value)).collect();
    Names { site, program, collections, locals: Vec::new() }
}

/// The labels of a key as readers know them: a choice by what the schema calls it.
fn labels(shared: &Shared<'_>, judged: Judged<'_>, key: &[Key], labels: &[String]) -> Vec<String> {
    let Some(program) = &judged.rule.program else { return labels.to_vec() };
    let names = grounds(shared, judged, program);
    let parts = key.iter().zip(labels).zip(&program.group_by);
    let label = |((key, label), by): ((&Key, &String), &Formula)| match (key, names.scope(&by.expr)) {
        (Key::Text(text), Scope::Field(field)) => crate::render::value::label(field, text).to_owned(),
        _ => label.clone(),
    };
    parts.map(label).collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// One account of a rule, by the places of both.
pub(in crate::render) fn value<'a>(
    shared: &Shared<'a>,
    rule: usize,
    place: usize,
    contributions: bool,
) -> AccountValue<'a> {
    let judged = shared.ruled.at(rule);
    let account = &judged.verdict.accounts[place];
    let year = year_part(judged);
    let lang = shared.words().lang;
    let names = names(shared, judged, &account.key, &account.labels);
    let id = format!("account_{}", place + 1);
    AccountValue {
        rule: judged.link(shared),
        url: format!("{}#{id}", judged.ledger_page(shared, shared.ruled.sheets(rule).page_of(place))),
        id,
        names: names.into_iter().enumerate().filter(|(at, _)| Some(*at) != year).map(|(_, name)| name).collect(),
        title: String::new(),
        used: number::number(lang, account.used),
        limit: number::number(lang, account.limit),
        left: number::number(lang, account.left()),
        unit: unit(lang, account),
        share: hundredths(account),
        is_over: account.used > account.limit,
        met: account.met,
        contributions: if contributions { self::contributions(shared, account) } else { Vec::new() },
    }
}

fn hundredths(account: &Account) -> String {
    let share =
        if account.limit > 0.0 { account.used / account.limit } else { f64::from(u8::from(account.used > 0.0)) };
    let text = format!("{:.2}", share.clamp(0.0, 1.0) * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What is counted, in the number that goes with what was used.
pub(super) fn unit(lang: Lang, account: &Account) -> String {
    match &account.unit {
        Some((one, several)) if one == several => number::unit(lang, account.used, one),
        Some((_, several)) if is_several(lang, account.used) => several.clone(),
        Some((one, _)) => one.clone(),
        None => String::new(),
    }
}

fn contributions(shared: &Shared<'_>, account: &Account) -> Vec<ContributionValue> {
    let lang = shared.words().lang;
    let counted = account.contributions.iter().filter(|contribution| contribution.amount != 0.0);
    counted
        .map(|contribution| {
            let document = shared.document(contribution.document);
            ContributionValue {
                amount: number::number(lang, contribution.amount),
                title: document.page.title.value.clone(),
                url: document.page.url.clone(),
                date_text: document.date.map(|date| day_in_words(lang, date.value)).unwrap_or_default(),
            }
        })
        .collect()
}

/// What tells an account apart.
pub(in crate::render) fn names_of(shared: &Shared<'_>, judged: Judged<'_>, account: &Account) -> Vec<Name> {
    names(shared, judged, &account.key, &account.labels)
}

/// The parts of a key: a document by its title, a number that is no year with what it counts.
pub(super) fn names(shared: &Shared<'_>, judged: Judged<'_>, key: &[Key], labels: &[String]) -> Vec<Name> {
    let year = year_part(judged);
    let headings = headings(shared, judged);
    let labels = &self::labels(shared, judged, key, labels);
    let part = |(place, (key, label)): (usize, (&Key, &String))| match key {
        Key::Document(id) => Name { text: label.clone(), url: url(shared, *id) },
        Key::Number(_) if Some(place) != year => {
            let heading = headings.get(place).map(|heading| heading.to_lowercase()).unwrap_or_default();
            Name { text: format!("{heading} {label}").trim().to_owned(), url: String::new() }
        }
        _ => Name { text: label.clone(), url: String::new() },
    };
    key.iter().zip(labels).enumerate().map(part).collect()
}

/// The same in one line, without the document that is spoken of.
pub(in crate::render) fn title(
    shared: &Shared<'_>,
    judged: Judged<'_>,
    (key, labels): (&[Key], &[String]),
    own: Option<DocumentId>,
) -> String {
    let names = names(shared, judged, key, labels).into_iter().zip(key);
    let others = names.filter(|(_, key)| own.is_none_or(|own| **key != Key::Document(own)));
    others.map(|(name, _)| name.text).collect::<Vec<_>>().join(", ")
}

/// The address of a document that readers see.
pub(super) fn url(shared: &Shared<'_>, id: DocumentId) -> String {
    let document = shared.document(id);
    if document.draft { String::new() } else { document.page.url.clone() }
}

/// The accounts whose key a document is part of, those of the latest year first.
pub(in crate::render) fn of_document<'a>(shared: &Shared<'a>, document: &Document) -> Vec<AccountValue<'a>> {
    let mut places: Vec<(usize, usize)> = shared.ruled.accounts(document).to_vec();
    places.sort_by_key(|(rule, account)| {
        let judged = shared.ruled.at(*rule);
        let key = &judged.verdict.accounts[*account].key;
        (std::cmp::Reverse(year_part(judged).and_then(|part| key.get(part))), *rule, *account)
    });
    let value = |(rule, place): (usize, usize)| {
        let judged = shared.ruled.at(rule);
        let account = &judged.verdict.accounts[place];
        let title = title(shared, judged, (&account.key, &account.labels), Some(document.id));
        AccountValue { title, ..value(shared, rule, place, false) }
    };
    places.into_iter().map(value).collect()
}
