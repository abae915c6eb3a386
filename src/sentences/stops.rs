//! What final punctuation does: ends its sentence, or stands inside it.
//!
//! A stop ends a sentence before a word with a capital, a number or a sign, unless the word before is an abbreviation or a
//! number that goes on. A word in lower case goes on, but for writers who begin their sentences so.

use super::Splitter;
use super::chars::{
    is_blank, is_bullet, is_closing, is_closing_bracket, is_dash, is_opening, is_opening_bracket, is_quotation,
    is_raised_digit, is_stop,
};
use super::lines::is_newline;
use crate::language::{Abbreviation, Classes, key};

/// The longest word that is looked up before a full stop, in bytes; a longer one is no abbreviation.
const LONGEST_ABBREVIATION: usize = 24;
/// The longest word that a list of closed-class words is asked for, in bytes.
const LONGEST_CLOSED: usize = 16;
/// Bytes looked at after a closing mark for "Krelani said".
const ATTRIBUTION: usize = 64;
/// Bytes of the longest name after a dash.
const CREDIT: usize = 48;
/// Bytes looked at for the other end of a bracket.
const BRACKET: usize = 200;
/// Characters looked at for the first letter of a sentence.
const HEAD: usize = 64;
/// An opening such as "At 5 a.m." has at most so many bytes before its last full stop.
const OPENING: usize = 24;

/// Words that begin sentences and not names.
const STARTERS: Classes = Classes::DET
    .or(Classes::PREP)
    .or(Classes::CONJ)
    .or(Classes::SUB)
    .or(Classes::REL)
    .or(Classes::PRON)
    .or(Classes::AUX)
    .or(Classes::NEG)
    .or(Classes::ADV)
    .or(Classes::TIME);

/// Final punctuation with what closes after it.
pub(super) struct Stop {
    /// Where the punctuation starts.
    at: usize,
    /// One past the punctuation.
    marks: usize,
    /// One past the closing marks, brackets and footnotes.
    pub(super) end: usize,
}

impl Splitter<'_> {
    /// The most frequent end by far, told without looking further: a full stop after a word in lower case that is no
    /// abbreviation, before a space and a capital. What follows would say the same.
    pub(super) fn is_plain_end(&self, at: usize) -> bool {
        if !matches!(self.bytes[at..], [b'.', b' ', b'A'..=b'Z', ..]) {
            return false;
        }
        let before = &self.bytes[self.start..at];
        let letters =
            before.iter().rev().take(LONGEST_ABBREVIATION).take_while(|byte| byte.is_ascii_lowercase()).count();
        let word = &self.text[at - letters..at];
        (2..LONGEST_ABBREVIATION).contains(&letters)
            && before.len() > letters
            && before[before.len() - letters - 1] == b' '
            && !self.language.abbreviations.contains_key(word)
            && !self.own.contains(word)
    }

    /// The stop at `at`.
    pub(super) fn stop_at(&self, at: usize) -> Stop {
        let mut marks = self.skip(at, is_stop);
        // Stops with a space between are one ellipsis: ". . .". In " .22" and " .mk" the point belongs to its word.
        while self.bytes.get(marks) == Some(&b' ') {
            let more = self.skip(marks + 1, is_stop);
            if more == marks + 1 || self.is_at(more, char::is_alphanumeric) {
                break;
            }
            marks = more;
        }
        Stop { at, marks, end: self.skip_closing(marks) }
    }

    /// Past closing marks, brackets, footnotes and the faces that stand for a mark, also after a space where nothing else
    /// can be meant.
    fn skip_closing(&self, at: usize) -> usize {
        let mut end = self.skip(at, |c| is_closing(c) || is_raised_digit(c));
        loop {
            let next = self.skip(end, is_blank);
            let closed = match self.bytes.get(next) {
                Some(b'[') => self.skip_footnote(next),
                Some(b':' | b';' | b'=') => self.skip_face(next),
                Some(b')' | b']' | b'}') => self.skip(next, is_closing),
                _ => return end,
            };
            if closed == next {
                return end;
            }
            end = closed;
        }
    }

    /// Past "[12]", the "[...]" of an omission, and an editor's note in lower case: "[citation needed]".
    fn skip_footnote(&self, at: usize) -> usize {
        let closes = |inside: usize| inside > at + 1 && self.bytes.get(inside) == Some(&b']');
        let number = self.skip(at + 1, |c| c.is_ascii_digit() || matches!(c, '.' | '…'));
        let note = self.skip(at + 1, |c| c.is_lowercase() || c == ' ');
        if closes(number) {
            number + 1
        } else if closes(note) {
            note + 1
        } else {
            at
        }
    }

    /// Past ":-)".
    fn skip_face(&self, at: usize) -> usize {
        let nose = at + 1 + usize::from(self.bytes.get(at + 1) == Some(&b'-'));
        let mouth = self.skip(nose, |c| matches!(c, '(' | ')' | 'D' | 'P'));
        if mouth > nose && !self.is_at(mouth, char::is_alphanumeric) { mouth } else { at }
    }

    /// Whether `stop`, with white space up to `next`, ends a sentence.
    pub(super) fn ends_at(&self, stop: &Stop, next: usize) -> bool {
        let after = self.skip_opening(next);
        if after == self.bytes.len() {
            return true;
        }
        let follows = self.char_at(after);
        if matches!(follows, ',' | ';' | ':') || self.is_omission(stop) {
            return false;
        }
        let marks = &self.text[stop.at..stop.marks];
        let closing = &self.text[stop.marks..stop.end];
        let quoted = closing.contains(is_quotation);
        let goes_on = self.bracket_goes_on(quoted, next);
        // A remark in brackets is a sentence in lower case too: "(laughter)", "(credit: NASA)".
        let remark = !goes_on && self.is_at(next, is_opening_bracket);
        if follows.is_lowercase() && !remark && !self.is_name_in_lower_case(after) {
            return self.begins_in_lower_case(stop, after);
        }
        if is_dash(self.char_at(next)) && self.is_credit(after) {
            return false;
        }
        if marks == "." && !quoted {
            return self.point_ends(stop, next, after);
        }
        let attributed = marks != "." && quoted && self.attribution_at(next);
        let pause = closing.is_empty() && self.is_pause(stop, after);
        !(attributed || pause || goes_on)
    }

    /// Past opening marks, and the space between a dash and its word.
    fn skip_opening(&self, at: usize) -> usize {
        let opened = self.skip(at, is_opening);
        if self.text[at..opened].ends_with(is_dash) { self.skip(opened, is_blank) } else { opened }
    }

    /// "[...]" and "(!)" stand inside their sentence; so does an ellipsis at its head.
    fn is_omission(&self, stop: &Stop) -> bool {
        let before = &self.text[self.start..stop.at];
        before.ends_with(is_opening_bracket) && self.is_at(stop.marks, is_closing_bracket)
            || !before.ends_with(char::is_alphanumeric) && self.first_letter(stop.at).is_none()
    }

    /// The first letter or digit of the open sentence before `at`, unless many marks go before it.
    fn first_letter(&self, at: usize) -> Option<char> {
        self.text[self.start..at].chars().take(HEAD).find(|c| c.is_alphanumeric())
    }

    /// A bracket at `next` that the sentence goes on after: "Oh! (1965), the film", or a source after `quoted` words.
    fn bracket_goes_on(&self, quoted: bool, next: usize) -> bool {
        let Some(bracket) = self.bracket_at(next) else { return false };
        let close = next + bracket.len();
        let beyond = self.skip(close, is_blank);
        match self.bytes.get(close) {
            Some(b',' | b';' | b':') => true,
            Some(b'.') => quoted,
            _ => beyond > close && self.is_at(beyond, char::is_lowercase),
        }
    }

    /// The words in brackets at `at`, with the brackets, unless they are long.
    fn bracket_at(&self, at: usize) -> Option<&str> {
        if !self.is_at(at, is_opening_bracket) {
            return None;
        }
        let limit = self.bytes.len().min(at + BRACKET);
        let length = self.bytes[at..limit].iter().position(|&byte| matches!(byte, b')' | b']' | b'}'))?;
        Some(&self.text[at..=at + length])
    }

    /// An ellipsis with a space before it is a pause: it ends a sentence only before a word that begins one. "I" has its
    /// capital anywhere.
    fn is_pause(&self, stop: &Stop, after: usize) -> bool {
        !self.text[stop.at..stop.marks].contains(['!', '?'])
            && self.text[..stop.at].ends_with(char::is_whitespace)
            && (self.word_at(after) == "I" || !self.is_starter(after))
    }

    /// "eHow" and web addresses: names that keep their small letter at the head of a sentence.
    fn is_name_in_lower_case(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        self.word_at(at).contains(char::is_uppercase) || rest.starts_with("http") || rest.starts_with("www.")
    }

    /// Whether a sentence begins with the word in lower case at `after`: where the one before did, or with a pronoun that
    /// only begins clauses after a word that is no abbreviation.
    fn begins_in_lower_case(&self, stop: &Stop, after: usize) -> bool {
        let marks = &self.text[stop.at..stop.marks];
        if stop.end > stop.marks || marks.contains('…') || marks.starts_with("..") {
            return false;
        }
        if marks.starts_with('.') {
            let word = self.word_before(stop.at);
            let ordinal = word.ends_with(|c: char| c.is_numeric()) && self.has_ordinal_stops();
            if ordinal
                || word.contains('.')
                || word.chars().nth(1).is_none()
                || self.abbreviation(word, after).is_some()
            {
                return false;
            }
        }
        self.first_letter(stop.at).is_some_and(char::is_lowercase)
            || marks == "." && self.classes_at(after).any(Classes::SUBJ)
    }

    /// Whether a full stop ends a sentence before the capital, number or sign at `after`.
    fn point_ends(&self, stop: &Stop, next: usize, after: usize) -> bool {
        let word = self.word_before(stop.at);
        let follows = self.char_at(after);
        // Words in brackets go with an abbreviation before them, unless they are a sentence: "Corp. (Applause.)".
        let bracketed =
            || self.bracket_at(next).is_some_and(|bracket| !bracket[..bracket.len() - 1].ends_with(is_stop));
        let begins = || self.is_starter(after) || after > next && stop.end == stop.marks && !bracketed();
        if self.is_initial(word, stop.at) {
            return begins() && !self.is_head(stop.at - word.len());
        }
        match self.abbreviation(word, after) {
            Some(Abbreviation::Name) => false,
            Some(Abbreviation::Number) => {
                let numeral = self.word_at(after);
                !follows.is_numeric() && (numeral == "I" || !is_roman_numeral(numeral))
            }
            Some(Abbreviation::Unit) if self.stands_after_number(word, stop.at) => !follows.is_numeric(),
            Some(Abbreviation::Last) => {
                let capitals = word.chars().all(|c| c == '.' || c.is_uppercase()) && is_upper(self.word_at(after));
                let time = self.classes_at(after).any(Classes::MONTH.or(Classes::WEEKDAY).or(Classes::ZONE));
                !(capitals || time || self.is_opening_time(stop.at))
            }
            Some(Abbreviation::Unit | Abbreviation::Inner) => begins(),
            None => {
                let goes_on = is_number(word) && self.has_ordinal_stops() && self.number_goes_on(word, stop, after);
                !goes_on && !self.is_item(word, stop.at)
            }
        }
    }

    /// Whether the sentence goes on after a number with a stop: an ordinal before a number ("11. 9."), after an abbreviation
    /// ("st. 2. Zakona") or before a name ("3. Pešadijske brigade"), or a year inside a bracket.
    fn number_goes_on(&self, word: &str, stop: &Stop, after: usize) -> bool {
        let before = self.text[self.start..stop.at - word.len()].trim_end();
        if !is_ordinal(word) {
            return self.is_in_bracket(stop.at);
        }
        let labelled = before.strip_suffix('.').is_some_and(|before| {
            let label = self.word_before(self.start + before.len());
            self.language.abbreviations.get(label) == Some(&Abbreviation::Number)
        });
        let last = self.word_before(self.start + before.len());
        let score = before[..before.len() - last.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
        self.char_at(after).is_numeric() || labelled || !score && self.follows_ordinal(after)
    }

    /// True when the word at `after` is one that follows ordinals: "3. Pešadijske brigade".
    fn follows_ordinal(&self, after: usize) -> bool {
        let word = self.word_at(after).to_lowercase();
        let ends = |ending: &&str| word.len() > ending.len() + 2 && word.ends_with(*ending);
        self.language.after_ordinals.contains(word.as_str()) || self.language.after_ordinals_endings.iter().any(ends)
    }

    /// True when a bracket that the open sentence opened a short way before `at` closes a short way after it.
    fn is_in_bracket(&self, at: usize) -> bool {
        let before = &self.bytes[at.saturating_sub(BRACKET).max(self.start)..at];
        let after = &self.bytes[at..self.bytes.len().min(at + BRACKET)];
        let opened = before.iter().rev().find(|byte| matches!(byte, b'(' | b')'));
        let closed = after.iter().find(|byte| matches!(byte, b'(' | b')' | b'\n'));
        opened == Some(&b'(') && closed == Some(&b')')
    }

    /// One letter: a name cut short, or the number of an item. "I" is a word unless a name goes before it; after a number
    /// it is a unit ("15 C").
    fn is_initial(&self, word: &str, at: usize) -> bool {
        let initial = match word.rsplit_once('-') {
            // "Jean-P. Sartre"; but "ARPA-H" is a name, and "UN-a" a case of one.
            Some((first, last)) if is_capitals(last) && !is_capitals(first) => last,
            _ => word,
        };
        let mut letters = initial.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let before = self.text[..at - word.len()].trim_end();
        single
            && !before.ends_with(|c: char| c.is_ascii_digit())
            && (word != "I" || self.word_before(before.len()).starts_with(char::is_uppercase))
    }

    /// The number of an item or a section at the head of its sentence: "3. The", "• 2.1. The", "IV. The".
    fn is_item(&self, word: &str, at: usize) -> bool {
        let number = !word.is_empty() && word.split('.').all(is_ordinal);
        let start = at - word.len();
        number && self.is_listed(start) || (number || is_roman_numeral(word)) && self.is_head(start)
    }

    /// True after a colon or a semicolon, and the "and" before the last item: what follows is an item of its sentence.
    fn is_listed(&self, at: usize) -> bool {
        let before = self.text[self.start..at].trim_end();
        let last = self.word_before(self.start + before.len());
        let joins = self.language.classes(key::lower(last)).any(Classes::CONJ);
        before[..before.len() - if joins { last.len() } else { 0 }].trim_end().ends_with([';', ':'])
    }

    /// True when the open sentence has nothing before `at` but bullets and opening marks.
    fn is_head(&self, at: usize) -> bool {
        self.text[self.start..at]
            .trim_start_matches(|c: char| c.is_whitespace() || is_bullet(c) || is_opening(c))
            .is_empty()
    }

    /// The start of the number before `stop`, when it is the next item of a list on one line: "1. Stay 2. Help".
    pub(super) fn next_item(&self, stop: &Stop, next: usize) -> Option<usize> {
        if !self.bytes[..stop.at].last()?.is_ascii_digit() || next == stop.end || !self.is_at(next, char::is_uppercase)
        {
            return None;
        }
        let word = self.word_before(stop.at);
        let number: u32 = word.parse().ok().filter(|_| word.len() <= 2)?;
        let start = stop.at - word.len();
        let before = &self.text[self.start..start];
        let head = before.trim_start_matches(|c: char| c.is_whitespace() || is_bullet(c));
        let first = head.trim_start_matches(|c: char| c.is_ascii_digit());
        let follows = head[..head.len() - first.len()].parse::<u32>().ok()? + 1 == number;
        let items = follows && first.starts_with(['.', ')']);
        let before = before.trim_end().trim_end_matches(is_bullet).trim_end();
        (items && !self.is_listed(start)).then_some(self.start + before.len())
    }

    /// "At 5 a.m.", "9 a.m. – 5 p.m.": a time that opens its sentence, or a line of a programme.
    fn is_opening_time(&self, at: usize) -> bool {
        let opening = self.text[self.start..at].trim_start();
        let number = opening.starts_with(|c: char| c.is_ascii_digit());
        opening.len() <= OPENING && (number || self.classes_at(at - opening.len()).any(Classes::PREP))
    }

    /// A number, with or without the stop of an ordinal, before `word`.
    fn stands_after_number(&self, word: &str, at: usize) -> bool {
        let before = self.text[..at - word.len()].trim_end();
        before.trim_end_matches('.').ends_with(|c: char| c.is_numeric())
    }

    /// True for languages that write "3." for "third".
    fn has_ordinal_stops(&self) -> bool {
        self.language.abbreviations.contains_key("0")
    }

    /// What the lists say of `word` with its full stop before the word at `after`.
    fn abbreviation(&self, word: &str, after: usize) -> Option<Abbreviation> {
        if word.is_empty() {
            return None;
        }
        if self.own.contains(word) {
            return Some(Abbreviation::Name);
        }
        let dotted = word.contains('.');
        let known = &self.language.abbreviations;
        // "non-U.S." is "U.S.", but "д-р" is a word of its own.
        if let Some(&known) = known.get(word).or_else(|| known.get(word.rsplit_once('-')?.1)) {
            // A word in capitals is an abbreviation only in a text in capitals: "the EST." is none.
            return (dotted || !is_upper(word) || is_upper(self.word_at(after))).then_some(known);
        }
        // Initials that no list has: "J.K", "P.S".
        let initials =
            dotted && word.len() <= 7 && word.split('.').all(|part| part.chars().count() == 1 && is_capitals(part));
        initials.then_some(Abbreviation::Inner)
    }

    /// True when a word that begins sentences, such as "The" or "He", stands at `at`. In capitals it tells nothing.
    fn is_starter(&self, at: usize) -> bool {
        let classes = self.classes_at(at);
        classes.any(STARTERS) && !classes.any(Classes::MONTH.or(Classes::WEEKDAY)) && !is_upper(self.word_at(at))
    }

    /// True when a name alone is left of the line at `at`: “We stay.” — Marko Ilić
    fn is_credit(&self, at: usize) -> bool {
        let rest = &self.bytes[at..self.bytes.len().min(at + CREDIT)];
        let end = rest.iter().position(|&byte| is_newline(byte)).or((rest.len() < CREDIT).then_some(rest.len()));
        end.is_some_and(|end| {
            let name = self.text[at..at + end].trim_end();
            !name.ends_with(is_stop) && name.split(' ').all(|word| word.starts_with(char::is_uppercase))
        })
    }

    /// True when up to three capitalised words and a verb of saying stand at `at`: “Stop!” Marko Ilić said.
    fn attribution_at(&self, at: usize) -> bool {
        let mut end = self.bytes.len().min(at + ATTRIBUTION);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        if self.word_at(at) != "I" && self.classes_at(at).any(Classes::CLOSED) {
            return false;
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

    /// A stop that a sentence begins right after, the space left out: "before.Then". Addresses and files have a part in
    /// lower case after the point, or more than one point.
    pub(super) fn lacks_space(&self, stop: &Stop) -> bool {
        let word = self.word_before(stop.at);
        let next = self.word_at(stop.end);
        let beyond = stop.end + next.len();
        word.len() >= 2
            && word.chars().all(char::is_lowercase)
            && next.len() >= 2
            && next.chars().skip(1).all(char::is_lowercase)
            && next.starts_with(char::is_uppercase)
            && (beyond == self.bytes.len()
                || self.is_at(beyond, |c| c.is_whitespace() || matches!(c, ',' | '\'' | '’')))
            && self.abbreviation(word, stop.end).is_none()
    }

    /// The word of the open sentence that ends before `at`, without opening marks; empty when it is too long to be an abbreviation.
    pub(super) fn word_before(&self, at: usize) -> &str {
        let mut low = at.saturating_sub(LONGEST_ABBREVIATION).max(self.start).min(at);
        while !self.text.is_char_boundary(low) {
            low += 1;
        }
        let before = &self.text[low..at];
        // A hyphen and an apostrophe stand inside words, as in "ex-U.S." and "don’t".
        let parts = |i: usize, c| match c {
            '-' => false,
            '\'' | '’' => !before[..i].ends_with(char::is_alphabetic),
            _ => c.is_whitespace() || c == '/' || is_opening(c) || is_bullet(c),
        };
        match before.char_indices().rev().find(|&(i, c)| parts(i, c)) {
            Some((i, c)) => &before[i + c.len_utf8()..],
            None if low <= self.start => before,
            None => "",
        }
    }

    /// The letters at `at`.
    pub(super) fn word_at(&self, at: usize) -> &str {
        &self.text[at..self.skip(at, char::is_alphabetic)]
    }

    /// What the lists say of the word at `at`; nothing of one with a hyphen ("Under-Secretary").
    pub(super) fn classes_at(&self, at: usize) -> Classes {
        let word = self.word_at(at);
        if word.len() > LONGEST_CLOSED || self.bytes.get(at + word.len()) == Some(&b'-') {
            return Classes::default();
        }
        self.language.classes(key::lower(word))
    }

    /// True when there is a character at `at` and it is wanted.
    pub(super) fn is_at(&self, at: usize, wanted: impl Fn(char) -> bool) -> bool {
        at < self.bytes.len() && wanted(self.char_at(at))
    }
}

/// Digits only.
fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// One or two digits: a day, a month, the number of an item.
fn is_ordinal(word: &str) -> bool {
    matches!(word.len(), 1 | 2) && is_number(word)
}

/// "IV", "XII", "I".
fn is_roman_numeral(word: &str) -> bool {
    matches!(word.len(), 1..=5) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}

/// Two or more letters, all capitals.
fn is_upper(word: &str) -> bool {
    word.chars().nth(1).is_some() && is_capitals(word)
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}
