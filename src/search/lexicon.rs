//! Every spelling of the book, for what is still being typed and for what was mistyped.

use super::{analyse::Analyser, build::Term, glossary::MARK};

/// One spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) folded: String,
    pub(super) form: String,
    /// How frequent it is, on a scale of [`frequency`].
    pub(super) frequency: u32,
}

/// The spellings of all terms, ordered by what is typed without accents.
pub(super) fn lexicon(terms: &[Term], analyser: &Analyser) -> Vec<Spelling> {
    let forms = terms.iter().filter(|term| !term.key.starts_with(MARK)).flat_map(|term| &term.forms);
    let spelling = |form: &super::build::Form| Spelling {
        folded: analyser.fold(&form.written),
        form: form.written.clone(),
        frequency: frequency(form.count),
    };
    let mut spellings: Vec<_> = forms.map(spelling).collect();
    spellings.sort_unstable_by(|one, other| (&one.folded, &one.form).cmp(&(&other.folded, &other.form)));
    spellings
}

/// The spellings that begin so.
pub(super) fn starting<'l>(lexicon: &'l [Spelling], folded: &str) -> &'l [Spelling] {
    let start = lexicon.partition_point(|spelling| spelling.folded.as_str() < folded);
    let rest = &lexicon[start..];
    &rest[..rest.partition_point(|spelling| spelling.folded.starts_with(folded))]
}

/// A count on a scale of four steps to the doubling, that one digit holds.
fn frequency(count: u32) -> u32 {
    if count < 4 {
        return count;
    }
    let doublings = count.ilog2();
    (4 * doublings + ((count >> (doublings - 2)) & 3) - 4).min(super::code::DIGIT_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_grow_with_counts() {
        let scale: Vec<_> = (0..100_000).map(frequency).collect();
        assert!(scale.is_sorted());
        assert_eq!((scale[0], scale[3], scale[4], scale[8]), (0, 3, 4, 8));
        assert_eq!(frequency(u32::MAX), 63);
    }
}
