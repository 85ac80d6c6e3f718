//! Texts and lists as JSON writes them, appended to what is there: most of the index is text that stands in JSON as it is.

/// How much of a text is looked at at once.
const STRETCH: usize = 256;

/// Appends a text.
pub(super) fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.reserve(text.len() + 2);
    bytes.push(b'"');
    for stretch in text.as_bytes().chunks(STRETCH) {
        // A whole stretch is asked at once: that is done many bytes at a time.
        if stretch.iter().fold(false, |any, byte| any | is_escaped(*byte)) {
            for &byte in stretch {
                push_byte(bytes, byte);
            }
        } else {
            bytes.extend_from_slice(stretch);
        }
    }
    bytes.push(b'"');
}

/// Appends a list, each item as `write` appends it.
pub(super) fn push_list<T>(bytes: &mut Vec<u8>, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    bytes.push(b'[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        write(bytes, item);
    }
    bytes.push(b']');
}

#[expect(clippy::needless_bitwise_bool, reason = "a branch would have each byte looked at by itself")]
const fn is_escaped(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

fn push_byte(bytes: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        byte if !is_escaped(byte) => return bytes.push(byte),
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        byte if byte < 0x20 => return bytes.extend(format!("\\u{byte:04x}").into_bytes()),
        byte => byte,
    };
    bytes.extend([b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_everywhere_else() {
        let all: String = (0..0x300).filter_map(char::from_u32).collect();
        for text in ["", "l’été", &all, &"é".repeat(500), &format!("{}\n{all}", "x".repeat(255))] {
            let mut bytes = Vec::new();
            push_text(&mut bytes, text);
            assert_eq!(bytes, serde_json::to_vec(text).expect("a text can be written"));
        }
    }
}
