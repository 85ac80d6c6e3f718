//! The language of expressions: CEL's syntax over the documents of a book.
//!
//! A text goes through [`scan`] (slips of the pen), [`compile`] (CEL's syntax to an [`expr::Expr`]), [`infer`] (everything that it
//! names held against the schema) and [`eval`] (one case after the other, its cost bounded). A [`template`] is a text with
//! expressions in it. Rules speak it, and whatever else declares by expressions may.

pub(crate) mod faults;
pub(crate) mod place;
pub(crate) mod name;
pub(crate) mod expr;
pub(crate) mod scan;
pub(crate) mod compile;
pub(crate) mod value;
pub(crate) mod show;
pub(crate) mod key;
pub(crate) mod eval;
pub(crate) mod function;
pub(crate) mod types;
pub(crate) mod infer;
pub(crate) mod template;
pub(crate) mod reads;
