//! Inclusive forms: `formateur·rice·s`, `apprenant(e)s`, `chargé-e-s` are two words in one.

use super::Analyser;
use crate::search::language::Feminine;

/// What stands between two parts of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Apostrophe,
    Hyphen,
    Point,
    Parenthesis,
}

/// The masculine and, if the tail names one, the feminine of an inclusive form; `None` when the tail is no inclusive ending.
pub(super) fn readings(analyser: &Analyser, base: &str, sign: Sign, tail: &[&str]) -> Option<Vec<String>> {
    let tail: Vec<String> = tail.iter().map(|piece| analyser.fold(piece)).collect();
    let (ending, plural) = ending(analyser, sign, &tail)?;
    let number = if plural { "s" } else { "" };
    let base = base.to_lowercase();
    let masculine = if base.ends_with('x') { base.clone() } else { format!("{base}{number}") };
    let Some(ending) = ending else { return Some(vec![masculine]) };
    let feminine = feminine(analyser, &base, ending)?;
    Some(vec![masculine, format!("{feminine}{number}")])
}

/// Splits a tail into its feminine ending and whether it is plural.
fn ending<'t>(analyser: &Analyser, sign: Sign, tail: &'t [String]) -> Option<(Option<&'t str>, bool)> {
    let known = |piece: &str| analyser.language.feminine.iter().any(|Feminine(written, ..)| written == piece);
    let tail: Vec<&str> = tail.iter().map(String::as_str).collect();
    // A hyphen mostly means something else: `dit-elle`, `prends-le`.
    match (sign, tail.as_slice()) {
        (Sign::Hyphen, ["e" | "es"] | [_, "s"]) | (Sign::Point | Sign::Parenthesis, _) => {}
        _ => return None,
    }
    match *tail.as_slice() {
        ["s"] => Some((None, true)),
        [one] if known(one) => Some((Some(one), false)),
        [one] => one.strip_suffix('s').filter(|one| known(one)).map(|one| (Some(one), true)),
        [one, "s"] if known(one) => Some((Some(one), true)),
        _ => None,
    }
}

fn feminine(analyser: &Analyser, base: &str, ending: &str) -> Option<String> {
    analyser
        .language
        .feminine
        .iter()
        .filter(|Feminine(written, ..)| written == ending)
        .find_map(|Feminine(_, lost, gained)| Some(format!("{}{gained}", base.strip_suffix(lost.as_str())?)))
}
