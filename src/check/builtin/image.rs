use crate::check::views::placed;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::parse::Link;

pub(super) static MISSING_ALTERNATIVE: Check = Check {
    name: "missing-alternative",
    level: Level::Error,
    summary: Text { fr: "une image sans texte de remplacement", en: "a picture without alternative text" },
    manual: Text {
        fr: "Une personne qui ne voit pas l’image lit ce que vous mettez entre crochets : `![ce que montre l’image](image.png)`. Dites en une phrase ce que l’image apporte.",
        en: "Somebody who does not see the picture reads what you put in the brackets: `![what the picture shows](picture.png)`. Say in a sentence what the picture brings.",
    },
};

pub(super) fn check(links: &[Link], sink: &mut Sink) {
    let lang = sink.lang();
    for link in
        links.iter().filter(|link| link.image && link.text.trim().is_empty() && placed(&link.destination).is_none())
    {
        let path = &link.destination;
        sink.push(
            Diagnostic::new(
                &MISSING_ALTERNATIVE,
                link.span,
                tr!(
                    lang,
                    "l’image `{path}` n’a pas de texte de remplacement",
                    "picture `{path}` has no alternative text"
                ),
            )
            .help(tr!(
                lang,
                "écrivez `![ce que montre l’image]({path})`",
                "write `![what the picture shows]({path})`"
            )),
        );
    }
}
