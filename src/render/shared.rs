use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::Context;
use super::by_document::ByDocument;
use super::chrome::{self, Chrome};
use super::data;
use super::facet::Facets;
use super::feed;
use super::gather::{self, Gathered};
use super::gloss::Gloss;
use super::highlight::Highlighter;
use super::legal;
use super::once::Values;
use super::related::Related;
use super::room::Rooms;
use super::rule::{self, Ruled};
use super::theme::Theme;
use super::words::Words;
use crate::model::{self, Document, DocumentId, Folder, Moved, Page};
use crate::schema::Collection;

/// What all pages have in common, worked out once.
pub(super) struct Shared<'a> {
    pub(super) cx: Context<'a>,
    pub(super) theme: &'a Theme,
    pub(super) highlighter: Highlighter,
    /// Published documents of each collection, as the collection lists them.
    pub(super) listed: BTreeMap<&'a str, Vec<&'a Document>>,
    /// The place of each document in its collection's list.
    pub(super) rank: ByDocument<usize>,
    pub(super) facets: Facets<'a>,
    pub(super) related: Related<'a>,
    pub(super) gathered: Gathered<'a>,
    pub(super) ruled: Ruled<'a>,
    /// Former addresses, and where each leads.
    pub(super) moved: Vec<Moved<'a>>,
    pub(super) gloss: Gloss<'a>,
    /// `site` and `t`, as templates see them.
    pub(super) site: Value,
    pub(super) texts: Value,
    /// `chrome`, as templates see it.
    pub(super) chrome_marks: Value,
    pub(super) chrome: Chrome,
    /// What stands on many pages, though not on all.
    pub(super) made_once: Values,
    /// Where pages are put together.
    pub(super) rooms: Rooms,
    folders: BTreeMap<String, &'a str>,
}

#[derive(Serialize)]
struct SiteValue<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    /// As OpenGraph writes it: `fr_FR`.
    locale: String,
    base_url: &'a str,
    publisher: &'a str,
    repository: &'a str,
    home_url: &'static str,
    search_url: String,
    sitemap_url: String,
    feed_url: String,
    json_feed_url: String,
    facets_url: String,
    gathered_url: String,
    legal_url: String,
    accessibility_url: String,
    data_url: String,
    gathered: Vec<gather::Link<'a>>,
    rules_url: String,
    quality_url: String,
    collections: Vec<CollectionValue<'a>>,
    /// Folders of free pages whose introduction shows views.
    overviews: Vec<FooterLink<'a>>,
    footer: Vec<FooterLink<'a>>,
}

/// One collection, as menus and lists see it.
#[derive(Serialize)]
pub(super) struct CollectionValue<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) singular: &'a str,
    pub(super) summary: &'a str,
    pub(super) url: String,
    pub(super) count: usize,
}

#[derive(Serialize)]
struct FooterLink<'a> {
    title: &'a str,
    url: &'a str,
}

impl<'a> Shared<'a> {
    pub(super) fn new(cx: &Context<'a>, theme: &'a Theme) -> Self {
        let site = cx.site;
        let listed: BTreeMap<&str, Vec<&Document>> = site
            .by_collection
            .iter()
            .map(|(id, documents)| {
                let published = documents.iter().map(|id| site.document(*id)).filter(|document| !document.draft);
                (id.as_str(), published.collect())
            })
            .collect();
        let mut rank = ByDocument::new(site);
        for documents in listed.values() {
            documents.iter().enumerate().for_each(|(place, document)| rank[document.id] = place);
        }
        let folders = site
            .folders
            .iter()
            .map(|folder| {
                (format!("{}/{}", cx.config.src, folder.id).trim_end_matches('/').to_owned(), folder.page.url.as_str())
            })
            .collect();
        let ((facets, gathered), ((related, ruled), gloss)) = rayon::join(
            || {
                let facets = Facets::new(cx, &theme.words, &listed, &rank);
                let gathered = Gathered::new(site, &theme.words, &facets);
                (facets, gathered)
            },
            || rayon::join(|| (Related::new(site, &listed), Ruled::new(cx)), || Gloss::new(site)),
        );
        let mut shared = Self {
            cx: *cx,
            theme,
            highlighter: Highlighter::default(),
            listed,
            rank,
            facets,
            related,
            gathered,
            ruled,
            moved: model::moved(site),
            gloss,
            site: Value::none(),
            texts: Value::from_serializable(&theme.words.texts()),
            chrome_marks: chrome::value(),
            chrome: Chrome::default(),
            made_once: Values::default(),
            rooms: Rooms::default(),
            folders,
        };
        shared.site = Value::from_serializable(&shared.site_value());
        shared
    }

    pub(super) fn words(&self) -> &Words {
        &self.theme.words
    }

    pub(super) fn document(&self, id: DocumentId) -> &'a Document {
        self.cx.site.document(id)
    }

    /// The collection of a document; free pages have none.
    pub(super) fn collection_of(&self, document: &Document) -> Option<&'a Collection> {
        document.collection.as_deref().and_then(|id| self.cx.site.schema.collection(id))
    }

    /// Published free pages, in the order of their paths.
    pub(super) fn free_pages(&self) -> impl Iterator<Item = &'a Document> {
        self.cx.site.published().filter(|document| document.collection.is_none())
    }

    /// The folders that are no collection, in the order of their paths.
    pub(super) fn free_folders(&self) -> impl Iterator<Item = &'a Folder> {
        self.cx.site.folders.iter().filter(|folder| !folder.is_collection && !folder.id.is_empty())
    }

    /// The address of a folder's introduction, by its path below the book's.
    pub(super) fn folder_at(&self, path: &str) -> Option<&'a str> {
        self.folders.get(path).copied()
    }

    /// One collection, as menus and lists see it.
    pub(super) fn collection_value(&self, collection: &'a Collection) -> CollectionValue<'a> {
        CollectionValue {
            id: &collection.id,
            title: &collection.title,
            singular: &collection.singular,
            summary: &collection.summary,
            url: format!("{}/", collection.id),
            count: self.listed.get(collection.id.as_str()).map_or(0, Vec::len),
        }
    }

    fn site_value(&self) -> SiteValue<'_> {
        let config = self.cx.config;
        let feed_url = feed::site_url(self);
        SiteValue {
            title: &config.title,
            description: &config.description,
            language: &config.language,
            locale: locale(&config.language),
            base_url: &config.base_url,
            publisher: config.legal.publisher.as_deref().unwrap_or_default(),
            repository: config.repository.as_deref().unwrap_or_default(),
            home_url: "",
            search_url: if config.search { self.words().url("search") } else { String::new() },
            sitemap_url: self.words().url("sitemap"),
            json_feed_url: feed::json_url(&feed_url),
            feed_url,
            facets_url: if self.facets.is_empty() { String::new() } else { self.words().url("facets") },
            gathered_url: if self.gathered.is_empty() { String::new() } else { self.words().url("gathered") },
            legal_url: legal::notice_url(self),
            accessibility_url: legal::accessibility_url(self),
            data_url: data::url(self),
            gathered: gather::list(&self.gathered),
            rules_url: rule::rules_url(self),
            quality_url: rule::quality_url(self),
            collections: self
                .cx
                .site
                .schema
                .collections
                .values()
                .map(|collection| self.collection_value(collection))
                .filter(|collection| collection.count > 0)
                .collect(),
            overviews: self
                .free_folders()
                .map(|folder| &folder.page)
                .filter(|page| page.views.is_some() && page.url.matches('/').count() == 1)
                .map(|page: &Page| FooterLink { title: &page.title.value, url: &page.url })
                .collect(),
            footer: self
                .free_folders()
                .map(|folder| &folder.page)
                .chain(self.free_pages().map(|document| &document.page))
                .filter(|page| page.url.matches('/').count() == 1)
                .map(|page: &Page| FooterLink { title: &page.title.value, url: &page.url })
                .collect(),
        }
    }
}

/// A language tag with its country, as OpenGraph writes it: `fr-CA` as `fr_CA`, `fr` as `fr_FR`.
fn locale(tag: &str) -> String {
    let (language, country) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let language = language.to_lowercase();
    let country = match (language.as_str(), country) {
        ("en", "") => "US".to_owned(),
        (language, "") => language.to_uppercase(),
        (_, country) => country.to_uppercase(),
    };
    format!("{language}_{country}")
}
