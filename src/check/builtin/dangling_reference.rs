use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Lang, Level, Sink, Text, closest, tr};
use crate::model::{Document, DocumentId, Fields, Index, Item, Target, Value};
use crate::schema::{Declared, EntryPart, Field, ReferenceShape, Shape};
use crate::source::Span;

pub(super) static DANGLING_REFERENCE: Check = Check {
    name: "dangling-reference",
    level: Level::Error,
    summary: Text { fr: "une référence qui ne mène nulle part", en: "a reference that leads nowhere" },
    manual: Text {
        fr: "Une référence porte le nom d’un fichier, sans `.md` : `atelier: vieux-moulin` mène à `ateliers/vieux-moulin.md`. Une entrée d’un document s’écrit `document#numéro`. Vérifiez l’orthographe, ou créez le document.",
        en: "A reference is the name of a file, without `.md`: `cafe: old-mill` leads to `cafes/old-mill.md`. An entry of a document is written `document#number`. Check the spelling, or create the document.",
    },
};

pub(super) fn check(cx: &Context<'_>, document: &Document, sink: &mut Sink) {
    let Some(collection) = cx.site.collection_of(document) else { return };
    visit_fields(cx, &document.values.fields, &collection.fields, sink);
}

fn visit_fields(cx: &Context<'_>, fields: &Fields, declared: &Declared, sink: &mut Sink) {
    for (name, (_, item)) in fields.iter().filter(|(_, (_, item))| item.value.may_refer()) {
        if let Some(field) = declared.get(&*name) {
            visit(cx, item, field, sink);
        }
    }
}

fn visit(cx: &Context<'_>, item: &Item, field: &Field, sink: &mut Sink) {
    match (&item.value, &field.shape) {
        (Value::Reference(reference), Shape::Reference(shape)) if reference.target == Target::Missing => {
            let finding = explain(cx.lang, &cx.site.index, shape, &reference.text, item.span);
            sink.push(finding.related(
                field.key.span,
                tr!(cx.lang, "la référence est déclarée ici", "the reference is declared here"),
            ));
        }
        (Value::List(items), Shape::Array(inner)) => items.iter().for_each(|item| visit(cx, item, inner, sink)),
        (Value::List(items), Shape::Entries(_)) => items.iter().for_each(|item| visit(cx, item, field, sink)),
        (Value::Object(object), Shape::Object(shape) | Shape::Outcome(shape) | Shape::Entries(shape)) => {
            visit_fields(cx, &object.fields, &shape.properties, sink);
        }
        _ => {}
    }
}

/// Says which part of a reference is wrong: the document, the entry, or that there is none.
fn explain(lang: Lang, index: &Index, shape: &ReferenceShape, text: &str, span: Span) -> Diagnostic {
    let collections: Vec<&str> = shape.to.iter().map(|to| to.value.as_str()).collect();
    let places = collections.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let (name, number) = text.split_once('#').map_or((text, None), |(name, number)| (name, Some(number)));
    let known: Option<DocumentId> = match index.resolve_in(collections.iter().copied(), EntryPart::None, name) {
        Target::Document(id) => Some(id),
        _ => None,
    };
    match (known, number) {
        (None, _) => {
            let names: Vec<&str> = collections.iter().flat_map(|id| index.names(id)).collect();
            let help = closest(lang, name, names.iter().copied()).unwrap_or_else(|| some_of(lang, &names));
            // The documents of another collection are a frequent mix-up, but a name alone cannot tell: the help lists what is here.
            let end = span.start as usize + name.len().min((span.end - span.start) as usize);
            let span = if number.is_some() { Span::new(span.source, span.start as usize..end) } else { span };
            Diagnostic::new(
                &DANGLING_REFERENCE,
                span,
                tr!(lang, "aucun document `{name}` dans {places}", "no document `{name}` in {places}"),
            )
            .help(help)
        }
        (Some(_), Some(number)) if shape.entries == EntryPart::None => Diagnostic::new(
            &DANGLING_REFERENCE,
            span,
            tr!(
                lang,
                "cette référence mène à un document entier, pas à son entrée `{number}`",
                "this reference leads to a whole document, not to its entry `{number}`"
            ),
        )
        .help(tr!(lang, "écrivez `{name}`", "write `{name}`")),
        (Some(document), Some(number)) => {
            let numbers = index.numbers(document);
            let help = closest(lang, number, numbers.iter().copied()).unwrap_or_else(|| some_of(lang, &numbers));
            Diagnostic::new(
                &DANGLING_REFERENCE,
                span,
                tr!(
                    lang,
                    "le document `{name}` n’a pas d’entrée `{number}`",
                    "document `{name}` has no entry `{number}`"
                ),
            )
            .help(help)
        }
        (Some(document), None) => {
            let numbers = index.numbers(document);
            let example = numbers.first().copied().unwrap_or("1");
            Diagnostic::new(
                &DANGLING_REFERENCE,
                span,
                tr!(
                    lang,
                    "la référence `{name}` ne dit pas à quelle entrée elle mène",
                    "reference `{name}` does not say which entry it leads to"
                ),
            )
            .help(tr!(
                lang,
                "écrivez par exemple `{name}#{example}`",
                "write for instance `{name}#{example}`"
            ))
        }
    }
}

fn some_of(lang: Lang, names: &[&str]) -> String {
    if names.is_empty() {
        return tr!(lang, "il n’y en a encore aucun : créez-le d’abord", "there is none yet: create it first");
    }
    let list = names.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if names.len() > 8 { "…" } else { "" };
    tr!(lang, "il y a : {list}{more}", "there are: {list}{more}")
}
