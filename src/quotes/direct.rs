//! Quoted segments → direct speech: which segments stand on their own, and the cue and source beside each.
//!
//! A segment that begins a sentence, or follows a comma, a colon or a verb of saying, is a quotation of its own; one that a
//! word leads into is a fragment of a reported clause and left to [`super::clauses`]. The cue is sought after the segment
//! ("…," she said), then before it (She said: "…"), then in what the segment continues.

use std::ops::Range;

use super::cues::{Cue, CueKind};
use super::fragments;
use super::marks::Segment;
use super::phrases::{self, Phrase};
use super::reading::Reading;
use super::speakers::Source;
use super::statement::{Piece, Statement};
use super::{Kind, Stance};
use crate::entities::Label;
use crate::language::{Classes, Form, Frames};
use crate::span::Span;
use crate::tokens::{Case, Class};

/// Words from a segment to a cue after it: "…," Prime Minister Arbnora Krelani, who was in Brussels, said.
const TO_CUE_AFTER: usize = 30;
/// Words from a cue to a segment after it: said in an interview with the newspaper Politika on Monday: "…"
const TO_CUE_BEFORE: usize = 24;
/// Words that make a quotation without a cue a statement.
const SENTENCE: usize = 4;

/// What became of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Direct speech: piece of the statement with this number.
    Direct(usize),
    /// Part of the sentence around it.
    Fragment,
    /// No speech: a title, a nickname, words mentioned.
    Mention,
}

/// How a cue stands to a segment.
pub(super) struct Attribution {
    pub(super) cue: Option<Cue>,
    /// The colon that stands for a cue.
    colon: Option<usize>,
    pub(super) source: Source,
    pub(super) confidence: f32,
}

impl Attribution {
    fn new(cue: Option<Cue>, source: Source, confidence: f32) -> Self {
        Self { cue, colon: None, source, confidence }
    }
}

/// Direct speech of a document: its statements, the role of each segment, and the cues used up.
pub(super) fn find(reading: &Reading<'_>, cues: &[Cue]) -> (Vec<Statement>, Vec<Role>, Vec<usize>) {
    let mut statements: Vec<Statement> = Vec::new();
    let mut roles: Vec<Role> = Vec::with_capacity(reading.segments.len());
    let mut used: Vec<usize> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for (n, segment) in reading.segments.iter().enumerate() {
        let tokens = reading.tokens.within(segment.outer);
        if tokens.is_empty() {
            roles.push(Role::Mention);
            continue;
        }
        let window_before = reading.window(tokens.start).start;
        let window_after = reading.window(tokens.end - 1).end;
        if is_led(reading, segment, tokens.start, window_before, cues) {
            roles.push(Role::Fragment);
            continue;
        }
        let piece = Piece::quoted(reading, segment);
        let continued = before.filter(|&(last, statement)| {
            if segment.resumed {
                return last + 1 == n;
            }
            continues(reading, &reading.segments[last], segment, cues, &statements[statement])
        });
        let after = attribution_after(reading, cues, tokens.end, window_after, piece.span)
            .or_else(|| attribution_in_next(reading, cues, segment, tokens.end))
            .or_else(|| signed(reading, tokens.end, window_after));
        if let Some((_, statement)) = continued
            && (after.is_none() || segment.resumed && statements[statement].cue.is_none())
        {
            if let (Some(attribution), true) = (after, segment.resumed) {
                // The cue of a quotation of several paragraphs often comes with its last one.
                statements[statement].lend(reading, attribution.cue.as_ref(), attribution.source);
                used.extend(attribution.cue.map(|c| c.token));
            }
            statements[statement].pieces.push(piece);
            roles.push(Role::Direct(statement));
            before = Some((n, statement));
            continue;
        }
        let attribution = after
            .or_else(|| attribution_before(reading, cues, segment, tokens.start, window_before))
            .or_else(|| introduced(reading, cues, segment, tokens.start, window_before))
            .or_else(|| floating(reading, segment, tokens.start, tokens.end, window_before, window_after));
        let Some(attribution) = attribution else {
            roles.push(Role::Mention);
            continue;
        };
        used.extend(attribution.cue.map(|c| c.token));
        statements.push(Statement {
            pieces: vec![piece],
            fragments: Vec::new(),
            cue: attribution.cue.map(|c| c.span).or(attribution.colon.map(|c| reading.tokens.all[c].span)),
            stance: attribution.cue.map(|c| c.stance).or(attribution.colon.map(|_| Stance::Neutral)),
            source: attribution.source,
            at: tokens.start,
            confidence: attribution.confidence - segment.doubt(),
        });
        let statement = statements.len() - 1;
        roles.push(Role::Direct(statement));
        before = Some((n, statement));
    }
    (statements, roles, used)
}

/// True when a word leads into the segment: it is part of the sentence around it.
fn is_led(reading: &Reading<'_>, segment: &Segment, open: usize, start: usize, cues: &[Cue]) -> bool {
    if open == start {
        return false;
    }
    let before = open - 1;
    if reading.segment(before).is_some() {
        return false;
    }
    let capital = reading.tokens.all.get(open + 1).is_some_and(|t| t.is_capitalised() || t.class != Class::Word);
    match reading.str(before) {
        "," | "—" | "–" | "-" => {
            // `a plan, "a disaster" for some`: a small letter and no cue before the comma.
            !capital
                && attribution_before(reading, cues, segment, open, start).is_none()
                && !is_clause_like(reading, segment)
        }
        ":" | "." | "!" | "?" | "…" | ";" | "(" | "[" | ")" => false,
        _ => {
            let after_cue = cue_at(cues, before).is_some_and(|c| c.frames.any(Frames::QUOTE));
            let after_that = reading.is_word(before, &["that"]) && before > start && cue_at(cues, before - 1).is_some();
            !after_cue && !after_that
        }
    }
}

fn is_clause_like(reading: &Reading<'_>, segment: &Segment) -> bool {
    let tokens = reading.tokens.within(segment.inner);
    reading.is_clause(tokens.start, tokens.end, false)
}

fn cue_at(cues: &[Cue], token: usize) -> Option<&Cue> {
    cues.binary_search_by_key(&token, |c| c.token).ok().map(|i| &cues[i])
}

/// The first cue in `from..to`.
fn first_cue(cues: &[Cue], from: usize, to: usize) -> Option<&Cue> {
    cues.get(cues.partition_point(|c| c.token < from)).filter(|c| c.token < to)
}

/// True when `segment` goes on with the utterance of `last`: “A,” he said, “B” or “A,” he said. “B.”
fn continues(reading: &Reading<'_>, last: &Segment, segment: &Segment, cues: &[Cue], statement: &Statement) -> bool {
    let Some(between) = statement.cue.and_then(|cue| between(reading, last, segment, cue)) else { return false };
    let others = cues[cues.partition_point(|c| c.token < between.start)..]
        .iter()
        .take_while(|c| c.token < between.end)
        .filter(|c| Some(c.span) != statement.cue && c.kind != CueKind::Noun)
        .count();
    others == 0 && between.len() < 2 * TO_CUE_AFTER
}

/// The tokens between a segment and one that may go on with it: none, or those of one sentence around the cue of the first.
pub(super) fn between(reading: &Reading<'_>, last: &Segment, segment: &Segment, cue: Span) -> Option<Range<usize>> {
    let between = reading.tokens.at(last.outer.hi())..reading.tokens.at(segment.outer.lo());
    let sentence_of = |i| reading.tokens.sentence_of(i);
    let joined = between.is_empty()
        || last.outer.end <= cue.start
            && cue.end <= segment.outer.start
            && sentence_of(between.start) == sentence_of(between.end - 1);
    (joined && last.paragraph == segment.paragraph).then_some(between)
}

/// The tokens of the sentence after that of token `i`.
fn next_sentence(reading: &Reading<'_>, i: usize) -> Option<Range<usize>> {
    let next = reading.tokens.sentence_of(i) + 1;
    (next < reading.sentences.len()).then(|| reading.tokens.sentence(next))
}

/// "…," she said · "…," said Krelani, who … · "…," according to the ministry · "…," a driver shot back.
pub(super) fn attribution_after(
    reading: &Reading<'_>,
    cues: &[Cue],
    from: usize,
    end: usize,
    words: Span,
) -> Option<Attribution> {
    let mut at = from;
    let comma_inside = reading.text[words.hi()..].starts_with([',', '，']);
    let stopped = words.of(reading.text).ends_with(['?', '!', '…', '-', '–', '—', '.']);
    let comma_after = at < end && (reading.is_comma(at) || reading.is_dash(at));
    if comma_after {
        at += 1;
    }
    // ", as Krelani put it"
    if at + 1 < end && reading.is_word(at, &["as"]) {
        at += 1;
    }
    if at >= end || reading.segment(at).is_some() {
        return None;
    }
    let (end, near) = (end.min(at + 2 * TO_CUE_AFTER), end.min(at + TO_CUE_AFTER));
    let punctuated = comma_inside || stopped || comma_after;
    let attributed = |cue: Cue, phrase: Phrase, confidence: f32| {
        Some(Attribution::new(Some(cue), Source::Phrase(phrase), confidence))
    };
    let first = first_cue(cues, at, near);
    if let Some(cue) = first.filter(|c| c.kind == CueKind::AccordingTo && c.token == at) {
        return attributed(*cue, phrases::starting_at(reading, cue.token + 2, end)?, 0.93);
    }
    let reports = |c: &&Cue| c.kind == CueKind::Verb && c.frames.any(Frames::QUOTE.or(Frames::OBJECT));
    if let Some(cue) = first.filter(reports) {
        if cue.token == at || (cue.token == at + 1 && reading.is(at, Classes::ADV)) {
            return attributed(*cue, phrases::after(reading, cue.token, end, punctuated)?, 0.95);
        }
        if (punctuated || reading.is(at, Classes::SUBJ))
            && let Some(phrase) = subject_between(reading, at, cue.token)
        {
            return attributed(*cue, phrase, 0.95);
        }
    }
    if comma_inside || comma_after || words.of(reading.text).ends_with(['?', '!']) {
        let (verb, phrase) = unlisted(reading, at, end)?;
        let cue = Cue {
            token: verb,
            span: reading.tokens.all[verb].span,
            kind: CueKind::Verb,
            base: "",
            stance: Stance::Neutral,
            frames: Frames::QUOTE,
        };
        return attributed(cue, phrase, 0.8);
    }
    None
}

/// The subject of the verb at `verb`, which with it makes the attribution that begins at `at`.
fn subject_between(reading: &Reading<'_>, at: usize, verb: usize) -> Option<Phrase> {
    if let Some(phrase) = phrases::before(reading, verb, at).filter(|p| opens(reading, p, at)) {
        return Some(phrase);
    }
    let mut from = at;
    while from < verb && reading.is(from, Classes::ADV) {
        from += 1;
    }
    let mut to = verb;
    while to > from && reading.is_adverb(to - 1) {
        to -= 1;
    }
    // "…," Harry Bond, 30, of Raleigh, who was among them, said.
    let first = phrases::starting_at(reading, from, to)?;
    if reading.is_comma(first.to) && reading.is_comma(to - 1) && to - 1 > first.to {
        return Some(Phrase { whole: to - 1, ..first });
    }
    // "…," This Morning co-anchor Ana Ristova said: nothing but one noun phrase.
    let plain = (from..to).all(|i| {
        !reading.is_finite(i)
            && reading.segment(i).is_none()
            && !(reading.is_mark(i) && matches!(reading.str(i), "," | ";" | ":"))
    });
    (from < to && plain && first.from == from).then_some(Phrase { from, to, whole: to })
}

/// The subject must open the attribution: "…," the minister, who had arrived late, said.
fn opens(reading: &Reading<'_>, phrase: &Phrase, at: usize) -> bool {
    phrase.from <= at + 2 && (at..phrase.from).all(|i| reading.is(i, Classes::ADV) || reading.is_comma(i))
}

/// A verb that no list has, with its subject, beside a quotation that ended in a comma: beamed Ana Ristova, the guide
/// shot back. Of 8,705 different cues counted in American news, most are such; where they stand tells them.
fn unlisted(reading: &Reading<'_>, at: usize, end: usize) -> Option<(usize, Phrase)> {
    let verb_at = |i: usize| {
        let token = reading.tokens.all[i];
        token.class == Class::Word
            && token.case == Case::Lower
            && !token.is(Classes::CLOSED)
            && (reading.is_finite(i)
                || reading.tokens.cue(i).is_some_and(|c| c.form != Form::Ing)
                || token.span.len() > 4 && reading.str(i).ends_with("ed"))
    };
    let at = if reading.is_adverb(at) && at + 1 < end { at + 1 } else { at };
    if verb_at(at) {
        return Some((at, phrases::after(reading, at, end, false)?));
    }
    let phrase = phrases::starting_at(reading, at, end)?;
    let speaks = |i: usize| {
        reading.label(i) == Some(Label::Person)
            || reading.is(i, Classes::SPEAKER.or(Classes::TITLE))
            || reading.is_word(i, &["he", "she", "they"])
    };
    // "Beck questioned": the phrase has swallowed a verb that it does not know.
    let verb = (phrase.from + 1..phrase.to).find(|&i| verb_at(i) && speaks(i - 1));
    let phrase = verb.map_or(phrase, |to| Phrase { to, whole: to, ..phrase });
    let mut verb = phrase.whole;
    while verb < end && (reading.is_comma(verb) && phrase.whole > phrase.to || reading.is_adverb(verb)) {
        verb += 1;
    }
    let somebody = (phrase.from..phrase.to).any(speaks) || reading.is(phrase.from, Classes::DET.or(Classes::NUM));
    (verb < end && verb_at(verb) && somebody).then_some((verb, phrase))
}

/// “We came too late.” — Ana Ristova, driver: a dash and a name, in the line or the next.
fn signed(reading: &Reading<'_>, from: usize, end: usize) -> Option<Attribution> {
    const LONGEST: usize = 12;
    let range = if from < end { from..end } else { next_sentence(reading, from.checked_sub(1)?)? };
    if range.len() < 2 || range.len() > LONGEST || !matches!(reading.str(range.start), "-" | "–" | "—") {
        return None;
    }
    let phrase = phrases::starting_at(reading, range.start + 1, range.end)?;
    let named = (phrase.from..phrase.to).any(|i| reading.label(i) == Some(Label::Person));
    let more = (phrase.whole..range.end).any(|i| reading.is_finite(i) || reading.segment(i).is_some());
    (named && !more).then(|| Attribution::new(None, Source::Phrase(phrase), 0.85))
}

/// "The road is shut." Krelani said. A sentence of its own that says who spoke, and nothing else.
fn attribution_in_next(reading: &Reading<'_>, cues: &[Cue], segment: &Segment, end: usize) -> Option<Attribution> {
    const LONGEST: usize = 16;
    let range = next_sentence(reading, end.checked_sub(1)?)?;
    let first = reading.tokens.all.get(range.start)?;
    let beside = range.start == end && !reading.text[segment.outer.hi()..first.span.lo()].contains('\n');
    if !beside || range.len() > LONGEST || range.clone().any(|i| reading.segment(i).is_some()) {
        return None;
    }
    let cue = first_cue(cues, range.start, range.end).filter(|c| c.kind == CueKind::Verb)?;
    let phrase = phrases::before(reading, cue.token, range.start).filter(|p| p.from == range.start)?;
    let rest = cue.token + 1..range.end;
    let adjunct = reading.is(rest.start, Classes::PREP.or(Classes::ADV).or(Classes::TIME))
        || reading.is_date(rest.start)
        || reading.is_mark(rest.start);
    let more = rest.into_iter().any(|i| reading.may_be_finite(i) || reading.is_word(i, &["that", "to", ":"]));
    (!more && adjunct && cue.frames.any(Frames::QUOTE))
        .then(|| Attribution::new(Some(*cue), Source::Phrase(phrase), 0.85))
}

/// She said: "…" · told reporters in Brussels, "…" · Krelani: "…"
fn attribution_before(
    reading: &Reading<'_>,
    cues: &[Cue],
    segment: &Segment,
    open: usize,
    start: usize,
) -> Option<Attribution> {
    let mut last = open.checked_sub(1).filter(|&i| i >= start)?;
    let colon = (reading.str(last) == ":").then_some(last);
    if colon.is_some() || reading.is_comma(last) || reading.is_dash(last) {
        last = last.checked_sub(1).filter(|&i| i >= start)?;
    }
    let from = start.max(open.saturating_sub(TO_CUE_BEFORE));
    let cue = cues[..cues.partition_point(|c| c.token <= last)]
        .iter()
        .rev()
        .take_while(|c| c.token >= from)
        .find(|c| reading.segment(c.token).is_none());
    if let Some(cue) = cue.filter(|c| {
        c.frames.any(Frames::QUOTE.or(Frames::ADDRESSEE)) && matches!(c.kind, CueKind::Verb | CueKind::Participle)
    }) {
        // Nothing between the cue and the marks but to whom, where and when.
        let clear = !(cue.token + 1..=last).any(|i| {
            reading.segment(i).is_some()
                || reading.is_finite(i)
                || (reading.is_mark(i) && matches!(reading.str(i), ";" | "." | "?" | "!"))
        });
        let source = if clear { source_before(reading, cues, cue, start) } else { None };
        if let Some(source) = source {
            return Some(Attribution::new(Some(*cue), source, 0.93));
        }
    }
    // A title or a motto after a colon is nobody's words.
    let colon = colon.filter(|_| !fragments::is_mention(reading, segment))?;
    // "Krelani: …": a name alone, or the subject of a clause that ends in a colon.
    if let Some(phrase) = phrases::ending_at(reading, colon, start)
        .filter(|p| p.from == start || reading.tokens.all[p.from].case == Case::Title)
        && (phrase.from..phrase.to).any(|i| matches!(reading.label(i), Some(Label::Person | Label::Org)))
    {
        return Some(Attribution { colon: Some(colon), ..Attribution::new(None, Source::Phrase(phrase), 0.9) });
    }
    let subject =
        phrases::nearest_subject(reading, start, colon).or_else(|| phrases::subject_of(reading, start, colon))?;
    Some(Attribution { colon: Some(colon), ..Attribution::new(None, Source::Phrase(subject), 0.8) })
}

/// "… turned to the families and said:", and the words begin the next paragraph.
fn introduced(
    reading: &Reading<'_>,
    cues: &[Cue],
    segment: &Segment,
    open: usize,
    start: usize,
) -> Option<Attribution> {
    let before = open.checked_sub(1).filter(|&i| open == start && reading.str(i) == ":")?;
    attribution_before(reading, cues, segment, open, reading.window(before).start)
}

/// The source of a cue that stands before its words.
pub(super) fn source_before(reading: &Reading<'_>, cues: &[Cue], cue: &Cue, start: usize) -> Option<Source> {
    match cue.kind {
        CueKind::Participle => participle_source(reading, cues, cue, start).map(Source::Phrase),
        _ => phrases::before(reading, cue.token, start).map(Source::Phrase),
    }
}

/// Who "adding", "saying" goes with: the subject of the cue before it in the sentence, or of the sentence.
pub(super) fn participle_source(reading: &Reading<'_>, cues: &[Cue], cue: &Cue, start: usize) -> Option<Phrase> {
    // "quotes an official as saying", "with officials saying": a subject of its own.
    if let Some(before) = cue.token.checked_sub(1).filter(|&i| i > start && reading.is_word(i, &["as"]))
        && let Some(own) = phrases::ending_at(reading, before, start)
    {
        return Some(own);
    }
    if let Some(with) =
        (cue.token.saturating_sub(8).max(start)..cue.token).rev().find(|&k| reading.is_word(k, &["with"]))
        && let Some(own) = phrases::starting_at(reading, with + 1, cue.token).filter(|p| p.to == cue.token)
    {
        return Some(own);
    }
    // "– Trpevski saying it was late": a name right before it.
    let mut last = cue.token;
    while last > start && reading.is_adverb(last - 1) {
        last -= 1;
    }
    if last > start && reading.entity(last - 1).is_some() && !reading.is_date(last - 1) {
        let own = phrases::ending_at(reading, last, start).map(|p| phrases::nearest_person(reading, p));
        let opens =
            |p: &Phrase| p.from == start || reading.is_mark(p.from - 1) || reading.is(p.from - 1, Classes::CONJ);
        let person = reading.label(last - 1) == Some(Label::Person);
        if let Some(own) = own.filter(|p| person || opens(p)) {
            return Some(own);
        }
    }
    let earlier = &cues[cues.partition_point(|c| c.token < start)..cues.partition_point(|c| c.token < cue.token)];
    let subject = |c: &Cue| {
        phrases::before(reading, c.token, start)
            .or_else(|| phrases::after(reading, c.token, reading.window(c.token).end, false))
    };
    // Not the verb of what another reports: "Krelani said Serbia welcomes it, claiming that …" is Krelani's claim.
    let embedded = |phrase: &Phrase| {
        let after = phrase.from - usize::from(phrase.from > start && reading.is_word(phrase.from - 1, &["that"]));
        after > start && cue_at(earlier, after - 1).is_some_and(|c| c.kind == CueKind::Verb)
    };
    let verbs = earlier.iter().rev().filter(|c| c.kind == CueKind::Verb);
    verbs
        .filter_map(subject)
        .find(|p| !embedded(p))
        .or_else(|| phrases::nearest_subject(reading, start, cue.token))
        .or_else(|| phrases::subject_of(reading, start, cue.token))
}

/// A quotation without a cue: it must look like a sentence, and open one.
pub(super) fn floating(
    reading: &Reading<'_>,
    segment: &Segment,
    from: usize,
    to: usize,
    start: usize,
    end: usize,
) -> Option<Attribution> {
    let words = segment.inner.of(reading.text).trim_end();
    let opens = from == start
        || matches!(reading.str(from - 1), "." | "!" | "?" | ":" | "…")
        || reading.is_dash(from - 1)
        || reading.segment(from - 1).is_some();
    let stopped = words.ends_with(['.', '!', '?', '…', ','])
        || (to < end && matches!(reading.str(to), "." | "," | "!" | "?"))
        || !segment.closed;
    // `"Adriatic Shield" began on Monday`: the sentence goes on with its own verb.
    let goes_on = to < end && reading.tokens.all[to].class == Class::Word && !words.ends_with(['.', '!', '?', ',']);
    let enough = reading.count_words(from, to) >= SENTENCE;
    if fragments::is_title(reading, from, to) {
        return None;
    }
    if !opens || goes_on || !(stopped && (enough || from == start && to + 1 >= end)) {
        return None;
    }
    Some(Attribution::new(None, Source::Floating, if enough { 0.65 } else { 0.5 }))
}

impl Piece {
    /// The words of a segment: without the marks, the comma before the closing one, and white space.
    pub(super) fn quoted(reading: &Reading<'_>, segment: &Segment) -> Piece {
        let inner = segment.inner.trim(reading.text);
        let words = inner.of(reading.text);
        let kept = words.trim_end_matches([',', '，']).trim_end();
        let span = if kept.is_empty() { inner } else { Span::new(inner.lo(), inner.lo() + kept.len()) };
        Piece { span, kind: Kind::Direct }
    }
}
