//! What a newline means: a blank line always ends a sentence, a single newline depends on the document.
//!
//! Prose that was wrapped at a fixed width has lines that end where the next word would not have fitted. When most
//! single newlines of a document are of that kind, a newline is a space there, but for list items and short lines before a
//! capital (headlines). Otherwise a newline ends a sentence unless the next line goes on in lower case.

use std::cell::OnceCell;

use memchr::memrchr2;

use super::chars::{is_bullet, is_closing, is_dash, is_stop};
use crate::config::Newline;

/// A line longer than this (code points) is a paragraph, not a wrapped line.
const WIDEST_WRAP: usize = 130;
/// A wrapped line is at least this long (code points) unless it ends its paragraph.
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
    /// The width that prose was wrapped at, if it was; measured at the first single newline, which most documents lack.
    wrap: OnceCell<Option<usize>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, newline: Newline) -> Self {
        Self { text, newline, wrap: OnceCell::new() }
    }

    /// What the white space between `newline`, where a line ends, and `next`, where the next one starts, does.
    pub(super) fn between(&self, newline: usize, next: usize) -> Break {
        if self.newline == Newline::Break || has_blank_line(&self.text[newline..next]) {
            return Break::Always;
        }
        if self.newline == Newline::Space {
            return Break::AsProse;
        }
        let head = memrchr2(b'\n', b'\r', &self.text.as_bytes()[..newline]).map_or(0, |at| at + 1);
        let line = self.text[head..newline].trim();
        let rest = &self.text[next..];
        if is_list_item(rest) {
            return Break::Always;
        }
        let capital = !rest.starts_with(char::is_lowercase);
        if let Some(width) = *self.wrap.get_or_init(|| wrap_width(self.text)) {
            let fits = code_points(line) + 1 + first_word(rest) < width - width / 8;
            return if fits && capital { Break::Always } else { Break::AsProse };
        }
        let stopped = line.trim_end_matches(is_closing).ends_with(|c| is_stop(c) || c == ':');
        if stopped {
            return if capital { Break::Always } else { Break::AsProse };
        }
        let goes_on = !capital || line.ends_with(|c| matches!(c, ',' | ';') || is_dash(c));
        if goes_on { Break::Never } else { Break::Always }
    }
}

/// A byte that ends a line.
pub(super) fn is_newline(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// True when the white space between two lines has a line of its own.
fn has_blank_line(space: &str) -> bool {
    let count = |newline| space.bytes().filter(|&byte| byte == newline).count();
    count(b'\n').max(count(b'\r')) >= 2
}

/// "- item", "• item", "* item", "1. item", "1) item", "a) item", "(iv) item".
fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some(c) if is_bullet(c) => true,
        Some(c) if is_dash(c) || c == '*' => chars.next().is_some_and(char::is_whitespace),
        Some(c) if c == '(' || c.is_ascii_alphanumeric() => {
            let label = line.trim_start_matches('(');
            let rest = label.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            let number = &label[..label.len() - rest.len()];
            let digits = number.bytes().all(|byte| byte.is_ascii_digit());
            let closed = rest.starts_with(')') || c != '(' && digits && rest.starts_with('.');
            closed && number.len() <= 4 && rest[1..].starts_with(char::is_whitespace)
        }
        _ => false,
    }
}

fn first_word(line: &str) -> usize {
    line.chars().take_while(|c| !c.is_whitespace()).take(WIDEST_WRAP).count()
}

/// The length of a line; of one that is too long to be wrapped, enough to tell.
fn code_points(line: &str) -> usize {
    let longest = char::MAX.len_utf8() * (WIDEST_WRAP + 1);
    line.as_bytes()[..line.len().min(longest)].iter().filter(|&byte| byte & 0xC0 != 0x80).count()
}

/// The width of hard-wrapped prose, in code points; `None` when the document is not wrapped.
fn wrap_width(text: &str) -> Option<usize> {
    let mut width = 0;
    for [before, line] in wraps(text) {
        let longer = code_points(before).max(code_points(line));
        if longer > WIDEST_WRAP {
            return None;
        }
        width = width.max(longer);
    }
    if width < NARROWEST_WRAP {
        return None;
    }
    let (mut wraps_seen, mut full) = (0, 0);
    for [before, line] in wraps(text) {
        wraps_seen += 1;
        full += usize::from(code_points(before) + 1 + first_word(line) > width - width / 8);
    }
    (wraps_seen >= 2 && full as f64 >= WRAPPED_SHARE * f64::from(wraps_seen)).then_some(width)
}

/// The lines before and after each single newline.
fn wraps(text: &str) -> impl Iterator<Item = [&str; 2]> {
    let lines = || text.split('\n').map(str::trim);
    lines().zip(lines().skip(1)).filter(|(before, line)| !before.is_empty() && !line.is_empty()).map(Into::into)
}
