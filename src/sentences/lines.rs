//! What a newline means: a blank line always ends a sentence, a single newline depends on the document.
//!
//! Prose that was wrapped at a fixed width has lines that end where the next word would not have fitted. When most
//! single newlines of a document are of that kind, a newline is a space there, but for list items and short lines before a
//! capital (headlines). Otherwise a newline ends a sentence unless the next line goes on in lower case.

use crate::config::Newline;

/// A line longer than this (bytes) is a paragraph, not a wrapped line.
const WIDEST_WRAP: usize = 130;
/// A wrapped line is at least this long (bytes) unless it ends its paragraph.
const NARROWEST_WRAP: usize = 32;
/// Share of single newlines that must stand where the next word would not have fitted.
const WRAPPED_SHARE: f64 = 0.7;

/// What the white space between two lines does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// Ends a sentence.
    Always,
    /// Is a space inside a sentence.
    Never,
    /// Is a space: the punctuation before it decides.
    AsProse,
}

/// The lines of one document.
pub(super) struct Lines<'a> {
    text: &'a str,
    newline: Newline,
    /// The width that prose was wrapped at, if it was.
    wrap: Option<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, newline: Newline) -> Self {
        let wrap = if newline == Newline::Auto { wrap_width(text) } else { None };
        Self { text, newline, wrap }
    }

    /// What the white space between `newline`, where a line ends, and `next`, where the next one starts, does.
    pub(super) fn between(&self, newline: usize, next: usize) -> Break {
        if count_newlines(&self.text[newline..next]) >= 2 || self.newline == Newline::Break {
            return Break::Always;
        }
        if self.newline == Newline::Space {
            return Break::AsProse;
        }
        let head = self.text[..newline].rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let line = self.text[head..newline].trim();
        let rest = &self.text[next..];
        if is_list_item(rest) {
            return Break::Always;
        }
        let capital = !rest.starts_with(|c: char| c.is_lowercase());
        let stopped = line.trim_end_matches(super::is_closing).ends_with(|c| super::is_stop(c) || c == ':');
        if let Some(width) = self.wrap {
            let fits = line.chars().count() + 1 + first_word(rest) < width - width / 8;
            return if !fits || !capital { Break::AsProse } else { Break::Always };
        }
        if stopped {
            return if capital { Break::Always } else { Break::AsProse };
        }
        if !capital || line.ends_with([',', ';', '-', '–', '—']) { Break::Never } else { Break::Always }
    }
}

fn count_newlines(space: &str) -> usize {
    space.matches('\n').count().max(space.matches('\r').count()).max(space.matches('\u{2029}').count() * 2)
}

/// "- item", "• item", "* item", "1) item".
fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '▪' | '◦' | '●' | '■' | '·') => true,
        Some('-' | '*' | '–' | '—') => chars.next().is_some_and(char::is_whitespace),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            line.len() - rest.len() <= 2 && (rest.starts_with(") ") || rest.starts_with(". "))
        }
        _ => false,
    }
}

fn first_word(line: &str) -> usize {
    line.chars().take_while(|c| !c.is_whitespace()).take(WIDEST_WRAP).count()
}

/// The width of hard-wrapped prose, in code points; `None` when the document is not wrapped.
fn wrap_width(text: &str) -> Option<usize> {
    let mut width = 0;
    let mut pairs = Vec::new();
    let mut before: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.trim();
        if line.is_empty() {
            before = None;
            continue;
        }
        // A longer line is no wrapped line, and need not be counted to its end.
        let length = line.chars().take(WIDEST_WRAP + 1).count();
        if let Some(before) = before {
            if before > WIDEST_WRAP || length > WIDEST_WRAP {
                return None;
            }
            width = width.max(before).max(length);
            pairs.push((before, first_word(line)));
        }
        before = Some(length);
    }
    let full = pairs.iter().filter(|(line, word)| line + 1 + word > width - width / 8).count();
    (width >= NARROWEST_WRAP && pairs.len() >= 2 && full as f64 >= WRAPPED_SHARE * pairs.len() as f64).then_some(width)
}
