use std::sync::Arc;

use super::build::below;
use super::reserved::{Reserved, derogations, views};
use super::{Document, DocumentId, Entry, Fields, Index, Item, Object, Page, Target, Value, typing};
use crate::parse::{self, Mapping};
use crate::schema::{Collection, Declared, Field, Kind, RESERVED, ReferenceShape, Schema, Shape, Symbol};
use crate::source::{Snapshot, SourceId, Span, Spanned};

/// Says where a reference leads.
pub(super) type Resolve<'a> = &'a dyn Fn(&ReferenceShape, &str) -> Target;

/// A document that is typed, but whose references lead nowhere yet, for that takes the names of the whole book.
///
/// Each page is typed as soon as it is parsed: the trees of all pages at once would take more room than the site.
#[derive(Debug)]
pub struct Unlinked(State);

#[derive(Debug)]
enum State {
    Typed(Arc<Document>),
    /// As it was in another version of the book: its references may lead elsewhere by now.
    Former(Arc<Document>),
}

impl From<Arc<Document>> for Unlinked {
    /// Takes the document of a file that has not changed since another version of the book, under the same schema.
    fn from(former: Arc<Document>) -> Self {
        Self(State::Former(former))
    }
}

/// Types one page. `src` is the folder of the content below the book's.
pub fn read(snapshot: &Snapshot, src: &str, schema: &Schema, page: parse::Page) -> Unlinked {
    let below = below(&snapshot.file(page.source).path, src);
    let (folder, file) = below.rfind('/').map_or(("", below), |slash| below.split_at(slash + 1));
    let collection = std::iter::successors(Some(folder.trim_end_matches('/')), |folder| {
        folder.rfind('/').map(|slash| folder.get(..slash).unwrap_or_default())
    })
    .find(|folder| schema.collection(folder).is_some());
    let name = file.strip_suffix(".md").unwrap_or(file).to_owned();
    Unlinked::new(schema, collection, folder, name, page)
}

impl Unlinked {
    /// Types a page by the fields of its collection, if it has one. `folder` is below the content, with a last `/` unless it is the
    /// content itself.
    pub(super) fn new(
        schema: &Schema,
        collection: Option<&str>,
        folder: &str,
        name: String,
        page: parse::Page,
    ) -> Self {
        let collection = collection.and_then(|id| schema.collection(id));
        let file = Span::file(page.source);
        let readable = page.front.is_some();
        let mut front = page.front.unwrap_or(Mapping { span: file, entries: Vec::new() });
        let key = |part: fn(&Collection) -> &str, usual: &'static str| collection.map_or(usual, part).to_owned();
        let title_key = key(|collection| &collection.title_field, "title");
        let date_key = key(|collection| &collection.date_field, "date");
        let summary_key = key(|collection| &collection.summary_field, "summary");

        let mut reader = Reserved { front: &front, misread: Vec::new() };
        let title = reader.text(&title_key);
        let summary = reader.text(&summary_key);
        let date = reader.date(&date_key);
        let updated = reader.date("updated");
        let draft = reader.flag("draft");
        let slug = reader.text("slug");
        let template = reader.text("template");
        let aliases = reader.texts("aliases");
        let derogations = derogations(front.get("derogations"));
        let views = views(&front);
        let mut misread = reader.misread;
        misread.sort_by_key(|(key, _, _)| key.span);

        let mut reserved: Vec<&str> = RESERVED.to_vec();
        reserved.extend([title_key.as_str(), date_key.as_str(), summary_key.as_str()]);
        let is_rule = collection.is_some_and(|collection| collection.kind == Kind::Rules);
        let values = match collection {
            Some(_) if is_rule => Object::empty(front.span),
            Some(collection) => {
                let front = std::mem::replace(&mut front, Mapping { span: file, entries: Vec::new() });
                typing::object(front, &collection.fields, collection.additional_properties, &reserved)
            }
            None => {
                let front = std::mem::replace(&mut front, Mapping { span: file, entries: Vec::new() });
                typing::object(front, &Declared::default(), false, &reserved)
            }
        };
        let last = slug.as_ref().map_or(name.as_str(), |slug| slug.value.as_str());
        let url = format!("{folder}{last}/");
        let title = title.unwrap_or_else(|| Spanned::new(name.clone(), file));
        Self(State::Typed(Arc::new(Document {
            id: DocumentId(u32::MAX),
            collection: collection.map(|collection| collection.id.clone()),
            name,
            page: Page { source: page.source, url, title, summary, template, views, body: page.body, readable },
            date,
            updated,
            draft,
            aliases,
            slug,
            values,
            entries: Vec::new(),
            derogations,
            misread,
            rule: is_rule.then_some(front),
        })))
    }

    fn document(&self) -> &Document {
        match &self.0 {
            State::Typed(document) | State::Former(document) => document,
        }
    }

    /// Its file.
    pub(super) fn source(&self) -> SourceId {
        self.document().page.source
    }

    /// Enters the names of a document and of its entries.
    pub(super) fn enter(&self, id: DocumentId, path: &str, schema: &Schema, index: &mut Index) {
        let document = self.document();
        index.add_document(document.collection.as_deref().unwrap_or_default(), &document.name, path, id);
        let collection = document.collection.as_deref().and_then(|id| schema.collection(id));
        let entries = collection.into_iter().flat_map(|collection| numbered(collection, &document.values));
        for (place, (_, number, _)) in entries.enumerate() {
            index.add_entry(id, number.value, place);
        }
    }

    /// Makes its references lead where they should, and its entries pages of their own.
    pub(super) fn link(self, id: DocumentId, schema: &Schema, resolve: Resolve<'_>) -> Arc<Document> {
        match self.0 {
            State::Former(former) if former.id == id && leads_where_it_did(&former, schema, resolve) => former,
            // One that was just typed is nobody else's, and stays where it is.
            State::Typed(mut document) | State::Former(mut document) => {
                link(Arc::make_mut(&mut document), id, schema, resolve);
                document
            }
        }
    }
}

fn link(document: &mut Document, id: DocumentId, schema: &Schema, resolve: Resolve<'_>) {
    document.id = id;
    if let Some(collection) = document.collection.as_deref().and_then(|id| schema.collection(id)) {
        resolve_fields(&mut document.values.fields, &collection.fields, resolve);
        document.entries = entries_of(collection, &document.values, &document.page.url);
    }
}

/// Whether linking a document again would change nothing.
fn leads_where_it_did(document: &Document, schema: &Schema, resolve: Resolve<'_>) -> bool {
    let collection = document.collection.as_deref().and_then(|id| schema.collection(id));
    collection.is_none_or(|collection| are_resolved(&document.values.fields, &collection.fields, resolve))
}

fn are_resolved(fields: &Fields, declared: &Declared, resolve: Resolve<'_>) -> bool {
    fields
        .iter()
        .filter(|(_, (_, item))| item.value.may_refer())
        .all(|(name, (_, item))| declared.get(&*name).is_none_or(|field| is_resolved(item, field, resolve)))
}

fn is_resolved(item: &Item, field: &Field, resolve: Resolve<'_>) -> bool {
    match (&item.value, &field.shape) {
        (Value::Reference(reference), Shape::Reference(shape)) => reference.target == resolve(shape, &reference.text),
        (Value::List(items), Shape::Array(inner)) => items.iter().all(|item| is_resolved(item, inner, resolve)),
        (Value::List(items), Shape::Entries(shape)) => items.iter().all(|item| {
            item.value.as_object().is_none_or(|object| are_resolved(&object.fields, &shape.properties, resolve))
        }),
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape)) => {
            are_resolved(&object.fields, &shape.properties, resolve)
        }
        _ => true,
    }
}

fn resolve_fields(fields: &mut Fields, declared: &Declared, resolve: Resolve<'_>) {
    for (name, item) in fields.iter_mut().filter(|(_, item)| item.value.may_refer()) {
        if let Some(field) = declared.get(&*name) {
            resolve_item(item, field, resolve);
        }
    }
}

fn resolve_item(item: &mut Item, field: &Field, resolve: Resolve<'_>) {
    match (&mut item.value, &field.shape) {
        (Value::Reference(reference), Shape::Reference(shape)) => reference.target = resolve(shape, &reference.text),
        (Value::List(items), Shape::Array(inner)) => {
            for item in items {
                resolve_item(item, inner, resolve);
            }
        }
        (Value::List(items), Shape::Entries(shape)) => {
            for item in items {
                if let Value::Object(object) = &mut item.value {
                    resolve_fields(&mut object.fields, &shape.properties, resolve);
                }
            }
        }
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape)) => {
            resolve_fields(&mut object.fields, &shape.properties, resolve);
        }
        _ => {}
    }
}

/// The entries among a document's values that have a number, field by field in the author's order.
fn numbered<'a>(
    collection: &Collection,
    values: &'a Object,
) -> impl Iterator<Item = (Symbol, Spanned<&'a str>, &'a Object)> {
    let is_entries =
        |name: Symbol| collection.fields.get(&*name).is_some_and(|field| matches!(field.shape, Shape::Entries(_)));
    let lists = values.fields.iter().filter_map(|(name, (_, item))| Some((name, item.value.items()?)));
    lists.filter(move |(name, _)| is_entries(*name)).flat_map(|(name, items)| {
        items.iter().filter_map(move |item| {
            let object = item.value.as_object()?;
            let number = object.get("number")?;
            Some((name, Spanned::new(number.value.as_text()?, number.span), object))
        })
    })
}

fn entries_of(collection: &Collection, values: &Object, url: &str) -> Vec<Entry> {
    let entry = |(field, number, object): (Symbol, Spanned<&str>, &Object)| {
        let text = |key: &str| object.get(key).and_then(|item| item.value.as_text()).map(str::to_owned);
        Entry {
            field: field.as_str().to_owned(),
            number: Spanned::new(number.value.to_owned(), number.span),
            title: text("title").unwrap_or_default(),
            text: object.get("text").and_then(|item| Some((item.value.as_text()?.to_owned(), item.span))),
            group: text("group"),
            url: format!("{url}{}/", address(number.value)),
            values: object.clone(),
        }
    };
    numbered(collection, values).map(entry).collect()
}

/// The number of an entry as a piece of an address: dots stay, so that `1.2` and `12` differ.
fn address(number: &str) -> String {
    number.split('.').map(parse::slug).collect::<Vec<_>>().join(".")
}
