//! When something was, as exactly as it is known, and the texts that say it.

use crate::model::{Date, month_named};
use crate::parse::slug;

/// A year, a season, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The year.
    pub year: i16,
    /// The month, from 1; that in which a season begins.
    pub month: Option<i8>,
    /// The day, from 1.
    pub day: Option<i8>,
    /// The season, where no month is known.
    pub season: Option<Season>,
}

/// A part of the year, in the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// From March on.
    Spring,
    /// From June on.
    Summer,
    /// From September on.
    Autumn,
    /// Of a single year: its first months.
    Winter,
}

impl Season {
    /// Number in a date, words and first month.
    const NAMED: [(&str, &[&str], Self, i8); 4] = [
        ("21", &["printemps", "spring"], Self::Spring, 3),
        ("22", &["ete", "summer"], Self::Summer, 6),
        ("23", &["automne", "autumn", "fall"], Self::Autumn, 9),
        ("24", &["hiver", "winter"], Self::Winter, 1),
    ];
}

impl Moment {
    /// `2008`, `2008-06`, `2008-06-12`, or `2008-22` for the summer of that year.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|part| digits(part, 4))?.parse().ok()?;
        let rest: Vec<&str> = parts.collect();
        if let [code] = rest.as_slice()
            && let Some((.., season, month)) = Season::NAMED.iter().find(|(number, ..)| number == code)
        {
            return Some(Self { year, month: Some(*month), day: None, season: Some(*season) });
        }
        let mut rest = rest.into_iter();
        let mut part = || match rest.next() {
            None => Some(None),
            Some(part) if digits(part, 2) => part.parse::<i8>().ok().map(Some),
            Some(_) => None,
        };
        let (month, day) = (part()?, part()?);
        rest.next().is_none().then_some(())?;
        Self::new(year, month, day)
    }

    fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok().then_some(Self { year, month, day, season: None })
    }

    /// A day.
    pub fn day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()), season: None }
    }

    /// The year with its fraction, for a scale.
    pub fn years(self) -> f64 {
        let month = f64::from(self.month.unwrap_or(1) - 1) / 12.0;
        f64::from(self.year) + month + f64::from(self.day.unwrap_or(1) - 1) / 372.0
    }
}

/// Reads when something was from a text, with its end where the text says one: as dates are written (`2009-06/2009-08`), or as
/// people write them in either language (`juin à août 2009`, `12 June 2014`, `été 2014`, `2009-2012`). What is not sure (`about
/// 2010`, `before 2008`) is not read: nobody is told more than the text says.
pub(super) fn parse_period(text: &str) -> Option<(Moment, Option<Moment>)> {
    if let Some(moment) = Moment::parse(text) {
        return Some((moment, None));
    }
    if let Some((from, until)) = text.split_once('/') {
        return in_order(Moment::parse(from)?, Moment::parse(until)?);
    }
    let slug = slug(text);
    let words: Vec<&str> = slug.split('-').collect();
    let words = match words.as_slice() {
        ["de" | "du" | "from" | "le" | "la" | "en" | "in" | "on", rest @ ..] => rest,
        words => words,
    };
    let link = words.iter().position(|word| ["a", "au", "to", "until"].contains(word));
    let (before, after) = match (link, words) {
        (Some(place), words) => (words.get(..place)?, words.get(place + 1..)?),
        // Two years with nothing but a dash between them.
        (None, [from, until]) if is_year(from) && is_year(until) => (&words[..1], &words[1..]),
        (None, words) => return Some((Said::read(words)?.moment(None)?, None)),
    };
    let (from, until) = (Said::read(before)?, Said::read(after)?);
    let until_at = until.moment(None)?;
    let at = |year: i16| from.moment(Some(Said { year: Some(year), ..until }));
    let from_at = at(until_at.year)?;
    // `octobre à janvier 2010` begins in the year before.
    let is_over = from.year.is_none() && from_at > until_at;
    in_order(if is_over { at(until_at.year - 1)? } else { from_at }, until_at)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What ends before it begins was misread.
fn in_order(from: Moment, until: Moment) -> Option<(Moment, Option<Moment>)> {
    (from.years() <= until.years()).then_some((from, Some(until)))
}

/// The parts of a date that some words say.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    year: Option<i16>,
    season: Option<(Season, i8)>,
    month: Option<i8>,
    day: Option<i8>,
}

impl Said {
    /// Every word must say a part, and none twice.
    fn read(words: &[&str]) -> Option<Self> {
        let mut said = Self::default();
        for word in words {
            let is_new =
                if let Some((.., season, month)) = Season::NAMED.iter().find(|(_, names, ..)| names.contains(word)) {
                    said.season.replace((*season, *month)).is_none()
                } else if let Some(month) = month_named(word) {
                    said.month.replace(month).is_none()
                } else if is_year(word) {
                    said.year.replace(word.parse().ok()?).is_none()
                } else {
                    let number = ["er", "st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
                    said.day.replace(number.unwrap_or(word).parse().ok()?).is_none()
                };
            is_new.then_some(())?;
        }
        (!words.is_empty()).then_some(said)
    }

    /// The moment that is said; what is missing of it may be said by its end.
    fn moment(self, end: Option<Self>) -> Option<Moment> {
        let end = end.unwrap_or_default();
        let year = self.year.or(end.year)?;
        if let Some((season, month)) = self.season {
            let is_alone = self.month.is_none() && self.day.is_none();
            return is_alone.then_some(Moment { year, month: Some(month), day: None, season: Some(season) });
        }
        let month = self.month.or(end.month.filter(|_| self.day.is_some()));
        if self.day.is_some() && month.is_none() {
            return None;
        }
        Moment::new(year, month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_as_exact_as_it_is_written() {
        let moment = |text: &str| Moment::parse(text).map(|moment| (moment.year, moment.month, moment.day));
        assert_eq!(moment("2008"), Some((2008, None, None)));
        assert_eq!(moment("2008-06"), Some((2008, Some(6), None)));
        assert_eq!(moment("2008-02-29"), Some((2008, Some(2), Some(29))));
        assert_eq!(Moment::parse("2008-22").and_then(|moment| moment.season), Some(Season::Summer));
        for wrong in ["", "08", "2008-6", "2008-13", "2008-22-01", "2009-02-29", "2008-06-12-1", "juin 2008"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_are_read_as_far_as_they_are_sure() {
        let written = |moment: Moment| match (moment.season, moment.month, moment.day) {
            (Some(season), ..) => format!("{season:?} {}", moment.year),
            (None, Some(month), Some(day)) => format!("{}-{month}-{day}", moment.year),
            (None, Some(month), None) => format!("{}-{month}", moment.year),
            (None, None, _) => moment.year.to_string(),
        };
        let read = |text: &str| {
            let (from, until) = parse_period(text)?;
            Some(until.map_or_else(|| written(from), |until| format!("{} to {}", written(from), written(until))))
        };
        for (text, wanted) in [
            ("2009", "2009"),
            ("2009-06/2009-08", "2009-6 to 2009-8"),
            ("juin 2009", "2009-6"),
            ("1er juillet 2025", "2025-7-1"),
            ("24 novembre 2014", "2014-11-24"),
            ("June 12, 2014", "2014-6-12"),
            ("Été 2014", "Summer 2014"),
            ("fall 2012", "Autumn 2012"),
            ("juin à août 2009", "2009-6 to 2009-8"),
            ("de juin à août 2009", "2009-6 to 2009-8"),
            ("octobre à janvier 2010", "2009-10 to 2010-1"),
            ("octobre 2009 à janvier 2010", "2009-10 to 2010-1"),
            ("12 au 14 mars 2010", "2010-3-12 to 2010-3-14"),
            ("28 février au 2 mars 2010", "2010-2-28 to 2010-3-2"),
            ("2009-2012", "2009 to 2012"),
            ("2009 – 2012", "2009 to 2012"),
            ("from 2009 to 2012", "2009 to 2012"),
            ("sept. 2014", "2014-9"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        for unsure in [
            "",
            "vers 2010",
            "avant 2008",
            "fin 2009",
            "depuis 2012",
            "2012 à 2009",
            "juin",
            "12 mars",
            "31 juin 2009",
            "2009-06/",
            "2009-2010-2011",
            "juin juillet 2009",
            "12 2009",
            "about June 2009",
            "hiver 2009-2010",
            "à 2010",
        ] {
            assert_eq!(read(unsure), None, "{unsure}");
        }
    }
}
