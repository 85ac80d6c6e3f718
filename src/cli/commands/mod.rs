//! One file a command.

pub(super) mod build;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod search;
pub(super) mod serve;

use std::path::Path;

use anyhow::Result;

use super::ui::Ui;
use crate::pipeline::{self, Inputs};

/// The first move of every command that works on a book.
fn inputs(dir: &Path, ui: &mut Ui) -> Result<Inputs> {
    let today = ui.today()?;
    let inputs = pipeline::read(dir, today, ui.asked)?;
    ui.speak(inputs.sink.lang());
    Ok(inputs)
}
