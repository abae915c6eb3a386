//! Where something stands in a text: byte spans inside the core, code points at its border.
//!
//! Every step works on byte offsets, which slice a `str` at no cost. Users count in Unicode code points, as Python
//! does; [`CodePoints`] turns one into the other when rows leave the core.

/// A half-open range of bytes, `start..end`, on character boundaries of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start: start as u32, end: end as u32 }
    }

    /// The words it covers.
    ///
    /// ```
    /// # use onrecord::span::Span;
    /// assert_eq!(Span::new(0, 4).of("NATO said"), "NATO");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same as a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// First byte, for arithmetic.
    #[must_use]
    pub fn lo(self) -> usize {
        self.start as usize
    }

    /// One past the last byte, for arithmetic.
    #[must_use]
    pub fn hi(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies within it.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span around both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at either end; empty at its start when there is nothing else.
    #[must_use]
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.lo() + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

/// Turns byte offsets of one text into code points, in time of the bytes between two checkpoints.
///
/// A text of ASCII only needs no table: there a byte is a code point.
#[derive(Debug)]
pub struct CodePoints<'t> {
    bytes: &'t [u8],
    /// Code points before each block of [`BLOCK`] bytes; empty for ASCII.
    before: Vec<u32>,
}

/// Bytes between two checkpoints: small enough to count at once, large enough that the table stays a 16th of the text.
const BLOCK: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts the code points of `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(bytes.len() / BLOCK + 1);
            let mut count = 0u32;
            for block in bytes.chunks(BLOCK) {
                before.push(count);
                count += starts(block);
            }
            before.push(count);
        }
        Self { bytes, before }
    }

    /// The number of code points before byte `at`.
    ///
    /// ```
    /// # use onrecord::span::CodePoints;
    /// assert_eq!(CodePoints::new("Vučić").at(7), 5);
    /// ```
    #[must_use]
    pub fn at(&self, at: u32) -> i64 {
        if self.before.is_empty() {
            return i64::from(at);
        }
        let block = at as usize / BLOCK;
        i64::from(self.before[block] + starts(&self.bytes[block * BLOCK..at as usize]))
    }
}

/// Code points that start in `bytes`: all bytes but the continuation bytes `0b10xx_xxxx`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from(b & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_counting(text in "\\PC*") {
            let points = CodePoints::new(&text);
            for (n, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(at as u32), n as i64);
            }
            prop_assert_eq!(points.at(text.len() as u32), text.chars().count() as i64);
        }
    }

    #[test]
    fn trim_of_white_space_is_empty() {
        assert!(Span::new(0, 3).trim(" \n ").is_empty());
        assert_eq!(Span::new(0, 5).trim(" ab\u{a0}").of(" ab\u{a0}"), "ab");
    }
}
