use std::fmt::Write as _;

use super::{ATOM, Feed, Site};
use crate::model::Date;
use crate::render::escape::xml;

/// A feed by the rules of Atom (RFC 4287). The id of an entry is the address of its page, which `urls.lock` keeps from changing.
pub(super) fn write(site: &Site<'_>, feed: &Feed<'_>) -> String {
    let base = xml(site.base);
    let (page, language) = (xml(&feed.url), xml(site.language));
    let mut text = String::with_capacity(1024 + feed.entries.len() * 640);
    text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
    let _ = writeln!(text, "<id>{base}/{page}{ATOM}</id>\n<title>{}</title>", xml(&feed.title));
    if !feed.description.is_empty() {
        let _ = writeln!(text, "<subtitle>{}</subtitle>", xml(feed.description));
    }
    if let Some(updated) = feed.entries.iter().map(|entry| entry.updated).max() {
        let _ = writeln!(text, "<updated>{}</updated>", instant(updated));
    }
    let _ = writeln!(text, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/{page}{ATOM}\"/>");
    let _ = writeln!(text, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}/{page}\"/>");
    for author in &site.authors {
        let _ = writeln!(text, "<author><name>{}</name></author>", xml(author));
    }
    text.push_str("<generator>Recueil</generator>\n");
    for entry in &feed.entries {
        let (url, title) = (xml(entry.url), xml(entry.title));
        let _ = writeln!(text, "<entry>\n<id>{base}/{url}</id>\n<title>{title}</title>");
        let _ = writeln!(text, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}/{url}\"/>");
        let (published, updated) = (instant(entry.published), instant(entry.updated));
        let _ = writeln!(text, "<published>{published}</published>\n<updated>{updated}</updated>");
        if !entry.kind.is_empty() {
            let _ = writeln!(text, "<category term=\"{}\"/>", xml(entry.kind));
        }
        if !entry.summary.is_empty() {
            let _ = writeln!(text, "<summary>{}</summary>", xml(&entry.summary));
        }
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}

/// A day as RFC 3339 wants it: its first instant.
pub(super) fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
