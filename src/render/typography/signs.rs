//! Where a text has something that French sets in its own way.

/// As many bytes as are looked at in one go.
const BLOCK: usize = 32;

/// Where the next byte is that may have to be set, as far as it and the one before it tell.
pub(super) fn next(html: &[u8], from: usize) -> Option<usize> {
    // The first byte of a page has nothing before it.
    let mut at = from.max(1);
    loop {
        let (before, bytes) = (html.get(at - 1..)?, html.get(at..)?);
        let (Some(before), Some(bytes)) = (before.first_chunk::<BLOCK>(), bytes.first_chunk::<BLOCK>()) else {
            return first(before, bytes).map(|found| at + found);
        };
        // Without a branch inside, a block takes no longer than a few bytes would.
        let mut has_sign = false;
        for (before, byte) in before.iter().zip(bytes) {
            has_sign |= may_be_set(*before, *byte);
        }
        if has_sign {
            return first(before, bytes).map(|found| at + found);
        }
        at += BLOCK;
    }
}

fn first(before: &[u8], bytes: &[u8]) -> Option<usize> {
    before.iter().zip(bytes).position(|(before, byte)| may_be_set(*before, *byte))
}

/// High signs where a space stands before them, quotation marks, apostrophes written as such or as `&#39;`.
#[expect(clippy::needless_bitwise_bool, reason = "a branch would have each byte looked at by itself")]
const fn may_be_set(before: u8, byte: u8) -> bool {
    // The last byte of a no-break space is that of other letters too: they are told apart later.
    let spaced = (before == b' ') | (before == 0xa0);
    let high = (byte == b';') | (byte == b':') | (byte == b'!') | (byte == b'?') | (byte == b'%');
    let quote = (before == 0xc2) & ((byte == 0xab) | (byte == 0xbb));
    (spaced & high) | quote | (byte == b'\'') | ((before == b'&') & (byte == b'#'))
}
