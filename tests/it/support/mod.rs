//! What several parts of the tests need.

pub(crate) mod book;
pub(crate) mod page;
pub(crate) mod place;
pub(crate) mod spec;
pub(crate) mod tokens;
