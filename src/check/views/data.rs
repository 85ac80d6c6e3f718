//! What a view shows, as plain data: no expression is left in it, and no HTML is in it yet.

use crate::model::{Date, DocumentId};
use crate::source::SourceId;

pub use super::moment::{Moment, Season};

/// What a view shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// What it is made of.
    pub content: Content,
    /// The documents that were looked at, in order.
    pub documents: Vec<DocumentId>,
    /// How many items were counted: documents, or items of them.
    pub items: usize,
    /// How many of them belong to no group, for want of the value that groups are told apart by.
    pub unplaced: usize,
    /// How many were left out for being too many.
    pub beyond: usize,
    /// What readers are told of some documents first, with how many of them.
    pub notices: Vec<(String, usize)>,
}

/// The forms of what a view shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Groups with their amounts; several series where the view is split.
    Groups(Groups),
    /// Two things crossed.
    Matrix(Matrix),
    /// Rows and columns of values.
    Grid(Grid),
    /// Documents.
    Documents,
    /// What happened.
    Events(Vec<Event>),
    /// Accounts of a quota.
    Accounts(Vec<AccountAt>),
    /// Sections of documents, by the place of the section.
    Sections(Vec<(DocumentId, usize)>),
}

/// An account of a rule: both by their places in what the rules have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountAt {
    /// The rule.
    pub rule: usize,
    /// Its account.
    pub account: usize,
}

/// A value, ready to be put into words.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Nothing written.
    Nothing,
    /// A text.
    Text(String),
    /// A number, with what is counted.
    Number(f64, Option<String>),
    /// A year or the like: a number that is a name.
    Ordinal(f64),
    /// A day.
    Date(Date),
    /// Yes or no.
    Truth(bool),
    /// A document.
    Document(DocumentId),
    /// An entry of a document, by its place.
    Entry(DocumentId, usize),
    /// A text in Markdown, and the file that it was written in.
    Markdown(String, SourceId),
    /// Several.
    List(Vec<Self>),
}

/// What is known of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// A number.
    Number(f64),
    /// Nothing is known.
    Missing,
    /// Too few people stand behind it, or it would tell another that was withheld.
    Withheld,
}

impl Amount {
    /// The number, where there is one that may be shown.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Missing | Self::Withheld => None,
        }
    }
}

/// Groups with their amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// What tells the groups apart.
    pub title: String,
    /// What is measured.
    pub measure: String,
    /// Whether the amounts count or add up, so that a whole of them makes sense.
    pub adds_up: bool,
    /// One series, or one for each part that the view is split by; all have the same groups in the same order.
    pub series: Vec<Series>,
    /// For a map: where each group stands, in the order of the groups; those after the last have no tile.
    pub tiles: Vec<Tile>,
}

/// One line, or one set of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is about; none where there is but one.
    pub label: Option<Shown>,
    /// Its groups.
    pub points: Vec<Point>,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What the group has in common.
    pub label: Shown,
    /// What is measured of it.
    pub amount: Amount,
    /// The documents behind it.
    pub documents: Vec<DocumentId>,
    /// Where the figure comes from, when it is one measured result.
    pub provenance: Option<Box<Provenance>>,
}

/// What a measured result says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// How exact it is.
    pub qualifier: String,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// What is counted.
    pub unit: String,
    /// Out of whom or what.
    pub base: String,
    /// When.
    pub period: String,
    /// Where it was read.
    pub source: Shown,
    /// What was measured.
    pub indicator: Shown,
}

/// Where a region stands on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The few letters on it.
    pub label: String,
    /// Row, from 1.
    pub row: usize,
    /// Column, from 1.
    pub column: usize,
}

/// Two things crossed.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// What the rows are.
    pub row_title: String,
    /// What the columns are.
    pub column_title: String,
    /// What is measured.
    pub measure: String,
    /// The rows.
    pub rows: Vec<Shown>,
    /// The columns.
    pub columns: Vec<Shown>,
    /// Row by row.
    pub cells: Vec<Vec<Point>>,
    /// What the rows and the columns come to, where the view says it.
    pub totals: Option<Totals>,
}

/// What the rows and the columns of a table come to. Each is measured over its own items: one that stands in several cells is
/// counted once.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// One for each row.
    pub rows: Vec<Point>,
    /// One for each column.
    pub columns: Vec<Point>,
    /// Of the whole table.
    pub all: Point,
    /// Whether the amounts count or add up; an average of them all is no total.
    pub adds_up: bool,
    /// Whether some item stands in several cells, so that these come to more than the totals.
    pub overlaps: bool,
}

/// Rows and columns of values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What each row is about, where rows have a name.
    pub row_title: Option<String>,
    /// The heads of the columns.
    pub columns: Vec<Shown>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about; nothing in a plain table.
    pub label: Shown,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it says.
    pub shown: Shown,
    /// The row whose value was followed to.
    pub via: Option<Shown>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When it happened or began; none where that is written in words that nobody but people can read.
    pub from: Option<Moment>,
    /// When it ended.
    pub until: Option<Moment>,
    /// When it was, in the words of its author.
    pub when: Option<String>,
    /// What it is.
    pub title: Shown,
    /// More of it.
    pub text: Shown,
}
