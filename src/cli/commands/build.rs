use std::path::PathBuf;

use anyhow::Result;

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::tr;
use crate::pipeline;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BuildArgs {
    #[command(flatten)]
    book: BookArgs,

    /// Where to write the site [default: `build-dir` of book.toml, else public].
    #[arg(short, long, value_name = "OUT")]
    dest_dir: Option<PathBuf>,

    /// How findings are written.
    #[arg(long, default_value = "human")]
    format: FormatArg,
}

pub(in crate::cli) fn run(args: &BuildArgs, ui: &mut Ui) -> Result<Exit> {
    let inputs = super::inputs(&args.book.dir, ui)?;
    let progress = ui.progress(tr!(ui.lang(), "fabrication du site", "making the site"));
    let build = pipeline::build(inputs);
    progress.finish_and_clear();
    let exit = ui.findings(&build, args.format);
    let _ = &args.dest_dir;
    Ok(exit)
}
