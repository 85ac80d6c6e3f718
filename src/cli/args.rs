use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use super::french;
use crate::diagnostic::Lang;

/// Checks a folder of charters and reports against its own rules, and makes a site of it.
#[derive(Debug, Parser)]
#[command(name = "recueil", version, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,

    /// Language of messages [default: the book's].
    #[arg(long, global = true, value_name = "LANG")]
    pub(super) lang: Option<LangArg>,

    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArg,

    /// Say nothing but findings and failures.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Say how long the run took.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the book and make its site.
    Build(super::commands::build::BuildArgs),
    /// Check the book; make nothing.
    Check(super::commands::check::CheckArgs),
    /// Make the site, show it on this machine, and make it again at every change.
    Serve(super::commands::serve::ServeArgs),
    /// Search the book as its site does.
    Search(super::commands::search::SearchArgs),
    /// Say what a code means and what to do about it.
    Explain(super::commands::explain::ExplainArgs),
}

/// A language of messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    /// French
    Fr,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Fr => Self::Fr,
            LangArg::En => Self::En,
        }
    }
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// For people, with the faulty line, on standard error
    Human,
    /// One finding a line, on standard output
    Short,
    /// For machines, on standard output
    Json,
    /// Annotations of a GitHub workflow, on standard output
    Github,
    /// Code quality report of a GitLab merge request, on standard output
    Gitlab,
}

/// The folder of a book.
#[derive(Debug, clap::Args)]
pub(super) struct BookArgs {
    /// Folder of the book, the one that holds book.toml.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
}

/// What the program answers to, in a language.
pub(super) fn command(lang: Lang) -> clap::Command {
    let command = Args::command();
    match lang {
        Lang::Fr => french::translate(command),
        Lang::En => command,
    }
}
