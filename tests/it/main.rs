//! The tests of Recueil that are not unit tests, in one binary: `cargo test --test it cases` runs a part of it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write their own files, and stop at a surprise"
)]

/// What several parts need: a book for a test, literate specs, the program's sources as tokens.
mod support;

/// Floors import downwards only, in the order of `src/lib.rs`.
mod layers;
/// The house rules that no compiler holds: names, sizes, both languages, no word of the domain.
mod tidy;
/// The literate specs of `tests/cases`: what is found, where, and in which words.
mod cases;
/// Whole terminal pictures, in French and in English.
mod ui;
/// Whole books: clean, the same bytes twice, links that lead somewhere, and what readers read.
mod sites;
/// The program as a user runs it: exit codes, streams, help.
mod cli;
/// Building again: what did not change is left alone, and what did is as if it were new.
mod again;
/// What a reader fetches for a search, on a generated book.
mod weight;
/// What holds for the views of any documents: cells add up to the whole, few people are never told.
mod views;
/// What holds for any input: nothing panics, places are places, the same bytes give the same findings.
mod props;
