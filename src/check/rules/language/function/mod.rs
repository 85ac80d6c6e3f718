//! The functions that rules may call, beside the operators and loops of CEL.
//!
//! A function is one line of [`ALL`]: its form for messages, what it wants, what it gives and what it does. `list.f(x)` and
//! `f(list, x)` are the same call.

mod book;
mod date;
mod list;
mod text;

use super::eval::Reason;
use super::expr::Ready;
use super::value::{Val, World};

/// A function of the rule language.
pub(crate) struct Function {
    pub name: &'static str,
    /// How it is called, for messages.
    pub form: &'static str,
    pub wants: &'static [Want],
    /// How many of `wants` must be there.
    pub fewest: usize,
    /// Whether the last of `wants` may come again and again.
    pub repeats: bool,
    pub gives: Gives,
    pub run: Run,
}

/// What a function does.
pub(crate) type Run = for<'a> fn(&World<'a>, &Ready, &[Val<'a>]) -> Result<Val<'a>, Reason>;

/// What an argument must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Any,
    List,
    Number,
    Text,
    Date,
    /// A list, a text, or keys and values.
    Sized,
    /// A list or a text.
    Searched,
    /// A document.
    Document,
    /// A document or an entry.
    Target,
    /// A constant: fields of the items of the first argument, `"a.b"`.
    Path,
    /// A constant: a regular expression.
    Pattern,
    /// A heading.
    Heading,
    /// A constant: the id of a collection.
    Collection,
    /// A constant: a day, `2024-06-30`.
    Day,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    Boolean,
    Number,
    Text,
    Date,
    Section,
    /// A list like the first argument.
    List,
    /// An item of the first argument.
    Item,
    /// A list of what the path leads to, or like the first argument.
    Values,
    /// What the path leads to, or an item of the first argument.
    Value,
    /// A list of documents of the collection named.
    Documents,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The function with this name.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().find(|function| function.name == name)
}

const fn function(
    name: &'static str,
    form: &'static str,
    wants: &'static [Want],
    fewest: usize,
    gives: Gives,
    run: Run,
) -> Function {
    Function { name, form, wants, fewest, repeats: false, gives, run }
}

/// Every function.
pub(crate) static ALL: &[Function] = &[
    // Lists
    function("size", "size(list)", &[Want::Sized], 1, Gives::Number, list::size),
    function("count", "count(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Number, list::count),
    function("sum", "sum(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Number, list::sum),
    function("min", "min(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Value, list::min),
    function("max", "max(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Value, list::max),
    function("avg", "avg(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Number, list::avg),
    function("values", "values(list, \"field\")", &[Want::List, Want::Path], 2, Gives::Values, list::values),
    function("distinct", "distinct(list, \"field\")", &[Want::List, Want::Path], 1, Gives::Values, list::distinct),
    function("sorted", "sorted(list, \"field\")", &[Want::List, Want::Path], 1, Gives::List, list::sorted),
    function("first", "first(list)", &[Want::List], 1, Gives::Item, list::first),
    function("last", "last(list)", &[Want::List], 1, Gives::Item, list::last),
    function("join", "join(list, \", \")", &[Want::List, Want::Text], 1, Gives::Text, list::join),
    function("index_of", "index_of(list, item)", &[Want::List, Want::Any], 2, Gives::Number, list::index_of),
    function("overlaps", "overlaps(list, list)", &[Want::List, Want::List], 2, Gives::Boolean, list::overlaps),
    // Dates
    function("date", "date(\"2024-06-30\")", &[Want::Day], 1, Gives::Date, date::date),
    function("year", "year(date)", &[Want::Date], 1, Gives::Number, date::year),
    function("month", "month(date)", &[Want::Date], 1, Gives::Number, date::month),
    function("semester", "semester(date)", &[Want::Date], 1, Gives::Number, date::semester),
    function(
        "days_between",
        "days_between(date, date)",
        &[Want::Date, Want::Date],
        2,
        Gives::Number,
        date::days_between,
    ),
    function("add_days", "add_days(date, number)", &[Want::Date, Want::Number], 2, Gives::Date, date::add_days),
    function("is_before", "is_before(date, date)", &[Want::Date, Want::Date], 2, Gives::Boolean, date::is_before),
    Function {
        name: "in_order",
        form: "in_order(date, date, …)",
        wants: &[Want::Date, Want::Date],
        fewest: 2,
        repeats: true,
        gives: Gives::Boolean,
        run: date::in_order,
    },
    // Texts
    function("lines", "lines(text)", &[Want::Text], 1, Gives::Number, text::lines),
    function("words", "words(text)", &[Want::Text], 1, Gives::Number, text::words),
    function("lower", "lower(text)", &[Want::Text], 1, Gives::Text, text::lower),
    function("fold", "fold(text)", &[Want::Text], 1, Gives::Text, text::fold),
    function("trim", "trim(text)", &[Want::Text], 1, Gives::Text, text::trim),
    function("contains", "contains(text, text)", &[Want::Searched, Want::Any], 2, Gives::Boolean, text::contains),
    function("startsWith", "startsWith(text, text)", &[Want::Text, Want::Text], 2, Gives::Boolean, text::starts_with),
    function("endsWith", "endsWith(text, text)", &[Want::Text, Want::Text], 2, Gives::Boolean, text::ends_with),
    function("matches", "matches(text, \"pattern\")", &[Want::Text, Want::Pattern], 2, Gives::Boolean, text::matches),
    function("string", "string(value)", &[Want::Any], 1, Gives::Text, text::string),
    function("number", "number(text)", &[Want::Any], 1, Gives::Number, text::number),
    // The book
    function("filled", "filled(value)", &[Want::Any], 1, Gives::Boolean, book::filled),
    function("section", "section(doc, \"title\")", &[Want::Document, Want::Heading], 2, Gives::Section, book::section),
    function("documents", "documents(\"collection\")", &[Want::Collection], 1, Gives::Documents, book::documents),
    function(
        "referrers",
        "referrers(doc, \"collection\")",
        &[Want::Target, Want::Collection],
        2,
        Gives::Documents,
        book::referrers,
    ),
];
