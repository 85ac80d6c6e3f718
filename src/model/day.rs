use super::Date;
use crate::diagnostic::Lang;

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
