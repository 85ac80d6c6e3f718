use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};

use crate::cli::Exit;
use crate::cli::args::{BookArgs, FormatArg};
use crate::cli::ui::Ui;
use crate::diagnostic::{Sink, tr};
use crate::pipeline::{self, Build, Former, Inputs};
use crate::preview::Preview;
use crate::reason::reason;
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
    let first = check(super::inputs(&args.book.dir, ui)?, None, ui);
    ui.findings(first.told(), FormatArg::Human);
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
    let follower = Follower { dir: args.book.dir.clone(), ui: Arc::clone(&ui), last: Mutex::new(first.former()) };
    let first = follower.show(first)?;
    let open = args.open;
    serve::serve(
        &options,
        first,
        move |changed: &[PathBuf]| follower.follow(changed),
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
    /// What was read last.
    last: Mutex<Former>,
}

impl Follower {
    /// The site after a change; none when nothing changed, or when it has errors, and then the one before stays on the screen.
    fn follow(&self, changed: &[PathBuf]) -> Option<Arc<dyn Site>> {
        let mut ui = lock(&self.ui);
        let mut last = lock(&self.last);
        let inputs = match self.read(changed, &last, &mut ui) {
            Ok(inputs) => inputs,
            Err(error) => {
                ui.failure(&error);
                return None;
            }
        };
        if last.is_same(&inputs) {
            return None;
        }
        let build = check(inputs, Some(&last), &ui);
        *last = build.former();
        if ui.findings(build.told(), FormatArg::Human) != Exit::Clean {
            let lang = ui.lang();
            ui.say(&tr!(
                lang,
                "le navigateur montre encore la version d’avant cette erreur",
                "the browser still shows the version before this error"
            ));
            return None;
        }
        drop((ui, last));
        let shown = self.show(build);
        shown.map_err(|error| lock(&self.ui).failure(&error)).ok()
    }

    /// The book after a change: what was touched, or all of it where more may have changed.
    fn read(&self, changed: &[PathBuf], last: &Former, ui: &mut Ui) -> Result<Inputs> {
        if let Some(inputs) = last.read_again(changed, ui.today()?, ui.asked) {
            return Ok(inputs);
        }
        let mut inputs = super::inputs(&self.dir, ui)?;
        last.lend(&mut inputs);
        Ok(inputs)
    }

    /// Begins to show a version; what is found later is told then.
    fn show(&self, build: Build) -> Result<Arc<dyn Site>> {
        let ui = Arc::clone(&self.ui);
        let tell = move |build: &Build, late: Sink| lock(&ui).late(&build.snapshot, &late);
        Ok(Arc::new(Preview::start(build, tell).context(reason!("démarrage de l’aperçu", "starting the preview"))?))
    }
}

/// The book, checked but for its searches.
fn check(inputs: Inputs, former: Option<&Former>, ui: &Ui) -> Build {
    let progress = ui.progress(tr!(ui.lang(), "vérification du livre", "checking the book"));
    let build = pipeline::check_without_searches(inputs, former);
    progress.finish_and_clear();
    build
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
