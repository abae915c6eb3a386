//! Words in marks inside a sentence → whose they are, or that nobody says them.
//!
//! Of the marked words that are no quotation of their own, nine in ten are somebody's: Ristova called it “a farce”; the plan
//! “betrays” farmers, he added. The others are titles, nicknames, names and words mentioned ([`is_mention`]), or the
//! writer's own distance. A short fragment needs a sign of speech in its sentence; a long one is taken to be somebody's.

use std::ops::Range;

use super::cues::{Cue, CueKind};
use super::direct::{Attribution, Role, attribution_after, source_before};
use super::marks::Segment;
use super::phrases::{self, Phrase};
use super::reading::Reading;
use super::speakers::Source;
use super::statement::{Piece, Statement};
use crate::language::{Classes, Form, Frames};
use crate::span::Span;
use crate::tokens::{Case, Class};

/// Words that need no sign of speech beside them.
const LONG: usize = 4;

/// Tokens between a verb and the words that it calls somebody: called the mayor of Brenn “a clown”.
const TO_OBJECT: usize = 8;
/// The same with "as": refers to Brenn's mayor, once a general, as “the clown”.
const TO_ROLE: usize = 20;

/// Gives each fragment that several clauses hold to the innermost: "she said the plan, which he called “dead”, …" is his.
pub(super) fn settle(clauses: &mut [Statement]) {
    let mut owners: Vec<(Span, usize, usize)> = Vec::new();
    for (n, statement) in clauses.iter().enumerate() {
        for fragment in statement.words_in_marks() {
            let around = statement.pieces.iter().map(|p| p.span).find(|p| p.contains(fragment));
            owners.push((fragment, around.map_or(0, Span::len), n));
        }
    }
    owners.sort_unstable();
    let innermost: Vec<(Span, usize)> =
        owners.chunk_by(|a, b| a.0 == b.0).map(|holders| (holders[0].0, holders[0].2)).collect();
    let owner = |f: Span| innermost.binary_search_by_key(&f, |&(span, _)| span).map(|i| innermost[i].1);
    for (n, statement) in clauses.iter_mut().enumerate() {
        statement.fragments.retain(|&f| owner(f) == Ok(n));
    }
}

/// The fragments that no clause took. `covered`, in order: the words in marks that one did.
pub(super) fn find(reading: &Reading<'_>, cues: &[Cue], roles: &[Role], covered: &[Span]) -> Vec<Statement> {
    let mut loose = Vec::new();
    for (segment, role) in reading.segments.iter().zip(roles) {
        let piece = Piece::quoted(reading, segment);
        let tokens = reading.tokens.within(segment.outer);
        if matches!(role, Role::Direct(_)) || covered.binary_search(&piece.span).is_ok() || tokens.is_empty() {
            continue;
        }
        let words = reading.count_words(tokens.start, tokens.end);
        if words == 0 || is_mention(reading, segment) {
            continue;
        }
        let window = reading.window(tokens.start);
        let after = attribution_after(reading, cues, tokens.end, window.end, piece.span);
        if words < LONG && after.is_none() && !speaks(reading, window.start, tokens.start) {
            continue;
        }
        let at = tokens.start;
        let (cue, source, confidence) = match after {
            // "…," Schroeder wrote
            Some(Attribution { cue: Some(cue), source, .. }) => (Some(cue), source, 0.85),
            _ => governor(reading, cues, tokens, window),
        };
        loose.push(Statement {
            pieces: vec![piece],
            fragments: Vec::new(),
            cue: cue.map(|c| c.span),
            stance: cue.map(|c| c.stance),
            source,
            at,
            confidence,
        });
    }
    loose
}

/// A sign of speech in `start..to`, outside marks: a noun of saying, or a verb of saying even where its subject is not found.
/// Not "for disputes", nor a verb that gives the next marks a name.
fn speaks(reading: &Reading<'_>, start: usize, to: usize) -> bool {
    let reports = |i: usize| {
        let noun = i > start && reading.is(i - 1, Classes::PREP.or(Classes::DET)) && !reading.is_word(i - 1, &["to"]);
        reading.tokens.cue(i).is_some_and(|c| !noun || matches!(c.form, Form::Past | Form::Ing))
    };
    (start..to).any(|i| {
        let token = &reading.tokens.all[i];
        (token.is(Classes::CUE) && reports(i) || token.is(Classes::CUE_NOUN))
            && (token.case == Case::Lower || i == start)
            && reading.segment(i).is_none()
            && !(i > 0 && reading.str(i - 1) == "-")
            && !reading.segment(i + 1).is_some_and(|next| is_mention(reading, &reading.segments[next]))
    })
}

/// What reports the fragment at `from..to`: the last cue before it, a cue after it, the subject of the sentence, or nothing.
fn governor(
    reading: &Reading<'_>,
    cues: &[Cue],
    Range { start: from, end: to }: Range<usize>,
    window: Range<usize>,
) -> (Option<Cue>, Source, f32) {
    let here = &cues[cues.partition_point(|c| c.token < window.start)..cues.partition_point(|c| c.token < window.end)];
    let after = here.partition_point(|c| c.token < to);
    let before =
        here[..after].iter().rev().filter(|c| c.token < from && matches!(c.kind, CueKind::Verb | CueKind::Participle));
    for cue in before {
        if let Some(source) = source_before(reading, cues, cue, window.start) {
            return (Some(*cue), source, 0.7);
        }
    }
    if let Some(possessor) = possessor(reading, window.start, from) {
        return (None, Source::Phrase(possessor), 0.6);
    }
    for cue in &here[after..] {
        let phrase = match cue.kind {
            CueKind::AccordingTo => phrases::starting_at(reading, cue.token + 2, window.end),
            CueKind::Verb => phrases::before(reading, cue.token, to)
                .filter(|p| reading.is_comma(p.from - 1) || p.from == to)
                .or_else(|| phrases::after(reading, cue.token, window.end, false)),
            _ => None,
        };
        if let Some(phrase) = phrase {
            return (Some(*cue), Source::Phrase(phrase), 0.65);
        }
    }
    match phrases::subject_of(reading, window.start, from) {
        Some(subject) => (None, Source::Phrase(subject), 0.5),
        None => (None, Source::Floating, 0.4),
    }
}

/// "Krelani's claim of “sabotage”", "his “great friend” remark".
fn possessor(reading: &Reading<'_>, start: usize, to: usize) -> Option<Phrase> {
    let noun = (start..to).rev().find(|&i| reading.is(i, Classes::CUE_NOUN) && reading.segment(i).is_none())?;
    let clitic = (start..noun).rev().take(4).find(|&i| reading.is_word(i, &["'s", "’s", "his", "her", "their"]))?;
    if reading.tokens.all[clitic].class == Class::Clitic {
        return phrases::ending_at(reading, clitic, start).map(|p| phrases::nearest_person(reading, p));
    }
    Some(Phrase { from: clitic, to: clitic + 1, whole: clitic + 1 })
}

/// Words in marks that nobody says: a title, a nickname, a name, a word mentioned.
pub(super) fn is_mention(reading: &Reading<'_>, segment: &Segment) -> bool {
    let tokens = reading.tokens.within(segment.outer);
    let (from, to) = (tokens.start, tokens.end);
    if tokens.is_empty() {
        return true;
    }
    let start = reading.window(from).start;
    let short = reading.count_words(from, to) < LONG || from + 1 == to;
    is_nickname(reading, from, to)
        || (short || reading.tokens.all[from + 1].is_capitalised()) && is_named(reading, from, start)
        || (is_title(reading, from, to) || from > start && is_single_name(reading, from, to))
            && !is_called(reading, from, start)
            && !is_exclaimed(reading, segment)
            && !is_predicate(reading, from, start)
}

/// Robert “Bob” Dunning, C.L. “Butch” Otter: one or two capitalised words inside a name.
pub(super) fn is_nickname(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let capital = |i: usize| {
        reading
            .tokens
            .all
            .get(i)
            .is_some_and(|t| t.class == Class::Word && t.is_capitalised() && !t.is(Classes::CLOSED))
    };
    let initials = from > 1 && reading.str(from - 1) == "." && capital(from - 2);
    from > 0
        && (capital(from - 1) || initials)
        && capital(to)
        && reading.count_words(from, to) <= 2
        && (from..to).all(|i| reading.tokens.all[i].class != Class::Word || reading.tokens.all[i].is_capitalised())
}

/// The song “…”, known as “…”, a tool called “…”, what economists call “…”.
fn is_named(reading: &Reading<'_>, from: usize, start: usize) -> bool {
    let mut k = from;
    let article = |i: usize| reading.is(i, Classes::DET) && !reading.is_word(i, &["that"]);
    while k > start && (article(k - 1) || reading.is_comma(k - 1) || reading.is_word(k - 1, &["as", ":", "by"])) {
        k -= 1;
    }
    let Some(word) = k.checked_sub(1).filter(|&w| w >= start && reading.segment(w).is_none()) else { return false };
    if reading.is(word, Classes::NAMING) && reading.entity(word).is_none() {
        return true;
    }
    let calls = reading.tokens.cue(word).is_some_and(|c| matches!(c.base, "call" | "dub" | "term" | "label"));
    let Some(before) = word.checked_sub(1).filter(|&b| calls && b >= start) else { return false };
    // "what economists call": words in use. "a tool called": no subject of its own.
    let what = (start..before).rev().take(3).any(|i| reading.is_word(i, &["what"]))
        && !(before..word).any(|i| reading.is(i, Classes::SUBJ) || reading.entity(i).is_some());
    let noun = reading.ends_noun_phrase(before)
        && reading.tokens.all[before].case == Case::Lower
        && !reading.is(before, Classes::SPEAKER)
        && k == from;
    what || noun
}

/// The name of a book, song or film: every word that is no small one has a capital ("The Bride of Bursa").
pub(super) fn is_title(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let words = || (from..to).filter(|&i| reading.tokens.all[i].class == Class::Word);
    let small = |i: usize| reading.is(i, Classes::CLOSED) && !reading.tokens.all[i].is_capitalised();
    words().count() >= 2
        && words().all(|i| reading.tokens.all[i].is_capitalised() || small(i))
        && words().any(|i| reading.entity(i).is_none() && !reading.is(i, Classes::CLOSED))
        && words().filter(|&i| reading.tokens.all[i].is_capitalised()).count() >= 2
}

/// One capitalised word, or a number alone.
pub(super) fn is_single_name(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    let mut words = (from..to).filter(|&i| matches!(reading.tokens.all[i].class, Class::Word | Class::Number));
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    reading.tokens.all[word].is_capitalised() || reading.tokens.all[word].class == Class::Number
}

/// “Traitor!”, “Who Lost Brenn?”
fn is_exclaimed(reading: &Reading<'_>, segment: &Segment) -> bool {
    segment.inner.of(reading.text).trim_end().ends_with(['!', '?'])
}

/// The judge was “Spanish”: what somebody is said to be.
fn is_predicate(reading: &Reading<'_>, from: usize, start: usize) -> bool {
    let article = usize::from(from > start && reading.is_word(from - 1, &["a", "an"]));
    let before = (from - article).checked_sub(1).filter(|&i| i >= start);
    before.is_some_and(|i| reading.is(i, Classes::AUX) && !reading.is(i, Classes::MODAL))
}

/// Called the rival “Crooked Hana”, refers to the head of the bank as “Cash Cow”: what somebody calls another.
fn is_called(reading: &Reading<'_>, from: usize, start: usize) -> bool {
    let calls = |i: usize| {
        // "wants to call it “Aurora”": nobody has called it so.
        let planned = i > start && reading.is_word(i - 1, &["to"]);
        let frames = reading.tokens.cue(i).map_or(Frames::default(), |cue| cue.frames);
        let directly = i + 1 == from && !frames.any(Frames::ADDRESSEE) && frames.any(Frames::QUOTE);
        reading.tokens.all[i].case == Case::Lower && !planned && (directly || frames.any(Frames::OBJECT))
    };
    let role = from > start && reading.is_word(from - 1, &["as"]);
    let reach = if role { TO_ROLE } else { TO_OBJECT };
    (start.max(from.saturating_sub(reach))..from)
        .rev()
        .take_while(|&i| {
            role || !reading.is_mark(i) && !reading.is(i, Classes::PREP) && reading.tokens.all[i].class != Class::Clitic
        })
        .any(calls)
}
