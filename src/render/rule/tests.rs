use crate::render::tests::{book, borrowed, main_of};

const VISITS: &str = "---\ntitle: Visites\ncollection:\n  singular: visite\n  fields:\n    lieu: { type: reference, to: lieux, title: Lieu }\n    heures: { type: number, title: Heures passées }\n    etat: { type: string, enum: { faite: Faite, prevue: Prévue }, title: État }\n    notes: { type: array, title: Notes, items: { type: object, properties: { texte: { type: string, title: Texte }, vu: { type: date, title: Vu le } } } }\n---\n";
const PLACES: &str = "---\ntitle: Lieux\ncollection: { singular: lieu }\n---\n";
const PLEDGES: &str =
    "---\ntitle: Promesses\ncollection: { fields: { articles: { type: entries, title: Articles } } }\n---\n";
const PLEDGE: &str = "---\ntitle: La promesse\narticles:\n  - { number: '1', title: Peu d’heures }\n  - { number: '2', title: De la joie }\n---\n";
const RULES: &str = "---\ntitle: Règles\ncollection: { kind: rules, singular: règle, charters: promesses }\n---\n";

/// A small book with these rules and visits.
fn pages(rules: &[(&str, &str)], visits: &[(&str, &str)]) -> Vec<crate::artifact::Artifact> {
    pages_of((PLEDGES, PLEDGE), rules, visits)
}

/// The same with pledges of one's own.
fn pages_of(
    (pledges, pledge): (&str, &str),
    rules: &[(&str, &str)],
    visits: &[(&str, &str)],
) -> Vec<crate::artifact::Artifact> {
    let mut files = vec![
        ("content/visites/_index.md".to_owned(), VISITS.to_owned()),
        ("content/lieux/_index.md".to_owned(), PLACES.to_owned()),
        ("content/lieux/nord.md".to_owned(), "---\ntitle: Au nord\n---\n".to_owned()),
        ("content/promesses/_index.md".to_owned(), pledges.to_owned()),
        ("content/promesses/p.md".to_owned(), pledge.to_owned()),
        ("content/regles/_index.md".to_owned(), RULES.to_owned()),
    ];
    let front = |text: &str| format!("---\n{text}\n---\n");
    files.extend(rules.iter().map(|(name, text)| (format!("content/regles/{name}.md"), front(text))));
    files.extend(visits.iter().map(|(name, text)| (format!("content/visites/{name}.md"), front(text))));
    book(&borrowed(&files)).0
}

const QUOTA: &str = "title: Trois heures\ncode: H-1\nlevel: error\nsource: p#1\napplies_to: visites\nwhen: doc.etat == \"faite\"\ngroup_by: [doc.lieu, year(doc.date), semester(doc.date)]\nquota: { measure: 'sum(group, \"heures\")', limit: params.heures, unit: [heure, heures] }\nparams: { heures: 3 }\nat: heures\nmessage: trop\nexamples:\n  - { title: trois juste, passes: { documents: [{ lieu: nord, date: 2024-02-01, etat: faite, heures: 3 }] } }\n  - { title: quatre, fails: { documents: [{ lieu: ailleurs, date: 2024-02-01, etat: faite, heures: 4 }] }, with: { lieux/ailleurs: { title: Ailleurs } } }";

const HOPE: &str = "title: De la joie\ncode: H-3\nlevel: objective\nsource: p#2\napplies_to: visites\ngroup_by: [year(doc.date)]\nassert: size(group) >= 2\nmessage: \"{{ size(group) }} visite\"\nexamples:\n  - { title: deux, passes: { documents: [{ date: 2024-01-01 }, { date: 2024-02-01 }] } }\n  - { title: une, fails: { documents: [{ date: 2024-01-01 }] } }";

const VISIT: (&str, &str) = ("a", "title: Visite A\ndate: 2024-02-01\nlieu: nord\netat: faite\nheures: 1.5");
const TOO_LONG: (&str, &str) = ("b", "title: Visite B\ndate: 2024-03-01\nlieu: nord\netat: faite\nheures: 2");
const EXCUSED: (&str, &str) = (
    "c",
    "title: Visite C\ndate: 2025-03-01\nlieu: nord\netat: faite\nheures: 9\nderogations: [{ rule: H-1, reason: Inondation, by: la direction, until: 2026-12-31 }]",
);

/// A part of a page, without its tags.
fn text_of(html: &str) -> String {
    let plain = regex::Regex::new("<[^>]+>").unwrap().replace_all(html, " ").into_owned();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_of_a_rule_says_what_is_checked_and_who_meets_it() {
    let pages = pages(&[("h", QUOTA)], &[VISIT, TOO_LONG, EXCUSED]);
    let page = main_of(&pages, "regles/h/index.html");
    let text = text_of(&page);
    for expected in [
        "Seulement si « État » vaut « Faite »",
        "Documents regroupés par « Lieu » l’année de « Date » le semestre de « Date »",
        "Il faut que la somme de « Heures passées » dans ce groupe (heures) ne dépasse pas 3 ( heures )",
        "Elle s’applique à 3 documents : 1 y répond, 1 en est dispensé, 1 n’y répond pas.",
        "D’après 1. Peu d’heures (La promesse)",
        "Inondation la direction 31 décembre 2026 En cours",
    ] {
        assert!(text.replace(['\u{a0}', '\u{202f}'], " ").contains(expected), "{expected} in {text}");
    }
    assert!(page.contains("<span class=\"hl-key\">quota.measure</span>"), "{page}");
    assert!(page.contains("href=\"../../visites/b/\">Visite B"), "{page}");
    assert!(page.contains("class=\"tally-waived\" x=\"0.00\" width=\"50.00\""), "{page}");
}

#[test]
fn examples_are_shown_as_documents_are() {
    let pages = pages(&[("h", QUOTA)], &[VISIT]);
    let page = main_of(&pages, "regles/h/index.html");
    assert!(page.contains("<a href=\"../../lieux/nord/\">Au nord</a>"), "{page}");
    assert!(text_of(&page).contains("Heures passées 4"), "{page}");
    assert!(text_of(&page).contains("ailleurs"), "a document of the example itself has no page");
}

#[test]
fn a_quota_has_a_page_of_accounts_and_its_target_leads_there() {
    let pages = pages(&[("h", QUOTA)], &[VISIT, TOO_LONG]);
    let ledger = main_of(&pages, "regles/h/comptes/index.html");
    let text = text_of(&ledger);
    assert!(text.contains("2024") && text.contains("semestre 1") && text.contains("Limite dépassée"), "{text}");
    assert!(text.contains("3,5 heures 3 0 1,5 Visite A") && ledger.contains("id=\"account_1\""), "{text}");
    let place = main_of(&pages, "lieux/nord/index.html");
    assert!(place.contains("href=\"../../regles/h/comptes/#account_1\""), "{place}");
    assert!(text_of(&place).contains("2024, semestre 1"), "{place}");
}

#[test]
fn many_accounts_take_several_pages_and_every_link_finds_its_own() {
    let visits: Vec<(String, String)> = (1700..2000)
        .map(|year| {
            (format!("v{year}"), format!("title: V{year}\ndate: {year}-02-01\nlieu: nord\netat: faite\nheures: 1"))
        })
        .collect();
    let pages = pages(&[("h", QUOTA)], &borrowed(&visits));
    let page = |number: &str| main_of(&pages, &format!("regles/h/comptes/{number}index.html"));
    let (first, second) = (page(""), page("page-2/"));
    assert!(first.contains("id=\"year_1\">1999") && !first.contains(">V1700</a>"), "{first}");
    assert!(second.contains("id=\"year_300\">1700") && second.contains(">V1700</a>"), "{second}");
    // Where a year begins is told on each page; where a place has its account, on its own.
    assert!(first.contains("href=\"../../../regles/h/comptes/page-2/#year_300\">1700</a>"), "{first}");
    assert!(second.contains("href=\"../../../../regles/h/comptes/#year_1\">1999</a>"), "{second}");
    assert!(first.contains("rel=\"next\" href=\"../../../regles/h/comptes/page-2/\""), "{first}");
    let place = main_of(&pages, "lieux/nord/index.html");
    let links = regex::Regex::new("regles/h/comptes/(page-2/)?#(account_[0-9]+)\"").unwrap();
    let mut led = 0;
    for link in links.captures_iter(&place) {
        let page = if link.get(1).is_some() { &second } else { &first };
        assert!(page.contains(&format!("id=\"{}\"", &link[2])), "{}", &link[0]);
        led += 1;
    }
    assert_eq!(led, 300);
}

#[test]
fn articles_lead_to_their_rules_or_say_that_there_is_none() {
    let pages = pages(&[("h", QUOTA)], &[VISIT]);
    assert!(main_of(&pages, "promesses/p/1/index.html").contains("href=\"../../../regles/h/\""));
    assert!(main_of(&pages, "promesses/p/2/index.html").contains("Aucune règle n’en décide."));
    let charter = main_of(&pages, "promesses/p/index.html");
    assert!(
        charter.contains("href=\"../../regles/h/\" title=\"Trois heures\"") && charter.contains("Sans règle"),
        "{charter}"
    );
    let dashboard = text_of(&main_of(&pages, "tableau-de-bord/index.html"));
    assert!(dashboard.contains("La promesse 2 1 1"), "{dashboard}");
}

#[test]
fn articles_that_only_people_can_judge_are_counted_apart() {
    let pledges = PLEDGES.replace("collection: {", "collection: { judgement_field: humain,").replace(
        "articles: { type: entries",
        "articles: { type: entries, properties: { humain: { type: boolean, title: Humain } }",
    );
    let pledge = PLEDGE.replace(
        "title: De la joie }",
        "title: De la joie, humain: true }\n  - { number: '3', title: Du temps, humain: false }",
    );
    let artifacts = pages_of((&pledges, &pledge), &[("h", QUOTA)], &[VISIT]);
    let dashboard = text_of(&main_of(&artifacts, "tableau-de-bord/index.html"));
    assert!(dashboard.contains("À juger par des personnes La promesse 3 1 1"), "{dashboard}");
    let page = main_of(&artifacts, "promesses/p/2/index.html");
    assert!(page.contains("c’est à des personnes d’en juger"), "{page}");
    assert!(main_of(&artifacts, "promesses/p/3/index.html").contains("Aucune règle n’en décide."));
}

#[test]
fn a_document_says_which_rules_it_comes_under() {
    let pages = pages(&[("h", QUOTA)], &[VISIT, TOO_LONG, EXCUSED]);
    let text = |name: &str| text_of(&main_of(&pages, &format!("visites/{name}/index.html")));
    assert!(
        text("a").contains("1 respectée")
            && text("b").contains("1 non respectée")
            && text("c").contains("1 dérogation")
    );
    assert!(
        text_of(&main_of(&pages, "tableau-de-bord/derogations/index.html"))
            .contains("Visite C H-1 Trois heures Inondation")
    );
}

#[test]
fn fields_of_two_documents_are_told_apart() {
    const ORDER: &str = "title: Dans l’ordre\ncode: H-2\nsource: p#1\napplies_to: visites\nassert: doc.notes.all(n, !has(n.vu) || n.vu >= doc.date) && size(doc.notes) > 0\nmessage: non\nexamples:\n  - { title: oui, passes: { documents: [{ date: 2024-01-01, notes: [{ texte: a, vu: 2024-01-02 }] }] } }\n  - { title: non, fails: { documents: [{ date: 2024-01-01, notes: [] }] } }";
    let pages = pages(&[("o", ORDER)], &[]);
    let text = text_of(&main_of(&pages, "regles/o/index.html")).replace(['\u{a0}', '\u{202f}'], " ");
    let expected = "chaque élément de « Notes » est tel que : « Vu le » de cet élément n’est pas indiqué, ou bien « Vu le » de cet élément ne vient pas avant « Date » du document jugé";
    assert!(text.contains(expected) && text.contains("le nombre d’éléments de « Notes » dépasse 0"), "{text}");
    assert!(text.contains("Elle ne s’applique encore à aucun document."), "{text}");
}

#[test]
fn objectives_and_those_who_wait_have_pages() {
    const TURN: &str = "title: Chacun son tour\ncode: H-4\nsource: p#2\napplies_to: visites\ngroup_by: [year(doc.date)]\nassert: size(group) < 9\norder: { who: 'doc.etat == \"prevue\"', by: [doc.date] }\nmessage: non\nexamples:\n  - { title: deux, passes: { documents: [{ date: 2024-01-01 }] } }";
    let late = ("y", "title: Tard\ndate: 2025-02-02\netat: prevue");
    let early = ("z", "title: Tôt\ndate: 2025-02-01\netat: prevue");
    let pages = pages(&[("j", HOPE), ("t", TURN)], &[VISIT, late, early]);
    let objectives = text_of(&main_of(&pages, "tableau-de-bord/objectifs/index.html"));
    assert!(objectives.contains("2025 Atteint") && objectives.contains("2024 Non atteint 1 visite"), "{objectives}");
    let queue = text_of(&main_of(&pages, "tableau-de-bord/ordre-de-passage/index.html"));
    assert!(queue.contains("2 en attente Tôt 1er février 2025 Tard"), "{queue}");
    let rule = text_of(&main_of(&pages, "regles/t/index.html")).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(rule.contains("Attendent ceux pour qui « État » vaut « Prévue » dans cet ordre : « Date »"), "{rule}");
}

#[test]
fn a_long_list_of_a_period_stands_on_the_page_of_its_rule_alone() {
    let dated = |number: usize| if number < 61 { "2024-01-01" } else { "2025-01-01" };
    let visits: Vec<(String, String)> =
        (0..64).map(|number| (format!("v{number}"), format!("title: V{number}\ndate: {}", dated(number)))).collect();
    let pages = pages(&[("j", HOPE)], &borrowed(&visits));
    let objectives = main_of(&pages, "tableau-de-bord/objectifs/index.html");
    assert!(objectives.contains("<a href=\"../../regles/j/#rule_periods\">61 documents"), "{objectives}");
    assert_eq!(objectives.matches("/visites/v").count(), 3, "{objectives}");
    let rule = main_of(&pages, "regles/j/index.html");
    assert!(rule.contains("id=\"rule_periods\"") && !rule.contains("#rule_periods\">61"), "{rule}");
    assert!((0..64).all(|number| rule.contains(&format!("href=\"../../visites/v{number}/\""))), "{rule}");
}

#[test]
fn the_quality_report_counts_drafts_and_never_names_them() {
    let pages = pages(&[], &[VISIT, ("d", "title: Secret\ndraft: true")]);
    let quality = text_of(&main_of(&pages, "qualite/index.html"));
    assert!(quality.contains("Visites 1 1 1er février 2024") && !quality.contains("Secret"), "{quality}");
    assert!(quality.contains("Peu d’heures"), "an article that nothing cites");
    assert!(!pages.iter().any(|page| page.path.starts_with("tableau-de-bord")), "no rules, no dashboard");
}

#[test]
fn every_part_of_an_expression_has_words() {
    let text = include_str!("../../../themes/recueil/locales/fr.toml");
    for function in crate::check::rules::language::function::ALL {
        let name = function.name;
        assert!(text.contains(&format!("\ncall_{name} = ")), "no words for `{name}`");
    }
}
