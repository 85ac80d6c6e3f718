//! Lists that are kept as long as the book is.

/// The same list with no more room than it takes. Making it shorter where it is would not do: allocators leave a little room that is
/// left over with who has it, and a list that is collected from another stays where that was.
pub(crate) fn exact<T>(list: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>) -> Vec<T> {
    let list = list.into_iter();
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact
}
