use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::{Sink, tr};
use crate::pipeline::{self, Build};
use crate::preview::Preview;
use crate::serve::{self, Options, Site};

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
    let (first, seen) = read(&args.book.dir, ui)?;
    ui.findings(&first, FormatArg::Human);
    let Some(config) = first.config.as_ref().filter(|_| first.theme.is_some()) else {
        // A book that cannot be read at all has no page to show.
        return Ok(Exit::Content);
    };
    let options = Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port.unwrap_or(config.port))),
        watch: vec![args.book.dir.clone()],
        ignore: vec![args.book.dir.join(&config.build_dir)],
    };
    let lang = ui.lang();
    // The builds that follow speak from other threads.
    let ui = Arc::new(Mutex::new(ui.twin()));
    let follower = Follower { dir: args.book.dir.clone(), ui: Arc::clone(&ui), seen: AtomicU64::new(seen) };
    let first = follower.show(first)?;
    let open = args.open;
    serve::serve(
        &options,
        first,
        move |_changed: &[PathBuf]| follower.follow(),
        move |address| {
            let mut ui = lock(&ui);
            let url = format!("http://{address}/");
            ui.say(&tr!(lang, "site : {url} (Ctrl-C pour arrêter)", "site: {url} (Ctrl-C to stop)"));
            if open && open::that_detached(&url).is_err() {
                ui.say(&tr!(
                    lang,
                    "aucun navigateur ne s’est ouvert : copiez l’adresse dans le vôtre",
                    "no browser opened: copy the address into yours"
                ));
            }
        },
    )?;
    Ok(Exit::Clean)
}

/// Reads the book again after each change.
struct Follower {
    dir: PathBuf,
    ui: Arc<Mutex<Ui>>,
    /// The files that were read last.
    seen: AtomicU64,
}

impl Follower {
    /// The site after a change; none when nothing changed, or when it has errors, and then the one before stays on the screen.
    fn follow(&self) -> Option<Arc<dyn Site>> {
        let mut ui = lock(&self.ui);
        let (build, seen) = match read(&self.dir, &mut ui) {
            Ok(read) => read,
            Err(error) => {
                ui.failure(&error);
                return None;
            }
        };
        if self.seen.swap(seen, Ordering::Relaxed) == seen {
            return None;
        }
        if ui.findings(&build, FormatArg::Human) != Exit::Clean {
            let lang = ui.lang();
            ui.say(&tr!(
                lang,
                "le navigateur montre encore la version d’avant cette erreur",
                "the browser still shows the version before this error"
            ));
            return None;
        }
        drop(ui);
        let shown = self.show(build);
        shown.map_err(|error| lock(&self.ui).failure(&error)).ok()
    }

    /// Begins to show a version; what is found later is told then.
    fn show(&self, build: Build) -> Result<Arc<dyn Site>> {
        let ui = Arc::clone(&self.ui);
        let tell = move |build: &Build, late: Sink| lock(&ui).late(&build.snapshot, &late);
        Ok(Arc::new(Preview::start(build, tell).context("starting the preview")?))
    }
}

/// The book as it stands, checked but for its searches, and what tells its files from others.
fn read(dir: &Path, ui: &mut Ui) -> Result<(Build, u64)> {
    let inputs = super::inputs(dir, ui)?;
    let seen = inputs.snapshot.fingerprint();
    let progress = ui.progress(tr!(ui.lang(), "vérification du livre", "checking the book"));
    let build = pipeline::check_without_searches(inputs);
    progress.finish_and_clear();
    Ok((build, seen))
}

fn lock(ui: &Mutex<Ui>) -> MutexGuard<'_, Ui> {
    ui.lock().unwrap_or_else(PoisonError::into_inner)
}
