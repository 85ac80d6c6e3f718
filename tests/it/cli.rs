use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::expect_file;
use tempfile::TempDir;

use crate::cases::base;
use crate::support::book::{Book, TODAY};

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the built program in a folder, with nothing of our own environment but what is given.
fn recueil_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_recueil"))
        .current_dir(folder)
        .env_clear()
        .envs([("RECUEIL_TODAY", TODAY), ("COLUMNS", "100")])
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Run { code: output.status.code().expect("it was not killed"), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn recueil(folder: &Path, arguments: &[&str]) -> Run {
    recueil_with(folder, arguments, &[])
}

fn clean() -> TempDir {
    base().write()
}

fn faulty() -> TempDir {
    base().with("content/reparations/theiere.md", "---\ntitle: Théière\npayee: oui\n---\n").write()
}

/// A book whose only finding is a warning.
fn worrying(check: &str) -> TempDir {
    let book = format!(
        "[book]\ntitle = \"Été\"\nlanguage = \"fr\"\n[legal]\npublisher = \"a\"\nhost = \"b\"\ncontact = \"c\"\n{check}"
    );
    base()
        .with("book.toml", book)
        .with("content/reparations/velo.md", "---\ntitle: Vélo\ndate: 2030-01-01\n---\n")
        .write()
}

#[test]
fn a_clean_book_ends_with_0() {
    let book = clean();
    for command in ["check", "build"] {
        let run = recueil(book.path(), &[command]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
        assert!(run.err.starts_with("3 documents vérifiés : aucune erreur\n"), "{}", run.err);
    }
    assert!(book.path().join("public/index.html").is_file());
}

#[test]
fn timings_name_every_part_of_the_work() {
    let run = recueil(clean().path(), &["build", "--timings", "--lang", "en"]);
    let table = run.err.split_once("processor\n").expect(&run.err).1;
    let parts: Vec<&str> = table.lines().filter_map(|line| line.split_once("  ")).map(|(part, _)| part).collect();
    let expected = [
        "reading",
        "parsing",
        "model",
        "checks",
        "rules",
        "views",
        "theme",
        "search index",
        "pages and writing",
        "putting in place",
    ];
    assert_eq!(parts, expected);
}

#[test]
fn errors_end_with_1_and_publish_nothing() {
    let book = faulty();
    for command in ["check", "build"] {
        let run = recueil(book.path(), &[command]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
        assert!(run.err.contains("erreur[wrong-type]"), "{}", run.err);
        assert!(run.err.contains("4 documents vérifiés : 1 erreur\n"), "{}", run.err);
    }
    assert!(!book.path().join("public").exists());
}

#[test]
fn a_book_with_an_address_keeps_those_that_it_published() {
    let book = clean();
    let lock = book.path().join("urls.lock");
    recueil(book.path(), &["build"]);
    assert!(!lock.exists(), "a book that does not say where it stands has published nothing");
    let build = ["build", "--base-url", "https://ateliers.example"];
    let first = recueil(book.path(), &build);
    assert!(
        first.err.ends_with("`urls.lock` a de nouvelles adresses : enregistrez-le avec le livre\n"),
        "{}",
        first.err
    );
    let kept = fs::read_to_string(&lock).unwrap();
    assert!(kept.contains("\nateliers/le-fil/ content/ateliers/le-fil.md\n"), "{kept}");
    assert!(kept.contains("\nguides/securite/2.1/ content/guides/securite.md#2.1\n"), "{kept}");
    assert!(!recueil(book.path(), &build).err.contains("urls.lock"), "the second build has nothing new to say");
    fs::rename(book.path().join("content/ateliers/le-fil.md"), book.path().join("content/ateliers/au-fil.md")).unwrap();
    let lost = recueil(book.path(), &["build"]);
    assert!(lost.code == 1 && lost.err.contains("erreur[lost-address]"), "{}", lost.err);
    fs::write(book.path().join("content/ateliers/au-fil.md"), "---\ntitle: Le Fil\naliases: [ateliers/le-fil]\n---\n")
        .unwrap();
    let found = recueil(book.path(), &["build"]);
    assert_eq!(found.code, 0, "{}", found.err);
    let moved = fs::read_to_string(book.path().join("public/ateliers/le-fil/index.html")).unwrap();
    assert!(moved.contains("../../ateliers/au-fil/"), "{moved}");
    let kept = fs::read_to_string(&lock).unwrap();
    assert!(kept.contains("\nateliers/le-fil/ content/ateliers/au-fil.md\n"), "{kept}");
}

#[test]
fn errors_leave_the_site_of_before_in_place() {
    let book = clean();
    recueil(book.path(), &["build"]);
    let page = book.path().join("public/ateliers/le-fil/index.html");
    let before = fs::read(&page).unwrap();
    fs::write(book.path().join("content/ateliers/le-fil.md"), "---\ntitle: Le Fil\nvile: Là\n---\n").unwrap();
    assert_eq!(recueil(book.path(), &["build"]).code, 1);
    assert_eq!(fs::read(&page).unwrap(), before);
}

#[test]
fn warnings_end_with_0_unless_the_book_says_otherwise() {
    assert_eq!(recueil(worrying("").path(), &["check"]).code, 0);
    assert_eq!(recueil(worrying("[check]\nfail-on = \"warning\"\n").path(), &["check"]).code, 1);
    let run = recueil(worrying("").path(), &["check"]);
    assert!(
        run.err.contains("attention[future-date]") && run.err.contains("aucune erreur, 1 avertissement"),
        "{}",
        run.err
    );
}

#[test]
fn a_folder_without_a_book_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["check"][..], &["build"], &["check", "nulle-part"], &["search", "mot"]] {
        let run = recueil(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(run.err.starts_with("échec : ") && run.err.contains("book.toml"), "{}", run.err);
    }
}

#[test]
fn a_file_instead_of_a_folder_ends_with_2() {
    let book = clean();
    let run = recueil(book.path(), &["check", "book.toml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.starts_with("échec : ") && run.err.lines().count() == 1, "{}", run.err);
}

#[test]
fn what_hinders_a_publication_is_told_in_the_language_of_its_reader() {
    let book = clean();
    fs::create_dir(book.path().join("mes documents")).unwrap();
    fs::write(book.path().join("mes documents/notes.txt"), "à moi").unwrap();
    let run = recueil(book.path(), &["build", "--dest-dir", "mes documents"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    let message = "mes documents : le dossier n’est pas vide (il contient `notes.txt`) et n’a pas été fait par Recueil";
    assert!(run.err.contains("échec : publication dans ") && run.err.contains(message), "{}", run.err);
    let run = recueil(book.path(), &["build", "--dest-dir", "book.toml/site"]);
    assert!(run.code == 2 && run.err.contains("book.toml/site : ce n’est pas un dossier"), "{}", run.err);
}

#[test]
fn a_book_in_another_folder_is_named_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let book = faulty();
    let run = recueil(folder.path(), &["check", book.path().to_str().unwrap(), "--format", "short"]);
    let expected =
        "content/reparations/theiere.md:3:8: error[wrong-type] `payee` attend `true` ou `false`, pas `oui`\n";
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (1, expected, ""));
}

#[test]
fn a_book_that_cannot_be_read_ends_with_1_and_says_where() {
    let book = base().with("book.toml", "[book\n").write();
    let run = recueil(book.path(), &["check"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("erreur[broken-toml]"), "{}", run.err);
}

#[test]
fn findings_for_people_go_to_the_error_stream_and_those_for_machines_to_the_output() {
    let book = faulty();
    let human = recueil(book.path(), &["check", "--format", "human"]);
    assert!(human.out.is_empty() && human.err.contains("wrong-type"));
    for format in ["short", "json", "github", "gitlab"] {
        let run = recueil(book.path(), &["check", "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{format}");
        assert!(run.out.contains("wrong-type"), "{format}: {}", run.out);
    }
}

#[test]
fn json_is_one_document_that_counts_what_it_holds() {
    let run = recueil(faulty().path(), &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(json["version"], 1);
    assert_eq!(json["counts"], serde_json::json!({ "error": 1, "warning": 0, "objective": 0 }));
    assert_eq!((&finding["code"], &finding["level"]), (&"wrong-type".into(), &"error".into()));
    assert_eq!(finding["path"], "content/reparations/theiere.md");
    assert_eq!(finding["start"], serde_json::json!({ "line": 3, "column": 8, "byte": 28 }));
    assert_eq!(finding["end"], serde_json::json!({ "line": 3, "column": 11, "byte": 31 }));
}

#[test]
fn a_clean_book_is_said_in_every_format() {
    let book = clean();
    let out = |format: &str| recueil(book.path(), &["check", "--format", format]).out;
    assert_eq!((out("human"), out("short"), out("github")), (String::new(), String::new(), String::new()));
    assert_eq!(out("json"), "{\"version\":1,\"findings\":[],\"counts\":{\"error\":0,\"warning\":0,\"objective\":0}}\n");
    assert_eq!(out("gitlab").trim(), "[]");
}

#[test]
fn quiet_says_findings_only() {
    let run = recueil(clean().path(), &["check", "-q"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = recueil(faulty().path(), &["check", "--quiet"]);
    assert!(run.err.contains("erreur[wrong-type]") && !run.err.contains("documents"), "{}", run.err);
}

#[test]
fn colours_are_for_terminals() {
    let book = faulty();
    let colourful = |arguments: &[&str], variables: &[(&str, &str)]| {
        recueil_with(book.path(), arguments, variables).err.contains('\u{1b}')
    };
    assert!(!colourful(&["check"], &[]), "standard error is no terminal here");
    assert!(!colourful(&["check"], &[("NO_COLOR", "1")]));
    assert!(colourful(&["check", "--color", "always"], &[]));
    assert!(colourful(&["check", "--color", "always"], &[("NO_COLOR", "1")]), "what is asked for wins");
    assert!(!colourful(&["check", "--color", "never"], &[]));
}

#[test]
fn the_language_is_the_one_asked_for_else_the_book_s() {
    let french = faulty();
    assert!(recueil(french.path(), &["check"]).err.contains("erreur[wrong-type]"));
    assert!(recueil(french.path(), &["check", "--lang", "en"]).err.contains("error[wrong-type]"));
    assert!(recueil_with(french.path(), &["check"], &[("LANG", "en_GB.UTF-8")]).err.contains("erreur[wrong-type]"));

    let english = Book::default().with("book.toml", "[book]\nlanguage = \"en\"\ntitel = \"Mending\"\n").write();
    assert!(recueil(english.path(), &["check"]).err.contains("error[unknown-key]: unknown key `titel`"));
    assert!(recueil(english.path(), &["--lang=fr", "check"]).err.contains("erreur[unknown-key]: clé inconnue `titel`"));
}

#[test]
fn today_can_be_set() {
    let book = worrying("[check]\nfail-on = \"warning\"\n");
    let on = |day: &str| recueil_with(book.path(), &["check"], &[("RECUEIL_TODAY", day)]);
    assert_eq!(on("2029-12-31").code, 1);
    assert_eq!(on("2030-01-01").code, 0);
    let run = on("hier");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("RECUEIL_TODAY vaut `hier`"), "{}", run.err);
    assert_eq!(on("").code, 1, "an empty variable is none; the clock's own day is before 2030");
}

#[test]
fn a_slip_in_the_arguments_ends_with_2_in_the_language_spoken() {
    let book = clean();
    for (arguments, said) in [
        (&["bulid"][..], "échec : la commande `bulid` n’existe pas ; vouliez-vous dire `build` ?"),
        (
            &["check", "--frmat", "json"],
            "échec : l’argument `--frmat` n’existe pas ici ; vouliez-vous dire `--format` ?",
        ),
        (
            &["check", "--format", "xml"],
            "échec : `--format <FORMAT>` n’accepte pas `xml` ; valeurs possibles : human, short, json",
        ),
        (&["search"], "échec : il manque `<QUERY>`"),
        (&["check", "-q", "-v"], "échec : `--quiet` ne va pas avec `--verbose`"),
        (&["--lang", "en", "bulid"], "error: unrecognized subcommand 'bulid'"),
        (
            &["explain", "dangling-refrence"],
            "échec : il n’y a pas de code `dangling-refrence` ; vouliez-vous dire `dangling-reference` ?",
        ),
    ] {
        let run = recueil(book.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.starts_with(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn explain_gives_the_manual_of_a_check_and_lists_all() {
    let folder = tempfile::tempdir().unwrap();
    let run = recueil(folder.path(), &["explain", "duplicate-key"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.starts_with("erreur[duplicate-key] la même clé est écrite deux fois\n\nUne clé n’a qu’une valeur."),
        "{}",
        run.out
    );
    let run = recueil(folder.path(), &["--lang", "en", "explain", "duplicate-key"]);
    assert!(
        run.out.starts_with("error[duplicate-key] the same key is written twice\n\nA key has one value."),
        "{}",
        run.out
    );
    let run = recueil(folder.path(), &["explain"]);
    let listed: Vec<&str> = run.out.lines().filter_map(|line| line.split(' ').next()).collect();
    let known: Vec<&str> = recueil::pipeline::checks().iter().map(|check| check.name).collect();
    assert_eq!(listed, known);
}

#[test]
fn search_finds_what_the_site_finds() {
    let book =
        base().with("content/reparations/theiere.md", "---\ntitle: Théière\n---\nLa réparation de l’œuvre.\n").write();
    for query in ["théière", "THEIERE", "oeuvre", "réparations"] {
        let run = recueil(book.path(), &["search", query, "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(json["query"], query);
        let urls: Vec<&str> = json["hits"].as_array().unwrap().iter().filter_map(|hit| hit["url"].as_str()).collect();
        assert!(urls.iter().any(|url| url.starts_with("reparations/theiere/")), "{query}: {urls:?}");
    }
    let run = recueil(book.path(), &["search", "zèbre", "--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["total"], 0);
}

/// Everything that the program says of itself: the reference of its commands.
fn reference(lang: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let help = |arguments: &[&str]| {
        let run = recueil(folder.path(), &[arguments, &["--lang", lang, "--help"]].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        format!("$ recueil {}\n{}", [arguments, &["--help"]].concat().join(" "), run.out)
    };
    let whole = help(&[]);
    let commands =
        whole.lines().skip_while(|line| !line.starts_with("Comm")).skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<String> = commands.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    let parts = commands.iter().map(|command| help(&[command]));
    let parts: Vec<String> = std::iter::once(whole.clone()).chain(parts).collect();
    parts.join("\n").lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[test]
fn help_is_whole_in_french() {
    let help = reference("fr");
    for english in ["Possible values", "default:", "Print ", "Usage", "Commands"] {
        assert!(!help.contains(english), "{english} is not French");
    }
    expect_file!["../ui/help.fr.txt"].assert_eq(&help);
}

#[test]
fn help_is_whole_in_english() {
    expect_file!["../ui/help.en.txt"].assert_eq(&reference("en"));
}

#[test]
fn both_helps_have_the_same_commands_and_arguments() {
    let arguments = |lang: &str| -> Vec<String> {
        let names = reference(lang);
        let first = names
            .lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with(['-', '[', '<', '$']) && !line.starts_with("- "));
        let first = first.filter(|line| !line.starts_with("[par défaut") && !line.starts_with("[default"));
        let mut names: Vec<String> = first.map(|line| line.split("  ").next().unwrap_or_default().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(arguments("fr"), arguments("en"));
}
