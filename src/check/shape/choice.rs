use super::declared;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::model::Item;
use crate::schema::Field;

pub(super) static UNKNOWN_CHOICE: Check = Check {
    name: "unknown-choice",
    level: Level::Error,
    summary: Text {
        fr: "une valeur qui n’est pas dans la liste du champ",
        en: "a value that is not in the field's list",
    },
    manual: Text {
        fr: "Le champ n’accepte que les valeurs de sa liste (`enum` dans le schéma), écrites exactement ainsi. Si une valeur manque vraiment, elle s’ajoute dans le schéma, avec son libellé.",
        en: "The field accepts the values of its list only (`enum` in the schema), spelled exactly so. If a value is really missing, add it to the schema, with its label.",
    },
};

pub(super) fn check(item: &Item, field: &Field, sink: &mut Sink) {
    let (Some(choices), Some(text)) = (&field.constraints.choices, item.value.as_text()) else { return };
    if choices.contains_key(text) {
        return;
    }
    let (lang, name) = (sink.lang(), &field.key.value);
    // The author may have written the label that readers see instead of the value.
    let by_label =
        choices.iter().find(|(_, label)| label.to_lowercase() == text.to_lowercase()).map(|(value, _)| value);
    let help = match by_label {
        Some(value) => tr!(lang, "écrivez `{value}`", "write `{value}`"),
        None => closest(lang, text, choices.keys().map(String::as_str)).unwrap_or_else(|| {
            let list = choices.keys().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
            tr!(lang, "valeurs possibles : {list}", "possible values: {list}")
        }),
    };
    sink.push(
        Diagnostic::new(
            &UNKNOWN_CHOICE,
            item.span,
            tr!(lang, "`{text}` n’est pas une valeur de `{name}`", "`{text}` is no value of `{name}`"),
        )
        .related(declared(field), tr!(lang, "la liste est déclarée ici", "the list is declared here"))
        .help(help),
    );
}
