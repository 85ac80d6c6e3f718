use super::{Citation, Genre, bibtex, csl, ris, words};
use crate::diagnostic::Lang;
use crate::model::parse_date;
use crate::render::tests::book;
use crate::render::words::Words;

fn citation<'a>(title: &str, authors: &[&'a str]) -> Citation<'a> {
    Citation {
        key: "notes-a".to_owned(),
        kind: Genre::Report,
        authors: authors.to_vec(),
        title: super::one_line(title).into_owned().into(),
        site: "Essai & Cie",
        publisher: "Éditeur",
        date: parse_date("2024-03-01"),
        language: "fr",
        url: "https://exemple.fr/notes/a/".to_owned(),
        notes: vec!["Exemple"],
    }
}

#[test]
fn bibtex_reads_what_was_written() {
    let mut text = String::new();
    bibtex::write(&citation("50 % d’A_B & {C} \\ #1 ~ $ ^\n@x", &["Réseau, d’ici & d’ailleurs", "Le {Fil"]), &mut text);
    assert_eq!(
        text,
        "@techreport{notes-a,\n  author = {{Réseau, d’ici \\& d’ailleurs} and {Le \\textbraceleft{}Fil}},\n  title = {{50 \\% d’A\\_B \\& \\textbraceleft{}C\\textbraceright{} \\textbackslash{} \\#1 \\textasciitilde{} \\$ \\textasciicircum{} @x}},\n  institution = {Éditeur},\n  howpublished = {Essai \\& Cie},\n  year = {2024},\n  month = mar,\n  url = {https://exemple.fr/notes/a/},\n  note = {Exemple},\n  language = {fr},\n}\n"
    );
    let depth = text.chars().fold(0, |depth: i32, c| {
        assert!(depth >= 0);
        depth + i32::from(c == '{') - i32::from(c == '}')
    });
    assert_eq!(depth, 0, "BibTeX counts braces, whatever stands before them");
}

#[test]
fn ris_keeps_one_line_a_tag() {
    let mut text = String::new();
    ris::write(&citation("Un\r\nER  - titre\u{7}", &["A*B"]), "\r\n", &mut text);
    assert_eq!(
        text,
        "TY  - RPRT\r\nID  - notes-a\r\nAU  - AB\r\nTI  - Un ER - titre\r\nT2  - Essai & Cie\r\nPB  - Éditeur\r\nPY  - 2024\r\nDA  - 2024/03/01\r\nLA  - fr\r\nN1  - Exemple\r\nUR  - https://exemple.fr/notes/a/\r\nER  - \r\n"
    );
    let tag = regex::Regex::new("^[A-Z][A-Z0-9]  - ").unwrap();
    assert!(text.lines().all(|line| tag.is_match(line)));
}

#[test]
fn csl_holds_a_reference() {
    let mut text = String::new();
    csl::write(&citation("A \"B\"", &["C"]), &mut text);
    let item: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&item["type"], &item["title"]), (&"report".into(), &"A \"B\"".into()));
    assert_eq!(item["issued"]["date-parts"][0], serde_json::json!([2024, 3, 1]));
    assert_eq!(item["author"][0]["literal"], "C");
}

#[test]
fn words_say_each_name_once() {
    let mut citation = citation("A", &["Éditeur"]);
    let words = Words::new(Lang::Fr);
    let title = words.text("cite_title");
    assert_eq!(
        words::write(&citation, &words),
        format!("Éditeur, {title}, Essai & Cie, 1er mars 2024, exemple. https://exemple.fr/notes/a/")
    );
    citation.date = None;
    citation.url.clear();
    citation.notes.clear();
    assert_eq!(words::write(&citation, &words), format!("Éditeur, {title}, Essai & Cie."));
}

#[test]
fn a_page_holds_its_citation_and_its_neighbours() {
    let collection = "---\ntitle: Avis\ncollection:\n  author_field: ateliers\n  schema_org: Report\n  fields:\n    ateliers: { type: array, items: { type: reference, to: notes } }\n---\n";
    let (artifacts, sink, _) = book(&[
        ("content/avis/_index.md", collection),
        ("content/avis/a.md", "---\ntitle: Alpha\n---\n"),
        ("content/avis/b.md", "---\ntitle: Bêta & <i>\ndate: 2024-02-01\nateliers: [n]\n---\nTexte.\n"),
        ("content/avis/c.md", "---\ntitle: Gamma\n---\n"),
        ("content/notes/n.md", "---\ntitle: L'atelier\n---\n"),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    let text = |path: &str| {
        let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(artifact.bytes.clone()).unwrap()
    };
    let page = text("avis/b/index.html");
    for expected in [
        "<meta name=\"citation_title\" content=\"Bêta &amp; &lt;i&gt;\">",
        "<meta name=\"citation_author\" content=\"L&#39;atelier\">",
        "<meta name=\"citation_publication_date\" content=\"2024/02/01\">",
        "<meta name=\"citation_technical_report_institution\" content=\"Essai\">",
        "L’atelier, «\u{202f}Bêta &amp; &lt;i&gt;\u{202f}», Essai, 1er février 2024. https://exemple.fr/base/avis/b/</p>",
        "title = {{Bêta \\&amp; &lt;i&gt;}}",
        "rel=\"prev\" href=\"../../avis/a/\"",
        "rel=\"next\" href=\"../../avis/c/\"",
        "href=\"../../avis/citations.ris\"",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(!text("avis/a/index.html").contains("rel=\"prev\"") && !text("avis/c/index.html").contains("rel=\"next\""));
    assert_eq!(text("avis/citations.bib").matches("@techreport{").count(), 3);
    assert_eq!(text("avis/citations.ris").matches("ER  - \r\n").count(), 3);
    let csl: serde_json::Value = serde_json::from_str(&text("avis/citations.json")).unwrap();
    assert_eq!(csl.as_array().unwrap().len(), 3);
}
