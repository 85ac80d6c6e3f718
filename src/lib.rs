//! Recueil: a static site generator for charters and reports.

pub mod artifact;

pub mod search;
