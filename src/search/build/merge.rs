//! One vocabulary out of those of all blocks, in an order that no thread decides.

use rayon::prelude::*;

use super::gather::Block;

/// One spelling of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) written: String,
    /// How often it stands in the records.
    pub(crate) count: u32,
}

/// A term before its postings.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) key: String,
    pub(super) forms: Vec<Form>,
}

/// The terms in the order of their keys, and what the forms of each block are among them.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) heads: Vec<Head>,
    /// By block, by the block's form: the term, and the place among its forms.
    pub(super) places: Vec<Vec<(u32, u32)>>,
}

/// A form where a block has it.
struct Seen<'b> {
    key: &'b str,
    written: &'b str,
    block: usize,
    form: usize,
}

pub(super) fn merge(blocks: &[Block]) -> Vocabulary {
    let mut seen: Vec<Seen> = Vec::new();
    for (block, read) in blocks.iter().enumerate() {
        let met = read.forms.iter().enumerate().filter(|(form, _)| read.counts[*form] > 0);
        seen.extend(met.map(|(form, (key, written))| Seen { key, written, block, form }));
    }
    seen.par_sort_unstable_by_key(|seen| (seen.key, seen.written, seen.block));

    let mut heads = Vec::new();
    let mut places: Vec<_> = blocks.iter().map(|block| vec![(0, 0); block.forms.len()]).collect();
    for of_term in seen.chunk_by(|one, next| one.key == next.key) {
        let count = |of_form: &[Seen]| of_form.iter().map(|seen| blocks[seen.block].counts[seen.form]).sum::<u32>();
        let mut spellings: Vec<_> = of_term
            .chunk_by(|one, next| one.written == next.written)
            .map(|of_form| (count(of_form), of_form))
            .collect();
        // Stable: spellings as frequent as one another stay in the order of the alphabet.
        spellings.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let term = u32::try_from(heads.len()).expect("less than 2^32 terms");
        for ((_, of_form), rank) in spellings.iter().zip(0..) {
            for seen in *of_form {
                places[seen.block][seen.form] = (term, rank);
            }
        }
        let forms =
            spellings.iter().map(|&(count, of_form)| Form { written: of_form[0].written.to_owned(), count }).collect();
        heads.push(Head { key: of_term[0].key.to_owned(), forms });
    }
    Vocabulary { heads, places }
}
