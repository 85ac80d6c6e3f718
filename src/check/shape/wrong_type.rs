use super::{Place, declared};
use crate::diagnostic::{Check, Diagnostic, Lang, Level, Sink, Text, tr};
use crate::parse::{Key, Node, Yaml};
use crate::schema::{Field, Shape};
use crate::source::Span;

pub(super) static WRONG_TYPE: Check = Check {
    name: "wrong-type",
    level: Level::Error,
    summary: Text { fr: "une valeur qui n’est pas du type du champ", en: "a value that is not of the field's type" },
    manual: Text {
        fr: "Le schéma dit ce que le champ contient : un texte, un nombre, une date (`2026-01-31`), `true` ou `false`, une liste, des sous-champs. Un nombre s’écrit sans unité (`1,5` ou `1.5`), une date sans mots, une liste avec des tirets ou des crochets.",
        en: "The schema says what the field holds: a text, a number, a date (`2026-01-31`), `true` or `false`, a list, sub-fields. A number is written without its unit (`1.5`), a date without words, a list with hyphens or brackets.",
    },
};

pub(super) fn check(place: &Place<'_>, node: &Node, field: &Field, sink: &mut Sink) {
    let (lang, name) = (sink.lang(), &field.key.value);
    let wanted = wanted(lang, &field.shape);
    let text = place.cx.snapshot.text(node.span).to_owned();
    let span = first_line(node.span, &text);
    let message = match &node.value {
        Yaml::Scalar(_) if text.len() < 60 => {
            tr!(lang, "`{name}` attend {wanted}, pas `{text}`", "`{name}` wants {wanted}, not `{text}`")
        }
        _ => tr!(lang, "`{name}` attend {wanted}", "`{name}` wants {wanted}"),
    };
    sink.push(
        Diagnostic::new(&WRONG_TYPE, span, message)
            .related(declared(field), tr!(lang, "le type est déclaré ici", "the type is declared here"))
            .help(help(lang, node, field)),
    );
}

/// A reserved key that holds something unusable.
pub(super) fn reserved(key: &Key, span: Span, wanted: &str, written: &str, sink: &mut Sink) {
    let (lang, name) = (sink.lang(), &key.value);
    let (wanted, help) = match wanted {
        "date" => (tr!(lang, "une date", "a date"), date_help(lang, written)),
        "boolean" => (
            tr!(lang, "`true` ou `false`", "`true` or `false`"),
            tr!(lang, "écrivez `true` ou `false`, sans guillemets", "write `true` or `false`, without quotes"),
        ),
        "texts" => (
            tr!(lang, "une liste de textes", "a list of texts"),
            tr!(lang, "écrivez une ligne `- …` par élément", "write a line `- …` for each item"),
        ),
        _ => (
            tr!(lang, "un texte", "a text"),
            tr!(lang, "écrivez le texte sur la même ligne", "write the text on the same line"),
        ),
    };
    sink.push(
        Diagnostic::new(
            &WRONG_TYPE,
            span,
            if written.is_empty() || written.contains('\n') {
                tr!(lang, "`{name}` attend {wanted}", "`{name}` wants {wanted}")
            } else {
                tr!(lang, "`{name}` attend {wanted}, pas `{written}`", "`{name}` wants {wanted}, not `{written}`")
            },
        )
        .help(help),
    );
}

fn wanted(lang: Lang, shape: &Shape) -> String {
    match shape {
        Shape::Any => tr!(lang, "une valeur", "a value"),
        Shape::String | Shape::Markdown => tr!(lang, "un texte", "a text"),
        Shape::Number => tr!(lang, "un nombre", "a number"),
        Shape::Integer => tr!(lang, "un nombre entier", "a whole number"),
        Shape::Boolean => tr!(lang, "`true` ou `false`", "`true` or `false`"),
        Shape::Date => tr!(lang, "une date", "a date"),
        Shape::Url => tr!(lang, "une adresse web", "a web address"),
        Shape::Email => tr!(lang, "une adresse électronique", "an e-mail address"),
        Shape::Reference(_) => tr!(lang, "le nom d’un document", "the name of a document"),
        Shape::Array(_) => tr!(lang, "une liste", "a list"),
        Shape::Object(_) => tr!(lang, "des sous-champs", "sub-fields"),
        Shape::Entries(_) => tr!(lang, "une liste d’entrées", "a list of entries"),
        Shape::Outcome(_) => tr!(lang, "un résultat", "a result"),
    }
}

fn help(lang: Lang, node: &Node, field: &Field) -> String {
    let text = node.as_str().unwrap_or_default();
    match &field.shape {
        Shape::Number | Shape::Integer => {
            let plain: String =
                text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-')).collect();
            let plain = plain.trim_end_matches([',', '.']).replace(',', ".");
            match (plain.parse::<f64>(), &field.shape) {
                (Ok(number), Shape::Number) => tr!(
                    lang,
                    "écrivez `{number}`, sans unité ni guillemets",
                    "write `{number}`, without unit or quotes"
                ),
                (Ok(number), _) if number.fract() == 0.0 => {
                    tr!(
                        lang,
                        "écrivez `{number}`, sans unité ni guillemets",
                        "write `{number}`, without unit or quotes"
                    )
                }
                _ => {
                    tr!(lang, "écrivez un nombre en chiffres, sans unité", "write a number in digits, without its unit")
                }
            }
        }
        Shape::Date => date_help(lang, text),
        Shape::Boolean => match text.to_lowercase().as_str() {
            "oui" | "yes" | "vrai" | "on" | "y" | "true" => tr!(lang, "écrivez `true`", "write `true`"),
            "non" | "no" | "faux" | "off" | "n" | "false" => tr!(lang, "écrivez `false`", "write `false`"),
            _ => tr!(lang, "écrivez `true` ou `false`", "write `true` or `false`"),
        },
        Shape::Array(_) if node.as_str().is_some() => {
            tr!(lang, "mettez la valeur entre crochets : `[{text}]`", "put the value in brackets: `[{text}]`")
        }
        Shape::Array(_) | Shape::Entries(_) => {
            tr!(lang, "écrivez une ligne `- …` par élément", "write a line `- …` for each item")
        }
        Shape::Object(shape) | Shape::Outcome(shape) => {
            let keys = shape.properties.keys().take(8).map(|key| format!("`{key}:`")).collect::<Vec<_>>().join(", ");
            tr!(
                lang,
                "écrivez dessous, avec deux espaces de retrait : {keys}",
                "write below, indented by two spaces: {keys}"
            )
        }
        _ => tr!(lang, "écrivez une seule valeur, sur la même ligne", "write a single value, on the same line"),
    }
}

fn date_help(lang: Lang, text: &str) -> String {
    match guess_date(text) {
        Some(date) => tr!(lang, "écrivez `{date}`", "write `{date}`"),
        None => tr!(
            lang,
            "écrivez-la `année-mois-jour`, par exemple `2026-01-31`",
            "write it `year-month-day`, as in `2026-01-31`"
        ),
    }
}

/// `31/01/2026`, `31-1-2026`, `31.01.2026` or `2026/1/31` as the schema wants it.
fn guess_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (year.len() == 4).then(|| date.to_string())
}

/// A value of many lines is shown by its first.
fn first_line(span: Span, text: &str) -> Span {
    let length = text.lines().next().map_or(0, |line| line.trim_end().len());
    Span::new(span.source, span.start as usize..span.start as usize + length)
}

#[cfg(test)]
mod tests {
    use super::guess_date;

    #[test]
    fn a_french_date_is_turned_around() {
        assert_eq!(guess_date("31/01/2026").as_deref(), Some("2026-01-31"));
        assert_eq!(guess_date("5-3-2014").as_deref(), Some("2014-03-05"));
        assert_eq!(guess_date("32/01/2026"), None);
        assert_eq!(guess_date("printemps 2014"), None);
    }
}
