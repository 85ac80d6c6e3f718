//! Which views would show the same again after a few documents changed.

use std::sync::Arc;

use super::{Judged, OfPage, View, Views};
use crate::check::{Context, Since};
use crate::model::Page;
use crate::source::SourceId;

/// The views of a page that has not changed: each, where it would show the same.
pub(super) struct Kept<'a> {
    page: &'a OfPage,
    views: Vec<Option<Arc<View>>>,
}

impl Kept<'_> {
    /// Whether nothing about the page is to be looked at again.
    pub(super) fn is_whole(&self) -> bool {
        self.views.iter().all(Option::is_some)
    }

    /// Takes the page over as it is.
    pub(super) fn keep(&self, source: SourceId, views: &mut Views) {
        if !self.page.views.is_empty() || !self.page.found.is_empty() {
            views.by_page.insert(source, self.page.clone());
        }
    }

    /// The views in the order in which they are declared.
    pub(super) fn into_views(self) -> Vec<Option<Arc<View>>> {
        self.views
    }
}

/// What a former version leaves of the views of a page; none for a page that has changed.
pub(super) fn of_page<'a>((cx, judged): (&Context<'_>, Judged<'_>), since: Since<'a>, page: &Page) -> Option<Kept<'a>> {
    static NONE: OfPage = OfPage { views: Vec::new(), found: Vec::new() };
    let of_page = since.views.by_page.get(&page.source).unwrap_or(&NONE);
    if since.revision.has(page.source) || of_page.found.iter().any(|finding| since.moves(finding)) {
        return None;
    }
    let stays = |view: &Arc<View>| {
        let same_accounts = view.reads.rules.iter().all(|place| {
            let verdicts = [&judged.verdicts.rules, &since.verdicts.rules].map(|rules| rules.get(*place));
            matches!(verdicts, [Some(is), Some(was)] if Arc::ptr_eq(is, was))
        });
        let is_moved = view.found.iter().any(|finding| since.moves(finding));
        let is_read = since.revision.documents().iter().any(|revised| view.reads.has(cx.site, since.revision, revised));
        same_accounts && !is_moved && !is_read
    };
    let views = of_page.views.iter().map(|view| stays(view).then(|| Arc::clone(view))).collect();
    Some(Kept { page: of_page, views })
}
