/// What a heading has.
pub(super) struct Anchor<'a> {
    pub(super) id: &'a str,
    /// HTML that follows its section.
    pub(super) after: String,
}
