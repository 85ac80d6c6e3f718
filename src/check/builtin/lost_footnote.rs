use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::source::Span;

pub(super) static LOST_FOOTNOTE: Check = Check {
    name: "lost-footnote",
    level: Level::Error,
    summary: Text { fr: "un appel de note sans sa note", en: "a footnote mark without its note" },
    manual: Text {
        fr: "Le texte appelle une note (`[^1]`) qui n’est écrite nulle part. Ajoutez-la au bas du texte : `[^1]: le texte de la note`.",
        en: "The text calls a footnote (`[^1]`) that is written nowhere. Add it at the end of the text: `[^1]: the text of the note`.",
    },
};

pub(super) fn check(notes: &[(String, Span)], sink: &mut Sink) {
    let lang = sink.lang();
    for (label, span) in notes {
        sink.push(
            Diagnostic::new(
                &LOST_FOOTNOTE,
                *span,
                tr!(lang, "la note `{label}` n’est écrite nulle part", "footnote `{label}` is written nowhere"),
            )
            .help(tr!(
                lang,
                "ajoutez à la fin du texte une ligne `[^{label}]: …`",
                "add at the end of the text a line `[^{label}]: …`"
            )),
        );
    }
}
