//! Findings as people and machines read them: one file a format.
//!
//! Turns a [`Sink`](crate::diagnostic::Sink) into text; it writes to no terminal and no file.

mod github;
mod gitlab;
mod hits;
mod human;
mod json;
mod short;

pub use github::github;
pub use gitlab::gitlab;
pub use hits::{hits, json_hits, short_hits};
pub use human::{Style, explain, explain_rule, human, summary};
pub use json::json;
pub use short::short;

use std::borrow::Cow;

use crate::diagnostic::Sink;
use crate::source::Snapshot;

/// What an output format looks at.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The files that findings point into.
    pub snapshot: &'a Snapshot,
    /// The findings, sorted.
    pub sink: &'a Sink,
}

/// A text with the picture of every control character but the line's end: what authors write is no command to a terminal.
fn harmless(text: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && c != '\n';
    if !text.contains(commands) {
        return text.into();
    }
    let picture = |c: char| match c {
        c if !commands(c) => c,
        '\0'..' ' => char::from_u32(u32::from(c) + 0x2400).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    };
    text.chars().map(picture).collect()
}
