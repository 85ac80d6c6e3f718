use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use recueil::artifact::{Artifacts, Memory, Outlet as _};
use recueil::diagnostic::{Lang, Sink};
use recueil::emit::{self, Report, Style};
use recueil::pipeline::{self, Build};
use recueil::render::Pages;
use tempfile::TempDir;

use crate::cases::base;
use crate::cli::recueil;
use crate::support::book::{read, repository, today};

/// Builds, and says whether pages were made.
fn makes_pages(book: &TempDir, arguments: &[&str]) -> bool {
    let run = recueil(book.path(), &[&["build", "--timings", "--lang", "en"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    run.err.contains("\npages and writing")
}

#[test]
fn nothing_is_made_when_nothing_changed() {
    let book = base().write();
    assert!(makes_pages(&book, &[]));
    assert!(!makes_pages(&book, &[]), "nothing changed");
    assert!(makes_pages(&book, &["--base-url", "https://ateliers.example"]), "it stands elsewhere");
    assert!(
        !makes_pages(&book, &["--base-url", "https://ateliers.example"]),
        "the addresses that it now keeps are its own"
    );
    let page = book.path().join("public/ateliers/le-fil/index.html");
    let made = fs::read(&page).unwrap();
    fs::write(&page, "").unwrap();
    assert!(makes_pages(&book, &["--base-url", "https://ateliers.example"]), "somebody emptied a page");
    assert_eq!(fs::read(&page).unwrap(), made);
    let text = book.path().join("content/ateliers/le-fil.md");
    fs::write(&text, fs::read_to_string(&text).unwrap() + "\nUn mot de plus.\n").unwrap();
    assert!(makes_pages(&book, &["--base-url", "https://ateliers.example"]), "the book changed");
    assert!(String::from_utf8(fs::read(&page).unwrap()).unwrap().contains("Un mot de plus."));
}

/// What an author does to a book.
#[derive(Debug, Clone)]
enum Edit {
    /// Puts a piece of text after some line of a file.
    Insert(usize, usize, &'static str),
    /// Has some line of a file say something else: another digit where there is one, a word more where there is none.
    Alter(usize, usize),
    /// Takes a line out of a file.
    Cut(usize, usize),
    /// Writes a file as it was.
    Touch(usize),
    Remove(usize),
    /// Writes a file again under another name.
    Copy(usize),
    /// Gives an entry another number, so that what refers to it leads nowhere.
    Renumber(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let piece = select(vec![
        "A word more.",
        "## Lessons",
        "title: Another",
        "cafe: lantern-hall",
        "draft: true",
        "date: 2025-02-30",
        "[x](nowhere.md)",
        "---",
        "- item",
        "aliases: [old/]",
    ]);
    let (file, line) = (0..1000_usize, 0..60_usize);
    let insert = (file.clone(), line.clone(), piece).prop_map(|(file, line, piece)| Edit::Insert(file, line, piece));
    let edit = prop_oneof![
        4 => insert,
        6 => (file.clone(), line.clone()).prop_map(|(file, line)| Edit::Alter(file, line)),
        2 => (file.clone(), line).prop_map(|(file, line)| Edit::Cut(file, line)),
        1 => file.clone().prop_map(Edit::Touch),
        1 => file.clone().prop_map(Edit::Remove),
        1 => file.clone().prop_map(Edit::Copy),
        1 => file.prop_map(Edit::Renumber),
    ];
    vec(edit, 1..6)
}

/// What the line of an entry begins with in the English book.
const NUMBER: &str = "  - number:";

/// Does it, and gives the file that it touched.
fn perform(book: &Path, edit: &Edit) -> PathBuf {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(book.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.push(book.join("book.toml"));
    let (Edit::Insert(number, ..)
    | Edit::Alter(number, _)
    | Edit::Cut(number, _)
    | Edit::Touch(number)
    | Edit::Remove(number)
    | Edit::Copy(number)
    | Edit::Renumber(number)) = edit;
    if let Edit::Renumber(_) = edit {
        files.retain(|path| fs::read_to_string(path).unwrap().contains(NUMBER));
    }
    let path = files[number % files.len()].canonicalize().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let altered;
    match edit {
        Edit::Insert(_, line, piece) => lines.insert(line % (lines.len() + 1), piece),
        Edit::Alter(_, line) if !lines.is_empty() => {
            let place = line % lines.len();
            altered = alter(lines[place]);
            lines[place] = &altered;
        }
        Edit::Cut(_, line) if !lines.is_empty() => drop(lines.remove(line % lines.len())),
        Edit::Renumber(_) => {
            let entries: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains(NUMBER)).collect();
            lines[entries[number / 7 % entries.len()]] = "  - number: \"99\"";
        }
        Edit::Alter(..) | Edit::Cut(..) | Edit::Touch(_) => {}
        Edit::Remove(_) if path.ends_with("book.toml") => {}
        Edit::Remove(_) => {
            fs::remove_file(&path).unwrap();
            return path;
        }
        Edit::Copy(_) => {
            let copy = path.with_file_name("a-copy.md");
            fs::write(&copy, &text).unwrap();
            return copy;
        }
    }
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

/// The last digit of a line made another; one word more where it has none.
fn alter(line: &str) -> String {
    let Some((at, digit)) = line.char_indices().rev().find_map(|(at, c)| Some((at, c.to_digit(10)?))) else {
        return format!("{line} again");
    };
    let mut altered = line.to_owned();
    altered.replace_range(at..=at, &((digit + 1) % 10).to_string());
    altered
}

/// What is found in a book, and its pages.
fn outcome(build: &Build) -> (String, Option<Artifacts>) {
    let found = emit::human(
        Report { snapshot: &build.snapshot, sink: &build.sink },
        Style { color: false, width: 120, lang: Lang::En },
    );
    let known = build.sink.by_code();
    let pages = build.shown(&known).zip(build.theme.as_ref()).map(|(cx, theme)| {
        let memory = Memory::default();
        let Ok(()) = Pages::plan(&cx, theme, &mut Sink::default())
            .make_all(&mut Sink::default(), |page| memory.put(page).map(drop));
        memory.into_artifacts()
    });
    (found, pages)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_version_made_from_the_last_equals_one_made_from_nothing(edits in edits()) {
        let book = english();
        let mut last = pipeline::check_without_searches(read(book.path(), None), None).former();
        for edit in &edits {
            let touched = perform(book.path(), edit);
            let inputs = last.read_again(&[touched], today(), None).unwrap_or_else(|| {
                let mut inputs = read(book.path(), None);
                last.lend(&mut inputs);
                inputs
            });
            let next = pipeline::check_without_searches(inputs, Some(&last));
            let fresh = pipeline::check_without_searches(read(book.path(), None), None);
            prop_assert!(outcome(&next) == outcome(&fresh), "after {edit:?}:\n{}\n\nfresh:\n{}", outcome(&next).0, outcome(&fresh).0);
            last = next.former();
        }
    }
}

#[test]
fn a_line_of_text_has_no_rule_judge_again_but_those_that_read_texts() {
    let book = english();
    let first = pipeline::check_without_searches(read(book.path(), None), None);
    let report = fs::read_dir(book.path().join("content/visits")).unwrap().map(|entry| entry.unwrap().path());
    let report = report.filter(|path| !path.ends_with("_index.md")).min().unwrap().canonicalize().unwrap();
    fs::write(&report, fs::read_to_string(&report).unwrap() + "\nOne more line.\n").unwrap();
    let former = first.former();
    let next = pipeline::check_without_searches(former.read_again(&[&report], today(), None).unwrap(), Some(&former));
    assert!(Arc::ptr_eq(&first.rules, &next.rules), "no rule is read again");
    let (was, is) = (&first.verdicts.rules, &next.verdicts.rules);
    assert!(!was.is_empty() && was.iter().zip(is).all(|(was, is)| Arc::ptr_eq(was, is)), "nor judged");
    let changed = |build: &Build| build.site.as_ref().unwrap().documents.clone();
    let pairs = changed(&first).into_iter().zip(changed(&next));
    assert_eq!(pairs.filter(|(was, is)| !Arc::ptr_eq(was, is)).count(), 1, "one document is another");
}

/// A copy of the English book.
fn english() -> TempDir {
    let (from, to) = (repository("tests/sites/repair-cafes/in"), tempfile::tempdir().unwrap());
    for entry in walkdir::WalkDir::new(&from).min_depth(1) {
        let entry = entry.unwrap();
        let copy = to.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(copy).unwrap();
        } else {
            fs::copy(entry.path(), copy).unwrap();
        }
    }
    to
}

#[test]
fn what_is_found_is_found_again() {
    let book = base().with("content/reparations/velo.md", "---\ntitle: Vélo\ndate: 2030-01-01\n---\n").write();
    let first = recueil(book.path(), &["build"]).err;
    assert!(first.contains("2030"), "{first}");
    let findings = |said: &str| said.split("site :").next().unwrap().to_owned();
    assert_eq!(findings(&recueil(book.path(), &["build"]).err), findings(&first));
    for format in ["json", "short", "github", "gitlab"] {
        let arguments = ["build", "--format", format];
        let known = recueil(book.path(), &arguments).out;
        fs::remove_dir_all(book.path().join("public")).unwrap();
        assert_eq!(known, recueil(book.path(), &arguments).out, "{format}");
    }
}

#[test]
fn a_site_that_was_built_twice_equals_one_that_was_built_once() {
    let book = base().with("content/reparations/theiere.md", "---\ntitle: Théière\n---\n").write();
    let build = |folder: &str| assert_eq!(recueil(book.path(), &["build", "-d", folder]).code, 0);
    build("edited");
    fs::remove_file(book.path().join("content/reparations/theiere.md")).unwrap();
    fs::write(
        book.path().join("content/ateliers/le-fil.md"),
        "---\ntitle: Le Fil d’été\n---\n[La Mèche](la-meche.md)\n",
    )
    .unwrap();
    build("edited");
    build("fresh");
    assert_eq!(tree(&book.path().join("edited")), tree(&book.path().join("fresh")));
}

/// Every file below a folder with its bytes, but for what the program keeps there for itself.
fn tree(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let visible = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let below = |entry: &walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    visible.map(|entry| (below(&entry), fs::read(entry.path()).unwrap())).collect()
}
