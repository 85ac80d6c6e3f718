use super::Date;
use crate::diagnostic::Lang;
use crate::parse::slug;

/// The months of both languages, January first.
const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// A day in words: `1er mars 2014`, `1 March 2014`.
pub fn day_in_words(lang: Lang, date: Date) -> String {
    let (day, year) = (date.day(), date.year());
    let (french, english) = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    match lang {
        Lang::Fr if day == 1 => format!("1er {french} {year}"),
        Lang::Fr => format!("{day} {french} {year}"),
        Lang::En => format!("{day} {english} {year}"),
    }
}

/// The month that a word of either language names, whole or by its first letters: from three, as long as it is the only one.
/// The word stands as addresses have it, in lowercase without accents.
pub fn month_named(word: &str) -> Option<i8> {
    let mut named = (1_i8..).zip(MONTHS).filter(|(_, (french, english))| {
        let is_meant = |name: &str| slug(name).starts_with(word);
        word.len() >= 3 && (is_meant(french) || is_meant(english))
    });
    let exact = (1_i8..).zip(MONTHS).find(|(_, (french, english))| slug(french) == word || slug(english) == word);
    let (month, _) = exact.or_else(|| named.next().filter(|_| named.next().is_none()))?;
    Some(month)
}

/// A month in words: `mars 2014`, `March 2014`.
pub fn month_in_words(lang: Lang, year: i16, month: i8) -> String {
    let (french, english) = MONTHS[usize::from(month.clamp(1, 12).unsigned_abs()) - 1];
    match lang {
        Lang::Fr => format!("{french} {year}"),
        Lang::En => format!("{english} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        let day = |lang, date: &str| day_in_words(lang, date.parse().unwrap());
        assert_eq!(day(Lang::Fr, "2014-03-01"), "1er mars 2014");
        assert_eq!(day(Lang::Fr, "2014-12-31"), "31 décembre 2014");
        assert_eq!(day(Lang::En, "2014-03-01"), "1 March 2014");
    }
}
