use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cli::Exit;
use crate::cli::ui::Ui;
use crate::diagnostic::{closest, tr};
use crate::emit;
use crate::pipeline::{self, Build, checks};

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
    let is_book = args.dir.join(crate::config::FILE).is_file();
    let book = if is_book { Some(pipeline::check(super::inputs(&args.dir, ui)?)) } else { None };
    let rules = book.iter().flat_map(|book| &book.rules.rules);
    let lang = ui.lang();
    let known = checks();
    let Some(code) = &args.code else {
        let mut list = String::new();
        for rule in rules {
            let _ = writeln!(list, "{:<26} {}", rule.code.value, rule.title);
        }
        for check in known {
            let _ = writeln!(list, "{:<26} {}", check.name, check.summary.get(lang));
        }
        ui.output(&list);
        return Ok(Exit::Clean);
    };
    if let Some(check) = known.iter().find(|check| check.name == code) {
        ui.output(&emit::explain(check, lang));
        return Ok(Exit::Clean);
    }
    let text: String = book.iter().filter_map(|book| explain_rule(book, code, ui)).collect();
    if text.is_empty() {
        let codes = rules.map(|rule| rule.code.value.as_str()).chain(known.iter().map(|check| check.name));
        let hint = closest(lang, code, codes.collect::<Vec<_>>()).unwrap_or_else(|| {
            tr!(lang, "`recueil explain` sans code les liste tous", "`recueil explain` without a code lists them all")
        });
        bail!(tr!(lang, "il n’y a pas de code `{code}` ; {hint}", "there is no code `{code}`; {hint}"));
    }
    ui.output(&text);
    Ok(Exit::Clean)
}

/// Every version of a rule, from the document that is also its page.
fn explain_rule(book: &Build, code: &str, ui: &Ui) -> Option<String> {
    let site = book.site.as_ref()?;
    let versions = book.rules.with_code(code).map(|rule| emit::explain_rule(rule, site, &book.snapshot, ui.lang()));
    let text = versions.collect::<Vec<_>>().join("\n");
    (!text.is_empty()).then_some(text)
}
