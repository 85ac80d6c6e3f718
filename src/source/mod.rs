//! Bytes and places: what authors wrote and where each byte of it stands.
//!
//! Owns the [`Snapshot`] of a book's files, and the [`Span`]s that every later floor points with. It is the only reader of
//! author files. It knows nothing of YAML, Markdown or collections.

mod again;
mod commit;
mod history;
mod lines;
mod snapshot;
mod span;

pub use lines::{LineIndex, Position};
pub use snapshot::{Asset, Snapshot, SourceFile, fingerprint};
pub use span::{SourceId, Span, Spanned};
