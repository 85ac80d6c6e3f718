//! What a reader finds, on a book of a few lines.

use super::*;
use crate::search::{Facet, FacetKind, Glossary, GlossaryTerm, Options, Passage};

fn record(url: &str, title: &str, body: &str) -> Record<'static> {
    let [url, title, body] = [url, title, body].map(str::to_owned);
    Record { url: url.into(), title: title.into(), body: vec![body.into()], ..Record::default() }
}

fn vae() -> Glossary {
    let long = Some("validation des acquis de l’expérience".to_owned());
    Glossary { terms: vec![GlossaryTerm { short: Some("VAE".into()), long, synonyms: vec![] }] }
}

/// The addresses of the results, in order.
fn found(records: &[Record], query: &str) -> Vec<String> {
    let index = Index::build(records, &vae(), &Options::default());
    index.search(&Query::new(query)).hits.iter().map(|hit| hit.record.url.clone().into_owned()).collect()
}

#[test]
fn spelling_does_not_matter() {
    for (body, query) in [
        ("Les évaluations ont eu lieu.", "evaluation"),
        ("Il faut évaluer.", "évaluations"),
        ("L’apprentissage progresse.", "apprentissage"),
        ("Pour l'apprentissage.", "apprentissage"),
        ("Un besoin d’intégration.", "integration"),
        ("Ce qu’Alice demande.", "alice"),
        ("Au cœur du projet.", "coeur"),
        ("Les œuvres.", "oeuvre"),
        ("Des travaux.", "travail"),
        ("Des réseaux.", "reseau"),
        ("Les formateur·rices.", "formatrice"),
        ("La validation des acquis de l’expérience.", "vae"),
        ("La VAE.", "validation des acquis de l'expérience"),
        ("À Saint-Denis.", "saint denis"),
        ("Le C.F.A. ouvre.", "cfa"),
        ("C’est aujourd’hui.", "aujourd'hui"),
        ("32,5 % en 2012.", "32,5 %"),
        ("Une auto-évaluation.", "autoévaluation"),
        ("Une autoévaluation.", "auto-évaluation"),
    ] {
        let records = [record("hit/", "", body), record("miss/", "", "Rien à voir ici.")];
        assert_eq!(found(&records, query), ["hit/"], "{query} in {body}");
    }
}

#[test]
fn accents_and_inflections_as_typed_come_first() {
    let records = [record("côté/", "", "de côté"), record("cote/", "", "la cote"), record("cotes/", "", "des cotes")];
    assert_eq!(found(&records, "cote")[0], "cote/");
    assert_eq!(found(&records, "côté")[0], "côté/");
    assert_eq!(found(&records, "cotes")[0], "cotes/");
}

#[test]
fn titles_weigh_more_than_bodies() {
    let records = [record("body/", "Bilan", "Le tutorat du tutorat."), record("title/", "Tutorat", "Un bilan.")];
    assert_eq!(found(&records, "tutorat"), ["title/", "body/"]);
}

#[test]
fn words_together_come_before_words_apart() {
    let apart = "Un projet long et vague, dont chacun parle beaucoup sans jamais dire ce que veut le personnel.";
    let records = [
        record("z/", "", apart),
        record("a/", "", "Le projet personnel avance bien pour toutes les équipes de la maison ici."),
    ];
    assert_eq!(found(&records, "projet personnel"), ["a/", "z/"]);
    assert_eq!(found(&records, "\"projet personnel\""), ["a/"]);
    assert_eq!(found(&records, "« projet personnel »"), ["a/"]);
}

#[test]
fn phrases_skip_stop_words_but_not_their_places() {
    let records = [record("a/", "", "le compte rendu de la visite"), record("b/", "", "le compte rendu visite")];
    assert_eq!(found(&records, "\"rendu de la visite\""), ["a/"]);
}

#[test]
fn frequent_words_are_told_together_from_apart() {
    let number = |n: usize| format!("{n:03}/");
    let text = |n: usize| {
        match n {
        7 => "Le projet personnel mûrit.".to_owned(),
        8 => "Un personnel sans projet ni but.".to_owned(),
        9 => format!("Le projet de la vallée {n} du personnel."),
        _ => "Un projet vague. Chacun parle ici et là de bien autre chose sans jamais dire ce que veut enfin tout le personnel.".to_owned(),
    }
    };
    let records: Vec<_> = (0..300).map(|n| record(&number(n), "", &text(n))).collect();
    let best = found(&records, "projet personnel ");
    assert_eq!(best[0], number(7));
    assert_eq!(best[1], number(8));
    assert_eq!(found(&records, "\"projet personnel\""), [number(7)]);
    assert_eq!(found(&records, "\"projet de la vallée\""), [number(9)]);
    assert!(found(&records, "\"projet la vallée\"").is_empty());
}

#[test]
fn last_word_is_a_beginning_until_something_follows() {
    let records = [record("a/", "", "Une évaluation."), record("b/", "", "Un évaluateur.")];
    assert_eq!(found(&records, "évaluati"), ["a/"]);
    assert_eq!(found(&records, "évalu").len(), 2);
    assert!(found(&records, "évaluati ").is_empty());
}

#[test]
fn acronym_in_lower_case_is_another_word_in_texts() {
    let records = [record("a/", "", "La VAE."), record("b/", "", "vae victis")];
    let index = Index::build(&records, &vae(), &Options::default());
    let outcome = index.search(&Query::new("validation des acquis de l’expérience"));
    assert_eq!(outcome.hits.len(), 1);
    assert_eq!(outcome.hits[0].why, ["validation des acquis de l’expérience = VAE"]);
}

#[test]
fn only_what_was_typed_is_explained() {
    let glossary = Glossary {
        terms: vec![GlossaryTerm { synonyms: vec!["validation d’acquis".into()], ..vae().terms[0].clone() }],
    };
    let records = [record("a/", "", "La VAE."), record("b/", "", "La VAE, validation des acquis de l’expérience.")];
    let index = Index::build(&records, &glossary, &Options::default());
    let outcome = index.search(&Query::new("validation des acquis de l’expérience"));
    let why = |url: &str| outcome.hits.iter().find(|hit| hit.record.url == url).map(|hit| hit.why.join(", "));
    assert_eq!(why("a/").as_deref(), Some("validation des acquis de l’expérience = VAE"));
    assert_eq!(why("b/").as_deref(), Some(""));
}

#[test]
fn all_words_are_wanted_and_some_are_offered() {
    let records = [record("a/", "", "tutorat en entreprise"), record("b/", "", "tutorat")];
    assert_eq!(found(&records, "tutorat entreprise"), ["a/"]);
    let index = Index::build(&records, &vae(), &Options::default());
    let outcome = index.search(&Query::new("tutorat inconnu "));
    assert!(outcome.partial);
    assert_eq!(outcome.total, 2);
}

#[test]
fn stop_words_count_when_alone() {
    let records = [record("a/", "Qui sommes-nous", "Une équipe."), record("b/", "Équipe", "Qui que ce soit.")];
    assert_eq!(found(&records, "qui"), ["a/"]);
    assert_eq!(found(&records, "qui équipe")[0], "b/");
}

#[test]
fn close_spellings_are_suggested_with_their_accents() {
    let records = [record("a/", "", "Évaluation et apprentissage.")];
    let index = Index::build(&records, &vae(), &Options::default());
    let suggestion = |query: &str| index.search(&Query::new(query)).suggestion;
    assert_eq!(suggestion("aprentissage "), Some("apprentissage".into()));
    assert_eq!(suggestion("l’évalaution"), Some("l’évaluation".into()));
    assert_eq!(suggestion("évaluer"), None);
    assert_eq!(suggestion("xyz"), None);
}

#[test]
fn facets_are_any_within_and_all_between() {
    let faceted = |url: &str, service: &[&str], year: &str| Record {
        facets: [("service", service), ("year", &[year])]
            .map(|(key, values)| (key.to_owned(), values.iter().map(|value| (*value).to_owned()).collect()))
            .into(),
        ..record(url, "", "tutorat")
    };
    let records = [
        faceted("a/", &["Appui"], "2012"),
        faceted("b/", &["Projet", "Appui"], "2013"),
        faceted("c/", &["Échange"], "2014"),
    ];
    let facet = |key: &str, kind| Facet { key: key.into(), label: key.into(), kind };
    let options = Options {
        language: "fr".into(),
        facets: vec![facet("service", FacetKind::Choice), facet("year", FacetKind::Range)],
    };
    let index = Index::build(&records, &Glossary::default(), &options);
    let ask = |service: &[&str], year: &[&str]| {
        let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let facets = [("service".to_owned(), list(service)), ("year".to_owned(), list(year))].into();
        let outcome = index.search(&Query { facets, ..Query::new("tutorat") });
        let counts =
            outcome.facets[0].iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ");
        (outcome.total, counts)
    };
    assert_eq!(ask(&[], &[]), (3, "Appui 2, Échange 1, Projet 1".into()));
    assert_eq!(ask(&["Projet"], &[]), (1, "Appui 2, Échange 1, Projet 1".into()));
    assert_eq!(ask(&["Projet", "Échange"], &[]), (2, "Appui 2, Échange 1, Projet 1".into()));
    assert_eq!(ask(&["Appui"], &["2013.."]), (1, "Appui 1, Échange 1, Projet 1".into()));
    assert_eq!(ask(&[], &["..2012"]), (1, "Appui 1, Échange 0, Projet 0".into()));
}

#[test]
fn nothing_typed_finds_everything_newest_first() {
    let dated = |url: &str, date: &str| Record { date: Some(date.into()), ..record(url, "t", "") };
    let records = [dated("old/", "2012-01-01"), dated("new/", "2014-01-01"), record("undated/", "", "")];
    assert_eq!(found(&records, ""), ["new/", "old/", "undated/"]);
    assert!(found(&records, "?!…").is_empty());
}

#[test]
fn a_document_is_found_once_with_its_best_places_below() {
    let part = |url: &str, title: &str| Record {
        part_of: "f/".into(),
        labels: vec!["1.1".into()],
        ..record(url, title, "Le tutorat de l’apprenant.")
    };
    let passage = |anchor: &'static str, title: &'static str, text: &'static str| Passage {
        anchor: anchor.into(),
        title: title.into(),
        text: text.into(),
    };
    let body = vec![
        passage("but", "But", "Un cadre."),
        passage("qui", "Tutorat", "Chacun."),
        passage("quand", "Moment", "Le tutorat dure."),
    ];
    let facets = [("service".to_owned(), vec!["Appui".to_owned()])].into();
    let records = [
        part("f/1.1/", "Suivre"),
        Record { body, facets, ..record("f/", "Cadre", "") },
        record("g/", "", "Le tutorat."),
    ];
    let facet = Facet { key: "service".into(), ..Facet::default() };
    let options = Options { facets: vec![facet], ..Options::default() };
    let index = Index::build(&records, &Glossary::default(), &options);
    let outcome = index.search(&Query::new("tutorat"));
    assert_eq!((outcome.total, outcome.facets[0][0].1), (2, 1));
    let hit = outcome.hits.iter().find(|hit| hit.record.url == "f/").expect("it is found");
    let places: Vec<_> = hit.places.iter().map(|place| place.url.as_str()).collect();
    assert_eq!(places, ["f/1.1/", "f/#qui"]);
    assert_eq!(index.search(&Query::new("")).total, 2);
}

fn excerpt_of(body: &str, query: &str) -> String {
    let records = [Record { summary: "Le résumé.".into(), ..record("a/", "Titre", body) }];
    let index = Index::build(&records, &vae(), &Options::default());
    let outcome = index.search(&Query::new(query));
    outcome.hits[0]
        .excerpt
        .iter()
        .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

#[test]
fn excerpts_show_the_hit_in_its_sentence() {
    assert_eq!(excerpt_of("Avant. L’« évaluation » a duré. Après.", "evaluer"), "L’« [évaluation] » a duré. Après.");
    assert_eq!(excerpt_of("Rien.", "titre"), "Le résumé.");
    assert_eq!(
        excerpt_of("Vers la validation des acquis de l’expérience !", "vae"),
        "Vers la [validation des acquis de l’expérience] !"
    );
    let long = format!("{} le tutorat {}", "mot ".repeat(60).trim(), "suite ".repeat(60).trim());
    let shown = excerpt_of(&long, "tutorat");
    assert!(shown.starts_with("… mot") && shown.ends_with("suite …") && shown.contains("[tutorat]"), "{shown}");
}

#[test]
fn any_query_is_answered() {
    let records = [record("a/", "<b>Titre</b>", "Un texte 🙂 avec <script>alert(1)</script>.")];
    let index = Index::build(&records, &vae(), &Options::default());
    for query in [
        "🙂",
        "\"",
        "\"\"",
        "\"a",
        "<script>",
        "«»",
        &"é".repeat(10_000),
        &"mot ".repeat(3000),
        "\u{0}",
        "(((",
        "'''",
        "e\u{301}",
    ] {
        index.search(&Query::new(query));
    }
}

#[test]
fn files_do_not_depend_on_the_order_of_records() {
    let mut records: Vec<_> =
        (0..300).map(|n| record(&format!("r{n}/"), "Titre", &format!("mot{n} évaluer"))).collect();
    let files = |records: &[Record]| Index::build(records, &vae(), &Options::default()).artifacts();
    let before = files(&records);
    records.reverse();
    assert!(before == files(&records));
}
