//! The slips of an expression that CEL's parser only calls "token recognition error": told before it sees them.

use std::ops::Range;

use super::faults::{BROKEN_EXPRESSION, NON_ASCII_NAME};
use crate::diagnostic::{Check, Lang, tr};

/// A longer expression is no rule, and would let the parser nest too deep.
const LONGEST: usize = 4_000;
/// More brackets inside one another than any rule needs.
const DEEPEST: usize = 24;
/// More operators in a row than any rule needs: each nests in the one before.
const LONGEST_CHAIN: usize = 100;

/// A slip, its place, and what to write instead.
pub(crate) struct Slip {
    pub check: &'static Check,
    pub at: Range<usize>,
    pub message: String,
    pub help: String,
}

/// The first slip of an expression.
pub(crate) fn first_slip(text: &str, lang: Lang) -> Option<Slip> {
    let broken =
        |at: Range<usize>, message: String, help: String| Some(Slip { check: &BROKEN_EXPRESSION, at, message, help });
    if text.trim().is_empty() {
        return broken(
            0..text.len(),
            tr!(lang, "cette expression est vide", "this expression is empty"),
            tr!(lang, "écrivez par exemple `doc.title != \"\"`", "write for instance `doc.title != \"\"`"),
        );
    }
    if text.len() > LONGEST {
        return broken(
            0..text.len(),
            tr!(lang, "cette expression est trop longue", "this expression is too long"),
            tr!(
                lang,
                "{LONGEST} caractères au plus : donnez un nom à ses parties dans `let`",
                "{LONGEST} characters at most: name its parts under `let`"
            ),
        );
    }
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut at, mut chain) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next().unwrap_or_default();
        let here = at..at + c.len_utf8();
        let next = rest.chars().nth(1).unwrap_or_default();
        let before = text.get(..at).and_then(|before| before.chars().next_back()).unwrap_or_default();
        let mut length = c.len_utf8();
        match c {
            '&' | '|' | ',' => chain = 0,
            '.' | '+' | '-' | '*' | '/' | '%' | '<' | '>' | '=' | '!' | '?' | '[' => chain += 1,
            _ => {}
        }
        if chain > LONGEST_CHAIN {
            return broken(
                here,
                tr!(lang, "trop d’opérations à la suite", "too many operations in a row"),
                tr!(lang, "donnez un nom aux parties dans `let`", "name the parts under `let`"),
            );
        }
        match c {
            '"' | '\'' => match literal(rest, before == 'r' || before == 'R') {
                Some(whole) => length = whole,
                None => {
                    return broken(
                        here,
                        tr!(lang, "ce guillemet n’est pas refermé", "this quote is not closed"),
                        tr!(lang, "ajoutez `{c}` à la fin du texte", "add `{c}` at the end of the text"),
                    );
                }
            },
            '(' | '[' | '{' => {
                open.push((at, c));
                if open.len() > DEEPEST {
                    return broken(
                        here,
                        tr!(lang, "trop de parenthèses imbriquées", "too many nested brackets"),
                        tr!(lang, "donnez un nom aux parties dans `let`", "name the parts under `let`"),
                    );
                }
            }
            ')' | ']' | '}' => {
                let fits = matches!(open.pop(), Some((_, opened)) if matches!((opened, c), ('(', ')') | ('[', ']') | ('{', '}')));
                if !fits {
                    return broken(
                        here,
                        tr!(lang, "`{c}` ne referme rien", "`{c}` closes nothing"),
                        tr!(
                            lang,
                            "ôtez-le, ou ouvrez ce qu’il devait refermer",
                            "take it out, or open what it was to close"
                        ),
                    );
                }
            }
            '=' if next == '=' => length = 2,
            '=' if !matches!(before, '<' | '>' | '!') => {
                return broken(
                    here,
                    tr!(lang, "un seul `=` ne compare rien", "a single `=` compares nothing"),
                    tr!(lang, "pour comparer, écrivez `==`", "to compare, write `==`"),
                );
            }
            '&' | '|' if next == c => length = 2,
            '&' | '|' => {
                return broken(
                    here,
                    tr!(lang, "un seul `{c}` n’est pas un opérateur", "a single `{c}` is no operator"),
                    tr!(lang, "écrivez `{c}{c}`", "write `{c}{c}`"),
                );
            }
            c if c.is_ascii_alphanumeric() || c == '_' => {
                let word = word(rest);
                length = word.len();
                if !word.is_ascii() {
                    return Some(accented(word, at, lang));
                }
                // After a point it is the name of a field.
                let is_field = text.get(..at).is_some_and(|before| before.trim_end().ends_with('.'));
                if let Some(operator) = spelled_out(word).filter(|_| !is_field) {
                    return broken(
                        at..at + length,
                        tr!(lang, "`{word}` n’est pas un opérateur de CEL", "`{word}` is no operator of CEL"),
                        tr!(lang, "écrivez `{operator}`", "write `{operator}`"),
                    );
                }
            }
            c if c.is_ascii() => {}
            c if c.is_alphabetic() => return Some(accented(word(rest), at, lang)),
            c => {
                let help = match c {
                    '“' | '”' | '«' | '»' => tr!(
                        lang,
                        "les textes se mettent entre `\"` ou entre `'`",
                        "texts stand between `\"` or between `'`"
                    ),
                    '‘' | '’' => tr!(lang, "écrivez `'`", "write `'`"),
                    '≤' => tr!(lang, "écrivez `<=`", "write `<=`"),
                    '≥' => tr!(lang, "écrivez `>=`", "write `>=`"),
                    '≠' => tr!(lang, "écrivez `!=`", "write `!=`"),
                    '×' => tr!(lang, "écrivez `*`", "write `*`"),
                    '\u{a0}' | '\u{202f}' => tr!(
                        lang,
                        "c’est une espace insécable : écrivez une espace ordinaire",
                        "it is a no-break space: write an ordinary one"
                    ),
                    _ => tr!(lang, "ôtez ce caractère", "take this character out"),
                };
                return broken(
                    here,
                    tr!(
                        lang,
                        "le caractère `{c}` n’a pas de sens dans une expression",
                        "the character `{c}` means nothing in an expression"
                    ),
                    help,
                );
            }
        }
        at += length;
    }
    let (at, c) = open.pop()?;
    broken(
        at..at + 1,
        tr!(lang, "`{c}` n’est jamais refermé", "`{c}` is never closed"),
        tr!(lang, "ajoutez ce qui le referme", "add what closes it"),
    )
}

/// The bytes of a literal between quotes; none when it is not closed.
fn literal(rest: &str, raw: bool) -> Option<usize> {
    let quote = rest.chars().next()?;
    let triple = rest.get(..3).filter(|start| start.chars().all(|c| c == quote));
    if let Some(quotes) = triple {
        return rest.get(3..)?.find(quotes).map(|end| end + 6);
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if !raw => escaped = true,
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn word(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn accented(word: &str, at: usize, lang: Lang) -> Slip {
    let plain = crate::parse::slug(word).replace('-', "_");
    Slip {
        check: &NON_ASCII_NAME,
        at: at..at + word.len(),
        message: tr!(lang, "le nom `{word}` a des lettres accentuées", "the name `{word}` has letters with accents"),
        help: tr!(
            lang,
            "les noms d’une expression n’ont pas d’accent : `{plain}` ; un texte se met entre guillemets",
            "names of an expression have no accents: `{plain}`; a text goes between quotes"
        ),
    }
}

/// The operator that a word means in other languages.
fn spelled_out(word: &str) -> Option<&'static str> {
    match word {
        "and" | "et" => Some("&&"),
        "or" | "ou" => Some("||"),
        "not" | "non" => Some("!"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(text: &str) -> Option<(&'static str, &str)> {
        first_slip(text, Lang::En).map(|slip| (slip.check.name, text.get(slip.at).unwrap()))
    }

    #[test]
    fn each_slip_is_shown_at_its_place() {
        assert_eq!(slip("doc.préjudice > 1"), Some(("non-ascii-name", "préjudice")));
        assert_eq!(slip("doc.état == 'été'"), Some(("non-ascii-name", "état")));
        assert_eq!(slip("doc.a = 1"), Some(("broken-expression", "=")));
        assert_eq!(slip("doc.a & doc.b"), Some(("broken-expression", "&")));
        assert_eq!(slip("doc.a and doc.b"), Some(("broken-expression", "and")));
        assert_eq!(slip("doc.a ≤ 3"), Some(("broken-expression", "≤")));
        assert_eq!(slip("doc.a == 'x"), Some(("broken-expression", "'")));
        assert_eq!(slip("(doc.a"), Some(("broken-expression", "(")));
        assert_eq!(slip("doc.a)"), Some(("broken-expression", ")")));
        assert_eq!(slip("“x” == doc.a"), Some(("broken-expression", "“")));
    }

    #[test]
    fn texts_may_hold_anything() {
        assert_eq!(slip(r#"doc.a == "l'été = ) é" && doc.b == 'x\'y' && x.matches(r'\d"')"#), None);
        assert_eq!(slip("doc.ou == 'x' && doc.et. non"), None);
        assert_eq!(slip("a <= 1 && b >= 2 && c != 3 && d == 4"), None);
    }
}
