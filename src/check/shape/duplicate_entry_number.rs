use std::collections::HashMap;

use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::Document;

pub(super) static DUPLICATE_ENTRY_NUMBER: Check = Check {
    name: "duplicate-entry-number",
    level: Level::Error,
    summary: Text {
        fr: "deux entrées d’un document ont le même numéro",
        en: "two entries of a document have the same number",
    },
    manual: Text {
        fr: "Le numéro d’une entrée est son adresse (`document#numéro`) : deux entrées ne peuvent pas porter le même. Corrigez l’un des deux numéros.",
        en: "The number of an entry is its address (`document#number`): two entries cannot have the same. Correct one of the two numbers.",
    },
};

pub(super) fn check(document: &Document, sink: &mut Sink) {
    let lang = sink.lang();
    if document.entries.len() < 2 {
        return;
    }
    let mut seen = HashMap::new();
    for entry in &document.entries {
        let number = &entry.number.value;
        if let Some(first) = seen.get(number) {
            sink.push(
                Diagnostic::new(
                    &DUPLICATE_ENTRY_NUMBER,
                    entry.number.span,
                    tr!(
                        lang,
                        "le numéro `{number}` est déjà pris dans ce document",
                        "number `{number}` is already taken in this document"
                    ),
                )
                .related(*first, tr!(lang, "première fois ici", "first used here"))
                .help(tr!(
                    lang,
                    "donnez un autre numéro à l’une des deux entrées",
                    "give one of the two entries another number"
                )),
            );
        } else {
            seen.insert(number.clone(), entry.number.span);
        }
    }
}
