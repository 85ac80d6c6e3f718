//! Finding what a reader means.

pub mod language;
pub mod analyse;
