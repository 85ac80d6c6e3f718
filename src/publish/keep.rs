use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::reason::Reason;

/// Makes a file of the book hold this text; says whether it held another. The file changes in one step, or not at all.
pub fn keep(path: &Path, text: &str) -> Result<bool> {
    let mut former = Vec::new();
    match File::open(path).and_then(|mut file| file.read_to_end(&mut former)) {
        Ok(_) if former == text.as_bytes() => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| Reason::reading(path)),
    }
    let next = path.with_extension("next");
    File::create(&next)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&next, path))
        .with_context(|| Reason::writing(path))?;
    Ok(true)
}
