//! Text by eight bytes at a time: most words are shorter than that, and none of their letters is looked at by itself.

/// The highest bit of each byte: where the answers stand.
const HIGH: u64 = each(0x80);

/// Eight bytes from a place on, the first of them lowest; past the end of the text there are zeros, which no word holds.
pub(in crate::search) fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// How many of these bytes, from the first on, are letters and digits of ASCII, and letters of French that have two bytes and begin
/// with 0xc3. There may be more: a letter that is cut off at the end is not counted, nor is one of another range.
pub(super) fn letters(eight: u64) -> usize {
    // Sums of seven bits never carry into the next byte.
    let low = eight & !HIGH;
    let from = |bytes: u64, first: u8| bytes + each(0x80 - first);
    let lower = low | each(0x20);
    let letter = from(lower, b'a') & !from(lower, b'z' + 1);
    let digit = from(low, b'0') & !from(low, b'9' + 1);
    let ascii = (letter | digit) & !eight & HIGH;

    // The second byte of a letter, but not of `×` or `÷`: those two differ in one bit.
    let sign = equal(eight | each(0x20), 0xb7);
    let second = eight & !(eight << 1) & !sign & HIGH;
    let first = equal(eight, 0xc3) & (second >> 8);
    let others = !(ascii | first | first << 8) & HIGH;
    (others.trailing_zeros() / 8) as usize
}

/// Where a byte is just that.
fn equal(eight: u64, byte: u8) -> u64 {
    let differs = eight ^ each(byte);
    !(((differs & !HIGH) + !HIGH) | differs) & HIGH
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `letters` counts, one byte after the other.
    fn one_by_one(bytes: [u8; 8]) -> usize {
        let mut at = 0;
        loop {
            match bytes.get(at..).unwrap_or_default() {
                [byte, ..] if byte.is_ascii_alphanumeric() => at += 1,
                [0xc3, 0x97 | 0xb7, ..] => return at,
                [0xc3, 0x80..=0xbf, ..] => at += 2,
                _ => return at,
            }
        }
    }

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255 {
            for next in 0..=255 {
                for place in 0..7 {
                    let mut bytes = *b"aZ09mNzA";
                    (bytes[place], bytes[place + 1]) = (byte, next);
                    assert_eq!(letters(u64::from_le_bytes(bytes)), one_by_one(bytes), "{bytes:x?}");
                }
            }
        }
        assert_eq!(letters(eight("été".as_bytes(), 0)), 5);
        assert_eq!(letters(eight("tutorat".as_bytes(), 3)), 4);
        assert_eq!(eight(b"abc", 7), 0);
    }
}
