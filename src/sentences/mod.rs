//! Bytes → sentence spans, in one pass and without tokens.
//!
//! The scan stops at final punctuation and at newlines. For a full stop, [`Splitter::ends_after`] looks at the word before
//! and the character after; for a newline, [`lines`] has decided once per document whether its prose is hard-wrapped.
//! A sentence keeps the closing marks and brackets that follow its final punctuation.

mod lines;

use crate::config::Config;
use crate::language::{Abbreviation, Classes, Language};
use crate::span::Span;

use lines::Lines;

/// The longest word that is looked up before a full stop, in bytes; a longer one is no abbreviation.
const LONGEST_ABBREVIATION: usize = 24;

/// Bytes looked at after a closing mark for "Vucic said".
const ATTRIBUTION: usize = 64;

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
        config,
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
    while let Some(found) = text[at..].find(['\n', '\r']) {
        let newline = at + found;
        let next = text.len() - text[newline..].trim_start().len();
        if next == text.len() {
            break;
        }
        if lines.between(newline, next) == lines::Break::Always {
            paragraphs.push(Span::new(start, newline).trim(text));
            start = next;
        }
        at = next;
    }
    paragraphs.push(Span::new(start, text.len()).trim(text));
    paragraphs.retain(|p| !p.is_empty());
    paragraphs
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    language: &'a Language,
    config: &'a Config,
    lines: Lines<'a>,
    /// Where the open sentence starts.
    start: usize,
    sentences: Vec<Span>,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            at = match self.bytes[at] {
                b'.' | b'!' | b'?' => self.at_stop(at),
                // "…" is E2 80 A6, the full-width stops start with E3 or EF.
                0xE2 if self.bytes[at..].starts_with("…".as_bytes()) => self.at_stop(at),
                0xE3 | 0xEF if is_stop(self.char_at(at)) => self.at_stop(at),
                b'\n' | b'\r' => self.at_newline(at),
                _ => at + 1,
            };
        }
        self.close(self.bytes.len());
    }

    /// Ends the open sentence before `end`, if it holds anything.
    fn close(&mut self, end: usize) {
        let span = Span::new(self.start, end).trim(self.text);
        if !span.is_empty() {
            self.sentences.push(span);
        }
        self.start = end;
    }

    /// At final punctuation; returns where to go on.
    fn at_stop(&mut self, at: usize) -> usize {
        let stops = self.skip(at, is_stop);
        let end = self.skip_closing(stops);
        let next = self.skip(end, |c| c.is_whitespace() && c != '\n' && c != '\r');
        if end == self.bytes.len() || next == self.bytes.len() {
            return self.bytes.len();
        }
        if matches!(self.bytes[next], b'\n' | b'\r') {
            return end;
        }
        if next > end && self.ends_after(at, stops, end, next) {
            self.close(end);
        }
        end
    }

    /// At a newline; returns where to go on.
    fn at_newline(&mut self, at: usize) -> usize {
        let next = self.skip(at, char::is_whitespace);
        if next == self.bytes.len() {
            return next;
        }
        let ends = match self.lines.between(at, next) {
            lines::Break::Always => true,
            lines::Break::Never => false,
            lines::Break::AsProse => self.prose_ends_before(at, next),
        };
        if ends {
            self.close(at);
        }
        next
    }

    /// A newline that is a space: does the punctuation before it end a sentence?
    fn prose_ends_before(&self, newline: usize, next: usize) -> bool {
        let line = self.text[self.start..newline].trim_end();
        let stops = line.trim_end_matches(is_closing);
        let word = stops.trim_end_matches(is_stop);
        stops.len() > word.len()
            && self.ends_after(self.start + word.len(), self.start + stops.len(), self.start + line.len(), next)
    }

    /// Whether the stops at `at..stops`, with closing marks up to `end`, end a sentence before the character at `next`.
    fn ends_after(&self, at: usize, stops: usize, end: usize, next: usize) -> bool {
        let after = self.skip(next, is_opening);
        if after == self.bytes.len() {
            return true;
        }
        let follows = self.char_at(after);
        if follows.is_lowercase() {
            return false;
        }
        if end > stops && self.attribution_at(next) && &self.text[at..stops] != "." {
            return false;
        }
        if &self.text[at..stops] != "." {
            return true;
        }
        let word = self.word_before(at);
        let bracket = end > stops && !self.text[stops..end].contains(is_quotation);
        let last = word.rsplit('-').next().unwrap_or(word);
        let mut letters = last.chars();
        let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && word != "I";
        if end > stops && !bracket {
            return true;
        }
        let starter = self.starter_at(after);
        if is_initial {
            return starter || after > next;
        }
        match self.abbreviation(word) {
            Some(Abbreviation::Name) => false,
            Some(Abbreviation::Number) => !follows.is_numeric(),
            Some(Abbreviation::Inner) => starter || (after > next && !bracket),
            None => !self.is_ordinal(word, at),
        }
    }

    /// A list number at the start of a sentence ("3. The …"): its stop ends nothing.
    fn is_ordinal(&self, word: &str, at: usize) -> bool {
        word.len() <= 3
            && word.bytes().all(|b| b.is_ascii_digit())
            && !word.is_empty()
            && self.text[self.start..at - word.len()].trim().is_empty()
    }

    fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.is_empty() {
            return None;
        }
        if self.config.abbreviations.iter().any(|a| a.trim_end_matches('.') == word) {
            return Some(Abbreviation::Name);
        }
        self.language.abbreviations.get(word).copied().or_else(|| {
            // Initials that no list has: "J.K", "P.S".
            let initials = word.len() <= 7
                && word.contains('.')
                && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
            initials.then_some(Abbreviation::Inner)
        })
    }

    /// True when a word that only begins sentences, such as "The" or "He", stands at `at`.
    fn starter_at(&self, at: usize) -> bool {
        let end = self.skip(at, char::is_alphabetic);
        let word = &self.text[at..end];
        let lower = word.to_lowercase();
        self.language.words.get(lower.as_str()).is_some_and(|c| {
            c.any(Classes::CLOSED)
                && !c.any(Classes::MONTH.or(Classes::WEEKDAY))
                && (word.len() > 1 || lower == "a" || lower == "i")
        })
    }

    /// True when up to three capitalised words and a verb of saying stand at `at`: “Stop!” Marko Ilić said.
    fn attribution_at(&self, at: usize) -> bool {
        let mut end = self.bytes.len().min(at + ATTRIBUTION);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        for (n, word) in self.text[at..end].split_whitespace().take(5).enumerate() {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
            if n > 0 && self.language.cues.contains_key(bare) {
                return true;
            }
            if bare.len() < word.len() || !word.starts_with(|c: char| c.is_uppercase()) {
                return false;
            }
        }
        false
    }

    /// The word that ends before `at`, without opening marks; empty when it is too long to be an abbreviation.
    fn word_before(&self, at: usize) -> &str {
        let mut low = at.saturating_sub(LONGEST_ABBREVIATION);
        while !self.text.is_char_boundary(low) {
            low += 1;
        }
        let before = &self.text[low..at];
        let start = before.rfind(|c: char| c.is_whitespace() || is_opening(c) || c == '/');
        match start {
            Some(i) => {
                let skip = before[i..].chars().next().map_or(1, char::len_utf8);
                &before[i + skip..]
            }
            None if low == 0 || low <= self.start => before,
            None => "",
        }
    }

    /// Past closing marks, brackets and footnote numbers.
    fn skip_closing(&self, at: usize) -> usize {
        let end = self.skip(at, is_closing);
        // A footnote: "[12]".
        if self.bytes.get(end) == Some(&b'[') {
            let digits = self.skip(end + 1, |c| c.is_ascii_digit());
            if digits > end + 1 && self.bytes.get(digits) == Some(&b']') {
                return digits + 1;
            }
        }
        end
    }

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

    fn char_at(&self, at: usize) -> char {
        let byte = self.bytes[at];
        if byte.is_ascii() { byte as char } else { self.text[at..].chars().next().unwrap_or('\u{fffd}') }
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_quotation(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' | '」' | '』')
}

/// Marks that may close after final punctuation; “ closes „…“ and « closes »…«.
fn is_closing(c: char) -> bool {
    is_quotation(c) || matches!(c, ')' | ']' | '}')
}

fn is_opening(c: char) -> bool {
    is_quotation(c) || matches!(c, '„' | '‚' | '(' | '[' | '{' | '¿' | '¡' | '「' | '『' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lang;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sentences_cover_all_but_white_space(text in "([A-Za-z.!?…“”\"'„« \n\r\t\u{a0}0-9ćЖ😀]|\\PC){0,200}") {
            let spans = split(&text, Language::of(Lang::En), &Config::default());
            let mut at = 0;
            for span in &spans {
                prop_assert!(span.lo() >= at && !span.is_empty());
                prop_assert!(text[at..span.lo()].trim().is_empty());
                prop_assert_eq!(span.trim(&text), *span);
                at = span.hi();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
