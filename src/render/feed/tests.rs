use std::collections::BTreeSet;

use crate::artifact::Artifact;
use crate::render::tests::book;

/// An element of an XML document.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Self>,
    text: String,
}

impl Element {
    /// Reads a document, as strictly as feed readers do; panics where it is not well formed.
    fn read(xml: &str) -> Self {
        let rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
        assert!(xml.chars().all(|c| c >= ' ' || matches!(c, '\n' | '\t')), "no character that XML forbids");
        let mut open = vec![Self::default()];
        let mut rest = rest;
        while let Some((text, tail)) = rest.split_once('<') {
            open.last_mut().unwrap().text.push_str(&unescape(text));
            let (tag, tail) = tail.split_once('>').unwrap();
            rest = tail;
            if let Some(name) = tag.strip_prefix('/') {
                let closed = open.pop().unwrap();
                assert_eq!(closed.name, name);
                open.last_mut().unwrap().children.push(closed);
                continue;
            }
            let alone = tag.ends_with('/');
            let mut parts = tag.trim_end_matches('/').splitn(2, ' ');
            let mut element = Self { name: parts.next().unwrap().to_owned(), ..Self::default() };
            let mut attributes = parts.next().unwrap_or_default();
            while let Some((name, tail)) = attributes.split_once("=\"") {
                let (value, tail) = tail.split_once('"').unwrap();
                element.attributes.push((name.trim().to_owned(), unescape(value)));
                attributes = tail;
            }
            if alone { open.last_mut().unwrap().children.push(element) } else { open.push(element) }
        }
        assert!(open.len() == 1 && open[0].children.len() == 1 && rest.trim().is_empty(), "one root");
        open.pop().unwrap().children.pop().unwrap()
    }

    fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> + use<'a> {
        let name = name.to_owned();
        self.children.iter().filter(move |child| child.name == name)
    }

    fn one(&self, name: &str) -> &Self {
        let mut all = self.all(name);
        let one = all.next().unwrap_or_else(|| panic!("no {name}"));
        assert!(all.next().is_none(), "two {name}");
        one
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn link(&self, rel: &str) -> &str {
        self.all("link").find(|link| link.attribute("rel") == rel).map_or("", |link| link.attribute("href"))
    }
}

fn unescape(text: &str) -> String {
    for (at, _) in text.match_indices('&') {
        let rest = text.get(at..).unwrap();
        assert!(["&amp;", "&lt;", "&gt;", "&quot;"].iter().any(|known| rest.starts_with(known)), "{text}");
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// What RFC 4287 asks of every feed: §4.1.1, §4.1.2, §4.2.
fn holds_to_the_rules(feed: &Element) {
    assert_eq!((feed.name.as_str(), feed.attribute("xmlns")), ("feed", "http://www.w3.org/2005/Atom"));
    let instant = regex::Regex::new(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$").unwrap();
    assert!(instant.is_match(&feed.one("updated").text));
    assert!(feed.one("id").text.starts_with("https://") && !feed.one("title").text.is_empty());
    assert!(feed.all("author").all(|author| !author.one("name").text.is_empty()));
    assert!(feed.all("author").count() > 0, "a feed has an author, or each of its entries");
    assert_eq!(feed.link("self"), feed.one("id").text);
    let mut ids = BTreeSet::new();
    let mut updates = Vec::new();
    for entry in feed.all("entry") {
        assert!(ids.insert(&entry.one("id").text), "an id is there twice");
        assert!(!entry.one("title").text.is_empty() && entry.link("alternate").starts_with("https://"));
        assert!(instant.is_match(&entry.one("published").text) && instant.is_match(&entry.one("updated").text));
        assert!(entry.all("category").all(|category| !category.attribute("term").is_empty()));
        assert!(entry.all("summary").count() < 2);
        updates.push(&entry.one("updated").text);
    }
    assert!(updates.is_sorted_by(|a, b| a >= b) && updates.first() == Some(&&feed.one("updated").text));
}

fn text<'a>(artifacts: &'a [Artifact], path: &str) -> Option<&'a str> {
    artifacts.iter().find(|artifact| artifact.path == path).map(|found| std::str::from_utf8(&found.bytes).unwrap())
}

fn notes() -> Vec<Artifact> {
    let (artifacts, sink, _) = book(&[
        (
            "content/notes/a.md",
            "---\ntitle: \"A <&> \\\"B\\\" \\u0007]]>\"\ndate: 2024-02-01\nville: Rennes\n---\nUn *mot* & 1 < 2.\n",
        ),
        (
            "content/notes/b.md",
            "---\ntitle: B\ndate: 2023-02-01\nupdated: 2025-03-04\nsummary: Court.\nville: Brest\n---\nTexte.\n",
        ),
        ("content/notes/c.md", "---\ntitle: Sans date\nville: Vannes\n---\n"),
        ("content/notes/d.md", "---\ntitle: Brouillon\ndate: 2024-02-02\ndraft: true\nville: Rennes\n---\n"),
    ]);
    assert_eq!(sink.diagnostics().len(), 0, "{:?}", sink.diagnostics());
    artifacts
}

#[test]
fn every_feed_holds_to_the_rules_of_atom() {
    let artifacts = notes();
    let mut feeds: Vec<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    feeds.retain(|path| path.ends_with("atom.xml"));
    feeds.sort_unstable();
    assert_eq!(
        feeds,
        ["atom.xml", "filtres/notes/ville/brest/atom.xml", "filtres/notes/ville/rennes/atom.xml", "notes/atom.xml"]
    );
    for path in feeds {
        let feed = Element::read(text(&artifacts, path).unwrap());
        holds_to_the_rules(&feed);
        assert_eq!(feed.one("id").text, format!("https://exemple.fr/base/{path}"));
    }
}

#[test]
fn the_latest_come_first_and_keep_the_words_of_their_author() {
    let artifacts = notes();
    let feed = Element::read(text(&artifacts, "notes/atom.xml").unwrap());
    assert_eq!((feed.attribute("xml:lang"), feed.link("alternate")), ("fr", "https://exemple.fr/base/notes/"));
    let entries: Vec<(&str, &str, &str, &str)> = feed
        .all("entry")
        .map(|entry| {
            let text = |name| entry.one(name).text.as_str();
            (text("title"), text("published"), text("updated"), text("summary"))
        })
        .collect();
    assert_eq!(
        entries,
        [
            ("B", "2023-02-01T00:00:00Z", "2025-03-04T00:00:00Z", "Court."),
            ("A <&> \"B\" ]]>", "2024-02-01T00:00:00Z", "2024-02-01T00:00:00Z", "Un mot & 1 < 2."),
        ]
    );
}

#[test]
fn the_json_feed_says_the_same() {
    let artifacts = notes();
    let feed: serde_json::Value = serde_json::from_str(text(&artifacts, "notes/feed.json").unwrap()).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://exemple.fr/base/notes/feed.json");
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["id"], "https://exemple.fr/base/notes/b/");
    assert_eq!(items[0]["date_modified"], "2025-03-04T00:00:00Z");
    assert!(items.iter().all(|item| item["content_text"].as_str().is_some_and(|text| !text.is_empty())));
}

#[test]
fn pages_lead_to_their_feed() {
    let artifacts = notes();
    let page = |path| text(&artifacts, path).unwrap();
    let link = "<link rel=\"alternate\" type=\"application/atom+xml\"";
    assert!(page("notes/a/index.html").contains("href=\"../../atom.xml\""));
    assert_eq!(page("notes/a/index.html").matches(link).count(), 1);
    assert_eq!(page("notes/index.html").matches(link).count(), 2);
    assert!(
        page("filtres/notes/ville/rennes/index.html")
            .contains("href=\"../../../../filtres/notes/ville/rennes/atom.xml\"")
    );
    assert_eq!(page("filtres/notes/ville/vannes/index.html").matches(link).count(), 1, "nothing there has a date");
}
