//! What changed in the folders of a book.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Error, Result};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout_at};
use walkdir::WalkDir;

use crate::reason::{Reason, reason};

/// How long all must be at rest: an editor writes a file in several steps.
const REST: Duration = Duration::from_millis(50);

/// How long after a file was closed, or took the place of another: it is whole then, and only others may follow.
const SETTLED: Duration = Duration::from_millis(4);

/// How long at most, when there is no rest.
const MOST: Duration = Duration::from_millis(500);

/// Tells of changes.
pub(super) struct Watch {
    scope: Scope,
    watcher: RecommendedWatcher,
    told: UnboundedReceiver<notify::Result<Event>>,
    /// What the folders looked like when the system last said that it had lost count.
    seen: Option<u64>,
}

impl Watch {
    /// Begins to watch these folders.
    pub(super) fn start(folders: &[PathBuf], ignore: &[PathBuf]) -> Result<Self> {
        let folders = folders
            .iter()
            .map(|folder| fs::canonicalize(folder).with_context(|| watching(folder)))
            .collect::<Result<_>>()?;
        let ignore = ignore.iter().map(|folder| real(folder)).collect();
        let (tell, told) = unbounded_channel();
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(move |event| drop(tell.send(event)), config)
            .context(reason!("demande au système de dire ce qui change", "asking the system to tell of changes"))?;
        let mut watch = Self { scope: Scope { folders, ignore }, watcher, told, seen: None };
        for folder in watch.scope.folders.clone() {
            watch.look_into(&folder)?;
        }
        Ok(watch)
    }

    /// Waits for a change and for the rest after it, and gives the paths that changed, sorted; `None` when there will be no other.
    pub(super) async fn changes(&mut self) -> Option<Vec<PathBuf>> {
        let mut paths = BTreeSet::new();
        let mut wait = None;
        while wait.is_none() {
            let first = self.told.recv().await?;
            wait = self.take(first, &mut paths);
        }
        let latest = Instant::now() + MOST;
        let mut until = Instant::now() + wait.unwrap_or(REST);
        while let Ok(more) = timeout_at(until.min(latest), self.told.recv()).await {
            if let Some(wait) = self.take(more?, &mut paths) {
                until = Instant::now() + wait;
            }
        }
        // A folder that has just come to the top of the book is not watched yet.
        for path in &paths {
            if self.scope.folders.iter().any(|folder| path.parent() == Some(folder)) && path.is_dir() {
                // It may be gone again.
                let _ = self.watcher.watch(path, RecursiveMode::Recursive);
            }
        }
        Some(paths.into_iter().collect())
    }

    /// Watches a folder, and below it what matters: not the thousands of folders that a compiler makes.
    fn look_into(&mut self, folder: &Path) -> Result<()> {
        self.watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| explain(error, folder))?;
        let act = || Reason::listing(folder);
        for entry in fs::read_dir(folder).with_context(act)? {
            let path = entry.with_context(act)?.path();
            if path.is_dir() && self.scope.holds(&path) {
                self.watcher.watch(&path, RecursiveMode::Recursive).map_err(|error| explain(error, &path))?;
            }
        }
        Ok(())
    }

    /// Adds the paths that an event changed; gives how long to wait after it, and nothing where it changed none.
    fn take(&mut self, told: notify::Result<Event>, paths: &mut BTreeSet<PathBuf>) -> Option<Duration> {
        let before = paths.len();
        let Ok(event) = told else {
            // What was missed is not known: everything may have changed.
            paths.extend(self.scope.folders.iter().cloned());
            return Some(REST);
        };
        if event.need_rescan() {
            // To build the site is to open every file, which the system tells of as well: on a large book that alone
            // can make it lose count, and a build would follow upon a build for ever.
            let seen = Some(self.scope.look());
            if self.seen != seen {
                self.seen = seen;
                paths.extend(self.scope.folders.iter().cloned());
            }
            return (paths.len() > before).then_some(REST);
        }
        let wait = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => SETTLED,
            // A file that was read is closed as well.
            EventKind::Access(_) => return None,
            // Some editors move a file away before they write it anew.
            EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
                if event.paths.last().is_some_and(|path| self.scope.holds(path)) =>
            {
                SETTLED
            }
            _ => REST,
        };
        let changed = event.paths.iter().filter(|path| self.scope.holds(path));
        let changes = changed.clone().next().is_some();
        paths.extend(changed.cloned());
        changes.then_some(wait)
    }
}

/// The paths that matter.
#[derive(Debug)]
struct Scope {
    folders: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
}

impl Scope {
    fn holds(&self, path: &Path) -> bool {
        !self.ignore.iter().any(|folder| path.starts_with(folder))
            && self.folders.iter().any(|folder| path.strip_prefix(folder).is_ok_and(matters))
    }

    /// A figure that changes when a file does.
    fn look(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for folder in &self.folders {
            let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
            for entry in entries.filter_entry(|entry| entry.depth() == 0 || self.holds(entry.path())).flatten() {
                if let (false, Ok(metadata)) = (entry.file_type().is_dir(), entry.metadata()) {
                    (entry.path(), metadata.len(), metadata.modified().ok()).hash(&mut hasher);
                }
            }
        }
        hasher.finish()
    }
}

/// Whether a path below a watched folder may be part of a book.
fn matters(below: &Path) -> bool {
    let mut names = below.iter().map(|name| name.to_string_lossy()).peekable();
    let is_at_rest = names.peek().is_some_and(|first| first != "target");
    is_at_rest && names.all(|name| !name.starts_with('.') && !name.ends_with('~') && name != "node_modules")
}

/// The real place of a folder that need not exist yet.
fn real(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    match (fs::canonicalize(&absolute), absolute.parent(), absolute.file_name()) {
        (Ok(real), _, _) => real,
        (Err(_), Some(parent), Some(name)) => real(parent).join(name),
        (Err(_), _, _) => absolute,
    }
}

fn explain(error: notify::Error, folder: &Path) -> Error {
    let shown = folder.display();
    let act = match error.kind {
        ErrorKind::MaxFilesWatch => reason!(
            "suivi de {shown} : le système ne suit pas plus de dossiers pour cette personne ; relevez sa limite (`sudo sysctl \
             fs.inotify.max_user_watches=524288`)",
            "watching {shown}: the system watches no more folders for this user; raise its limit (`sudo sysctl \
             fs.inotify.max_user_watches=524288`)"
        ),
        _ => watching(folder),
    };
    Error::new(error).context(act)
}

fn watching(folder: &Path) -> Reason {
    reason!("suivi de {}", "watching {}", folder.display())
}

#[cfg(test)]
mod tests {
    use notify::event::Flag;

    use super::*;

    #[test]
    fn lost_count_is_a_change_only_if_a_file_changed() {
        let home = tempfile::TempDir::new().unwrap();
        let file = home.path().join("a.md");
        fs::File::create(&file).unwrap();
        let mut watch = Watch::start(&[home.path().to_owned()], &[]).unwrap();
        let folders = BTreeSet::from_iter(watch.scope.folders.clone());
        let mut told = || {
            let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
            let mut paths = BTreeSet::new();
            watch.take(Ok(event), &mut paths);
            paths
        };
        assert_eq!(told(), folders, "what was missed before is not known");
        assert_eq!(told(), BTreeSet::new());
        fs::File::options().append(true).open(&file).unwrap().set_len(3).unwrap();
        assert_eq!(told(), folders);
        assert_eq!(told(), BTreeSet::new());
    }
}
