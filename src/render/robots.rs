use std::fmt::Write as _;

use super::escape::escape;
use super::rule;
use super::shared::Shared;
use crate::artifact::Artifact;

/// What crawlers read. A sitemap holds whole addresses, so there is one only where the book says where it stands.
pub(super) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let base = &shared.cx.config.base_url;
    if base.is_empty() {
        return vec![Artifact::new("robots.txt", "User-agent: *\nAllow: /\n")];
    }
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n");
    vec![Artifact::new("robots.txt", robots), Artifact::new("sitemap.xml", sitemap(shared, base))]
}

fn sitemap(shared: &Shared<'_>, base: &str) -> String {
    let site = shared.cx.site;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |url: &str, changed: Option<String>| {
        let changed = changed.map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
        let _ = writeln!(xml, "<url><loc>{}/{}</loc>{changed}</url>", escape(base), escape(url));
    };
    add("", None);
    for (.., url) in rule::overviews(shared) {
        add(&url, None);
    }
    for collection in site.schema.collections.values() {
        add(&format!("{}/", collection.id), None);
    }
    for folder in shared.free_folders() {
        add(&folder.page.url, None);
    }
    if !shared.gathered.is_empty() {
        add(&shared.words().url("gathered"), None);
    }
    for heading in shared.gathered.headings() {
        add(heading.url(), None);
    }
    for url in [super::legal::notice_url(shared), super::legal::accessibility_url(shared)] {
        if !url.is_empty() {
            add(&url, None);
        }
    }
    for document in site.published() {
        let changed = document.updated.or(document.date).map(|date| date.value.to_string());
        add(&document.page.url, changed.clone());
        for entry in &document.entries {
            add(&entry.url, changed.clone());
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
