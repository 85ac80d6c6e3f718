use super::page::{Head, Page};
use super::shared::Shared;
use crate::model::Document;

/// A page at a former address, which leads to where the document now is.
pub(super) fn page(shared: &Shared<'_>, document: &Document, alias: &str) -> Page {
    let mut head = Head::new(shared, "moved", &document.page.title.value, &url(alias));
    let base = &shared.cx.config.base_url;
    if !base.is_empty() {
        head.canonical = format!("{base}/{}", document.page.url);
    }
    Page::new(shared, "moved.html", &head).with("target", &document.page.url).from(document.page.source, None)
}

/// Where a former address stands.
pub(super) fn url(alias: &str) -> String {
    format!("{}/", alias.trim_matches('/'))
}
