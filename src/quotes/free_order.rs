//! Direct speech in languages of free word order: Serbian, Croatian, Bosnian, Montenegrin, Macedonian, Albanian.
//!
//! A verb of saying beside the marks tells speech from titles and names. Its subject follows past adverbs, places and media
//! ("rekao je danas u Briselu za RTV Plus analitičar Petar Lukić"), stands before it ("Sarić je rekla"), or is left out
//! ("dodao je"), and then the verb's gender and who spoke last tell who it is. Where no verb stands, a quotation of its own
//! floats, and words inside a sentence are nobody's.

use std::ops::Range;

use super::Stance;
use super::direct::{between, floating};
use super::fragments::{is_nickname, is_single_name, is_title};
use super::marks::Segment;
use super::phrases::Phrase;
use super::reading::Reading;
use super::speakers::Source;
use super::statement::{Piece, Statement};
use crate::entities::Label;
use crate::language::Classes;
use crate::span::Span;
use crate::tokens::{Case, Class};

/// Tokens from a quotation to the verb after it: „…“, Petar Lukić, analitičar iz Beograda, kaže.
const TO_VERB: usize = 14;
/// Tokens between a verb and the words after it.
const TO_WORDS: usize = 40;
/// Tokens of a clause that are looked through for its subject.
const CLAUSE: usize = 30;

/// What reports a segment.
struct Report {
    cue: Span,
    stance: Stance,
    source: Source,
    confidence: f32,
}

/// The direct speech of a document.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut last: Option<usize> = None;
    for (n, segment) in reading.segments.iter().enumerate() {
        let tokens = reading.tokens.within(segment.outer);
        if tokens.is_empty() || reading.count_words(tokens.start, tokens.end) == 0 {
            continue;
        }
        let start = reading.window(tokens.start).start;
        let end = reading.window(tokens.end - 1).end;
        let parted = tokens.start == start || reading.is_mark(tokens.start - 1);
        if !parted && is_titled(reading, segment) {
            continue;
        }
        let piece = Piece::quoted(reading, segment);
        let after = after(reading, segment, tokens.end, end, piece.span);
        let beside = last.is_some_and(|l| l + 1 == n);
        let goes_on = statements.last().filter(|_| beside).is_some_and(|statement| {
            segment.resumed && (after.is_none() || statement.cue.is_none())
                || after.is_none() && is_split(reading, &reading.segments[n - 1], segment, statement)
        });
        let report = if goes_on { after } else { after.or_else(|| before(reading, segment, tokens.start, start)) };
        // Opisao je plan kao „A“ i „B“: one verb, one statement.
        let same_verb = |s: &Statement| s.cue.is_some() && s.cue == report.as_ref().map(|r| r.cue);
        if let Some(statement) = statements.last_mut().filter(|s| beside && (goes_on || same_verb(s))) {
            statement.pieces.push(piece);
            if let (None, Some(report)) = (statement.cue, report) {
                (statement.cue, statement.stance, statement.source) =
                    (Some(report.cue), Some(report.stance), report.source);
            }
        } else if report.is_some() || floating(reading, segment, tokens.start, tokens.end, start, end).is_some() {
            statements.push(Statement {
                pieces: vec![piece],
                fragments: Vec::new(),
                cue: report.as_ref().map(|r| r.cue),
                stance: report.as_ref().map(|r| r.stance),
                confidence: report.as_ref().map_or(0.6, |r| r.confidence) - segment.doubt(),
                source: report.map_or(Source::Floating, |r| r.source),
                at: tokens.start,
            });
        } else {
            continue;
        }
        last = Some(n);
    }
    statements
}

/// „A“, rekao je Lukić, „B“: one sentence, its own report between, and no other.
fn is_split(reading: &Reading<'_>, before: &Segment, segment: &Segment, statement: &Statement) -> bool {
    let between = statement.cue.and_then(|cue| between(reading, before, segment, cue));
    between.is_some_and(|between| between.filter(|&i| says(reading, i)).count() <= 1)
}

/// A form of a verb of saying outside marks.
fn says(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(i, Classes::CUE)
        && reading.segment(i).is_none()
        && reading.entity(i).is_none()
        && !(i > 0 && reading.is(i - 1, Classes::NAMING))
        && reading.tokens.language().sayings.contains_key(&reading.tokens.all[i].lower)
}

/// The report of the verb at `verb`, with its subject from `clause`.
fn report(reading: &Reading<'_>, verb: usize, clause: Range<usize>, confidence: f32) -> Option<Report> {
    let saying = reading.tokens.language().sayings.get(&reading.tokens.all[verb].lower)?;
    let (source, confidence) = match subject(reading, verb, clause) {
        Some(phrase) => (Source::Subject(phrase, saying.gender), confidence),
        None => (Source::Dropped(verb, saying.gender), confidence - 0.15),
    };
    Some(Report { cue: reading.tokens.all[verb].span, stance: saying.stance, source, confidence })
}

/// „…“, rekao je Petar Lukić · „…“, Lukić je rekao · „…“, prema rečima Lukića
fn after(reading: &Reading<'_>, segment: &Segment, from: usize, end: usize, words: Span) -> Option<Report> {
    let inside = segment.inner.of(reading.text).trim_end();
    let comma = from < end && (reading.is_comma(from) || reading.is_dash(from));
    let at = from + usize::from(comma);
    // „A“, a Lukić je odgovorio „B“: the other half of the sentence reports other words.
    if at >= end || reading.segment(at).is_some() || comma && reading.is(at, Classes::CONJ) {
        return None;
    }
    let parted = comma || inside.ends_with([',', '?', '!', '…', '.']);
    if parted && let Some(report) = according_to(reading, at, end) {
        return Some(report);
    }
    let verb = (at..end.min(at + TO_VERB))
        .take_while(|&i| !breaks(reading, i) || i == at || reading.is_comma(i))
        .find(|&i| says(reading, i))?;
    let directly = (at..verb).all(|i| is_small(reading, i));
    // FK „Brodar“ saopštio je: a name, and its verb.
    let first = reading.tokens.at(words.lo());
    let name = is_title(reading, first, from) || is_single_name(reading, first, from);
    if !parted && (!directly || name) {
        return None;
    }
    report(reading, verb, at..end, 0.93)
}

/// Lukić je rekao: „…“ · Lukić je odluku nazvao „…“ · Prema rečima Lukića, „…“ · Lukić: „…“
fn before(reading: &Reading<'_>, segment: &Segment, open: usize, start: usize) -> Option<Report> {
    // The colon may end the paragraph before.
    let start = match open.checked_sub(1) {
        Some(colon) if open == start && reading.str(colon) == ":" => reading.window(colon).start,
        _ => start,
    };
    let last = open.checked_sub(1).filter(|&i| i >= start)?;
    let colon = reading.str(last) == ":";
    let tokens = reading.tokens.within(segment.outer);
    let parted = colon || reading.is_comma(last);
    let mention = is_nickname(reading, tokens.start, tokens.end)
        || !parted
            && (is_title(reading, tokens.start, tokens.end)
                || is_single_name(reading, tokens.start + 1, tokens.end)
                || reading.is(last, Classes::NAMING));
    if mention {
        return None;
    }
    let reach = start.max(open.saturating_sub(TO_WORDS));
    if let Some(report) = (reach..open).find_map(|i| according_to(reading, i, open)).filter(|_| parted) {
        return Some(report);
    }
    let verb = (reach..open).rev().take_while(|&i| !is_stop(reading, i)).find(|&i| says(reading, i));
    if let Some(verb) = verb {
        let from =
            (start..verb).rev().find(|&i| is_stop(reading, i) || reading.segment(i).is_some()).map_or(start, |i| i + 1);
        return report(reading, verb, from..open, if colon { 0.93 } else { 0.8 });
    }
    let phrase = noun_phrase(reading, start..last).filter(|p| colon && p.whole == last)?;
    let cue = reading.tokens.all[last].span;
    Some(Report { cue, stance: Stance::Neutral, source: Source::Phrase(phrase), confidence: 0.88 })
}

/// "prema rečima direktora Lukića": a phrase of the language's list at token `at`.
fn according_to(reading: &Reading<'_>, at: usize, end: usize) -> Option<Report> {
    let words = |phrase: &&Vec<u64>| {
        at + phrase.len() < end && phrase.iter().enumerate().all(|(k, &word)| reading.tokens.all[at + k].lower == word)
    };
    let phrase = reading.tokens.language().according_to.iter().find(words)?;
    let past = at + phrase.len();
    let stop = clause_end(reading, past, end);
    let phrase = noun_phrase(reading, past..stop)?;
    Some(Report {
        cue: reading.tokens.span(at, past),
        stance: Stance::Neutral,
        source: Source::Phrase(phrase),
        confidence: 0.9,
    })
}

/// The subject of the verb at `verb`: behind it where it opens the clause, else before it.
fn subject(reading: &Reading<'_>, verb: usize, clause: Range<usize>) -> Option<Phrase> {
    let behind = || noun_phrase(reading, verb + 1..clause_end(reading, verb + 1, clause.end));
    let opens = (clause.start..verb).all(|i| is_small(reading, i));
    let ahead = || {
        let from = clause.start.max(verb.saturating_sub(CLAUSE));
        noun_phrase(reading, from..verb)
    };
    if opens { behind() } else { ahead().or_else(behind) }
}

/// Where the clause that goes on at `from` ends: at a mark, another report, or a subordinator.
fn clause_end(reading: &Reading<'_>, from: usize, end: usize) -> usize {
    let end = end.min(from + CLAUSE);
    (from..end).find(|&i| breaks(reading, i) || says(reading, i)).unwrap_or(end)
}

/// A token that no noun phrase goes past.
fn breaks(reading: &Reading<'_>, i: usize) -> bool {
    reading.segment(i).is_some_and(|s| !is_titled(reading, &reading.segments[s]))
        || is_stop(reading, i)
        || reading.is_comma(i)
        || reading.is_dash(i)
        || reading.is(i, Classes::SUB.or(Classes::REL).or(Classes::COMP)) && reading.entity(i).is_none()
}

/// The name of a paper, a club, a film: "list „Podrinjski vidik“".
fn is_titled(reading: &Reading<'_>, segment: &Segment) -> bool {
    let tokens = reading.tokens.within(segment.outer);
    let named = tokens.start > 0 && reading.is(tokens.start - 1, Classes::NAMING);
    named || is_title(reading, tokens.start, tokens.end) || is_single_name(reading, tokens.start, tokens.end)
}

fn is_stop(reading: &Reading<'_>, i: usize) -> bool {
    reading.is_mark(i) && matches!(reading.str(i), ";" | "!" | "?" | "(" | ")")
}

/// A word that may stand before or behind a verb without being its subject.
fn is_small(reading: &Reading<'_>, i: usize) -> bool {
    let small = Classes::AUX.or(Classes::ADV).or(Classes::TIME).or(Classes::SUB).or(Classes::CONJ).or(Classes::NEG);
    reading.entity(i).is_none()
        && (reading.is(i, small) || reading.is(i, Classes::PRON) && !reading.is(i, Classes::SUBJ))
        || reading.is_date(i)
}

/// A word that a preposition stands before.
fn is_governed(reading: &Reading<'_>, i: usize, from: usize) -> bool {
    i > from && reading.is(i - 1, Classes::PREP)
}

/// A noun or an adjective, as far as its small letter and the lists tell.
fn is_noun(reading: &Reading<'_>, i: usize) -> bool {
    let token = reading.tokens.all[i];
    token.class == Class::Word && token.case == Case::Lower && !token.is(Classes::CLOSED) && !says(reading, i)
}

/// A title or another noun that speaks.
fn is_office(reading: &Reading<'_>, i: usize) -> bool {
    reading.is(i, Classes::TITLE.or(Classes::SPEAKER)) && reading.entity(i).is_none()
}

/// Who may be the subject in a stretch of a clause: a pronoun, a person, a body, an office, a place, in that order of worth.
fn noun_phrase(reading: &Reading<'_>, range: Range<usize>) -> Option<Phrase> {
    let (from, to) = (range.start, range.end);
    let governed = |i: usize| is_governed(reading, i, from);
    if let Some(i) = range.clone().find(|&i| reading.pronoun_gender(i).is_some()) {
        return Some(Phrase { from: i, to: i + 1, whole: i + 1 });
    }
    let entity = |label: Label| {
        range.clone().find_map(|i| {
            let e = reading.entity(i).filter(|&e| reading.entities[e].label == label)?;
            let span = reading.tokens.within(reading.entities[e].span);
            if span.start != i {
                return None;
            }
            if label != Label::Person {
                return (!governed(i)).then_some((i, span.end.min(to)));
            }
            let first = phrase_start(reading, i, from);
            // "Slavica" and "Pejanić Lakić" side by side are one name.
            let past = (span.end..to).find(|&k| reading.label(k) != Some(label)).unwrap_or(to);
            (!governed(first)).then_some((first, past))
        })
    };
    if let Some((first, past)) = entity(Label::Person) {
        return Some(Phrase { from: first, to: past, whole: apposition(reading, past) });
    }
    let office = range.clone().find(|&i| is_office(reading, i) && !governed(i));
    let body = entity(Label::Org);
    if let Some(office) = office.filter(|&o| body.is_none_or(|(first, _)| o < first)) {
        return Some(spread(reading, office, to));
    }
    if let Some((first, past)) = body.or_else(|| entity(Label::Loc)) {
        return Some(Phrase { from: first, to: past, whole: past });
    }
    // "jedan diplomata", "negova sosetka": somebody without a name.
    let somebody = range.clone().find(|&i| {
        let counted = Classes::DET.or(Classes::NUM).or(Classes::PRON);
        reading.is(i, counted) && !reading.is(i, Classes::AUX) && !governed(i) && i + 1 < to && is_noun(reading, i + 1)
    });
    if let Some(first) = somebody {
        let past = (first + 1..to).find(|&i| !is_noun(reading, i)).unwrap_or(to);
        return Some(Phrase { from: first, to: past, whole: past });
    }
    // A name that no rule knew.
    let capital = |i: usize| {
        let token = reading.tokens.all[i];
        token.class == Class::Word
            && token.is_capitalised()
            && !token.is(Classes::CLOSED)
            && reading.entity(i).is_none()
    };
    let first = range.clone().find(|&i| capital(i) && !governed(i))?;
    let past = (first..to).find(|&i| !capital(i)).unwrap_or(to);
    Some(Phrase { from: first, to: past, whole: past })
}

/// Where the noun phrase begins that ends in the name at `name`: "portparolka Direkcije za puteve Vesna Krčadinović", "gradska
/// pravobraniteljka", "njegova sestra". Not "agenciji Vesti" nor "novinarima" before a minister.
fn phrase_start(reading: &Reading<'_>, name: usize, from: usize) -> usize {
    let classes = |i: usize, classes: Classes| reading.is(i, classes) && reading.entity(i).is_none();
    let grammar = Classes::AUX
        .or(Classes::ADV)
        .or(Classes::TIME)
        .or(Classes::PRON)
        .or(Classes::DET)
        .or(Classes::SUB)
        .or(Classes::CONJ)
        .or(Classes::REL)
        .or(Classes::NEG)
        .or(Classes::PREP);
    let word = |i: usize| {
        let token = reading.tokens.all[i];
        let opens =
            token.case == Case::Lower || i == from || reading.tokens.sentence(reading.tokens.sentence_of(i)).start == i;
        token.class == Class::Word && opens && !classes(i, grammar) && !says(reading, i) && !breaks(reading, i)
    };
    let governed = |i: usize| is_governed(reading, i, from);
    let addressed = |i: usize| ["ima", "ama", "има", "ама"].iter().any(|ending| reading.str(i).ends_with(ending));
    // As far to the left as the phrase may reach.
    let mut edge = name;
    while edge > from {
        let i = edge - 1;
        let token = reading.tokens.all[i];
        let capital =
            token.class == Class::Word && token.is_capitalised() && !token.is(Classes::CLOSED) && !says(reading, i);
        let hyphen = reading.str(i) == "-" && reading.tokens.is_glued(i) && i > from;
        let named = reading.entity(i).is_some() && !reading.is_date(i) || capital || hyphen;
        let possessive =
            classes(i, Classes::PRON.or(Classes::DET)) && !reading.is(i, Classes::SUBJ.or(Classes::AUX)) && word(edge);
        let linked = reading.is(i, Classes::PREP) && i > from && (word(i - 1) || reading.entity(i - 1).is_some());
        if !(word(i) && !reading.is_date(i) || named || possessive || linked) {
            break;
        }
        edge = i;
    }
    let office = (edge..name).find(|&i| is_office(reading, i) && word(i) && !governed(i) && !addressed(i));
    let mut first = match office {
        Some(office) => office,
        None => (edge..name).find(|&i| word(i) && !governed(i) && !addressed(i)).unwrap_or(name),
    };
    // "gradska", "bivši", "njegova" before it.
    while first > edge
        && first < name
        && reading.entity(first - 1).is_none()
        && !reading.is(first - 1, Classes::PREP)
        && !governed(first - 1)
        && !addressed(first - 1)
        && reading.str(first - 1).ends_with(['i', 'a', 'и', 'а', 'n', 'н'])
    {
        first -= 1;
    }
    first
}

/// An office with what belongs to it: "ministar spoljnih poslova Srbije".
fn spread(reading: &Reading<'_>, office: usize, to: usize) -> Phrase {
    let belongs = |i: usize| {
        // Albanian joins a noun to its genitive by a particle: drejtori i shkollës.
        let joins = reading.is(i, Classes::PREP) && reading.is(i, Classes::PRON);
        joins && i + 1 < to || reading.label(i).is_some_and(|label| label != Label::Date) || is_noun(reading, i)
    };
    let past = (office + 1..to).find(|&i| !belongs(i)).unwrap_or(to);
    Phrase { from: office, to: past, whole: past }
}

/// One past ", direktor škole" behind a name.
fn apposition(reading: &Reading<'_>, past: usize) -> usize {
    const LONGEST: usize = 12;
    if !reading.is_comma(past) || past + 1 >= reading.tokens.all.len() {
        return past;
    }
    let from = past + 1;
    let sentence = reading.tokens.sentence(reading.tokens.sentence_of(past));
    let end = sentence.end.min(from + LONGEST);
    let stop = (from..end).find(|&i| breaks(reading, i) || reading.str(i) == "." || says(reading, i));
    let titled = (from..end.min(from + 2)).any(|i| reading.is(i, Classes::TITLE.or(Classes::SPEAKER)));
    match stop {
        Some(stop) if titled && !reading.is(from, Classes::CLOSED) && reading.is_mark(stop) => stop,
        _ => past,
    }
}
