use serde_json::{Value as Json, json};

use crate::artifact::Artifact;
use crate::render::tests::{book, text_of};

const TOOLS: &str = "---\ntitle: Outils\nsummary: Ce qui se prête.\ncollection:\n  sort: title\n  fields:\n    nom: { type: string, minLength: 2, title: Nom, required: true }\n    prix: { type: number, unit: euro, minimum: 0 }\n    neuf: { type: boolean }\n    note: { type: reference, to: notes }\n    mots: { type: array, items: { type: string }, title: Mots }\n    lieu: { type: object, title: Lieu, properties: { ville: { type: string, title: Ville }, cp: { type: string, title: Code } } }\n    essais: { type: array, items: { type: object, properties: { le: { type: date }, note: { type: reference, to: notes } } } }\n    url: { type: url, title: Site }\n    visibles: { type: array, items: { type: reference, to: [outils, notes], entries: optional } }\n---\n";
const SAW: &str = "---\ntitle: 'Scie, \"égoïne\"'\ndate: 2024-02-01\nsummary: \"Deux\\nlignes\"\nnom: '=1+1'\nprix: 12.5\nneuf: false\nnote: n\nmots: [bois, \"métal, dur\"]\nlieu: { ville: Brest, cp: '29200' }\nessais: [{ le: 2024-01-02, note: n }]\nurl: https://exemple.fr/scie\nvisibles: [n, n#1.2, b]\n---\n";

fn tools() -> Vec<Artifact> {
    let (artifacts, _, _) = book(&[
        ("content/outils/_index.md", TOOLS),
        ("content/outils/a.md", SAW),
        ("content/outils/b.md", "---\ntitle: Tenaille\nnom: Tenaille\nprix: 40\nnote: secret\n---\n"),
        ("content/outils/c.md", "---\ntitle: Caché\nnom: Caché\ndraft: true\n---\n"),
        ("content/notes/n.md", "---\ntitle: N\npoints: [{ number: '1.2', title: Un }]\n---\n"),
        ("content/notes/secret.md", "---\ntitle: S\ndraft: true\n---\n"),
    ]);
    artifacts
}

fn json(artifacts: &[Artifact], path: &str) -> Json {
    serde_json::from_str(text_of(artifacts, path)).unwrap()
}

/// The rows of a table, by the grammar of RFC 4180.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = csv.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => {
                assert!(quoted || cell.is_empty(), "a quote in a cell without quotes");
                quoted = !quoted;
            }
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(rest.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a line ends with CR LF"),
            c => cell.push(c),
        }
    }
    assert!(cell.is_empty() && row.is_empty(), "the last line ends too");
    rows
}

#[test]
fn a_table_holds_each_field_in_a_cell() {
    let artifacts = tools();
    let rows = rows(text_of(&artifacts, "donnees-ouvertes/outils.csv"));
    assert_eq!(
        rows[0].join(" "),
        "id title url date updated summary nom prix neuf note mots lieu.ville lieu.cp essais fields.url visibles"
    );
    assert_eq!(
        rows[1],
        [
            "a",
            "Scie, \"égoïne\"",
            "https://exemple.fr/base/outils/a/",
            "2024-02-01",
            "",
            "Deux\nlignes",
            "=1+1",
            "12.5",
            "false",
            "n",
            "bois|métal, dur",
            "Brest",
            "29200",
            "[{\"le\":\"2024-01-02\",\"note\":\"n\"}]",
            "https://exemple.fr/scie",
            "notes/n|notes/n#1.2|outils/b",
        ]
    );
    assert_eq!((rows[2][0].as_str(), rows[2][7].as_str(), rows[2][9].as_str()), ("b", "40", ""));
    assert_eq!(rows.len(), 3, "a draft is in no table");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
}

#[test]
fn objects_hold_what_the_table_does() {
    let artifacts = tools();
    let objects = json(&artifacts, "donnees-ouvertes/outils.json");
    assert_eq!(
        objects[0],
        json!({
            "id": "a", "title": "Scie, \"égoïne\"", "url": "https://exemple.fr/base/outils/a/", "date": "2024-02-01",
            "summary": "Deux\nlignes", "nom": "=1+1", "prix": 12.5, "neuf": false, "note": "n",
            "mots": ["bois", "métal, dur"], "lieu": { "ville": "Brest", "cp": "29200" },
            "essais": [{ "le": "2024-01-02", "note": "n" }], "fields.url": "https://exemple.fr/scie",
            "visibles": ["notes/n", "notes/n#1.2", "outils/b"],
        })
    );
    assert_eq!(objects[1]["prix"], 40);
    let notes = json(&artifacts, "donnees-ouvertes/notes.json");
    assert_eq!(notes[0]["points"], json!([{ "number": "1.2", "title": "Un" }]));
}

#[test]
fn the_package_describes_every_file() {
    let artifacts = tools();
    let package = json(&artifacts, "donnees-ouvertes/datapackage.json");
    assert_eq!((&package["profile"], &package["name"]), (&json!("data-package"), &json!("essai")));
    let name = regex::Regex::new("^[a-z0-9._-]+$").unwrap();
    for resource in package["resources"].as_array().unwrap() {
        assert!(name.is_match(resource["name"].as_str().unwrap()));
        let file = text_of(&artifacts, &format!("donnees-ouvertes/{}", resource["path"].as_str().unwrap()));
        assert_eq!(resource["bytes"], file.len());
        if resource["format"] == "csv" {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names, rows(file)[0]);
        }
    }
    let table = &package["resources"].as_array().unwrap().iter().find(|table| table["name"] == "outils").unwrap();
    let field = |name: &str| {
        let fields = table["schema"]["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    assert_eq!(
        field("nom"),
        json!({ "name": "nom", "title": "Nom", "type": "string", "format": "default", "constraints": { "required": true, "minLength": 2 } })
    );
    assert_eq!(field("prix")["constraints"], json!({ "minimum": 0 }));
    assert_eq!(field("prix")["description"], "Unité : euro.");
    assert_eq!((&field("neuf")["type"], &field("essais")["type"]), (&json!("boolean"), &json!("array")));
    assert_eq!((&field("date")["type"], &field("fields.url")["format"]), (&json!("date"), &json!("uri")));
    assert_eq!(field("lieu.ville")["title"], "Lieu : Ville");
    assert_eq!(field("mots")["description"], "Plusieurs valeurs sont séparées par « | ».");
    assert_eq!(
        table["schema"]["foreignKeys"],
        json!([{ "fields": "note", "reference": { "resource": "notes", "fields": "id" } }])
    );
}

#[test]
fn a_remark_that_no_page_shows_is_in_no_file() {
    let collection = "---\ntitle: Avis\ncollection:\n  fields:\n    recit: { type: markdown }\n---\n";
    let text = "---\ntitle: A\nrecit: 'Un <!-- secret --> mot, <!-- autre secret --> puis rien'\n---\n";
    let (artifacts, _, _) = book(&[("content/avis/_index.md", collection), ("content/avis/a.md", text)]);
    assert!(text_of(&artifacts, "donnees-ouvertes/avis.csv").ends_with(",\"Un  mot,  puis rien\"\r\n"));
    assert!(artifacts.iter().all(|artifact| !String::from_utf8_lossy(&artifact.bytes).contains("secret")));
}

#[test]
fn a_book_may_offer_no_data() {
    let (artifacts, sink, _) = book(&[(
        "book.toml",
        "[book]\ntitle = \"Essai\"\n[data]\nenabled = false\n[legal]\npublisher = \"a\"\nhost = \"b\"\ncontact = \"c\"\n",
    )]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    assert!(artifacts.iter().all(|artifact| !artifact.path.starts_with("donnees-ouvertes")));
}
