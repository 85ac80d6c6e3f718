use std::fs::{self, Metadata};
use std::path::Path;

use rayon::prelude::*;

use super::mark::{self, Mark};
use super::tree::{Kind, Tree};

/// A site that stands as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// How many files it has.
    pub files: usize,
    /// What there was to say of it then.
    pub said: String,
}

/// The site in a folder, if it was published under this origin and nobody has touched it since; none where that is not certain, and
/// then publishing tells the rest.
///
/// The mark is written last: a file that changed after it, in whatever way, has a later time. After a loss of power files may be
/// cut, which their size tells.
pub fn current(directory: &Path, origin: u64) -> Option<Current> {
    let mark = Mark::read(directory).ok()??;
    let stamp = mark.stamp().filter(|stamp| stamp.origin.fingerprint == origin)?;
    let marked = touched(&fs::symlink_metadata(directory.join(mark::NAME)).ok()?)?;
    let files = Tree::read(directory).ok()?.files;
    if files.len() != mark.files() {
        return None;
    }
    let size = |(path, kind): &(String, Kind)| {
        let metadata = fs::symlink_metadata(directory.join(path)).ok()?;
        let is_ours = *kind == Kind::File && mark.lists(path) && touched(&metadata)? <= marked;
        is_ours.then_some(metadata.len())
    };
    let bytes: Option<u64> = files.par_iter().map(size).sum();
    (bytes == Some(stamp.bytes)).then(|| Current { files: files.len(), said: stamp.origin.said.clone() })
}

/// When the file was last changed in any way: its bytes, its owner, its name. No program can set this time.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems may not tell")]
fn touched(file: &Metadata) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt as _;

    Some((file.ctime(), file.ctime_nsec()))
}

#[cfg(not(unix))]
fn touched(file: &Metadata) -> Option<std::time::SystemTime> {
    file.modified().ok()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests change what stands on disk")]
mod tests {
    use std::thread::sleep;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;
    use crate::artifact::{Artifact, Outlet as _};
    use crate::publish::{Origin, Publication};

    fn publish(pages: &[(&str, &str)], public: &Path, origin: Option<u64>) {
        let publication = Publication::begin(public).unwrap();
        for (path, text) in pages {
            publication.put(Artifact::new(*path, *text)).unwrap();
        }
        publication.finish(origin.map(|fingerprint| Origin { fingerprint, said: SAID.to_owned() })).unwrap();
        // Disks tell times apart by some milliseconds.
        sleep(Duration::from_millis(20));
    }

    const SAID: &str = "one line";

    /// How many files a site has that is known, and that nothing else is said of it.
    fn current(directory: &Path, origin: u64) -> Option<usize> {
        super::current(directory, origin).map(|current| {
            assert_eq!(current.said, SAID);
            current.files
        })
    }

    const PAGES: [(&str, &str); 3] = [("index.html", "home"), ("a/index.html", "one"), ("b/index.html", "two")];

    /// What is known of a site after something happened to it.
    fn after(happened: impl FnOnce(&Path)) -> Option<usize> {
        let home = TempDir::new().unwrap();
        let public = home.path().join("public");
        publish(&PAGES, &public, Some(7));
        happened(&public);
        current(&public, 7)
    }

    #[test]
    fn site_that_nobody_touched_is_known_by_its_origin() {
        assert_eq!(after(|_| ()), Some(3));
        assert_eq!(after(|public| assert_eq!(current(public, 8), None, "made of something else")), Some(3));
    }

    #[test]
    fn whoever_touches_a_file_makes_it_unknown() {
        assert_eq!(after(|public| fs::write(public.join("a/index.html"), "eno").unwrap()), None, "as long as before");
        assert_eq!(after(|public| fs::write(public.join("index.html"), "home").unwrap()), None, "the same bytes");
        assert_eq!(after(|public| fs::remove_file(public.join("b/index.html")).unwrap()), None);
        assert_eq!(after(|public| fs::write(public.join("b/more.html"), "").unwrap()), None);
        assert_eq!(after(|public| fs::remove_file(public.join(mark::NAME)).unwrap()), None);
        assert_eq!(after(|public| fs::rename(public.join("a"), public.join("c")).unwrap()), None);
    }

    #[test]
    fn each_publication_gives_its_own_origin() {
        let edited = [PAGES[0], ("a/index.html", "three"), PAGES[2]];
        let shorter = PAGES.get(..2).unwrap();
        for pages in [PAGES.as_slice(), &edited, shorter] {
            let then = after(|public| {
                publish(pages, public, Some(8));
                assert_eq!(current(public, 8), Some(pages.len()));
                publish(pages, public, Some(9));
                assert_eq!(current(public, 9), Some(pages.len()));
                publish(&PAGES, public, None);
                assert_eq!(current(public, 9), None, "made without an origin");
                publish(&PAGES, public, Some(7));
            });
            assert_eq!(then, Some(3));
        }
    }
}
