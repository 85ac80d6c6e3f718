use anyhow::{Result, bail};

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::{closest, tr};
use crate::pipeline::{self, Build, checks};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    book: BookArgs,

    /// Show the findings of this code only: a rule's, or a check's.
    #[arg(long, value_name = "CODE")]
    rule: Option<String>,

    /// Hold the whole book, past included, against the rule, as if it had always been in force; fails nothing.
    #[arg(long, requires = "rule")]
    simulate: bool,

    /// How findings are written.
    #[arg(long, default_value = "human")]
    format: FormatArg,
}

pub(in crate::cli) fn run(args: &CheckArgs, ui: &mut Ui) -> Result<Exit> {
    let inputs = super::inputs(&args.book.dir, ui)?;
    let progress = ui.progress(tr!(ui.lang(), "vérification du livre", "checking the book"));
    let checked = match &args.rule {
        Some(code) if args.simulate => pipeline::simulate(inputs, code),
        Some(code) => {
            let mut checked = pipeline::check(inputs);
            checked.sink.retain_mut(|finding| finding.code.name() == code);
            checked
        }
        None => pipeline::check(inputs),
    };
    progress.finish_and_clear();
    if let Some(code) = &args.rule {
        known(&checked, code, args.simulate, ui)?;
    }
    let exit = ui.findings(checked.told(), args.format);
    // The program ends here, and gives all its memory back at once: taking the book apart piece by piece would cost more.
    std::mem::forget(checked);
    Ok(if args.simulate { Exit::Clean } else { exit })
}

/// Refuses a code that nothing has: an empty list of findings would look like good news.
fn known(checked: &Build, code: &str, rules_only: bool, ui: &Ui) -> Result<()> {
    let rules = checked.rules.rules.iter().map(|rule| rule.code.value.as_str());
    let checks = checks().into_iter().map(|check| check.name).filter(|_| !rules_only);
    let codes: Vec<&str> = rules.chain(checks).collect();
    if codes.contains(&code) {
        return Ok(());
    }
    let lang = ui.lang();
    let hint = closest(lang, code, codes).unwrap_or_else(|| {
        tr!(lang, "`recueil explain` sans code les liste tous", "`recueil explain` without a code lists them all")
    });
    bail!(tr!(lang, "il n’y a pas de code `{code}` ; {hint}", "there is no code `{code}`; {hint}"));
}
