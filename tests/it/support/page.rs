//! A published page as tests look at it: its text, its links, its anchors. Enough of HTML for pages of our own making, no more.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One tag of a page, with the attributes that it has.
#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    fn attribute(&self, name: &str) -> Option<String> {
        let mark = format!(" {name}=\"");
        let (_, value) = self.rest.split_once(mark.as_str())?;
        Some(unescaped(value.split('"').next()?))
    }

    /// Cuts a page into tags, each with the text before it.
    fn all(html: &'a str) -> Vec<(&'a str, Self)> {
        let mut tags = Vec::new();
        let mut rest = html;
        while let Some((text, tail)) = rest.split_once('<') {
            let (tag, tail) = tail.split_once('>').expect("a tag is closed");
            let closing = tag.starts_with('/');
            let tag = tag.trim_start_matches('/');
            let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
            tags.push((text, Tag { name, closing, rest: tag.strip_prefix(name).unwrap_or_default() }));
            rest = tail;
        }
        tags
    }
}

/// What readers read between `<main>` and `</main>`: one line a block, links with where they lead, pictures with their words.
pub(crate) fn main_text(html: &str) -> String {
    let inner = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).map_or("", |(main, _)| main);
    let inner = inner.split_once('>').map_or("", |(_, inner)| inner);
    let (mut text, mut links, mut hidden, mut code) = (String::new(), Vec::new(), 0, false);
    for (before, tag) in Tag::all(inner) {
        if hidden == 0 {
            let before = unescaped(before);
            text.push_str(&if code { before } else { before.replace('\n', " ") });
        }
        code = if tag.name == "pre" { !tag.closing } else { code };
        match (tag.name, tag.closing) {
            ("svg" | "script" | "style" | "template", closing) if !tag.rest.ends_with('/') => {
                hidden = if closing { hidden - 1 } else { hidden + 1 }
            }
            _ if hidden > 0 => {}
            ("a", false) => {
                links.push(tag.attribute("href").unwrap_or_default());
                text.push('[');
            }
            ("a", true) => write!(text, "]({})", links.pop().unwrap_or_default()).unwrap(),
            ("img", _) => {
                let attribute = |name| tag.attribute(name).unwrap_or_default();
                write!(text, "![{}]({})", attribute("alt"), attribute("src")).unwrap();
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                let level = tag.name.trim_start_matches('h').parse().unwrap();
                write!(text, "\n{} ", "#".repeat(level)).unwrap();
            }
            ("td" | "th" | "dd", false) => text.push_str(" | "),
            (
                "span" | "strong" | "em" | "mark" | "code" | "time" | "sup" | "abbr" | "kbd" | "input" | "label"
                | "del",
                _,
            ) => {}
            _ => text.push('\n'),
        }
    }
    let lines =
        text.lines().map(|line| line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// Every address that a page leads to or asks for, with the tag that does.
pub(crate) fn addresses(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, tag) in Tag::all(html) {
        for attribute in ["href", "src", "action", "data"] {
            found.extend(tag.attribute(attribute).map(|value| (tag.name.to_owned(), value)));
        }
    }
    found
}

/// The anchors of a page; twice the same is a fault.
pub(crate) fn anchors(html: &str) -> Result<BTreeSet<String>, String> {
    let mut found = BTreeSet::new();
    for (_, tag) in Tag::all(html) {
        if let Some(id) = tag.attribute("id")
            && !found.insert(id.clone())
        {
            return Err(id);
        }
    }
    Ok(found)
}

/// Tags that run or style what the page's security policy forbids.
pub(crate) fn forbidden(html: &str) -> Vec<String> {
    let runs = |tag: &Tag<'_>| {
        let inline = tag.name == "style" || tag.name == "iframe" || tag.name == "object";
        let script =
            tag.name == "script" && !tag.closing && tag.attribute("src").is_none() && !tag.rest.contains("json");
        // The names of the attributes: what stands between quotes is text.
        let names = tag.rest.split('"').step_by(2);
        let handler = |name: &str| name.starts_with("on") || name == "style";
        let handled =
            names.flat_map(|part| part.split([' ', '\n'])).filter_map(|part| part.strip_suffix('=')).any(handler);
        inline || script || handled
    };
    Tag::all(html)
        .into_iter()
        .filter(|(_, tag)| runs(tag))
        .map(|(_, tag)| format!("<{}{}>", tag.name, tag.rest))
        .collect()
}

fn unescaped(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'");
    text.replace("&#x2F;", "/").replace("&amp;", "&")
}
