//! What personal data looks like.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::keys::{is_iban, is_nir};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Email,
    Phone,
    Nir,
    Iban,
    Address,
}

/// Numbers that the regulator keeps for films and books, by their first six digits (Arcep, decision 2018-0881, annexe 1).
const FICTION: [&str; 6] = ["019900", "026191", "035301", "046571", "053649", "063998"];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of the program are tested")
}

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    // One separator throughout: `03 2012-10-03` is no number.
    let groups = |separator: &str| format!("[1-9](?:{separator}[0-9]{{2}}){{4}}");
    let numbers = ["", " ", r"\.", "-", "\u{a0}", "\u{202f}"].map(groups).join("|");
    regex(&format!(r"^(?:(?:\+|00)33[ .\u{{a0}}\u{{202f}}-]?(?:\(0\))?[ .\u{{a0}}\u{{202f}}-]?|0)(?:{numbers})"))
});
static NIR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^[1-478] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}"));
static IBAN: LazyLock<Regex> = LazyLock::new(|| regex(r"^[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"));
/// Words that begin a street and nothing else.
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[0-9]{1,4}(?: ?(?:bis|ter|quater))?,? (?i:rue|avenue|boulevard|allées?|impasse|chemin|quai|faubourg|ruelle|venelle|square|lotissement) (?:(?:de|du|des|de la|aux?) |(?:de )?(?:l|d)['’]|\p{Lu})[\p{L}'’ -]{1,40}",
    )
});
/// Words that begin a street or something else, and count only before a postal code.
static STREET_WITH_CODE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[0-9]{1,4}(?: ?(?:bis|ter|quater))?,? (?i:place|cours|route|passage|résidence|hameau|sente|voie) [^\n]{2,60}?\b[0-9]{5} \p{Lu}[\p{L}-]+",
    )
});

/// Every piece of personal data in a text, in reading order.
pub(super) fn find(text: &str) -> Vec<(Kind, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(stop) = next_stop(bytes, at) {
        at = stop;
        let hit = match bytes[at] {
            b'@' => email(text, at),
            b'0'..=b'9' if at == 0 || !bytes[at - 1].is_ascii_digit() => number(text, at),
            _ => None,
        };
        match hit {
            Some((kind, range)) => {
                at = range.end.max(at + 1);
                if found.last().is_none_or(|(_, last)| last.end <= range.start) {
                    found.push((kind, range));
                }
            }
            None => at += 1,
        }
    }
    found
}

/// The first `@` or digit from a place on. Pages are mostly letters: they are passed over many at a time.
fn next_stop(bytes: &[u8], from: usize) -> Option<usize> {
    let is_stop = |byte: &u8| byte.is_ascii_digit() || *byte == b'@';
    let mut at = from;
    // Looks at all of them whatever they are, for that is what processors do at once.
    while bytes.get(at..at + 32).is_some_and(|some| !some.iter().fold(false, |found, byte| found | is_stop(byte))) {
        at += 32;
    }
    bytes.get(at..)?.iter().position(is_stop).map(|place| at + place)
}

fn email(text: &str, at: usize) -> Option<(Kind, Range<usize>)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let before = text.get(..at)?;
    let start = before.char_indices().rev().take_while(|(_, c)| part(*c)).last().map(|(start, _)| start)?;
    let after = text.get(at + 1..)?;
    let length = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(after.len());
    let domain = after.get(..length)?.trim_end_matches(['.', '-']);
    let (_, top) = domain.rsplit_once('.')?;
    let plausible = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    // Domains that belong to nobody, for examples (RFC 2606).
    let reserved = matches!(top, "example" | "test" | "invalid" | "localhost")
        || matches!(domain, "example.com" | "example.org" | "example.net");
    (plausible && !reserved).then(|| (Kind::Email, start..at + 1 + domain.len()))
}

fn number(text: &str, at: usize) -> Option<(Kind, Range<usize>)> {
    let before = text.get(..at)?.chars().next_back();
    let iban = || {
        let start = at.checked_sub(2)?;
        let country = text.get(start..at)?;
        let edge = text.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if !edge || !country.chars().all(|c| c.is_ascii_uppercase()) {
            return None;
        }
        let found = IBAN.find(text.get(start..)?)?;
        let mut written = found.as_str();
        // A word right behind an IBAN may look like its last group: try shorter readings.
        loop {
            if is_iban(&written.replace(' ', "")) {
                return Some((Kind::Iban, start..start + written.len()));
            }
            written = written.get(..written.rfind(' ')?)?;
        }
    };
    if before.is_some_and(|c| c.is_ascii_uppercase()) {
        return iban();
    }
    // Inside a word, an address of the web or a version, a number is no person's.
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '=' | '#' | '&')) {
        return None;
    }
    // The tail of a decimal or of a section number is none either.
    let mut back = text.get(..at)?.chars().rev();
    if matches!(back.next(), Some('.' | ',')) && back.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let start = if before == Some('+') { at - 1 } else { at };
    let rest = text.get(start..)?;
    let closed = |length: usize| {
        rest.get(length..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric() && c != '_')
    };
    if may_be_phone(rest)
        && let Some(found) = PHONE.find(rest)
        && closed(found.end())
    {
        let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix("0033").or_else(|| digits.strip_prefix("33").filter(|_| digits.len() > 10));
        let national = national.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
        let fiction = FICTION.iter().any(|prefix| national.starts_with(prefix));
        return (!fiction).then(|| (Kind::Phone, start..start + found.end()));
    }
    if may_be_nir(rest)
        && let Some(found) = NIR.find(rest)
        && closed(found.end())
        && is_nir(&found.as_str().replace(' ', ""))
    {
        return Some((Kind::Nir, start..start + found.end()));
    }
    if !may_be_street(rest) || ends_a_date(text.get(..at)?) {
        return None;
    }
    let found = STREET.find(rest).or_else(|| STREET_WITH_CODE.find(rest))?;
    Some((Kind::Address, start..start + found.as_str().trim_end().len()))
}

/// Whether what stands before a number makes it the day of a date, as in `2012-10-03`.
fn ends_a_date(before: &str) -> bool {
    let mut parts = before.rsplit('-');
    let (behind, month, year) = (parts.next(), parts.next(), parts.next());
    let is_number = |part: Option<&str>, length: usize| {
        part.is_some_and(|part| part.bytes().rev().take_while(u8::is_ascii_digit).take(length).count() == length)
    };
    behind == Some("") && month.is_some_and(|month| month.len() == 2) && is_number(month, 2) && is_number(year, 4)
}

/// Whether [`PHONE`] could match: it begins so, and has ten digits among nothing but separators. Dates and figures, which pages
/// are full of, go no further.
fn may_be_phone(rest: &str) -> bool {
    let separators = [' ', '.', '-', '(', ')', '+', '\u{a0}', '\u{202f}'];
    let number = rest.chars().take_while(|c| c.is_ascii_digit() || separators.contains(c));
    rest.starts_with(['0', '+']) && number.filter(char::is_ascii_digit).nth(9).is_some()
}

/// Whether [`NIR`] could match: fifteen digits or departments of Corsica among nothing but spaces.
fn may_be_nir(rest: &str) -> bool {
    let number = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'A' | b'B'));
    number.filter(|byte| *byte != b' ').nth(14).is_some()
}

/// Whether [`STREET`] or [`STREET_WITH_CODE`] could match: what stands right behind the number of a house.
fn may_be_street(rest: &str) -> bool {
    matches!(
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).bytes().next(),
        Some(b' ' | b',' | b'b' | b't' | b'q')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        find(text).into_iter().map(|(kind, range)| (kind, text.get(range).unwrap())).collect()
    }

    #[test]
    fn what_names_a_person_is_found() {
        assert_eq!(kinds("écrire à jeanne.l@réseau.fr"), []);
        assert_eq!(kinds("écrire à jeanne.l@reseau.fr."), [(Kind::Email, "jeanne.l@reseau.fr")]);
        assert_eq!(kinds("tél. 06 12 34 56 78,"), [(Kind::Phone, "06 12 34 56 78")]);
        assert_eq!(kinds("+33 (0)6.12.34.56.78"), [(Kind::Phone, "+33 (0)6.12.34.56.78")]);
        assert_eq!(kinds("n° 2 55 08 14 168 025 38 !"), [(Kind::Nir, "2 55 08 14 168 025 38")]);
        assert_eq!(
            kinds("IBAN FR76 3000 6000 0112 3456 7890 189 merci"),
            [(Kind::Iban, "FR76 3000 6000 0112 3456 7890 189")]
        );
        assert_eq!(kinds("au 12 bis, rue des Lilas"), [(Kind::Address, "12 bis, rue des Lilas")]);
        assert_eq!(kinds("12-14 rue des Lilas"), [(Kind::Address, "14 rue des Lilas")]);
        assert_eq!(kinds("3 place du Marché, 35000 Rennes"), [(Kind::Address, "3 place du Marché, 35000 Rennes")]);
    }

    #[test]
    fn what_does_not_is_left_alone() {
        for text in [
            "907 professionnels au 24 juin 2014",
            "de 2014 à 2020, 0,5 jour",
            "https://exemple.fr/0612345678/a",
            "contact@centre.example",
            "01 99 00 12 34",
            "4 cours de formation et 2 routes",
            "réunion du 01/02/2014 à 14 h 30",
            "le 10 rue",
            "3 allées retours et 5 chemins",
            "03 2012-10-03",
            "32,5 chemin l'un",
            "le 2012-10-03 chemin l'emportait",
            "ISO 13616 et 123456789012345",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
