//! Gold: documents with their names marked by hand, as JSONL, and what there is to learn from them.

use std::path::Path;

use serde::Deserialize;

use crate::config::Config;
use crate::entities::{self, Label, Mention};
use crate::language::{Classes, Language};
use crate::model::{self, OUTSIDE, Tag};
use crate::resources::Resources;
use crate::sentences;
use crate::span::Span;
use crate::tokens::Tokens;

/// A document with its names: a line `{"text": "…", "entities": [[start, end, "ORG"], …]}`, offsets in code points.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Gold {
    pub(super) text: String,
    pub(super) entities: Vec<(usize, usize, String)>,
}

/// The documents of a file: JSONL, or sentences with marks where its name ends in `.txt`.
pub(super) fn documents(path: &Path) -> Result<Vec<Gold>, String> {
    let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if path.extension().is_some_and(|end| end == "txt") {
        let unclosed = |line| format!("{}, line {line}: a mark that is not closed or has no label", path.display());
        return marked(&source).map_err(unclosed);
    }
    let lines = source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            let at = |what: String| format!("{}, line {}: {what}", path.display(), n + 1);
            let gold: Gold = serde_json::from_str(line).map_err(|e| at(e.to_string()))?;
            let length = gold.text.chars().count();
            match gold.entities.iter().find(|(start, end, _)| start >= end || *end > length) {
                Some((start, end, label)) => {
                    Err(at(format!("{label} from {start} to {end} lies outside a text of {length} code points")))
                }
                None => Ok(gold),
            }
        })
        .collect()
}

/// Sentences with marks, "[Marta Kovač|PER] left [Sarajevo|LOC].": a line each, joined by a space, or by a newline before one that
/// begins with a tab; a blank line ends a document, and "#" makes a line a comment. The number of a line that cannot be read.
fn marked(source: &str) -> Result<Vec<Gold>, usize> {
    let mut documents = vec![Gold { text: String::new(), entities: Vec::new() }];
    for (n, line) in source.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        if line.trim().is_empty() {
            documents.push(Gold { text: String::new(), entities: Vec::new() });
            continue;
        }
        let Some(document) = documents.last_mut() else { continue };
        if !document.text.is_empty() && !document.text.ends_with('\n') {
            document.text.push(if line.starts_with('\t') { '\n' } else { ' ' });
        }
        let mut rest = line.trim();
        while let Some((before, mark)) = rest.split_once('[') {
            let (mark, after) = mark.split_once(']').ok_or(n + 1)?;
            let (name, label) = mark.rsplit_once('|').ok_or(n + 1)?;
            document.text.push_str(before);
            let start = document.text.chars().count();
            document.text.push_str(name);
            document.entities.push((start, start + name.chars().count(), label.to_owned()));
            rest = after;
        }
        document.text.push_str(rest);
        // What follows a headline or a row stands on a line of its own too.
        if line.starts_with('\t') {
            document.text.push('\n');
        }
    }
    documents.retain(|document| !document.text.is_empty());
    Ok(documents)
}

/// What a label of some corpus is called here; `None` for what is not learned (dates, products).
pub(super) fn label(name: &str) -> Option<Label> {
    Some(match name {
        "PERSON" | "PER" | "person" | "politician" | "Person" => Label::Person,
        "ORG" | "organisation" | "Organization" | "corporation" | "group" | "politicalparty" | "Organisation" => {
            Label::Org
        }
        "LOC" | "GPE" | "FAC" | "location" | "Location" | "Facility" | "country" => Label::Loc,
        "NORP" => Label::Norp,
        "EVENT" | "election" | "event" => Label::Event,
        _ => return None,
    })
}

/// A document of gold as far as rules and lists read it.
pub(super) struct Reading<'g> {
    pub(super) tokens: Tokens<'g>,
    pub(super) sentences: Vec<Span>,
    /// What rules and lists found.
    pub(super) found: Vec<Mention>,
}

impl<'g> Reading<'g> {
    pub(super) fn new(text: &'g str, language: &'static Language) -> Self {
        let sentences = sentences::split(text, language, &Config::default());
        let tokens = Tokens::new(text, &sentences, language);
        let found = entities::rules(&tokens, sentences.len(), &Resources::default());
        Self { tokens, sentences, found }
    }
}

/// A stretch of tokens that may hold names: the evidence of each, and its gold tags.
pub(super) struct Run {
    pub(super) features: Vec<Vec<u32>>,
    pub(super) gold: Vec<Tag>,
}

/// How a set marks its names.
#[derive(Clone, Copy, Default)]
pub(super) struct Habits {
    /// It marks neither peoples nor events, and so says nothing against them.
    pub(super) partial: bool,
    /// It is read once more with some sentences in Title Case and some in capitals.
    pub(super) headlines: bool,
}

/// What there is to learn from documents.
pub(super) fn runs(documents: &[Gold], language: &'static Language, habits: Habits) -> Vec<Run> {
    let mut runs = Vec::new();
    for gold in documents {
        add_runs(gold, language, habits, &mut runs);
    }
    if habits.headlines {
        for gold in documents {
            let sentences = sentences::split(&gold.text, language, &Config::default());
            let copy = Gold { text: as_headlines(gold, &sentences), entities: gold.entities.clone() };
            add_runs(&copy, language, habits, &mut runs);
        }
    }
    runs
}

fn add_runs(gold: &Gold, language: &'static Language, habits: Habits, runs: &mut Vec<Run>) {
    let Reading { tokens, sentences, found } = Reading::new(&gold.text, language);
    let found = model::found(&found);
    let evidence = model::evidence(&tokens, sentences.len(), &found, &Resources::default());
    let mut tags = model::tags(tokens.all.len(), gold_spans(gold, &tokens).into_iter());
    if habits.partial {
        for &(from, to, label) in &found {
            if matches!(label, Label::Norp | Label::Event) && tags[from..to].iter().all(|&t| t == OUTSIDE) {
                model::mark(&mut tags[from..to], label);
            }
        }
    }
    for range in evidence.runs() {
        let features = range.clone().map(|i| {
            let mut features = Vec::new();
            evidence.features(i, &mut features);
            features
        });
        let mut gold: Vec<Tag> = tags[range.clone()].to_vec();
        // A name that starts outside its run starts here.
        if gold[0] != OUTSIDE && gold[0].is_multiple_of(2) {
            gold[0] -= 1;
        }
        runs.push(Run { features: features.collect(), gold });
    }
}

/// The names of a document as tokens.
fn gold_spans(gold: &Gold, tokens: &Tokens<'_>) -> Vec<(usize, usize, Label)> {
    let mut at: Vec<usize> = gold.text.char_indices().map(|(at, _)| at).collect();
    at.push(gold.text.len());
    let mut spans: Vec<(usize, usize, Label)> = gold
        .entities
        .iter()
        .filter_map(|(s, e, l)| {
            let label = label(l)?;
            let (s, e) = (*at.get(*s)?, *at.get(*e)?);
            let from = tokens.all.partition_point(|t| t.span.hi() <= s);
            let to = tokens.all.partition_point(|t| t.span.lo() < e);
            // Titles and articles stay outside a name.
            let mut start = from;
            while start < to {
                let token = &tokens.all[start];
                let title = label == Label::Person
                    && !tokens.language().declines()
                    && (token.is(Classes::TITLE.or(Classes::HONORIFIC))
                        && !token.is(Classes::GIVEN.or(Classes::SURNAME))
                        || tokens.str(start) == "." && start > from);
                if title || tokens.is_word(start, "the") && to - start > 1 {
                    start += 1;
                } else {
                    break;
                }
            }
            (start < to).then_some((start, to, label))
        })
        .collect();
    spans.sort_unstable_by_key(|s| (s.0, std::cmp::Reverse(s.1)));
    let mut edge = 0;
    spans.retain(|s| {
        let keep = s.0 >= edge;
        if keep {
            edge = s.1;
        }
        keep
    });
    spans
}

/// The same document as headlines write it: every sixth sentence in Title Case, every sixth in capitals. Offsets stay,
/// since only letters of ASCII change.
fn as_headlines(gold: &Gold, sentences: &[Span]) -> String {
    let mut text = gold.text.clone().into_bytes();
    for (n, sentence) in sentences.iter().enumerate() {
        let words = &mut text[sentence.range()];
        match n % 6 {
            0 => words.make_ascii_uppercase(),
            3 => {
                for i in 0..words.len() {
                    let small = words[i..].iter().take_while(|b| b.is_ascii_alphabetic()).count() < 4;
                    if !small && (i == 0 || words[i - 1] == b' ') {
                        words[i] = words[i].to_ascii_uppercase();
                    }
                }
            }
            _ => {}
        }
    }
    String::from_utf8(text).expect("ASCII letters only were changed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_names() {
        let documents =
            marked("# heads\n\t[ĆUPRIJA|LOC] WINS\n[Ana Berić|PER] left.\nShe saw [KFOR|ORG].\n\nNobody.\n").unwrap();
        assert_eq!(documents[0].text, "ĆUPRIJA WINS\nAna Berić left. She saw KFOR.");
        let at = |start, end, label: &str| (start, end, label.to_owned());
        assert_eq!(documents[0].entities, [at(0, 7, "LOC"), at(13, 22, "PER"), at(37, 41, "ORG")]);
        assert_eq!(documents[1].text, "Nobody.");
        assert_eq!(marked("One [Ana|PER].\nTwo [Ana|PER.").unwrap_err(), 2);
        assert_eq!(marked("One [Ana].").unwrap_err(), 1);
    }
}
