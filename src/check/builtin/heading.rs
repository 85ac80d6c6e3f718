use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::Page;

pub(super) static TOP_HEADING: Check = Check {
    name: "top-heading",
    level: Level::Warning,
    summary: Text { fr: "un titre de premier niveau dans le texte", en: "a first-level heading in the text" },
    manual: Text {
        fr: "Le titre de la page vient de l’en-tête (`title`) ; c’est le seul de premier niveau. Dans le texte, les titres commencent à `##`.",
        en: "The title of the page comes from the front matter (`title`); it is the only one of the first level. In the text, headings begin at `##`.",
    },
};

pub(super) static SKIPPED_HEADING: Check = Check {
    name: "skipped-heading",
    level: Level::Warning,
    summary: Text { fr: "un niveau de titre est sauté", en: "a level of heading is skipped" },
    manual: Text {
        fr: "Les titres s’emboîtent : après `##` vient `###`, pas `####`. Qui navigue de titre en titre, avec un lecteur d’écran par exemple, croirait sinon qu’il manque une partie.",
        en: "Headings nest: after `##` comes `###`, not `####`. Who goes from heading to heading, with a screen reader for instance, would otherwise think that a part is missing.",
    },
};

pub(super) fn check(page: &Page, sink: &mut Sink) {
    let lang = sink.lang();
    let mut above = 1;
    for section in page.body.sections.iter().filter(|section| section.level > 0) {
        let title = &section.title;
        if section.level == 1 {
            sink.push(
                Diagnostic::new(
                    &TOP_HEADING,
                    section.heading,
                    tr!(lang, "« {title} » est un titre de premier niveau", "\"{title}\" is a first-level heading"),
                )
                .help(tr!(lang, "écrivez `## {title}`", "write `## {title}`")),
            );
        } else if section.level > above + 1 {
            let hashes = "#".repeat(usize::from(above) + 1);
            sink.push(
                Diagnostic::new(
                    &SKIPPED_HEADING,
                    section.heading,
                    tr!(lang, "« {title} » saute un niveau de titre", "\"{title}\" skips a level of heading"),
                )
                .help(tr!(lang, "écrivez `{hashes} {title}`", "write `{hashes} {title}`")),
            );
        }
        above = section.level.max(1);
    }
}
