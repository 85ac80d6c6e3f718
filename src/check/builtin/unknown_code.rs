use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};

pub(super) static UNKNOWN_CODE: Check = Check {
    name: "unknown-code",
    level: Level::Error,
    summary: Text {
        fr: "un réglage pour une vérification qui n’existe pas",
        en: "a setting for a check that does not exist",
    },
    manual: Text {
        fr: "La section `[check.levels]` de `book.toml` nomme une vérification que ni le programme ni les règles du livre ne connaissent. La commande `recueil explain` les liste toutes.",
        en: "Section `[check.levels]` of `book.toml` names a check that neither the program nor the book's rules know. The command `recueil explain` lists them all.",
    },
};

pub(super) fn check(cx: &Context<'_>, known: &[&str], sink: &mut Sink) {
    for (code, (_, span)) in &cx.config.levels {
        if !known.contains(&code.as_str()) {
            sink.push(
                Diagnostic::new(
                    &UNKNOWN_CODE,
                    *span,
                    tr!(cx.lang, "il n’y a pas de vérification `{code}`", "there is no check `{code}`"),
                )
                .help(closest(cx.lang, code, known.iter().copied()).unwrap_or_else(|| {
                    tr!(cx.lang, "`recueil explain` liste les vérifications", "`recueil explain` lists the checks")
                })),
            );
        }
    }
}
