use anyhow::Result;

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::tr;
use crate::pipeline;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    book: BookArgs,

    /// How findings are written.
    #[arg(long, default_value = "human")]
    format: FormatArg,
}

pub(in crate::cli) fn run(args: &CheckArgs, ui: &mut Ui) -> Result<Exit> {
    let inputs = super::inputs(&args.book.dir, ui)?;
    let progress = ui.progress(tr!(ui.lang(), "vérification du livre", "checking the book"));
    let checked = pipeline::check(inputs);
    progress.finish_and_clear();
    Ok(ui.findings(&checked, args.format))
}
