//! What may have been meant by a word that is nowhere in the book: a spelling of the book itself.

use super::{parse::Parsed, recall::Recalled};
use crate::search::{Index, lexicon};

/// The query with its unknown words replaced, if something close to them is known.
pub(super) fn suggest(text: &str, parsed: &Parsed, groups: &[Recalled], index: &Index) -> Option<String> {
    let mut suggestion = text.to_owned();
    let mut changed = false;
    // From the end, so that the places before stay what they are.
    for (group, _) in parsed.groups.iter().zip(groups).rev().filter(|(_, recalled)| recalled.matches.is_empty()) {
        if let Some(spelling) = closest(&group.terms[0].folded, index) {
            suggestion.replace_range(group.span.clone(), spelling);
            changed = true;
        }
    }
    changed.then(|| suggestion.trim().to_owned())
}

fn closest<'i>(folded: &str, index: &'i Index) -> Option<&'i str> {
    let letters: Vec<char> = folded.chars().collect();
    let most = match letters.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, u32, &str)> = None;
    // A slip on the first letter mostly leaves it in second place, or brings the second to the first.
    for (at, first) in letters.iter().take(2).enumerate() {
        if at == 1 && letters[0] == letters[1] {
            continue;
        }
        for spelling in lexicon::starting(&index.lexicon, first.encode_utf8(&mut [0; 4])) {
            if spelling.folded.chars().count().abs_diff(letters.len()) > most {
                continue;
            }
            let distance = strsim::osa_distance(folded, &spelling.folded);
            let better = |&(least, frequency, form): &(usize, u32, &str)| {
                (distance, frequency, spelling.form.as_str()) < (least, spelling.frequency, form)
            };
            if distance <= most && best.as_ref().is_none_or(better) {
                best = Some((distance, spelling.frequency, &spelling.form));
            }
        }
    }
    best.map(|(_, _, form)| form)
}
