use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::cases::base;
use crate::cli::recueil;

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

#[test]
fn what_is_found_is_found_again() {
    let book = base().with("content/reparations/velo.md", "---\ntitle: Vélo\ndate: 2030-01-01\n---\n").write();
    let first = recueil(book.path(), &["build"]).err;
    assert!(first.contains("2030"), "{first}");
    let findings = |said: &str| said.split("site :").next().unwrap().to_owned();
    assert_eq!(findings(&recueil(book.path(), &["build"]).err), findings(&first));
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
