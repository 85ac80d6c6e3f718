use super::Context;
use crate::check::builtin::DUPLICATE_ADDRESS;
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::source::Span;

/// The path of a page, and the file that it comes from; `book.toml` for one that the engine makes by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) path: String,
    pub(super) about: Span,
}

/// Reports a file of the book whose page would stand where the engine puts one of its own. What two files take from each other is
/// told by the checks, before.
pub(super) fn check(cx: &Context<'_>, mut pages: Vec<Taken>, sink: &mut Sink) {
    let own = cx.config.source;
    let is_own = |page: &Taken| page.about.source == own;
    let file = |page: &Taken| cx.snapshot.file(page.about.source).path.as_str();
    pages.sort_by(|a, b| (&a.path, !is_own(a), file(a)).cmp(&(&b.path, !is_own(b), file(b))));
    let lang = sink.lang();
    for (first, second) in pages.iter().zip(pages.iter().skip(1)) {
        if first.path == second.path && is_own(first) && !is_own(second) {
            let address = second.path.trim_end_matches("index.html");
            sink.push(
                Diagnostic::new(
                    &DUPLICATE_ADDRESS,
                    second.about,
                    tr!(
                        lang,
                        "l’adresse `{address}` est celle d’une page que le site fait de lui-même",
                        "the address `{address}` is that of a page that the site makes by itself"
                    ),
                )
                .help(tr!(
                    lang,
                    "donnez à ce fichier un autre nom, ou un `slug`",
                    "give this file another name, or a `slug`"
                )),
            );
        }
    }
}
