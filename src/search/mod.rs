//! Finding what a reader means: the index, its files for the browser, and the same search in Rust.
//!
//! [`Index::build`] reads plain [`Record`]s in parallel; [`Index::artifacts`] writes it as small scripts of data that
//! `themes/recueil/assets/search/` reads in the browser; [`Index::search`] asks the same index the same way from the command
//! line. Both sides share one analyser ([`analyse`], over the tables of [`language`]), rank with the same integers, and are held
//! to the same answers by `agreement.rs`. Start reading at [`Index`], then `build/`, then `query/`.
//!
//! Owns what "found" means. Only [`findable`] and [`check_promises`] read the model; the rest takes plain records. Knows no template and no page: records
//! come from the model's text, never from HTML.

pub mod language;
pub mod analyse;
pub mod record;
mod code;
mod glossary;
mod build;
mod lexicon;
mod facets;
mod index;
mod query;
mod write;
mod site;
mod promise;

pub use index::Index;
pub use promise::{CHECKS, check as check_promises};
pub use query::{Hit, Outcome, Piece, Place, Query};
pub use record::{Facet, FacetKind, Glossary, GlossaryTerm, Options, Passage, Record, Text};
pub use site::{Findable, findable};

/// Where the files of the index stand in the site.
pub const FOLDER: &str = "search/";

#[cfg(test)]
mod agreement;
