//! Turns of a transcript: paragraphs that open with a label ("MS. DRAGOMIRESCU: …", "Q  …").
//!
//! A document has turns when its labels say so: two in capitals that look like people, or one that comes back after another.
//! A colon in prose is no label. A turn runs to the next label, each of its paragraphs a piece; where labels are in small
//! letters, a paragraph that opens with a quotation mark is the narrator's and ends it.

use std::collections::{HashMap, HashSet};

use crate::language::{Classes, Language};
use crate::span::Span;

/// One turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// The label, without its colon.
    pub(super) label: Span,
    /// The colon, if there is one.
    pub(super) colon: Option<Span>,
    /// The words, a span for each paragraph, without stage directions at either end.
    pub(super) pieces: Vec<Span>,
}

/// Words of the longest label.
const LONGEST_LABEL: usize = 9;

/// The turns of a document; empty when it is no transcript.
pub(super) fn find(text: &str, paragraphs: &[Span], language: &Language) -> Vec<Turn> {
    let none = |label: &Label| language.labels.get(label.span.of(text).to_lowercase().as_str()) == Some(&None);
    let labels: Vec<Option<Label>> = paragraphs.iter().map(|&p| label(text, p).filter(|l| !none(l))).collect();
    if !is_transcript(text, language, labels.iter().flatten()) {
        return Vec::new();
    }
    let shouted = labels.iter().flatten().filter(|l| l.shouted).count() >= 2;
    let mut turns: Vec<Turn> = Vec::new();
    let mut narrated = true;
    for (paragraph, label) in paragraphs.iter().zip(labels) {
        let words = match label.filter(|l| l.shouted || !shouted || l.is_question) {
            Some(label) => {
                narrated = false;
                turns.push(Turn { label: label.span, colon: label.colon, pieces: Vec::new() });
                Span::new(label.end, paragraph.hi())
            }
            None => *paragraph,
        };
        narrated |= !shouted && paragraph.of(text).starts_with(['"', '“', '„', '«', '»', '‘']);
        if let Some(turn) = turns.last_mut().filter(|_| !narrated) {
            let words = without_directions(text, words.trim(text));
            if !words.is_empty() {
                turn.pieces.push(words);
            }
        }
    }
    turns.retain(|t| !t.pieces.is_empty());
    turns
}

/// Whether a span lies in one of the turns, which stand in order.
pub(super) fn cover(turns: &[Turn], span: Span) -> bool {
    let after = turns.partition_point(|t| t.label.start <= span.start);
    let turn = after.checked_sub(1).map(|n| &turns[n]);
    turn.and_then(|t| t.pieces.last()).is_some_and(|last| span.start < last.end)
}

struct Label {
    span: Span,
    colon: Option<Span>,
    /// Where the words begin.
    end: usize,
    /// In capitals.
    shouted: bool,
    is_question: bool,
}

/// The label that a paragraph opens with.
fn label(text: &str, paragraph: Span) -> Option<Label> {
    let words = paragraph.of(text);
    // "((Ana Ristova)) Good morning."
    if let Some(rest) = words.strip_prefix("((")
        && let Some(end) = rest.find("))").filter(|&end| end > 0 && !rest[..end].contains('\n'))
    {
        let at = paragraph.lo() + 2;
        return Some(Label {
            span: Span::new(at, at + end),
            colon: None,
            end: at + end + 2,
            shouted: true,
            is_question: false,
        });
    }
    // "Q  " and "A  ": a letter and white space of two or more, or "Q:".
    for letter in ["Q", "A"] {
        if let Some(rest) = words.strip_prefix(letter)
            && (rest.starts_with("  ")
                || rest.starts_with("\u{a0}")
                || rest.starts_with('\t')
                || rest.starts_with(": "))
        {
            let at = paragraph.lo() + 1;
            let colon = rest.starts_with(':').then(|| Span::new(at, at + 1));
            return Some(Label {
                span: Span::new(paragraph.lo(), at),
                colon,
                end: at + usize::from(colon.is_some()),
                shouted: true,
                is_question: true,
            });
        }
    }
    let mut limit = words.len().min(120);
    while !words.is_char_boundary(limit) {
        limit -= 1;
    }
    let colon = words[..limit].find(':')?;
    let label = &words[..colon];
    let after = words[colon + 1..].chars().next();
    if label.is_empty() || !after.is_none_or(char::is_whitespace) || label.trim() != label {
        return None;
    }
    let mut count = 0;
    let (mut upper, mut lower) = (0, 0);
    for word in label.split_whitespace() {
        count += 1;
        let name = word.trim_start_matches(['(', '[']);
        let small = matches!(word, "of" | "the" | "and" | "for" | "de" | "van" | "von");
        if !small && !name.starts_with(|c: char| c.is_uppercase()) {
            return None;
        }
        if word.contains(['"', '“', '”', '„', '!', '?', ';']) {
            return None;
        }
        upper += word.chars().filter(|c| c.is_uppercase()).count();
        lower += if small { 0 } else { word.chars().filter(|c| c.is_lowercase()).count() };
    }
    if count > LONGEST_LABEL {
        return None;
    }
    let at = paragraph.lo() + colon;
    Some(Label {
        span: Span::new(paragraph.lo(), at),
        colon: Some(Span::new(at, at + 1)),
        end: at + 1,
        // "McCAIN" and "Mc" apart: capitals prevail.
        shouted: upper >= 2 && lower <= 1 + upper / 6,
        is_question: false,
    })
}

/// Two labels in capitals that look like people, or a label of any kind that comes back after another.
fn is_transcript<'a>(text: &str, language: &Language, labels: impl Iterator<Item = &'a Label>) -> bool {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut people = HashSet::new();
    let mut returns = false;
    for (n, label) in labels.enumerate() {
        let words = label.span.of(text);
        // Its last place in the row of labels: another stood between when that is not the one before.
        returns |= seen.insert(words, n).is_some_and(|last| last + 1 < n);
        if label.is_question || label.shouted && is_person(words, language) {
            people.insert(words);
        }
    }
    returns || people.len() >= 2
}

/// A word of the label is a title, a name that the lists know, or its first stands for a person ("MS. HOLBROOK").
fn is_person(label: &str, language: &Language) -> bool {
    let lower = label.to_lowercase();
    language.labels.contains_key(lower.as_str())
        || lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).any(|word| {
            language.titles.contains_key(word)
                || language.name_classes(language.name_key(word)).any(Classes::GIVEN.or(Classes::SURNAME))
        })
}

/// The words without "(Laughter.)" or "[Applause]" at either end.
fn without_directions(text: &str, span: Span) -> Span {
    let mut span = span;
    loop {
        let words = span.of(text);
        let before = span;
        for (open, close) in [('(', ')'), ('[', ']')] {
            if words.starts_with(open)
                && let Some(end) = words.find(close)
                && is_direction(&words[1..end])
            {
                span = Span::new(span.lo() + end + 1, span.hi()).trim(text);
                break;
            }
            if words.ends_with(close)
                && let Some(start) = words.rfind(open)
                && is_direction(&words[start + 1..words.len() - 1])
            {
                span = Span::new(span.lo(), span.lo() + start).trim(text);
                break;
            }
        }
        if span == before || span.is_empty() {
            return span;
        }
    }
}

/// Up to eight words in brackets that begin with a capital and end the bracket: what is done, not said.
fn is_direction(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    words.split_whitespace().count() <= 8
        && [
            "laughter",
            "applause",
            "inaudible",
            "crosstalk",
            "laughs",
            "pause",
            "off",
            "speaks",
            "speaking",
            "in",
            "via",
            "through",
            "cheers",
            "as",
            "video",
            "a",
            "the",
            "booing",
            "music",
            "silence",
            "no",
            "continues",
            "continuing",
        ]
        .contains(&first.as_str())
        && words.starts_with(|c: char| c.is_alphabetic())
        && !words.contains('\n')
        && (words.starts_with(char::is_uppercase)
            || matches!(first.as_str(), "laughter" | "applause" | "inaudible" | "crosstalk" | "laughs"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lang;

    fn turns(text: &str) -> Vec<(&str, Vec<&str>)> {
        let paragraphs = crate::sentences::paragraphs(text, &crate::config::Config::default());
        find(text, &paragraphs, Language::of(Lang::En))
            .iter()
            .map(|t| (t.label.of(text), t.pieces.iter().map(|p| p.of(text)).collect()))
            .collect()
    }

    #[test]
    fn labels_questions_and_directions() {
        let text = "Press briefing\n\nMS. DRAGOMIRESCU: Good morning. (Laughter.)\n\nA second paragraph.\n\nQ  Will it rain?\n\nMS. DRAGOMIRESCU: Yes.";
        assert_eq!(
            turns(text),
            [
                ("MS. DRAGOMIRESCU", vec!["Good morning.", "A second paragraph."]),
                ("Q", vec!["Will it rain?"]),
                ("MS. DRAGOMIRESCU", vec!["Yes."])
            ]
        );
    }

    #[test]
    fn a_colon_in_prose_is_no_turn() {
        assert!(
            turns("The choice is plain: stay or go.\n\nNATO: a history of doubt.\n\nOne thing is sure: it will cost.")
                .is_empty()
        );
    }

    #[test]
    fn a_label_in_title_case_that_comes_back() {
        let text = "Moderator: Welcome.\n\nDefence Minister Bogdanić: Thank you.\n\nModerator: The floor is yours.";
        assert_eq!(turns(text).len(), 3);
    }
}
