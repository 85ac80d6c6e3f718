//! Numbers as text: five bits a character, lowest first, the sixth saying that more follow.
//!
//! The index is read by a plain `<script>`, also from `file://`, so it cannot be binary. After compression this costs about what
//! bytes would, and the browser decodes it with one table.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What one character can hold where numbers have a fixed width.
pub(super) const DIGIT_MAX: u32 = 63;

/// Appends a number of any size.
pub(super) fn push_number(text: &mut String, mut number: u32) {
    while number > 31 {
        push_digit(text, (number & 31) | 32);
        number >>= 5;
    }
    push_digit(text, number);
}

/// Appends a number of at most [`DIGIT_MAX`] as one character.
pub(super) fn push_digit(text: &mut String, digit: u32) {
    text.push(char::from(ALPHABET[(digit & 63) as usize]));
}

/// Reads back what was pushed; past the end there are zeros.
pub(super) struct Reader<'t>(std::slice::Iter<'t, u8>);

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text.as_bytes().iter())
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.as_slice().is_empty()
    }

    pub(super) fn digit(&mut self) -> u32 {
        match self.0.next() {
            Some(c @ b'A'..=b'Z') => u32::from(c - b'A'),
            Some(c @ b'a'..=b'z') => u32::from(c - b'a') + 26,
            Some(c @ b'0'..=b'9') => u32::from(c - b'0') + 52,
            Some(b'-') => 62,
            Some(_) => 63,
            None => 0,
        }
    }

    pub(super) fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let digit = self.digit();
            number |= (digit & 31) << shift;
            shift += 5;
            if digit < 32 || shift > 30 {
                return number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 31, 32, 1023, 1024, 70_000, u32::MAX];
        let mut text = String::new();
        for number in numbers {
            push_number(&mut text, number);
            push_digit(&mut text, number.min(DIGIT_MAX));
        }
        let mut reader = Reader::new(&text);
        for number in numbers {
            assert_eq!((reader.number(), reader.digit()), (number, number.min(DIGIT_MAX)));
        }
        assert!(reader.is_at_end());
        assert_eq!(reader.number(), 0);
    }
}
