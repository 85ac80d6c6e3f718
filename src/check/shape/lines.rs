use super::declared;
use crate::diagnostic::{Check, Diagnostic, Level, Sink, Text, tr};
use crate::model::Item;
use crate::schema::Field;

/// A line that is written longer than this counts as several: it is read as several.
pub(super) const LINE: usize = 120;

pub(super) static TOO_MANY_LINES: Check = Check {
    name: "too-many-lines",
    level: Level::Error,
    summary: Text { fr: "un texte qui a trop de lignes", en: "a text with too many lines" },
    manual: Text {
        fr: "Le schéma limite le nombre de lignes de ce texte (`maxLines`). Une ligne vide ne compte pas ; une ligne de plus de 120 caractères compte pour plusieurs.",
        en: "The schema limits the number of lines of this text (`maxLines`). An empty line does not count; a line of more than 120 characters counts as several.",
    },
};

/// How many lines a text has for a reader.
pub(crate) fn count(text: &str) -> usize {
    text.lines().map(|line| line.trim().chars().count().div_ceil(LINE)).sum()
}

pub(super) fn check(item: &Item, field: &Field, sink: &mut Sink) {
    let (Some(most), Some(text)) = (field.constraints.max_lines, item.value.as_text()) else { return };
    let count = count(text);
    if count <= most {
        return;
    }
    let (lang, name) = (sink.lang(), &field.key.value);
    sink.push(
        Diagnostic::new(
            &TOO_MANY_LINES,
            item.span,
            tr!(
                lang,
                "`{name}` fait {count} lignes, pour {most} au plus",
                "`{name}` has {count} lines, with {most} at most"
            ),
        )
        .related(declared(field), tr!(lang, "la limite est déclarée ici", "the limit is declared here"))
        .help(tr!(
            lang,
            "ne gardez que l’essentiel : le reste peut aller dans le texte du document",
            "keep the essential: the rest can go into the document's text"
        )),
    );
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn long_lines_count_for_what_they_are() {
        assert_eq!(count("une\n\ndeux\n"), 2);
        assert_eq!(count(&"x".repeat(121)), 2);
    }
}
