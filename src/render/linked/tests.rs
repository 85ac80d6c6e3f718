use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::artifact::Artifact;
use crate::render::tests::{book, text_of};

/// The properties that schema.org gives to each type that pages use (its own and those of the types above it).
const VOCABULARY: &[(&str, &str)] = &[
    ("WebSite", "url name description inLanguage publisher potentialAction"),
    ("SearchAction", "target query-input"),
    ("EntryPoint", "urlTemplate"),
    ("BreadcrumbList", "itemListElement"),
    ("ListItem", "position name item"),
    ("Collection", "url name description inLanguage isPartOf"),
    ("DefinedTermSet", "url name description inLanguage isPartOf"),
    ("DefinedTerm", "url name alternateName description inDefinedTermSet"),
    ("Organization", "name description mainEntityOfPage"),
    ("AdministrativeArea", "name description mainEntityOfPage"),
    ("Service", "name description mainEntityOfPage"),
    ("Article", WORK),
    ("Report", WORK),
    ("WebPage", "url name description position inLanguage isPartOf"),
    ("CreativeWork", "url name description position inLanguage isPartOf"),
    ("Dataset", "url name description inLanguage creator license variableMeasured isAccessibleForFree distribution"),
    ("DataDownload", "encodingFormat contentUrl"),
];
const WORK: &str = "url name headline description inLanguage datePublished dateModified creativeWorkStatus author publisher keywords license isPartOf isAccessibleForFree";

/// What is on a page, by type.
fn graph(artifacts: &[Artifact], path: &str) -> BTreeMap<String, Json> {
    let html = text_of(artifacts, path);
    let (_, rest) =
        html.split_once("<script type=\"application/ld+json\">").unwrap_or_else(|| panic!("none on {path}"));
    let (block, _) = rest.split_once("</script>").unwrap();
    assert!(!block.contains('<'), "nothing in it can end it: {block}");
    let block: Json = serde_json::from_str(block).unwrap();
    assert_eq!(block["@context"], "https://schema.org");
    let nodes = block["@graph"].as_array().unwrap();
    nodes.iter().for_each(holds_to_the_vocabulary);
    nodes.iter().map(|node| (node["@type"].as_str().unwrap().to_owned(), node.clone())).collect()
}

fn holds_to_the_vocabulary(value: &Json) {
    match value {
        Json::Array(items) => items.iter().for_each(holds_to_the_vocabulary),
        Json::Object(node) => {
            if let Some(kind) = node.get("@type").and_then(Json::as_str) {
                let (_, known) =
                    VOCABULARY.iter().find(|(known, _)| *known == kind).unwrap_or_else(|| panic!("{kind}"));
                for key in node.keys().filter(|key| !key.starts_with('@')) {
                    assert!(known.split(' ').any(|known| known == key), "`{kind}` has no `{key}`");
                }
            }
            node.values().for_each(holds_to_the_vocabulary);
        }
        _ => {}
    }
}

const REPORTS: &str = "---\ntitle: Avis\nsummary: Ce qui se dit.\ncollection:\n  author_field: ateliers\n  schema_org: Report\n  fields:\n    ateliers: { type: array, items: { type: reference, to: lieux } }\n    ville: { type: string, facet: true }\n    fictif: { type: boolean, notice: Rien n'est vrai., title: Fictif }\n---\n";

fn site() -> Vec<Artifact> {
    let (artifacts, sink, _) = book(&[
        ("content/avis/_index.md", REPORTS),
        (
            "content/avis/b.md",
            "---\ntitle: \"</script><b>\"\ndate: 2024-02-01\nupdated: 2024-03-01\nateliers: [l]\nville: Brest\nfictif: true\n---\nTexte.\n",
        ),
        ("content/lieux/_index.md", "---\ntitle: Lieux\ncollection: { schema_org: Organization }\n---\n"),
        ("content/lieux/l.md", "---\ntitle: Le Fil\n---\n"),
        (
            "content/mots/_index.md",
            "---\ntitle: Mots\ncollection:\n  glossary: { short: sigle, long: long }\n  fields: { sigle: { type: string }, long: { type: string } }\n---\n",
        ),
        ("content/mots/m.md", "---\ntitle: ABC\nsigle: ABC\nlong: Alpha Bravo\nsummary: Un mot.\n---\n"),
        ("content/notes/n.md", "---\ntitle: N\npoints: [{ number: '1.2', title: Un }]\n---\n"),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    artifacts
}

#[test]
fn a_report_says_what_it_is() {
    let graph = graph(&site(), "avis/b/index.html");
    assert_eq!(
        graph["Report"],
        json!({
            "@type": "Report", "@id": "https://exemple.fr/base/avis/b/", "url": "https://exemple.fr/base/avis/b/",
            "name": "</script><b>", "headline": "</script><b>", "description": "Texte.", "inLanguage": "fr",
            "datePublished": "2024-02-01", "dateModified": "2024-03-01", "creativeWorkStatus": "Fictif",
            "author": [{ "@type": "Organization", "name": "Le Fil" }],
            "publisher": { "@type": "Organization", "name": "Essai" }, "keywords": ["Brest"],
            "isPartOf": { "@id": "https://exemple.fr/base/avis/" }, "isAccessibleForFree": true,
        })
    );
    let crumbs = graph["BreadcrumbList"]["itemListElement"].as_array().unwrap();
    let told: Vec<(u64, &str)> =
        crumbs.iter().map(|crumb| (crumb["position"].as_u64().unwrap(), crumb["item"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [(1, "https://exemple.fr/base/"), (2, "https://exemple.fr/base/avis/"), (3, "https://exemple.fr/base/avis/b/")]
    );
}

#[test]
fn terms_parts_and_things_say_what_they_are() {
    let artifacts = site();
    assert_eq!(
        graph(&artifacts, "mots/m/index.html")["DefinedTerm"],
        json!({
            "@type": "DefinedTerm", "@id": "https://exemple.fr/base/mots/m/", "url": "https://exemple.fr/base/mots/m/",
            "name": "ABC", "alternateName": "Alpha Bravo", "description": "Un mot.",
            "inDefinedTermSet": { "@id": "https://exemple.fr/base/mots/" },
        })
    );
    assert_eq!(graph(&artifacts, "mots/index.html")["DefinedTermSet"]["@id"], "https://exemple.fr/base/mots/");
    assert_eq!(
        graph(&artifacts, "lieux/l/index.html")["Organization"]["mainEntityOfPage"],
        "https://exemple.fr/base/lieux/l/"
    );
    let part = &graph(&artifacts, "notes/n/1.2/index.html")["CreativeWork"];
    assert_eq!(
        (&part["position"], &part["isPartOf"]["@id"]),
        (&json!("1.2"), &json!("https://exemple.fr/base/notes/n/"))
    );
}

#[test]
fn the_site_and_its_data_can_be_found() {
    let artifacts = site();
    let home = &graph(&artifacts, "index.html")["WebSite"];
    assert_eq!(
        home["potentialAction"]["target"]["urlTemplate"],
        "https://exemple.fr/base/recherche/?q={search_term_string}"
    );
    let data = &graph(&artifacts, "donnees-ouvertes/index.html")["Dataset"];
    assert_eq!(data["distribution"][0]["encodingFormat"], "text/csv");
    assert!(text_of(&artifacts, "404.html").split_once("ld+json").is_none());
}
