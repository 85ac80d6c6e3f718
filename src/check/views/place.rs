//! Where the text of a page places its views: `![](view:name)`, alone in its paragraph; and where none can be.

use std::collections::BTreeMap;

use super::faults::{DUPLICATE_VIEW, MISPLACED_VIEW, UNKNOWN_VIEW};
use super::placed;
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Sink, closest, tr};
use crate::model::Page;
use crate::parse::Link;
use crate::source::{Span, Spanned};

/// Looks at every place that the text of a page gives to a view. `names` are those that the page declares.
pub(super) fn check(cx: &Context<'_>, page: &Page, names: &[Spanned<String>], sink: &mut Sink) {
    let lang = sink.lang();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for link in &page.body.links {
        let Some(name) = placed(&link.destination) else { continue };
        if !names.iter().any(|known| known.value == name) {
            let known = names.iter().map(|name| name.value.as_str());
            let help = closest(lang, name, known.clone()).unwrap_or_else(|| {
                let list = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                if list.is_empty() {
                    tr!(
                        lang,
                        "déclarez-la dans l’en-tête, sous `views:`",
                        "declare it in the front matter, under `views:`"
                    )
                } else {
                    tr!(lang, "vues de cette page : {list}", "views of this page: {list}")
                }
            });
            sink.push(
                Diagnostic::new(
                    &UNKNOWN_VIEW,
                    link.span,
                    tr!(lang, "la page ne déclare pas de vue `{name}`", "the page declares no view `{name}`"),
                )
                .help(help),
            );
            continue;
        }
        if !link.image || !is_alone(cx, page, link) {
            sink.push(
                Diagnostic::new(
                    &MISPLACED_VIEW,
                    link.span,
                    tr!(
                        lang,
                        "la vue `{name}` n’est pas seule dans son paragraphe",
                        "view `{name}` is not alone in its paragraph"
                    ),
                )
                .help(tr!(
                    lang,
                    "écrivez `![](view:{name})` sur une ligne à elle, entre deux lignes vides",
                    "write `![](view:{name})` on a line of its own, between two empty lines"
                )),
            );
        } else if let Some(first) = seen.get(name) {
            sink.push(
                Diagnostic::new(
                    &DUPLICATE_VIEW,
                    link.span,
                    tr!(
                        lang,
                        "la vue `{name}` est déjà placée dans ce texte",
                        "view `{name}` is already placed in this text"
                    ),
                )
                .related(*first, tr!(lang, "première place", "first place"))
                .help(tr!(lang, "ne la placez qu’une fois", "place it only once")),
            );
        } else {
            seen.insert(name, link.span);
        }
    }
}

/// Looks at the texts of a document's fields: no view has a place there.
pub(crate) fn in_fields(links: &[Link], sink: &mut Sink) {
    let lang = sink.lang();
    for (link, name) in links.iter().filter_map(|link| Some((link, placed(&link.destination)?))) {
        sink.push(
            Diagnostic::new(
                &MISPLACED_VIEW,
                link.span,
                tr!(lang, "un champ ne peut pas montrer la vue `{name}`", "a field cannot show view `{name}`"),
            )
            .help(tr!(
                lang,
                "écrivez `![](view:{name})` dans le texte du document, sous l’en-tête",
                "write `![](view:{name})` in the text of the document, below the front matter"
            )),
        );
    }
}

/// Whether a picture is a paragraph by itself: the line around its destination holds it and nothing else, and the lines around
/// that are empty.
fn is_alone(cx: &Context<'_>, page: &Page, link: &Link) -> bool {
    let file = &cx.snapshot.file(link.span.source).text;
    let body = page.body.span.range();
    let (before, after) = (file.get(body.start..link.span.start as usize), file.get(link.span.end as usize..body.end));
    let (Some(before), Some(after)) = (before, after) else { return false };
    let opening = before.rsplit('\n').next().unwrap_or_default();
    let closing = after.split('\n').next().unwrap_or_default();
    let above = before.rsplit('\n').nth(1).unwrap_or_default();
    let below = after.split('\n').nth(1).unwrap_or_default();
    opening.starts_with("![")
        && opening.ends_with("](")
        && closing.trim_end() == ")"
        && above.trim().is_empty()
        && below.trim().is_empty()
}
