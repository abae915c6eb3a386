//! Runs the cases of `tests/cases` through the core; `tests/test_cases.py` runs the same through Python.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use onrecord::config::Config;
use onrecord::quotes::{SpeakerType, Stance};
use onrecord::story::Story;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    lang: Option<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
    todo: Option<String>,
    language: Option<String>,
    sentences: Option<Vec<String>>,
    entities: Option<Vec<(String, String)>>,
    #[serde(default)]
    names: Vec<(String, String)>,
    quotes: Option<Vec<Row>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    kind: Option<String>,
    cue: Option<String>,
    stance: Option<String>,
    speaker: Option<String>,
    name: Option<String>,
    #[serde(rename = "type")]
    speaker_type: Option<String>,
    statement: Option<u32>,
}

/// What is wrong with the reading of a case, if anything.
fn fault(case: &Case) -> Option<String> {
    let lang = case.lang.as_deref().map(|code| code.parse().expect("a known language"));
    let config = Config { abbreviations: case.abbreviations.clone(), ..Config::default() };
    let story = Story::read(&case.text, lang, &config).expect("a text that can be read");
    let text = story.text;
    if case.language.as_deref().is_some_and(|want| want != story.lang.as_str()) {
        return Some(format!("language {:?}", story.lang));
    }
    if let Some(want) = &case.sentences {
        let got: Vec<&str> = story.sentences.iter().map(|s| s.of(text)).collect();
        if *want != got {
            return Some(format!("sentences {got:#?}"));
        }
    }
    if let Some(want) = &case.entities {
        let got: Vec<_> = story.entities.iter().map(|e| (e.span.of(text), e.label.as_str())).collect();
        if !want.iter().map(|(t, l)| (t.as_str(), l.as_str())).eq(got.iter().copied()) {
            return Some(format!("entities {got:?}"));
        }
    }
    for (mention, name) in &case.names {
        let got: Vec<_> = story.entities.iter().filter(|e| e.span.of(text) == mention).map(|e| &e.name).collect();
        if got.is_empty() || got.iter().any(|n| *n != name) {
            return Some(format!("{mention} is {got:?}"));
        }
    }
    if let Some(want) = &case.quotes {
        let got = || story.quotes.iter().map(|q| (q.span.of(text), q.kind.as_str(), q.speaker_name.as_deref()));
        if want.len() != story.quotes.len() {
            return Some(format!("quotes {:#?}", got().collect::<Vec<_>>()));
        }
        let mut statements = HashMap::new();
        for (row, quote) in want.iter().zip(&story.quotes) {
            let check =
                |want: &Option<String>, got: Option<&str>| want.as_deref().is_none_or(|w| w == got.unwrap_or(""));
            let fits = row.text == quote.span.of(text)
                && check(&row.kind, Some(quote.kind.as_str()))
                && check(&row.cue, quote.cue.map(|s| s.of(text)))
                && check(&row.stance, quote.stance.map(Stance::as_str))
                && check(&row.speaker, quote.speaker.map(|s| s.of(text)))
                && check(&row.name, quote.speaker_name.as_deref())
                && check(&row.speaker_type, quote.speaker_type.map(SpeakerType::as_str))
                && row.statement.is_none_or(|n| *statements.entry(n).or_insert(quote.statement) == quote.statement);
            if !fits {
                return Some(format!("{row:?} is {quote:?} of {:#?}", got().collect::<Vec<_>>()));
            }
        }
        let mut numbers: Vec<u32> = statements.into_values().collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|w| w[0] == w[1]) {
            return Some("two statements of the case are one".to_owned());
        }
    }
    None
}

fn run(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).expect("the folder").map(|f| f.expect("a file").path()).collect();
    files.sort();
    let (mut count, mut faults) = (0, Vec::new());
    for path in files {
        let source = fs::read_to_string(&path).expect("a text file");
        let file: File = toml::from_str(&source).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for case in &file.case {
            count += 1;
            let place = format!("{}: {}", path.file_name().unwrap_or_default().to_string_lossy(), case.name);
            match (fault(case), &case.todo) {
                (Some(fault), None) => faults.push(format!("{place}: {fault}")),
                (None, Some(todo)) => faults.push(format!("{place}: passes; take out todo = {todo:?}")),
                _ => {}
            }
        }
    }
    assert!(count > 0, "no case in {}", folder.display());
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn languages() {
    run("languages");
}

#[test]
fn sentences() {
    run("sentences");
}

#[test]
fn entities() {
    run("entities");
}

#[test]
fn quotes() {
    run("quotes");
}
