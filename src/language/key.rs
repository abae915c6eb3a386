//! Words as numbers: one 64-bit hash for every spelling that a list should not have to tell apart.
//!
//! Lists and text are hashed by the same code, so that a look-up needs no copy of a word. FNV-1a, byte by byte; two words
//! of a language that share a hash have not been seen, and would only be taken for one another.

use super::fold_char;

/// Where a hash starts.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash with one more byte.
#[must_use]
pub const fn with(state: u64, byte: u8) -> u64 {
    (state ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of some bytes as they are.
#[must_use]
pub fn exact(bytes: &[u8]) -> u64 {
    bytes.iter().fold(START, |state, &byte| with(state, byte))
}

/// A word in lower case and in Latin letters, diacritics kept: `Вучић` and `VUČIĆ` are one, `Vucic` another. The full stop of
/// an abbreviation does not count, that of initials does.
///
/// ```
/// use onrecord::language::key;
/// assert_eq!(key::lower("Вучић"), key::lower("VUČIĆ"));
/// assert_eq!(key::lower("Gen."), key::lower("gen"));
/// assert_ne!(key::lower("U.S."), key::lower("us"));
/// ```
#[must_use]
pub fn lower(word: &str) -> u64 {
    let word = match word.strip_suffix('.') {
        Some(rest) if !rest.contains('.') => rest,
        _ => word,
    };
    if word.is_ascii() {
        return word.bytes().fold(START, |state, byte| with(state, byte.to_ascii_lowercase()));
    }
    latin(word).bytes().fold(START, with)
}

/// A word folded ([`super::fold`]), without stops and apostrophes: `U.S.` and `US`, `Đukanović` and `Djukanovic` are one.
///
/// ```
/// use onrecord::language::key;
/// assert_eq!(key::folded("Đukanović"), key::folded("DJUKANOVIC"));
/// assert_eq!(key::folded("U.S."), key::folded("us"));
/// ```
#[must_use]
pub fn folded(word: &str) -> u64 {
    let counts = |byte: &u8| !matches!(byte, b'.' | b'\'');
    if word.is_ascii() {
        let letters = word.bytes().filter(counts);
        return letters.fold(START, |state, byte| with(state, byte.to_ascii_lowercase()));
    }
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|c| fold_char(c, &mut folded));
    folded.bytes().filter(counts).fold(START, with)
}

/// A word folded ([`folded`]) and without what a hyphen joins to it, else without the first of the `endings` that it has, three
/// letters at least staying.
#[must_use]
pub fn stem(word: &str, endings: &[&str]) -> u64 {
    const LEAST: usize = 3;
    let mut folded = String::with_capacity(word.len());
    let word = word.split_once('-').map_or(word, |(word, _)| word);
    word.chars().for_each(|c| fold_char(c, &mut folded));
    folded.retain(|c| !matches!(c, '.' | '\''));
    let fits = |ending: &&&str| folded.strip_suffix(**ending).is_some_and(|rest| rest.chars().count() >= LEAST);
    let length = folded.len() - endings.iter().find(fits).map_or(0, |ending| ending.len());
    exact(&folded.as_bytes()[..length])
}

/// The hash of several words: of those before, and one more.
#[must_use]
pub const fn join(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A word in lower case, Serbian and Macedonian Cyrillic in Latin letters, one for one and with their diacritics.
///
/// ```
/// assert_eq!(onrecord::language::key::latin("Љубићева"), "ljubićeva");
/// ```
#[must_use]
pub fn latin(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match latin_of(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

fn latin_of(c: char) -> Option<&'static str> {
    const LETTERS: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "ž", "z", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
        "c", "č", "š", "šč", "", "y", "", "e", "ju", "ja",
    ];
    match c {
        'а'..='я' => LETTERS.get(c as usize - 'а' as usize).copied(),
        'ђ' => Some("đ"),
        'ѓ' => Some("ǵ"),
        'ѕ' => Some("dz"),
        'ј' => Some("j"),
        'љ' => Some("lj"),
        'њ' => Some("nj"),
        'ћ' => Some("ć"),
        'ќ' => Some("ḱ"),
        'џ' => Some("dž"),
        _ => None,
    }
}
