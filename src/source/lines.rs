/// A place as a person counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
    /// Byte from the start of the file, from 0.
    pub byte: usize,
}

/// The starts of a file's lines.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Finds the lines of a text; `\n` ends a line, and so `\r\n` does.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts }
    }

    /// Turns a byte offset into line and column; an offset inside a character counts as that character's start.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let byte = text.floor_char_boundary(byte.min(text.len()));
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let start = self.starts[line];
        let before = text.get(start..byte).unwrap_or_default();
        // The byte order mark of a file is no character of its first line.
        let before = if line == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        let column = before.chars().count() + 1;
        Position { line: line + 1, column, byte }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "é: à\nœuvre: x";
        let lines = LineIndex::new(text);
        assert_eq!(lines.position(text, 4), Position { line: 1, column: 4, byte: 4 });
        assert_eq!(lines.position(text, text.find('x').unwrap()), Position { line: 2, column: 8, byte: 15 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let text = "a\n";
        assert_eq!(LineIndex::new(text).position(text, 99), Position { line: 2, column: 1, byte: 2 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{feff}ab";
        assert_eq!(LineIndex::new(text).position(text, 4).column, 2);
    }
}
