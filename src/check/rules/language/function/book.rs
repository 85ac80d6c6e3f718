//! Functions of documents and of the whole book.

use super::super::eval::Reason;
use super::super::expr::Ready;
use super::super::value::{Val, World};
use crate::model::{Document, DocumentId, Target, Value};
use crate::parse::slug;

/// Whether there is something to read.
pub(crate) fn filled<'a>(_: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    Ok(Val::Boolean(!args.first().ok_or(Reason::Missing)?.is_blank()))
}

/// The section under a heading, whatever its accents and capitals.
pub(crate) fn section<'a>(_: &World<'a>, ready: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [Val::Document(document), title] = args else { return Err(Reason::of(&args.iter().collect::<Vec<_>>())) };
    let found = match ready {
        Ready::Heading(wanted) => document.page.body.section(wanted),
        _ => document.page.body.section(&slug(title.as_text().ok_or_else(|| Reason::of(&[title]))?)),
    };
    Ok(found.map_or(Val::Null, Val::Section))
}

/// Every published document of a collection; in an example, those of the example.
pub(crate) fn documents<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let collection = args.first().and_then(Val::as_text).ok_or(Reason::Mismatch)?;
    if let Some(specimens) = world.specimens {
        return Ok(Val::List(specimens.iter().filter(|other| is_in(other, collection)).map(Val::Document).collect()));
    }
    let ids = world.site.by_collection.get(collection).map_or(&[][..], Vec::as_slice);
    let documents = ids.iter().map(|id| world.site.document(*id));
    Ok(Val::List(documents.filter(|document| !document.draft).map(Val::Document).collect()))
}

/// The published documents of a collection that refer to a document or entry; in an example, those of the example.
pub(crate) fn referrers<'a>(world: &World<'a>, _: &Ready, args: &[Val<'a>]) -> Result<Val<'a>, Reason> {
    let [to, collection] = args else { return Err(Reason::Mismatch) };
    let collection = collection.as_text().ok_or(Reason::Mismatch)?;
    let (document, number) = match to {
        Val::Document(document) => (document, None),
        Val::Entry(document, entry) => (document, Some(entry.number.value.as_str())),
        _ => return Ok(Val::List([].into())),
    };
    let place = number.and_then(|number| document.entries.iter().position(|entry| entry.number.value == number));
    if let Some(specimens) = world.specimens {
        let refers = |other: &&Document| is_in(other, collection) && refers(other, document.id, place);
        return Ok(Val::List(specimens.iter().filter(refers).map(Val::Document).collect()));
    }
    let mut found: Vec<DocumentId> = Vec::new();
    for backlink in world.site.backlinks(document.id) {
        if (place.is_none() || backlink.entry == place) && found.last() != Some(&backlink.from) {
            found.push(backlink.from);
        }
    }
    let documents = found.into_iter().map(|id| world.site.document(id)).filter(|other| is_in(other, collection));
    Ok(Val::List(documents.map(Val::Document).collect()))
}

fn is_in(document: &Document, collection: &str) -> bool {
    document.collection.as_deref() == Some(collection)
}

fn refers(document: &Document, to: DocumentId, place: Option<usize>) -> bool {
    document.id != to
        && document.values.fields.values().any(|(_, item)| {
            Value::references(item).iter().any(|(reference, _)| match (reference.target, place) {
                (Target::Entry(id, entry), Some(place)) => id == to && entry == place,
                (target, None) => target.document() == Some(to),
                _ => false,
            })
        })
}
