//! Dates: months with days and years, weekdays, years, "last week".

use crate::language::Classes;
use crate::tokens::{Class, Tokens};

/// The date that starts at token `i`: one past its last token.
#[must_use]
pub(super) fn date_at(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let token = tokens.all[i];
    match token.class {
        Class::Number => number_first(tokens, i, end),
        Class::Word if token.is(Classes::MONTH) && token.is_capitalised() => month_first(tokens, i, end),
        Class::Word if token.is(Classes::WEEKDAY) && token.is_capitalised() => Some(i + 1),
        Class::Word => relative(tokens, i, end),
        _ => None,
    }
}

/// "November 21", "Nov. 21, 2023", "February last year", "March 2024", "June".
fn month_first(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let mut at = i + 1;
    if at < end && tokens.str(at) == "." {
        at += 1;
    }
    if at < end && is_day(tokens.str(at)) {
        at += 1;
        // "21, 2023"
        if at + 1 < end && tokens.str(at) == "," && is_year(tokens.str(at + 1)) {
            at += 2;
        } else if at < end && is_year(tokens.str(at)) {
            at += 1;
        }
        return Some(at);
    }
    if at < end && is_year(tokens.str(at)) {
        return Some(at + 1);
    }
    if at + 1 < end
        && ["last", "this", "next"].iter().any(|w| tokens.is_word(at, w))
        && ["year", "week", "month"].iter().any(|w| tokens.is_word(at + 1, w))
    {
        return Some(at + 2);
    }
    // "May" and "March" are other words too: a preposition or "last" must stand before them.
    let plain = !["may", "march", "mar", "sun", "sat", "mon", "wed", "dec", "jan"].iter().any(|w| tokens.is_word(i, w));
    let led = i > 0
        && (tokens.all[i - 1].is(Classes::PREP)
            || ["last", "next", "this", "early", "late", "mid"].iter().any(|w| tokens.is_word(i - 1, w)));
    (plain || led).then_some(i + 1)
}

/// "21 November 2023", "2001", "2023-11-21".
fn number_first(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let word = tokens.str(i);
    if is_day(word) && i + 1 < end && tokens.all[i + 1].is(Classes::MONTH) && tokens.all[i + 1].is_capitalised() {
        let mut at = i + 2;
        if at < end && tokens.str(at) == "." && at + 1 < end && is_year(tokens.str(at + 1)) {
            at += 1;
        }
        if at < end && is_year(tokens.str(at)) {
            at += 1;
        }
        return Some(at);
    }
    if !is_year(word) {
        return None;
    }
    if i + 4 < end
        && tokens.str(i + 1) == "-"
        && tokens.str(i + 3) == "-"
        && tokens.str(i + 2).len() == 2
        && is_day(tokens.str(i + 2))
        && is_day(tokens.str(i + 4))
    {
        return Some(i + 5);
    }
    // A bare year needs a preposition, an article or brackets before it; no noun it could count after it.
    let led = i > 0
        && (tokens.all[i - 1].is(Classes::PREP)
            || ["late", "early", "the", "year", "(", "-", "–", "and", "mid"].iter().any(|w| tokens.is_word(i - 1, w)));
    let counts = i + 1 < end
        && tokens.all[i + 1].class == Class::Word
        && !tokens.all[i + 1].is(Classes::CLOSED)
        && tokens.str(i + 1).ends_with('s')
        && !tokens.all[i + 1].is(Classes::FINITE);
    (led && !counts).then_some(i + 1)
}

/// "last week", "earlier this year", "yesterday".
fn relative(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let is = |at: usize, words: &[&str]| at < end && words.iter().any(|w| tokens.is_word(at, w));
    if is(i, &["yesterday", "today", "tomorrow"]) {
        return Some(i + 1);
    }
    let start = if is(i, &["earlier", "later"]) { i + 1 } else { i };
    if is(start, &["last", "this", "next"]) && is(start + 1, &["week", "month", "year", "weekend"]) {
        return Some(start + 2);
    }
    None
}

fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    matches!(suffix, "" | "st" | "nd" | "rd" | "th")
        && (1..=2).contains(&digits.len())
        && digits.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1500..2100).contains(&y))
}
