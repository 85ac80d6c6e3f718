use crate::render::tests::{book, main_of};

/// The text of a page whose front matter declares these views, over a few notes.
fn page(views: &str, notes: &[(&str, &str)]) -> String {
    let collection = "---\ntitle: Relevés\ncollection:\n  singular: relevé\n  fields:\n    ville: { type: string, title: Ville, enum: { brest: Brest, rennes: Rennes, vannes: Vannes } }\n    poids: { type: number, unit: kilo, title: Poids }\n    personnes: { type: integer, title: Personnes }\n    points: { type: entries, title: Points }\n    reponses: { type: array, items: { type: object, properties: { point: { type: reference, to: releves, entries: required, title: Point }, texte: { type: markdown }, voir: { type: reference, to: releves, entries: required } } } }\n---\n";
    let page = format!("---\ntitle: Vues\nviews:\n{views}---\nTexte.\n");
    let mut files = vec![("content/releves/_index.md", collection), ("content/vues.md", page.as_str())];
    files.extend(notes);
    let (artifacts, sink, _) = book(&files);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    main_of(&artifacts, "vues/index.html")
}

fn sentences(html: &str) -> Vec<String> {
    let after = html.split("<p class=\"view-sentence\">").skip(1);
    after.map(|after| after.split_once("</p>").unwrap().0.replace('\u{202f}', " ")).collect()
}

const NOTES: &[(&str, &str)] = &[
    ("content/releves/a.md", "---\ntitle: A\ndate: 2021-05-01\nville: rennes\npoids: 1.5\npersonnes: 3\n---\n"),
    ("content/releves/b.md", "---\ntitle: B\ndate: 2022-05-01\nville: brest\npoids: 4\npersonnes: 12\n---\n"),
    ("content/releves/c.md", "---\ntitle: C\ndate: 2024-05-01\nville: brest\npersonnes: 20\n---\n"),
    ("content/releves/d.md", "---\ntitle: D\n---\n"),
];

fn sentence(view: &str) -> String {
    let html = page(&format!("  - {{ name: vue, of: releves, {view} }}\n"), NOTES);
    sentences(&html).concat()
}

#[test]
fn bars_say_the_highest_the_lowest_and_what_is_missing() {
    assert_eq!(
        sentence("kind: bars, by: doc.ville, unit: fiche"),
        "Le plus haut : Brest (2 fiches) ; le plus bas : Rennes (1 fiche) ; rien pour Vannes ; un seul ne le précise pas."
    );
    assert_eq!(
        sentence("kind: bars, by: doc.ville, measure: 'avg(group, \"poids\")'"),
        "Le plus haut : Brest (4 kilos) ; le plus bas : Rennes (1,5 kilo) ; non renseigné pour Vannes ; un seul ne le précise pas."
    );
}

#[test]
fn equal_groups_are_told_as_equal() {
    assert_eq!(sentence("kind: dots, by: doc.title, unit: page"), "Toutes les valeurs connues sont égales (1 page).");
}

#[test]
fn lines_say_the_change_and_count_the_years_without_anything() {
    let line = "kind: lines, where: doc.date != null, by: year(doc.date)";
    assert_eq!(sentence(line), "De 2021 à 2024, pas de changement (1 document).");
    assert_eq!(
        sentence(&format!("{line}, measure: 'sum(group, \"personnes\")', unit: personne")),
        "De 2021 à 2024, on passe de 3 à 20 personnes."
    );
}

#[test]
fn shares_are_parts_of_a_whole() {
    assert_eq!(
        sentence("kind: shares, where: doc.ville != null, by: doc.ville"),
        "Brest : 67 % de l’ensemble (3 documents) ; rien pour Vannes."
    );
}

#[test]
fn a_matrix_counts_its_cells_and_names_its_gaps() {
    let html = page(
        "  - { name: vue, of: releves, kind: matrix, where: doc.date != null, rows: doc.ville, columns: year(doc.date) }\n",
        NOTES,
    );
    assert_eq!(
        sentences(&html).concat(),
        "3 cases renseignées sur 12 ; le plus haut : Brest × 2022 (1 document) ; en tout : 3 documents."
    );
    let total = html.split_once("<tfoot>").unwrap().1.split_once("</tfoot>").unwrap().0;
    assert!(
        total.contains("<th scope=\"row\" class=\"view-total\">Total</th><td class=\"view-cell view-total\">1</td>"),
        "{total}"
    );
    let gaps = html.split_once("view-gaps\"").unwrap().1.replace('\u{202f}', " ");
    assert!(
        gaps.contains(
            "<li>Brest : 2021, 2023</li><li>Rennes : 2022, 2023, 2024</li><li>Vannes : rien, pour aucune colonne</li>"
        ),
        "{gaps}"
    );
}

#[test]
fn few_people_are_withheld_everywhere() {
    let html = page(
        "  - { name: vue, of: releves, kind: bars, by: doc.title, measure: 'sum(group, \"personnes\")', people: measure, unit: personne }\n",
        NOTES,
    );
    // Three people are too few; twelve are not, but the whole would tell the three.
    assert!(
        html.contains(
            "Le plus haut : C (20 personnes) ; non renseigné pour D ; 2 valeurs ne sont pas publiées"
                .replace(" :", "\u{202f}:")
                .replace(" ;", "\u{202f};")
                .as_str()
        ),
        "{html}"
    );
    assert!(!html.contains("12 personnes") && !html.contains("3 personnes"), "{html}");
    assert_eq!(html.matches("non publié").count(), 4, "in the chart and in the table, twice each: {html}");
}

#[test]
fn an_answer_that_refers_to_another_is_followed_and_a_circle_is_not() {
    let answers = "---\ntitle: E\npoints: [{ number: '1', title: Un }, { number: '2', title: Deux }, { number: '3', title: Trois }, { number: '4', title: Quatre }]\nreponses:\n  - { point: e#1, texte: \"**Oui**\" }\n  - { point: e#2, voir: e#1 }\n  - { point: e#3, voir: e#4 }\n  - { point: e#4, voir: e#3 }\n---\n";
    let html = page(
        "  - { name: vue, of: releves, kind: compare, each: doc.reponses, by: each.point, value: each.texte, see: each.voir }\n",
        &[("content/releves/e.md", answers)],
    );
    assert_eq!(html.matches("<strong>Oui</strong>").count(), 2, "{html}");
    assert!(html.contains("Voir <a href=\"../releves/e/1/\">1 Un</a>"), "{html}");
    assert_eq!(sentences(&html).concat(), "E : 2 sur 4 ; sans réponse : 3 Trois et 4 Quatre.");
}

#[test]
fn views_come_where_the_text_places_them_and_then_at_the_end() {
    let (artifacts, sink, _) = book(&[(
        "content/vues.md",
        "---\ntitle: Vues\nviews:\n  - { name: a, title: Reste, kind: list, of: notes }\n  - { name: b, title: Autre, kind: list, of: notes }\n---\nAvant.\n\n![Ma *légende* & <b>](view:b)\n\nAprès.\n",
    )]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    let html = main_of(&artifacts, "vues/index.html");
    let order: Vec<Option<usize>> =
        ["Avant.", "Ma légende &amp; &lt;b&gt;</figcaption>", "Après.", "Reste</figcaption>"]
            .iter()
            .map(|text| html.find(text))
            .collect();
    assert!(order.is_sorted() && order.iter().all(Option::is_some), "{order:?} {html}");
    assert!(!html.contains("Autre</figcaption>") && !html.contains("<!--"), "{html}");
    assert!(html.contains("Rien à montrer"), "{html}");
}

#[test]
fn a_text_that_is_shown_elsewhere_does_not_bring_the_views_of_that_page() {
    let collection =
        "---\ntitle: Avis\ncollection:\n  fields: {}\n  sections:\n    - { title: Leçons, gather: true }\n---\n";
    let views = "views:\n  - { name: ici, title: Liste ici, kind: list, of: avis }\n";
    let first = format!("---\ntitle: A\n{views}---\n## Leçons\n\nUn fait.\n\n![](view:ici)\n");
    let (artifacts, sink, _) = book(&[
        ("content/avis/_index.md", collection),
        ("content/avis/a.md", &first),
        ("content/avis/b.md", "---\ntitle: B\n---\n## Leçons\n\nUn autre.\n"),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    assert!(main_of(&artifacts, "avis/a/index.html").contains("Liste ici</figcaption>"));
    let gathered = main_of(&artifacts, "lectures-croisees/lecons/index.html");
    assert!(
        gathered.contains("Un fait.") && !gathered.contains("Liste ici") && !gathered.contains("view:"),
        "{gathered}"
    );
}

#[test]
fn accounts_are_those_of_the_rule_and_say_what_is_used_and_what_is_left() {
    let visit = |ville: &str, heures: &str, year: u16| {
        format!("---\ntitle: Visite {ville} {year}\ndate: {year}-03-01\nville: {ville}\nheures: {heures}\n---\n")
    };
    let (a, b, c) = (visit("brest", "3", 2024), visit("rennes", "1.5", 2024), visit("brest", "2", 2025));
    let (artifacts, _, _) = book(&[
        (
            "content/visites/_index.md",
            "---\ntitle: Visites\ncollection:\n  singular: visite\n  fields:\n    ville: { type: string, title: Ville, enum: { brest: Brest, rennes: Rennes } }\n    heures: { type: number }\n---\n",
        ),
        ("content/visites/a.md", &a),
        ("content/visites/b.md", &b),
        ("content/visites/c.md", &c),
        ("content/regles/_index.md", "---\ntitle: Règles\ncollection:\n  kind: rules\n---\n"),
        (
            "content/regles/heures.md",
            "---\ntitle: Deux heures\ncode: H-1\nlevel: warning\napplies_to: visites\ngroup_by: [doc.ville, year(doc.date)]\nwhen: has(doc.heures)\nquota: { measure: 'sum(group, \"heures\")', limit: 2, unit: heure }\nmessage: trop\nexamples:\n  - { title: deux, passes: { document: { date: 2024-01-01, ville: brest, heures: 2 } } }\n  - { title: trois, fails: { document: { date: 2024-01-01, ville: brest, heures: 3 } } }\n---\n",
        ),
        (
            "content/vues.md",
            "---\ntitle: Vues\nviews:\n  - { name: tous, kind: ledger, rule: H-1 }\n  - { name: choisis, kind: ledger, of: visites, rule: H-1, where: 'key[1] == 2024 && used <= limit' }\n---\n",
        ),
    ]);
    let html = main_of(&artifacts, "vues/index.html");
    assert_eq!(
        sentences(&html),
        [
            "3 comptes ; le plus utilisé, au-delà de la limite : Brest (2024), 3 heures pour une limite de 2 ; limite juste atteinte : Brest (2025).",
            "1 compte ; le plus utilisé : Rennes (2024), 1,5 heure pour une limite de 2 ; aucune limite n’est atteinte."
        ]
    );
    // The latest year first, as on the page of the rule; used, limit and what is left as there.
    let ledger = main_of(&artifacts, "regles/heures/comptes/index.html");
    for row in ["Brest", "Rennes"] {
        assert!(html.contains(row) && ledger.contains(row), "{ledger}");
    }
    let csv = artifacts.iter().find(|file| file.path == "vues/vues/tous.csv").unwrap();
    assert_eq!(
        String::from_utf8_lossy(&csv.bytes),
        "Ville,Année,Utilisé,Limite,Reste,Unité,Limite dépassée,Documents\r\nBrest,2025,2,2,0,heure,non,1\r\nBrest,2024,3,2,0,heure,oui,1\r\nRennes,2024,1.5,2,0.5,heure,non,1\r\n"
    );
}

#[test]
fn an_event_whose_date_cannot_be_read_stands_at_the_end() {
    let note = |date: &str| format!("---\ntitle: Le {date}\nquand: {date}\n---\n");
    let (a, b, c) = (note("vers 2010"), note("été 2014"), note("juin à août 2009"));
    let (artifacts, sink, _) = book(&[
        ("content/faits/_index.md", "---\ntitle: Faits\ncollection:\n  fields:\n    quand: { type: string }\n---\n"),
        ("content/faits/a.md", &a),
        ("content/faits/b.md", &b),
        ("content/faits/c.md", &c),
        (
            "content/vues.md",
            "---\ntitle: Vues\nviews:\n  - { name: vue, kind: timeline, of: faits, date: doc.quand }\n---\n",
        ),
    ]);
    assert_eq!(sink.diagnostics().len(), 1, "{:?}", sink.diagnostics());
    let html = main_of(&artifacts, "vues/index.html");
    assert_eq!(
        sentences(&html).concat(),
        "2 dates ; la première : juin 2009 ; la dernière : été 2014 ; un seul sans date lisible."
    );
    let whens: Vec<&str> =
        html.split("<p class=\"view-when\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(whens, ["juin 2009 – août 2009", "été 2014", "vers 2010"]);
}

#[test]
fn tiles_come_from_documents_and_what_has_none_is_named() {
    let region = |title: &str, rest: &str| format!("---\ntitle: {title}\n{rest}---\n");
    let places = "case: { rangee: 7, colonne: 1 }\n";
    let (north, south) = (region("Nord", &format!("code: n\n{places}")), region("Sud", "code: s\n"));
    let (old, fact) =
        (region("Vieux Nord", "code: n\n"), |code: &str| format!("---\ntitle: Fait {code}\nou: {code}\n---\n"));
    let (a, b, c) = (fact("n"), fact("n"), fact("x"));
    let (artifacts, sink, _) = book(&[
        (
            "content/regions/_index.md",
            "---\ntitle: Régions\ncollection:\n  fields:\n    code: { type: string }\n    case: { type: object, properties: { rangee: { type: integer }, colonne: { type: integer } } }\n---\n",
        ),
        ("content/regions/nord.md", &north),
        ("content/regions/vieux.md", &old),
        ("content/regions/sud.md", &south),
        ("content/faits/_index.md", "---\ntitle: Faits\ncollection:\n  fields:\n    ou: { type: string }\n---\n"),
        ("content/faits/a.md", &a),
        ("content/faits/b.md", &b),
        ("content/faits/c.md", &c),
        (
            "content/vues.md",
            "---\ntitle: Vues\nviews:\n  - { name: vue, kind: regions, of: faits, by: doc.ou, unit: fait, tiles: { of: regions, id: doc.code, row: doc.case.rangee, column: doc.case.colonne } }\n---\n",
        ),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    let html = main_of(&artifacts, "vues/index.html");
    assert_eq!(
        sentences(&html).concat(),
        "Le plus haut : Nord (2 faits) ; le plus bas : x (1 fait) ; rien pour Sud ; sans case sur la carte : Sud et x."
    );
    assert_eq!(html.matches("class=\"view-tile ").count(), 1, "{html}");
    assert!(html.contains("viewBox=\"0 0 46 46\""), "the map begins with its first tile: {html}");
    assert!(
        html.contains("<th scope=\"row\"><a href=\"../regions/sud/\">Sud</a></th><td class=\"figure\">0</td>"),
        "{html}"
    );
}
