use crate::diagnostic::Lang;

/// A number as readers write it: `8 000`, `12 345,5` in French, `8,000`, `12,345.5` in English.
pub(super) fn number(lang: Lang, number: f64) -> String {
    grouped(lang, number, 4)
}

/// A number of which nobody says what it counts: four digits stay together, since they are most often a year.
pub(super) fn bare(lang: Lang, number: f64) -> String {
    grouped(lang, number, 5)
}

/// A number whose digits stand in groups of three, from so many on.
fn grouped(lang: Lang, number: f64, from: usize) -> String {
    let plain = number.abs().to_string();
    let (whole, decimals) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (group, point) = match lang {
        Lang::Fr => ('\u{202f}', ','),
        Lang::En => (',', '.'),
    };
    let mut text = String::from(if number < 0.0 { "−" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && whole.len() >= from {
            text.push(group);
        }
        text.push(digit);
    }
    if let Some(decimals) = decimals {
        text.push(point);
        text.push_str(decimals);
    }
    text
}

/// What is counted, in the number that the count asks for. Signs, several words, and words that are plural already stay as
/// they are.
pub(super) fn unit(lang: Lang, count: f64, unit: &str) -> String {
    let plural = match lang {
        Lang::Fr => count.abs() >= 2.0,
        Lang::En => (count.abs() - 1.0).abs() > f64::EPSILON,
    };
    let is_word = unit.chars().count() > 2 && unit.chars().all(char::is_alphabetic);
    match (plural && is_word, lang) {
        (false, _) => unit.to_owned(),
        (true, Lang::Fr) => french_plural(unit),
        (true, Lang::En) => english_plural(unit),
    }
}

fn french_plural(word: &str) -> String {
    match word {
        _ if word.ends_with(['s', 'x', 'z']) => word.to_owned(),
        _ if ["au", "eu"].iter().any(|end| word.ends_with(end)) => format!("{word}x"),
        _ => match word.strip_suffix("al") {
            Some(stem) if !["bal", "carnaval", "festival", "récital", "régal"].contains(&word) => {
                format!("{stem}aux")
            }
            _ => format!("{word}s"),
        },
    }
}

fn english_plural(word: &str) -> String {
    let is_plural = word.ends_with('s') && !word.ends_with("ss")
        || ["people", "men", "women", "children", "feet", "data"].contains(&word);
    match word {
        _ if is_plural => word.to_owned(),
        "person" => "people".to_owned(),
        "child" => "children".to_owned(),
        "man" | "woman" => word.replace("man", "men"),
        "foot" => "feet".to_owned(),
        _ if ["ss", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => match word.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{word}s"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(Lang::Fr, 10.25), "10,25");
        assert_eq!(number(Lang::Fr, 4000.0), "4\u{202f}000");
        assert_eq!(number(Lang::En, 4000.5), "4,000.5");
        assert_eq!(bare(Lang::Fr, 2014.0), "2014");
        assert_eq!(bare(Lang::Fr, 12345.0), "12\u{202f}345");
        assert_eq!(number(Lang::Fr, 1_234_567.5), "1\u{202f}234\u{202f}567,5");
        assert_eq!(number(Lang::En, -12345.0), "−12,345");
    }

    #[test]
    fn units_agree() {
        assert_eq!(unit(Lang::Fr, 1.5, "jour"), "jour");
        assert_eq!(unit(Lang::Fr, 2.0, "jour"), "jours");
        assert_eq!(unit(Lang::En, 0.5, "hour"), "hours");
        assert_eq!(unit(Lang::Fr, 95.0, "%"), "%");
        assert_eq!(unit(Lang::Fr, 2.0, "kilomètre par an"), "kilomètre par an");
    }

    #[test]
    fn plurals_follow_the_language() {
        let french = [
            ("jour", "jours"),
            ("mois", "mois"),
            ("lieu", "lieux"),
            ("tableau", "tableaux"),
            ("journal", "journaux"),
            ("festival", "festivals"),
        ];
        for (one, many) in french {
            assert_eq!(unit(Lang::Fr, 3.0, one), many);
            assert_eq!(unit(Lang::Fr, 3.0, many), many, "what is plural already stays");
        }
        let english = [
            ("visit", "visits"),
            ("person", "people"),
            ("child", "children"),
            ("woman", "women"),
            ("query", "queries"),
            ("day", "days"),
            ("batch", "batches"),
            ("class", "classes"),
        ];
        for (one, many) in english {
            assert_eq!(unit(Lang::En, 22.0, one), many);
            assert_eq!(unit(Lang::En, 22.0, many), many, "what is plural already stays");
        }
    }
}
