//! The date of a story that shares a line with its headline or its first words: it is a sentence of its own.
//!
//! "Council opens bridge Tuesday, March 4, 2014" is a headline and a date; "Tuesday, March 4, 2014 The council …" a date
//! and a story. Only a date with its weekday and year counts, so that one in running prose is left alone.

use super::Splitter;
use crate::language::{Classes, key};

/// Bytes of the longest date: "Wednesday, 17 September, 2014" with a little room.
const LONGEST: usize = 32;

impl Splitter<'_> {
    /// Where a date starts that ends the line before `end`, after words that it does not belong to.
    pub(super) fn date_before(&self, end: usize) -> Option<usize> {
        let line = self.text[self.start..end].trim_end();
        let end = self.start + line.len();
        if !line.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let first = line.len().saturating_sub(LONGEST);
        let spaces = line.bytes().enumerate().skip(first).filter(|(_, byte)| *byte == b' ');
        let start = spaces.map(|(n, _)| self.start + n + 1).find(|&at| self.date_at(at) == Some(end))?;
        let before = self.text[self.start..start].trim_end();
        let last = self.word_before(self.start + before.len());
        let belongs = self.language.classes(key::lower(last)).any(Classes::CLOSED);
        (!belongs && !before.ends_with([',', ';', ':', '(', '-', '–', '—'])).then_some(start)
    }

    /// Where a date ends that starts a line at `at` and is followed by a word with a capital.
    pub(super) fn date_after(&self, at: usize) -> Option<usize> {
        let end = self.date_at(at)?;
        (self.bytes.get(end) == Some(&b' ') && self.is_at(end + 1, char::is_uppercase)).then_some(end)
    }

    /// Where the date at `at` ends: "Tuesday, March 4, 2014" or "Tuesday, 4 March 2014".
    fn date_at(&self, at: usize) -> Option<usize> {
        if !self.classes_at(at).any(Classes::WEEKDAY) {
            return None;
        }
        let mut end = self.past_comma(at + self.word_at(at).len());
        let (mut month, mut day) = (false, false);
        while !(month && day) {
            let number = self.skip(end, |c| c.is_ascii_digit());
            if matches!(number - end, 1 | 2) && !day {
                day = true;
                end = self.past_comma(number);
            } else if !month && self.classes_at(end).any(Classes::MONTH) {
                month = true;
                end = self.past_comma(end + self.word_at(end).len());
            } else {
                return None;
            }
        }
        let year = self.skip(end, |c| c.is_ascii_digit());
        (year == end + 4).then_some(year)
    }

    /// Past a comma or a full stop and a space, if they are there.
    fn past_comma(&self, at: usize) -> usize {
        let mark = at + usize::from(matches!(self.bytes.get(at), Some(b',' | b'.')));
        mark + usize::from(self.bytes.get(mark) == Some(&b' '))
    }
}
