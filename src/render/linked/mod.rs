//! Linked data: what each page is, in the words of schema.org, as JSON-LD in its head.
//!
//! What a document is comes from its collection (`schema_org`). Everything has an address as its name, so there is linked data only
//! where the book says where it stands. A block of data is not a script: a browser runs nothing of it, and the security policy that
//! forbids inline scripts lets it stand. No `<` is ever in it, whatever an author writes.

mod nodes;

use serde::Serialize;

use super::credit;
use super::data::{Dataset, Licence};
use super::facet::Mark;
use super::listing;
use super::page::Head;
use super::shared::Shared;
use crate::model::{Document, Entry};
use crate::schema::{Collection, Shape};
use nodes::{
    Action, Breadcrumbs, Crumb, DatasetNode, Distribution, EntryPoint, Named, PartNode, Reference, SetNode, TermNode,
    ThingNode, Website, WorkNode,
};

/// The block of a page: what it is about, and the pages above it. Empty where nothing can be named.
pub(super) fn write(shared: &Shared<'_>, head: &Head) -> String {
    if head.canonical.is_empty() || head.nodes.is_empty() && head.breadcrumbs.is_empty() {
        return String::new();
    }
    let base = &shared.cx.config.base_url;
    let mut nodes = head.nodes.clone();
    if !head.breadcrumbs.is_empty() {
        let above = head.breadcrumbs.iter().map(|crumb| (crumb.title.as_str(), crumb.url.as_str()));
        let crumbs = above.chain([(head.title.as_str(), head.url.as_str())]).enumerate();
        let items = crumbs.map(|(at, (name, url))| Crumb { position: at + 1, name, item: format!("{base}/{url}") });
        nodes.push(json(&Breadcrumbs { items: items.collect() }));
    }
    format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{}]}}", nodes.join(","))
}

/// The site, which knows how it is searched.
pub(super) fn home(shared: &Shared<'_>) -> String {
    let (config, base) = (shared.cx.config, &shared.cx.config.base_url);
    let search = config.search.then(|| Action {
        target: EntryPoint { template: format!("{base}/{}?q={{search_term_string}}", shared.words().url("search")) },
        input: "required name=search_term_string",
    });
    json(&Website {
        id: site_id(base),
        url: format!("{base}/"),
        name: &config.title,
        description: &config.description,
        language: &config.language,
        publisher: Named::organization(credit::publisher(shared)),
        search,
    })
}

/// A collection, or a set of terms where its documents are terms.
pub(super) fn collection(shared: &Shared<'_>, collection: &Collection) -> String {
    let base = &shared.cx.config.base_url;
    json(&SetNode {
        kind: if collection.schema_org == "DefinedTerm" { "DefinedTermSet" } else { "Collection" },
        id: format!("{base}/{}/", collection.id),
        url: format!("{base}/{}/", collection.id),
        name: &collection.title,
        description: &collection.summary,
        language: &shared.cx.config.language,
        part_of: Reference { id: site_id(base) },
    })
}

/// A document: a work, a term, or a thing that its page tells of.
pub(super) fn document(shared: &Shared<'_>, document: &Document) -> String {
    let (config, base) = (shared.cx.config, &shared.cx.config.base_url);
    let url = format!("{base}/{}", document.page.url);
    let name = document.page.title.value.as_str();
    let description = credit::excerpt(document);
    let Some(collection) = shared.collection_of(document) else {
        let part_of = Reference { id: site_id(base) };
        return json(&PartNode {
            kind: "WebPage",
            id: url.clone(),
            url,
            name,
            description,
            position: None,
            language: &config.language,
            part_of,
        });
    };
    let part_of = Reference { id: format!("{base}/{}/", collection.id) };
    match collection.schema_org {
        "DefinedTerm" => json(&TermNode {
            id: url.clone(),
            url,
            name,
            alternate: other_name(collection, document),
            description,
            set: part_of,
        }),
        kind @ ("Organization" | "AdministrativeArea" | "Service") => {
            json(&ThingNode { kind, id: format!("{url}#thing"), name, description, page: url })
        }
        kind => {
            let marks = shared.facets.marks(document);
            let notes: Vec<&str> = listing::notice_titles(shared, document).collect();
            json(&WorkNode {
                kind,
                id: url.clone(),
                url,
                name,
                headline: name,
                description,
                language: &config.language,
                published: document.date.map(|day| day.value.to_string()),
                modified: document.updated.or(document.date).map(|day| day.value.to_string()),
                status: (!notes.is_empty()).then(|| notes.join(", ")),
                author: authors(shared, collection, document),
                publisher: Named::organization(credit::publisher(shared)),
                keywords: marks.iter().map(Mark::label).collect(),
                licence: Licence::of(config).map(|licence| licence.url).filter(|url| !url.is_empty()),
                part_of,
                free: true,
            })
        }
    }
}

/// An entry: a part of its document, with its number.
pub(super) fn entry(shared: &Shared<'_>, document: &Document, entry: &Entry) -> String {
    let base = &shared.cx.config.base_url;
    let url = format!("{base}/{}", entry.url);
    json(&PartNode {
        kind: "CreativeWork",
        id: url.clone(),
        url,
        name: &entry.title,
        description: String::new(),
        position: entry.shown_number(),
        language: &shared.cx.config.language,
        part_of: Reference { id: format!("{base}/{}", document.page.url) },
    })
}

/// A table of the open data.
pub(super) fn dataset(shared: &Shared<'_>, dataset: &Dataset<'_>) -> String {
    let (config, base) = (shared.cx.config, &shared.cx.config.base_url);
    let file = |format, url: &str| Distribution { format, url: format!("{base}/{url}") };
    json(&DatasetNode {
        id: format!("{base}/{}", dataset.url),
        url: format!("{base}/{}", dataset.url),
        name: format!("{} – {}", dataset.name, config.title),
        description: if dataset.description.is_empty() { &config.description } else { dataset.description },
        language: &config.language,
        creator: Named::organization(credit::publisher(shared)),
        licence: Licence::of(config).map(|licence| licence.url).filter(|url| !url.is_empty()),
        variables: &dataset.columns,
        free: true,
        files: [file("text/csv", &dataset.csv_url), file("application/json", &dataset.json_url)],
    })
}

fn site_id(base: &str) -> String {
    format!("{base}/#site")
}

/// Who wrote a document; those who have a page among organisations are organisations, of the others nobody knows.
fn authors<'a>(shared: &Shared<'a>, collection: &Collection, document: &'a Document) -> Vec<Named<'a>> {
    let field = collection.author_field.as_ref().and_then(|key| collection.fields.get(&key.value));
    let shape = field.map(|field| match &field.shape {
        Shape::Array(items) => &items.shape,
        shape => shape,
    });
    let is_organization = matches!(shape, Some(Shape::Reference(shape)) if shape.to.iter().all(|to| {
        shared.cx.site.schema.collection(&to.value).is_some_and(|collection| collection.schema_org == "Organization")
    }));
    let named = if is_organization { Named::organization } else { Named::Someone };
    credit::authors(shared, document).into_iter().map(named).collect()
}

/// What else a term of a glossary is called: its abbreviation, or what that stands for.
fn other_name<'a>(collection: &Collection, document: &'a Document) -> Option<&'a str> {
    let keys = collection.glossary.as_ref()?;
    let text = |key: &str| document.values.get(key)?.value.as_text();
    let title = document.page.title.value.as_str();
    [text(&keys.short), text(&keys.long)].into_iter().flatten().find(|name| *name != title)
}

/// JSON that can stand in a page.
fn json(node: &impl Serialize) -> String {
    let json = serde_json::to_string(node).expect("plain texts make JSON");
    if memchr::memchr(b'<', json.as_bytes()).is_some() { json.replace('<', "\\u003c") } else { json }
}

#[cfg(test)]
mod tests;
