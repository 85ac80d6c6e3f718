//! The terms of the book's glossaries, told where a page first uses them.

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use pulldown_cmark::{CowStr, Event};

use super::escape::escape;
use crate::model::{Document, DocumentId, Site};
use crate::schema::Collection;

/// Every term that a text can be searched for, at once.
#[derive(Default)]
pub(super) struct Gloss<'a> {
    terms: Vec<Term<'a>>,
    finder: Option<AhoCorasick>,
}

/// A way in which a glossary writes a term.
struct Term<'a> {
    written: &'a str,
    /// An abbreviation is one only as it is written: `ET` is no `et`.
    is_short: bool,
    document: &'a Document,
    collection: &'a Collection,
}

/// What a page has told so far.
#[derive(Default)]
pub(super) struct Told {
    /// The page's own document, which need not be told there.
    own: Option<DocumentId>,
    terms: HashSet<DocumentId>,
}

impl Told {
    pub(super) fn nothing(own: Option<DocumentId>) -> Self {
        Self { own, terms: HashSet::new() }
    }
}

impl<'a> Gloss<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let mut terms = Vec::new();
        for collection in site.schema.collections.values() {
            let Some(keys) = &collection.glossary else { continue };
            let documents = site.by_collection.get(&collection.id).into_iter().flatten().map(|id| site.document(*id));
            for document in documents.filter(|document| !document.draft) {
                let short = document.values.get(&keys.short).and_then(|item| item.value.as_text());
                let (written, is_short) =
                    short.map_or((document.page.title.value.as_str(), false), |short| (short, true));
                terms.push(Term { written, is_short, document, collection });
            }
        }
        let finder = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(terms.iter().map(|term| term.written));
        // Only a glossary of some gigabytes is more than it can take.
        Self { finder: finder.ok().filter(|_| !terms.is_empty()), terms }
    }

    /// A text with each term that it is the first to use told; `None` where there is nothing to tell.
    pub(super) fn tell<'p>(&self, text: &str, told: &mut Told, root: &str) -> Option<Vec<Event<'p>>> {
        let uses = self.first_uses(text, told);
        if uses.is_empty() {
            return None;
        }
        let part = |range: Range<usize>| Event::Text(CowStr::from(text.get(range).unwrap_or_default().to_owned()));
        let html = |html: String| Event::InlineHtml(CowStr::from(html));
        let (mut events, mut at) = (Vec::new(), 0);
        for (place, (range, term)) in uses.iter().enumerate() {
            let next = uses.get(place + 1).map_or(text.len(), |(next, _)| next.start);
            let line = unbroken(text, range, &(at..next));
            let word = text.get(range.clone()).unwrap_or_default();
            events.extend([
                part(at..line.start),
                html("<span class=\"unbroken\">".to_owned()),
                part(line.start..range.start),
                html(term.html(word, root)),
                part(range.end..line.end),
                html("</span>".to_owned()),
            ]);
            at = line.end;
        }
        events.push(part(at..text.len()));
        Some(events)
    }

    /// Where a text first uses a term, and the term; in order.
    fn first_uses(&self, text: &str, told: &mut Told) -> Vec<(Range<usize>, &Term<'a>)> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let mut uses = Vec::new();
        for found in finder.find_iter(text) {
            let term = &self.terms[found.pattern().as_usize()];
            let (before, word) = text.split_at(found.start());
            let (word, after) = word.split_at(found.len());
            let is_whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
            let is_meant = is_whole && (!term.is_short || word == term.written) && told.own != Some(term.document.id);
            if is_meant && told.terms.insert(term.document.id) {
                uses.push((found.range(), term));
            }
        }
        uses
    }
}

/// The part of a text, around a term, that no line may break: a button is a box of its own, and lines break around boxes whatever
/// stands beside them. `free` is the part that is not taken by other terms.
fn unbroken(text: &str, term: &Range<usize>, free: &Range<usize>) -> Range<usize> {
    let before = text.get(free.start..term.start).unwrap_or_default();
    let after = text.get(term.end..free.end).unwrap_or_default();
    let stuck = before.strip_suffix("« ").unwrap_or(before);
    let start = stuck.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let start = if stuck.len() < before.len() { stuck.len() } else { start };
    let mut end = after.find(char::is_whitespace).unwrap_or(after.len());
    let rest = after.get(end..).unwrap_or_default();
    let sign = rest.strip_prefix(' ').filter(|sign| sign.starts_with([':', ';', '!', '?', '»']));
    if let Some(sign) = sign {
        end = after.len() - sign.len() + sign.find(char::is_whitespace).unwrap_or(sign.len());
    }
    // A long name must be able to wrap on a narrow screen.
    if term.len() > LONGEST_UNBROKEN { term.clone() } else { free.start + start..term.end + end }
}

const LONGEST_UNBROKEN: usize = 24;

impl Term<'_> {
    /// The term as the text has it, as a button, and what the glossary says of it, which the button shows. Both are inline, and work
    /// without a script.
    fn html(&self, word: &str, root: &str) -> String {
        let Term { document, collection, .. } = self;
        let page = &document.page;
        let long = collection.glossary.as_ref().and_then(|keys| document.values.get(&keys.long)?.value.as_text());
        let long = long.map(|long| format!(" – {}", escape(long))).unwrap_or_default();
        let summary = page.summary.as_ref().map(|summary| format!("<span>{}</span> ", escape(&summary.value)));
        let (name, url) = (escape(&document.name.replace(['/', ' '], "_")), escape(&page.url));
        format!(
            "<button type=\"button\" class=\"term\" popovertarget=\"term_{name}\">{}</button><span class=\"term-card\" \
             id=\"term_{name}\" popover><strong>{}{long}</strong> {}<a href=\"{root}{url}\">{}</a></span>",
            escape(word),
            escape(&page.title.value),
            summary.unwrap_or_default(),
            escape(&collection.title),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::render::tests::{book, main_of};

    const TERMS: &str = "---\ntitle: Termes\ncollection:\n  singular: terme\n  glossary: { short: sigle, long: en_entier }\n  fields:\n    sigle: { type: string }\n    en_entier: { type: string }\n---\n";

    /// The page of a note with this text, in a book with two terms.
    fn note(markdown: &str) -> String {
        let (artifacts, sink, _) = book(&[
            ("content/termes/_index.md", TERMS),
            (
                "content/termes/et.md",
                "---\ntitle: ET\nsummary: Un essai.\nsigle: ET\nen_entier: essai technique\n---\nUn ET est long.\n",
            ),
            ("content/termes/banc.md", "---\ntitle: Banc d’essai\n---\nMot.\n"),
            ("content/notes/a.md", &format!("---\ntitle: A\nville: Rennes\n---\n{markdown}\n")),
        ]);
        assert!(sink.diagnostics().is_empty(), "{:?}", sink.diagnostics());
        main_of(&artifacts, "notes/a/index.html")
    }

    #[test]
    fn a_term_is_told_where_it_is_first_used() {
        let page = note("Lent et sûr : l’ET, puis un ET.\n\nUn banc d’essai, des bancs d’essais.");
        assert!(page.contains("Lent et sûr"), "{page}");
        assert_eq!(page.matches("popovertarget=\"term_et\">ET</button>").count(), 1, "{page}");
        assert!(page.contains(
            "<strong>ET – essai technique</strong> <span>Un essai.</span> <a href=\"../../termes/et/\">Termes</a>"
        ));
        assert_eq!(page.matches("popovertarget=\"term_banc\">banc d’essai</button>").count(), 1, "{page}");
    }

    #[test]
    fn what_sticks_to_a_term_stays_on_its_line() {
        let unbroken = |text: &str| {
            let at = text.find("ET").unwrap();
            text.get(super::unbroken(text, &(at..at + 2), &(0..text.len()))).unwrap().to_owned()
        };
        assert_eq!(unbroken("et de l’ET), sans"), "l’ET),");
        assert_eq!(unbroken("la « ET » est"), "« ET »");
        assert_eq!(unbroken("une ET : oui"), "ET :");
        assert_eq!(unbroken("ET"), "ET");
    }

    #[test]
    fn headings_links_code_and_pictures_are_left_alone() {
        let page = note("## Un ET\n\n[un ET](b.md \"ET\") `ET` ![ET](https://exemple.fr/et.png)\n\n    ET\n");
        assert!(!page.contains("popovertarget"), "{page}");
    }
}
