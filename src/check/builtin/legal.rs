use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::Span;

pub(super) static MISSING_LEGAL_NOTICE: Check = Check {
    name: "missing-legal-notice",
    level: Level::Warning,
    summary: Text { fr: "les mentions légales sont incomplètes", en: "the legal notice is incomplete" },
    manual: Text {
        fr: "La loi pour la confiance dans l’économie numérique demande à un site publié de dire qui l’édite, qui l’héberge et comment joindre l’éditeur. Ces trois lignes vont sous `[legal]` dans `book.toml` : `publisher`, `host`, `contact`.",
        en: "French law (LCEN) asks a published site to say who publishes it, who hosts it and how to reach the publisher. The three lines go under `[legal]` in `book.toml`: `publisher`, `host`, `contact`.",
    },
};

pub(super) fn check(cx: &Context<'_>, sink: &mut Sink) {
    let legal = &cx.config.legal;
    let wanted = [("publisher", &legal.publisher), ("host", &legal.host), ("contact", &legal.contact)];
    let missing: Vec<&str> = wanted.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| *key).collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let lines = missing.iter().map(|key| format!("{key} = \"…\"")).collect::<Vec<_>>().join(", ");
    sink.push(
        Diagnostic::new(
            &MISSING_LEGAL_NOTICE,
            Span::file(cx.config.source),
            tr!(cx.lang, "les mentions légales n’indiquent pas {list}", "the legal notice does not give {list}"),
        )
        .help(tr!(cx.lang, "sous `[legal]`, ajoutez {lines}", "under `[legal]`, add {lines}")),
    );
}
