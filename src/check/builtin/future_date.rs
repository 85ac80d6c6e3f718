use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::Document;

pub(super) static FUTURE_DATE: Check = Check {
    name: "future-date",
    level: Level::Warning,
    summary: Text { fr: "un document daté dans l’avenir", en: "a document dated in the future" },
    manual: Text {
        fr: "La date du document est après celle d’aujourd’hui. Il est publié quand même, pour que rien ne disparaisse sans bruit : corrigez la date, ou mettez `draft: true` en attendant.",
        en: "The document's date is after today's. It is published all the same, so that nothing vanishes in silence: correct the date, or set `draft: true` in the meantime.",
    },
};

pub(super) fn check(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    let Some(date) = document.date.filter(|date| date.value > cx.today && !document.draft) else { return };
    let (written, today) = (date.value, cx.today);
    sink.push(
        Diagnostic::new(
            &FUTURE_DATE,
            date.span,
            tr!(
                cx.lang,
                "la date {written} est après aujourd’hui ({today})",
                "the date {written} is after today ({today})"
            ),
        )
        .help(tr!(
            cx.lang,
            "corrigez la date, ou ajoutez `draft: true` pour ne pas publier encore",
            "correct the date, or add `draft: true` not to publish yet"
        )),
    );
}
