//! Dates: months with days and years, weekdays, years, "last week".

use crate::language::{Classes, key};
use crate::tokens::{Class, Tokens};

/// The date that starts at token `i`: one past its last token.
#[must_use]
pub(super) fn date_at(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let token = tokens.all[i];
    if tokens.language().declines() {
        return declined(tokens, i, end);
    }
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

/// Serbian, Croatian, Bosnian, Montenegrin: "21. novembra 2023. godine", "21. 11. 2023", "u martu 2020", "prošle godine",
/// "utorak". The stop of an ordinal at the end stays outside, since it may end the sentence too.
fn declined(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let stop = |at: usize| at < end && tokens.str(at) == "." && tokens.is_glued(at);
    let month = |at: usize| at < end && tokens.all[at].is(Classes::MONTH);
    let year = |at: usize| at < end && is_year(tokens.str(at));
    // One past a year at `at`, with "godine" if it follows.
    let year_end = |at: usize| {
        let next = if stop(at + 1) { at + 2 } else { at + 1 };
        let said = next < end && ["godine", "godini", "godina", "god"].iter().any(|w| key_is(tokens, next, w));
        if said { next + 1 } else { at + 1 }
    };
    let word = tokens.str(i);
    match tokens.all[i].class {
        Class::Number => {
            let next = if stop(i + 1) { i + 2 } else { i + 1 };
            if is_day(word) && next > i + 1 && month(next) {
                let after = if stop(next + 1) && year(next + 2) { next + 2 } else { next + 1 };
                return Some(if year(after) { year_end(after) } else { next + 1 });
            }
            // "21. 11. 2023": a day, a month, a year.
            let in_year = next < end && is_day(tokens.str(next)) && stop(next + 1) && year(next + 2);
            if is_day(word) && next > i + 1 && in_year {
                return Some(year_end(next + 2));
            }
            let parts: Vec<&str> = word.split('.').collect();
            if let [day, month, of] = parts[..]
                && is_day(day)
                && is_day(month)
                && is_year(of)
            {
                return Some(year_end(i));
            }
            let led = i > 0 && tokens.all[i - 1].is(Classes::PREP);
            let to = year_end(i);
            (is_year(word) && (led || to > i + 1)).then_some(to)
        }
        Class::Word if tokens.all[i].is(Classes::WEEKDAY) => Some(i + 1),
        Class::Word if tokens.all[i].is(Classes::MONTH) => {
            let led = i > 0 && tokens.all[i - 1].is(Classes::PREP);
            if year(i + 1) { Some(year_end(i + 1)) } else { led.then_some(i + 1) }
        }
        Class::Word => {
            let words = tokens.language().time_at(tokens.all[i..end].iter().map(|t| t.lower));
            (words > 0).then_some(i + words)
        }
        _ => None,
    }
}

/// Whether token `at` is this word, whatever its case and script.
fn key_is(tokens: &Tokens<'_>, at: usize, word: &str) -> bool {
    tokens.all[at].lower == key::lower(word)
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
