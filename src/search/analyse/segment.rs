//! The words of one segment: elisions, exceptions, inclusive forms, compounds, acronyms, numbers.

use std::ops::Range;

use super::{
    Analyser, Word,
    inclusive::{Sign, readings},
};

/// A joined compound longer than this is a sentence with hyphens, not a word.
const LONGEST_COMPOUND: usize = 40;

/// A stretch of letters and the sign before it.
struct Part<'t> {
    sign: Option<Sign>,
    span: Range<usize>,
    text: &'t str,
}

/// A word and whether a hyphen ties it to the one before.
struct Tied {
    word: Word,
    tied: bool,
}

pub(super) fn words(analyser: &Analyser, segment: &str) -> Vec<Word> {
    let parts = parts(analyser, segment);
    let mut tied = Vec::new();
    let mut rest = parts.as_slice();
    while let [part, after @ ..] = rest {
        let hyphen = part.sign == Some(Sign::Hyphen);
        let elided = after.first().is_some_and(|next| next.sign == Some(Sign::Apostrophe));
        if elided && let Some(word) = whole(analyser, segment, part, &after[0]) {
            tied.push(Tied { word, tied: hyphen });
            rest = &after[1..];
        } else if elided && analyser.is_elision(&analyser.fold(part.text)) {
            rest = after;
        } else {
            let tail = tail(part, after);
            let read = after.first().and_then(|next| readings(analyser, part.text, next.sign?, &tail));
            let used = if read.is_some() { tail.len() } else { 0 };
            let span = part.span.start..if used > 0 { after[used - 1].span.end } else { part.span.end };
            let readings = read.unwrap_or_else(|| vec![plain(part.text)]);
            tied.push(Tied { word: word(analyser, segment, span, &readings), tied: hyphen });
            rest = &after[used..];
        }
    }
    join_compounds(analyser, &mut tied);
    tied.into_iter().map(|tied| tied.word).filter(|word| !word.term().folded.is_empty()).collect()
}

/// Cuts a segment at its inner signs.
fn parts<'t>(analyser: &Analyser, segment: &'t str) -> Vec<Part<'t>> {
    let characters = &analyser.language.characters;
    let sign = |c: char| match c {
        '(' | ')' => Some(Sign::Parenthesis),
        c if characters.apostrophes.contains(c) => Some(Sign::Apostrophe),
        c if characters.hyphens.contains(c) => Some(Sign::Hyphen),
        c if characters.points.contains(c) => Some(Sign::Point),
        _ => None,
    };
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, None);
    let ends = segment.char_indices().filter_map(|(at, c)| Some((at, at + c.len_utf8(), sign(c)?)));
    let whole = segment.len();
    for (end, next, sign) in ends.map(|(at, next, sign)| (at, next, Some(sign))).chain([(whole, whole, None)]) {
        if end > start {
            parts.push(Part { sign: before, span: start..end, text: segment.get(start..end).unwrap_or_default() });
        }
        (start, before) = (next, sign);
    }
    parts
}

/// `aujourd'hui`: two parts that are one word, under one key with or without its apostrophe.
fn whole(analyser: &Analyser, segment: &str, part: &Part, next: &Part) -> Option<Word> {
    let (first, second) = (analyser.fold(part.text), analyser.fold(next.text));
    let written = analyser.is_whole(&format!("{first}'{second}")).then(|| format!("{}{}", part.text, next.text))?;
    Some(word(analyser, segment, part.span.start..next.span.end, &[written]))
}

/// The parts that follow under the same sign and could be an inclusive ending.
fn tail<'t>(part: &Part, after: &[Part<'t>]) -> Vec<&'t str> {
    let first = after.first().and_then(|next| next.sign).filter(|sign| *sign != Sign::Apostrophe);
    // A compound is no inclusive form: in `mieux-e-s` only the first part of a run of hyphens is a base.
    if first.is_none() || (first == Some(Sign::Hyphen) && part.sign == first) {
        return Vec::new();
    }
    after.iter().take_while(|next| next.sign == first).map(|next| next.text).collect()
}

/// `C.F.A` is `CFA`; `32,5` is `32.5`.
fn plain(text: &str) -> String {
    match (text.contains(['.', ',']), text.starts_with(|c: char| c.is_ascii_digit())) {
        (false, _) => text.to_owned(),
        (true, true) => text.replace(',', "."),
        (true, false) => text.replace('.', ""),
    }
}

fn word(analyser: &Analyser, segment: &str, span: Range<usize>, readings: &[String]) -> Word {
    let written = segment.get(span.clone()).unwrap_or_default();
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    let mut terms: Vec<_> = readings.iter().map(|reading| analyser.term(reading)).collect();
    terms.dedup();
    Word {
        span,
        stop: analyser.is_stop(&terms[0].folded),
        capitals: letters().count() > 1 && letters().all(char::is_uppercase),
        terms,
    }
}

/// Gives every part of a compound its joined form: `auto-évaluation` is also `autoévaluation`.
fn join_compounds(analyser: &Analyser, tied: &mut [Tied]) {
    for run in tied.chunk_by_mut(|_, next| next.tied) {
        let numbers = run.iter().all(|part| part.word.term().folded.bytes().all(|b| b.is_ascii_digit()));
        if run.len() < 2 || numbers || run.iter().all(|part| part.word.stop) {
            continue;
        }
        let joined: String = run.iter().map(|part| part.word.term().form.as_str()).collect();
        if joined.chars().count() <= LONGEST_COMPOUND {
            let joined = analyser.term(&joined);
            for part in run {
                part.word.terms.push(joined.clone());
            }
        }
    }
}
