use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, html};

use super::escape;
use crate::render::words::Words;

/// The notes of a text, numbered as they are first referred to.
#[derive(Default)]
pub(super) struct Footnotes<'p> {
    /// What tells the notes of this text from others on the page; empty for the text that the page is about.
    scope: String,
    /// Labels in the order of their numbers, and how often each is referred to.
    cited: Vec<(String, usize)>,
    written: HashMap<String, Vec<Event<'p>>>,
    /// Labels of the notes that are open, each with what it holds so far.
    open: Vec<(String, Vec<Event<'p>>)>,
}

impl<'p> Footnotes<'p> {
    pub(super) fn new(scope: &str) -> Self {
        Self { scope: scope.to_owned(), ..Self::default() }
    }

    /// The label of a note that is referred to, in the order of their numbers.
    pub(super) fn cited(&self, place: usize) -> Option<String> {
        self.cited.get(place).map(|(label, _)| label.clone())
    }

    /// The mark of one more reference.
    pub(super) fn refer(&mut self, label: &str) -> String {
        let place = self.cited.iter().position(|(cited, _)| cited == label).unwrap_or_else(|| {
            self.cited.push((label.to_owned(), 0));
            self.cited.len() - 1
        });
        self.cited[place].1 += 1;
        let (number, id, scope) = (place + 1, self.reference_id(place + 1, self.cited[place].1), &self.scope);
        format!("<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#fn_{scope}{number}\">{number}</a></sup>")
    }

    pub(super) fn open(&mut self, label: &str) {
        self.open.push((label.to_owned(), Vec::new()));
    }

    pub(super) fn close(&mut self) {
        if let Some((label, events)) = self.open.pop() {
            self.written.entry(label).or_insert(events);
        }
    }

    /// Where events go while a note is open.
    pub(super) fn current(&mut self) -> Option<&mut Vec<Event<'p>>> {
        self.open.last_mut().map(|(_, events)| events)
    }

    /// Writes the list of notes; nothing where nothing is referred to.
    pub(super) fn write(mut self, words: &Words, page: &mut String) {
        if self.cited.is_empty() {
            return;
        }
        let title = escape(words.text("footnotes"));
        let scope = self.scope.clone();
        let _ = if scope.is_empty() {
            writeln!(
                page,
                "<section class=\"footnotes\" aria-labelledby=\"notes_title\"><h2 id=\"notes_title\">{title}</h2><ol>"
            )
        } else {
            writeln!(page, "<section class=\"footnotes\" aria-label=\"{title} ({})\"><ol>", scope.trim_end_matches('_'))
        };
        let back = escape(words.text("back_to_text"));
        let cited = std::mem::take(&mut self.cited);
        for (place, (label, count)) in cited.iter().enumerate() {
            let number = place + 1;
            let mut note = String::new();
            html::push_html(&mut note, self.written.remove(label).unwrap_or_default().into_iter());
            note.truncate(note.trim_end().len());
            let in_paragraph = note.ends_with("</p>");
            if in_paragraph {
                note.truncate(note.len() - "</p>".len());
            }
            let _ = write!(page, "<li id=\"fn_{scope}{number}\">{note}");
            for time in 1..=*count {
                let id = self.reference_id(number, time);
                let _ =
                    write!(page, " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{back} ({number})\">↩</a>");
            }
            page.push_str(if in_paragraph { "</p></li>\n" } else { "</li>\n" });
        }
        page.push_str("</ol></section>\n");
    }

    fn reference_id(&self, number: usize, time: usize) -> String {
        let scope = &self.scope;
        if time == 1 { format!("fnref_{scope}{number}") } else { format!("fnref_{scope}{number}_{time}") }
    }
}
