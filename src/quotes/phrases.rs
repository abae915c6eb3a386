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
        let phrase = ending_at(reading, open, start)?;
        // A title or description belongs to the mention; an adverb or a relative clause does not.
        let aside = (open + 1..last).all(|i| reading.is(i, Classes::ADV.or(Classes::TIME)))
            || reading.is(open + 1, Classes::PREP.or(Classes::REL));
        return Some(if aside { phrase } else { Phrase { whole: last, ..phrase } });
    }
    ending_at(reading, last + 1, start)
}

/// The last person of a phrase, with title, after its last preposition: "talks with Prime Minister Trpevski, who" goes on
/// about Trpevski.
pub(super) fn nearest_person(reading: &Reading<'_>, phrase: Phrase) -> Phrase {
    let person = |i: usize| reading.entity(i).is_some_and(|e| reading.entities[e].label == Label::Person);
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

/// The subject that stands after the verb at `verb` ("said Krelani, who …"), not past token `end`.
pub(super) fn after(reading: &Reading<'_>, verb: usize, end: usize) -> Option<Phrase> {
    let phrase = starting_at(reading, verb + 1, end)?;
    let named = (phrase.from..phrase.whole).any(|i| reading.entity(i).is_some() && !reading.is_date(i));
    let spoken = (phrase.from..phrase.to).any(|i| reading.is(i, Classes::SPEAKER.or(Classes::TITLE)));
    let pronoun = phrase.to == phrase.from + 1 && reading.is_word(phrase.from, &["he", "she", "they", "it"]);
    let capital = reading.tokens.all[phrase.from].is_capitalised() && !reading.is(phrase.from, Classes::CLOSED);
    (named || spoken || pronoun || capital).then_some(phrase)
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
                    let noun = to > from && (reading.is(to - 1, Classes::DET) || token.is(Classes::CUE_NOUN));
                    let verb = token.is(Classes::CUE) && token.case == Case::Lower && !noun || reading.is_finite(to);
                    !verb && !token.is(Classes::CLOSED)
                }
            }
        };
        if !goes_on {
            break;
        }
        to += 1;
    }
    let whole = apposition_end(reading, to, end).unwrap_or(to);
    (to > from).then_some(Phrase { from, to, whole })
}

/// One past ", the Defence Secretary" after a phrase that ends at `to`: no verb in it, and a comma or stop behind.
fn apposition_end(reading: &Reading<'_>, to: usize, end: usize) -> Option<usize> {
    if !reading.is_comma(to) || to + 1 >= end {
        return None;
    }
    let from = to + 1;
    let opens = reading.is(from, Classes::DET)
        || reading.is(from, Classes::TITLE)
        || reading.is_word(from, &["former"])
        || (reading.entity(from).is_some() && !reading.is_date(from));
    let mut i = from;
    let mut office = false;
    let stop = |i: usize| match reading.str(i) {
        "." => !(reading.tokens.is_glued(i) && reading.is(i - 1, Classes::HONORIFIC)),
        mark => matches!(mark, "," | ";" | ":" | "!" | "?"),
    };
    while i < end && !stop(i) {
        if reading.is_finite(i) || reading.is(i, Classes::REL) || reading.segment(i).is_some() {
            return None;
        }
        let person = reading.entity(i).is_some_and(|e| reading.entities[e].label == Label::Person);
        office |= person || reading.is(i, Classes::TITLE.or(Classes::SPEAKER));
        i += 1;
    }
    (opens && office && i > from).then_some(i)
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
                let whole = apposition_end(reading, past, to).unwrap_or(past);
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
            return ending_at(reading, i + 1, from);
        }
        i += 1;
    }
    None
}
