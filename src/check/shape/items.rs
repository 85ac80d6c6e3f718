use super::{Place, declared};
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::{Item, Value};
use crate::schema::Field;

pub(super) static WRONG_NUMBER_OF_ITEMS: Check = Check {
    name: "wrong-number-of-items",
    level: Level::Error,
    summary: Text { fr: "une liste trop courte ou trop longue", en: "a list too short or too long" },
    manual: Text {
        fr: "Le schéma dit combien d’éléments la liste contient au moins (`minItems`) et au plus (`maxItems`).",
        en: "The schema says how many items the list holds at least (`minItems`) and at most (`maxItems`).",
    },
};

pub(super) static REPEATED_ITEM: Check = Check {
    name: "repeated-item",
    level: Level::Error,
    summary: Text { fr: "le même élément deux fois dans une liste", en: "the same item twice in a list" },
    manual: Text {
        fr: "La liste n’accepte pas deux fois le même élément (`uniqueItems` dans le schéma) : il serait compté deux fois. Supprimez l’un des deux.",
        en: "The list does not accept the same item twice (`uniqueItems` in the schema): it would be counted twice. Delete one of the two.",
    },
};

pub(super) fn check(place: &Place<'_>, item: &Item, field: &Field, sink: &mut Sink) {
    let Value::List(items) = &item.value else { return };
    let (lang, name, limits) = (sink.lang(), &field.key.value, &field.constraints);
    let count = items.len();
    if let Some(least) = limits.min_items.filter(|least| count < *least) {
        sink.push(
            Diagnostic::new(
                &WRONG_NUMBER_OF_ITEMS,
                item.span,
                tr!(
                    lang,
                    "`{name}` contient {count} élément(s), pour {least} au moins",
                    "`{name}` holds {count} item(s), with {least} at least"
                ),
            )
            .related(declared(field), tr!(lang, "la limite est déclarée ici", "the limit is declared here"))
            .help(tr!(lang, "ajoutez ce qui manque à la liste", "add what is missing to the list")),
        );
    }
    if let Some(most) = limits.max_items.filter(|most| count > *most) {
        let span = items.get(most).map_or(item.span, |extra| extra.span);
        sink.push(
            Diagnostic::new(
                &WRONG_NUMBER_OF_ITEMS,
                span,
                tr!(
                    lang,
                    "`{name}` contient {count} éléments, pour {most} au plus",
                    "`{name}` holds {count} items, with {most} at most"
                ),
            )
            .related(declared(field), tr!(lang, "la limite est déclarée ici", "the limit is declared here"))
            .help(tr!(lang, "retirez des éléments à partir de celui-ci", "remove items from this one on")),
        );
    }
    if limits.unique_items {
        for (at, item) in items.iter().enumerate() {
            if let Some(first) = items.iter().take(at).find(|first| first.value == item.value) {
                let text = place.cx.snapshot.text(item.span);
                sink.push(
                    Diagnostic::new(
                        &REPEATED_ITEM,
                        item.span,
                        tr!(lang, "`{text}` est deux fois dans `{name}`", "`{text}` is in `{name}` twice"),
                    )
                    .related(first.span, tr!(lang, "première fois ici", "first time here"))
                    .help(tr!(lang, "supprimez l’un des deux", "delete one of the two")),
                );
            }
        }
    }
}
