use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cli::Exit;
use crate::cli::ui::Ui;
use crate::diagnostic::{closest, tr};
use crate::emit;
use crate::pipeline::checks;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The code, as it stands between brackets in a finding; without one, the list of all.
    code: Option<String>,

    /// Folder of the book, the one that holds book.toml.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

pub(in crate::cli) fn run(args: &ExplainArgs, ui: &mut Ui) -> Result<Exit> {
    // The program's own checks can be explained anywhere, even without a book.
    if args.dir.join(crate::config::FILE).is_file() {
        super::inputs(&args.dir, ui)?;
    }
    let lang = ui.lang();
    let known = checks();
    let Some(code) = &args.code else {
        let mut list = String::new();
        for check in known {
            let _ = writeln!(list, "{:<26} {}", check.name, check.summary.get(lang));
        }
        ui.output(&list);
        return Ok(Exit::Clean);
    };
    let Some(check) = known.iter().find(|check| check.name == code) else {
        let hint = closest(lang, code, known.iter().map(|check| check.name));
        let hint = hint.unwrap_or_else(|| tr!(lang, "`recueil explain` sans code les liste tous", "`recueil explain` without a code lists them all"));
        bail!(tr!(lang, "il n’y a pas de code `{code}` ; {hint}", "there is no code `{code}`; {hint}"));
    };
    ui.output(&emit::explain(check, lang));
    Ok(Exit::Clean)
}
