//! Control keys.

/// Whether 15 characters are a French social security number: 13 of number, 2 of key, where the key is 97 less the remainder of
/// the number by 97 (source: Insee, "numéro d'inscription au répertoire"). Corsican departments `2A` and `2B` count as 19 and 18.
pub(super) fn is_nir(compact: &str) -> bool {
    if compact.len() != 15 || !compact.is_ascii() {
        return false;
    }
    let (number, key) = compact.split_at(13);
    let number = number.replacen("2A", "19", 1).replacen("2B", "18", 1);
    match (number.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => 97 - number % 97 == key,
        _ => false,
    }
}

/// Whether some letters and digits are an IBAN: moved four places and read with `A` as 10, they leave 1 by 97 (ISO 13616).
pub(super) fn is_iban(compact: &str) -> bool {
    if !(15..=34).contains(&compact.len()) || !compact.is_ascii() {
        return false;
    }
    let (head, tail) = compact.split_at(4);
    let mut remainder: u32 = 0;
    for character in tail.chars().chain(head.chars()) {
        let Some(digit) = character.to_digit(36) else { return false };
        remainder = (if digit > 9 { remainder * 100 } else { remainder * 10 } + digit) % 97;
    }
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_tells_a_nir_from_any_long_number() {
        // The example of Insee's own documentation, and a Corsican one computed from the rule.
        assert!(is_nir("255081416802538"));
        assert!(!is_nir("255081416802539"));
        let corsican = "180052A004012";
        let key = 97 - 1_800_519_004_012_u64 % 97;
        assert!(is_nir(&format!("{corsican}{key:02}")));
    }

    #[test]
    fn the_key_tells_an_iban() {
        assert!(is_iban("FR7630006000011234567890189"));
        assert!(!is_iban("FR7630006000011234567890188"));
    }
}
