//! Markdown to HTML: CommonMark as authors write it, and nothing that they could break a page with.
//!
//! Raw HTML is shown as text and comments are dropped; links lead to pages instead of files; code is coloured by class; notes stand
//! at the end. No style attribute is ever written, since the pages' security policy forbids it.

mod footnote;
mod table;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

use self::footnote::Footnotes;
use self::table::Table;
use super::escape::escape;
use super::link::{self, Href};
use super::shared::Shared;
use crate::parse::{Body, markdown_options};
use crate::source::SourceId;

/// The HTML of a page's text. Its headings take the anchors that the model gave them.
pub(super) fn body(shared: &Shared<'_>, body: &Body, root: &str) -> String {
    let anchors = body.sections.iter().filter(|section| section.level > 0).map(|section| section.id.as_str()).collect();
    let markdown = shared.cx.snapshot.text(body.span);
    Writer::new(shared, body.span.source, root, anchors).write(markdown)
}

/// The HTML of a text inside a field; its headings have no anchor.
pub(super) fn fragment(shared: &Shared<'_>, markdown: &str, source: SourceId, root: &str) -> String {
    Writer::new(shared, source, root, Vec::new()).write(markdown)
}

/// Turns the events of the parser into events that its HTML writer may see.
struct Writer<'a, 'p> {
    shared: &'a Shared<'a>,
    source: SourceId,
    root: &'a str,
    anchors: std::vec::IntoIter<&'a str>,
    out: Vec<Event<'p>>,
    notes: Footnotes<'p>,
    table: Option<Table>,
    /// Whether each open link was let through.
    links: Vec<bool>,
    /// Raw HTML of the block that is open.
    raw: Option<String>,
    /// Code of the block that is open, with its language.
    code: Option<(String, String)>,
    /// Words of the last heading, which name the tables below it.
    heading: String,
    in_heading: bool,
    /// Names of the tables so far; no two regions of a page are called the same.
    tables: Vec<String>,
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(shared: &'a Shared<'a>, source: SourceId, root: &'a str, anchors: Vec<&'a str>) -> Self {
        Self {
            shared,
            source,
            root,
            anchors: anchors.into_iter(),
            out: Vec::new(),
            notes: Footnotes::default(),
            table: None,
            links: Vec::new(),
            raw: None,
            code: None,
            heading: String::new(),
            in_heading: false,
            tables: Vec::new(),
        }
    }

    fn write(mut self, markdown: &'p str) -> String {
        for event in Parser::new_ext(markdown, markdown_options()) {
            self.event(event);
        }
        let mut page = String::with_capacity(markdown.len() * 3 / 2);
        html::push_html(&mut page, self.out.into_iter());
        self.notes.write(self.shared.words(), &mut page);
        page
    }

    fn event(&mut self, event: Event<'p>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code.is_some() => {
                if let Some((_, code)) = &mut self.code {
                    code.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None if is_comment(&html) => {}
                None => self.push(Event::Text(html)),
            },
            Event::FootnoteReference(label) => {
                let mark = self.notes.refer(&label);
                self.html(mark);
            }
            Event::TaskListMarker(done) => {
                let label = escape(self.shared.words().text(if done { "task_done" } else { "task_open" }));
                let checked = if done { " checked" } else { "" };
                self.html(format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
            }
            event => {
                if let (true, Event::Text(words) | Event::Code(words)) = (self.in_heading, &event) {
                    self.heading.push_str(words);
                }
                self.push(event);
            }
        }
    }

    fn start(&mut self, tag: Tag<'p>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.heading.clear();
                self.in_heading = true;
                let id = self.anchors.next().map(|id| format!(" id=\"{}\"", escape(id))).unwrap_or_default();
                self.html(format!("<{}{id}>", below_the_title(level)));
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(words) => words.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::BlockQuote(kind) => match kind.map(alert) {
                Some((name, word)) => {
                    let title = escape(self.shared.words().text(word));
                    self.html(format!("<blockquote class=\"markdown-alert-{name}\"><p class=\"alert-title\">{title}</p>\n"));
                }
                None => self.html("<blockquote>\n".to_owned()),
            },
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { String::new() };
                let destination = if mail.is_empty() { &*dest_url } else { &mail };
                self.open_link(destination);
            }
            Tag::Image { dest_url, .. } => {
                let href = link::resolve(self.shared, self.source, &dest_url).on_page(self.root).unwrap_or_default();
                self.push(Event::Start(Tag::Image {
                    link_type: LinkType::Inline,
                    dest_url: CowStr::from(href),
                    title: CowStr::Borrowed(""),
                    id: CowStr::Borrowed(""),
                }));
            }
            Tag::FootnoteDefinition(label) => self.notes.open(&label),
            Tag::Table(alignments) => {
                let words = self.shared.words();
                let name = match self.heading.trim() {
                    "" => words.text("table").to_owned(),
                    heading => words.text("table_named").replace("{name}", heading),
                };
                let before = self.tables.iter().filter(|known| **known == name).count();
                let title = if before == 0 { name.clone() } else { format!("{name} ({})", before + 1) };
                self.tables.push(name);
                self.html(Table::opening(&title));
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                let html = self.table.as_mut().map(|table| table.start(&tag)).unwrap_or_default();
                self.html(html);
            }
            tag => self.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                self.in_heading = false;
                self.html(format!("</{}>\n", below_the_title(level)));
            }
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    let html = self.shared.highlighter.highlight(&language, &code);
                    self.html(format!("<pre tabindex=\"0\"><code>{html}</code></pre>\n"));
                }
            }
            TagEnd::HtmlBlock => {
                let raw = self.raw.take().unwrap_or_default();
                if !is_comment(&raw) {
                    self.html(format!("<p>{}</p>\n", escape(raw.trim_end())));
                }
            }
            TagEnd::BlockQuote(_) => self.html("</blockquote>\n".to_owned()),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.html("</a>".to_owned());
                }
            }
            TagEnd::FootnoteDefinition => self.notes.close(),
            TagEnd::Table => {
                self.table = None;
                self.html(Table::CLOSING.to_owned());
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                let html = self.table.as_mut().map(|table| table.end(tag)).unwrap_or_default();
                self.html(html);
            }
            tag => self.push(Event::End(tag)),
        }
    }

    fn open_link(&mut self, destination: &str) {
        let href = link::resolve(self.shared, self.source, destination);
        let open = href.on_page(self.root);
        self.links.push(open.is_some());
        if let Some(address) = open {
            let outside = matches!(href, Href::Outside(_));
            let rel = if outside { " rel=\"noopener\"" } else { "" };
            self.html(format!("<a href=\"{}\"{rel}>", escape(&address)));
        }
    }

    fn html(&mut self, html: String) {
        self.push(Event::InlineHtml(CowStr::from(html)));
    }

    fn push(&mut self, event: Event<'p>) {
        match self.notes.current() {
            Some(note) => note.push(event),
            None => self.out.push(event),
        }
    }
}

/// The title of the page is its only heading of level 1.
fn below_the_title(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H2)
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.matches("-->").count() == 1
}

/// The class of an alert, and the word of the theme that names it.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "alert_note"),
        BlockQuoteKind::Tip => ("tip", "alert_tip"),
        BlockQuoteKind::Important => ("important", "alert_important"),
        BlockQuoteKind::Warning => ("warning", "alert_warning"),
        BlockQuoteKind::Caution => ("caution", "alert_caution"),
    }
}
