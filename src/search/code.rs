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
    // The alphabet is ASCII; said so, one byte is written without asking how many it takes.
    text.push(char::from(ALPHABET[(digit & 63) as usize] & 0x7f));
}

/// Writes a set of ascending numbers below `bound`: the steps between them or, where those would be longer, six of all numbers a
/// character. The first character tells which.
pub(super) fn push_set(numbers: &[u32], bound: usize) -> String {
    let mut text = String::new();
    if numbers.len() * 6 > bound {
        push_digit(&mut text, 1);
        let (mut digit, mut at) = (0, 0);
        for &number in numbers {
            while number / 6 > at {
                push_digit(&mut text, digit);
                (digit, at) = (0, at + 1);
            }
            digit |= 1 << (number % 6);
        }
        push_digit(&mut text, digit);
        return text;
    }
    push_digit(&mut text, 0);
    let mut last = 0;
    for &number in numbers {
        push_number(&mut text, number - last);
        last = number;
    }
    text
}

/// Reads back a set; an empty text is an empty set.
pub(super) fn read_set(text: &str) -> Vec<u32> {
    let mut reader = Reader::new(text);
    let mut numbers = Vec::new();
    if reader.digit() == 0 {
        let mut last = 0;
        while !reader.is_at_end() {
            last += reader.number();
            numbers.push(last);
        }
        return numbers;
    }
    let mut from = 0;
    while !reader.is_at_end() {
        let digit = reader.digit();
        numbers.extend((0..6).filter(|bit| digit >> bit & 1 == 1).map(|bit| from + bit));
        from += 6;
    }
    numbers
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

    #[test]
    fn sets_come_back_sparse_and_dense() {
        for step in [1, 2, 5, 6, 7, 40, 900] {
            let numbers: Vec<u32> = (3..1000).step_by(step).collect();
            let text = push_set(&numbers, 1000);
            assert_eq!(read_set(&text), numbers, "{step}");
            assert!(text.len() <= 1000 / 6 + 2, "{step}: no set is longer than one bit a number");
        }
        assert!(read_set("").is_empty());
    }
}
