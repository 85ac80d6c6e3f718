use std::ops::Range;

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, StructureStyle};

use super::broken_yaml::{self, BROKEN_YAML};
use super::plain_yaml;
use super::{Key, Mapping, Node, Scalar, Yaml};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::{SourceId, Span};

/// Deeper front matter than this is a mistake or an attack.
const DEEPEST: usize = 32;
/// More values than this in one front matter are a mistake or an attack.
const MOST_NODES: usize = 50_000;

pub(super) static DUPLICATE_KEY: Check = Check {
    name: "duplicate-key",
    level: Level::Error,
    summary: Text { fr: "la même clé est écrite deux fois", en: "the same key is written twice" },
    manual: Text {
        fr: "Une clé n’a qu’une valeur. Quand elle est écrite deux fois, personne ne sait laquelle compte : gardez l’une des deux lignes. Pour plusieurs valeurs, écrivez une liste.",
        en: "A key has one value. Written twice, nobody knows which one counts: keep one of the two lines. For several values, write a list.",
    },
};

pub(super) static YAML_ANCHOR: Check = Check {
    name: "yaml-anchor",
    level: Level::Error,
    summary: Text { fr: "une ancre, un alias ou une étiquette YAML", en: "a YAML anchor, alias or tag" },
    manual: Text {
        fr: "Les ancres (`&nom`), les alias (`*nom`) et les étiquettes (`!nom`) de YAML ne sont pas acceptés : un document se lit sans en chercher un autre morceau. Écrivez la valeur en entier ; si elle commence par `&`, `*` ou `!`, mettez-la entre guillemets.",
        en: "YAML's anchors (`&name`), aliases (`*name`) and tags (`!name`) are not accepted: a document reads without hunting for another piece of it. Write the value out; if it begins with `&`, `*` or `!`, put it between quotes.",
    },
};

pub(super) static OVERSIZED_FRONT_MATTER: Check = Check {
    name: "oversized-front-matter",
    level: Level::Error,
    summary: Text { fr: "un en-tête trop profond ou trop long", en: "front matter too deep or too long" },
    manual: Text {
        fr: "Un en-tête a au plus 32 niveaux d’imbrication et 50 000 valeurs. Au-delà, c’est un accident de retrait ou un fichier qui n’est pas un document.",
        en: "Front matter has at most 32 levels and 50,000 values. Beyond that, it is an accident of indentation or a file that is no document.",
    },
};

/// Reads the YAML in a range of a file into a tree with places; `None` when it cannot be read, and then findings say why.
pub fn parse(text: &str, source: SourceId, range: Range<usize>, sink: &mut Sink) -> Option<Node> {
    let yaml = text.get(range.clone()).unwrap_or_default();
    plain_yaml::parse(yaml, source, range.start).or_else(|| parse_whole(text, source, range, sink))
}

/// The same for all of YAML, plain or not.
pub(super) fn parse_whole(text: &str, source: SourceId, range: Range<usize>, sink: &mut Sink) -> Option<Node> {
    let yaml = text.get(range.clone()).unwrap_or_default();
    let mut options = granit_parser::options! {};
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    let mut builder = Builder {
        events: Parser::new_from_str_with_options(yaml, options),
        yaml,
        source,
        base: range.start,
        nodes: 0,
        sink,
    };
    builder.document().ok()
}

pub(super) fn not_a_mapping(span: Span, sink: &mut Sink) {
    let lang = sink.lang();
    sink.push(
        Diagnostic::new(
            &BROKEN_YAML,
            span,
            tr!(lang, "l’en-tête doit être une suite de `clé: valeur`", "front matter must be a list of `key: value`"),
        )
        .help(tr!(lang, "écrivez par exemple `title: Le titre`", "write for instance `title: The title`")),
    );
}

/// Reading ended early; the finding is already in the sink.
struct Stop;

struct Builder<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
    yaml: &'a str,
    source: SourceId,
    base: usize,
    nodes: usize,
    sink: &'a mut Sink,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Node, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        let empty = Span::new(self.source, self.base..self.base);
        Ok(root.unwrap_or(Node { span: empty, value: Yaml::Null }))
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok((event, Span::new(self.source, self.base + range.start..self.base + range.end)))
            }
            Some(Err(error)) => {
                self.sink.push(broken_yaml::explain(&error, self.yaml, self.source, self.base, self.sink.lang()));
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span::new(self.source, self.base..self.base))),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > DEEPEST || self.nodes > MOST_NODES {
            let lang = self.sink.lang();
            self.sink.push(
                Diagnostic::new(
                    &OVERSIZED_FRONT_MATTER,
                    span,
                    tr!(lang, "cet en-tête est trop profond ou trop long", "this front matter is too deep or too long"),
                )
                .help(tr!(
                    lang,
                    "vérifiez les retraits et les crochets",
                    "check indentation and brackets"
                )),
            );
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor != 0 || tag.is_some(), span);
                let quoted = style != ScalarStyle::Plain;
                let value = if !quoted && matches!(&*text, "" | "~" | "null") {
                    Yaml::Null
                } else {
                    Yaml::Scalar(Scalar { text: text.into_owned(), quoted })
                };
                Ok(Node { span: self.trimmed(span), value })
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse(anchor != 0 || tag.is_some(), span);
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            let last = items.last().map_or(span, |item: &Node| item.span);
                            return Ok(Node { span: self.closed(span, last, end), value: Yaml::Sequence(items) });
                        }
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse(anchor != 0 || tag.is_some(), span);
                self.mapping(span, style == StructureStyle::Flow, depth)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(true, span);
                Ok(Node { span, value: Yaml::Null })
            }
            _ => Ok(Node { span, value: Yaml::Null }),
        }
    }

    fn mapping(&mut self, start: Span, flow: bool, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => {
                    let first = entries.first().filter(|_| !flow).map_or(start, |(key, _)| key.span);
                    let last = entries.last().map_or(start, |(key, node)| key.span.to(node.span));
                    let span = self.closed(first, last, span);
                    return Ok(Node { span, value: Yaml::Mapping(Mapping { span, entries }) });
                }
                Event::Scalar(text, _, anchor, tag) => {
                    self.refuse(anchor != 0 || tag.is_some() || text == "<<", span);
                    Key::new(text.into_owned(), self.trimmed(span))
                }
                event => {
                    let node = self.node(event, span, depth + 1)?;
                    let lang = self.sink.lang();
                    self.sink.push(
                        Diagnostic::new(
                            &BROKEN_YAML,
                            node.span,
                            tr!(lang, "une clé doit être un simple mot", "a key must be a plain word"),
                        )
                        .help(tr!(
                            lang,
                            "si c’est une valeur qui commence par `[` ou `{{`, mettez-la entre guillemets",
                            "if it is a value that begins with `[` or `{{`, put it between quotes"
                        )),
                    );
                    return Err(Stop);
                }
            };
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, depth + 1)?;
            if value.is_null() && value.span.start == value.span.end {
                // Nothing was written: point right behind the colon rather than at the next key.
                // A key with a question mark before it has none.
                let place = (key.span.end as usize).checked_sub(self.base);
                let rest = place.and_then(|place| self.yaml.get(place..));
                let colon = u32::from(rest.is_some_and(|rest| rest.starts_with(':')));
                value.span = Span { source: self.source, start: key.span.start, end: key.span.end + colon };
            }
            if let Some((first, _)) = entries.iter().find(|(known, _)| known.value == key.value) {
                let lang = self.sink.lang();
                let name = &key.value;
                self.sink.push(
                    Diagnostic::new(
                        &DUPLICATE_KEY,
                        key.span,
                        tr!(lang, "la clé `{name}` est écrite deux fois", "the key `{name}` is written twice"),
                    )
                    .related(first.span, tr!(lang, "première fois ici", "first written here"))
                    .help(tr!(
                        lang,
                        "gardez l’une des deux lignes, ou réunissez les valeurs dans une liste",
                        "keep one of the two lines, or join the values in a list"
                    )),
                );
                continue;
            }
            entries.push((key, value));
        }
    }

    /// The whole of a collection: a flow one ends with its bracket; a block one ends with its last child, since the parser's own
    /// end is already at the next token.
    fn closed(&self, first: Span, last: Span, end: Span) -> Span {
        let bracket = end.end > end.start;
        Span { source: self.source, start: first.start.min(last.start), end: if bracket { end.end } else { last.end } }
    }

    /// Without the line break that ends a block scalar.
    fn trimmed(&self, span: Span) -> Span {
        let range = span.range();
        let text = self.yaml.get(range.start - self.base..range.end - self.base).unwrap_or_default();
        Span::new(self.source, range.start..range.start + text.trim_end().len())
    }

    fn refuse(&mut self, refused: bool, span: Span) {
        if !refused {
            return;
        }
        let lang = self.sink.lang();
        self.sink.push(
            Diagnostic::new(
                &YAML_ANCHOR,
                span,
                tr!(
                    lang,
                    "les ancres, alias et étiquettes de YAML ne sont pas acceptés",
                    "YAML anchors, aliases and tags are not accepted"
                ),
            )
            .help(tr!(
                lang,
                "écrivez la valeur en entier, ou mettez-la entre guillemets",
                "write the value out, or put it between quotes"
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Snapshot;

    fn tree(yaml: &str) -> (Snapshot, Option<Node>, Sink) {
        let snapshot = Snapshot::from_texts([("a.md", yaml)]);
        let source = snapshot.find("a.md").unwrap();
        let mut sink = Sink::default();
        let node = parse(yaml, source, 0..yaml.len(), &mut sink);
        (snapshot, node, sink)
    }

    #[test]
    fn the_place_of_nothing_is_on_the_borders_of_characters() {
        for yaml in ["? \u{202f}", "? é", "a:", "a: \nb: é"] {
            let (_, node, _) = tree(yaml);
            for (_, value) in node.iter().filter_map(Node::as_mapping).flat_map(|mapping| &mapping.entries) {
                assert!(yaml.get(value.span.range()).is_some(), "{:?} in {yaml:?}", value.span);
            }
        }
    }

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        let yaml = "été: chaud\nliste:\n  - un\n  - « deux »\nobjet: { a: 1,5, b: [x] }\nfin: oui\n";
        let (snapshot, node, _) = tree(yaml);
        let node = node.unwrap();
        let mapping = node.as_mapping().unwrap();
        let (key, value) = mapping.entry("été").unwrap();
        assert_eq!((snapshot.text(key.span), snapshot.text(value.span)), ("été", "chaud"));
        assert_eq!(snapshot.text(mapping.get("liste").unwrap().span), "- un\n  - « deux »");
        assert_eq!(snapshot.text(mapping.get("objet").unwrap().span), "{ a: 1,5, b: [x] }");
        assert_eq!(snapshot.text(mapping.get("fin").unwrap().span), "oui");
    }

    #[test]
    fn a_second_key_is_found_with_its_first() {
        let (snapshot, _, sink) = tree("a: 1\nb: 2\na: 3\n");
        let finding = &sink.diagnostics()[0];
        assert_eq!(finding.code.name(), "duplicate-key");
        assert_eq!(finding.span.start, 10);
        assert_eq!(snapshot.text(finding.related[0].span), "a");
    }

    #[test]
    fn anchors_and_aliases_are_refused() {
        let (_, _, sink) = tree("a: &x 1\nb: *x\n");
        assert_eq!(sink.diagnostics().iter().filter(|d| d.code.name() == "yaml-anchor").count(), 2);
    }

    #[test]
    fn deep_nesting_ends_in_a_finding() {
        let (_, node, sink) = tree(&format!("a: {}", "[".repeat(10_000)));
        assert!(node.is_none());
        assert_eq!(sink.diagnostics().len(), 1);
    }
}
