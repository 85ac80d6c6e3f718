//! The next version of a site, where an author changed a few documents and nothing that others know them by: the frequent case of
//! somebody who writes. It equals the site that [`super::link`] would make of all documents.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::{document_id, list, sorts_alike};
use super::unlinked::Resolve;
use super::{Document, Site, Unlinked, backlink};
use crate::parse::{Prose, Section};
use crate::source::{SourceId, Span};

/// What a version of a book changes in the one before: the text and the values of a few documents. All others are the same, and
/// every name, address and anchor leads where it did.
#[derive(Debug)]
pub struct Revision {
    /// In the order of the site.
    documents: Vec<Revised>,
    /// The collections that list their documents in another order.
    resorted: BTreeSet<String>,
}

/// A document that changed.
#[derive(Debug)]
pub struct Revised {
    /// What it was.
    pub was: Arc<Document>,
    /// The fields that say something else by now, by the names that expressions have for them; `text` and `sections` where the text
    /// under the front matter does.
    pub names: BTreeSet<String>,
}

impl Revision {
    /// The documents that changed.
    pub fn documents(&self) -> &[Revised] {
        &self.documents
    }

    /// Whether a place is in a file that changed: what points there may point elsewhere by now.
    pub fn moves(&self, span: Span) -> bool {
        self.has(span.source)
    }

    /// Whether a file changed.
    pub fn has(&self, source: SourceId) -> bool {
        self.documents.iter().any(|document| document.was.page.source == source)
    }

    /// Whether a collection lists its documents in another order.
    pub fn resorts(&self, collection: &str) -> bool {
        self.resorted.contains(collection)
    }

    /// Whether any collection does.
    pub fn resorts_any(&self) -> bool {
        !self.resorted.is_empty()
    }

    /// Whether no other document refers to one that changed, so that none can see the change by following its references.
    pub fn is_unseen(&self, site: &Site) -> bool {
        self.documents.iter().all(|document| site.backlinks(document.was.id).is_empty())
    }

    /// Whether a document by whose title others are shown has another.
    pub fn retitles(&self, site: &Site) -> bool {
        let retitled = self.documents.iter().filter(|document| document.names.contains("title"));
        retitled.into_iter().any(|document| !site.backlinks(document.was.id).is_empty())
    }
}

impl Revised {
    fn new(was: Arc<Document>, is: &Document) -> Self {
        let mut names: BTreeSet<String> = was.values.differing(&is.values).map(str::to_owned).collect();
        let summary = |document: &Document| document.page.summary.as_ref().map(|summary| summary.value.clone());
        let built_in = [
            ("title", was.page.title.value == is.page.title.value),
            ("summary", summary(&was) == summary(is)),
            ("date", was.date.map(|date| date.value) == is.date.map(|date| date.value)),
            ("updated", was.updated.map(|date| date.value) == is.updated.map(|date| date.value)),
            ("derogations", was.derogations == is.derogations),
        ];
        names.extend(built_in.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name.to_owned()));
        // An entry is reached by a reference to it, without the name of the field that holds it.
        let entries = was.entries.iter().zip(&is.entries);
        names.extend(entries.flat_map(|(was, is)| was.values.differing(&is.values)).map(str::to_owned));
        if said(&was).ne(said(is)) {
            names.extend(["text", "sections"].map(str::to_owned));
        }
        Self { was, names }
    }
}

/// What a document says below its front matter, wherever it stands there.
fn said(document: &Document) -> impl Iterator<Item = (u8, &str, &Prose, usize)> {
    document.page.body.sections.iter().map(|it| (it.level, &*it.title, &it.text, it.items))
}

impl Site {
    /// The document in a file.
    pub fn in_file(&self, source: SourceId) -> Option<&Arc<Document>> {
        // Documents stand in the order of their files.
        let place = self.documents.binary_search_by_key(&source, |document| document.page.source).ok()?;
        self.documents.get(place)
    }
}

/// Puts documents in the place of their former versions, under the same schema. `None` where one of them is now called otherwise,
/// stands elsewhere, or offers other places to refer to: then all others have to be looked at again.
pub fn revise(former: &Site, changed: Vec<Unlinked>) -> Option<(Site, Revision)> {
    let mut documents = former.documents.clone();
    let (mut revised, mut same_links, mut resorted) = (Vec::with_capacity(changed.len()), true, Vec::new());
    for unlinked in changed {
        let was = former.in_file(unlinked.source())?;
        let resolve: Resolve<'_> = &|shape, text| former.index.resolve(shape, text);
        let document = unlinked.link(was.id, &former.schema, resolve);
        if !is_known_alike(was, &document) {
            return None;
        }
        same_links &=
            backlink::references_of(&former.schema, was) == backlink::references_of(&former.schema, &document);
        if let Some(collection) = former.collection_of(&document).filter(|it| !sorts_alike(it, was, &document)) {
            resorted.push(collection);
        }
        revised.push(Revised::new(Arc::clone(was), &document));
        documents[was.id.index()] = document;
    }
    revised.sort_unstable_by_key(|document: &Revised| document.was.id);
    debug_assert!(documents.iter().enumerate().all(|(number, document)| document.id == document_id(number)));
    let backlinks = if same_links {
        Arc::clone(&former.backlinks)
    } else {
        Arc::new(backlink::collect(&former.schema, &documents))
    };
    let mut by_collection = Arc::clone(&former.by_collection);
    for collection in &resorted {
        let (id, listed) = list(collection, &documents);
        Arc::make_mut(&mut by_collection).insert(id, listed);
    }
    let revision =
        Revision { documents: revised, resorted: resorted.iter().map(|collection| collection.id.clone()).collect() };
    let (schema, folders, index) = (Arc::clone(&former.schema), Arc::clone(&former.folders), Arc::clone(&former.index));
    Some((Site { schema, documents, by_collection, folders, backlinks, index }, revision))
}

/// Whether all others may say the same of both: names, addresses, anchors, and whether readers see it.
fn is_known_alike(was: &Document, is: &Document) -> bool {
    let entries = |document: &Document| -> Vec<(String, String)> {
        document.entries.iter().map(|entry| (entry.number.value.clone(), entry.url.clone())).collect()
    };
    let anchors = |document: &Document| -> Vec<Box<str>> {
        let sections = document.page.body.sections.iter();
        sections.filter(|section| section.level > 0).map(|section: &Section| section.id.clone()).collect()
    };
    let aliases =
        |document: &Document| -> Vec<String> { document.aliases.iter().map(|alias| alias.value.clone()).collect() };
    was.collection == is.collection
        && was.name == is.name
        && was.page.url == is.page.url
        && was.page.readable == is.page.readable
        && was.draft == is.draft
        // Who refers to a draft is told its title.
        && (!is.draft || was.page.title.value == is.page.title.value)
        && aliases(was) == aliases(is)
        && entries(was) == entries(is)
        && anchors(was) == anchors(is)
}
