//! The scripts of the theme as browsers get them: parts put together, without comments and indentation.
//!
//! A script says which parts it wants with lines `//= require part.js`; a part stands in the same folder, is put in once, in the place
//! of the line, and is no file of its own any more. Names stay what they are and nothing is rewritten: what a browser says of a
//! script can still be found in the theme.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// What a line that asks for a part begins with.
const REQUIRE: &str = "//= require ";

/// One file below `assets/`.
pub(super) struct Asset<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// It comes with the program; the files of a book are published as its author wrote them.
    pub(super) embedded: bool,
}

/// Puts scripts together and makes those that come with the program smaller.
pub(super) fn assemble(files: &mut BTreeMap<String, Asset<'_>>) {
    let scripts: Vec<String> = files.keys().filter(|path| is_script(path)).cloned().collect();
    let mut parts = BTreeSet::new();
    let whole: Vec<(String, String)> = scripts
        .into_iter()
        .filter_map(|path| {
            let mut put = BTreeSet::new();
            let text = whole(&path, files, &mut put)?;
            parts.extend(put.into_iter().filter(|part| *part != path));
            Some((path, text))
        })
        .collect();
    for (path, text) in whole {
        if let Some(asset) = files.get_mut(&path) {
            asset.bytes = Cow::Owned(text.into_bytes());
        }
    }
    files.retain(|path, _| !parts.contains(path));
}

fn is_script(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "js")
}

/// A script with its parts in it; each stands in it once.
fn whole(path: &str, files: &BTreeMap<String, Asset<'_>>, put: &mut BTreeSet<String>) -> Option<String> {
    let asset = files.get(path)?;
    let text = std::str::from_utf8(&asset.bytes).ok()?;
    if !put.insert(path.to_owned()) {
        return Some(String::new());
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (mut whole, mut own) = (String::new(), String::new());
    for line in text.lines() {
        match line.strip_prefix(REQUIRE).map(|part| format!("{folder}/{}", part.trim())) {
            Some(part) if files.contains_key(&part) => whole.push_str(&self::whole(&part, files, put)?),
            _ => {
                own.push_str(line);
                own.push('\n');
            }
        }
    }
    whole.push_str(&if asset.embedded { slim(&own) } else { own });
    Some(whole)
}

/// What stood between two pieces of a script.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

/// A script without its comments, its indentation and the spaces that nothing needs. Lines stay apart where one might be the end of a
/// statement.
fn slim(script: &str) -> String {
    let mut slim = String::with_capacity(script.len());
    let (mut rest, mut gap) = (script, Gap::None);
    while let Some(first) = rest.chars().next() {
        let len = piece(rest, first, &slim);
        let (piece, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        rest = after;
        if first.is_whitespace() || piece.starts_with("//") || piece.starts_with("/*") {
            gap = gap.max(if piece.contains('\n') { Gap::Line } else { Gap::Space });
            continue;
        }
        match (slim.chars().next_back(), gap) {
            (Some(last), Gap::Line) if !joins(last, first) => slim.push('\n'),
            (Some(last), Gap::Space) if !touches(last, first) => slim.push(' '),
            _ => {}
        }
        slim.push_str(piece);
        gap = Gap::None;
    }
    if !slim.is_empty() {
        slim.push('\n');
    }
    slim
}

/// Whether no statement can end between these two signs at the end of one line and the start of the next.
fn joins(last: char, first: char) -> bool {
    "{([,;:?=&|<".contains(last) || "})],;.:?&|=".contains(first)
}

/// Whether these two signs mean the same side by side.
fn touches(last: char, first: char) -> bool {
    let runs_on = is_word(last) && is_word(first);
    let makes_another = last == first && "+-".contains(first) || last == '<' && first == '!';
    !(runs_on || makes_another || last == '/' || first == '/')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '#' || c == '\\'
}

/// How long the piece is that a text begins with: a comment, a string, a word, a sign.
fn piece(text: &str, first: char, before: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    match first {
        c if c.is_whitespace() => text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len()),
        '/' if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
        '/' if text.starts_with("/*") => until("*/"),
        '/' if takes_expression(before) => pattern(text),
        '"' | '\'' => quoted(text, first),
        '`' => template(text),
        c if is_word(c) => text.find(|c: char| !is_word(c)).unwrap_or(text.len()),
        c => c.len_utf8(),
    }
}

/// Whether what stands before a slash wants an expression, so that the slash begins a pattern and divides nothing.
fn takes_expression(before: &str) -> bool {
    let word = before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    match before.chars().next_back() {
        None => true,
        Some(c) if is_word(c) => ["return", "typeof", "case", "in", "of", "void", "delete"].contains(&word),
        Some(c) => !")]}`\"'".contains(c),
    }
}

/// The length of a string with its quotation marks.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a regular expression with its flags.
fn pattern(text: &str) -> usize {
    let (mut escaped, mut listed, mut closed) = (false, false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            c if closed && !is_word(c) => return at,
            _ if closed => {}
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => listed = true,
            ']' => listed = false,
            '/' if !listed => closed = true,
            _ => {}
        }
    }
    text.len()
}

/// The length of a template, with the expressions in it and the strings and templates in those.
fn template(text: &str) -> usize {
    let mut at = 1;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match rest.chars().next() {
            Some('`') => return at + 1,
            Some('\\') => at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            Some('$') if rest.starts_with("${") => at += 2 + rest.get(2..).map_or(0, expression),
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    text.len()
}

/// The length of an expression in a template, with the brace that closes it.
fn expression(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        match first {
            '}' if depth == 0 => return at + 1,
            '}' => depth -= 1,
            '{' => depth += 1,
            _ => {}
        }
        at += piece(rest, first, before.trim_end());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(text: &str, embedded: bool) -> Asset<'_> {
        Asset { bytes: Cow::Borrowed(text.as_bytes()), embedded }
    }

    #[test]
    fn what_nothing_needs_goes_and_the_rest_stays() {
        for (script, slimmed) in [
            ("// why\nlet a = 1; /* b */ let c\n  = 2;\n", "let a=1;let c=2;\n"),
            ("a = b\nc = d\n", "a=b\nc=d\n"),
            ("if (a) {\n  b();\n}\nc();\n", "if(a){b();}\nc();\n"),
            ("x = 'a  // b' + \"c /* \\\" d\"", "x='a  // b'+\"c /* \\\" d\"\n"),
            ("`a  ${ b ? `c  // ${ d }` : '}' }  e` + f", "`a  ${ b ? `c  // ${ d }` : '}' }  e`+f\n"),
            ("t.replace(/[/\"]\\/ /gu, ' ') / 2 / x", "t.replace(/[/\"]\\/ /gu,' ') / 2 / x\n"),
            ("return /a b/.test(x)", "return /a b/.test(x)\n"),
            ("a + +b - -c + ++d < !e", "a+ +b- -c+ ++d< !e\n"),
            ("class A {\n  get b() {\n    return 1\n  }\n\n  c = 2\n}", "class A{get b(){return 1}\nc=2}\n"),
            ("f()\n  .then(g)\n  .catch(h)", "f().then(g).catch(h)\n"),
            ("const é = { [à]: ô }", "const é={[à]:ô}\n"),
            ("'open", "'open\n"),
            ("`open ${", "`open ${\n"),
            ("/open", "/open\n"),
            ("", ""),
        ] {
            assert_eq!(slim(script), slimmed, "{script}");
        }
    }

    #[test]
    fn parts_stand_in_the_whole_once_and_no_longer_alone() {
        let mut files = BTreeMap::from([
            ("assets/a/one.js".to_owned(), asset("// x\n//= require two.js\n//= require three.js\none();\n", true)),
            ("assets/a/two.js".to_owned(), asset("//= require three.js\ntwo();\n", true)),
            ("assets/a/three.js".to_owned(), asset("//= require one.js\nthree(); // three\n", true)),
            ("assets/a/other.js".to_owned(), asset("//= require missing.js\nother();\n", true)),
            ("assets/own.js".to_owned(), asset("  own(); // as written\n", false)),
        ]);
        assemble(&mut files);
        let texts: Vec<_> =
            files.iter().map(|(path, file)| (path.as_str(), std::str::from_utf8(&file.bytes).unwrap())).collect();
        let expected = [("assets/a/other.js", "other();\n"), ("assets/own.js", "  own(); // as written\n")];
        assert_eq!(texts, expected, "scripts that want one another are parts, all of them");
        let mut files = BTreeMap::from([
            ("assets/one.js".to_owned(), asset("// x\n//= require two.js\none();\n", true)),
            ("assets/two.js".to_owned(), asset("two(); // two\n", false)),
        ]);
        assemble(&mut files);
        assert_eq!(files.len(), 1);
        assert_eq!(files["assets/one.js"].bytes, Cow::Borrowed(b"two(); // two\none();\n"));
    }
}
