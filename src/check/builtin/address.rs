use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::check::Context;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::parse::slug;
use crate::source::Span;

pub(crate) static DUPLICATE_ADDRESS: Check = Check {
    name: "duplicate-address",
    level: Level::Error,
    summary: Text { fr: "deux pages ont la même adresse", en: "two pages have the same address" },
    manual: Text {
        fr: "Deux documents, ou un document et l’ancienne adresse d’un autre (`aliases`), seraient publiés à la même adresse : l’un effacerait l’autre. Changez le nom du fichier, le `slug` ou l’alias.",
        en: "Two documents, or a document and the former address of another (`aliases`), would be published at the same address: one would overwrite the other. Change the file's name, the `slug` or the alias.",
    },
};

pub(super) static INVALID_ADDRESS: Check = Check {
    name: "invalid-address",
    level: Level::Error,
    summary: Text { fr: "un nom qui ne peut pas faire une adresse", en: "a name that cannot make an address" },
    manual: Text {
        fr: "Le nom d’un fichier et le `slug` deviennent une adresse : lettres minuscules sans accents, chiffres, tirets et points. Un alias est un chemin du site, comme `ancien/nom/`.",
        en: "The name of a file and the `slug` become an address: lowercase letters without accents, digits, hyphens and dots. An alias is a path of the site, such as `old/name/`.",
    },
};

pub(super) fn check(cx: &Context<'_>, sink: &mut Sink) {
    let mut taken: HashMap<String, Span, FixedState> = HashMap::default();
    let folders = cx.site.folders.iter().map(|folder| (folder.page.url.clone(), Span::file(folder.page.source)));
    let documents = cx.site.documents.iter().map(|document| {
        let span = document.slug.as_ref().map_or(Span::file(document.page.source), |slug| slug.span);
        (document.page.url.clone(), span)
    });
    let entries = cx
        .site
        .documents
        .iter()
        .flat_map(|document| document.entries.iter().map(|entry| (entry.url.clone(), entry.number.span)));
    let aliases = cx.site.documents.iter().map(|document| &document.aliases);
    let aliases = aliases.chain(cx.site.folders.iter().map(|folder| &folder.aliases)).flatten();
    let aliases = aliases.map(|alias| (format!("{}/", alias.value.trim_matches('/')), alias.span));
    let mut pages: Vec<(String, Span)> = folders.chain(documents).chain(entries).collect();
    pages.extend(aliases);
    for (url, span) in pages {
        if !is_address(&url) {
            let better = url.split('/').map(address).collect::<Vec<_>>().join("/");
            let better = better.trim_matches('/');
            sink.push(
                Diagnostic::new(
                    &INVALID_ADDRESS,
                    span,
                    tr!(
                        cx.lang,
                        "`{url}` ne peut pas être une adresse du site",
                        "`{url}` cannot be an address of the site"
                    ),
                )
                .help(tr!(cx.lang, "écrivez plutôt `{better}`", "write `{better}` instead")),
            );
        }
        match taken.get(&url) {
            // Entries with one number in one document have a finding of their own.
            Some(first)
                if first.source == span.source
                    && cx.site.folders.iter().all(|folder| folder.page.source != span.source) => {}
            Some(first) => {
                let other = &cx.snapshot.file(first.source).path;
                sink.push(
                    Diagnostic::new(
                        &DUPLICATE_ADDRESS,
                        span,
                        tr!(
                            cx.lang,
                            "l’adresse `{url}` est déjà celle de `{other}`",
                            "address `{url}` is already that of `{other}`"
                        ),
                    )
                    .related(*first, tr!(cx.lang, "déjà prise ici", "already taken here"))
                    .help(tr!(
                        cx.lang,
                        "donnez à l’un des deux un autre `slug`",
                        "give one of the two another `slug`"
                    )),
                );
            }
            None => {
                taken.insert(url, span);
            }
        }
    }
}

fn is_address(url: &str) -> bool {
    let body = url.strip_suffix('/').unwrap_or(url);
    url.is_empty() || body.split('/').all(|part| !part.is_empty() && (is_plain(part) || part == address(part)))
}

/// Letters, digits and single hyphens between them, as nearly every address has: [`address`] would change nothing.
fn is_plain(part: &str) -> bool {
    part.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// A piece of an address, dots kept.
fn address(part: &str) -> String {
    part.split('.').map(slug).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(".")
}
