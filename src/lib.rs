//! Recueil: a static site generator for charters and reports.

pub mod source;
pub mod diagnostic;
pub mod parse;
pub mod artifact;
