use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// How a file of the next site stands in the present one.
#[derive(Debug)]
pub(super) enum State {
    /// The same bytes are there, in this file.
    Same(Metadata),
    /// Something else is there.
    Changed,
    /// Nothing is there.
    New,
}

/// Holds a file against the bytes that it should have.
pub(super) fn hold(path: &Path, bytes: &[u8]) -> io::Result<State> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut rest = bytes;
    if metadata.len() != bytes.len() as u64 {
        return Ok(State::Changed);
    }
    let mut buffer = [0; 16 * 1024];
    while !rest.is_empty() {
        let read = match file.read(&mut buffer) {
            Ok(length) => buffer.get(..length).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match rest.strip_prefix(read) {
            Some(end) if !read.is_empty() => rest = end,
            _ => return Ok(State::Changed),
        }
    }
    Ok(State::Same(metadata))
}
