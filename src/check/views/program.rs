//! A view, read and compiled.

use indexmap::IndexMap;

use super::Kind;
use super::data::{Moment, Shown, Tile};
use crate::check::rules::language::expr::Formula;
use crate::schema::Collection;
use crate::source::{SourceId, Span, Spanned};

/// A view, ready to be evaluated.
pub(super) struct Program<'a> {
    pub name: Spanned<String>,
    pub title: String,
    pub kind: Kind,
    pub source: SourceId,
    pub span: Span,
    pub of: Vec<&'a Collection>,
    pub each: Option<Expression>,
    pub filter: Option<Expression>,
    pub by: Option<Expression>,
    pub split: Option<Expression>,
    pub rows: Option<Expression>,
    pub columns: Vec<Column>,
    pub measure: Option<Expression>,
    pub people: Option<People>,
    pub value: Option<Expression>,
    pub see: Option<Expression>,
    pub date: Option<Expression>,
    pub until: Option<Expression>,
    /// For a timeline: the date in the words of its author.
    pub when: Option<Expression>,
    pub label: Option<Expression>,
    pub text: Option<Expression>,
    pub sort: Sort,
    pub limit: Option<usize>,
    /// Whether groups that nothing falls into are shown too: on the rows or the only axis, and on the columns.
    pub every: Option<(bool, bool)>,
    /// Whether a matrix says what its rows and columns come to; where it does not say, it does so for what adds up.
    pub totals: Option<bool>,
    pub threshold: usize,
    pub unit: Option<(String, String)>,
    pub note: Option<String>,
    pub definition: Option<String>,
    pub tiles: Vec<Region>,
    /// Where tiles are read that are not written in the view.
    pub source_of_tiles: Option<Source>,
    pub events: Vec<Written>,
    /// The slug of a heading.
    pub section: String,
    /// The rules whose accounts are shown, by their places.
    pub rules: Vec<usize>,
    pub method: Vec<(&'static str, String)>,
}

/// An expression and what the schema says of its value.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    pub formula: Formula,
    pub facts: Facts,
}

/// What the schema says of a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub title: Option<String>,
    pub unit: Option<String>,
    pub choices: Option<IndexMap<String, String>>,
    pub is_markdown: bool,
    pub order: Order,
    /// Whether each value is a measured result.
    pub is_outcome: bool,
    pub every: Every,
}

/// Whether values have an order of their own, in which they are best read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// They are best read by their amounts.
    #[default]
    None,
    /// Days.
    Days,
    /// Numbers that are names, as those of years are.
    Ordinal,
}

/// The values that there can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Every {
    /// Nobody can tell.
    #[default]
    Open,
    /// The documents of some collections.
    Documents(Vec<String>),
    /// The entries of the documents that occur.
    Entries,
    /// The choices of the schema.
    Choices,
    /// Whole numbers between those that occur.
    Whole,
}

/// A column of a table, or a row of a comparison.
pub(super) struct Column {
    pub title: String,
    pub value: Expression,
}

/// How many people stand behind an amount.
pub(super) enum People {
    /// The amount itself says.
    Measure,
    /// An expression over the group.
    Of(Box<Expression>),
}

/// What comes first.
pub(super) enum Sort {
    /// As the kind does it.
    Usual,
    /// By amount; descending or not.
    Value(bool),
    /// By name, in the order that is natural to it; descending or not.
    Label(bool),
    /// Documents or items by an expression; descending or not.
    By(Box<Expression>, bool),
}

/// A region of a map, and the values that it holds.
pub(super) struct Region {
    /// Where it stands; none for a region that nobody gave a place.
    pub tile: Option<Tile>,
    /// What it is called.
    pub title: String,
    /// The same, as readers see it.
    pub shown: Shown,
    pub holds: Vec<String>,
}

impl Region {
    /// Whether both stand on one place.
    pub(super) fn is_where(&self, other: &Self) -> bool {
        let place = |region: &Self| region.tile.as_ref().map(|tile| (tile.row, tile.column));
        place(self).is_some_and(|own| place(other) == Some(own))
    }
}

/// The documents that have tiles, and the expressions that give them.
pub(super) struct Source {
    /// The ids of their collections.
    pub of: Vec<String>,
    pub filter: Option<Expression>,
    /// The values that a region holds; where it is not said, the document itself.
    pub id: Option<Expression>,
    pub label: Option<Expression>,
    pub title: Option<Expression>,
    pub row: Expression,
    pub column: Expression,
}

/// An event that is written in the declaration.
pub(super) struct Written {
    pub from: Moment,
    pub until: Option<Moment>,
    pub title: String,
    pub text: Option<String>,
}
