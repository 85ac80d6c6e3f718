use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use crate::artifact::Artifacts;
use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::tr;
use crate::pipeline::{self, Build};
use crate::serve::{self, Options};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ServeArgs {
    #[command(flatten)]
    book: BookArgs,

    /// Port to listen on [default: `port` of book.toml, else 3000; 0 takes any that is free].
    #[arg(short, long, value_name = "N")]
    port: Option<u16>,

    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
}

pub(in crate::cli) fn run(args: &ServeArgs, ui: &mut Ui) -> Result<Exit> {
    let first = build(&args.book.dir, ui)?;
    // A book that cannot be read at all has no page to show.
    let Some(config) = first.config.as_ref().filter(|_| !first.artifacts.is_empty()) else {
        return Ok(ui.findings(&first, FormatArg::Human));
    };
    ui.findings(&first, FormatArg::Human);
    let options = Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port.unwrap_or(config.port))),
        watch: vec![args.book.dir.clone()],
        ignore: vec![args.book.dir.join(&config.build_dir)],
    };
    let lang = ui.lang();
    // The builds that follow speak from another thread.
    let ui = Arc::new(Mutex::new(ui.twin()));
    let (builder, dir) = (Arc::clone(&ui), args.book.dir.clone());
    let rebuild = move |_changed: &[PathBuf]| {
        let mut ui = builder.lock().unwrap_or_else(PoisonError::into_inner);
        rebuild(&dir, &mut ui)
    };
    let open = args.open;
    serve::serve(&options, Arc::new(first.artifacts), rebuild, move |address| {
        let mut ui = ui.lock().unwrap_or_else(PoisonError::into_inner);
        let url = format!("http://{address}/");
        ui.say(&tr!(lang, "site : {url} (Ctrl-C pour arrêter)", "site: {url} (Ctrl-C to stop)"));
        if open && open::that_detached(&url).is_err() {
            ui.say(&tr!(
                lang,
                "aucun navigateur ne s’est ouvert : copiez l’adresse dans le vôtre",
                "no browser opened: copy the address into yours"
            ));
        }
    })?;
    Ok(Exit::Clean)
}

/// The site after a change; none when it has errors, and then the one before stays on the screen.
fn rebuild(dir: &Path, ui: &mut Ui) -> Option<Arc<Artifacts>> {
    match build(dir, ui) {
        Ok(build) => {
            let exit = ui.findings(&build, FormatArg::Human);
            if exit == Exit::Clean {
                return Some(Arc::new(build.artifacts));
            }
            let lang = ui.lang();
            ui.say(&tr!(
                lang,
                "le navigateur montre encore la version d’avant cette erreur",
                "the browser still shows the version before this error"
            ));
            None
        }
        Err(error) => {
            ui.failure(&error);
            None
        }
    }
}

fn build(dir: &Path, ui: &mut Ui) -> Result<Build> {
    let inputs = super::inputs(dir, ui)?;
    let progress = ui.progress(tr!(ui.lang(), "fabrication du site", "making the site"));
    let build = pipeline::build(inputs);
    progress.finish_and_clear();
    Ok(build)
}
