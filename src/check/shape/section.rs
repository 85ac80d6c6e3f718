use std::cell::LazyCell;

use super::Place;
use super::missing_field::holds;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, closest, tr};
use crate::parse::{Section, slug};
use crate::schema::SectionRule;
use crate::source::Span;

pub(super) static MISSING_SECTION: Check = Check {
    name: "missing-section",
    level: Level::Error,
    summary: Text { fr: "une partie obligatoire du texte manque", en: "a required section of the text is missing" },
    manual: Text {
        fr: "Le schéma demande au texte certaines parties, avec ce titre exact (`## Titre`) et parfois un nombre minimal d’éléments. Le site les rassemble d’un document à l’autre : c’est ce qui rend les documents comparables.",
        en: "The schema wants certain sections in the text, with this exact heading (`## Heading`) and sometimes a least number of items. The site gathers them over documents: that is what makes documents comparable.",
    },
};

pub(super) fn check(place: &Place<'_>, rules: &[SectionRule], sink: &mut Sink) {
    let lang = sink.lang();
    let body = &place.document.page.body;
    for rule in rules {
        let title = &rule.title.value;
        let wanted = LazyCell::new(|| slug(title));
        let declared = || tr!(lang, "demandée ici par le schéma", "wanted here by the schema");
        // Nearly always, the author wrote the very words of the schema.
        let is_it = |section: &&Section| {
            *section.title == **title || (!begin_apart(&section.title, title) && slug(&section.title) == *wanted)
        };
        let found = body.sections.iter().filter(|section| section.level > 0).find(is_it);
        let required = rule.required && rule.when.as_ref().is_none_or(|when| holds(when, &place.document.values));
        match found {
            Some(section) => {
                let Some(least) = rule.min_items.filter(|least| section.items < *least) else { continue };
                let count = section.items;
                sink.push(
                    Diagnostic::new(
                        &MISSING_SECTION,
                        section.heading,
                        tr!(
                            lang,
                            "la partie « {title} » contient {count} élément(s), pour {least} au moins",
                            "section \"{title}\" holds {count} item(s), with {least} at least"
                        ),
                    )
                    .related(rule.title.span, declared())
                    .help(tr!(
                        lang,
                        "ajoutez une ligne qui commence par `- `",
                        "add a line that begins with `- `"
                    )),
                );
            }
            None if required => {
                let titles = body.sections.iter().filter(|section| section.level > 0);
                let near = titles.clone().find(|section| {
                    closest(lang, &section.title, [title.as_str()]).is_some()
                        && !rules.iter().any(|other| slug(&other.title.value) == slug(&section.title))
                });
                let end = body.span.end as usize;
                let span = near.map_or(Span::new(body.span.source, end..end), |section| section.heading);
                sink.push(
                    Diagnostic::new(
                        &MISSING_SECTION,
                        span,
                        tr!(lang, "il manque la partie « {title} »", "section \"{title}\" is missing"),
                    )
                    .related(rule.title.span, declared())
                    .help(tr!(
                        lang,
                        "ajoutez un titre `## {title}` et son texte",
                        "add a heading `## {title}` and its text"
                    )),
                );
            }
            None => {}
        }
    }
}

/// Whether two titles are seen to have different slugs at their first letters.
fn begin_apart(title: &str, other: &str) -> bool {
    let first = |title: &str| title.chars().next().filter(char::is_ascii_alphanumeric);
    first(title).zip(first(other)).is_some_and(|(first, other)| !first.eq_ignore_ascii_case(&other))
}
