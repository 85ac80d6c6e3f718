//! Recueil: a static site generator for charters and reports, in which the charter runs.
//!
//! # The way through
//!
//! *A snapshot of bytes is parsed into syntax, resolved into a site, checked against its own schemas, turned into artifacts in
//! memory, and only then written to disk; findings from every floor meet in one sink.*
//!
//! 1. [`source`] reads the files of a book into a [`source::Snapshot`] and names every byte with a [`source::Span`].
//! 2. [`config`] reads `book.toml`; [`parse`] turns each page into a tree with places. Parsing never fails.
//! 3. [`schema`] reads what the collections declare: it is data, from the content.
//! 4. [`model`] types the trees by the schema and resolves every reference: a [`model::Site`].
//! 5. [`check`] holds each document against its schema, the built-in checks and the rules of the book, and evaluates the views
//!    that pages declare: figures, tables, maps, as plain data.
//! 6. [`search`] and [`render`] turn the site into [`artifact::Artifacts`], in memory.
//! 7. [`pipeline`] is these steps on one screen; [`emit`] puts the findings into words.
//! 8. [`publish`] writes the artifacts to a folder, whole or not at all.
//! 9. [`serve`] shows a site to a browser that follows every change; [`preview`] is a checked book as such a site, its pages made
//!    when they are looked at.
//! 10. [`cli`] is the only floor that prints, exits, and reads the environment and the clock.
//!
//! Floors stand below in order: each knows those above its line only, and a test reads that order from this file.
//!
//! # What is absent
//!
//! - No floor but [`source`] reads an author's file; none but [`publish`] writes one.
//! - No word of any book's subject: collections, fields, rules and their words are content.
//! - No clock, locale or order of a hash in any output: the same inputs give the same bytes.

mod parallel;
mod reason;
pub mod source;
pub mod diagnostic;
pub mod parse;
pub mod config;
pub mod schema;
pub mod model;
pub mod check;
pub mod artifact;
pub mod search;
pub mod render;
pub mod pipeline;
pub mod emit;
pub mod publish;
pub mod serve;
pub mod preview;
pub mod cli;
