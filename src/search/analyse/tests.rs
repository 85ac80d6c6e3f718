//! The vectors of the specification, and what the stemmer must and must not unite.

use super::*;

fn french() -> Analyser {
    Analyser::new(Language::of("fr"))
}

/// `word|other` for each word, the other readings after a bar; stop words between parentheses.
fn read(text: &str) -> String {
    let show = |word: Word| {
        let forms: Vec<_> = word.terms.iter().map(|term| term.form.as_str()).collect();
        if word.stop { format!("({})", forms.join("|")) } else { forms.join("|") }
    };
    french().words(text).into_iter().map(show).collect::<Vec<_>>().join(" ")
}

fn stem(word: &str) -> String {
    french().term(word).stem
}

#[test]
fn elisions_are_dropped_with_either_apostrophe() {
    assert_eq!(read("l’apprentissage d'intégration qu’Alice lorsqu'arrive"), "apprentissage intégration alice arrive");
    assert_eq!(read("L ' eau"), "(l) eau");
}

#[test]
fn exceptions_keep_their_apostrophe() {
    assert_eq!(read("aujourd’hui, d'aujourd'hui"), "aujourdhui aujourdhui");
    assert_eq!(read("le conseil de prud'hommes"), "(le) conseil (de) prudhommes");
    assert_eq!(read("quelqu'une presqu'île grand’mère"), "quelquune presquîle grandmère");
}

#[test]
fn inclusive_forms_give_both_genders() {
    for (written, expected) in [
        ("formateur·rice·s", "formateurs|formatrices"),
        ("formateur·rices", "formateurs|formatrices"),
        ("apprenant(e)s", "apprenants|apprenantes"),
        ("directeur(trice)", "directeur|directrice"),
        ("chargé-e-s", "chargés|chargées"),
        ("conseiller·ère·s", "conseillers|conseillères"),
        ("technicien•ne", "technicien|technicienne"),
        ("établissement(s)", "établissements"),
        ("heureux·euse", "heureux|heureuse"),
        ("actif·ve·s", "actifs|actives"),
    ] {
        assert_eq!(read(written), expected);
    }
    assert_eq!(read("dit-elle f(x) a·b"), "dit|ditelle (elle|ditelle) f x (a) b");
}

#[test]
fn hyphens_give_the_parts_and_the_joined_word() {
    assert_eq!(read("Saint-Denis"), "saint|saintdenis denis|saintdenis");
    assert_eq!(read("auto‑évaluation 2009-2010"), "auto|autoévaluation évaluation|autoévaluation 2009 2010");
}

#[test]
fn acronyms_and_numbers_are_one_word() {
    assert_eq!(read("C.F.A. et CFA. R2S"), "cfa (et) cfa r2s");
    assert_eq!(read("32,5 % en 2.5kg, le 1.2.3."), "32.5 (en) 2.5 kg (le) 1.2.3");
    assert_eq!(read("fin.Début M.Dupont"), "fin début (m) dupont");
}

#[test]
fn ligatures_accents_and_soft_hyphens_fold() {
    let words = french().words("cœur Œuvres ÉVALUÉ e\u{301}te\u{301} tra\u{ad}vail");
    let folded: Vec<_> = words.iter().map(|word| word.term().folded.as_str()).collect();
    assert_eq!(folded, ["coeur", "oeuvres", "evalue", "ete", "travail"]);
    assert_eq!(words[4].term().form, "travail");
}

#[test]
fn spans_point_at_the_word_alone() {
    let text = "À l’œuvre : « formateur·rice·s »";
    let spans: Vec<_> = french().words(text).iter().map(|word| text.get(word.span.clone()).unwrap_or("cut")).collect();
    assert_eq!(spans, ["À", "œuvre", "formateur·rice·s"]);
}

#[test]
fn any_text_is_read_without_panic() {
    for text in [
        "",
        "((((",
        "'",
        "a'",
        "🙂🙂",
        "e\u{301}",
        "-a-",
        "a·",
        "\u{ad}",
        "ſ(ſ)ſ",
        "İI(e)s",
        "<b>x</b>",
        "a.b.c",
        "1.",
        "1,a",
        "ﬁn",
        "日本-語",
    ] {
        for word in french().words(text) {
            assert!(text.is_char_boundary(word.span.start) && text.is_char_boundary(word.span.end), "{text:?}");
        }
    }
}

#[test]
fn inflections_meet() {
    let mut parted = Vec::new();
    for group in [
        "évaluer évaluation évaluations évalué évaluées évaluent évaluait évaluez",
        "travail travaux travailler travaille travaillent",
        "apprentissage apprentissages",
        "formateur formateurs formatrice formatrices",
        "accompagner accompagnement accompagnements accompagnent accompagné",
        "certifier certification certifications certifiée",
        "expliquer explication expliquent",
        "communication communiquer communiquent",
        "professionnel professionnelle professionnels professionnelles",
        "réseau réseaux",
        "national nationaux nationale nationales",
        "régional régionaux régionale",
        "définir définition définit défini définie",
        "conseiller conseillère conseillères conseil conseils",
        "œuvre œuvres",
        "nouveau nouvelle nouveaux nouvelles nouvel",
        "vitrail vitraux",
        "bail baux",
        "émail émaux",
        "corail coraux",
        "formation formations former formée",
        "actif active actifs actives",
        "programme programmes programmer programmation",
        "compris comprise comprises",
        "maîtrise maîtriser maîtrises",
        "proposer proposition propositions proposent",
        "rapide rapidement rapides",
        "évident évidemment évidente",
        "analyse analyser analyses",
        "engagement engagements engager engagé",
    ] {
        let stems: HashSet<_> = group.split(' ').map(stem).collect();
        if stems.len() > 1 {
            parted.push((group, stems));
        }
    }
    assert!(parted.is_empty(), "{parted:?}");
}

#[test]
fn other_words_stay_apart() {
    let mut united = Vec::new();
    for pair in [
        "formation forme",
        "formation formateur",
        "formation format",
        "formation formule",
        "département départ",
        "règlement règle",
        "personne personnel",
        "partie part",
        "parti part",
        "accès acc",
        "cité citer",
        "citation cité",
        "pays payer",
        "propos proposer",
        "voie voix",
        "poste posture",
        "local location",
        "action acteur",
        "évaluation évaluateur",
        "adhérent adhérer",
        "agent agir",
        "parent parer",
        "compétent compétence",
        "social société",
        "public publicité",
        "moyen moi",
        "cours cour",
        "mission mise",
        "indicateur indication",
        "insertion insérer",
        "service servir",
        "entretien entretenir",
        "apprentissage apprenti",
        "commun commune",
    ] {
        let (one, other) = pair.split_once(' ').expect("a pair");
        if stem(one) == stem(other) {
            united.push(pair);
        }
    }
    assert!(united.is_empty(), "{united:?}");
}

#[test]
fn english_inflections_meet() {
    let analyser = Analyser::new(Language::of("en"));
    for group in [
        "repair repairs repairing repaired",
        "making make makes",
        "city cities",
        "stopped stopping stop",
        "café cafes",
        "children child",
    ] {
        let stems: HashSet<_> = group.split(' ').map(|word| analyser.term(word).stem).collect();
        assert_eq!(stems.len(), 1, "{group}: {stems:?}");
    }
    let words = analyser.words("The club's café");
    assert_eq!(
        words.iter().filter(|word| !word.stop).map(|word| word.term().folded.as_str()).collect::<Vec<_>>(),
        ["club", "cafe"]
    );
}
