use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Turns a title into a piece of an address: lowercase ASCII words joined by hyphens, `é` as `e`, `œ` as `oe`.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for character in title.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'œ' => slug.push_str("oe"),
            'æ' => slug.push_str("ae"),
            'ß' => slug.push_str("ss"),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn titles_become_addresses() {
        assert_eq!(slug("Évaluation et propositions"), "evaluation-et-propositions");
        assert_eq!(slug("Cœur d’activité, 2ᵉ partie !"), "coeur-d-activite-2-partie");
        assert_eq!(slug("1.2"), "1-2");
        assert_eq!(slug("  —  "), "");
    }
}
