use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};

pub(super) static MISSING_CONTENT: Check = Check {
    name: "missing-content",
    level: Level::Error,
    summary: Text { fr: "un livre sans aucune page", en: "a book without any page" },
    manual: Text {
        fr: "Les pages d’un livre sont des fichiers Markdown (`.md`) dans un dossier, `content` sauf si `src` en nomme un autre sous `[book]`. Ce dossier n’existe pas ou n’en contient aucune : il n’y a rien à vérifier ni à publier.",
        en: "The pages of a book are Markdown files (`.md`) in a folder, `content` unless `src` names another one under `[book]`. That folder does not exist or holds none: there is nothing to check or to publish.",
    },
};

pub(super) fn check(cx: &Context<'_>, sink: &mut Sink) {
    if !cx.site.documents.is_empty() || !cx.site.folders.is_empty() {
        return;
    }
    let src = &cx.config.src;
    sink.push(
        Diagnostic::new(
            &MISSING_CONTENT,
            cx.config.src_at,
            tr!(cx.lang, "il n’y a aucune page dans `{src}/`", "there is no page in `{src}/`"),
        )
        .help(tr!(
            cx.lang,
            "écrivez une première page, `{src}/_index.md`, ou nommez le bon dossier avec `src` sous `[book]`",
            "write a first page, `{src}/_index.md`, or name the right folder with `src` under `[book]`"
        )),
    );
}
