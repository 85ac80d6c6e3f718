use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Turns a title into a piece of an address: lowercase ASCII words joined by hyphens, `é` as `e`, `œ` as `oe`.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for character in title.chars() {
        // Most characters have no accent to take off, and asking Unicode costs more than all the rest.
        if character.is_ascii() {
            push(&mut slug, character.to_ascii_lowercase());
        } else {
            decompose_canonical(character, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(|lower| push(&mut slug, lower));
                }
            });
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push(slug: &mut String, character: char) {
    match character {
        'a'..='z' | '0'..='9' => slug.push(character),
        'œ' => slug.push_str("oe"),
        'æ' => slug.push_str("ae"),
        'ß' => slug.push_str("ss"),
        _ if slug.ends_with('-') || slug.is_empty() => {}
        _ => slug.push('-'),
    }
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
        assert_eq!(slug("E\u{301}cole İSTANBUL ŒUVRE"), "ecole-istanbul-oeuvre");
    }
}
