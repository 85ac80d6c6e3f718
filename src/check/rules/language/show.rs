//! Values as readers see them in a message: decimal commas and days in words where the book is French.

use super::value::{Val, World};
use crate::diagnostic::Lang;
use crate::model::day_in_words;

/// A value in words.
pub(crate) fn show(world: &World<'_>, val: &Val<'_>) -> String {
    let items = |items: &[Val<'_>]| items.iter().map(|item| show(world, item)).collect::<Vec<_>>().join(", ");
    match val {
        Val::Null => "—".to_owned(),
        Val::Boolean(boolean) => world.lang.truth(*boolean).to_owned(),
        Val::Number(number) => show_number(world.lang, *number),
        Val::Text(text) | Val::Lost(text) => (*text).to_owned(),
        Val::Made(text) => text.to_string(),
        Val::Date(date) => day_in_words(world.lang, *date),
        Val::Document(document) => document.page.title.value.clone(),
        Val::Entry(_, entry) => entry.title.clone(),
        Val::Section(section) => section.title.as_ref().to_owned(),
        Val::Items(_) => items(&world.items(val).unwrap_or_default()),
        Val::List(list) => items(list),
        Val::Object(object) => object
            .fields
            .iter()
            .map(|(name, (_, item))| format!("{name} : {}", show(world, &world.item(item))))
            .collect::<Vec<_>>()
            .join(", "),
        Val::Record(record) => {
            record.iter().map(|(name, val)| format!("{name} : {}", show(world, val))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A number with as many decimals as it needs, nine at most.
pub(crate) fn show_number(lang: Lang, number: f64) -> String {
    let mut text = format!("{number:.9}");
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" {
        "0".clone_into(&mut text);
    }
    match lang {
        Lang::Fr => text.replace('.', ","),
        Lang::En => text,
    }
}
