//! Personal data in what is published.
//!
//! One pass over the bytes of a file stops at `@` and at digits; only there does a pattern look closer. Numbers that have a
//! control key (NIR, IBAN) count only when the key is right, so that other long numbers raise no alarm.

mod keys;
mod patterns;

use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Lang, Level, Sink, Text, tr};
use crate::model::{Document, Fields, Item, Page, Value};
use crate::schema::{Declared, Field, Shape};
use crate::source::Span;

use patterns::Kind;

pub(super) static PERSONAL_DATA: Check = Check {
    name: "personal-data",
    level: Level::Error,
    summary: Text { fr: "une donnée personnelle dans ce qui est publié", en: "personal data in what is published" },
    manual: Text {
        fr: "Adresse électronique, numéro de téléphone français, numéro de sécurité sociale (NIR, clé vérifiée), compte bancaire (IBAN, clé vérifiée) ou adresse postale : rien de cela ne doit paraître, car tout ce qui est dans le livre est publié. Écrivez la fonction plutôt que la personne.\n\nLe contact qu’un organisme publie lui-même a sa place dans un champ que le schéma déclare `public: true`. Les domaines d’exemple (`.example`, `example.org`) et les numéros réservés à la fiction par l’Arcep (01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98) ne sont pas signalés.",
        en: "E-mail address, French telephone number, social security number (NIR, key checked), bank account (IBAN, key checked) or postal address: none of it may appear, since all that is in the book is published. Write the function rather than the person.\n\nThe contact that an organisation publishes itself belongs in a field that the schema declares `public: true`. Example domains (`.example`, `example.org`) and the numbers that Arcep keeps for fiction (01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98) are not reported.",
    },
};

/// Looks through the whole file of a document, front matter and text.
pub(super) fn document(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    let free = || {
        let mut free = Vec::new();
        if let Some(collection) = cx.site.collection_of(document) {
            public_fields(&document.values.fields, &collection.fields, &mut free);
        }
        free
    };
    scan(cx, &document.page, free, sink);
}

/// Looks through the file of a folder's introduction.
pub(super) fn page(cx: &Context<'_>, page: &Page, sink: &mut Sink) {
    scan(cx, page, Vec::new, sink);
}

/// Looks through a whole file, but for the places that are `free`: few pages have anything for which to ask where those are.
fn scan(cx: &Context<'_>, page: &Page, free: impl FnOnce() -> Vec<Span>, sink: &mut Sink) {
    let text = &cx.snapshot.file(page.source).text;
    let found = patterns::find(text);
    if found.is_empty() {
        return;
    }
    let free = free();
    for (kind, range) in found {
        let span = Span::new(page.source, range.clone());
        if free.iter().any(|free| free.start <= span.start && span.end <= free.end) {
            continue;
        }
        let what = name(cx.lang, kind);
        let written = text.get(range).unwrap_or_default();
        sink.push(
            Diagnostic::new(
                &PERSONAL_DATA,
                span,
                tr!(cx.lang, "`{written}` ressemble à {what}", "`{written}` looks like {what}"),
            )
            .help(tr!(
                cx.lang,
                "retirez-la et nommez plutôt la fonction (« la direction », « la formatrice »)",
                "take it out and name the function instead (\"the manager\", \"the trainer\")"
            ))
            .note(tr!(
                cx.lang,
                "le contact publié d’un organisme a sa place dans un champ déclaré `public: true`",
                "an organisation's published contact belongs in a field declared `public: true`"
            )),
        );
    }
}

fn name(lang: Lang, kind: Kind) -> String {
    match kind {
        Kind::Email => tr!(lang, "une adresse électronique", "an e-mail address"),
        Kind::Phone => tr!(lang, "un numéro de téléphone", "a telephone number"),
        Kind::Nir => tr!(lang, "un numéro de sécurité sociale", "a social security number"),
        Kind::Iban => tr!(lang, "un compte bancaire (IBAN)", "a bank account (IBAN)"),
        Kind::Address => tr!(lang, "une adresse postale", "a postal address"),
    }
}

/// Where personal data is expected: values of fields that are declared public.
fn public_spans(item: &Item, field: &Field, free: &mut Vec<Span>) {
    if field.public {
        free.push(item.span);
        return;
    }
    match (&item.value, &field.shape) {
        (Value::List(items), Shape::Array(inner)) => items.iter().for_each(|item| public_spans(item, inner, free)),
        (Value::List(items), Shape::Entries(_)) => items.iter().for_each(|item| public_spans(item, field, free)),
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape) | Shape::Entries(shape)) => {
            public_fields(&object.fields, &shape.properties, free);
        }
        _ => {}
    }
}

fn public_fields(fields: &Fields, declared: &Declared, free: &mut Vec<Span>) {
    for (name, (_, item)) in fields {
        if let Some(field) = declared.get(&*name) {
            public_spans(item, field, free);
        }
    }
}
