use std::sync::Arc;

use rayon::prelude::*;

use super::reserved::{Reserved, views};
use super::unlinked::{self, Unlinked};
use super::{Date, Document, DocumentId, FOLDER_KEYS, Folder, Index, Page, Site, Target, Value, backlink};
use crate::parallel::SHARE;
use crate::parse::{self, Mapping, Node};
use crate::schema::{Collection, ReferenceShape, Schema};
use crate::source::{Snapshot, SourceId, Span, Spanned};

/// Makes a site of parsed pages. `src` is the folder of the content below the book's; pages come in the order of their paths.
pub fn build(snapshot: &Snapshot, src: &str, schema: Schema, pages: Vec<parse::Page>) -> Site {
    let is_folder = |page: &parse::Page| snapshot.file(page.source).path.ends_with("_index.md");
    let (folders, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(is_folder);
    let documents = pages.into_par_iter().map(|page| unlinked::read(snapshot, src, &schema, page)).collect();
    link(snapshot, src, Arc::new(schema), folders, documents)
}

/// Makes a site of the introductions of folders, and of documents whose references it makes lead where they should; both come in
/// the order of their paths.
pub fn link(
    snapshot: &Snapshot,
    src: &str,
    schema: Arc<Schema>,
    folders: Vec<parse::Page>,
    documents: Vec<Unlinked>,
) -> Site {
    let folder = |page: parse::Page| {
        let id = below(&snapshot.file(page.source).path, src)
            .strip_suffix("_index.md")
            .unwrap_or_default()
            .trim_end_matches('/');
        folder_of(id, &schema, page)
    };
    let folders = folders.into_iter().map(folder).collect();
    let mut index = Index::default();
    for (number, document) in documents.iter().enumerate() {
        document.enter(document_id(number), &snapshot.file(document.source()).path, &schema, &mut index);
    }
    let link = |(number, document): (usize, Unlinked)| {
        document.link(document_id(number), &schema, &|shape, text| index.resolve(shape, text))
    };
    let documents: Vec<Arc<Document>> = documents.into_par_iter().enumerate().with_max_len(SHARE).map(link).collect();
    let (backlinks, by_collection) = rayon::join(
        || backlink::collect(&schema, &documents),
        || schema.collections.values().map(|collection| list(collection, &documents)).collect(),
    );
    Site {
        schema,
        documents,
        by_collection: Arc::new(by_collection),
        folders,
        backlinks: Arc::new(backlinks),
        index: Arc::new(index),
    }
}

/// A document that is in no file of its own: a part of a rule's example.
#[derive(Debug)]
pub struct Specimen<'a> {
    /// The collection whose fields it has.
    pub collection: &'a str,
    /// What references call it.
    pub name: String,
    /// Its front matter.
    pub front: Mapping,
    /// Its text, as Markdown.
    pub body: &'a str,
}

/// Makes documents of specimens, beside a site: their references lead to the site's documents first, then to one another, and
/// their ids follow those of the site.
pub fn specimens(site: &Site, source: SourceId, specimens: Vec<Specimen<'_>>) -> Vec<Document> {
    let mut index = Index::default();
    let id = |number: usize| document_id(site.documents.len() + number);
    let unlinked = |(number, specimen): (usize, Specimen<'_>)| {
        let body = parse::parse_markdown(specimen.body, source);
        let page = parse::Page { source, front: Some(specimen.front), body };
        let folder = format!("{}/", specimen.collection);
        let document = Unlinked::new(&site.schema, Some(specimen.collection), &folder, specimen.name, page);
        document.enter(id(number), "", &site.schema, &mut index);
        document
    };
    let documents: Vec<Unlinked> = specimens.into_iter().enumerate().map(unlinked).collect();
    let resolve = |shape: &ReferenceShape, text: &str| match site.index.resolve(shape, text) {
        Target::Missing => index.resolve(shape, text),
        found => found,
    };
    let link =
        |(number, document): (usize, Unlinked)| Arc::unwrap_or_clone(document.link(id(number), &site.schema, &resolve));
    documents.into_iter().enumerate().map(link).collect()
}

pub(super) fn document_id(number: usize) -> DocumentId {
    DocumentId(u32::try_from(number).expect("a book has fewer than four billion documents"))
}

/// A path below the content's folder.
pub(super) fn below<'a>(path: &'a str, src: &str) -> &'a str {
    path.strip_prefix(src).map_or(path, |below| below.trim_start_matches('/'))
}

/// The documents of a collection, as it lists them: by its sort key, then by name.
pub(super) fn list(collection: &Collection, documents: &[Arc<Document>]) -> (String, Vec<DocumentId>) {
    let mut listed: Vec<(SortKey, &Document)> = documents
        .iter()
        .filter(|document| document.collection.as_deref() == Some(&collection.id))
        .map(|document| (SortKey::of(document, &collection.sort.key.value), document.as_ref()))
        .collect();
    listed.sort_by(|(a, first), (b, second)| {
        let order = a.compare(b);
        let order = if collection.sort.descending { order.reverse() } else { order };
        order.then_with(|| first.name.cmp(&second.name))
    });
    (collection.id.clone(), listed.into_iter().map(|(_, document)| document.id).collect())
}

/// Whether a collection lists two versions of a document at the same place.
pub(super) fn sorts_alike(collection: &Collection, was: &Document, is: &Document) -> bool {
    let key = |document: &Document| SortKey::of(document, &collection.sort.key.value);
    was.name == is.name && key(was).compare(&key(is)).is_eq()
}

/// What a document is sorted by.
enum SortKey {
    Number(f64),
    Day(Date),
    Text(String),
    Nothing,
}

impl SortKey {
    fn of(document: &Document, key: &str) -> Self {
        match key {
            "title" => Self::Text(parse::slug(&document.page.title.value)),
            "date" => document.date.map_or(Self::Nothing, |date| Self::Day(date.value)),
            "updated" => document.updated.map_or(Self::Nothing, |date| Self::Day(date.value)),
            key => match document.values.get(key).map(|item| &item.value) {
                Some(Value::Number(number)) => Self::Number(*number),
                Some(Value::Date(date)) => Self::Day(*date),
                Some(value) => value.as_text().map_or(Self::Nothing, |text| Self::Text(parse::slug(text))),
                None => match document.rule.as_ref().and_then(|rule| rule.get(key)).and_then(Node::as_str) {
                    Some(text) => Self::Text(text.to_owned()),
                    None => Self::Nothing,
                },
            },
        }
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Day(a), Self::Day(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Day(_) | Self::Text(_) => 2,
        }
    }
}

fn folder_of(folder: &str, schema: &Schema, page: parse::Page) -> Folder {
    let file = Span::file(page.source);
    let readable = page.front.is_some();
    let front = page.front.unwrap_or(Mapping { span: file, entries: Vec::new() });
    let text = |key: &str| front.get(key).and_then(|node| Some(Spanned::new(node.as_str()?.to_owned(), node.span)));
    let url = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let title = text("title").unwrap_or_else(|| Spanned::new(folder.to_owned(), file));
    let unknown = front.entries.iter().map(|(key, _)| key).filter(|key| !FOLDER_KEYS.contains(&key.value.as_str()));
    let mut reader = Reserved { front: &front, misread: Vec::new() };
    let aliases = reader.texts("aliases");
    Folder {
        id: folder.to_owned(),
        is_collection: schema.collection(folder).is_some(),
        aliases,
        misread: reader.misread.into_iter().map(|(key, span, _)| (key, span)).collect(),
        unknown: unknown.cloned().collect(),
        page: Page {
            source: page.source,
            url,
            title,
            summary: text("summary"),
            template: text("template"),
            views: views(&front),
            body: page.body,
            readable,
        },
    }
}
