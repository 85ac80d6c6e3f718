//! The program's own sources, as tokens: comments are gone, strings are strings.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::book::repository;

/// One source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Every Rust file of `src/`, in the order of their paths.
    pub(crate) fn all() -> Vec<Self> {
        let mut files = Vec::new();
        collect(&repository("src"), &mut files);
        files.sort();
        let root = repository("");
        files
            .into_iter()
            .map(|path| Self {
                path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(path).unwrap(),
            })
            .collect()
    }

    /// The module that the file is: `["check", "shape"]` for `src/check/shape/mod.rs`, nothing for the crate's root.
    pub(crate) fn module(&self) -> Vec<String> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let below = below.strip_suffix("/mod").unwrap_or(below);
        if matches!(below, "lib" | "main") { Vec::new() } else { below.split('/').map(str::to_owned).collect() }
    }

    pub(crate) fn tokens(&self) -> Vec<TokenTree> {
        let stream: TokenStream = self.text.parse().unwrap_or_else(|error| panic!("{}: {error}", self.path));
        stream.into_iter().collect()
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Whether a token is this word.
pub(crate) fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if name == word)
}

/// Whether a token is this sign.
pub(crate) fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether `::` stands at a place.
pub(crate) fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    is_sign(tokens.get(at), ':') && is_sign(tokens.get(at + 1), ':')
}

/// What stands between the brackets of a token.
pub(crate) fn inside(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group.stream().into_iter().collect()),
        _ => None,
    }
}

/// The text of a string literal, without its quotes; escapes stay as they are written.
pub(crate) fn literal(token: &TokenTree) -> Option<(String, usize)> {
    let TokenTree::Literal(literal) = token else { return None };
    let written = literal.to_string();
    let text = written.trim_start_matches(['b', 'r', '#']).trim_end_matches('#');
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    Some((text.to_owned(), literal.span().start().line))
}
