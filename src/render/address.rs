use super::shared::Shared;
use crate::check::builtin::DUPLICATE_ADDRESS;
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::source::{SourceId, Span};

/// Reports a page that would stand where another does. What two files of the book take from each other is told by the checks,
/// before; here it is a file of the book, and a page that the engine makes by itself.
pub(super) fn report(shared: &Shared<'_>, path: &str, source: Option<SourceId>, sink: &mut Sink) {
    let Some(source) = source else { return };
    let lang = sink.lang();
    let address = path.trim_end_matches("index.html");
    let site = shared.cx.site;
    let mut pages = site.documents.iter().map(|document| &document.page).chain(site.folders.iter().map(|of| &of.page));
    if pages.any(|page| page.url == address && page.source != source) {
        return;
    }
    sink.push(
        Diagnostic::new(
            &DUPLICATE_ADDRESS,
            Span::file(source),
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
