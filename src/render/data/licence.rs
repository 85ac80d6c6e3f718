use crate::config::Config;

/// On which terms the data may be used again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Licence {
    /// Its short name, such as `CC-BY-4.0`.
    pub(in crate::render) name: String,
    /// Its name for people.
    pub(in crate::render) title: String,
    /// The address of its text; empty where it is not known.
    pub(in crate::render) url: String,
}

/// Licences whose name says enough: their short name, their name, their text.
const KNOWN: &[(&str, &str, &str)] = &[
    ("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    (
        "CC-BY-NC-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    ("ODbL-1.0", "Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
];

impl Licence {
    /// The licence that the book names, if it does.
    pub(in crate::render) fn of(config: &Config) -> Option<Self> {
        let name = config.data.license.clone()?;
        let known = KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&name));
        let (name, title, url) = match known {
            Some((name, title, url)) => ((*name).to_owned(), (*title).to_owned(), (*url).to_owned()),
            None => (name.clone(), name, String::new()),
        };
        Some(Self { name, title, url: config.data.license_url.clone().unwrap_or(url) })
    }
}
