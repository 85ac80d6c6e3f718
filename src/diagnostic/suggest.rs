use super::{Lang, tr};

/// The candidate that the author probably meant, as a help: "vouliez-vous dire `x` ?".
pub fn closest<'a>(lang: Lang, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let best = closest_word(word, candidates)?;
    Some(tr!(lang, "vouliez-vous dire `{best}` ?", "did you mean `{best}`?"))
}

/// Whether a word is so near another that the author meant it.
pub fn is_slip(word: &str, meant: &str) -> bool {
    closest_word(word, [meant]).is_some()
}

/// The nearest candidate, when it is near enough to be meant: a third of its letters may differ, or one holds the other.
fn closest_word<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    candidates
        .into_iter()
        .map(|candidate| {
            let other = fold(candidate);
            let mut distance = strsim::damerau_levenshtein(&folded, &other);
            if folded.len() >= 4 && other.len() >= 4 && (other.contains(&folded) || folded.contains(&other)) {
                distance = distance.min(2);
            }
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(word.chars().count()) / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Spelling differences that no author means: case, accents, `-` for `_`.
fn fold(word: &str) -> String {
    use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '_' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["atelier-operationnel", "mutualisation-echanges"];
        assert_eq!(closest_word("atelier-operationel", known), Some("atelier-operationnel"));
        assert_eq!(closest_word("atelier_opérationnel", known), Some("atelier-operationnel"));
        assert_eq!(closest_word("mutualisation", known), Some("mutualisation-echanges"));
    }

    #[test]
    fn a_stranger_is_not() {
        assert_eq!(closest_word("zèbre", ["jours", "service"]), None);
    }
}
