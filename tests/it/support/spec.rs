//! Literate specs: a Markdown file whose fences are the files of small books, with what is expected written under the faulty
//! characters. `tests/cases/README.md` tells how to write one.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::book::Book;
use super::place::Place;

/// One behaviour: a heading, why it is so, a book, and what is expected of it.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) title: String,
    /// Line of the heading in the spec.
    pub(crate) line: usize,
    pub(crate) why: String,
    pub(crate) book: Book,
    pub(crate) expected: Vec<Expected>,
    pub(crate) related: Vec<(Place, String)>,
}

/// One finding that must be there.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) place: Place,
    /// Given when it is not the usual level of the check.
    pub(crate) level: Option<String>,
    pub(crate) code: String,
    /// How the message begins.
    pub(crate) message: String,
    /// How the help begins.
    pub(crate) help: String,
}

/// Reads the cases of a spec; the files of `base` stand in every book that does not bring its own.
pub(crate) fn read(path: &Path, base: &Book) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text, base).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

/// The files that stand in the fences of a page outside of any case.
pub(crate) fn files(path: &Path) -> Book {
    let text = fs::read_to_string(path).unwrap();
    let mut book = Book::default();
    for fence in Fence::all(&text) {
        let mut case = Case { book, ..Case::default() };
        if !fence.info.is_empty() {
            fence.into_file(&mut case).unwrap();
        }
        book = case.book;
    }
    book
}

fn parse(text: &str, base: &Book) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fences = Fence::all(text).into_iter().peekable();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(fence) = fences.next_if(|fence| fence.line == number + 1) {
            lines.by_ref().take(fence.lines.len() + 1).for_each(drop);
            let case =
                cases.last_mut().ok_or_else(|| format!("line {}: a fence before the first heading", fence.line))?;
            fence.into_file(case)?;
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), line: number + 1, book: base.clone(), ..Case::default() });
        } else if let Some(case) = cases.last_mut() {
            case.why.push_str(line.trim());
        }
    }
    Ok(cases)
}

/// A fenced block: its info string and its lines.
struct Fence<'a> {
    /// Line of its opening, from 1.
    line: usize,
    info: &'a str,
    lines: Vec<&'a str>,
}

impl<'a> Fence<'a> {
    fn all(text: &'a str) -> Vec<Self> {
        let mut fences = Vec::new();
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            let info = line.trim_start_matches('`');
            let ticks = line.len() - info.len();
            if ticks >= 3 {
                let lines =
                    lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "`".repeat(ticks)).collect();
                fences.push(Self { line: number + 1, info: info.trim(), lines });
            }
        }
        fences
    }

    /// Puts the file into the case's book, and what is written under its lines among what the case expects.
    fn into_file(self, case: &mut Case) -> Result<(), String> {
        if self.info == "findings" {
            for line in &self.lines {
                case.expected.push(listed(line).ok_or_else(|| format!("line {}: not a finding: {line}", self.line))?);
            }
            return Ok(());
        }
        let (path, attributes) = path_and_attributes(self.info);
        let mut written: Vec<String> = Vec::new();
        let mut hopeful = false;
        for line in self.lines {
            let here = written.len().max(1);
            let above = written.last().map_or(0, |line| line.chars().count());
            if let Some(noted) = Noted::read(line, path, here, above) {
                match noted {
                    Noted::Finding(expected) => case.expected.push(expected),
                    Noted::Related(place, message) => case.related.push((place, message)),
                }
                hopeful = true;
            } else if let Some(help) = line.trim_start().strip_prefix("= ").filter(|_| hopeful) {
                let expected = case.expected.last_mut().ok_or("a help before any finding")?;
                help.clone_into(&mut expected.help);
            } else {
                hopeful = false;
                written.extend(expand(line).lines().map(str::to_owned));
                if line.is_empty() {
                    written.push(String::new());
                }
            }
        }
        let bytes = encode(&written, &attributes)?;
        case.book.files.insert(path.to_owned(), bytes);
        Ok(())
    }
}

/// Words after a path that change how the file is written.
const ATTRIBUTES: &[&str] = &["bom", "crlf", "latin1", "tabs"];

fn path_and_attributes(info: &str) -> (&str, Vec<&str>) {
    let (mut path, mut attributes) = (info, Vec::new());
    while let Some((before, word)) = path.rsplit_once(' ').filter(|(_, word)| ATTRIBUTES.contains(word)) {
        path = before;
        attributes.push(word);
    }
    (path, attributes)
}

/// What can be written under a line.
enum Noted {
    Finding(Expected),
    Related(Place, String),
}

impl Noted {
    fn read(line: &str, path: &str, above: usize, length: usize) -> Option<Self> {
        static NOTED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^( *)(\^+|~+|‸\$?)(…?) (?:(error|warning|objective)\[)?(\S.*)$").unwrap());
        let parts = NOTED.captures(line)?;
        let (marks, text) = (&parts[2], parts[5].to_owned());
        let width = if marks.starts_with('‸') { 0 } else { marks.len() };
        let (line, column) = if marks == "‸$" { (above + 1, 1) } else { (above, parts[1].len() + 1) };
        let goes_on = !parts[3].is_empty();
        let place = Place { path: path.to_owned(), line, column, width, goes_on };
        if goes_on {
            assert_eq!(column + width - 1, length, "{path}:{line}: carets with … reach the end of the line");
        }
        if marks.starts_with('~') {
            return Some(Self::Related(place, text));
        }
        let (code, message) = text.split_once(": ").unwrap_or((&text, ""));
        let level = parts.get(4).map(|level| level.as_str().to_owned());
        let code = if level.is_some() { code.strip_suffix(']')? } else { code };
        Some(Self::Finding(Expected {
            place,
            level,
            code: code.to_owned(),
            message: message.to_owned(),
            help: String::new(),
        }))
    }
}

/// A finding written `path:line:column-end code: message`, for what carets cannot show.
fn listed(line: &str) -> Option<Expected> {
    let (place, text) = line.split_once(' ')?;
    let mut parts = place.rsplitn(3, ':');
    let (start, end) = parts.next()?.split_once('-')?;
    let (column, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    let line = parts.next()?.parse().ok()?;
    let place = Place { path: parts.next()?.to_owned(), line, column, width: end - column, goes_on: false };
    let (code, message) = text.split_once(": ").unwrap_or((text, ""));
    Some(Expected { place, level: None, code: code.to_owned(), message: message.to_owned(), help: String::new() })
}

/// Writes out `⟦text×5⟧`; `⏎` in it ends a line.
fn expand(line: &str) -> String {
    let Some((before, rest)) = line.split_once('⟦') else { return line.to_owned() };
    let (inner, after) = rest.split_once('⟧').expect("⟦ is closed on its line");
    let (text, times) = inner.rsplit_once('×').expect("⟦text×times⟧");
    let repeated = text.replace('⏎', "\n").repeat(times.parse().expect("⟦text×times⟧"));
    format!("{before}{repeated}{}", expand(after))
}

/// The bytes of a file, as its attributes want them.
fn encode(lines: &[String], attributes: &[&str]) -> Result<Vec<u8>, String> {
    let has = |attribute: &str| attributes.contains(&attribute);
    let end = if has("crlf") { "\r\n" } else { "\n" };
    let mut text: String = lines.iter().flat_map(|line| [line, end]).collect();
    if has("tabs") {
        text = text.replace('→', "\t");
    }
    if has("bom") {
        text.insert(0, '\u{feff}');
    }
    if !has("latin1") {
        return Ok(text.into_bytes());
    }
    text.chars().map(|c| u8::try_from(u32::from(c)).map_err(|_| format!("`{c}` is not in Latin-1"))).collect()
}
