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
        tr!(lang, "`{name}` vaut {number}, qui n’est pas un multiple de {step}", "`{name}` is {number}, which is no multiple of {step}")
    } else {
        return;
    };
    let help = match (limits.minimum, limits.maximum, limits.multiple_of) {
        (_, _, Some(step)) => {
            let (below, above) = ((number / step).floor() * step, (number / step).ceil() * step);
            if (below - above).abs() < f64::EPSILON {
                let low = limits.minimum.unwrap_or(0.0);
                tr!(lang, "écrivez un nombre à partir de {low}", "write a number from {low}")
            } else {
                tr!(lang, "écrivez {below} ou {above}", "write {below} or {above}")
            }
        }
        (Some(low), Some(high), _) => tr!(lang, "écrivez un nombre de {low} à {high}", "write a number from {low} to {high}"),
        (Some(low), None, _) => tr!(lang, "écrivez un nombre à partir de {low}", "write a number from {low}"),
        (None, Some(high), _) => tr!(lang, "écrivez un nombre jusqu’à {high}", "write a number up to {high}"),
        (None, None, None) => String::new(),
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
