//! A checked book whose pages are made when a browser asks for them, so that an edit costs the page that is looked at and not
//! the site.
//!
//! Owns one version of the book, on a thread of its own that answers for as long as the [`Preview`] is held. Everything else that
//! a build would do (the index, the searches that the book promises, the faults of templates) is done meanwhile, and told once
//! it is known. Knows nothing of requests: [`crate::serve`] asks for paths.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};
use std::{io, thread};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::artifact::{Artifacts, Memory, Outlet as _};
use crate::diagnostic::{Counted, Sink};
use crate::pipeline::Build;
use crate::render::{Pages, Theme};
use crate::search;
use crate::serve::Site;

/// One version of a book, to be looked at. Dropping it ends the work on it.
#[derive(Debug)]
pub struct Preview {
    ask: Mutex<Sender<Question>>,
}

/// A path of the site, and where its file is waited for.
#[derive(Debug)]
struct Question {
    path: String,
    answer: SyncSender<Option<Vec<u8>>>,
}

impl Preview {
    /// Begins to answer for a book. `tell` gets what was found beyond that, once everything is known: nothing, most of the time.
    /// It is not called when the version is dropped before.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(build: Build, tell: impl FnOnce(&Build, Sink) + Send + 'static) -> io::Result<Self> {
        let (ask, questions) = channel();
        thread::Builder::new().name("preview".to_owned()).spawn(move || answer(&build, &questions, tell))?;
        Ok(Self { ask: Mutex::new(ask) })
    }
}

impl Site for Preview {
    fn get(&self, path: &str) -> Option<Vec<u8>> {
        let (answer, given) = sync_channel(1);
        let question = Question { path: path.to_owned(), answer };
        self.ask.lock().unwrap_or_else(PoisonError::into_inner).send(question).ok()?;
        given.recv().ok()?
    }
}

/// What one version comes to, off the way of those who look at a page of it.
#[derive(Debug, Default)]
struct Rest {
    /// The files of the index.
    index: OnceLock<Artifacts>,
    /// What was found with the index, together with what was found before, where that is more.
    findings: OnceLock<Vec<Counted>>,
    /// Nobody asks any more.
    is_over: AtomicBool,
}

fn answer(build: &Build, questions: &Receiver<Question>, tell: impl FnOnce(&Build, Sink) + Send) {
    let known = build.sink.by_code();
    let rest = &Rest::default();
    let (Some(cx), Some(theme)) = (build.shown(&known), &build.theme) else { return };
    let mut late = Sink::new(build.sink.lang());
    let mut pages = Pages::plan(&cx, theme, &mut late);
    let assets: OnceCell<HashMap<String, Vec<u8>>> = OnceCell::new();
    // Few look at feeds and tables while they write: they are made for the first who does.
    let derived: OnceCell<Artifacts> = OnceCell::new();
    thread::scope(|scope| {
        scope.spawn(move || behind(|| finish(build, theme, rest, late, tell)));
        let mut is_current = false;
        // A version does not change: what was made once can be given again.
        let mut made: HashMap<String, Option<Vec<u8>>> = HashMap::new();
        for Question { path, answer } in questions {
            if let Some(cx) = rest.findings.get().filter(|_| !is_current).and_then(|findings| build.shown(findings)) {
                pages = Pages::plan(&cx, theme, &mut Sink::new(build.sink.lang()));
                is_current = true;
                made.clear();
            }
            let page = made
                .entry(path.clone())
                .or_insert_with(|| pages.make(&path, &mut Sink::default()).map(|page| page.bytes));
            let of_assets = || pages.assets().into_iter().map(|file| (file.path, file.bytes)).collect();
            let kept = page.clone().or_else(|| assets.get_or_init(of_assets).get(&path).cloned());
            // Whoever asked may have gone.
            if kept.is_some() {
                let _ = answer.send(kept);
            } else if Path::new(&path).extension().is_some_and(|ending| ending == "html") {
                // What stands beside the pages is for machines: it has other endings.
                let _ = answer.send(None);
            } else if !path.starts_with(search::FOLDER) {
                let _ = answer.send(derived.get_or_init(|| self::derived(&pages)).get(&path).map(<[u8]>::to_vec));
            } else {
                scope.spawn(move || answer.send(rest.index.wait().get(&path).map(<[u8]>::to_vec)));
            }
        }
        rest.is_over.store(true, Ordering::Relaxed);
    });
}

/// What stands beside the pages for machines.
fn derived(pages: &Pages<'_>) -> Artifacts {
    let memory = Memory::default();
    let Ok(()) = pages.make_derived(|file| memory.put(file).map(drop));
    memory.into_artifacts()
}

/// Ends the wait of those who asked for a file of the index, even where making it has failed.
struct Given<'a>(&'a OnceLock<Artifacts>);

impl Drop for Given<'_> {
    fn drop(&mut self) {
        self.0.get_or_init(Artifacts::default);
    }
}

/// Does what nobody waits for, on threads of its own: those of the next check and of pages are not for it, and the system gives
/// them the processors first.
fn behind(work: impl FnOnce() + Send) {
    static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
        let name = |number| format!("behind-{number}");
        ThreadPoolBuilder::new().thread_name(name).start_handler(|_| step_back()).build().ok()
    });
    match POOL.as_ref() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Puts the current thread behind all others of this user.
#[cfg(target_os = "linux")]
fn step_back() {
    // Here, and only here, a priority is a thread's own. Without it the work is done as well.
    let _ = rustix::process::setpriority_process(None, 19);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

/// Does what a build does beyond the pages that are asked for.
fn finish(build: &Build, theme: &Theme, rest: &Rest, mut late: Sink, tell: impl FnOnce(&Build, Sink)) {
    let given = Given(&rest.index);
    let index = build.searched(&mut late, |index, _| index.map(search::Index::artifacts));
    build.conclude(&mut late);
    let mut all = build.sink.clone();
    if !late.diagnostics().is_empty() {
        all.append(late.clone());
        let _ = rest.findings.set(all.by_code());
    }
    let _ = rest.index.set(index.unwrap_or_default());
    drop(given);

    let findings = all.by_code();
    if let Some(cx) = build.shown(&findings) {
        let pages = Pages::plan(&cx, theme, &mut Sink::default());
        let go_on = |_| if rest.is_over.load(Ordering::Relaxed) { Err(()) } else { Ok(()) };
        if pages.make_all(&mut late, go_on).is_ok() {
            build.conclude(&mut late);
            tell(build, late);
        }
    }
}
