use super::declared;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::{Item, Value};
use crate::schema::{Field, Shape};

pub(super) static PATTERN_MISMATCH: Check = Check {
    name: "pattern-mismatch",
    level: Level::Error,
    summary: Text { fr: "un texte qui n’a pas la forme voulue", en: "a text that does not look as it must" },
    manual: Text {
        fr: "Le champ attend une forme précise : une adresse web, une adresse électronique, ou l’expression régulière que le schéma donne (`pattern`).",
        en: "The field wants a precise form: a web address, an e-mail address, or the regular expression that the schema gives (`pattern`).",
    },
};

pub(super) fn check(item: &Item, field: &Field, sink: &mut Sink) {
    let Value::Text(text) = &item.value else { return };
    let (lang, name) = (sink.lang(), &field.key.value);
    let help = match &field.shape {
        Shape::Url if !is_url(text) => {
            tr!(
                lang,
                "une adresse web commence par `https://` et ne contient pas d’espace",
                "a web address begins with `https://` and holds no space"
            )
        }
        Shape::Email if !is_email(text) => {
            tr!(
                lang,
                "une adresse électronique s’écrit `nom@domaine.fr`",
                "an e-mail address is written `name@domain.org`"
            )
        }
        _ => match &field.constraints.pattern {
            Some(pattern) if !pattern.is_match(text) => match (&field.description, field.examples.first()) {
                (_, Some(example)) => tr!(lang, "écrivez par exemple `{example}`", "write for instance `{example}`"),
                (Some(description), None) => description.clone(),
                (None, None) => tr!(lang, "la forme attendue est `{}`", "the form wanted is `{}`", pattern.as_str()),
            },
            _ => return,
        },
    };
    sink.push(
        Diagnostic::new(
            &PATTERN_MISMATCH,
            item.span,
            tr!(
                lang,
                "`{text}` n’a pas la forme attendue pour `{name}`",
                "`{text}` does not have the form wanted for `{name}`"
            ),
        )
        .related(declared(field), tr!(lang, "la forme est déclarée ici", "the form is declared here"))
        .help(help),
    );
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.contains(char::is_whitespace)
            && !domain.contains('@')
    })
}
