//! The views of one page: a list of declarations, each with a name of its own.

use super::Judged;
use super::faults::{DUPLICATE_VIEW, INVALID_VIEW};
use super::program::Program;
use super::read;
use crate::check::Context;
use crate::diagnostic::{Diagnostic, Sink, tr};
use crate::model::Page;
use crate::parse::{Mapping, Yaml, slug, wrong};
use crate::source::{Span, Spanned};

/// Reads the views of a page, and the names of them all, those at fault included. `own` is the collection that the page
/// introduces: a view is about its documents, unless it says otherwise.
pub(super) fn read<'a>(
    cx: &Context<'a>,
    judged: Judged<'a>,
    page: &Page,
    own: Option<&str>,
    sink: &mut Sink,
) -> (Vec<Program<'a>>, Vec<Spanned<String>>) {
    let (mut programs, mut names) = (Vec::new(), Vec::new());
    let Some(node) = &page.views else { return (programs, names) };
    let lang = sink.lang();
    let Yaml::Sequence(items) = &node.value else {
        wrong("views", node.span, &tr!(lang, "une liste de vues", "a list of views"), sink);
        return (programs, names);
    };
    for item in items {
        let Some(mapping) = item.as_mapping() else {
            wrong("views", item.span, &tr!(lang, "des sous-clés", "sub-keys"), sink);
            continue;
        };
        let Some(name) = name(mapping, &names, sink) else { continue };
        names.push(name.clone());
        programs.extend(read::read((cx, judged), page, own, mapping, name, sink));
    }
    (programs, names)
}

/// The name of a view: a word that can stand in an address, and that no other view of the page has.
fn name(mapping: &Mapping, taken: &[Spanned<String>], sink: &mut Sink) -> Option<Spanned<String>> {
    let lang = sink.lang();
    let Some((key, node)) = mapping.entry("name") else {
        invalid(
            mapping.entries.first().map_or(mapping.span, |(key, _)| key.span),
            tr!(lang, "cette vue n’a pas de nom", "this view has no name"),
            tr!(lang, "ajoutez `name: …`", "add `name: …`"),
            sink,
        );
        return None;
    };
    let text = node.as_str().unwrap_or_default();
    let proper = slug(text);
    if text.is_empty() || text != proper {
        let help = if proper.is_empty() {
            tr!(
                lang,
                "des lettres sans accent, des chiffres et des tirets",
                "letters without accents, digits and hyphens"
            )
        } else {
            tr!(lang, "écrivez `{proper}`", "write `{proper}`")
        };
        let span = if text.is_empty() { key.span } else { node.span };
        invalid(
            span,
            tr!(lang, "`{text}` ne peut pas être le nom d’une vue", "`{text}` cannot be the name of a view"),
            help,
            sink,
        );
        return None;
    }
    let name = Spanned::new(text.to_owned(), node.span);
    if let Some(first) = taken.iter().find(|other| other.value == name.value) {
        sink.push(
            Diagnostic::new(
                &DUPLICATE_VIEW,
                name.span,
                tr!(
                    lang,
                    "une autre vue de la page s’appelle déjà `{text}`",
                    "another view of the page is called `{text}`"
                ),
            )
            .related(first.span, tr!(lang, "première vue de ce nom", "first view of this name"))
            .help(tr!(lang, "donnez un autre nom à l’une des deux", "give one of the two another name")),
        );
        return None;
    }
    Some(name)
}

pub(super) fn invalid(span: Span, message: String, help: String, sink: &mut Sink) {
    sink.push(Diagnostic::new(&INVALID_VIEW, span, message).help(help));
}
