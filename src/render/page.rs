use serde::Serialize;
use tera::Value;

use super::card;
use super::chrome::Place;
use super::failure;
use super::linked;
use super::shared::Shared;
use super::typography;
use crate::diagnostic::Sink;
use crate::model;
use crate::source::{SourceId, Span, Spanned};

/// A page that only its template is missing to.
pub(super) struct Page {
    template: String,
    /// The file that a failure is reported on, where the template is not the book's own.
    about: Span,
    url: String,
    place: Place,
    context: tera::Context,
}

/// What every page says of itself: `page` in templates.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    /// Address below the root of the site.
    pub(super) url: String,
    /// The way from here to the root of the site.
    pub(super) root: String,
    /// The whole address, where the book says where it stands.
    pub(super) canonical: String,
    pub(super) breadcrumbs: Vec<Crumb>,
    /// The collection it belongs to.
    pub(super) section: String,
    pub(super) source_path: String,
    pub(super) edit_url: String,
    pub(super) history_url: String,
    /// The feed of the list that it shows.
    pub(super) feed_url: String,
    pub(super) toc: Vec<Heading>,
    /// What the page is about, as JSON-LD.
    #[serde(skip)]
    pub(super) nodes: Vec<String>,
}

/// A page above this one.
#[derive(Debug, Serialize)]
pub(super) struct Crumb {
    pub(super) title: String,
    pub(super) url: String,
}

/// A line of the table of contents.
#[derive(Debug, Serialize)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) id: String,
    pub(super) title: String,
}

impl Head {
    /// The head of a page that the engine makes by itself.
    pub(super) fn new(shared: &Shared<'_>, kind: &'static str, title: &str, url: &str) -> Self {
        let base = &shared.cx.config.base_url;
        let depth = url.matches('/').count();
        Self {
            kind,
            title: title.to_owned(),
            description: String::new(),
            url: url.to_owned(),
            root: if depth == 0 { "./".to_owned() } else { "../".repeat(depth) },
            canonical: if base.is_empty() { String::new() } else { format!("{base}/{url}") },
            breadcrumbs: Vec::new(),
            section: String::new(),
            source_path: String::new(),
            edit_url: String::new(),
            history_url: String::new(),
            feed_url: String::new(),
            toc: Vec::new(),
            nodes: Vec::new(),
        }
    }

    /// The head of a page that an author wrote.
    pub(super) fn of(shared: &Shared<'_>, kind: &'static str, page: &model::Page) -> Self {
        let config = shared.cx.config;
        let path = &shared.cx.snapshot.file(page.source).path;
        let on_the_forge = |template: &Option<String>| {
            template.as_deref().map(|template| template.replace("{path}", path)).unwrap_or_default()
        };
        Self {
            description: page.summary.as_ref().map(|summary| summary.value.clone()).unwrap_or_default(),
            source_path: path.clone(),
            edit_url: on_the_forge(&config.edit_url_template),
            history_url: on_the_forge(&config.history_url_template),
            toc: page
                .body
                .sections
                .iter()
                .filter(|section| (1..=3).contains(&section.level))
                .map(|section| Heading {
                    level: section.level.max(2),
                    id: section.id.as_ref().to_owned(),
                    title: section.title.as_ref().to_owned(),
                })
                .collect(),
            ..Self::new(shared, kind, &page.title.value, &page.url)
        }
    }

    /// Says which pages stand above, the home page first.
    pub(super) fn below<'t>(
        mut self,
        shared: &Shared<'_>,
        pages: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Self {
        let crumb = |(title, url): (&str, &str)| Crumb { title: title.to_owned(), url: url.to_owned() };
        self.breadcrumbs.push(crumb((shared.words().text("home"), "")));
        self.breadcrumbs.extend(pages.into_iter().map(crumb));
        self
    }

    /// Adds a line to the table of contents.
    pub(super) fn heading(&mut self, level: u8, id: &str, title: &str) {
        self.toc.push(Heading { level, id: id.to_owned(), title: title.to_owned() });
    }
}

impl Page {
    pub(super) fn new(shared: &Shared<'_>, template: &str, head: &Head) -> Self {
        let mut context = tera::Context::new();
        context.insert_value("site", shared.site.clone());
        context.insert_value("t", shared.texts.clone());
        context.insert_value("chrome", shared.chrome_marks.clone());
        context.insert("page", head);
        context.insert("card_url", &card::url(shared, &head.section));
        context.insert("linked_data", &linked::write(shared, head));
        Self {
            template: template.to_owned(),
            about: Span::file(shared.cx.config.source),
            url: head.url.clone(),
            place: Place::of(head),
            context,
        }
    }

    /// Names the file that the page comes from, and the template that it, or its collection, asks for.
    pub(super) fn from(mut self, source: SourceId, template: Option<&Spanned<String>>) -> Self {
        self.about = Span::file(source);
        if let Some(template) = template {
            self.template.clone_from(&template.value);
        }
        self
    }

    /// Hands one more value to the template.
    pub(super) fn with(mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Self {
        self.context.insert_value(key, Value::from_serializable(value));
        self
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Makes the page; reports a template that fails.
    pub(super) fn render(self, shared: &Shared<'_>, sink: &mut Sink) -> Option<Vec<u8>> {
        // A template that does not exist was reported where it is asked for.
        if !shared.theme.tera.contains_template(&self.template) {
            return None;
        }
        match self.html(shared) {
            Ok(html) => Some(html),
            Err(error) => {
                let url = if self.url.is_empty() { "/" } else { &self.url };
                failure::report(shared.theme, &error, Some(url), self.about, sink);
                None
            }
        }
    }

    fn html(&self, shared: &Shared<'_>) -> tera::TeraResult<Vec<u8>> {
        shared.rooms.lend(|room| {
            shared.theme.tera.render_to(&self.template, &self.context, &mut room.html)?;
            shared.chrome.put(shared, &self.place, typography::set(shared.words().lang, &room.html, &mut room.set))
        })
    }
}
