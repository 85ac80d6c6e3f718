//! The sentence where a record answers, with what was asked for marked, and the passages that answer best.

use std::{borrow::Cow, ops::Range};

use super::{Piece, recall::Recalled};
use crate::search::{Index, Record, analyse::Word};

/// An excerpt holds hits that lie within this many words, …
const WINDOW: usize = 24;
/// … begins with their sentence, or this many words before, …
const BEFORE: usize = 10;
/// … and goes on to the end of a sentence, or for this many words.
const LENGTH: usize = 36;

/// What a passage gains for each word of the query that stands in its heading.
const TITLED: usize = 250;

/// How a record answers.
pub(super) struct Excerpt {
    pub(super) pieces: Vec<Piece>,
    /// The passages with an anchor that hold as many words of the query as the best, in their order.
    pub(super) passages: Vec<usize>,
}

/// A word of a text that answers a word of the query.
struct Answer {
    group: usize,
    words: Range<usize>,
}

/// A text of the record and how it answers.
struct Candidate<'t> {
    text: Cow<'t, str>,
    words: Vec<Word>,
    answers: Vec<Answer>,
}

pub(super) fn excerpt(record: &Record, groups: &[Recalled], index: &Index) -> Excerpt {
    let passages = record.body.iter().map(|passage| (passage.text.read(), &*passage.title));
    let others = [&record.summary].into_iter().chain(&record.labels).map(|text| (Cow::Borrowed(&**text), ""));
    let mut best: Option<(usize, Candidate, usize)> = None;
    let mut worths = Vec::with_capacity(record.body.len());
    for (number, (text, title)) in passages.chain(others).enumerate() {
        let words = index.analyser.words(&text);
        let answers = answers(&words, groups, index);
        let (worth, from) = densest(&answers);
        if number < record.body.len() {
            let titled = self::answers(&index.analyser.words(title), groups, index);
            worths.push(worth + TITLED * (densest(&titled).0 / 100));
        }
        if !text.is_empty() && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            best = Some((worth, Candidate { text, words, answers }, from));
        }
    }
    let pieces = match best {
        Some((0, ..)) if !record.summary.is_empty() => {
            pieces(&record.summary, &index.analyser.words(&record.summary), &[], 0)
        }
        Some((_, candidate, from)) => pieces(&candidate.text, &candidate.words, &candidate.answers, from),
        None => Vec::new(),
    };
    Excerpt { pieces, passages: best_passages(record, &worths) }
}

/// The passages to lead to: those worth most, as long as they are worth nearly as much as the best.
fn best_passages(record: &Record, worths: &[usize]) -> Vec<usize> {
    let mut passages: Vec<usize> =
        (0..worths.len()).filter(|&at| worths[at] > 0 && !record.body[at].anchor.is_empty()).collect();
    passages.sort_by_key(|&at| std::cmp::Reverse(worths[at]));
    let most = passages.first().map_or(0, |&at| worths[at]);
    passages.retain(|&at| worths[at] / 100 == most / 100);
    passages
}

fn answers(words: &[Word], groups: &[Recalled], index: &Index) -> Vec<Answer> {
    let mut answers = Vec::new();
    let names = index.concepts.find(words);
    for (at, word) in words.iter().enumerate() {
        let is = |keys: &[String]| word.terms.iter().any(|term| keys.contains(&term.stem));
        for (group, recalled) in groups.iter().enumerate() {
            let concept = |name: usize| &index.concepts.names()[name].key;
            let asked = |name: usize| recalled.names.iter().any(|&asked| concept(asked) == concept(name));
            if is(&recalled.keys) || is(&recalled.begun) {
                answers.push(Answer { group, words: at..at + 1 });
            } else if let Some(found) = names.iter().find(|found| found.first == at && asked(found.name)) {
                answers.push(Answer { group, words: at..found.last + 1 });
            }
        }
    }
    answers
}

/// Where most different words of the query stand close together: how much that is worth, and the answer it begins with.
fn densest(answers: &[Answer]) -> (usize, usize) {
    let (mut most, mut from) = (0, 0);
    for (at, first) in answers.iter().enumerate() {
        let close = answers[at..].iter().take_while(|answer| answer.words.start < first.words.start + WINDOW);
        let mut groups: Vec<usize> = close.map(|answer| answer.group).collect();
        let answered = groups.len();
        groups.sort_unstable();
        groups.dedup();
        let worth = 100 * groups.len() + answered.min(9);
        if worth > most {
            (most, from) = (worth, at);
        }
    }
    (most, from)
}

/// Cuts the excerpt out of the text, around the answers from `from` on.
fn pieces(text: &str, words: &[Word], answers: &[Answer], from: usize) -> Vec<Piece> {
    if words.is_empty() {
        return Vec::new();
    }
    let between = |at: usize| text.get(words[at - 1].span.end..words[at].span.start).unwrap_or_default();
    let hit = answers.get(from).map_or(0, |answer| answer.words.start);
    let lowest = hit.saturating_sub(BEFORE);
    let sentence = (lowest + 1..=hit).rev().find(|&at| ends_sentence(between(at)));
    let first = sentence.unwrap_or(lowest);
    let limit = words.len().min(first + LENGTH);
    let whole = limit == words.len();
    let last = (hit + 1..limit).rev().find(|&at| !whole && ends_sentence(between(at))).unwrap_or(limit);
    // Signs that belong to the words at both ends come along.
    let opened = first == 0 || ends_sentence(between(first));
    let start = if first == 0 { 0 } else { after_space(text, words[first - 1].span.end, words[first].span.start) };
    let closed = last == words.len() || ends_sentence(between(last));
    let end = if last == words.len() {
        text.len()
    } else {
        before_space(text, words[last - 1].span.end, words[last].span.start)
    };

    let mut marks: Vec<Range<usize>> = Vec::new();
    for answer in answers.iter().filter(|answer| answer.words.start >= first && answer.words.end <= last) {
        let span = words[answer.words.start].span.start..words[answer.words.end - 1].span.end;
        if marks.last().is_none_or(|mark| mark.end <= span.start) {
            marks.push(span);
        }
    }
    let mut pieces = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    push(if opened { "" } else { "… " }, false);
    let mut at = start;
    for mark in marks {
        push(text.get(at..mark.start).unwrap_or_default(), false);
        push(text.get(mark.clone()).unwrap_or_default(), true);
        at = mark.end;
    }
    push(text.get(at..end).unwrap_or_default().trim_end(), false);
    push(if closed { "" } else { " …" }, false);
    pieces
}

fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', '…', '\n'])
}

/// The place after the last space between two words.
fn after_space(text: &str, from: usize, to: usize) -> usize {
    let between = text.get(from..to).unwrap_or_default();
    between.rfind([' ', '\n']).map_or(from, |at| from + at + 1)
}

/// The place of the first space between two words.
fn before_space(text: &str, from: usize, to: usize) -> usize {
    let between = text.get(from..to).unwrap_or_default();
    between.find([' ', '\n']).map_or(to, |at| from + at)
}
