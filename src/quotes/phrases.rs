//! Noun phrases that speak: the one before or after a verb of saying, with its apposition.
//!
//! A phrase is found by its edges: commas, verbs, conjunctions and subordinators end it; an article or a pronoun begins it;
//! an apposition between commas belongs to it.

use super::reading::Reading;
use crate::entities::Label;
use crate::language::Classes;
use crate::span::Span;
use crate::tokens::{Case, Class};

/// The longest noun phrase, in tokens.
const LONGEST: usize = 28;

/// Appositions of one mention.
const APPOSITIONS: usize = 4;

/// Asides with commas of their own between a subject and its verb.
const ASIDES: usize = 3;

/// Tokens of the longest relative clause between a subject and its verb.
const RELATIVE: usize = 16;

/// A noun phrase that speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First token.
    pub(super) from: usize,
    /// One past the last token of the phrase itself, without its apposition.
    pub(super) to: usize,
    /// One past the last token with its apposition.
    pub(super) whole: usize,
}

impl Phrase {
    pub(super) fn span(self, reading: &Reading<'_>) -> Span {
        reading.tokens.span(self.from, self.whole)
    }
}

/// The subject that stands before the verb at `verb`, not before token `start`.
pub(super) fn before(reading: &Reading<'_>, verb: usize, start: usize) -> Option<Phrase> {
    let tokens = reading.tokens;
    let mut last = verb.checked_sub(1).filter(|&i| i >= start)?;
    // "has also repeatedly said"
    while last > start
        && (reading.is_adverb(last)
            || reading.is_word(last, &["has", "have", "had", "is", "are", "was"])
            || tokens.all[last].class == Class::Clitic && !reading.is_word(last, &["'s", "’s"]))
    {
        last -= 1;
    }
    // "one of them said"
    if last >= start + 2
        && reading.is_word(last, &["them"])
        && reading.is_word(last - 1, &["of"])
        && reading.is(last - 2, Classes::NUM.or(Classes::DET))
    {
        return Some(Phrase { from: last - 2, to: last + 1, whole: last + 1 });
    }
    if reading.is(last, Classes::REL) && last > start {
        let end = if reading.is_comma(last - 1) { last - 1 } else { last };
        let antecedent = (end > start).then(|| ending_at(reading, end, start)).flatten()?;
        return Some(if reading.is_word(last, &["who"]) { nearest_person(reading, antecedent) } else { antecedent });
    }
    if reading.is_word(last, &["and", "but"]) {
        return subject_of(reading, start, last);
    }
    if reading.is_comma(last) && last > start {
        // ", the defence secretary," or ", who …," or ", however,": back to the comma that opens it.
        let mut open = last - 1;
        while open > start && !reading.is_comma(open) {
            open -= 1;
        }
        if !reading.is_comma(open) || open == start {
            return None;
        }
        let mut phrase = ending_at(reading, open, start)?;
        // ", in an interview in Skopje, North Macedonia,": an aside of its own may have commas.
        for _ in 0..ASIDES {
            let Some(comma) = phrase.from.checked_sub(2).filter(|&c| c > start && reading.is_comma(c)) else { break };
            if !reading.is(comma + 1, Classes::PREP) {
                break;
            }
            open = comma;
            phrase = ending_at(reading, open, start)?;
        }
        // A title or description belongs to the mention; an adverb or a relative clause does not.
        let aside = (open + 1..last).all(|i| reading.is(i, Classes::ADV.or(Classes::TIME)))
            || reading.is(open + 1, Classes::PREP);
        return Some(if aside { phrase } else { Phrase { whole: last, ..phrase } });
    }
    let phrase = ending_at(reading, last + 1, start)?;
    // "a diplomat who spoke to the agency said": the subject stands before its relative clause.
    let reach = start.max(phrase.from.saturating_sub(RELATIVE));
    let relative = (reach..phrase.from)
        .rev()
        .take_while(|&i| !reading.is_mark(i) && reading.segment(i).is_none())
        .find(|&i| reading.is_word(i, &["who"]));
    if let Some(who) = relative.filter(|&who| who > start && (who..phrase.from).any(|i| reading.may_be_finite(i))) {
        return ending_at(reading, who, start);
    }
    // "a letter obtained by the Associated Press warns": so it does before a participle.
    let by = phrase.from.checked_sub(2).filter(|&i| i > start && reading.is_word(i + 1, &["by"]));
    if let Some(participle) = by.filter(|&i| reading.str(i).ends_with("ed") || reading.is_word(i, &["seen", "written"]))
    {
        return ending_at(reading, participle, start).or(Some(phrase));
    }
    Some(phrase)
}

/// The subject of the last finite verb of `from..to`, outside marks: whom a participle behind it goes with.
pub(super) fn nearest_subject(reading: &Reading<'_>, from: usize, to: usize) -> Option<Phrase> {
    let speaks = |i: usize| {
        let named = matches!(reading.label(i), Some(Label::Person | Label::Org));
        named || reading.is(i, Classes::SPEAKER) || reading.is_word(i, &["he", "she", "they", "it", "who"])
    };
    (from + 1..to)
        .rev()
        .filter(|&i| reading.segment(i).is_none() && reading.is_finite(i))
        .filter_map(|verb| before(reading, verb, from))
        .find(|phrase| (phrase.from..phrase.to).any(speaks))
}

/// The last person of a phrase, with title, after its last preposition: "talks with Prime Minister Trpevski, who" goes on
/// about Trpevski.
pub(super) fn nearest_person(reading: &Reading<'_>, phrase: Phrase) -> Phrase {
    let person = |i: usize| reading.label(i) == Some(Label::Person);
    let preposition =
        (phrase.from..phrase.to).rev().find(|&i| reading.is(i, Classes::PREP) && reading.entity(i).is_none());
    match preposition.map(|p| p + 1).filter(|&from| (from..phrase.to).any(person)) {
        Some(from) => Phrase { from, ..phrase },
        None => phrase,
    }
}

/// The noun phrase that ends right before token `end`, not before token `start`.
pub(super) fn ending_at(reading: &Reading<'_>, end: usize, start: usize) -> Option<Phrase> {
    let tokens = reading.tokens;
    let mut end = end;
    // "Johnson told reporters on Monday" has none of it, but "Johnson on Monday said" does.
    while end > start && (reading.is_date(end - 1) || reading.is_word(end - 1, &["on", "earlier", "later", "late"])) {
        end -= 1;
    }
    let mut from = end;
    while from > start && end - from < LONGEST {
        let i = from - 1;
        let token = &tokens.all[i];
        if reading.segment(i).is_some() && reading.entity(i).is_none() && end - from < 1 {
            break;
        }
        match token.class {
            Class::Mark => {
                let inside = matches!(reading.str(i), "-" | "." | "&" | "'" | "’" | "/")
                    && (tokens.is_glued(i) || reading.str(i) == "&");
                // "Jane Doe (D-Ohio) said"
                if reading.str(i) == ")" {
                    let Some(open) = (start..i).rev().take(8).find(|&k| reading.str(k) == "(") else { break };
                    from = open;
                    continue;
                }
                if !inside {
                    break;
                }
            }
            Class::Clitic if !reading.is_word(i, &["'s", "’s"]) => break,
            Class::Clitic | Class::Number => {}
            Class::Word => {
                if reading.entity(i).is_some() && !reading.is_date(i) {
                    from = i;
                    continue;
                }
                let in_phrase = reading.is(i, Classes::PREP)
                    && from < end
                    && i > start
                    && (reading.is_word(i, &["of", "for", "in", "at", "from", "with", "to", "on"])
                        || reading.is_word(i, &["by"]) && reading.is(i - 1, Classes::OCCASION.or(Classes::CUE_NOUN)))
                    && reading.ends_noun_phrase(i - 1)
                    && !reading.is_date(from);
                let and = reading.is_word(i, &["and"])
                    && from < end
                    && i > start
                    && reading.ends_noun_phrase(i - 1)
                    && token.case == Case::Lower
                    && !reading.is_finite(i - 1)
                    && (reading.entity(from).is_some()
                        || tokens.all[from].case == Case::Lower && !reading.is(from, Classes::CLOSED));
                if reading.is(i, Classes::SUBJ) && !reading.is(i, Classes::DET) || reading.is_word(i, &["who"]) {
                    if from == end {
                        from = i;
                    }
                    break;
                }
                if in_phrase || and {
                    from = i;
                    continue;
                }
                let det = reading.is(i, Classes::DET);
                // "said that Strugov had told her": no article of Strugov's.
                if det && from < end && reading.is_word(i, &["that"]) && tokens.all[from].is_capitalised() {
                    break;
                }
                if det {
                    from = i;
                    // "the spokesman for the ministry": the article may stand inside.
                    let goes_on = i > start
                        && reading.is_word(i - 1, &["of", "for", "in", "at", "from", "with", "to", "by"])
                        && i > start + 1
                        && reading.ends_noun_phrase(i - 2);
                    if goes_on {
                        continue;
                    }
                    break;
                }
                let stops = token.is(Classes::CLOSED) && !token.is(Classes::NUM)
                    || reading.is_finite(i) && !token.is(Classes::TITLE.or(Classes::SPEAKER));
                if stops {
                    break;
                }
            }
        }
        from = i;
    }
    // No mark or clitic at the edge.
    while from < end
        && (tokens.all[from].class != Class::Word && tokens.all[from].class != Class::Number
            || reading.is(from, Classes::CONJ))
    {
        from += 1;
    }
    let says = (from..end).any(|i| tokens.all[i].class == Class::Word);
    (from < end && says).then_some(Phrase { from, to: end, whole: end })
}

/// The subject that stands after the verb at `verb` ("said Krelani, who …"), not past token `end`. `quoted`: the words
/// stood before the verb, so that any noun phrase may be who said them.
pub(super) fn after(reading: &Reading<'_>, verb: usize, end: usize, quoted: bool) -> Option<Phrase> {
    let phrase = starting_at(reading, verb + 1, end)?;
    let named = (phrase.from..phrase.whole).any(|i| reading.entity(i).is_some() && !reading.is_date(i));
    let spoken = (phrase.from..phrase.to).any(|i| reading.is(i, Classes::SPEAKER.or(Classes::TITLE)));
    let pronoun = phrase.to == phrase.from + 1 && reading.is_word(phrase.from, &["he", "she", "they", "it"]);
    let capital = reading.tokens.all[phrase.from].is_capitalised() && !reading.is(phrase.from, Classes::CLOSED);
    let somebody = quoted
        && reading.is(phrase.from, Classes::DET.or(Classes::NUM))
        && !(phrase.from..phrase.to).any(|i| reading.is_date(i) || reading.is(i, Classes::TIME));
    (named || spoken || pronoun || capital || somebody).then_some(phrase)
}

/// The noun phrase that starts at token `from`, with the apposition that follows it.
pub(super) fn starting_at(reading: &Reading<'_>, from: usize, end: usize) -> Option<Phrase> {
    let tokens = reading.tokens;
    if from >= end {
        return None;
    }
    if reading.is_word(from, &["he", "she", "they", "it", "we", "i", "him", "her", "them"]) {
        return Some(Phrase { from, to: from + 1, whole: from + 1 });
    }
    let mut to = from;
    while to < end && to - from < LONGEST {
        if reading.entity(to).is_some() && !reading.is_date(to) {
            to += 1;
            continue;
        }
        let token = &tokens.all[to];
        let goes_on = match token.class {
            Class::Mark => {
                matches!(reading.str(to), "-" | "." | "&" | "'" | "’")
                    && tokens.is_glued(to)
                    && to + 1 < end
                    && tokens.all[to + 1].class == Class::Word
                    && reading.segment(to).is_none()
            }
            Class::Clitic => reading.is_word(to, &["'s", "’s"]),
            Class::Number => !reading.is_date(to),
            Class::Word => {
                if reading.is_date(to) {
                    false
                } else if reading.is(to, Classes::DET) {
                    to == from || reading.is(to - 1, Classes::PREP)
                } else if reading.is(to, Classes::PREP) {
                    to > from
                        && reading.is_word(to, &["of", "for", "at", "from", "by"])
                        && to + 1 < end
                        && !reading.is_date(to + 1)
                        && (!reading.is_word(to, &["by"])
                            || reading.is(to - 1, Classes::OCCASION.or(Classes::CUE_NOUN)))
                } else if reading.is_word(to, &["and"]) {
                    to > from
                        && to + 1 < end
                        && (reading.entity(to + 1).is_some() || reading.is(to + 1, Classes::SPEAKER))
                        && !reading.is(to + 1, Classes::CUE)
                } else {
                    // "a tweet by", "the report of": a noun that is a verb too.
                    let counts = token.is(Classes::NUM)
                        && (to == from && !reading.is_word(to + 1, &["of"])
                            || to > from && reading.is(to - 1, Classes::DET));
                    let noun = to > from && (reading.is(to - 1, Classes::DET) || token.is(Classes::CUE_NOUN));
                    let verb = token.is(Classes::CUE) && token.case == Case::Lower && !noun || reading.is_finite(to);
                    counts || !verb && !token.is(Classes::CLOSED)
                }
            }
        };
        if !goes_on {
            break;
        }
        to += 1;
    }
    let whole = apposition_end(reading, from, to, end).unwrap_or(to);
    (to > from).then_some(Phrase { from, to, whole })
}

/// One past what belongs to a mention behind its name: "(D-Ohio)", ", 39", ", the Defence Secretary", ", who was there".
fn apposition_end(reading: &Reading<'_>, from: usize, to: usize, end: usize) -> Option<usize> {
    let person = (from..to).any(|i| reading.label(i) == Some(Label::Person));
    let mut past = to;
    for _ in 0..APPOSITIONS {
        match one_apposition(reading, past, end, person) {
            Some(next) => past = next,
            None => break,
        }
    }
    (past > to).then_some(past)
}

/// One past the bracket or apposition that begins at token `at`.
fn one_apposition(reading: &Reading<'_>, at: usize, end: usize, person: bool) -> Option<usize> {
    if at >= end {
        return None;
    }
    if reading.str(at) == "(" {
        return (at + 1..end.min(at + 8)).find(|&i| reading.str(i) == ")").map(|close| close + 1);
    }
    let from = at + 1;
    if !reading.is_comma(at) || from >= end {
        return None;
    }
    let stops = |i: usize| match reading.str(i) {
        "." => !(reading.tokens.is_glued(i) && reading.is(i - 1, Classes::HONORIFIC)),
        mark => matches!(mark, "," | ";" | ":" | "!" | "?") || reading.is_dash(i) || reading.segment(i).is_some(),
    };
    let stop = (from..end).find(|&i| stops(i)).unwrap_or(end);
    // "Ana Ristova, 39, a waitress"
    if person && stop == from + 1 && reading.tokens.all[from].class == Class::Number && stop < end {
        return Some(stop);
    }
    // "of Raleigh, N.C."
    let place = reading.label(from) == Some(Label::Loc);
    if place && reading.tokens.within(reading.entities[reading.entity(from)?].span).end == stop {
        return Some(stop);
    }
    let relative = |i: usize| reading.is_word(i, &["who", "whose"]);
    if person && relative(from) {
        return (stop > from + 1).then_some(stop);
    }
    let opens = reading.is(from, Classes::DET.or(Classes::TITLE).or(Classes::SPEAKER))
        || reading.is_word(from, &["former"])
        || reading.entity(from).is_some() && !reading.is_date(from);
    let clause = (from..stop).find(|&i| relative(i)).unwrap_or(stop);
    if !opens || (from..clause).any(|i| reading.is_finite(i) || reading.is(i, Classes::REL)) {
        return None;
    }
    let office =
        |i: usize| reading.label(i) == Some(Label::Person) || reading.is(i, Classes::TITLE.or(Classes::SPEAKER));
    // "said Stoltenberg, a day after the talks": no description of him.
    let time = (from..clause).any(|i| reading.is(i, Classes::TIME) || reading.is_date(i));
    let described = (from..clause).any(office) || person && reading.is(from, Classes::DET) && !time;
    (described && stop > from).then_some(stop)
}

/// A noun phrase that begins with a body or an office and ends in a person is the person's: "CNN anchor Ana Ristova". Its end,
/// and a token of the name.
fn named_after(reading: &Reading<'_>, from: usize, past: usize, end: usize) -> (usize, usize) {
    let Some(phrase) = starting_at(reading, from, end) else { return (past, from) };
    let person = |&i: &usize| reading.label(i) == Some(Label::Person);
    match (past..phrase.to).find(person) {
        Some(name) if phrase.to > past => (phrase.to, name),
        _ => (past, from),
    }
}

/// The first thing named in `from..to` that can speak, before the first verb: the subject of a sentence.
pub(super) fn subject_of(reading: &Reading<'_>, from: usize, to: usize) -> Option<Phrase> {
    let mut i = from;
    while i < to {
        if reading.segment(i).is_some() {
            i += 1;
            continue;
        }
        if reading.is_word(i, &["he", "she", "they"]) {
            return Some(Phrase { from: i, to: i + 1, whole: i + 1 });
        }
        if let Some(e) = reading.entity(i) {
            let entity = &reading.entities[e];
            let past = reading.tokens.within(entity.span).end;
            let possessive = reading.tokens.all.get(past).is_some_and(|t| t.class == Class::Clitic);
            let object = i > from && reading.is(i - 1, Classes::PREP) && reading.is_comma(past);
            if matches!(entity.label, Label::Person | Label::Org) && !possessive && !object {
                let first =
                    entity.role.filter(|r| r.end <= entity.span.start).map_or(i, |r| reading.tokens.at(r.lo()).min(i));
                let (past, i) = named_after(reading, i, past, to);
                let whole = apposition_end(reading, i, past, to).unwrap_or(past);
                return Some(Phrase { from: first.max(from), to: past, whole });
            }
            i = past.max(i + 1);
            continue;
        }
        if reading.is(i, Classes::SPEAKER)
            && reading.tokens.all[i].case == Case::Lower
            && i > from
            && !reading.is(i - 1, Classes::PREP)
        {
            let phrase = ending_at(reading, i + 1, from);
            let object = |p: &Phrase| p.from > from && reading.is(p.from - 1, Classes::PREP);
            if let Some(phrase) = phrase.filter(|p| !object(p)) {
                let (past, _) = named_after(reading, phrase.from, phrase.to, to);
                let whole = apposition_end(reading, phrase.from, past, to).unwrap_or(past);
                return Some(Phrase { to: past, whole, ..phrase });
            }
        }
        i += 1;
    }
    None
}
