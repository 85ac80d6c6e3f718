use jiff::civil::Date;

use super::{Entry, Object, Value};
use crate::parse::{Body, Mapping, Node};
use crate::schema::Field;
use crate::source::{SourceId, Span, Spanned};

/// Names a document of the [`super::Site`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub(super) u32);

impl DocumentId {
    /// Its place in [`super::Site::documents`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What every page has, be it a document or the introduction of a folder.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its file.
    pub source: SourceId,
    /// Address below the root of the site, ending with `/`; empty for the home page.
    pub url: String,
    /// Its title; the file's name when none was written, and then `span` is the file.
    pub title: Spanned<String>,
    /// One or two sentences about it.
    pub summary: Option<Spanned<String>>,
    /// The template asked for.
    pub template: Option<Spanned<String>>,
    /// The views that it declares, as written.
    pub views: Option<Node>,
    /// Its text.
    pub body: Body,
    /// Whether its front matter could be read.
    pub readable: bool,
}

/// One document of a collection, or a free page.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name in the site.
    pub id: DocumentId,
    /// The collection it belongs to; none for a free page.
    pub collection: Option<String>,
    /// What references call it: the stem of its file.
    pub name: String,
    /// What it shares with every page.
    pub page: Page,
    /// Its day.
    pub date: Option<Spanned<Date>>,
    /// The day of its last change.
    pub updated: Option<Spanned<Date>>,
    /// Whether readers do not see it yet.
    pub draft: bool,
    /// Former addresses.
    pub aliases: Vec<Spanned<String>>,
    /// The address asked for, where it is not the file's name.
    pub slug: Option<Spanned<String>>,
    /// The values of its declared fields.
    pub values: Object,
    /// Its numbered entries.
    pub entries: Vec<Entry>,
    /// Rules that it is excused from.
    pub derogations: Vec<Derogation>,
    /// Reserved keys that hold something unusable, with the word for what they want (`date`, `boolean`, `text`, `texts`).
    pub misread: Vec<(Spanned<String>, Span, &'static str)>,
    /// For a rule: its front matter, which the check of rules reads.
    pub rule: Option<Mapping>,
}

impl Document {
    /// The documents that its fields lead to.
    pub fn refers_to(&self) -> impl Iterator<Item = DocumentId> {
        let fields = self.values.fields.values().filter(|(_, item)| item.value.may_refer());
        fields.flat_map(|(_, item)| Value::references(item)).filter_map(|(reference, _)| reference.target.document())
    }

    /// Whether one of its fields is `true`.
    pub fn is_true(&self, field: &Field) -> bool {
        self.values.fields.find(field.symbol).is_some_and(|(_, (_, item))| item.value == Value::Boolean(true))
    }
}

/// A rule that a document is excused from, openly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derogation {
    /// The whole of it.
    pub span: Span,
    /// Code of the rule.
    pub rule: Option<Spanned<String>>,
    /// Why.
    pub reason: Option<Spanned<String>>,
    /// Who granted it.
    pub by: Option<Spanned<String>>,
    /// Last day on which it holds.
    pub until: Option<Spanned<String>>,
    /// Keys that mean nothing here.
    pub unknown: Vec<Spanned<String>>,
}

/// Keys that the introduction of a folder may have.
pub const FOLDER_KEYS: &[&str] = &["title", "summary", "collection", "fields", "template", "views", "aliases"];

/// A folder of the content: a collection, or a group of free pages.
#[derive(Debug)]
pub struct Folder {
    /// Its path below the content; empty for the content itself.
    pub id: String,
    /// Its introduction.
    pub page: Page,
    /// Whether it is a collection.
    pub is_collection: bool,
    /// Former addresses, of itself and of everything in it.
    pub aliases: Vec<Spanned<String>>,
    /// Reserved keys that hold something unusable.
    pub misread: Vec<(Spanned<String>, Span)>,
    /// Keys of its front matter that mean nothing.
    pub unknown: Vec<Spanned<String>>,
}
