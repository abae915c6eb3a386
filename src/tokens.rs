//! Sentences → tokens: words, numbers and marks, with what the lists say of each word.
//!
//! A word is a run of letters and digits; a hyphen, a slash or an apostrophe ends it, so that "Belgrade-backed" and
//! "NATO's" each give their name as a token of its own; only a case ending stays with its word ("NATO-u"). Initials keep their stops ("U.S.", "J.K."). Numbers keep
//! their inner points and commas. Everything else is a token of one character.

use std::borrow::Cow;

use crate::language::{Classes, CueVerb, Language, key};
use crate::span::Span;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letters that have case.
    None,
    /// Starts with a small letter.
    Lower,
    /// A capital, then small letters only; also a single capital.
    Title,
    /// Two or more capitals and no small letter.
    Upper,
    /// A capital first, and others later ("`McKay`", "EULEX-a").
    Mixed,
}

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Starts with a letter.
    Word,
    /// Starts with a digit.
    Number,
    /// An apostrophe and the letters after it ("'s", "’d").
    Clitic,
    /// A single character of punctuation.
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What kind it is.
    pub class: Class,
    /// How it is written.
    pub case: Case,
    /// What the language's lists say of it.
    pub classes: Classes,
    /// The word by [`key::lower`].
    pub lower: u64,
    /// The word by [`Language::name_key`].
    pub name: u64,
}

impl Token {
    /// True for a word written with a capital.
    #[must_use]
    pub fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }

    /// True when it has any of `classes`.
    #[must_use]
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
}

/// The tokens of a document, sentence by sentence.
#[derive(Debug)]
pub struct Tokens<'t> {
    /// The text they stand in.
    pub text: &'t str,
    /// All tokens in order.
    pub all: Vec<Token>,
    /// Where each sentence starts in `all`, and the end.
    bounds: Vec<u32>,
    language: &'static Language,
}

impl<'t> Tokens<'t> {
    /// Tokenises every sentence of a text.
    #[must_use]
    pub fn new(text: &'t str, sentences: &[Span], language: &'static Language) -> Self {
        let mut tokens = Tokens {
            text,
            all: Vec::with_capacity(text.len() / 5),
            bounds: Vec::with_capacity(sentences.len() + 1),
            language,
        };
        for sentence in sentences {
            tokens.bounds.push(tokens.all.len() as u32);
            tokens.add(*sentence);
        }
        tokens.bounds.push(tokens.all.len() as u32);
        tokens
    }

    /// The token numbers of sentence `n`.
    #[must_use]
    pub fn sentence(&self, n: usize) -> std::ops::Range<usize> {
        self.bounds[n] as usize..self.bounds[n + 1] as usize
    }

    /// The sentence that token `i` belongs to.
    #[must_use]
    pub fn sentence_of(&self, i: usize) -> usize {
        self.bounds.partition_point(|&b| b as usize <= i) - 1
    }

    /// The first token that starts at byte `at` or later.
    #[must_use]
    pub fn at(&self, at: usize) -> usize {
        self.all.partition_point(|t| t.span.lo() < at)
    }

    /// The tokens within a span of bytes.
    #[must_use]
    pub fn within(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.at(span.lo());
        start..start + self.all[start..].partition_point(|t| t.span.hi() <= span.hi())
    }

    /// Words and numbers: what a reader would count as words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.all.iter().filter(|t| matches!(t.class, Class::Word | Class::Number)).count()
    }

    /// The token as written.
    #[must_use]
    pub fn str(&self, i: usize) -> &'t str {
        self.all[i].span.of(self.text)
    }

    /// The token in lower case.
    #[must_use]
    pub fn lower(&self, i: usize) -> Cow<'t, str> {
        lower(self.str(i), self.all[i].case)
    }

    /// True when token `i` is this word, whatever its case.
    #[must_use]
    pub fn is_word(&self, i: usize, word: &str) -> bool {
        self.all.get(i).is_some_and(|t| t.span.len() == word.len()) && self.str(i).eq_ignore_ascii_case(word)
    }

    /// The verb of saying that token `i` is a form of.
    #[must_use]
    pub fn cue(&self, i: usize) -> Option<CueVerb> {
        if !self.all[i].is(Classes::CUE) {
            return None;
        }
        self.language.cues.get(self.lower(i).as_ref()).copied()
    }

    /// The lists these tokens were looked up in.
    #[must_use]
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// The span from token `from` to the token before `to`.
    #[must_use]
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.all[from].span.join(self.all[to - 1].span)
    }

    /// True when nothing stands between token `i` and the one before.
    #[must_use]
    pub fn is_glued(&self, i: usize) -> bool {
        i > 0 && self.all.get(i).is_some_and(|t| self.all[i - 1].span.end == t.span.start)
    }

    fn add(&mut self, sentence: Span) {
        let bytes = self.text.as_bytes();
        let mut at = sentence.lo();
        while at < sentence.hi() {
            let byte = bytes[at];
            if byte == b' ' || byte == b'\n' {
                at += 1;
                continue;
            }
            let c = self.char_at(at);
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let (end, class) = if c.is_alphabetic() {
                let end = self.word_end(at, sentence.hi());
                (self.ending_end(end, sentence.hi()), Class::Word)
            } else if c.is_numeric() {
                (self.number_end(at, sentence.hi()), Class::Number)
            } else if matches!(c, '\'' | '’') && self.is_clitic(at, c, sentence) {
                (self.letters_end(at + c.len_utf8(), sentence.hi()), Class::Clitic)
            } else {
                (at + c.len_utf8(), Class::Mark)
            };
            let word = &self.text[at..end];
            let case = if class == Class::Word { case(word) } else { Case::None };
            let lower = key::lower(word);
            let same = !self.language.declines() && word.is_ascii() && !word.contains(['.', '\'']);
            let name = if same { lower } else { self.language.name_key(word) };
            let mut classes = Classes(0);
            if class == Class::Word {
                classes = self.language.classes(lower);
                if matches!(case, Case::Title | Case::Mixed | Case::Upper) && word.len() > 1 {
                    classes = classes.or(self.language.name_classes(name));
                }
            }
            self.all.push(Token { span: Span::new(at, end), class, case, classes, lower, name });
            at = end;
        }
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// One past the letters and digits from `at`; combining marks belong to their letter.
    fn letters_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut i = at;
        while i < end {
            if bytes[i].is_ascii() {
                if !bytes[i].is_ascii_alphanumeric() {
                    break;
                }
                i += 1;
            } else {
                let c = self.char_at(i);
                if !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) {
                    break;
                }
                i += c.len_utf8();
            }
        }
        i
    }

    /// One past a word: letters, or initials with their stops.
    fn word_end(&self, at: usize, end: usize) -> usize {
        let first = self.letters_end(at, end);
        let mut i = first;
        let mut stops = 0;
        // "U.S.", "p.m.", "J.K.": single letters, each with a stop.
        let mut letter = self.text[at..first].chars().count() == 1;
        while letter && i < end && self.text.as_bytes()[i] == b'.' {
            stops += 1;
            i += 1;
            let next = self.letters_end(i, end);
            letter =
                next > i && self.text[i..next].chars().count() == 1 && next < end && self.text.as_bytes()[next] == b'.';
            if letter {
                i = next;
            }
        }
        if stops >= 2 || (stops == 1 && self.char_at(at).is_uppercase()) { i } else { first }
    }

    /// One past the case ending that a hyphen joins to a word which ends at `at`: "NATO-u", "Times-a"; `at` where there is none.
    fn ending_end(&self, at: usize, end: usize) -> usize {
        const LONGEST: usize = 4;
        if !self.language.declines() || self.text.as_bytes().get(at) != Some(&b'-') || at + 1 >= end {
            return at;
        }
        let to = self.letters_end(at + 1, end);
        let ending = &self.text[at + 1..to];
        let joins = (1..=LONGEST).contains(&ending.chars().count()) && ending.chars().all(char::is_lowercase);
        let more = self.text.as_bytes().get(to) == Some(&b'-');
        if joins && !more { to } else { at }
    }

    fn number_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut i = self.letters_end(at, end);
        while i + 1 < end && matches!(bytes[i], b'.' | b',' | b':') && bytes[i + 1].is_ascii_digit() {
            i = self.letters_end(i + 1, end);
        }
        i
    }

    /// An apostrophe inside or at the end of a word: "'s", "don’t".
    fn is_clitic(&self, at: usize, c: char, sentence: Span) -> bool {
        let after = at + c.len_utf8();
        let Some(last) = self.all.last() else { return false };
        if last.span.hi() != at || last.class != Class::Word || after >= sentence.hi() {
            return false;
        }
        let end = self.letters_end(after, sentence.hi());
        matches!(
            &self.text[after..end],
            "s" | "S" | "d" | "t" | "m" | "re" | "ve" | "ll" | "T" | "D" | "M" | "RE" | "VE" | "LL"
        )
    }
}

fn lower(word: &str, case: Case) -> Cow<'_, str> {
    match case {
        Case::Lower | Case::None => Cow::Borrowed(word),
        _ => Cow::Owned(if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() }),
    }
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    if !first.is_uppercase() {
        return if first.is_lowercase() { Case::Lower } else { Case::None };
    }
    let (mut capitals, mut small) = (0, 0);
    for c in letters {
        if c.is_uppercase() { capitals += 1 } else { small += 1 }
    }
    match (capitals, small) {
        (0, _) => Case::Title,
        (_, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lang;

    fn words(text: &str) -> Vec<&str> {
        let all = [Span::new(0, text.len())];
        let tokens = Tokens::new(text, &all, Language::of(Lang::En));
        (0..tokens.all.len()).map(|i| tokens.str(i)).collect()
    }

    #[test]
    fn words_initials_numbers_and_clitics() {
        assert_eq!(words("NATO's U.S. envoy"), ["NATO", "'s", "U.S.", "envoy"]);
        assert_eq!(words("a Belgrade-backed list"), ["a", "Belgrade", "-", "backed", "list"]);
        assert_eq!(
            words("1,200 troops (4.5 %) at 4 p.m."),
            ["1,200", "troops", "(", "4.5", "%", ")", "at", "4", "p.m."]
        );
        assert_eq!(words("He’d said ‘no’."), ["He", "’d", "said", "‘", "no", "’", "."]);
        assert_eq!(words("Vučić, Ćosić"), ["Vučić", ",", "Ćosić"]);
    }

    #[test]
    fn case_of_words() {
        assert_eq!(case("McKay"), Case::Mixed);
        assert_eq!(case("KFOR"), Case::Upper);
        assert_eq!(case("Šiptar"), Case::Title);
        assert_eq!(case("đak"), Case::Lower);
    }
}
