use super::page::{Head, Page};
use super::shared::Shared;
use crate::model::Moved;

/// A page at a former address, which leads to where the document now is.
pub(super) fn page(shared: &Shared<'_>, moved: &Moved<'_>) -> Page {
    let mut head = Head::new(shared, "moved", moved.title, &moved.from);
    let base = &shared.cx.config.base_url;
    if !base.is_empty() {
        head.canonical = format!("{base}/{}", moved.to);
    }
    Page::new(shared, "moved.html", &head).with("target", moved.to).from(moved.source, None)
}
