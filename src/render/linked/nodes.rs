//! The types of schema.org that pages use, each with the properties that they give.

use serde::Serialize;

/// Another node, by its name.
#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// An organisation, or somebody of whom nothing but the name is known.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Named<'a> {
    Organization {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: &'a str,
    },
    Someone(&'a str),
}

impl<'a> Named<'a> {
    pub(super) fn organization(name: &'a str) -> Self {
        Self::Organization { kind: "Organization", name }
    }
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "WebSite")]
pub(super) struct Website<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    #[serde(rename = "inLanguage")]
    pub(super) language: &'a str,
    pub(super) publisher: Named<'a>,
    #[serde(rename = "potentialAction", skip_serializing_if = "Option::is_none")]
    pub(super) search: Option<Action>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "SearchAction")]
pub(super) struct Action {
    pub(super) target: EntryPoint,
    #[serde(rename = "query-input")]
    pub(super) input: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "EntryPoint")]
pub(super) struct EntryPoint {
    #[serde(rename = "urlTemplate")]
    pub(super) template: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "BreadcrumbList")]
pub(super) struct Breadcrumbs<'a> {
    #[serde(rename = "itemListElement")]
    pub(super) items: Vec<Crumb<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
pub(super) struct Crumb<'a> {
    pub(super) position: usize,
    pub(super) name: &'a str,
    pub(super) item: String,
}

/// `Collection` or `DefinedTermSet`.
#[derive(Serialize)]
pub(super) struct SetNode<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    #[serde(rename = "inLanguage")]
    pub(super) language: &'a str,
    #[serde(rename = "isPartOf")]
    pub(super) part_of: Reference,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "DefinedTerm")]
pub(super) struct TermNode<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    #[serde(rename = "alternateName", skip_serializing_if = "Option::is_none")]
    pub(super) alternate: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    #[serde(rename = "inDefinedTermSet")]
    pub(super) set: Reference,
}

/// `Organization`, `AdministrativeArea` or `Service`: not the page, but what it is about.
#[derive(Serialize)]
pub(super) struct ThingNode<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    #[serde(rename = "mainEntityOfPage")]
    pub(super) page: String,
}

/// `Article` and its like, `Report`, `CreativeWork`.
#[derive(Serialize)]
pub(super) struct WorkNode<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    pub(super) headline: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    #[serde(rename = "inLanguage")]
    pub(super) language: &'a str,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<String>,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    #[serde(rename = "creativeWorkStatus", skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    pub(super) author: Vec<Named<'a>>,
    pub(super) publisher: Named<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) keywords: Vec<&'a str>,
    #[serde(rename = "license", skip_serializing_if = "Option::is_none")]
    pub(super) licence: Option<String>,
    #[serde(rename = "isPartOf")]
    pub(super) part_of: Reference,
    #[serde(rename = "isAccessibleForFree")]
    pub(super) free: bool,
}

/// `WebPage`, or `CreativeWork` for a part of a document.
#[derive(Serialize)]
pub(super) struct PartNode<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<&'a str>,
    #[serde(rename = "inLanguage")]
    pub(super) language: &'a str,
    #[serde(rename = "isPartOf")]
    pub(super) part_of: Reference,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Dataset")]
pub(super) struct DatasetNode<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: String,
    pub(super) description: &'a str,
    #[serde(rename = "inLanguage")]
    pub(super) language: &'a str,
    pub(super) creator: Named<'a>,
    #[serde(rename = "license", skip_serializing_if = "Option::is_none")]
    pub(super) licence: Option<String>,
    #[serde(rename = "variableMeasured", skip_serializing_if = "<[String]>::is_empty")]
    pub(super) variables: &'a [String],
    #[serde(rename = "isAccessibleForFree")]
    pub(super) free: bool,
    #[serde(rename = "distribution")]
    pub(super) files: [Distribution; 2],
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "DataDownload")]
pub(super) struct Distribution {
    #[serde(rename = "encodingFormat")]
    pub(super) format: &'static str,
    #[serde(rename = "contentUrl")]
    pub(super) url: String,
}
