//! Recueil: a static site generator for charters and reports.

pub mod source;
pub mod diagnostic;
pub mod parse;
pub mod config;
pub mod schema;
pub mod model;
pub mod artifact;
pub mod publish;
