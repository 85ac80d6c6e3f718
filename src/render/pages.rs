use std::borrow::Cow;

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use indexmap::map::Entry;
use rayon::prelude::*;

use super::page::Page;
use super::shared::Shared;
use super::{
    Context, Theme, address, alias, card, cite, collection, data, document, entry, failure, feed, gather, home, legal,
    overview, robots, rule, view,
};
use crate::artifact::Artifact;
use crate::diagnostic::Sink;
use crate::model::{Document, Folder};
use crate::parallel::SHARE;
use crate::schema::Collection;
use crate::source::SourceId;

/// How many pages take each step of their making together, so that the code of the step stays near the processor; the pages
/// themselves must stay near as well.
const TOGETHER: usize = 4;

/// Every page of a site, each made when it is asked for.
pub struct Pages<'a> {
    shared: Shared<'a>,
    /// By the path of their file.
    kinds: IndexMap<String, Kind<'a>, FixedState>,
}

impl<'a> Pages<'a> {
    /// Finds out which pages there are; reports a file of the book whose page would stand where the engine puts one of its own.
    pub fn plan(cx: &Context<'a>, theme: &'a Theme, sink: &mut Sink) -> Self {
        let shared = Shared::new(cx, theme);
        let kinds_of_pages = list(&shared);
        let mut kinds = IndexMap::with_capacity_and_hasher(kinds_of_pages.len(), FixedState::default());
        for kind in kinds_of_pages {
            let path = path(&url(&shared, kind));
            match kinds.entry(path) {
                Entry::Vacant(free) => {
                    free.insert(kind);
                }
                Entry::Occupied(taken) => {
                    // What two files of the book take from each other is told by the checks, before.
                    if let (None, Some(source)) = (source(&shared, *taken.get()), source(&shared, kind)) {
                        address::report(taken.key(), source, sink);
                    }
                }
            }
        }
        Self { shared, kinds }
    }

    /// Makes one page; none where there is none, or where its template fails, which is reported.
    pub fn make(&self, path: &str, sink: &mut Sink) -> Option<Artifact> {
        self.build(path)?.render(&self.shared, sink).map(|html| Artifact::new(path, html))
    }

    /// Makes all of them, in no order, until `keep` fails. A page whose template fails is left out and reported.
    ///
    /// # Errors
    ///
    /// That of `keep`.
    pub fn make_all<E: Send>(&self, sink: &mut Sink, keep: impl Fn(Artifact) -> Result<(), E> + Sync) -> Result<(), E> {
        let lang = sink.lang();
        let paths: Vec<&String> = self.kinds.keys().collect();
        let made = paths.par_chunks(TOGETHER).with_max_len(SHARE / TOGETHER).map(|paths| {
            let mut sink = Sink::new(lang);
            let built: Vec<(&str, Page)> =
                paths.iter().filter_map(|path| Some((path.as_str(), self.build(path)?))).collect();
            let made: Vec<Artifact> = built
                .into_iter()
                .filter_map(|(path, page)| page.render(&self.shared, &mut sink).map(|html| Artifact::new(path, html)))
                .collect();
            made.into_iter().try_for_each(&keep).map(|()| sink)
        });
        let found: Vec<Sink> = made.collect::<Result<_, E>>()?;
        failure::tell_once(found.into_iter().flat_map(Sink::into_diagnostics).collect(), sink);
        Ok(())
    }

    /// A page that only its template is missing to.
    fn build(&self, path: &str) -> Option<Page> {
        let page = build(&self.shared, *self.kinds.get(path)?);
        debug_assert_eq!(self::path(page.url()), path, "a page stands where it says");
        Some(page)
    }

    /// The files that are published as they are: those of the theme and those of the content.
    pub fn assets(&self) -> Vec<Artifact> {
        let mut files = Theme::assets(&self.shared.cx);
        // A file of the book does not take the place of a page.
        files.retain(|file| !self.kinds.contains_key(&file.path));
        files
    }

    /// Makes what stands beside the pages for machines, until `keep` fails: feeds, citations, open data, pictures, files for robots,
    /// figures of views.
    ///
    /// # Errors
    ///
    /// That of `keep`.
    pub fn make_derived<E: Send>(&self, keep: impl Fn(Artifact) -> Result<(), E> + Sync) -> Result<(), E> {
        let shared = &self.shared;
        let keep = |file: Artifact| if self.kinds.contains_key(&file.path) { Ok(()) } else { keep(file) };
        let (small, large) = rayon::join(
            || {
                let kinds: [fn(&Shared<'_>) -> Vec<Artifact>; 4] =
                    [feed::files, card::files, robots::files, view::files];
                kinds.into_par_iter().try_for_each(|files| files(shared).into_par_iter().try_for_each(keep))
            },
            || cite::files(shared, keep).and_then(|()| data::files(shared, keep)),
        );
        small.and(large)
    }
}

/// The file of an address.
fn path(url: &str) -> String {
    if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() }
}

/// One page to make.
#[derive(Clone, Copy)]
enum Kind<'a> {
    Home,
    /// A collection, and which page of its list.
    Collection(&'a Collection, usize),
    Document(&'a Document),
    /// A folder of free pages.
    Folder(&'a Folder),
    /// A document, and the place of one of its entries.
    Entry(&'a Document, usize),
    /// A collection, the places of a facet and of a choice, and which page of the list.
    Choice(&'a str, usize, usize, usize),
    Facets,
    /// What leads to every gathered heading.
    Gathered,
    /// A gathered heading, what it is narrowed to, and which page of the list.
    Gathering(usize, gather::Narrow, usize),
    Legal,
    Accessibility,
    /// What is offered to be used again.
    Data,
    /// A page about the whole book.
    Overview(rule::Overview),
    Search,
    Sitemap,
    NotFound,
    /// The place of a former address among all.
    Alias(usize),
}

/// Every page of the site: those that the engine makes by itself come before those of the book, which are told when they would take
/// the place of one.
fn list<'a>(shared: &Shared<'a>) -> Vec<Kind<'a>> {
    let site = shared.cx.site;
    // Those that list the most come first of all: nobody waits for the last of them.
    let mut pages: Vec<Kind> = rule::overview_pages(shared).into_iter().map(Kind::Overview).collect();
    pages.extend([Kind::Home, Kind::Sitemap, Kind::NotFound]);
    if shared.cx.config.search {
        pages.push(Kind::Search);
    }
    if !shared.facets.is_empty() {
        pages.push(Kind::Facets);
    }
    if !shared.gathered.is_empty() {
        pages.push(Kind::Gathered);
    }
    for (heading, narrow, count) in gather::pages(&shared.gathered) {
        pages.extend((0..count).map(|number| Kind::Gathering(heading, narrow, number)));
    }
    for collection in site.schema.collections.values() {
        let listed = shared.listed.get(collection.id.as_str()).map_or(0, Vec::len);
        pages.extend((0..collection::pages(listed)).map(|number| Kind::Collection(collection, number)));
        for (at, facet) in shared.facets.of(&collection.id).iter().enumerate() {
            for (place, choice) in facet.choices.iter().enumerate() {
                let numbers = 0..collection::pages(choice.documents.len());
                pages.extend(numbers.map(|number| Kind::Choice(&collection.id, at, place, number)));
            }
        }
    }
    // Where the book has a page of its own there, these have no address.
    let given = [
        (Kind::Legal, legal::notice_url(shared)),
        (Kind::Accessibility, legal::accessibility_url(shared)),
        (Kind::Data, data::url(shared)),
    ];
    pages.extend(given.into_iter().filter(|(_, url)| !url.is_empty()).map(|(page, _)| page));
    pages.extend(shared.free_folders().map(Kind::Folder));
    for document in site.published() {
        pages.push(Kind::Document(document));
        pages.extend((0..document.entries.len()).map(|number| Kind::Entry(document, number)));
    }
    pages.extend((0..shared.moved.len()).map(Kind::Alias));
    pages
}

/// The address of a page below the root of the site; that of a folder ends with `/`.
fn url<'a>(shared: &Shared<'a>, kind: Kind<'a>) -> Cow<'a, str> {
    let words = shared.words();
    Cow::Owned(match kind {
        Kind::Document(of) => return Cow::Borrowed(&of.page.url),
        Kind::Folder(of) => return Cow::Borrowed(&of.page.url),
        Kind::Entry(of, number) => return Cow::Borrowed(&of.entries[number].url),
        Kind::NotFound => return Cow::Borrowed(overview::NOT_FOUND),
        Kind::Home => String::new(),
        Kind::Collection(of, number) => collection::url(of, number),
        Kind::Choice(of, facet, place, number) => {
            collection::numbered(&shared.facets.of(of)[facet].choices[place].url, number)
        }
        Kind::Facets => words.url("facets"),
        Kind::Gathered => words.url("gathered"),
        Kind::Gathering(heading, narrow, number) => gather::url(&shared.gathered, heading, narrow, number),
        Kind::Legal => legal::notice_url(shared),
        Kind::Accessibility => legal::accessibility_url(shared),
        Kind::Data => data::url(shared),
        Kind::Overview(page) => rule::overview_url(shared, page),
        Kind::Search => words.url("search"),
        Kind::Sitemap => words.url("sitemap"),
        Kind::Alias(number) => shared.moved[number].from.clone(),
    })
}

/// The file that a page comes from; none for one that the engine makes by itself.
fn source(shared: &Shared<'_>, kind: Kind<'_>) -> Option<SourceId> {
    match kind {
        Kind::Document(of) | Kind::Entry(of, _) => Some(of.page.source),
        Kind::Alias(number) => Some(shared.moved[number].source),
        Kind::Folder(of) => Some(of.page.source),
        // Further pages of its list are the engine's.
        Kind::Collection(of, 0) => {
            shared.cx.site.folders.iter().find(|folder| folder.id == of.id).map(|folder| folder.page.source)
        }
        _ => None,
    }
}

/// Gathers what one page shows.
fn build(shared: &Shared<'_>, kind: Kind<'_>) -> Page {
    match kind {
        Kind::Home => home::page(shared),
        Kind::Collection(of, number) => collection::page(shared, of, number),
        Kind::Document(of) => document::page(shared, of),
        Kind::Folder(of) => document::folder(shared, of),
        Kind::Entry(of, number) => entry::page(shared, of, number),
        Kind::Choice(of, facet, place, number) => {
            collection::choice(shared, &shared.facets.of(of)[facet], place, number)
        }
        Kind::Facets => overview::facets(shared),
        Kind::Gathered => gather::overview(shared),
        Kind::Gathering(heading, narrow, number) => gather::page(shared, heading, narrow, number),
        Kind::Legal => legal::notice(shared),
        Kind::Accessibility => legal::accessibility(shared),
        Kind::Data => data::page(shared),
        Kind::Overview(page) => rule::overview(shared, page),
        Kind::Search => overview::search(shared),
        Kind::Sitemap => overview::sitemap(shared),
        Kind::NotFound => overview::not_found(shared),
        Kind::Alias(number) => alias::page(shared, &shared.moved[number]),
    }
}
