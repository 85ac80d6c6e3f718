//! How many items a section holds, counted while the page is read once.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::{Section, options};

/// What stands between two headings.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Items of outermost lists.
    items: usize,
    /// Paragraphs outside of lists.
    paragraphs: usize,
}

impl Count {
    /// The items; where there is no list, the paragraphs.
    fn total(self) -> usize {
        if self.items > 0 { self.items } else { self.paragraphs }
    }
}

/// Counts the items of every section as the events of a page go by.
#[derive(Debug)]
pub(super) struct Counter {
    /// One a section, without its subsections.
    own: Vec<Count>,
    lists: usize,
    /// How many blocks and words are open.
    open: usize,
    /// Whether a heading stands inside a list or a quotation, so that its section ends in the middle of another block.
    is_nested: bool,
}

impl Counter {
    pub(super) fn new() -> Self {
        Self { own: vec![Count::default()], lists: 0, open: 0, is_nested: false }
    }

    pub(super) fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.start(tag);
                self.open += 1;
            }
            Event::End(tag) => {
                self.open -= 1;
                self.lists -= usize::from(matches!(tag, TagEnd::List(_)));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let Some(own) = self.own.last_mut() else { return };
        match tag {
            Tag::List(_) => self.lists += 1,
            Tag::Item => own.items += usize::from(self.lists == 1),
            Tag::Paragraph => own.paragraphs += usize::from(self.lists == 0),
            Tag::Heading { .. } => {
                self.is_nested |= self.open > 0;
                self.own.push(Count::default());
            }
            _ => {}
        }
    }

    /// Says how many items each section has, once its end is known. `base` is where the page's text begins in its file.
    pub(super) fn finish(&self, sections: &mut [Section], markdown: &str, base: usize) {
        let levels: Vec<u8> = sections.iter().map(|section| section.level).collect();
        for (place, section) in sections.iter_mut().enumerate().filter(|(_, section)| section.level > 0) {
            section.items = if self.is_nested {
                let Range { start, end } = section.content.range();
                count(markdown.get(start - base..end - base).unwrap_or_default())
            } else {
                let below = levels.iter().skip(place + 1).take_while(|level| **level > section.level).count();
                let parts = self.own.iter().skip(place).take(below + 1);
                let sum = parts.fold(Count::default(), |sum, part| Count {
                    items: sum.items + part.items,
                    paragraphs: sum.paragraphs + part.paragraphs,
                });
                sum.total()
            };
        }
    }
}

/// Counts the items of some Markdown on its own.
fn count(markdown: &str) -> usize {
    let mut counter = Counter::new();
    // Headings make no difference here.
    let events = Parser::new_ext(markdown, options());
    events
        .filter(|event| !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_))))
        .for_each(|event| counter.see(&event));
    counter.own.first().copied().unwrap_or_default().total()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::count;
    use crate::parse::parse_markdown;
    use crate::source::Snapshot;

    const PIECES: &[&str] = &[
        "## A\n",
        "### B\n",
        "# C\n",
        "Titre\n===\n",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "  ",
        "    ",
        "> ",
        "mot\n",
        "mot ",
        "[^1]: ",
        "[^1]",
        "[a]: b\n",
        "[a]",
        "```\n",
        "<div>\n",
        "<!-- ",
        "-->\n",
        "| a | b |\n",
        "| - | - |\n",
        ": ",
        "* * *\n",
        "[ ] ",
        "\t",
        "{#x}\n",
    ];

    proptest! {
        /// Reading a page once gives what reading each of its sections again would.
        #[test]
        fn a_section_counts_the_same_in_its_page_as_on_its_own(pieces in vec(proptest::sample::select(PIECES), 0..40)) {
            let text = pieces.concat();
            let snapshot = Snapshot::from_texts([("a.md", text.as_str())]);
            let body = parse_markdown(&text, snapshot.find("a.md").unwrap());
            for section in body.sections.iter().filter(|section| section.level > 0) {
                prop_assert_eq!(section.items, count(snapshot.text(section.content)), "{:?} in {:?}", section.title, text);
            }
        }
    }
}
