use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use tera::Value;

use super::page::Head;
use super::shared::Shared;
use super::typography;

/// What surrounds every page, and tells pages apart by nothing but their place: made once for each place, and put where the
/// template left a mark for it. On a site of short pages it would take a fifth of the time to make it for each.
#[derive(Default)]
pub(super) struct Chrome {
    made: RwLock<HashMap<Place, Arc<Parts>>>,
}

/// All that the chrome may know of a page: `page` in its templates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Place {
    kind: &'static str,
    root: String,
    section: String,
}

impl Place {
    pub(super) fn of(head: &Head) -> Self {
        Self { kind: head.kind, root: head.root.clone(), section: head.section.clone() }
    }
}

/// The parts, each in the order of [`PARTS`].
type Parts = [Vec<u8>; PARTS.len()];

/// The parts by their names in `chrome`, and their templates.
const PARTS: [(&str, &str); 3] = [("links", "links.html"), ("header", "header.html"), ("footer", "footer.html")];

/// A comment that no text of a page can hold, for `<` is written otherwise there.
const MARK: &[u8] = b"<!--chrome ";
const MARK_END: &[u8] = b"-->";

/// `chrome`, as templates see it: marks.
pub(super) fn value() -> Value {
    let mark = |name: &str| [MARK, name.as_bytes(), MARK_END].concat();
    let marks: HashMap<&str, String> =
        PARTS.iter().map(|(name, _)| (*name, String::from_utf8_lossy(&mark(name)).into_owned())).collect();
    Value::from_serializable(&marks)
}

impl Chrome {
    /// Puts the parts where a page has their marks.
    ///
    /// # Errors
    ///
    /// When the template of a part fails.
    pub(super) fn put(&self, shared: &Shared<'_>, place: &Place, page: &[u8]) -> tera::TeraResult<Vec<u8>> {
        let marks = memchr::memmem::Finder::new(MARK);
        let mut out = Vec::new();
        let mut rest = page;
        while let Some(at) = marks.find(rest) {
            let (before, mark) = rest.split_at(at);
            let named = |(name, _): &(&str, &str)| {
                mark.strip_prefix(MARK)?.strip_prefix(name.as_bytes())?.strip_prefix(MARK_END)
            };
            let found = PARTS.iter().enumerate().find_map(|(part, names)| Some((part, named(names)?)));
            let Some((part, after)) = found else { break };
            let parts = self.parts(shared, place)?;
            if out.is_empty() {
                out.reserve(page.len() + parts.iter().map(Vec::len).sum::<usize>());
            }
            out.extend_from_slice(before);
            out.extend_from_slice(&parts[part]);
            rest = after;
        }
        out.extend_from_slice(rest);
        Ok(out)
    }

    fn parts(&self, shared: &Shared<'_>, place: &Place) -> tera::TeraResult<Arc<Parts>> {
        if let Some(parts) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(place) {
            return Ok(Arc::clone(parts));
        }
        // Two threads may well make the same; both make the same bytes.
        let mut context = tera::Context::new();
        context.insert_value("site", shared.site.clone());
        context.insert_value("t", shared.texts.clone());
        context.insert("page", place);
        let mut parts = Parts::default();
        for (part, (_, template)) in parts.iter_mut().zip(PARTS) {
            shared.theme.tera.render_to(template, &context, &mut *part)?;
            let mut room = Vec::new();
            *part = typography::set(shared.words().lang, part, &mut room).trim_ascii_end().to_vec();
        }
        let parts = Arc::new(parts);
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(place.clone(), Arc::clone(&parts));
        Ok(parts)
    }
}
