use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

use super::alert::alert;
use super::footnote::Footnotes;
use super::table::Table;
use crate::check::views::placed;
use crate::parse::markdown_options;
use crate::render::escape::escape;
use crate::render::gloss::Told;
use crate::render::link::{self, Href};
use crate::render::shared::Shared;
use crate::render::view;
use crate::source::SourceId;

/// What a heading has.
pub(super) struct Anchor<'a> {
    pub(super) id: &'a str,
    /// HTML that follows its section.
    pub(super) after: String,
}

/// Turns the events of the parser into events that its HTML writer may see.
pub(super) struct Writer<'a, 'p> {
    shared: &'a Shared<'a>,
    source: SourceId,
    root: &'a str,
    pub(super) anchors: VecDeque<Anchor<'a>>,
    /// What follows the sections that are open, with their levels.
    after: Vec<(HeadingLevel, String)>,
    /// The page that the text is from, where it is shown on another.
    pub(super) away: Option<&'a str>,
    /// By how much its headings are lower than written.
    pub(super) deeper: i8,
    out: Vec<Event<'p>>,
    pub(super) notes: Footnotes<'p>,
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
    /// The terms of glossaries that the page has told, where it tells them at all.
    pub(super) told: Option<Told>,
    /// The pictures that are open: what stands in one is its alternative.
    pictures: Vec<Picture>,
    /// The name of the view that is being placed, with its caption so far.
    view: Option<(String, String)>,
    /// Names of the tables so far; no two regions of a page are called the same.
    tables: Vec<String>,
}

/// How a picture reaches the reader.
enum Picture {
    /// As a picture.
    Shown,
    /// By its alternative, as a link where it does not stand in one.
    Told { linked: bool },
}

impl<'a, 'p> Writer<'a, 'p> {
    pub(super) fn new(shared: &'a Shared<'a>, source: SourceId, root: &'a str) -> Self {
        Self {
            shared,
            source,
            root,
            anchors: VecDeque::new(),
            after: Vec::new(),
            away: None,
            deeper: 0,
            out: Vec::new(),
            notes: Footnotes::default(),
            table: None,
            links: Vec::new(),
            raw: None,
            code: None,
            heading: String::new(),
            in_heading: false,
            told: None,
            pictures: Vec::new(),
            view: None,
            tables: Vec::new(),
        }
    }

    pub(super) fn write(mut self, markdown: &'p str) -> String {
        for event in Parser::new_ext(markdown, markdown_options()) {
            self.event(event);
        }
        self.finish(markdown.len() * 3 / 2)
    }

    /// Writes a range of a text, and the notes that it refers to wherever they stand.
    pub(super) fn write_part(mut self, markdown: &'p str, part: &Range<usize>) -> String {
        let mut notes: HashMap<String, Vec<Event<'p>>> = HashMap::new();
        let mut open: Vec<(String, Vec<Event<'p>>)> = Vec::new();
        for (event, range) in Parser::new_ext(markdown, markdown_options()).into_offset_iter() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, events)) = open.pop() {
                        notes.entry(label).or_insert(events);
                    }
                }
                event => match open.last_mut() {
                    Some((_, events)) => events.push(event),
                    None if part.start <= range.start && range.end <= part.end => self.event(event),
                    None => {}
                },
            }
        }
        let mut place = 0;
        while let Some(label) = self.notes.cited(place) {
            self.notes.open(&label);
            notes.remove(&label).unwrap_or_default().into_iter().for_each(|event| self.event(event));
            self.notes.close();
            place += 1;
        }
        self.finish(part.len() * 3 / 2)
    }

    fn finish(mut self, capacity: usize) -> String {
        self.end_sections(HeadingLevel::H1);
        let mut page = String::with_capacity(capacity);
        html::push_html(&mut page, self.out.into_iter());
        self.notes.write(self.shared.words(), &mut page);
        page
    }

    fn event(&mut self, event: Event<'p>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) if self.view.is_some() => {
                if let Some((_, caption)) = &mut self.view {
                    caption.push_str(&text);
                }
            }
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
                match event {
                    Event::Text(words) if self.is_prose() => self.prose(words),
                    event => self.push(event),
                }
            }
        }
    }

    /// Whether the text that comes is one in which terms are told.
    fn is_prose(&self) -> bool {
        self.told.is_some()
            && self.view.is_none()
            && !self.in_heading
            && self.links.is_empty()
            && self.pictures.is_empty()
    }

    /// Writes a text, telling the terms that it is the first to use.
    fn prose(&mut self, words: CowStr<'p>) {
        let told = self.told.as_mut().and_then(|told| self.shared.gloss.tell(&words, told, self.root));
        match told {
            Some(events) => events.into_iter().for_each(|event| self.push(event)),
            None => self.push(Event::Text(words)),
        }
    }

    fn start(&mut self, tag: Tag<'p>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_sections(level);
                self.heading.clear();
                self.in_heading = true;
                let anchor = self.anchors.pop_front();
                let id = anchor.as_ref().map(|anchor| format!(" id=\"{}\"", escape(anchor.id))).unwrap_or_default();
                if let Some(anchor) = anchor.filter(|anchor| !anchor.after.is_empty()) {
                    self.after.push((level, anchor.after));
                }
                self.html(format!("<{}{id}>", self.lower(level)));
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
                    self.html(format!(
                        "<blockquote class=\"markdown-alert-{name}\"><p class=\"alert-title\">{title}</p>\n"
                    ));
                }
                None => self.html("<blockquote>\n"),
            },
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { String::new() };
                let destination = if mail.is_empty() { &*dest_url } else { &mail };
                self.open_link(destination);
            }
            Tag::Image { dest_url, .. } if placed(&dest_url).is_some() => {
                self.view = placed(&dest_url).map(|name| (name.to_owned(), String::new()));
            }
            Tag::Image { dest_url, .. } => self.open_picture(&dest_url),
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
                self.html(match self.lower(level) {
                    HeadingLevel::H1 => "</h1>\n",
                    HeadingLevel::H2 => "</h2>\n",
                    HeadingLevel::H3 => "</h3>\n",
                    HeadingLevel::H4 => "</h4>\n",
                    HeadingLevel::H5 => "</h5>\n",
                    HeadingLevel::H6 => "</h6>\n",
                });
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
            TagEnd::BlockQuote(_) => self.html("</blockquote>\n"),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.html("</a>");
                }
            }
            TagEnd::Image if self.view.is_some() => {
                // Elsewhere than in the text of its own page, a view is left out: its page has it.
                if let Some((name, caption)) = self.view.take().filter(|_| self.told.is_some()) {
                    self.html(view::mark(&name, &caption));
                }
            }
            TagEnd::Image => match self.pictures.pop() {
                Some(Picture::Told { linked }) => {
                    let said = escape(self.shared.words().text("picture_elsewhere"));
                    self.html(format!(" ({said}){}", if linked { "</a>" } else { "" }));
                }
                _ => self.push(Event::End(tag)),
            },
            TagEnd::FootnoteDefinition => self.notes.close(),
            TagEnd::Table => {
                self.table = None;
                self.html(Table::CLOSING);
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                let html = self.table.as_mut().map(|table| table.end(tag)).unwrap_or_default();
                self.html(html);
            }
            tag => self.push(Event::End(tag)),
        }
    }

    fn open_link(&mut self, destination: &str) {
        let href = match (link::resolve(self.shared, self.source, destination), self.away) {
            (Href::Here(place), Some(page)) => Href::Inside(format!("{page}{place}")),
            (href, _) => href,
        };
        // A link in the alternative of a picture is its words.
        let open = href.on_page(self.root).filter(|_| self.pictures.is_empty());
        self.links.push(open.is_some());
        if let Some(address) = open {
            let outside = matches!(href, Href::Outside(_));
            let rel = if outside { " rel=\"noopener\"" } else { "" };
            self.html(format!("<a href=\"{}\"{rel}>", escape(&address)));
        }
    }

    /// A picture of the book is shown. One of another site is told, with a link: a page asks nothing of any other site, even
    /// where the finding about it was switched off.
    fn open_picture(&mut self, destination: &str) {
        let href = link::resolve(self.shared, self.source, destination);
        let address = href.on_page(self.root).unwrap_or_default();
        if matches!(href, Href::Outside(_)) {
            let linked = self.pictures.is_empty() && !self.links.contains(&true);
            self.pictures.push(Picture::Told { linked });
            if linked {
                self.html(format!("<a href=\"{}\" rel=\"noopener\">", escape(&address)));
            }
            return;
        }
        self.pictures.push(Picture::Shown);
        self.push(Event::Start(Tag::Image {
            link_type: LinkType::Inline,
            dest_url: CowStr::from(address),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
    }

    /// Writes what follows the sections that a heading of some level ends.
    fn end_sections(&mut self, level: HeadingLevel) {
        while let Some((_, html)) = self.after.pop_if(|(open, _)| *open >= level) {
            self.html(html);
        }
    }

    /// The level at which a heading is shown: the title of the page is its only one of level 1.
    fn lower(&self, level: HeadingLevel) -> HeadingLevel {
        if self.away.is_none() {
            return level.max(HeadingLevel::H2);
        }
        let lowered = (level as usize).saturating_add_signed(self.deeper.into()).clamp(4, 6);
        HeadingLevel::try_from(lowered).unwrap_or(HeadingLevel::H6)
    }

    fn html(&mut self, html: impl Into<CowStr<'p>>) {
        self.push(Event::InlineHtml(html.into()));
    }

    fn push(&mut self, event: Event<'p>) {
        match self.notes.current() {
            Some(note) => note.push(event),
            None => self.out.push(event),
        }
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.matches("-->").count() == 1
}
