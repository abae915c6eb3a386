//! Reported clauses: indirect speech, and mixed where a clause has words in marks.
//!
//! Where the clause stands is told by the cue and what is beside it: "X said (that) …", "…, X said", "The road, X said, was
//! closed", "according to X, …", "X's claim that …", "called the plan “…”". It ends with its sentence, or before the next cue
//! of the same sentence. A clause needs a finite verb of its own, so that "announced an increase" reports nothing.

use super::Kind;
use super::cues::{Cue, CueKind};
use super::direct::{Role, source_before};
use super::fragments::is_mention;
use super::phrases::{self, Phrase};
use super::reading::Reading;
use super::speakers::Source;
use super::statement::{Piece, Statement};
use crate::language::{Classes, Frames};
use crate::span::Span;
use crate::tokens::Class;

/// Adjuncts between a cue and its clause: "said on Monday in Brussels in a statement that".
const ADJUNCTS: usize = 5;
/// Tokens of the longest adjunct.
const LONGEST_ADJUNCT: usize = 14;

/// Reported clauses of a document. `used`: cue tokens that direct speech took.
pub(super) fn find(reading: &Reading<'_>, cues: &[Cue], roles: &[Role], used: &[usize]) -> Vec<Statement> {
    let mut finder = Finder { reading, cues, roles, statements: Vec::new() };
    for cue in cues {
        if used.binary_search(&cue.token).is_err() {
            finder.read(cue);
        }
    }
    finder.statements
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    cues: &'a [Cue],
    roles: &'a [Role],
    statements: Vec<Statement>,
}

impl Finder<'_> {
    fn read(&mut self, cue: &Cue) {
        let window = self.reading.window(cue.token);
        let (start, end) = (window.start, window.end);
        match cue.kind {
            CueKind::AccordingTo => self.according_to(cue, start, end),
            CueKind::Noun => self.noun(cue, start, end),
            CueKind::Verb | CueKind::Participle => {
                if let Some((from, confidence)) = self.content_start(cue, end) {
                    let to = self.content_end(cue, from, end);
                    if let Some(source) = source_before(self.reading, self.cues, cue, start)
                        && (self.is_content(cue, from, to) || self.is_gap(&source, from, start))
                    {
                        self.push(cue, &[(from, to)], source, confidence);
                        return;
                    }
                }
                if cue.kind == CueKind::Verb && self.trailing(cue, start, end) {
                    return;
                }
                if cue.frames.any(Frames::OBJECT) {
                    self.object(cue, start, end);
                }
            }
        }
    }

    /// Where the clause after a cue begins, and how sure that is.
    fn content_start(&self, cue: &Cue, end: usize) -> Option<(usize, f32)> {
        let reading = self.reading;
        let mut at = cue.token + 1;
        if matches!(cue.base, "point") {
            if !reading.is_word(at, &["out"]) {
                return None;
            }
            at += 1;
        }
        // ", however," and ", for his part,"
        if at < end && reading.is_comma(at) {
            let close = (at + 1..end.min(at + 7)).find(|&i| reading.is_comma(i))?;
            let aside = close > at + 1
                && (at + 1..close)
                    .all(|i| !reading.is_finite(i) && !reading.is(i, Classes::CUE) && reading.segment(i).is_none());
            if !aside || !reading.is_word(close + 1, &["that"]) && !reading.is(at + 1, Classes::ADV) {
                return None;
            }
            at = close + 1;
        }
        if at < end && cue.frames.any(Frames::ADDRESSEE) {
            let past = self.past_addressee(at, end, cue.base == "tell");
            // "warned the gap in the screen would last": nobody was addressed.
            let verb = self.adjunct_end(past, end).filter(|_| !reading.is_comma(past)).unwrap_or(past);
            if cue.frames.any(Frames::BARE) && cue.base != "tell" && verb > at && reading.is_finite(verb) {
                return Some((at, 0.7));
            }
            at = past;
        }
        let mut adjuncts = 0;
        loop {
            if at >= end {
                return None;
            }
            if reading.is_word(at, &["that"]) && cue.frames.any(Frames::THAT) {
                // "said that was wrong": a demonstrative.
                let demonstrative = reading.is_finite(at + 1) && !reading.is(at + 1, Classes::SUBJ);
                return Some(if demonstrative { (at, 0.85) } else { (at + 1, 0.92) });
            }
            if reading.is_word(at, &["whether", "if"]) && cue.frames.any(Frames::WHETHER) {
                return Some((at, 0.85));
            }
            if reading.is_word(at, &["to"]) && cue.frames.any(Frames::INFINITIVE) {
                let verb = reading
                    .tokens
                    .all
                    .get(at + 1)
                    .is_some_and(|t| t.class == Class::Word && !t.is(Classes::DET) && !t.is_capitalised());
                return verb.then_some((at, 0.6));
            }
            if adjuncts == ADJUNCTS {
                return None;
            }
            match self.adjunct_end(at, end) {
                // "in response to Krelani's statement that …": the clause is the noun's own.
                Some(past) if self.has_clause_of_its_own(at, past) => return None,
                Some(past) => at = past,
                None => break,
            }
            adjuncts += 1;
        }
        let token = &reading.tokens.all[at];
        let bare = cue.frames.any(Frames::BARE)
            && (token.class != Class::Mark && token.class != Class::Clitic || reading.segment(at).is_some())
            && !reading.is(at, Classes::CONJ)
            && !reading.is_word(at, &["as", "so", "by", "than", "like", "to"])
            && !(cue.frames.any(Frames::ADDRESSEE) && at == cue.token + 1);
        let sure = if cue.base == "say" { 0.88 } else { 0.75 };
        bare.then_some((at, sure))
    }

    /// A phrase with a possessor that ends in a noun of saying, before "that".
    fn has_clause_of_its_own(&self, at: usize, past: usize) -> bool {
        let reading = self.reading;
        reading.is_word(past, &["that"])
            && reading.is(past - 1, Classes::CUE_NOUN)
            && (at..past).any(|i| reading.is_word(i, &["'s", "’s", "'", "’", "his", "her", "their", "its"]))
    }

    /// "told reporters", "warned the allies": past the person addressed.
    fn past_addressee(&self, at: usize, end: usize, must: bool) -> usize {
        let reading = self.reading;
        if !must && reading.is_word(at, &["that", "of", "against", "about"]) {
            return at;
        }
        if reading.is_word(at, &["him", "her", "them", "us", "me", "it", "you"]) {
            return at + 1;
        }
        // A clause may follow at once: "told Krelani the road was open". The phrase ends before the next article.
        let mut i = at;
        if reading.is(i, Classes::DET) {
            i += 1;
        }
        while i < end {
            let token = &reading.tokens.all[i];
            let goes_on = match token.class {
                Class::Word => {
                    !token.is(Classes::CLOSED) && !reading.is_finite(i)
                        || reading.is_word(i, &["of"])
                        || reading.is_word(i, &["and"]) && reading.entity(i + 1).is_some()
                }
                Class::Clitic => reading.is_word(i, &["'s", "’s"]),
                Class::Number => true,
                Class::Mark => matches!(reading.str(i), "-" | "."),
            };
            // "the": part of "of the"
            let inside = reading.is(i, Classes::DET) && i > at && reading.is_word(i - 1, &["of"]);
            if !goes_on && !inside || i > at && reading.is_date(i) {
                break;
            }
            i += 1;
        }
        i
    }

    /// One past a date or a prepositional phrase of time, place or occasion at `at`.
    fn adjunct_end(&self, at: usize, end: usize) -> Option<usize> {
        let reading = self.reading;
        let mut to = at;
        if reading.is_comma(at) {
            // "in a statement on Monday, that"
            return reading.is_word(at + 1, &["that"]).then_some(at + 1);
        }
        if reading.is_date(at) {
            while to < end && reading.is_date(to) {
                to += 1;
            }
            return Some(to);
        }
        if reading.is(at, Classes::ADV) && !reading.is(at, Classes::SUBJ)
            || reading.is_word(at, &["late", "early"]) && reading.is_date(at + 1)
        {
            return Some(at + 1);
        }
        if !reading.is_word(
            at,
            &[
                "on",
                "in",
                "at",
                "during",
                "after",
                "before",
                "to",
                "through",
                "via",
                "from",
                "by",
                "with",
                "ahead",
                "following",
                "of",
                "about",
            ],
        ) {
            return None;
        }
        to += 1;
        if reading.is_word(to, &["of"]) {
            to += 1;
        }
        // "about one third of …" counts.
        if reading.is_word(at, &["about"])
            && reading.tokens.all.get(to).is_some_and(|t| t.class == Class::Number || t.is(Classes::NUM))
        {
            return None;
        }
        if reading.is(to, Classes::DET) {
            to += 1;
        }
        let first = to;
        while to < end && to - at < LONGEST_ADJUNCT {
            let token = &reading.tokens.all[to];
            if reading.is_finite(to)
                || token.is(Classes::CLOSED)
                    && !reading.is_date(to)
                    && reading.entity(to).is_none()
                    && !token.is(Classes::NUM)
            {
                break;
            }
            if token.class == Class::Mark && !matches!(reading.str(to), "-" | ".")
                || reading.segment(to).is_some()
                || token.class == Class::Clitic && !reading.is_word(to, &["'s", "’s"])
            {
                break;
            }
            // "in Brussels Russia had …": another name begins the clause.
            if to > first
                && reading.entity(to).is_some()
                && reading.entity(to) != reading.entity(to - 1)
                && !reading.is_date(to)
                && (reading.entity(to - 1).is_some() || reading.is(to - 1, Classes::OCCASION))
            {
                break;
            }
            to += 1;
        }
        (to > first).then_some(to)
    }

    /// Where the clause from `from` ends: with its sentence, or before the next report in it.
    fn content_end(&self, cue: &Cue, from: usize, end: usize) -> usize {
        let reading = self.reading;
        let mut i = from;
        while i < end {
            if let Some(segment) = reading.segment(i) {
                i = reading.tokens.within(reading.segments[segment].outer).end.max(i + 1);
                // “as any tourist is,” adding that …
                if i < end && self.edge(i - 1) && self.ends_before(cue, i - 1, end) {
                    break;
                }
                continue;
            }
            if reading.str(i) == ";" {
                break;
            }
            if i > from && (self.ends_before(cue, i, end) || self.narrator_goes_on(i, end)) {
                break;
            }
            i += 1;
        }
        self.trim_end(from, i)
    }

    /// True when the narrator goes on at the comma `i`: ", which …" to the end, ", while …", ", citing …".
    fn narrator_goes_on(&self, i: usize, end: usize) -> bool {
        let reading = self.reading;
        if !reading.is_comma(i) {
            return false;
        }
        let next = i + 1;
        let last = || !(next..end).any(|k| reading.is_comma(k) || reading.segment(k).is_some());
        reading.is_word(next, &["while"])
            || reading.is(next, Classes::ASIDE)
            || reading.is_word(next, &["which", "who", "whose", "where"]) && last()
    }

    /// True when another report begins at `i`: ", adding", "and said", ", while X claimed", ", he said", "according to".
    fn ends_before(&self, cue: &Cue, i: usize, end: usize) -> bool {
        let reading = self.reading;
        let comma = self.edge(i);
        if reading.is_word(i, &["according"]) && reading.is_word(i + 1, &["to"]) {
            return true;
        }
        if !comma && !reading.is_word(i, &["and", "but", "while", "as"]) {
            return false;
        }
        let mut next = i + 1;
        if comma && reading.is_word(next, &["and", "but", "while", "as", "although"]) {
            next += 1;
        }
        let Some(cue_after) = self
            .cues
            .get(self.cues.partition_point(|c| c.token < next))
            .filter(|c| c.token < end.min(next + 12) && c.token > cue.token)
        else {
            return false;
        };
        let k = cue_after.token;
        match cue_after.kind {
            CueKind::Participle => comma && k <= next + 1 || reading.is_word(i, &["and", "while"]) && k == next,
            CueKind::AccordingTo => comma && k == next,
            CueKind::Noun => false,
            CueKind::Verb => {
                // "and said", "but later denied": the same subject goes on.
                if (next..k).all(|j| reading.is(j, Classes::ADV)) && (k > i) {
                    return !comma || next > i + 1 || k == next;
                }
                // ", while Krelani said", ", he said": a subject and its verb, no other verb between.
                let subject = phrases::before(reading, k, next);
                let Some(subject) = subject.filter(|p| p.from == next) else { return false };
                let aside = subject.to..subject.whole;
                !(next..k).any(|j| !aside.contains(&j) && reading.is_finite(j) && !reading.is(j, Classes::AUX))
            }
        }
    }

    /// Without the final stop, a dangling comma or an opening mark.
    fn trim_end(&self, from: usize, to: usize) -> usize {
        let reading = self.reading;
        let mut to = to;
        while to > from + 1 && reading.is_mark(to - 1) {
            let mark = reading.str(to - 1);
            let closing = reading
                .segment(to - 1)
                .is_some_and(|s| reading.segments[s].outer.lo() >= reading.tokens.all[from].span.lo());
            if closing || matches!(mark, ")" | "]" | "%" | "?" | "!" | "…" | "$" | "€") {
                break;
            }
            to -= 1;
        }
        to
    }

    /// "a plant which state media said was under control": the clause has its subject before the speaker.
    fn is_gap(&self, source: &Source, from: usize, start: usize) -> bool {
        let Source::Phrase(phrase) = source else { return false };
        let reading = self.reading;
        phrase.from > start && reading.is(phrase.from - 1, Classes::REL) && reading.may_be_finite(from)
    }

    fn is_content(&self, cue: &Cue, from: usize, to: usize) -> bool {
        let reading = self.reading;
        if to <= from {
            return false;
        }
        if reading.is_word(from, &["to"]) {
            return to > from + 2;
        }
        let loosely = cue.base == "say" || reading.is_word(from - 1, &["that"]) || cue.base == "tell";
        // Words inside marks are a clause when they are one: said the plan was "dead".
        reading.is_clause(from, to, loosely) || (loosely && reading.segment(from).is_some())
    }

    /// "…, X said." and "The road, X said, was closed."
    fn trailing(&mut self, cue: &Cue, start: usize, end: usize) -> bool {
        let reading = self.reading;
        if !cue.frames.any(Frames::QUOTE.or(Frames::BARE))
            || cue.frames.any(Frames::ADDRESSEE) && cue.base != "tell" && cue.base != "warn"
        {
            return false;
        }
        let before = phrases::before(reading, cue.token, start).filter(|p| p.from > start && self.edge(p.from - 1));
        let before = before.map(|phrase| (phrase, phrase.from - 1));
        // "…, said Krelani"
        let after = || {
            let edge = cue.token.checked_sub(1).filter(|&e| e > start && self.edge(e))?;
            Some((phrases::after(reading, cue.token, end, false)?, edge))
        };
        let Some((phrase, edge)) = before.or_else(after) else { return false };
        let from = self.clause_start(start, edge);
        let to = self.trim_end(from, edge);
        if to <= from
            || reading.segment(edge - 1).is_some_and(|s| matches!(self.roles[s], Role::Direct(_)))
                && reading.segment(from) == reading.segment(edge - 1)
        {
            return false;
        }
        // "Asked about it, he laughed": only words in marks are laughed.
        let quoted = (from..to).any(|i| reading.segment(i).is_some());
        if !quoted && !cue.frames.any(Frames::BARE) {
            return false;
        }
        let source = Source::Phrase(phrase);
        // "she said in Constanța, was …", "he told reporters on the plane, was …"
        let mut whole = phrase.whole.max(cue.token + 1);
        if cue.frames.any(Frames::ADDRESSEE) && whole == cue.token + 1 {
            whole = self.past_addressee(whole, end, true);
        }
        while let Some(past) = self.adjunct_end(whole, end).filter(|&past| past > whole && !reading.is_comma(whole)) {
            whole = past;
        }
        if let Some(rest) = self.rest(cue, from, to, whole, end) {
            self.push(cue, &[(from, to), rest], source, 0.8);
            return true;
        }
        if !reading.is_clause(from, to, true) {
            return false;
        }
        self.push(cue, &[(from, to)], source, 0.85);
        true
    }

    /// "The road, he said, was closed": what follows the comma at `comma` goes on with `from..to`.
    fn rest(&self, cue: &Cue, from: usize, to: usize, comma: usize, end: usize) -> Option<(usize, usize)> {
        let reading = self.reading;
        if !reading.is_comma(comma) || comma + 1 >= end {
            return None;
        }
        let next = comma + 1;
        let other = self
            .cues
            .get(self.cues.partition_point(|c| c.token < next))
            .is_some_and(|c| c.token <= next + 1 && c.token < end);
        let others = other || self.ends_before(cue, comma, end);
        if others || reading.is(next, Classes::SUB.or(Classes::REL)) || reading.segment(next).is_some() {
            return None;
        }
        let rest = self.content_end(cue, next, end);
        let clause = reading.is_clause(from, to, true);
        let goes_on = reading.is_finite(next)
            || reading.is_clause(next, rest, false)
            || !clause && (next..rest).any(|i| reading.may_be_finite(i));
        let begun = clause || (from..to).any(|i| reading.ends_noun_phrase(i));
        (rest > next && goes_on && begun).then_some((next, rest))
    }

    /// A comma or dash that may stand between reported words and their cue, or the mark after a comma: “…,” he said.
    fn edge(&self, i: usize) -> bool {
        let reading = self.reading;
        let quoted = || {
            reading.segment(i).is_some_and(|s| {
                let segment = &reading.segments[s];
                segment.closed
                    && segment.outer.end == reading.tokens.all[i].span.end
                    && segment.inner.of(reading.text).ends_with(',')
            })
        };
        reading.is_comma(i) || reading.is_dash(i) || quoted()
    }

    /// The first token of the clause that ends before `edge`: after a semicolon, a direct quotation, or "But".
    fn clause_start(&self, start: usize, edge: usize) -> usize {
        let reading = self.reading;
        let mut from = edge;
        while from > start {
            let i = from - 1;
            let direct = reading.segment(i).is_some_and(|s| matches!(self.roles[s], Role::Direct(_)));
            if direct || matches!(reading.str(i), ";" | ":") {
                break;
            }
            from = i;
        }
        while from < edge
            && (reading.is_word(from, &["but", "and", "still", "however", "meanwhile"])
                || reading.is_mark(from) && reading.segment(from).is_none())
        {
            from += 1;
        }
        from
    }

    /// "According to X, …" and "…, according to X".
    fn according_to(&mut self, cue: &Cue, start: usize, end: usize) {
        let reading = self.reading;
        let Some(phrase) = phrases::starting_at(reading, cue.token + 2, end) else { return };
        let leads = (start..cue.token).all(|i| reading.is(i, Classes::CONJ.or(Classes::ADV)) || reading.is_mark(i));
        if leads {
            // The comma after which a clause stands.
            let mut comma = phrase.whole;
            while comma < end && !reading.is_comma(comma) {
                comma += 1;
            }
            let from = comma + 1;
            if from >= end {
                return;
            }
            let to = self.content_end(cue, from, end);
            if reading.is_clause(from, to, true) {
                let phrase = Phrase { whole: comma.max(phrase.whole), ..phrase };
                let phrase = if comma - cue.token < 24 { phrase } else { Phrase { whole: phrase.to, ..phrase } };
                self.push(cue, &[(from, to)], Source::Phrase(phrase), 0.92);
            }
            return;
        }
        let edge = if self.edge(cue.token - 1) { cue.token - 1 } else { cue.token };
        let from = self.clause_start(start, edge);
        let to = self.trim_end(from, edge);
        if to > from
            && edge < cue.token
            && let Some(rest) = self.rest(cue, from, to, phrase.whole, end)
        {
            self.push(cue, &[(from, to), rest], Source::Phrase(phrase), 0.85);
            return;
        }
        if to > from && reading.is_clause(from, to, true) {
            self.push(cue, &[(from, to)], Source::Phrase(phrase), 0.88);
        }
    }

    /// "Krelani's statement that …", "his claim that …".
    fn noun(&mut self, cue: &Cue, start: usize, end: usize) {
        let reading = self.reading;
        let Some(before) = cue.token.checked_sub(1).filter(|&i| i >= start) else { return };
        let phrase = if reading.is_word(before, &["'s", "’s", "'", "’"]) {
            phrases::ending_at(reading, before, start).map(|p| phrases::nearest_person(reading, p))
        } else if reading.is_word(before, &["his", "her", "their", "its"]) {
            Some(Phrase { from: before, to: before + 1, whole: before + 1 })
        } else {
            None
        };
        let from = cue.token + 2;
        let to = self.content_end(cue, from, end);
        if let Some(phrase) = phrase
            && reading.is_clause(from, to, true)
        {
            self.push(cue, &[(from, to)], Source::Phrase(phrase), 0.75);
        }
    }

    /// "called the move a “smash and grab”", "described it as “dead”": an object and words in marks.
    fn object(&mut self, cue: &Cue, start: usize, end: usize) {
        let reading = self.reading;
        let from = cue.token + 1;
        let fragment = (from..end.min(from + 16)).find_map(|i| reading.segment(i));
        let Some(fragment) = fragment.filter(|&s| self.roles[s] == Role::Fragment) else { return };
        let marks = reading.tokens.within(reading.segments[fragment].outer);
        if (from..marks.start).any(|i| reading.is_finite(i) || matches!(reading.str(i), "," | ";" | ":")) {
            return;
        }
        // "what economists call “nearshoring”": a word in use, not said.
        let in_use =
            |s: &Source| matches!(s, Source::Phrase(p) if p.from > start && reading.is_word(p.from - 1, &["what"]));
        if let Some(source) = source_before(reading, self.cues, cue, start).filter(|s| !in_use(s)) {
            self.push(cue, &[(from, marks.end)], source, 0.7);
        }
    }

    /// Adds a statement of `pieces` (ranges of tokens): direct, mixed or indirect by its marks.
    fn push(&mut self, cue: &Cue, pieces: &[(usize, usize)], source: Source, confidence: f32) {
        let reading = self.reading;
        let mut fragments: Vec<Span> = Vec::new();
        let (mut outside, mut spans) = (false, Vec::new());
        for &(from, to) in pieces {
            let mut span = reading.tokens.span(from, to);
            let mut seen = None;
            for i in from..to {
                match reading.segment(i) {
                    Some(s) if seen == Some(s) => {}
                    Some(s) => {
                        seen = Some(s);
                        let inner = Piece::quoted(reading, &reading.segments[s]).span;
                        let new = fragments.last() != Some(&inner) && span.contains(inner);
                        if new && !is_mention(reading, &reading.segments[s]) {
                            fragments.push(inner);
                        }
                    }
                    None => outside |= reading.tokens.all[i].class == Class::Word,
                }
            }
            // A mark left dangling at the end is no part of the words: was "dead" keeps "dead, not its last mark.
            if let Some(&last) = fragments.last()
                && last.end < span.end
                && reading.tokens.at(last.hi()) + 1 >= to.saturating_sub(1)
                && reading.segment(to - 1).is_some()
            {
                span = Span { start: span.start, end: last.end };
            }
            spans.push(span);
        }
        let kind = match (fragments.is_empty(), outside) {
            (true, _) => Kind::Indirect,
            (false, true) => Kind::Mixed,
            (false, false) => Kind::Direct,
        };
        if kind == Kind::Direct {
            spans.clone_from(&fragments);
            fragments.clear();
        }
        self.statements.push(Statement {
            pieces: spans.into_iter().map(|span| Piece { span, kind }).collect(),
            fragments,
            cue: Some(cue.span),
            stance: Some(cue.stance),
            source,
            at: cue.token,
            confidence,
        });
    }
}
