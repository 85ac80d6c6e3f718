//! The command line: arguments, terminal, exit codes.
//!
//! The only floor that prints, exits, and reads the environment and the clock. A command is its arguments and four moves:
//! inputs, pipeline, emit, exit. Whatever decides about content belongs below.

mod args;
mod commands;
mod failure;
mod french;
mod program;
mod ui;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use args::{Args, Command};
use ui::Ui;

use crate::diagnostic::Lang;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is in order.
    Clean = 0,
    /// The content has errors.
    Content = 1,
    /// The work could not be done.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program with these arguments, the first being its own name.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> ExitCode {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let spoken = ui::spoken(&argv);
    let command = args::command(spoken);
    let parsed = command.try_get_matches_from(argv).and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => {
            match french::explain(&error).filter(|_| spoken == Lang::Fr) {
                Some(text) => ui::complain(&text),
                None => drop(error.print()),
            }
            return if error.use_stderr() { Exit::Failed.into() } else { Exit::Clean.into() };
        }
    };
    let mut ui = Ui::new(&args, spoken);
    let start = std::time::Instant::now();
    let exit = match &args.command {
        Command::Build(args) => commands::build::run(args, &mut ui),
        Command::Check(args) => commands::check::run(args, &mut ui),
        Command::Serve(args) => commands::serve::run(args, &mut ui),
        Command::Search(args) => commands::search::run(args, &mut ui),
        Command::Explain(args) => commands::explain::run(args, &mut ui),
    };
    if args.verbose {
        ui.took(start.elapsed());
    }
    match exit {
        Ok(exit) => exit.into(),
        Err(error) => {
            ui.failure(&error);
            Exit::Failed.into()
        }
    }
}
