//! What crawlers read: `robots.txt`, and a map of every page that readers are meant to find.
//!
//! A map holds whole addresses, so there is one only where the book says where it stands. The protocol lets a map hold 50,000 addresses
//! and 50 MB; a larger site has several, and `sitemap.xml` lists them.

use std::fmt::Write as _;

use super::escape::xml;
use super::rule;
use super::shared::Shared;
use super::{data, legal};
use crate::artifact::Artifact;
use crate::model::{Date, Document};

/// How many addresses a map may hold, and how many bytes.
const ADDRESSES: usize = 50_000;
const BYTES: usize = 50_000_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files for crawlers.
pub(super) fn files(shared: &Shared<'_>) -> Vec<Artifact> {
    let base = &shared.cx.config.base_url;
    if base.is_empty() {
        return vec![Artifact::new("robots.txt", "User-agent: *\nAllow: /\n")];
    }
    let mut files =
        vec![Artifact::new("robots.txt", format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"))];
    files.extend(maps(base, &addresses(shared), ADDRESSES, BYTES));
    files
}

/// The pages of the site and the day on which each last changed, as far as it is known.
fn addresses(shared: &Shared<'_>) -> Vec<(String, Option<Date>)> {
    let site = shared.cx.site;
    let latest = |documents: &[&Document]| documents.iter().filter_map(|document| changed(document)).max();
    let all: Vec<&Document> = site.published().collect();
    let mut addresses = vec![(String::new(), latest(&all))];
    addresses.extend(rule::overviews(shared).into_iter().map(|(.., url)| (url, None)));
    for collection in site.schema.collections.values() {
        let listed = shared.listed.get(collection.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        addresses.push((format!("{}/", collection.id), latest(listed)));
        for choice in shared.facets.of(&collection.id).iter().flat_map(|facet| &facet.choices) {
            addresses.push((choice.url.clone(), latest(&choice.documents)));
        }
    }
    addresses.extend(shared.free_folders().map(|folder| (folder.page.url.clone(), None)));
    if !shared.gathered.is_empty() {
        addresses.push((shared.words().url("gathered"), None));
    }
    addresses.extend(shared.gathered.headings().map(|heading| (heading.url().to_owned(), None)));
    if !shared.facets.is_empty() {
        addresses.push((shared.words().url("facets"), None));
    }
    addresses.push((shared.words().url("sitemap"), None));
    let own = [legal::notice_url(shared), legal::accessibility_url(shared), data::url(shared)];
    addresses.extend(own.into_iter().filter(|url| !url.is_empty()).map(|url| (url, None)));
    for document in all {
        addresses.push((document.page.url.clone(), changed(document)));
        addresses.extend(document.entries.iter().map(|entry| (entry.url.clone(), changed(document))));
    }
    addresses
}

fn changed(document: &Document) -> Option<Date> {
    document.updated.or(document.date).map(|day| day.value)
}

/// One map, or several and a list of them, none with more addresses or bytes than it may hold.
fn maps(base: &str, addresses: &[(String, Option<Date>)], most: usize, bytes: usize) -> Vec<Artifact> {
    let head = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n");
    let foot = "</urlset>\n";
    let base = xml(base);
    let mut maps = Vec::new();
    let (mut map, mut count, mut latest) = (head.clone(), 0, None);
    for (url, day) in addresses {
        let before = map.len();
        let lastmod = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        let _ = writeln!(map, "<url><loc>{base}/{}</loc>{lastmod}</url>", xml(url));
        if count == most || map.len() + foot.len() > bytes && count > 0 {
            let line = map.split_off(before);
            maps.push((std::mem::replace(&mut map, head.clone()) + foot, latest));
            map.push_str(&line);
            (count, latest) = (0, None);
        }
        count += 1;
        latest = latest.max(*day);
    }
    maps.push((map + foot, latest));
    if let [(map, _)] = maps.as_mut_slice() {
        return vec![Artifact::new("sitemap.xml", std::mem::take(map))];
    }
    let mut index = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let mut files = Vec::with_capacity(maps.len() + 1);
    for (number, (map, latest)) in maps.into_iter().enumerate() {
        let name = format!("sitemap-{}.xml", number + 1);
        let lastmod = latest.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        let _ = writeln!(index, "<sitemap><loc>{base}/{name}</loc>{lastmod}</sitemap>");
        files.push(Artifact::new(name, map));
    }
    index.push_str("</sitemapindex>\n");
    files.push(Artifact::new("sitemap.xml", index));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_date;
    use crate::render::tests::{book, text_of};

    fn some(count: usize) -> Vec<(String, Option<Date>)> {
        (0..count)
            .map(|number| (format!("{number}/"), parse_date(&format!("2024-01-{:02}", number % 28 + 1))))
            .collect()
    }

    #[test]
    fn a_large_site_has_several_maps_and_a_list_of_them() {
        let paths = |files: &[Artifact]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&maps("https://a.fr", &some(3), 3, BYTES)), ["sitemap.xml"]);
        let files = maps("https://a.fr", &some(7), 3, BYTES);
        assert_eq!(paths(&files), ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        let counts: Vec<usize> =
            files.iter().map(|file| text_of(&files, &file.path).matches("<loc>").count()).collect();
        assert_eq!(counts, [3, 3, 1, 3]);
        let index = text_of(&files, "sitemap.xml");
        assert!(
            index.contains("<sitemap><loc>https://a.fr/sitemap-3.xml</loc><lastmod>2024-01-07</lastmod></sitemap>"),
            "{index}"
        );
        let by_weight = maps("https://a.fr", &some(20), ADDRESSES, 600);
        assert!(by_weight.len() > 3 && by_weight.iter().take(by_weight.len() - 1).all(|map| map.bytes.len() <= 600));
    }

    #[test]
    fn a_map_holds_what_readers_find_and_when_it_changed() {
        let (artifacts, _, _) = book(&[
            ("content/notes/a.md", "---\ntitle: A\ndate: 2024-02-01\nville: Rennes\naliases: [ancien]\n---\n"),
            ("content/notes/b.md", "---\ntitle: B\ndraft: true\n---\n"),
        ]);
        let map = text_of(&artifacts, "sitemap.xml");
        for expected in [
            "<loc>https://exemple.fr/base/</loc><lastmod>2024-02-01</lastmod>",
            "<loc>https://exemple.fr/base/notes/</loc><lastmod>2024-02-01</lastmod>",
            "<loc>https://exemple.fr/base/notes/a/</loc><lastmod>2024-02-01</lastmod>",
            "<loc>https://exemple.fr/base/filtres/notes/ville/rennes/</loc><lastmod>2024-02-01</lastmod>",
            "<loc>https://exemple.fr/base/donnees-ouvertes/</loc></url>",
        ] {
            assert!(map.contains(expected), "{expected} in {map}");
        }
        assert!(!map.contains("/b/") && !map.contains("ancien") && !map.contains("404"), "{map}");
        assert_eq!(
            text_of(&artifacts, "robots.txt"),
            "User-agent: *\nAllow: /\n\nSitemap: https://exemple.fr/base/sitemap.xml\n"
        );
    }
}
