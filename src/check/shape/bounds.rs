use super::declared;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::{Item, Value};
use crate::schema::Field;

pub(super) static NUMBER_OUT_OF_BOUNDS: Check = Check {
    name: "number-out-of-bounds",
    level: Level::Error,
    summary: Text { fr: "un nombre hors des limites du champ", en: "a number outside the limits of its field" },
    manual: Text {
        fr: "Le schéma donne au champ un minimum, un maximum ou un pas (`minimum`, `maximum`, `multipleOf`). Vérifiez le nombre : une virgule déplacée, une unité prise pour une autre ?",
        en: "The schema gives the field a minimum, a maximum or a step (`minimum`, `maximum`, `multipleOf`). Look at the number again: a decimal point moved, one unit taken for another?",
    },
};

pub(super) fn check(item: &Item, field: &Field, sink: &mut Sink) {
    let Value::Number(number) = item.value else { return };
    let (lang, limits, name) = (sink.lang(), &field.constraints, &field.key.value);
    let problem = if let Some(minimum) = limits.minimum.filter(|minimum| number < *minimum) {
        tr!(lang, "`{name}` vaut {number}, pour {minimum} au moins", "`{name}` is {number}, with {minimum} at least")
    } else if let Some(maximum) = limits.maximum.filter(|maximum| number > *maximum) {
        tr!(lang, "`{name}` vaut {number}, pour {maximum} au plus", "`{name}` is {number}, with {maximum} at most")
    } else if let Some(step) = limits.multiple_of.filter(|step| !is_multiple(number, *step)) {
        tr!(
            lang,
            "`{name}` vaut {number}, qui n’est pas un multiple de {step}",
            "`{name}` is {number}, which is no multiple of {step}"
        )
    } else {
        return;
    };
    let range = match (limits.minimum, limits.maximum) {
        (Some(low), Some(high)) => tr!(lang, "un nombre de {low} à {high}", "a number from {low} to {high}"),
        (Some(low), None) => tr!(lang, "un nombre à partir de {low}", "a number from {low}"),
        (None, Some(high)) => tr!(lang, "un nombre jusqu’à {high}", "a number up to {high}"),
        (None, None) => tr!(lang, "un nombre", "a number"),
    };
    let help = match limits.multiple_of {
        Some(step) if !is_multiple(number, step) => {
            let (below, above) = ((number / step).floor() * step, (number / step).ceil() * step);
            let fits = |number: &f64| {
                limits.minimum.is_none_or(|low| *number >= low) && limits.maximum.is_none_or(|high| *number <= high)
            };
            let near: Vec<String> =
                [below, above].iter().filter(|number| fits(number)).map(ToString::to_string).collect();
            let near = near.join(&tr!(lang, " ou ", " or "));
            if near.is_empty() {
                tr!(lang, "écrivez {range}", "write {range}")
            } else {
                tr!(lang, "écrivez {near}", "write {near}")
            }
        }
        _ => tr!(lang, "écrivez {range}", "write {range}"),
    };
    sink.push(
        Diagnostic::new(&NUMBER_OUT_OF_BOUNDS, item.span, problem)
            .related(declared(field), tr!(lang, "la limite est déclarée ici", "the limit is declared here"))
            .help(help),
    );
}

fn is_multiple(number: f64, step: f64) -> bool {
    let times = number / step;
    (times - times.round()).abs() < 1e-9
}
