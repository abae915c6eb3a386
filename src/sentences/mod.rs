//! Bytes → sentence spans, in one pass and without tokens.
//!
//! The scan goes from one stop or newline to the next. `stops` decides what final punctuation does, from the word before
//! it and the word after; `lines` what a newline does, from the lines around it. A sentence keeps the closing marks,
//! brackets and footnote numbers that follow its final punctuation.

use std::iter::Peekable;

use memchr::memmem::{self, FindIter};
use memchr::{Memchr2, Memchr3, memchr2_iter, memchr3_iter};

mod chars;
mod dates;
mod lines;
mod stops;

use rustc_hash::FxHashSet;

use crate::config::Config;
use crate::language::Language;
use crate::span::Span;

use chars::is_blank;
use lines::{Break, Lines, is_newline};
use stops::Stop;

/// The sentences of `text`: ordered, disjoint, white space only between them.
///
/// ```
/// use onrecord::{config::Config, language::{Lang, Language}, sentences::split};
///
/// let text = "Gen. Kovač spoke at 4 p.m. on Friday. “We stay. We help,” he said.";
/// let spans = split(text, Language::of(Lang::En), &Config::default());
/// let sentences: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
/// assert_eq!(sentences, ["Gen. Kovač spoke at 4 p.m. on Friday.", "“We stay.", "We help,” he said."]);
/// ```
#[must_use]
pub fn split(text: &str, language: &Language, config: &Config) -> Vec<Span> {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        language,
        own: config.abbreviations.iter().map(|form| form.trim_end_matches('.')).collect(),
        lines: Lines::new(text, config.newline),
        start: 0,
        sentences: Vec::with_capacity(text.len() / 100 + 1),
    };
    splitter.run();
    splitter.sentences
}

/// The paragraphs of `text`: what a newline that always ends a sentence divides. Blank ones are left out.
#[must_use]
pub fn paragraphs(text: &str, config: &Config) -> Vec<Span> {
    let lines = Lines::new(text, config.newline);
    let mut paragraphs = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text.as_bytes()[at..].iter().position(|&byte| is_newline(byte)) {
        let newline = at + found;
        let next = text.len() - text[newline..].trim_start().len();
        if next == text.len() {
            break;
        }
        if lines.between(newline, next) == Break::Always {
            paragraphs.push(Span::new(start, newline).trim(text));
            start = next;
        }
        at = next;
    }
    paragraphs.push(Span::new(start, text.len()).trim(text));
    paragraphs.retain(|p| !p.is_empty());
    paragraphs
}

/// Where the scan halts: at every stop and newline, found by searches that each run ahead to their next place.
struct Halts<'a> {
    stops: Peekable<Memchr3<'a>>,
    newlines: Peekable<Memchr2<'a>>,
    ellipses: Peekable<FindIter<'a, 'static>>,
}

impl<'a> Halts<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            stops: memchr3_iter(b'.', b'!', b'?', bytes).peekable(),
            newlines: memchr2_iter(b'\n', b'\r', bytes).peekable(),
            ellipses: memmem::find_iter(bytes, "…").peekable(),
        }
    }

    /// The first place at `at` or after it; the text's `end` when there is none.
    fn next(&mut self, at: usize, end: usize) -> usize {
        fn ahead(places: &mut Peekable<impl Iterator<Item = usize>>, at: usize, end: usize) -> usize {
            while let Some(&place) = places.peek() {
                if place >= at {
                    return place;
                }
                places.next();
            }
            end
        }
        ahead(&mut self.stops, at, end).min(ahead(&mut self.newlines, at, end)).min(ahead(&mut self.ellipses, at, end))
    }
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    language: &'a Language,
    /// The user's abbreviations, without their last stop.
    own: FxHashSet<&'a str>,
    lines: Lines<'a>,
    /// Where the open sentence starts: at a character that is no white space, or at the end.
    start: usize,
    sentences: Vec<Span>,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let end = self.bytes.len();
        let mut halts = Halts::new(self.bytes);
        self.start = self.skip(0, char::is_whitespace);
        self.close_date_after();
        let mut at = halts.next(self.start, end);
        while at < end {
            let next = if is_newline(self.bytes[at]) { self.at_newline(at, None) } else { self.at_stop(at) };
            at = halts.next(next, end);
        }
        self.close_date_before(end);
        self.close(end, end);
    }

    /// Ends a sentence before the date that ends a line at `end`, if one does.
    fn close_date_before(&mut self, end: usize) {
        if let Some(date) = self.date_before(end) {
            self.close(date, date);
        }
    }

    /// Ends a sentence after the date that the open line starts with, if it does.
    fn close_date_after(&mut self) {
        if let Some(end) = self.date_after(self.start) {
            self.close(end, self.skip(end, char::is_whitespace));
        }
    }

    /// Ends the open sentence before `end`, with white space from there to `next`, where another starts.
    fn close(&mut self, end: usize, next: usize) {
        let end = self.start + self.text[self.start..end].trim_end().len();
        if end > self.start {
            self.sentences.push(Span::new(self.start, end));
        }
        self.start = next;
    }

    /// At final punctuation; returns where to go on.
    fn at_stop(&mut self, at: usize) -> usize {
        if self.is_plain_end(at) {
            debug_assert!(self.ends_at(&self.stop_at(at), at + 2), "the short way and the long one differ");
            self.close(at + 1, at + 2);
            return at + 2;
        }
        let stop = self.stop_at(at);
        let next = self.skip(stop.end, is_blank);
        if next == self.bytes.len() {
            return next;
        }
        if is_newline(self.bytes[next]) {
            return self.at_newline(next, Some(&stop));
        }
        if let Some(number) = self.next_item(&stop, next) {
            self.close(number, self.skip(number, char::is_whitespace));
        } else if if next > stop.end { self.ends_at(&stop, next) } else { self.lacks_space(&stop) } {
            self.close(stop.end, next);
        }
        next
    }

    /// At a newline, after `stop` when that ends the line; returns where to go on.
    fn at_newline(&mut self, at: usize, stop: Option<&Stop>) -> usize {
        let next = self.skip(at, char::is_whitespace);
        if next == self.bytes.len() {
            return next;
        }
        let ends = match self.lines.between(at, next) {
            Break::Always => true,
            Break::Never => false,
            Break::AsProse => stop.is_some_and(|stop| self.ends_at(stop, next)),
        };
        if ends {
            self.close_date_before(at);
            self.close(at, next);
            self.close_date_after();
        }
        next
    }

    /// Past the characters at `at` that are `wanted`.
    fn skip(&self, mut at: usize, wanted: impl Fn(char) -> bool) -> usize {
        while at < self.bytes.len() {
            let c = self.char_at(at);
            if !wanted(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    #[inline]
    fn char_at(&self, at: usize) -> char {
        let byte = self.bytes[at];
        if byte.is_ascii() { byte as char } else { self.text[at..].chars().next().unwrap_or('\u{fffd}') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lang;
    use proptest::prelude::*;

    /// Splits `text` and checks that nothing but white space lies outside its sentences.
    fn check(text: &str, lang: Lang) {
        let mut at = 0;
        for span in &split(text, Language::of(lang), &Config::default()) {
            assert!(span.lo() >= at && !span.is_empty());
            assert!(text[at..span.lo()].trim().is_empty());
            assert_eq!(span.trim(text), *span);
            at = span.hi();
        }
        assert!(text[at..].trim().is_empty());
    }

    proptest! {
        #[test]
        fn sentences_cover_all_but_white_space(text in "([A-Za-z.!?…“”\"'„« \n\r\t\u{a0}0-9ćЖ😀]|\\PC){0,200}") {
            check(&text, Lang::En);
        }

        #[test]
        fn any_order_of_words_and_marks_can_be_split(
            text in "(and|or|Mr|p\\.m|No|Jr|km|I|The|Kovač|d-r|U\\.S|said|[1-9]|\\.|;|:|,|\\?|…|“|”|’|\\(|\\)|\\[|\\]|—|-|•| |\n){0,60}",
        ) {
            check(&text, Lang::En);
            check(&text, Lang::Sr);
        }
    }
}
