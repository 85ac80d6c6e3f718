use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::Span;

pub(super) static DUPLICATE_NAME: Check = Check {
    name: "duplicate-name",
    level: Level::Error,
    summary: Text {
        fr: "deux documents d’une collection ont le même nom",
        en: "two documents of a collection have the same name",
    },
    manual: Text {
        fr: "Les références désignent un document par le nom de son fichier. Quand deux fichiers d’une collection portent le même nom, dans des sous-dossiers différents, personne ne sait lequel est visé : renommez l’un des deux.",
        en: "References call a document by the name of its file. When two files of a collection have the same name, in different sub-folders, nobody knows which one is meant: rename one of the two.",
    },
};

pub(super) fn check(cx: &Context<'_>, sink: &mut Sink) {
    let mut first: HashMap<(&str, &str), Span, FixedState> = HashMap::default();
    for document in &cx.site.documents {
        let Some(collection) = document.collection.as_deref() else { continue };
        let (name, place) = (document.name.as_str(), Span::file(document.page.source));
        let Some(other) = first.get(&(collection, name)) else {
            first.insert((collection, name), place);
            continue;
        };
        let path = &cx.snapshot.file(other.source).path;
        sink.push(
            Diagnostic::new(
                &DUPLICATE_NAME,
                place,
                tr!(
                    cx.lang,
                    "le nom `{name}` est déjà celui de `{path}`",
                    "the name `{name}` is already that of `{path}`"
                ),
            )
            .help(tr!(cx.lang, "renommez l’un des deux fichiers", "rename one of the two files")),
        );
    }
}
