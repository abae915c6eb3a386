//! What the quote rules read: tokens with their entity and their quoted segment, and small questions about them.

use super::marks::Segment;
use crate::entities::{Entity, Label};
use crate::language::{Classes, Form, Gender};
use crate::people::People;
use crate::span::Span;
use crate::tokens::{Case, Class, Tokens};

const NONE: u32 = u32::MAX;

/// Tokens of its sentence that a rule sees on either side of a cue or mark.
const WINDOW: usize = 200;

/// Everything the earlier steps found in a document.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) sentences: &'a [Span],
    pub(super) entities: &'a [Entity],
    pub(super) people: &'a People,
    pub(super) segments: &'a [Segment],
    entity_of: Vec<u32>,
    segment_of: Vec<u32>,
    /// Where each sentence starts, past a dateline: token numbers.
    starts: Vec<u32>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        text: &'a str,
        tokens: &'a Tokens<'a>,
        sentences: &'a [Span],
        entities: &'a [Entity],
        people: &'a People,
        segments: &'a [Segment],
    ) -> Self {
        let mut entity_of = vec![NONE; tokens.all.len()];
        for (n, entity) in entities.iter().enumerate() {
            entity_of[tokens.within(entity.span)].fill(n as u32);
        }
        let mut segment_of = vec![NONE; tokens.all.len()];
        for (n, segment) in segments.iter().enumerate() {
            segment_of[tokens.within(segment.outer)].fill(n as u32);
        }
        let starts = (0..sentences.len()).map(|n| past_dateline(tokens, tokens.sentence(n)) as u32).collect();
        Self { text, tokens, sentences, entities, people, segments, entity_of, segment_of, starts }
    }

    /// The entity that token `i` is part of.
    pub(super) fn entity(&self, i: usize) -> Option<usize> {
        self.entity_of.get(i).filter(|&&n| n != NONE).map(|&n| n as usize)
    }

    /// What the name is that token `i` is part of.
    pub(super) fn label(&self, i: usize) -> Option<Label> {
        self.entity(i).map(|e| self.entities[e].label)
    }

    /// The entity that token `i` is part of, if it is a date.
    pub(super) fn is_date(&self, i: usize) -> bool {
        self.label(i) == Some(Label::Date)
    }

    /// The quoted segment that token `i` is part of, marks included.
    pub(super) fn segment(&self, i: usize) -> Option<usize> {
        self.segment_of.get(i).filter(|&&n| n != NONE).map(|&n| n as usize)
    }

    pub(super) fn is(&self, i: usize, classes: Classes) -> bool {
        self.tokens.all.get(i).is_some_and(|t| t.is(classes))
    }

    pub(super) fn str(&self, i: usize) -> &'a str {
        self.tokens.str(i)
    }

    pub(super) fn is_word(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.tokens.is_word(i, w))
    }

    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.tokens.all.get(i).is_some_and(|_| self.str(i) == ",")
    }

    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.tokens.all.get(i).is_some_and(|t| t.class == Class::Mark)
    }

    /// A dash of any kind that stands free.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.tokens
            .all
            .get(i)
            .is_some_and(|_| matches!(self.str(i), "—" | "–") || (self.str(i) == "-" && !self.tokens.is_glued(i)))
    }

    /// A pronoun that stands for a speaker: he, who, ona.
    pub(super) fn is_pronoun(&self, i: usize) -> bool {
        self.is(i, Classes::SUBJ) || self.is_word(i, &["who", "his", "her", "him"])
    }

    /// Who is meant by a pronoun, where the language's list gives its gender: ona.
    pub(super) fn pronoun_gender(&self, i: usize) -> Option<Gender> {
        match self.tokens.all[i] {
            token if !token.is(Classes::SUBJ) => None,
            token if token.is(Classes::MALE) => Some(Gender::Male),
            token if token.is(Classes::FEMALE) => Some(Gender::Female),
            _ => None,
        }
    }

    /// A finite verb, as far as lists can tell.
    pub(super) fn is_finite(&self, i: usize) -> bool {
        let Some(token) = self.tokens.all.get(i) else { return false };
        match token.class {
            Class::Clitic => {
                let word = self.str(i).trim_start_matches(['\'', '’']);
                matches!(word, "re" | "ve" | "ll" | "d" | "m")
                    || (word == "s" && i > 0 && self.is(i - 1, Classes::PRON))
            }
            Class::Word => {
                if token.is_capitalised() && self.entity(i).is_some() {
                    return false;
                }
                if token.is(Classes::AUX) {
                    return !self.is_word(i, &["be", "been", "being", "having", "done"]);
                }
                if i > 0
                    && (self.is_word(i - 1, &["to"]) || self.is(i - 1, Classes::DET) && !self.is(i - 1, Classes::PRON))
                {
                    return false;
                }
                if let Some(cue) = self.tokens.cue(i) {
                    return matches!(cue.form, Form::Past | Form::Third) && token.case == Case::Lower;
                }
                token.is(Classes::FINITE) && token.case == Case::Lower
            }
            Class::Number | Class::Mark => false,
        }
    }

    /// A finite verb, a form in -ed that may be one, or one that now and then is, after a plural.
    pub(super) fn may_be_finite(&self, i: usize) -> bool {
        if self.is_finite(i) {
            return true;
        }
        let Some(token) = self.tokens.all.get(i).filter(|t| t.class == Class::Word && t.case == Case::Lower) else {
            return false;
        };
        let article =
            i > 0 && self.is_word(i - 1, &["a", "an", "the", "his", "her", "its", "their", "our", "my", "your"]);
        let past = token.span.len() > 4 && self.str(i).ends_with("ed");
        let present = token.is(Classes::SOMETIMES_FINITE)
            && i > 0
            && (self.is_plural(i - 1) || self.is_word(i - 1, &["they", "we", "you", "i"]));
        !article && (past || present)
    }

    /// An adverb between subject and verb: of the list, or any in -ly that is no noun.
    pub(super) fn is_adverb(&self, i: usize) -> bool {
        let Some(token) = self.tokens.all.get(i) else { return false };
        token.is(Classes::ADV) && !token.is(Classes::SUBJ)
            || token.case == Case::Lower
                && token.span.len() > 4
                && self.str(i).ends_with("ly")
                && !token.is(Classes::SPEAKER)
                && !self.is_word(i, &["family", "assembly", "supply", "reply", "bully", "ally", "monopoly"])
    }

    /// A noun in the plural, as far as its ending tells.
    pub(super) fn is_plural(&self, i: usize) -> bool {
        self.tokens.all.get(i).is_some_and(|t| {
            t.class == Class::Word
                && !t.is(Classes::CLOSED)
                && self.str(i).ends_with('s')
                && !self.str(i).ends_with("ss")
        }) || self.is_word(i, &["people", "police", "media", "men", "women", "children", "troops"])
    }

    /// Whether `from..to` reads as a clause: a noun phrase, then a finite verb of its own. `loosely`: -ed forms count.
    pub(super) fn is_clause(&self, from: usize, to: usize, loosely: bool) -> bool {
        let verb = |i: usize| if loosely { self.may_be_finite(i) } else { self.is_finite(i) };
        let mut i = from;
        while i < to {
            if i > from && verb(i) {
                let mut before = i - 1;
                while before > from && self.is(before, Classes::ADV) && !self.is(before, Classes::SUBJ) {
                    before -= 1;
                }
                let relative = self.is(before, Classes::REL) && before > from
                    || (self.is(before, Classes::SUBJ) && before > from && self.ends_noun_phrase(before - 1));
                if self.is(before, Classes::CONJ) {
                    return false;
                }
                if !relative {
                    return true;
                }
            }
            i += 1;
        }
        false
    }

    /// A word that a noun phrase may end in: no word of the closed classes, no mark.
    pub(super) fn ends_noun_phrase(&self, i: usize) -> bool {
        self.tokens.all.get(i).is_some_and(|t| {
            matches!(t.class, Class::Word | Class::Number)
                && (!t.is(Classes::CLOSED) || t.is(Classes::NUM))
                && !self.is_finite(i)
        })
    }

    /// The tokens of the sentence that token `i` stands in, as far as [`WINDOW`] to either side: every rule looks only
    /// there, so that a text without full stops takes no more time than another.
    pub(super) fn window(&self, i: usize) -> std::ops::Range<usize> {
        let number = self.tokens.sentence_of(i);
        let start = self.starts[number] as usize;
        let start = if start <= i { start } else { self.tokens.sentence(number).start };
        start.max(i.saturating_sub(WINDOW))..self.tokens.sentence(number).end.min(i + WINDOW)
    }

    /// Words and numbers in `from..to`.
    pub(super) fn count_words(&self, from: usize, to: usize) -> usize {
        self.tokens.all[from..to].iter().filter(|t| matches!(t.class, Class::Word | Class::Number)).count()
    }
}

/// The first token of a sentence past its dateline: "SKOPJE, Nov. 21 (Reuters) - ", "ZAGREB, Croatia — ".
fn past_dateline(tokens: &Tokens<'_>, sentence: std::ops::Range<usize>) -> usize {
    const LONGEST: usize = 18;
    let start = sentence.start;
    let place = |i: usize| tokens.all[i].case == Case::Upper && tokens.all[i].span.len() > 2;
    if sentence.is_empty() || !place(start) {
        return start;
    }
    let mut bracket = false;
    for i in start + 1..sentence.end.min(start + LONGEST) {
        let token = &tokens.all[i];
        match tokens.str(i) {
            "(" => bracket = true,
            ")" => bracket = false,
            "—" | "–" | "-" if !tokens.is_glued(i) || !tokens.is_glued(i + 1) => {
                // "--" is a dash too.
                return if tokens.is_word(i + 1, "-") { i + 2 } else { i + 1 };
            }
            "," | "." | "/" | ":" => {}
            _ => {
                let named = token.is_capitalised() || token.class == Class::Number || token.is(Classes::TIME);
                if !named && !bracket {
                    return start;
                }
            }
        }
    }
    start
}
