use indexmap::IndexMap;
use serde::Serialize;

use super::collection::PAGE;
use super::listing::Listed;
use super::shared::Shared;
use crate::model::{Document, DocumentId};

/// Documents that refer to the same thing in the same way.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    /// What the reference is called from the side that it leads to.
    title: &'a str,
    count: usize,
    /// All of them; the first, where they are a list of their own.
    documents: Vec<Listed<'a>>,
    /// Where that list is; empty where all of them stand here.
    url: &'a str,
}

/// How many of a long list stand where it is not.
const FIRST: usize = 10;

/// Who refers to a document, or to one of its entries, by name of the reference and then as each collection lists them.
pub(super) fn groups<'a>(shared: &'a Shared<'_>, document: &Document, entry: Option<usize>) -> Vec<Group<'a>> {
    let mut groups: IndexMap<&str, Vec<DocumentId>> = IndexMap::new();
    for backlink in shared.cx.site.backlinks(document.id).iter().filter(|backlink| backlink.entry == entry) {
        // A document refers to a thing but once in the same way.
        groups.entry(backlink.label.as_str()).or_default().push(backlink.from);
    }
    groups
        .into_iter()
        .map(|(title, mut ids)| {
            ids.sort_by_key(|id| (shared.document(*id).collection.as_deref(), shared.rank[*id]));
            let (count, url) = (ids.len(), list(shared, document, &ids).unwrap_or_default());
            if !url.is_empty() {
                ids.truncate(FIRST);
            }
            let documents = ids.into_iter().map(|id| Listed::new(shared, shared.document(id))).collect();
            Group { title, count, documents, url }
        })
        .collect()
}

/// Where readers find just these documents, in this order, page by page; none where they fit on one, or no list has them.
fn list<'a>(shared: &'a Shared<'_>, document: &Document, ids: &[DocumentId]) -> Option<&'a str> {
    let first = ids.first().filter(|_| ids.len() > PAGE)?;
    let facets = shared.facets.of(shared.document(*first).collection.as_deref()?);
    let mut choices = facets.iter().flat_map(|facet| &facet.choices);
    let is_same = |listed: &[&Document]| listed.iter().map(|document| &document.id).eq(ids);
    let of_document = |of: Option<&Document>| of.is_some_and(|of| of.id == document.id);
    let found = choices.find(|choice| of_document(choice.document) && is_same(&choice.documents))?;
    Some(&found.url)
}

/// How many documents refer to each entry.
pub(super) fn citations(shared: &Shared<'_>, document: &Document) -> Vec<usize> {
    let mut from: Vec<Vec<DocumentId>> = vec![Vec::new(); document.entries.len()];
    for backlink in shared.cx.site.backlinks(document.id) {
        if let Some(list) = backlink.entry.and_then(|entry| from.get_mut(entry))
            && list.last() != Some(&backlink.from)
        {
            list.push(backlink.from);
        }
    }
    from.into_iter().map(|list| list.len()).collect()
}

#[cfg(test)]
mod tests {
    use crate::render::tests::{book, borrowed, main_of};

    /// The page of a note that so many others refer to.
    fn note(others: usize, facet: &str) -> String {
        let notes = format!(
            "---\ntitle: Notes\ncollection:\n  singular: note\n  fields:\n    lien: {{ type: reference, to: notes, inverse: Vient de, title: Lien{facet} }}\n---\n"
        );
        let mut files = vec![
            ("content/notes/_index.md".to_owned(), notes),
            ("content/notes/a.md".to_owned(), "---\ntitle: A\n---\n".to_owned()),
        ];
        let other = |number| (format!("content/notes/n{number}.md"), format!("---\ntitle: N{number}\nlien: a\n---\n"));
        files.extend((0..others).map(other));
        main_of(&book(&borrowed(&files)).0, "notes/a/index.html")
    }

    fn links(page: &str) -> usize {
        let referring = page.split_once("Vient de").unwrap().1.split_once("</section>").unwrap().0;
        referring.matches("href=\"../../notes/n").count()
    }

    #[test]
    fn a_long_list_of_who_refers_stands_where_it_has_pages_of_its_own() {
        let list = "href=\"../../filtres/notes/lien/a/\">Toute la liste";
        let short = note(60, ", facet: true");
        assert!(links(&short) == 60 && !short.contains(list), "{short}");
        let long = note(61, ", facet: true");
        assert!(links(&long) == 10 && long.contains(list), "{long}");
        assert!(long.contains("Vient de <span class=\"count\">61</span>"), "{long}");
        assert_eq!(links(&note(61, "")), 61, "no list has them");
    }
}
