use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::snapshot::{Asset, SourceFile, read};
use super::{Snapshot, SourceId};

impl Snapshot {
    /// The same files at a later moment, when it is known which were touched since: only those are read. `None` where it takes more
    /// than that to know what the book now holds: a file came or went, or a folder was touched.
    pub fn again(&self, touched: &[impl AsRef<Path>]) -> Option<Self> {
        let root = self.root().canonicalize().ok()?;
        let mut again = self.clone();
        for path in touched.iter().map(AsRef::as_ref) {
            let below = super::snapshot::relative(&root, path);
            let Ok(found) = path.symlink_metadata() else {
                // Some editors write a file under another name first, which is gone by now.
                if again.knows(&below) {
                    return None;
                }
                continue;
            };
            if !found.is_file() {
                return None;
            }
            if let Some(file) = again.files.iter_mut().find(|file| file.path == below) {
                let now = SourceFile::new(below, &read(path).ok()?);
                if now.text != file.text || now.broken_at != file.broken_at {
                    *file = Arc::new(now);
                }
            } else if let Some(asset) = again.assets.iter_mut().find(|asset| asset.path == below) {
                let now = Asset { path: below, bytes: read(path).ok()? };
                if now != **asset {
                    *asset = Arc::new(now);
                }
            } else {
                return None;
            }
        }
        again.read_commit();
        if again.commit() != self.commit() {
            again.last_changes = OnceLock::new();
        }
        Some(again)
    }

    /// Whether it has a file of this path, or any below it.
    fn knows(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let paths = self.files.iter().map(|file| &file.path).chain(self.assets.iter().map(|asset| &asset.path));
        paths.into_iter().any(|known| known == path || known.starts_with(&folder))
    }

    /// Takes every file that is the same in another snapshot from there, so that [`has_same`](Self::has_same) knows it again.
    pub fn share(&mut self, other: &Self) {
        if self.commit() == other.commit() {
            self.last_changes = other.last_changes.clone();
        }
        for (file, theirs) in self.files.iter_mut().zip(&other.files) {
            if file.path == theirs.path && file.text == theirs.text && file.broken_at == theirs.broken_at {
                *file = Arc::clone(theirs);
            }
        }
        for (asset, theirs) in self.assets.iter_mut().zip(&other.assets) {
            if asset == theirs {
                *asset = Arc::clone(theirs);
            }
        }
    }

    /// Whether nothing at all differs from a snapshot that this one was made of, or shares with.
    pub fn is_same(&self, other: &Self) -> bool {
        self.has_same_paths(other)
            && self.files().all(|(id, _)| self.has_same(id, other))
            && self.assets.len() == other.assets.len()
            && self.assets.iter().zip(&other.assets).all(|(asset, theirs)| Arc::ptr_eq(asset, theirs))
            && self.commit() == other.commit()
    }

    /// Whether the texts have the same names and paths.
    pub fn has_same_paths(&self, other: &Self) -> bool {
        self.files.len() == other.files.len()
            && self
                .files
                .iter()
                .zip(&other.files)
                .all(|(file, theirs)| Arc::ptr_eq(file, theirs) || file.path == theirs.path)
    }

    /// Whether a text is the same as the one of that name in a snapshot that this one was made of, or shares with.
    pub fn has_same(&self, id: SourceId, other: &Self) -> bool {
        other.files.get(id.index()).is_some_and(|theirs| Arc::ptr_eq(&self.files[id.index()], theirs))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests change what stands on disk")]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn book() -> (TempDir, Snapshot) {
        let home = TempDir::new().unwrap();
        fs::create_dir(home.path().join("content")).unwrap();
        fs::write(home.path().join("content/a.md"), "one").unwrap();
        fs::write(home.path().join("content/b.md"), "two").unwrap();
        fs::write(home.path().join("content/c.png"), "three").unwrap();
        let snapshot = read_whole(home.path());
        (home, snapshot)
    }

    fn read_whole(home: &Path) -> Snapshot {
        let mut snapshot = Snapshot::new(home);
        snapshot.read_folder("content", |path| path.ends_with("md")).unwrap();
        snapshot
    }

    fn texts(snapshot: &Snapshot) -> Vec<(&str, &str)> {
        snapshot.files().map(|(_, file)| (file.path.as_str(), file.text.as_str())).collect()
    }

    #[test]
    fn only_what_was_touched_is_read() {
        let (home, before) = book();
        let (a, b, c) =
            (home.path().join("content/a.md"), home.path().join("content/b.md"), home.path().join("content/c.png"));
        fs::write(&a, "eins").unwrap();
        fs::write(&c, "drei").unwrap();
        let again = before.again(&[&a, &b, &c].map(|path| path.canonicalize().unwrap())).unwrap();
        assert_eq!(texts(&again), [("content/a.md", "eins"), ("content/b.md", "two")]);
        assert_eq!(again.assets()[0].bytes, b"drei");
        let same: Vec<bool> = before.files().map(|(id, _)| again.has_same(id, &before)).collect();
        assert_eq!(same, [false, true], "a file that was written as it was is the same");
        assert!(again.has_same_paths(&before) && !again.is_same(&before));
    }

    #[test]
    fn what_came_or_went_takes_a_look_at_the_whole_book() {
        let (home, before) = book();
        let (a, new) = (home.path().join("content/a.md"), home.path().join("content/new.md"));
        fs::write(&new, "").unwrap();
        assert!(before.again(&[new.canonicalize().unwrap()]).is_none());
        assert!(before.again(&[home.path().join("content").canonicalize().unwrap()]).is_none());
        let beside = home.path().canonicalize().unwrap().join("content/a.md~");
        let renamed = before.again(&[&beside, &a.canonicalize().unwrap()]).unwrap();
        assert!(renamed.is_same(&before), "a file that came and went on the way");
        fs::remove_file(&a).unwrap();
        assert!(before.again(&[home.path().canonicalize().unwrap().join("content/a.md")]).is_none());
    }

    #[test]
    fn a_second_reading_knows_what_it_has_seen() {
        let (home, before) = book();
        let mut again = read_whole(home.path());
        assert!(!again.is_same(&before), "read on its own");
        again.share(&before);
        assert!(again.is_same(&before));
        fs::write(home.path().join("content/c.png"), "drei").unwrap();
        let mut again = read_whole(home.path());
        again.share(&before);
        assert!(!again.is_same(&before));
    }
}
