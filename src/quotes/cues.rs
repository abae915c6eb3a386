//! Cues: which words of a sentence report speech.

use super::phrases;
use super::reading::Reading;
use super::turns::{self, Turn};
use crate::language::{Classes, Form, Frames};
use crate::quotes::Stance;
use crate::span::Span;
use crate::tokens::{Case, Class};

/// The kind of reporting expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueKind {
    /// A finite verb of saying.
    Verb,
    /// "saying", "adding": takes its subject from before.
    Participle,
    /// "according to".
    AccordingTo,
    /// "his claim that".
    Noun,
}

/// A reporting expression outside quotation marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Its head token.
    pub(super) token: usize,
    /// As it goes into the table.
    pub(super) span: Span,
    pub(super) kind: CueKind,
    pub(super) base: &'static str,
    pub(super) stance: Stance,
    pub(super) frames: Frames,
}

/// All cues of a document outside its turns, in order.
pub(super) fn find(reading: &Reading<'_>, turns: &[Turn]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for sentence in 0..reading.sentences.len() {
        if turns::cover(turns, reading.sentences[sentence]) {
            continue;
        }
        let range = reading.tokens.sentence(sentence);
        for i in range.clone() {
            if reading.segment(i).is_none()
                && let Some(cue) = cue_at(reading, i, range.start, range.end)
            {
                cues.push(cue);
            }
        }
    }
    cues
}

fn cue_at(reading: &Reading<'_>, i: usize, start: usize, end: usize) -> Option<Cue> {
    let tokens = reading.tokens;
    let token = tokens.all[i];
    if token.class != Class::Word {
        return None;
    }
    if tokens.is_word(i, "according") && i + 2 < end && tokens.is_word(i + 1, "to") {
        // "according to plan", "according to the size of the units"
        if (i + 2..end.min(i + 5)).any(|k| reading.is(k, Classes::STANDARD) && reading.entity(k).is_none()) {
            return None;
        }
        return Some(Cue {
            token: i,
            span: tokens.span(i, i + 2),
            kind: CueKind::AccordingTo,
            base: "according to",
            stance: Stance::Neutral,
            frames: Frames::QUOTE,
        });
    }
    if token.is(Classes::CUE)
        && reading.entity(i).is_none()
        && (token.case == Case::Lower || i == start)
        && let Some(verb) = tokens.cue(i)
        && let Some(kind) = verb_kind(reading, i, start, end, verb.form, verb.frames)
    {
        return Some(Cue {
            token: i,
            span: token.span,
            kind,
            base: verb.base,
            stance: verb.stance,
            frames: verb.frames,
        });
    }
    let noun =
        token.is(Classes::CUE_NOUN) && i + 2 < end && tokens.is_word(i + 1, "that") && !tokens.is_word(i + 2, "is");
    if noun {
        let stance = tokens.language().cue_nouns.get(tokens.lower(i).as_ref()).copied()?;
        return Some(Cue { token: i, span: token.span, kind: CueKind::Noun, base: "", stance, frames: Frames::THAT });
    }
    None
}

/// Whether the form at `i` is a verb that reports something said, by the words around it.
fn verb_kind(reading: &Reading<'_>, i: usize, start: usize, end: usize, form: Form, frames: Frames) -> Option<CueKind> {
    let tokens = reading.tokens;
    let noun_too = frames.any(Frames::NOUN);
    let mut before = i.checked_sub(1).filter(|&b| b >= start);
    while let Some(b) = before.filter(|&b| reading.is_adverb(b)) {
        before = b.checked_sub(1).filter(|&b| b >= start);
    }
    let Some(b) = before else {
        // "Said Krelani: …" opens a sentence in some styles; a noun or a participle does so more often.
        return (form == Form::Past && !noun_too && i + 1 < end && tokens.all[i + 1].is_capitalised())
            .then_some(CueKind::Verb);
    };
    if reading.is(b, Classes::NEG) {
        return None;
    }
    let have = reading.is_word(b, &["has", "have", "had", "having", "’ve", "'ve", "’d", "'d"]);
    let be = reading.is_word(b, &["is", "are", "was", "were", "be", "been", "being", "am"]);
    let subject = reading.is_word(b, &["he", "she", "it", "they", "we", "i", "you", "who", "which"]);
    let named = reading.entity(b).is_some() || tokens.all[b].is_capitalised() && !reading.is(b, Classes::CLOSED);
    let marked = reading.segment(b).is_some() || reading.is_comma(b) || reading.is_dash(b) || tokens.str(b) == ")";
    let speaker = reading.is(b, Classes::SPEAKER.or(Classes::TITLE));
    match form {
        Form::Base => {
            let people = reading.is_word(b, &["they", "we", "i", "you", "who", "some", "many", "others", "most"]);
            let plural = reading.is_plural(b) && (!noun_too || reading.is(b, Classes::SPEAKER));
            ((people || plural || speaks_in_plural(reading, b, start)) && !have && !be).then_some(CueKind::Verb)
        }
        Form::Third => {
            let fits = if noun_too {
                subject
                    || (named && !is_possessive(reading, b))
                    || speaker
                    || marked && tokens.all[i].case == Case::Lower
            } else {
                true
            };
            (fits
                && !reading.is(b, Classes::DET)
                && !reading.is(b, Classes::PREP)
                && tokens.all[b].class != Class::Clitic
                && !reading.is_word(b, &["to", "and"]))
            .then_some(CueKind::Verb)
        }
        Form::Past => {
            if be || reading.is_word(i + 1, &["by"]) && !reading.is_word(i, &["said"]) {
                return None;
            }
            let relative = reading.is_word(b, &["that"]) && b > start && reading.ends_noun_phrase(b - 1);
            // "most said", "another said"
            let some =
                reading.is_word(b, &["most", "some", "many", "others", "another", "several", "few", "both", "all"]);
            if reading.is(b, Classes::DET) && !reading.is(b, Classes::PRON) && !relative && !some
                || tokens.all[b].class == Class::Clitic && !have
                || reading.is(b, Classes::MODAL)
                || reading.is_word(b, &["as", "to", "of", "than"])
            {
                return None;
            }
            let object = noun_too || frames.any(Frames::OBJECT) && !reading.ends_noun_phrase(b);
            let fits = !object
                || subject
                || named
                || speaker
                || marked
                || have
                || reading.is_word(b, &["and", "but"])
                || reading.is(b, Classes::PRON);
            fits.then_some(CueKind::Verb)
        }
        Form::Ing => {
            if be {
                return (b > start && reading.is(b - 1, Classes::SUBJ)).then_some(CueKind::Verb);
            }
            // "quotes an official as saying"
            let quoted_as = reading.is_word(b, &["as"]);
            // "with officials saying"
            let with = (b.saturating_sub(6).max(start)..b).any(|k| reading.is_word(k, &["with"]));
            let leads = marked
                || named && reading.entity(b).is_some() && !reading.is_date(b)
                || with && (speaker || named)
                || quoted_as
                || reading.is_word(b, &["and", "while", "by", "before", "after"])
                || reading.is(b, Classes::OCCASION.or(Classes::CUE_NOUN));
            // "by saying" tells how something else was done, but it was said.
            leads.then_some(CueKind::Participle)
        }
    }
}

/// "Officials in Indonesia", "Cuba and Panama", right before a verb in its base form.
fn speaks_in_plural(reading: &Reading<'_>, last: usize, start: usize) -> bool {
    let Some(phrase) = phrases::ending_at(reading, last + 1, start) else { return false };
    let opens = phrase.from == start
        || reading.is_mark(phrase.from - 1)
        || reading.is(phrase.from - 1, Classes::CONJ.or(Classes::SUB).or(Classes::REL));
    let head = (phrase.from..phrase.to)
        .take_while(|&i| i == phrase.from || !reading.is(i, Classes::PREP) || reading.entity(i).is_some())
        .last();
    let pair = (phrase.from..phrase.to).any(|i| reading.is_word(i, &["and"])) && reading.entity(last).is_some();
    opens && (pair || head.is_some_and(|h| h < last && reading.is_plural(h)))
}

fn is_possessive(reading: &Reading<'_>, i: usize) -> bool {
    reading.tokens.all.get(i + 1).is_some_and(|t| t.class == Class::Clitic)
}
