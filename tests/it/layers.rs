use proc_macro2::{Delimiter, TokenTree};

use crate::support::tokens::{Source, inside, is_path_separator, is_sign, is_word};

#[test]
fn floors_import_downwards_only() {
    let sources = Source::all();
    let floors = floors(sources.iter().find(|source| source.path == "src/lib.rs").unwrap());
    assert!(floors.len() > 8, "lib.rs lists the floors: {floors:?}");
    let problems: Vec<String> = sources.iter().flat_map(|source| upward(source, &floors)).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The floors in order, from the ground up: the `mod` lines of the crate's root.
fn floors(root: &Source) -> Vec<String> {
    let tokens = root.tokens();
    let names = tokens.windows(2).filter(|pair| is_word(pair.first(), "mod")).filter_map(|pair| match &pair[1] {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    names.collect()
}

/// Every path in a file that leads to a floor which stands above its own.
fn upward(source: &Source, floors: &[String]) -> Vec<String> {
    let module = source.module();
    let Some(own) = module.first() else { return Vec::new() };
    let height = |floor: &str| floors.iter().position(|known| known == floor);
    let mut paths = Vec::new();
    walk(&source.tokens(), &module, &mut paths);
    paths
        .into_iter()
        .filter(|(floor, _)| height(floor) > height(own))
        .map(|(floor, line)| {
            format!("{}:{line}: `{own}` may not know `{floor}`, which stands above it in src/lib.rs", source.path)
        })
        .collect()
}

/// Collects the first name behind every path that begins at the crate's root, whether by `crate::` or by enough `super::`.
fn walk(tokens: &[TokenTree], module: &[String], found: &mut Vec<(String, usize)>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let continues = at >= 2 && is_path_separator(tokens, at - 2);
        if is_word(Some(token), "crate") && is_path_separator(tokens, at + 1) {
            names(tokens, at + 3, found);
        } else if is_word(Some(token), "super") && is_path_separator(tokens, at + 1) && !continues {
            let mut depth = module.len();
            while is_word(tokens.get(at), "super") && is_path_separator(tokens, at + 1) {
                depth = depth.saturating_sub(1);
                at += 3;
            }
            if depth == 0 {
                names(tokens, at, found);
            }
            continue;
        } else if is_word(Some(token), "mod") {
            // An inline module is one step further from the root.
            if let (Some(TokenTree::Ident(name)), Some(inner)) =
                (tokens.get(at + 1), inside(tokens.get(at + 2), Delimiter::Brace))
            {
                walk(&inner, &[module, &[name.to_string()]].concat(), found);
                at += 2;
            }
        } else if let TokenTree::Group(group) = token {
            walk(&group.stream().into_iter().collect::<Vec<_>>(), module, found);
        }
        at += 1;
    }
}

/// The name at a place, or each that begins an item of a `{…}` list there.
fn names(tokens: &[TokenTree], at: usize, found: &mut Vec<(String, usize)>) {
    match tokens.get(at) {
        Some(TokenTree::Ident(name)) => found.push((name.to_string(), name.span().start().line)),
        Some(TokenTree::Group(group)) => {
            let list: Vec<TokenTree> = group.stream().into_iter().collect();
            let begins = |&place: &usize| place == 0 || is_sign(list.get(place - 1), ',');
            (0..list.len()).filter(begins).for_each(|place| names(&list, place, found));
        }
        _ => {}
    }
}

/// A made-up house of three floors, to see that the test above sees.
fn judge(path: &str, text: &str) -> Vec<usize> {
    let floors = ["source", "parse", "cli"].map(str::to_owned);
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    upward(&source, &floors).iter().map(|problem| problem.split(':').nth(1).unwrap().parse().unwrap()).collect()
}

#[test]
fn a_path_from_the_root_is_seen() {
    assert_eq!(judge("src/parse/yaml.rs", "use crate::source::Span;\nuse crate::parse::Node;\n"), [0; 0]);
    assert_eq!(judge("src/parse/yaml.rs", "use crate::source::Span;\nuse crate::cli::Ui;\n"), [2]);
    assert_eq!(judge("src/source.rs", "fn f() {\n  let x = [crate::parse::slug(\"a\")];\n}\n"), [2]);
    assert_eq!(judge("src/source.rs", "macro_rules! m {\n  () => { $crate::cli::run() };\n}\n"), [2]);
}

#[test]
fn a_list_of_paths_is_seen() {
    assert_eq!(judge("src/source.rs", "use crate::{\n  source::{self, Span},\n  parse::{Node, cli},\n};\n"), [3]);
    assert_eq!(judge("src/source.rs", "use crate::{self as house,\n  cli as terminal};\n"), [2]);
}

#[test]
fn a_chain_of_supers_is_seen() {
    assert_eq!(judge("src/source/span.rs", "use super::super::cli::Ui;\n"), [1]);
    assert_eq!(judge("src/source/mod.rs", "use super::parse;\n"), [1]);
    assert_eq!(judge("src/source/mod.rs", "use super::{parse::Node, cli};\n"), [1, 1]);
    assert_eq!(judge("src/source/a/b.rs", "use super::super::parse;\n"), [0; 0]);
    assert_eq!(judge("src/source.rs", "mod tests {\n  use super::*;\n  use super::super::cli;\n}\n"), [3]);
}

#[test]
fn what_is_no_path_is_not_seen() {
    assert_eq!(judge("src/source.rs", "//! [`crate::cli`] prints.\nconst A: &str = \"crate::cli\";\n"), [0; 0]);
    assert_eq!(judge("src/source.rs", "pub(crate) fn cli() {}\npub(in crate::source) fn parse() {}\n"), [0; 0]);
}
