//! A preview for authors: the last good site in a browser that follows every change.
//!
//! Watches the folders of a book, asks for the site again when something changes, swaps it whole and tells the browsers.
//! A change that gives no site leaves the last good one where it is. A request is answered by a [`Site`], which
//! reads nothing from disk for it, so that none can lead out of the site.
//!
//! Does not know how a site is made: whoever starts it hands over a function. Prints nothing.
//!
//! Start with [`serve`]; a request is answered in `answer`, a change noticed in `watch`.

mod answer;
mod content_type;
mod current;
mod watch;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use tokio::net::TcpListener;
use tower_livereload::{LiveReloadLayer, Reloader};

use crate::artifact::Artifacts;
use crate::reason::{Reason, reason};
use current::Current;
use watch::Watch;

/// One version of a site, as a browser asks for it.
pub trait Site: Send + Sync {
    /// The file at a path such as `reports/index.html`; it may take the time to make it.
    fn get(&self, path: &str) -> Option<Vec<u8>>;
}

impl Site for Artifacts {
    fn get(&self, path: &str) -> Option<Vec<u8>> {
        Self::get(self, path).map(<[u8]>::to_vec)
    }
}

/// Where to serve, and what to watch.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address and port; port 0 takes any that is free.
    pub address: SocketAddr,
    /// Folders in which a change asks for the site again. Hidden files, `node_modules` and a `target` at the top of a
    /// folder are never looked at.
    pub watch: Vec<PathBuf>,
    /// Folders below those in which a change means nothing, such as the published site.
    pub ignore: Vec<PathBuf>,
}

/// Serves a site until the program is told to stop (Ctrl-C, or a request to end), which is no error.
///
/// `rebuild` gets the paths that changed and gives the new site, or `None` when there is none to show or nothing new in it; it is never called
/// twice at a time. `on_ready` gets the address once browsers can be sent to it.
pub fn serve(
    options: &Options,
    first: Arc<dyn Site>,
    rebuild: impl Fn(&[PathBuf]) -> Option<Arc<dyn Site>> + Send + Sync + 'static,
    on_ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context(reason!("démarrage du serveur", "starting the threads of the server"))?;
    let served = runtime.block_on(async {
        let stop = told_to_stop().context(reason!("attente de Ctrl-C", "listening for Ctrl-C"))?;
        serve_until(stop, options, first, rebuild, on_ready).await
    });
    // A page on its way and a site in the making need not be waited for.
    runtime.shutdown_background();
    served
}

async fn serve_until(
    stop: impl Future<Output = ()>,
    options: &Options,
    first: Arc<dyn Site>,
    rebuild: impl Fn(&[PathBuf]) -> Option<Arc<dyn Site>> + Send + Sync + 'static,
    on_ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let listener = listen(options.address).await?;
    let address = listener
        .local_addr()
        .context(reason!("recherche de l’adresse du serveur", "finding the address of the server"))?;
    let watch = Watch::start(&options.watch, &options.ignore)?;
    let current = Arc::new(Current::new(first));
    // The pages forbid scripts inside them: they get a file of ours, and the layer its stream of events only.
    let live =
        LiveReloadLayer::new().custom_prefix(answer::PREFIX).request_predicate::<Body, _>(|_: &Request<Body>| false);
    let reloader = live.reloader();
    let is_local = address.ip().is_loopback();
    let app = Router::new()
        .fallback(move |State(current): State<Arc<Current>>, request: Request| async move {
            // A page may have to be made: other requests go on meanwhile.
            let answered = tokio::task::spawn_blocking(move || answer::answer(&current.get(), &request, is_local));
            answered.await.unwrap_or_else(|_| answer::failed())
        })
        .with_state(Arc::clone(&current))
        .layer(live);

    on_ready(address);
    tokio::select! {
        served = axum::serve(listener, app).into_future() => served.with_context(|| serving(address)),
        () = follow(watch, current, reloader, Arc::new(rebuild)) => bail!(reason!(
            "suivi du livre : le système ne dit plus ce qui change",
            "watching the book: the system stopped telling of changes"
        )),
        () = stop => Ok(()),
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let (port, other) = (address.port(), address.port().checked_add(1).unwrap_or(3000));
            bail!(reason!(
                "serveur sur {address} : le port {port} est pris, peut-être par un aperçu qui tourne encore ; arrêtez celui-ci, ou \
                 choisissez un autre port par `--port {other}` (`--port 0` prend le premier libre)",
                "serving on {address}: port {port} is taken, perhaps by a preview that still runs; stop that, or choose another \
                 port with `--port {other}` (`--port 0` takes any that is free)"
            ))
        }
        Err(error) => Err(error).with_context(|| serving(address)),
    }
}

fn serving(address: SocketAddr) -> Reason {
    reason!("serveur sur {address}", "serving on {address}")
}

/// Asks for the site again after every change, one at a time.
async fn follow(
    mut watch: Watch,
    current: Arc<Current>,
    reloader: Reloader,
    rebuild: Arc<impl Fn(&[PathBuf]) -> Option<Arc<dyn Site>> + Send + Sync + 'static>,
) {
    while let Some(paths) = watch.changes().await {
        let (rebuild, current) = (Arc::clone(&rebuild), Arc::clone(&current));
        let is_new = tokio::task::spawn_blocking(move || rebuild(&paths).map(|site| current.set(site)));
        // A panic has had its own say on the terminal; the last good site stays.
        if is_new.await.is_ok_and(|set| set.is_some()) {
            reloader.reload();
        }
    }
}

/// Completes when the program is told to stop; from now on, that does not kill it.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix, where it can fail")]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
