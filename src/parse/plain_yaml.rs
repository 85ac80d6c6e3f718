//! The plain YAML that nearly all front matter is made of, read in one pass, for a tenth of what the whole language costs.
//!
//! Keys of ASCII letters, texts of one line, lists and objects by indentation, lists of words between brackets. Whatever else
//! there is, this reader gives up and says nothing: [`super::yaml`] then reads the whole again, and finds what is wrong with it. A
//! property holds that both make the same tree.

use super::{Key, Mapping, Node, Scalar, Yaml};
use crate::source::{SourceId, Span};

/// Deeper is for the other reader to judge.
const DEEPEST: usize = 16;
/// Longer, too.
const LONGEST: usize = 64 * 1024;

/// Reads plain YAML that begins at a byte of its file; `None` when it is not plain.
pub(super) fn parse(yaml: &str, source: SourceId, base: usize) -> Option<Node> {
    if yaml.len() > LONGEST || !is_plain(yaml) {
        return None;
    }
    let mut reader = Reader { yaml, source, base, next: 0, line: None };
    reader.advance();
    let root = reader.line.filter(|line| line.indent == 0).and_then(|_| reader.mapping(0, 0))?;
    // A line that nobody wanted goes on with a text, or stands where nothing can.
    reader.line.is_none().then_some(root)
}

/// Whether there is no tab, no control character, nor anything else that YAML treats as more than a letter.
fn is_plain(yaml: &str) -> bool {
    let mut before = [0_u8; 2];
    for byte in yaml.bytes() {
        let refused = match byte {
            b'\n' | b' '..=b'~' => false,
            // Control characters; byte order marks, and what is no character.
            0..=0x1f | 0x7f | 0xef => true,
            // Next line and the other control characters of Latin-1.
            0x80..=0x9f if before[1] == 0xc2 => true,
            // The separators of lines and paragraphs.
            0xa8 | 0xa9 => before == [0xe2, 0x80],
            _ => false,
        };
        if refused {
            return false;
        }
        before = [before[1], byte];
    }
    true
}

/// A line with something on it.
#[derive(Clone, Copy)]
struct Line {
    /// The column where it begins.
    indent: usize,
    /// Where its first character stands.
    start: usize,
    /// Where its last ends.
    end: usize,
}

struct Reader<'a> {
    yaml: &'a str,
    source: SourceId,
    base: usize,
    /// Where the line after this one begins.
    next: usize,
    line: Option<Line>,
}

impl<'a> Reader<'a> {
    /// Goes to the next line with something on it.
    fn advance(&mut self) {
        self.line = None;
        while let Some(rest) = self.yaml.get(self.next..).filter(|rest| !rest.is_empty()) {
            let whole = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let text = rest.get(..whole).unwrap_or_default().trim_end_matches(' ');
            let indent = text.bytes().take_while(|byte| *byte == b' ').count();
            let line = Line { indent, start: self.next + indent, end: self.next + text.len() };
            self.next += whole + 1;
            if !text.is_empty() {
                self.line = Some(line);
                return;
            }
        }
    }

    fn content(&self, line: Line) -> &'a str {
        self.yaml.get(line.start..line.end).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, self.base + start..self.base + end)
    }

    /// Whether a line begins an item of a list.
    fn is_item(&self, line: Line) -> bool {
        self.content(line).starts_with("- ")
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node> {
        // Most front matter has a few dozen keys, most objects in it a few.
        let mut entries: Vec<(Key, Node)> = Vec::with_capacity(if depth == 0 { 32 } else { 8 });
        while let Some(line) = self.line.filter(|line| line.indent == indent) {
            let (name, rest) = key(self.content(line))?;
            let key = self.span(line.start, line.start + name.len());
            let value = rest.trim_start_matches(' ');
            self.advance();
            let node = if value.is_empty() {
                self.below(key, indent, depth)?
            } else {
                self.inline(value, line.end - value.len())?
            };
            if entries.iter().any(|(known, _)| known.value == name) {
                return None;
            }
            entries.push((Key::new(name.to_owned(), key), node));
        }
        let ((first, _), (last, node)) = (entries.first()?, entries.last()?);
        let span = first.span.to(last.span).to(node.span);
        Some(Node { span, value: Yaml::Mapping(Mapping { span, entries }) })
    }

    /// What stands below a key at `indent` and belongs to it.
    fn below(&mut self, key: Span, indent: usize, depth: usize) -> Option<Node> {
        match self.line {
            _ if depth > DEEPEST => None,
            Some(line) if line.indent >= indent && self.is_item(line) => {
                self.sequence(line.indent, line.indent > indent, depth + 1)
            }
            Some(line) if line.indent > indent => self.mapping(line.indent, depth + 1),
            // Nothing was written: the place is that of the key and its colon.
            _ => Some(Node { span: Span { end: key.end + 1, ..key }, value: Yaml::Null }),
        }
    }

    fn sequence(&mut self, indent: usize, inset: bool, depth: usize) -> Option<Node> {
        let first = self.line?.start;
        let mut items: Vec<Node> = Vec::new();
        while let Some(line) = self.line.filter(|line| line.indent == indent && self.is_item(*line)) {
            let text = self.content(line).strip_prefix('-')?.trim_start_matches(' ');
            let start = line.end - text.len();
            if key(text).is_some() {
                // An object that begins on the line of its dash.
                let column = indent + (start - line.start);
                self.line = Some(Line { indent: column, start, ..line });
                items.push(self.mapping(column, depth + 1).filter(|_| depth <= DEEPEST)?);
            } else {
                self.advance();
                items.push(self.inline(text, start)?);
            }
        }
        let (front, last) = (items.first()?, items.last()?);
        // A list that stands no further in than its key begins, to the other reader, behind its first dash.
        let span = if inset { self.span(first, first).to(last.span) } else { front.span.to(last.span) };
        Some(Node { span, value: Yaml::Sequence(items) })
    }

    /// A value on one line.
    fn inline(&self, text: &str, start: usize) -> Option<Node> {
        let end = start + text.len();
        for quote in ['"', '\''] {
            if let Some(rest) = text.strip_prefix(quote) {
                let inner = rest.strip_suffix(quote).filter(|inner| !inner.contains([quote, '\\']))?;
                let value = Yaml::Scalar(Scalar { text: inner.to_owned(), quoted: true });
                return Some(Node { span: self.span(start, end), value });
            }
        }
        if let Some(rest) = text.strip_prefix('[') {
            let mut at = start + 1;
            let mut items = Vec::new();
            let inner = rest.strip_suffix(']')?;
            for part in inner.split(',').filter(|_| !inner.trim_matches(' ').is_empty()) {
                let word = part.trim_start_matches(' ');
                let from = at + part.len() - word.len();
                at += part.len() + 1;
                let word = word.trim_end_matches(' ');
                // Between brackets, these mean something wherever they stand.
                items.push(self.word(word, from).filter(|_| !word.contains([':', '#', '[', ']', '{', '}']))?);
            }
            return Some(Node { span: self.span(start, end), value: Yaml::Sequence(items) });
        }
        let is_comment = || memchr::memmem::find(text.as_bytes(), b" #").is_some();
        let is_key = || text.ends_with(':') || memchr::memmem::find(text.as_bytes(), b": ").is_some();
        if is_key() || is_comment() { None } else { self.word(text, start) }
    }

    /// A text without quotes.
    fn word(&self, text: &str, start: usize) -> Option<Node> {
        // A letter at the front, so that it is none of the signs of YAML.
        let begins = text.bytes().next()?;
        if !(begins.is_ascii_alphanumeric() || begins >= 0x80) {
            return None;
        }
        // Spaces that are none to YAML belong to the text, but are not shown as its place.
        let span = self.span(start, start + text.trim_end().len());
        let value =
            if text == "null" { Yaml::Null } else { Yaml::Scalar(Scalar { text: text.to_owned(), quoted: false }) };
        Some(Node { span, value })
    }
}

/// The key at the front of a line, and what follows its colon.
fn key(line: &str) -> Option<(&str, &str)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = line.bytes().take_while(|byte| is_part(*byte)).count();
    let (name, rest) = line.split_at_checked(length)?;
    let rest = rest.strip_prefix(':').filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    name.starts_with(|first: char| first.is_ascii_alphabetic()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::parse;
    use crate::diagnostic::Sink;
    use crate::parse::yaml::parse_whole;
    use crate::source::Snapshot;

    const PIECES: &[&str] = &[
        "a: ",
        "b: ",
        "cle:",
        "d: ",
        "e-f_2: ",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\n      ",
        "  ",
        " ",
        "- ",
        "- ",
        "-",
        "mot",
        "un mot",
        "l’été",
        "2024-01-02",
        "1,5",
        "null",
        "~",
        "true",
        "[",
        "]",
        "[a, b]",
        "[ x , y ]",
        "[]",
        ", ",
        "{",
        "}",
        "\"",
        "'",
        "\"dit\"",
        "'dit'",
        "\\",
        "#",
        " # ",
        ": ",
        ":",
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "<<",
        "? ",
        "%",
        "@",
        "`",
        "\t",
        "\r\n",
        "\u{a0}",
        "\u{2028}",
        "\u{85}",
        "\u{feff}",
        "---",
        "...",
        "https://a.fr/b#c",
    ];

    /// Lines that mostly make front matter: how far in, and what.
    const LINES: &[&str] = &[
        "a: mot",
        "b:",
        "c: [x, y z]",
        "d: \"dit\"",
        "e: null",
        "- un",
        "- f: 1",
        "- g:",
        "h: 'dit'  ",
        "",
        "- [x]",
        "i: l’été\u{a0}",
    ];

    fn same(yaml: &str) -> Result<(), TestCaseError> {
        let snapshot = Snapshot::from_texts([("a.md", yaml)]);
        let source = snapshot.find("a.md").unwrap();
        if let Some(node) = parse(yaml, source, 0) {
            let mut sink = Sink::default();
            let whole = parse_whole(yaml, source, 0..yaml.len(), &mut sink);
            prop_assert_eq!(Some(node), whole, "{:?}", yaml);
            prop_assert!(sink.diagnostics().is_empty(), "{:?}", yaml);
        }
        Ok(())
    }

    proptest! {
        /// What is read at all is read as the other reader does, who has then nothing to say either.
        #[test]
        fn plain_yaml_is_the_same_tree_to_both_readers(pieces in vec(proptest::sample::select(PIECES), 0..24)) {
            same(&pieces.concat())?;
        }

        #[test]
        fn lines_far_in_and_further_are_the_same_tree_to_both_readers(
            lines in vec((0..3_usize, proptest::sample::select(LINES)), 0..10)
        ) {
            let lines = lines.iter().map(|(indent, line)| format!("{}{line}\n", "  ".repeat(*indent)));
            same(&lines.collect::<String>())?;
        }
    }

    #[test]
    fn front_matter_as_people_write_it_is_plain() {
        let yaml = "title: L’été à l’atelier\ndate: 2024-01-02\nmots: [un, deux mots]\nvide:\n\nobjet:\n  a: \"dit\"\n  liste:\n  - un\n  - deux\n\
                    suites:\n  - nom: x\n    valeur: 1,5\n  - nom: y\nlien: https://a.fr/b#c\n";
        let snapshot = Snapshot::from_texts([("a.md", yaml)]);
        let source = snapshot.find("a.md").unwrap();
        let node = parse(yaml, source, 0);
        assert!(node.is_some());
        assert_eq!(node, parse_whole(yaml, source, 0..yaml.len(), &mut Sink::default()));
    }
}
