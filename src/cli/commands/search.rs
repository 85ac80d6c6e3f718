use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::cli::Exit;
use crate::cli::ui::Ui;
use crate::diagnostic::tr;
use crate::emit;
use crate::pipeline;
use crate::search::{Query, findable};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SearchArgs {
    /// What is looked for.
    query: String,

    /// Folder of the book, the one that holds book.toml.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,

    /// How many results at most.
    #[arg(short, long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// How results are written.
    #[arg(long, default_value = "human")]
    format: SearchFormat,
}

/// How results are written, all on standard output.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SearchFormat {
    /// For people
    Human,
    /// One result a line: address and title
    Short,
    /// For machines
    Json,
}

pub(in crate::cli) fn run(args: &SearchArgs, ui: &mut Ui) -> Result<Exit> {
    let inputs = super::inputs(&args.dir, ui)?;
    let build = pipeline::check(inputs);
    let (Some(site), Some(config)) = (&build.site, &build.config) else {
        bail!(tr!(
            ui.lang(),
            "book.toml est illisible : `recueil check` dit pourquoi",
            "book.toml cannot be read: `recueil check` says why"
        ));
    };
    let found = findable(site, &config.language);
    let index = found.index();
    let outcome = index.search(&Query { page: 0..args.limit, ..Query::new(args.query.as_str()) });
    let text = match args.format {
        SearchFormat::Human => emit::hits(&args.query, &outcome, ui.lang(), ui.color()),
        SearchFormat::Short => emit::short_hits(&outcome),
        SearchFormat::Json => emit::json_hits(&args.query, &outcome),
    };
    ui.output(&text);
    Ok(Exit::Clean)
}
