use indexmap::IndexMap;
use rayon::prelude::*;

use super::backlink;
use super::document::FOLDER_KEYS;
use super::typing::{self, Resolve};
use super::{Derogation, Document, DocumentId, Entry, Folder, Index, Object, Page, Site, Target, Value, parse_date};
use crate::parse::{self, Mapping, Node, Yaml};
use crate::schema::{Collection, Kind, RESERVED, ReferenceShape, Schema, Shape};
use crate::source::{Snapshot, SourceId, Span, Spanned};

/// Makes a site of parsed pages. `src` is the folder of the content below the book's; pages come in the order of their paths.
pub fn build(snapshot: &Snapshot, src: &str, schema: Schema, pages: Vec<parse::Page>) -> Site {
    let mut folders = Vec::new();
    let mut leaves = Vec::new();
    for page in pages {
        let below = below(&snapshot.file(page.source).path, src);
        match below.strip_suffix("_index.md") {
            Some(folder) => folders.push(folder_of(folder.trim_end_matches('/'), &schema, page)),
            None => leaves.push(Leaf::new(below, &schema, page)),
        }
    }

    let mut index = Index::default();
    for (number, leaf) in leaves.iter().enumerate() {
        let id = document_id(number);
        let path = &snapshot.file(leaf.page.source).path;
        index.add_document(leaf.collection.as_deref().unwrap_or_default(), &leaf.name, path, id);
        for (place, number) in leaf.entry_numbers(&schema).into_iter().enumerate() {
            index.add_entry(id, &number, place);
        }
    }

    let documents: Vec<Document> = leaves
        .into_par_iter()
        .enumerate()
        .map(|(number, leaf)| {
            leaf.into_document(document_id(number), &schema, &|shape, text| index.resolve(shape, text))
        })
        .collect();
    let backlinks = backlink::collect(&schema, &documents);
    let by_collection = schema.collections.values().map(|collection| list(collection, &documents)).collect();
    Site { schema, documents, by_collection, folders, backlinks, index }
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
    let leaves: Vec<Leaf> = specimens
        .into_iter()
        .enumerate()
        .map(|(number, specimen)| {
            let id = document_id(site.documents.len() + number);
            let body = parse::parse_markdown(specimen.body, source, 0..specimen.body.len());
            let leaf = Leaf {
                collection: Some(specimen.collection.to_owned()),
                folder: format!("{}/", specimen.collection),
                name: specimen.name,
                page: parse::Page { source, front: Some(specimen.front), body },
            };
            index.add_document(specimen.collection, &leaf.name, "", id);
            for (place, number) in leaf.entry_numbers(&site.schema).into_iter().enumerate() {
                index.add_entry(id, &number, place);
            }
            leaf
        })
        .collect();
    let resolve = |shape: &ReferenceShape, text: &str| match site.index.resolve(shape, text) {
        Target::Missing => index.resolve(shape, text),
        found => found,
    };
    let ids = site.documents.len()..;
    ids.zip(leaves).map(|(number, leaf)| leaf.into_document(document_id(number), &site.schema, &resolve)).collect()
}

fn document_id(number: usize) -> DocumentId {
    DocumentId(u32::try_from(number).expect("a book has fewer than four billion documents"))
}

/// A path below the content's folder.
fn below<'a>(path: &'a str, src: &str) -> &'a str {
    path.strip_prefix(src).map_or(path, |below| below.trim_start_matches('/'))
}

/// The documents of a collection, as it lists them: by its sort key, then by name.
fn list(collection: &Collection, documents: &[Document]) -> (String, Vec<DocumentId>) {
    let mut listed: Vec<(SortKey, &Document)> = documents
        .iter()
        .filter(|document| document.collection.as_deref() == Some(&collection.id))
        .map(|document| (SortKey::of(document, &collection.sort.key.value), document))
        .collect();
    listed.sort_by(|(a, first), (b, second)| {
        let order = a.compare(b);
        let order = if collection.sort.descending { order.reverse() } else { order };
        order.then_with(|| first.name.cmp(&second.name))
    });
    (collection.id.clone(), listed.into_iter().map(|(_, document)| document.id).collect())
}

/// What a document is sorted by.
enum SortKey {
    Number(f64),
    Text(String),
    Nothing,
}

impl SortKey {
    fn of(document: &Document, key: &str) -> Self {
        match key {
            "title" => Self::Text(parse::slug(&document.page.title.value)),
            "date" => document.date.map_or(Self::Nothing, |date| Self::Text(date.value.to_string())),
            "updated" => document.updated.map_or(Self::Nothing, |date| Self::Text(date.value.to_string())),
            key => match document.values.get(key).map(|item| &item.value) {
                Some(Value::Number(number)) => Self::Number(*number),
                Some(Value::Date(date)) => Self::Text(date.to_string()),
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
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

/// A file that is a document, before it is typed.
struct Leaf {
    collection: Option<String>,
    /// Folder below the content, with a last `/` unless it is the content itself.
    folder: String,
    name: String,
    page: parse::Page,
}

impl Leaf {
    fn new(below: &str, schema: &Schema, page: parse::Page) -> Self {
        let (folder, file) = below.rfind('/').map_or(("", below), |slash| below.split_at(slash + 1));
        let collection = std::iter::successors(Some(folder.trim_end_matches('/')), |folder| {
            folder.rfind('/').map(|slash| folder.get(..slash).unwrap_or_default())
        })
        .find(|folder| schema.collection(folder).is_some())
        .map(str::to_owned);
        let name = file.strip_suffix(".md").unwrap_or(file).to_owned();
        Self { collection, folder: folder.to_owned(), name, page }
    }

    fn collection<'a>(&self, schema: &'a Schema) -> Option<&'a Collection> {
        self.collection.as_deref().and_then(|id| schema.collection(id))
    }

    /// The numbers of its entries, in the order in which [`entries_of`] makes them.
    fn entry_numbers(&self, schema: &Schema) -> Vec<String> {
        let (Some(collection), Some(front)) = (self.collection(schema), &self.page.front) else { return Vec::new() };
        let mut numbers = Vec::new();
        for (key, node) in &front.entries {
            let is_entries =
                collection.fields.get(&key.value).is_some_and(|field| matches!(field.shape, Shape::Entries(_)));
            if let (true, Some(items)) = (is_entries, node.as_sequence()) {
                let of_item = |item: &Node| item.as_mapping()?.get("number")?.as_str().map(str::to_owned);
                numbers.extend(items.iter().filter_map(of_item));
            }
        }
        numbers
    }

    fn into_document(self, id: DocumentId, schema: &Schema, resolve: Resolve<'_>) -> Document {
        let collection = self.collection(schema);
        let file = Span::file(self.page.source);
        let readable = self.page.front.is_some();
        let front = self.page.front.unwrap_or(Mapping { span: file, entries: Vec::new() });
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
        let mut misread = reader.misread;
        misread.sort_by_key(|(key, _, _)| key.span);

        let mut reserved: Vec<&str> = RESERVED.to_vec();
        reserved.extend([title_key.as_str(), date_key.as_str(), summary_key.as_str()]);
        let is_rule = collection.is_some_and(|collection| collection.kind == Kind::Rules);
        let values = match collection {
            Some(_) if is_rule => Object::empty(front.span),
            Some(collection) => {
                typing::object(&front, &collection.fields, collection.additional_properties, &reserved, resolve)
            }
            None => typing::object(&front, &IndexMap::new(), false, &reserved, resolve),
        };
        let last = slug.as_ref().map_or(self.name.as_str(), |slug| slug.value.as_str());
        let url = format!("{}{last}/", self.folder);
        let entries = collection.map(|collection| entries_of(collection, &values, &url)).unwrap_or_default();
        let title = title.unwrap_or_else(|| Spanned::new(self.name.clone(), file));
        Document {
            id,
            collection: self.collection,
            name: self.name,
            page: Page { source: self.page.source, url, title, summary, template, body: self.page.body, readable },
            date,
            updated,
            draft,
            aliases,
            slug,
            values,
            entries,
            derogations,
            misread,
            rule: is_rule.then_some(front),
        }
    }
}

/// The entries among a document's values, field by field in the author's order.
fn entries_of(collection: &Collection, values: &Object, url: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (name, (_, item)) in &values.fields {
        let is_entries = collection.fields.get(name).is_some_and(|field| matches!(field.shape, Shape::Entries(_)));
        let Some(items) = item.value.items().filter(|_| is_entries) else { continue };
        for item in items {
            let Some(object) = item.value.as_object() else { continue };
            let text = |key: &str| object.get(key).and_then(|item| item.value.as_text()).map(str::to_owned);
            let Some(number) = object.get("number") else { continue };
            let Some(written) = number.value.as_text() else { continue };
            entries.push(Entry {
                field: name.clone(),
                number: Spanned::new(written.to_owned(), number.span),
                title: text("title").unwrap_or_default(),
                text: object.get("text").and_then(|item| Some((item.value.as_text()?.to_owned(), item.span))),
                group: text("group"),
                url: format!("{url}{}/", address(written)),
                values: object.clone(),
            });
        }
    }
    entries
}

/// The number of an entry as a piece of an address: dots stay, so that `1.2` and `12` differ.
fn address(number: &str) -> String {
    number.split('.').map(parse::slug).collect::<Vec<_>>().join(".")
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
            body: page.body,
            readable,
        },
    }
}

/// Reads the keys that every document may have.
struct Reserved<'a> {
    front: &'a Mapping,
    misread: Vec<(Spanned<String>, Span, &'static str)>,
}

impl Reserved<'_> {
    fn read<T>(&mut self, key: &str, wanted: &'static str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        let (name, node) = self.front.entry(key).filter(|(_, node)| !node.is_null())?;
        let value = read(node);
        if value.is_none() {
            self.misread.push((name.clone(), node.span, wanted));
        }
        value
    }

    fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        self.read(key, "text", |node| Some(Spanned::new(node.as_str()?.to_owned(), node.span)))
    }

    fn date(&mut self, key: &str) -> Option<Spanned<jiff::civil::Date>> {
        self.read(key, "date", |node| Some(Spanned::new(parse_date(node.as_str()?)?, node.span)))
    }

    fn flag(&mut self, key: &str) -> bool {
        let flag = self.read(key, "boolean", |node| match &node.value {
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "true" => Some(true),
            Yaml::Scalar(scalar) if !scalar.quoted && scalar.text == "false" => Some(false),
            _ => None,
        });
        flag.unwrap_or(false)
    }

    fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let texts = self.read(key, "texts", |node| {
            let text = |node: &Node| Some(Spanned::new(node.as_str()?.to_owned(), node.span));
            node.as_sequence()?.iter().map(text).collect()
        });
        texts.unwrap_or_default()
    }
}

fn derogations(node: Option<&Node>) -> Vec<Derogation> {
    let Some(items) = node.and_then(Node::as_sequence) else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| {
            let mapping = item.as_mapping()?;
            let text =
                |key: &str| mapping.get(key).and_then(|node| Some(Spanned::new(node.as_str()?.to_owned(), node.span)));
            let known = ["rule", "reason", "by", "until"];
            let unknown = mapping.entries.iter().map(|(key, _)| key).filter(|key| !known.contains(&key.value.as_str()));
            Some(Derogation {
                span: item.span,
                rule: text("rule"),
                reason: text("reason"),
                by: text("by"),
                until: text("until"),
                unknown: unknown.cloned().collect(),
            })
        })
        .collect()
}
