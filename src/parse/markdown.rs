use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::exact;
use super::items::Counter;
use super::prose::{Draft, Prose, append_text};
use super::slug;
use crate::source::{SourceFile, SourceId, Span};

/// The text of a page: its sections and its links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The whole of it, in its file.
    pub span: Span,
    /// What stands before the first heading, then one section a heading, in reading order.
    pub sections: Vec<Section>,
    /// Links and pictures, in reading order.
    pub links: Vec<Link>,
    /// Labels of footnotes that are cited and never written.
    pub lost_footnotes: Vec<(String, Span)>,
}

impl Body {
    /// The section whose heading has this slug, whatever its accents and capitals.
    pub fn section(&self, wanted: &str) -> Option<&Section> {
        let mut headed = self.sections.iter().filter(|section| section.level > 0);
        // The anchor of a heading is its slug, but for a heading that asks for another or comes again.
        headed
            .clone()
            .find(|section| *section.id == *wanted)
            .or_else(|| headed.find(|section| slug(&section.title) == wanted))
    }
}

/// A heading and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// The heading as plain text.
    pub title: Box<str>,
    /// Its anchor, unique in the page.
    pub id: Box<str>,
    /// The heading's place.
    pub heading: Span,
    /// What belongs to it, down to the next heading of its level or above.
    pub content: Span,
    /// Its own plain text, down to the next heading of any level, with one line a block.
    pub text: Prose,
    /// List items in `content`, outermost lists only; where there is no list, paragraphs.
    pub items: usize,
}

/// A link or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written.
    pub destination: String,
    /// The place of the destination (of the whole link when it cannot be told apart).
    pub span: Span,
    /// Whether it shows a picture.
    pub image: bool,
    /// Its words: the link's text, the picture's alternative.
    pub text: String,
}

/// The Markdown that authors write: CommonMark, with tables, footnotes, strikethrough, task lists, alerts and definition lists.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Reads the Markdown in a range of a file.
pub(super) fn parse(file: &Arc<SourceFile>, source: SourceId, range: Range<usize>) -> Body {
    read(file.text.get(range.clone()).unwrap_or_default(), Some(file), source, range)
}

/// Reads some Markdown that stands in no file as it is; places are those in the text.
pub fn parse_text(text: &str, source: SourceId) -> Body {
    read(text, None, source, 0..text.len())
}

fn read(markdown: &str, file: Option<&Arc<SourceFile>>, source: SourceId, range: Range<usize>) -> Body {
    let at = |inner: Range<usize>| Span::new(source, range.start + inner.start..range.start + inner.end);
    let mut heading: Option<(HeadingLevel, Option<String>, Range<usize>, String)> = None;
    let mut sections = Vec::with_capacity(16);
    sections.push(Section {
        level: 0,
        title: Box::default(),
        id: Box::default(),
        heading: at(0..0),
        content: at(0..markdown.len()),
        text: Prose::default(),
        items: 0,
    });
    let mut links = Vec::new();
    let mut open_links: Vec<(String, Range<usize>, bool, String)> = Vec::new();
    let mut lost_footnotes = Vec::new();
    let mut ids = BTreeSet::new();
    let mut items = Counter::new();
    // The words of the section at hand.
    let mut words = Draft::with_capacity(markdown.len());

    let parser = Parser::new_ext(markdown, options());
    for (event, inner) in parser.into_offset_iter() {
        items.see(&event);
        match &event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                heading = Some((*level, id.as_ref().map(ToString::to_string), inner.clone(), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, id, place, title)) = heading.take() {
                    let title: Box<str> = title.trim().into();
                    keep_words(&mut sections, words.finish(file));
                    sections.push(Section {
                        level: level_number(level),
                        id: unique(&id.unwrap_or_else(|| slug(&title)), &mut ids).into(),
                        title,
                        heading: at(
                            place.start..place.start + markdown.get(place.clone()).unwrap_or_default().trim_end().len()
                        ),
                        content: at(place.end..markdown.len()),
                        text: Prose::default(),
                        items: 0,
                    });
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                open_links.push((dest_url.to_string(), inner.clone(), false, String::new()));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open_links.push((dest_url.to_string(), inner.clone(), true, String::new()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((destination, place, image, text)) = open_links.pop() {
                    let span = at(destination_range(markdown, place, &destination));
                    links.push(Link { destination, span, image, text });
                }
            }
            // A footnote that is cited and never written comes as the text `[`, `^label`, `]`.
            Event::Text(words) if words.starts_with('[') => {
                let rest = markdown.get(inner.start..).unwrap_or_default();
                let label = rest.strip_prefix("[^").and_then(|rest| rest.split_once(']')).map(|(label, _)| label);
                if let Some(label) = label.filter(|label| !label.is_empty() && !label.contains(char::is_whitespace)) {
                    lost_footnotes.push((label.to_owned(), at(inner.start..inner.start + label.len() + 3)));
                }
            }
            _ => {}
        }
        if let Some((_, _, _, words)) = open_links.last_mut() {
            append_text(words, &event);
        }
        if let Some((_, _, _, title)) = &mut heading {
            append_text(title, &event);
        } else {
            words.push(&event, markdown, &inner, range.start);
        }
    }
    keep_words(&mut sections, words.finish(file));
    close_sections(&mut sections);
    items.finish(&mut sections, markdown, range.start);
    Body { span: Span::new(source, range), sections: exact(sections), links: exact(links), lost_footnotes }
}

/// Gives the last section its words.
fn keep_words(sections: &mut [Section], words: Prose) {
    if let Some(section) = sections.last_mut() {
        section.text = words;
    }
}

/// The words of some Markdown, one line a block.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, options()) {
        append_text(&mut text, &event);
    }
    text.trim().to_owned()
}

/// Ends each section where the next of its level or above begins.
fn close_sections(sections: &mut [Section]) {
    for index in 0..sections.len() {
        let level = sections[index].level;
        let next = sections[index + 1..].iter().find(|next| level == 0 || next.level <= level);
        if let Some(end) = next.map(|next| next.heading.start) {
            sections[index].content.end = end.max(sections[index].content.start);
        }
    }
}

/// The place of the destination inside a link: the last time that it is written there.
fn destination_range(markdown: &str, link: Range<usize>, destination: &str) -> Range<usize> {
    let whole = markdown.get(link.clone()).unwrap_or_default();
    match whole.rfind(destination) {
        Some(at) if !destination.is_empty() => link.start + at..link.start + at + destination.len(),
        _ => link,
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The id, or the first of `id-2`, `id-3`… that is free.
fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let id = if id.is_empty() { "section" } else { id };
    let mut free = id.to_owned();
    let mut number = 1;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{id}-{number}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Snapshot;

    fn body(text: &str) -> (Snapshot, Body) {
        let snapshot = Snapshot::from_texts([("a.md", text)]);
        let source = snapshot.find("a.md").unwrap();
        let body = parse(snapshot.shared(source), source, 0..text.len());
        (snapshot, body)
    }

    #[test]
    fn sections_hold_their_subsections() {
        let (snapshot, body) =
            body("Début.\n\n## Décisions\n\n- une\n- deux\n\n### Détail\n\nTexte.\n\n## Suite\n\nFin.\n");
        let titles: Vec<_> = body.sections.iter().map(|s| (s.level, &*s.id, s.items)).collect();
        assert_eq!(titles, [(0, "", 0), (2, "decisions", 2), (3, "detail", 1), (2, "suite", 1)]);
        assert!(snapshot.text(body.sections[1].content).contains("Texte."));
        assert!(!snapshot.text(body.sections[1].content).contains("Suite"));
        assert_eq!(body.sections[1].text.read(), "une\ndeux");
    }

    #[test]
    fn links_know_where_their_destination_stands() {
        let (snapshot, body) = body("Voir [le **guide**](../guide.md#a) et ![plan](plan.png).");
        assert_eq!(snapshot.text(body.links[0].span), "../guide.md#a");
        assert_eq!((body.links[1].image, body.links[1].text.as_str()), (true, "plan"));
    }

    #[test]
    fn equal_headings_get_different_anchors() {
        let (_, body) = body("## A\n\n## A\n\n## B {#a}\n");
        let ids: Vec<_> = body.sections.iter().skip(1).map(|s| &*s.id).collect();
        assert_eq!(ids, ["a", "a-2", "a-3"]);
    }

    #[test]
    fn a_footnote_without_its_note_is_kept() {
        let (_, body) = body("Un fait[^1], un autre[^2].\n\n[^1]: sa source\n");
        assert_eq!(body.lost_footnotes.len(), 1);
        assert_eq!(body.lost_footnotes[0].0, "2");
    }
}
