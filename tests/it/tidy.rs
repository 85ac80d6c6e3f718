use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use proc_macro2::{Delimiter, TokenTree};
use recueil::diagnostic::Check;
use recueil::pipeline::checks;
use regex::Regex;

use crate::support::book::repository;
use crate::support::tokens::{Source, inside, is_sign, is_word, literal};

/// Files may be this long: past it, several ideas have met.
const LONGEST: usize = 400;

/// Files that are longer all the same, and why.
const LONGER: &[(&str, &str)] = &[("src/schema/read.rs", "the grammar of declarations, one function a construct")];

/// Places where words of the domain may stand, and why.
const SPOKEN: &[(&str, &str)] =
    &[("src/search/", "the analyser is held against words of the French language, some of which are also ours")];

#[test]
fn every_check_is_named_for_its_fault_in_kebab_case() {
    let kebab = Regex::new("^[a-z][a-z0-9]*(-[a-z0-9]+)*$").unwrap();
    for check in checks() {
        assert!(kebab.is_match(check.name), "`{}` is not in kebab-case", check.name);
        let faultless = !["no-", "valid-", "check-"].iter().any(|prefix| check.name.starts_with(prefix));
        assert!(faultless, "`{}` does not read after \"allow\"", check.name);
    }
}

#[test]
fn every_check_has_a_name_of_its_own() {
    let mut seen = BTreeSet::new();
    for check in checks() {
        assert!(seen.insert(check.name), "two checks are called `{}`", check.name);
    }
}

#[test]
fn every_check_speaks_both_languages() {
    for Check { name, summary, manual, .. } in checks() {
        for text in [summary.fr, summary.en] {
            let plain = !text.is_empty()
                && !text.contains('\n')
                && !text.ends_with('.')
                && !text.starts_with(char::is_uppercase);
            assert!(plain, "`{name}`: a summary is a lowercase phrase without a full stop: {text:?}");
        }
        for text in [manual.fr, manual.en] {
            assert!(text.len() > 40, "`{name}`: a manual says why and what to write instead: {text:?}");
        }
        assert_ne!(summary.fr, summary.en, "`{name}`");
        assert_ne!(manual.fr, manual.en, "`{name}`");
    }
}

/// `static DUPLICATE_KEY: Check = Check { name: "duplicate-key", … }`, and its file or its folder is named so that one finds it.
#[test]
fn every_check_is_declared_under_its_own_name_and_listed() {
    let mut declared = BTreeMap::new();
    for source in Source::all() {
        for (constant, name) in statics(&source.tokens()) {
            assert_eq!(constant.replace('_', ""), name.to_uppercase().replace('-', ""), "{}", source.path);
            declared.insert(name, source.path.clone());
        }
    }
    let listed: Vec<&str> = checks().iter().map(|check| check.name).collect();
    assert_eq!(declared.keys().collect::<Vec<_>>(), listed, "declared on the left, listed by `checks()` on the right");
}

/// The constant and the name of every `Check` that is declared among some tokens.
fn statics(tokens: &[TokenTree]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Ident(constant) = token else { continue };
        let body = tokens.get(at..).unwrap_or_default();
        if is_word(at.checked_sub(1).and_then(|before| tokens.get(before)), "static")
            && is_word(body.get(2), "Check")
            && let Some(fields) = inside(body.get(5), Delimiter::Brace)
        {
            let name = fields.iter().find_map(literal).map(|(name, _)| name).unwrap();
            found.push((constant.to_string(), name));
        }
    }
    found
}

#[test]
fn every_check_has_a_spec() {
    for check in checks() {
        let path = format!("tests/cases/{}.md", check.name.replace('-', "_"));
        assert!(repository(&path).is_file(), "`{}` has no {path}", check.name);
    }
}

#[test]
fn no_file_is_long() {
    for source in Source::all() {
        let lines = source.text.lines().count();
        let exception = LONGER.iter().any(|(path, _)| *path == source.path);
        assert!(lines <= LONGEST || exception, "{} has {lines} lines, with {LONGEST} at most", source.path);
        assert!(lines > LONGEST || !exception, "{} is no exception any more", source.path);
    }
}

#[test]
fn every_floor_and_folder_says_what_it_owns() {
    for source in Source::all() {
        let head = source.path.ends_with("/mod.rs") || source.module().len() < 2;
        assert!(!head || source.text.starts_with("//!"), "{} does not open with `//!`", source.path);
    }
}

#[test]
fn the_engine_spells_no_word_of_the_domain() {
    let words = fs::read_to_string(repository("tests/it/domain_words.txt")).unwrap();
    let words: Vec<(&str, Regex)> = words
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|word| (word, spelled(word)))
        .collect();
    let mut problems = Vec::new();
    for source in Source::all() {
        if SPOKEN.iter().any(|(path, _)| source.path.starts_with(path)) {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            let hits = words.iter().filter(|(_, pattern)| pattern.is_match(line));
            problems.extend(hits.map(|(word, _)| format!("{}:{}: `{word}` is content", source.path, number + 1)));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// A word of the domain: whole when it is an abbreviation, else from its start, in any case, with or without accents and in
/// identifiers too.
fn spelled(word: &str) -> Regex {
    let pattern: String = word
        .chars()
        .map(|c| if "éè".contains(c) { "[eéè]".to_owned() } else { regex::escape(&c.to_string()) })
        .collect();
    if word == word.to_uppercase() {
        let end = if word.ends_with('-') { "[0-9]" } else { r"\b" };
        return Regex::new(&format!(r"\b{pattern}{end}")).unwrap();
    }
    let pattern = pattern.replace(' ', "[ _-]");
    Regex::new(&format!(r"(?i)(^|[^\p{{L}}]){pattern}")).unwrap()
}

#[test]
fn words_of_the_domain_are_recognised() {
    let says = |word: &str, line: &str| spelled(word).is_match(line);
    assert!(says("établissement", "les Etablissements"));
    assert!(says("compte rendu", "fn comptes(compte_rendu: u8)"));
    assert!(says("ACC-", "code: ACC-03") && !says("ACC-", "ACC-x") && !says("VAE", "VAES"));
    assert!(!says("engagement", "désengagement"));
}

#[test]
fn french_texts_use_the_right_apostrophe() {
    let code = Regex::new("`[^`]*`").unwrap();
    let wrong = Regex::new(r"\p{L}'\p{L}").unwrap();
    let mut problems = Vec::new();
    for source in Source::all() {
        let mut texts = Vec::new();
        french(&source.tokens(), &mut texts);
        let slips = texts.iter().filter(|(text, _)| wrong.is_match(&code.replace_all(text, "")));
        problems.extend(slips.map(|(text, line)| format!("{}:{line}: ’ not ' in {text:?}", source.path)));
    }
    let words = fs::read_to_string(repository("themes/recueil/locales/fr.toml")).unwrap();
    let slips = words.lines().enumerate().filter(|(_, line)| wrong.is_match(line) && !line.starts_with('#'));
    problems.extend(
        slips.map(|(number, line)| format!("themes/recueil/locales/fr.toml:{}: ’ not ' in {line}", number + 1)),
    );
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The French texts among some tokens: after `fr:`, first in `tr!`, second in a pair of texts.
fn french(tokens: &[TokenTree], texts: &mut Vec<(String, usize)>) {
    for (at, token) in tokens.iter().enumerate() {
        let rest = tokens.get(at..).unwrap_or_default();
        if is_word(Some(token), "fr") && is_sign(rest.get(1), ':') {
            texts.extend(rest.get(2).and_then(literal));
        } else if is_word(Some(token), "tr") && is_sign(rest.get(1), '!') {
            let inner = inside(rest.get(2), Delimiter::Parenthesis).unwrap_or_default();
            texts.extend(inner.iter().find_map(literal));
        } else if let Some(pair) = inside(Some(token), Delimiter::Parenthesis)
            && let [first, comma, second] = pair.as_slice()
            && literal(first).is_some_and(|(text, _)| text.starts_with("recueil"))
            && is_sign(Some(comma), ',')
        {
            texts.extend(literal(second));
        }
        if let TokenTree::Group(group) = token {
            french(&group.stream().into_iter().collect::<Vec<_>>(), texts);
        }
    }
}

#[test]
fn the_house_has_its_papers() {
    for path in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(repository(path).is_file(), "there is no {path}");
    }
}
