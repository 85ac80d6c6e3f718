use crate::check::builtin::DUPLICATE_ADDRESS;
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::source::{SourceId, Span};

/// Reports a file of the book whose page would stand where one of the engine does.
pub(super) fn report(path: &str, source: SourceId, sink: &mut Sink) {
    let lang = sink.lang();
    let address = path.trim_end_matches("index.html");
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
