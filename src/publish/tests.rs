#![expect(
    clippy::disallowed_methods,
    reason = "these tests look at what stands on disk, and speak to a process of their own"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Result;
use rayon::prelude::*;
use tempfile::TempDir;

use super::lock::Lock;
use super::place::Place;
use super::{Publication, Published, mark, swap};
use crate::artifact::{Artifact, Artifacts, Outlet as _};

fn site<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Artifacts {
    let mut artifacts = Artifacts::default();
    for (path, text) in files {
        assert!(artifacts.insert(Artifact::new(path, text)), "{path} twice");
    }
    artifacts
}

/// Publishes a whole site, its files in no order.
fn publish(artifacts: &Artifacts, directory: &Path) -> Result<Published> {
    let publication = Publication::begin(directory)?;
    let artifacts: Vec<_> = artifacts.iter().collect();
    artifacts.into_par_iter().try_for_each(|(path, bytes)| {
        assert!(publication.put(Artifact::new(path, bytes))?);
        anyhow::Ok(())
    })?;
    publication.finish(None)
}

/// Every file of a folder but the mark.
fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| !entry.file_type().is_dir() && entry.file_name() != mark::NAME)
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn in_memory(artifacts: &Artifacts) -> BTreeMap<String, Vec<u8>> {
    artifacts.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_owned())).collect()
}

fn published(written: usize, unchanged: usize, removed: usize) -> Published {
    Published { written, unchanged, removed }
}

/// The message of a refusal, after a look that nothing was touched.
fn refusal(artifacts: &Artifacts, directory: &Path) -> String {
    let before = directory.is_dir().then(|| on_disk(directory));
    let error = publish(artifacts, directory).unwrap_err();
    assert_eq!(before, directory.is_dir().then(|| on_disk(directory)), "a refusal leaves the folder as it is");
    format!("{error:#}")
}

#[test]
fn first_site_makes_its_folder_and_those_above() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("a/b/public");
    let pages = site([("index.html", "home"), ("reports/one/index.html", "one"), ("reports/two/index.html", "two")]);
    assert_eq!(publish(&pages, &public).unwrap(), published(3, 0, 0));
    assert_eq!(on_disk(&public), in_memory(&pages));
}

#[test]
fn every_change_is_made_and_counted() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let steps: [(&[(&str, &str)], Published); 8] = [
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/index.html", "b")], published(3, 0, 0)),
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/index.html", "b")], published(0, 3, 0)),
        (&[("index.html", "2"), ("a/index.html", "a"), ("b/index.html", "b")], published(1, 2, 0)),
        (&[("index.html", "3"), ("a/index.html", "aa"), ("b/index.html", "b")], published(2, 1, 0)),
        (&[("index.html", "3"), ("a/index.html", "aa")], published(0, 2, 1)),
        (&[("index.html", "3"), ("a", "a file now"), ("c/d/e.txt", "deep")], published(2, 1, 1)),
        (&[("index.html", "3"), ("a/index.html", "a folder again"), ("c/d", "a file now")], published(2, 1, 2)),
        (&[("index.html", "3"), ("a/index.html", ""), ("c/d", "a file still")], published(2, 1, 0)),
    ];
    for (files, expected) in steps {
        let pages = site(files.iter().copied());
        assert_eq!(publish(&pages, &public).unwrap(), expected, "{files:?}");
        assert_eq!(on_disk(&public), in_memory(&pages), "{files:?}");
    }
}

#[test]
fn unchanged_files_keep_their_dates() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let date = || fs::metadata(public.join("same.html")).unwrap().modified().unwrap();
    publish(&site([("same.html", "="), ("x.html", "1"), ("y.html", "1")]), &public).unwrap();
    let before = date();
    for text in ["2", "3", "4"] {
        sleep(Duration::from_millis(5));
        publish(&site([("same.html", "="), ("x.html", text), ("y.html", text)]), &public).unwrap();
        assert_eq!(date(), before);
    }
}

#[test]
fn site_deleted_by_hand_is_made_anew() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    for text in ["1", "2", "3"] {
        publish(&site([("a/index.html", text), ("b/index.html", text)]), &public).unwrap();
    }
    fs::remove_dir_all(&public).unwrap();
    let pages = site([("a/index.html", "4"), ("c/index.html", "4")]);
    assert_eq!(publish(&pages, &public).unwrap(), published(2, 0, 0));
    assert_eq!(on_disk(&public), in_memory(&pages));
}

#[test]
fn file_deleted_or_altered_by_hand_is_put_back() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let pages = site([("a/index.html", "a"), ("b/index.html", "b"), ("index.html", "home")]);
    publish(&pages, &public).unwrap();
    fs::remove_dir_all(public.join("a")).unwrap();
    assert_eq!(publish(&pages, &public).unwrap(), published(1, 2, 0));
    fs::write(public.join("index.html"), "HOME").unwrap();
    assert_eq!(publish(&pages, &public).unwrap(), published(1, 2, 0));
    assert_eq!(on_disk(&public), in_memory(&pages));
}

#[test]
fn empty_folder_is_taken() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    fs::create_dir(&public).unwrap();
    publish(&site([("index.html", "1")]), &public).unwrap();
    publish(&site([("other.html", "1")]), &public).unwrap();
    assert_eq!(on_disk(&public).into_keys().collect::<Vec<_>>(), ["other.html"]);
}

#[test]
fn folder_of_somebody_else_is_refused() {
    let home = TempDir::new().unwrap();
    let documents = home.path().join("documents");
    fs::create_dir(&documents).unwrap();
    fs::write(documents.join("thesis.odt"), "years of work").unwrap();
    let message = refusal(&site([("index.html", "1")]), &documents);
    assert!(message.contains("`thesis.odt`") && message.contains("was not made by Recueil"), "{message}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn folder_of_the_book_is_refused_by_that_name() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("book.toml"), "[book]").unwrap();
    let message = refusal(&site([("index.html", "1")]), home.path());
    assert!(message.contains("the folder of a book"), "{message}");
}

#[test]
fn file_put_into_the_site_by_somebody_else_is_not_lost() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    publish(&site([("a/index.html", "1"), ("b/index.html", "1")]), &public).unwrap();
    fs::write(public.join("a/notes.txt"), "mine").unwrap();
    let message = refusal(&site([("a/index.html", "2"), ("b/index.html", "2")]), &public);
    assert!(message.contains("`a/notes.txt` was not made by Recueil"), "{message}");
}

#[test]
fn what_desktops_leave_is_no_hindrance() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    publish(&site([("a/index.html", "1"), ("b/index.html", "1")]), &public).unwrap();
    fs::write(public.join("a/.DS_Store"), "icons").unwrap();
    publish(&site([("a/index.html", "2"), ("b/index.html", "2")]), &public).unwrap();
    publish(&site([("a/index.html", "3"), ("b/index.html", "3")]), &public).unwrap();
    assert!(!public.join("a/.DS_Store").exists());
}

#[test]
fn paths_without_a_name_and_files_are_refused() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("file"), "").unwrap();
    let pages = site([("index.html", "1")]);
    let message = format!("{:#}", publish(&pages, Path::new("/")).unwrap_err());
    assert!(message.contains("a name of its own"), "{message}");
    assert!(refusal(&pages, &home.path().join("missing/..")).contains("a name of its own"));
    assert!(refusal(&pages, &home.path().join("file")).contains("it is a file"));
}

#[test]
fn paths_that_leave_the_site_are_refused() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    for path in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a/.", "a\\b", "a\nb", "a\0b", ".recueil"]
    {
        let message = refusal(&site([("index.html", "1"), (path, "x")]), &public);
        assert!(message.starts_with("publishing `"), "{path:?}: {message}");
    }
    let message = refusal(&site([("a", "file"), ("a/b/c", "x")]), &public);
    assert!(message.contains("`a` is a file of the site"), "{message}");
    assert!(!public.exists());
}

#[test]
fn site_without_a_file_is_refused() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    publish(&site([("index.html", "1")]), &public).unwrap();
    assert!(refusal(&Artifacts::default(), &public).contains("no file at all"));
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let pages = site([("index.html", "1")]);
    let lock = Lock::take(&Place::find(&public).unwrap()).unwrap();
    assert!(refusal(&pages, &public).contains("another run is publishing there"));
    drop(lock);
    publish(&pages, &public).unwrap();
}

#[cfg(unix)]
#[test]
fn link_to_a_folder_is_followed_and_stays() {
    let home = TempDir::new().unwrap();
    let (link, real) = (home.path().join("public"), home.path().join("www"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    for text in ["1", "2"] {
        let pages = site([("a.html", text), ("b.html", text)]);
        publish(&pages, &link).unwrap();
        assert_eq!(on_disk(&real), in_memory(&pages));
    }
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn links_inside_the_site_are_never_followed() {
    let home = TempDir::new().unwrap();
    let (public, outside) = (home.path().join("public"), home.path().join("outside.html"));
    publish(&site([("a.html", "1"), ("b.html", "1")]), &public).unwrap();
    fs::write(&outside, "2").unwrap();
    fs::remove_file(public.join("a.html")).unwrap();
    std::os::unix::fs::symlink(&outside, public.join("a.html")).unwrap();
    for text in ["2", "3", "4"] {
        publish(&site([("a.html", text), ("b.html", text)]), &public).unwrap();
        assert!(!fs::symlink_metadata(public.join("a.html")).unwrap().is_symlink());
    }
    assert_eq!(fs::read_to_string(&outside).unwrap(), "2");
}

#[test]
fn folders_that_cannot_be_exchanged_are_moved_one_after_the_other() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let (old, new) = (site([("a.html", "1"), ("b.html", "1")]), site([("a.html", "2"), ("b.html", "2")]));
    publish(&old, &public).unwrap();
    publish(&new, &public).unwrap();
    let place = Place::find(&public).unwrap();
    swap::one_after_the_other(&place).unwrap();
    assert_eq!((on_disk(&public), on_disk(&place.next)), (in_memory(&old), in_memory(&new)));
    assert!(!place.former.exists());

    // Killed between the two steps: the next run finds no site, and puts it back before anything else.
    fs::rename(&place.site, &place.former).unwrap();
    swap::recover(&place).unwrap();
    assert_eq!(on_disk(&public), in_memory(&old));
    // Killed after the second.
    fs::rename(&place.site, &place.former).unwrap();
    fs::rename(&place.next, &place.site).unwrap();
    swap::recover(&place).unwrap();
    assert_eq!((on_disk(&public), on_disk(&place.next)), (in_memory(&new), in_memory(&old)));
    assert_eq!(publish(&old, &public).unwrap(), published(2, 0, 0));
}

#[cfg(unix)]
#[test]
fn run_that_fails_half_way_leaves_the_site_whole() {
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let old = site([("a.html", "1"), ("b.html", "1")]);
    publish(&old, &public).unwrap();
    // No file system has names this long.
    let long = "x".repeat(300);
    let message = refusal(&site([("a.html", "2"), ("b.html", "2"), (&long, "")]), &public);
    assert!(message.starts_with("writing ") && message.contains(&long), "{message}");
    assert_eq!(publish(&old, &public).unwrap(), published(0, 2, 0));
}

/// The site at one moment of its life; every way of changing it comes by in turn.
fn version(number: u32) -> Artifacts {
    let steady = number - number % 4;
    let mut artifacts = site([("index.html", number.to_string().as_str())]);
    for page in 0..40 {
        let number = if number % 4 == 3 && page < 8 { number } else { steady };
        artifacts.insert(Artifact::new(format!("pages/{page}/index.html"), format!("page {page}, version {number}")));
    }
    if number % 4 > 1 {
        artifacts.insert(Artifact::new(format!("new/{number}.html"), format!("only in version {number}")));
    }
    artifacts
}

fn version_on_disk(public: &Path) -> Option<u32> {
    fs::read_to_string(public.join("index.html")).ok().map(|number| number.parse().unwrap())
}

const KILLED: &str = "RECUEIL_TEST_PUBLISHES_UNTIL_KILLED";

#[test]
#[ignore = "the process that `run_killed_at_any_moment_leaves_one_whole_site` starts"]
fn publishes_until_killed() {
    let Some(public) = std::env::var_os(KILLED) else { return };
    let public = Path::new(&public);
    for number in version_on_disk(public).map_or(1, |number| number + 1).. {
        publish(&version(number), public).unwrap();
    }
}

#[test]
fn run_killed_at_any_moment_leaves_one_whole_site() {
    let rounds = std::env::var("RECUEIL_TEST_KILLS").map_or(50, |rounds| rounds.parse().unwrap());
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let mut random = 7_u64;
    for round in 0..rounds {
        let before = version_on_disk(&public);
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "publish::tests::publishes_until_killed", "--ignored"])
            .env(KILLED, &public)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while version_on_disk(&public) == before {
            assert!(started.elapsed() < Duration::from_mins(1), "round {round}: the process publishes nothing");
            sleep(Duration::from_millis(1));
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        sleep(Duration::from_micros((random >> 33) % 12_000));
        process.kill().unwrap();
        process.wait().unwrap();

        let number = version_on_disk(&public).expect("there is always a site");
        assert_eq!(on_disk(&public), in_memory(&version(number)), "round {round}: version {number} is not whole");
    }
}

#[test]
#[ignore = "a measurement, for an idle machine: cargo test --release --lib publish::tests::speed -- --ignored --nocapture"]
#[expect(clippy::print_stderr, reason = "a measurement is there to be read")]
fn speed() {
    let pages = |version: &dyn Fn(usize) -> usize| {
        let mut artifacts = Artifacts::default();
        for page in 0..10_000 {
            let mut text = format!("page {page}, version {}\n", version(page));
            text.push_str(&format!("a line of page {page}\n").repeat(11_000 / 23));
            artifacts.insert(Artifact::new(format!("reports/report-number-{page:05}/index.html"), text));
        }
        artifacts
    };
    let home = TempDir::new().unwrap();
    let public = home.path().join("public");
    let (first, one) = (pages(&|_| 0), pages(&|page| usize::from(page == 5_000)));
    let (ten, all) = (pages(&|page| usize::from(page % 1_000 == 0)), pages(&|_| 1));
    let steps = [
        ("first", &first),
        ("unchanged", &first),
        ("one changed", &one),
        ("ten changed, first time", &ten),
        ("ten changed back", &first),
        ("ten changed", &ten),
        ("unchanged", &ten),
        ("all changed, first time", &all),
        ("all changed", &first),
        ("unchanged", &first),
    ];
    for (name, pages) in steps {
        let started = Instant::now();
        let published = publish(pages, &public).unwrap();
        eprintln!("{name:24} {:>6.3} s  {published:?}", started.elapsed().as_secs_f64());
    }
}
