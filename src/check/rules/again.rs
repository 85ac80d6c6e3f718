//! What the rules have to say again after a few documents changed, and what may stay as it was said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judge::{MOST_STEPS_OF_A_RULE, Period};
use super::rule::{Program, Rule, Rules};
use super::verdict::{RuleVerdict, Standing};
use crate::check::{Context, Since};
use crate::model::{Date, Document, DocumentId, Revised, Revision, Site};

/// Some documents with all that they lead to.
pub(super) fn reached(site: &Site, from: impl IntoIterator<Item = DocumentId>) -> BTreeSet<DocumentId> {
    let (mut reached, mut next) = (BTreeSet::new(), Vec::from_iter(from));
    while let Some(id) = next.pop() {
        if reached.insert(id) {
            next.extend(site.document(id).refers_to());
        }
    }
    reached
}

/// Whether reading the rules again would give the same: neither they nor what their examples and articles name has changed.
pub(super) fn still_holds(since: Since<'_>) -> bool {
    let rules = || since.rules.rules.iter().zip(&since.rules.leans_on);
    since.revision.documents().iter().all(|Revised { was, names }| {
        was.rule.is_none()
            && rules().filter(|(_, leans_on)| leans_on.contains(&was.id)).all(|(rule, _)| {
                // Findings name articles by their titles.
                let reads = rule.program.as_ref().map(|program| [program.reads(), program.told()]).unwrap_or_default();
                !names.contains("title") && reads.iter().all(|reads| !reads.has_any(names))
            })
    })
}

/// The verdicts of those rules that would say the same again, by the places of the rules.
pub(super) fn untouched(
    cx: &Context<'_>,
    rules: &Arc<Rules>,
    since: Option<Since<'_>>,
) -> Vec<Option<Arc<RuleVerdict>>> {
    let since = since.filter(|since| Arc::ptr_eq(rules, since.rules) && !since.revision.retitles(cx.site));
    let Some(since) = since else { return vec![None; rules.rules.len()] };
    let all: Vec<&Rule> = rules.rules.iter().collect();
    let is = since.revision.documents().iter().map(|revised| cx.site.document(revised.was.id));
    let published: Vec<&Document> = is.filter(|document| !document.draft && document.page.readable).collect();
    // What the rules say of these alone.
    let alone = super::judge_by(cx, &all, &published, Period::Own);
    let stays = |((rule, was), is): ((&&Rule, &Arc<RuleVerdict>), RuleVerdict)| {
        let moves = was.found.iter().any(|finding| since.moves(finding));
        (!moves && says_the_same(cx, since.revision, rule, was, &is)).then(|| Arc::clone(was))
    };
    all.iter().zip(&since.verdicts.rules).zip(alone).map(stays).collect()
}

/// Whether a rule would say the same of the whole book: it reads nothing that has changed, or the documents that changed have no part
/// in its verdict, or they met it by themselves and meet it still.
fn says_the_same(cx: &Context<'_>, revision: &Revision, rule: &Rule, was: &RuleVerdict, is: &RuleVerdict) -> bool {
    let reads = rule.program.as_ref().map(Program::reads).unwrap_or_default();
    // Its message is told of what fails, and of every period of an objective.
    let is_told = !was.found.is_empty() || !was.periods.is_empty();
    let told = rule.program.as_ref().filter(|_| is_told).map(Program::told).unwrap_or_default();
    let whole_book = reads.whole_book || told.whole_book;
    if whole_book && revision.resorts_any() {
        return false;
    }
    // A document that others refer to may decide about those.
    let is_unseen = revision.is_unseen(cx.site);
    revision.documents().iter().all(|revised| {
        let after = cx.site.document(revised.was.id);
        let stands =
            is_unseen && !whole_book && is_settled(was) && is_settled(is) && stands_alike(was, is, &revised.was, after);
        stands || !reads.has_any(&revised.names) && !told.has_any(&revised.names)
    })
}

/// Whether a rule could decide, and was far from having cost too much.
fn is_settled(verdict: &RuleVerdict) -> bool {
    verdict.undecided == 0 && verdict.spent < MOST_STEPS_OF_A_RULE / 2
}

/// Whether a document counts for the same in two verdicts: for nothing, or as one that meets the rule by itself.
fn stands_alike(was: &RuleVerdict, is: &RuleVerdict, before: &Document, after: &Document) -> bool {
    let joined = |verdict: &RuleVerdict| verdict.joined.binary_search(&before.id).is_ok();
    let standing = was.standing(before.id);
    let year = |document: &Document| document.date.map(|date| Date::year(date.value));
    !joined(was)
        && !joined(is)
        && standing == is.standing(before.id)
        && matches!(standing, None | Some(Standing::Met))
        && (standing.is_none() || year(before) == year(after))
}
