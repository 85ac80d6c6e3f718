use super::declared;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::Item;
use crate::schema::Field;

pub(super) static WRONG_LENGTH: Check = Check {
    name: "wrong-length",
    level: Level::Error,
    summary: Text { fr: "un texte trop court ou trop long", en: "a text too short or too long" },
    manual: Text {
        fr: "Le schéma dit combien de caractères le texte compte au moins (`minLength`) et au plus (`maxLength`).",
        en: "The schema says how many characters the text has at least (`minLength`) and at most (`maxLength`).",
    },
};

pub(super) fn check(item: &Item, field: &Field, sink: &mut Sink) {
    let Some(text) = item.value.as_text() else { return };
    let (lang, name, limits) = (sink.lang(), &field.key.value, &field.constraints);
    // Most texts may be as long as they like, and are not read.
    if limits.min_length.is_none() && limits.max_length.is_none() {
        return;
    }
    let count = text.chars().count();
    let (problem, help) = if let Some(least) = limits.min_length.filter(|least| count < *least) {
        (
            tr!(
                lang,
                "`{name}` fait {count} caractères, pour {least} au moins",
                "`{name}` has {count} characters, with {least} at least"
            ),
            tr!(lang, "dites-en un peu plus", "say a little more"),
        )
    } else if let Some(most) = limits.max_length.filter(|most| count > *most) {
        (
            tr!(
                lang,
                "`{name}` fait {count} caractères, pour {most} au plus",
                "`{name}` has {count} characters, with {most} at most"
            ),
            tr!(lang, "raccourcissez le texte", "shorten the text"),
        )
    } else {
        return;
    };
    sink.push(
        Diagnostic::new(&WRONG_LENGTH, item.span, problem)
            .related(declared(field), tr!(lang, "la limite est déclarée ici", "the limit is declared here"))
            .help(help),
    );
}
