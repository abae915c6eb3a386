//! Learns weights from gold over the evidence that reading uses.
//!
//! A [`Recipe`] names the sets of a built-in model: [`run`] reads them, learns, and measures on the dev sets.
//! [`go_on`] learns from a user's own gold, on top of a built-in model. `gold` says what there is to learn, `learner` how, `report`
//! how right it is. The same recipe and data give the same file: the order of an epoch comes from a fixed seed.

mod gold;
mod learner;
mod marginals;
mod report;

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result as ReadResult};
use crate::language::{Lang, Language};
use crate::model::{Card, Model};

use gold::Habits;
use learner::{Learner, Lesson};
use report::Report;

/// How a model is learned.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Code of the language.
    language: String,
    /// Terms of the model.
    licence: String,
    /// How to learn.
    lesson: Lesson,
    /// Buckets of the table, each with room for eight pieces of evidence in 104 bytes.
    buckets: usize,
    set: Vec<Source>,
    #[serde(default)]
    dev: Vec<Dev>,
    /// Where the recipe lies.
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    path: PathBuf,
    from: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default = "once")]
    times: usize,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    headlines: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dev {
    path: PathBuf,
}

fn once() -> usize {
    1
}

impl Recipe {
    /// Reads a recipe from TOML.
    ///
    /// # Errors
    /// A message when it cannot be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut recipe: Self = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        path.parent().unwrap_or(Path::new("")).clone_into(&mut recipe.folder);
        Ok(recipe)
    }

    /// Where a set lies: beside the recipe when its path begins with a dot, else in the folder of data.
    fn place_of(&self, path: &Path, data: &Path) -> PathBuf {
        if path.starts_with(".") || path.starts_with("..") { self.folder.join(path) } else { data.join(path) }
    }
}

/// The lists of a language, by its code.
fn language(code: &str) -> Result<&'static Language, String> {
    code.parse().map(Language::of).map_err(|e: Error| e.to_string())
}

/// Learns as the recipe says; returns the model file and a report of the dev sets.
///
/// # Errors
/// A message that names the file that cannot be read.
pub fn run(recipe: &Recipe, data: &Path, say: impl Fn(&str)) -> Result<(Vec<u8>, String), String> {
    let mut sets = Vec::new();
    for source in &recipe.set {
        let language = language(source.language.as_ref().unwrap_or(&recipe.language))?;
        let documents = gold::documents(&recipe.place_of(&source.path, data))?;
        let habits = Habits { partial: source.partial, headlines: source.headlines };
        sets.push((gold::runs(&documents, language, habits), source.times));
    }
    let weights = Learner::learn(&sets, &recipe.lesson, None, &say).lay_out(recipe.buckets, None, &say);
    let mut learned_from: Vec<String> = recipe.set.iter().map(|source| source.from.clone()).collect();
    learned_from.dedup();
    let mut card =
        Card { language: recipe.language.clone(), licence: recipe.licence.clone(), learned_from, figures: Vec::new() };
    let model = Model::open(Model::write(&card, &weights)).map_err(|e| e.to_string())?;
    let mut text = String::new();
    for dev in &recipe.dev {
        let documents = gold::documents(&recipe.place_of(&dev.path, data))?;
        let report = Report::new(&documents, language(&recipe.language)?, &model);
        let name = dev.path.file_stem().unwrap_or_default().to_string_lossy();
        text += &report.text(&name);
        card.figures.push(format!("{name}: {}", report.line()));
    }
    Ok((Model::write(&card, &weights), text))
}

/// Documents of which one is held back, to measure on, where no others are given.
const HELD_BACK: usize = 5;

/// Goes on from the built-in model of a language, or from nothing where there is none, with gold of a user's own; returns the
/// model file and a report. Without `dev`, every fifth document is held back to measure on, and then learned from too.
///
/// # Errors
/// [`Error::Input`] naming file and line of gold that cannot be read, or when there are too few documents.
pub fn go_on(path: &Path, dev: Option<&Path>, lang: Lang, licence: &str) -> ReadResult<(Vec<u8>, String)> {
    const LESSON: Lesson = Lesson { epochs: 10, margin: 3.0, rate: 0.2, left_out: 0, least: 1 };
    const BUCKETS: usize = 10_000;
    let language = Language::of(lang);
    let documents = gold::documents(path).map_err(Error::Input)?;
    if documents.len() < HELD_BACK && dev.is_none() || documents.is_empty() {
        let message = format!(
            "{} has {} documents: at least {HELD_BACK} are needed, one a line",
            path.display(),
            documents.len()
        );
        return Err(Error::Input(message));
    }
    let base = Model::builtin(lang);
    let learn = |documents: &[gold::Gold]| {
        let sets = [(gold::runs(documents, language, Habits::default()), 1)];
        let weights = base.map(Model::weights);
        Learner::learn(&sets, &LESSON, weights.as_ref(), &|_| ()).lay_out(BUCKETS, weights.as_ref(), &|_| ())
    };
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    let learned_from = base.map_or_else(Vec::new, |base| base.card().learned_from.clone());
    let mut card = Card {
        language: lang.as_str().to_owned(),
        licence: licence.to_owned(),
        learned_from: learned_from.into_iter().chain([format!("{own}: {} documents", documents.len())]).collect(),
        figures: Vec::new(),
    };
    let (measured_on, name, model) = if let Some(dev) = dev {
        let name = dev.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (gold::documents(dev).map_err(Error::Input)?, name, learn(&documents))
    } else {
        let held = |n: usize| n % HELD_BACK == HELD_BACK - 1;
        let part = |back: bool| {
            let numbered = documents.iter().enumerate();
            numbered.filter(|(n, _)| held(*n) == back).map(|(_, gold)| gold.clone()).collect::<Vec<_>>()
        };
        (part(true), format!("every fifth of {own}"), learn(&part(false)))
    };
    let report = Report::new(&measured_on, language, &Model::open(Model::write(&card, &model))?);
    card.figures.push(format!("{name}: {}", report.line()));
    let weights = if dev.is_some() { model } else { learn(&documents) };
    Ok((Model::write(&card, &weights), report.text(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::entities::{self, Label};
    use crate::resources::Resources;
    use crate::sentences;
    use crate::tokens::Tokens;

    /// A folder of its own with gold in which every "Zorgalia" is a place.
    fn gold(folder: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("onrecord-{folder}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let lines: Vec<String> = ["bought", "sold", "left", "saw", "praised", "mapped"]
            .iter()
            .map(|verb| {
                let text = format!("They {verb} Zorgalia on foot. Nobody {verb} anything else.");
                let start = text.find("Zorgalia").unwrap();
                serde_json::json!({"text": text, "entities": [[start, start + 8, "LOC"]]}).to_string()
            })
            .collect();
        std::fs::write(folder.join("gold.jsonl"), lines.join("\n")).unwrap();
        folder
    }

    fn recipe() -> Recipe {
        toml::from_str(
            "language = 'en'\nlicence = 'MIT'\nbuckets = 1000\nlesson = {epochs = 4, margin = 1.0, rate = 0.2, least = 1}\n\
             [[set]]\npath = 'gold.jsonl'\nfrom = 'a test'\n[[dev]]\npath = 'gold.jsonl'",
        )
        .unwrap()
    }

    #[test]
    fn what_was_learned_is_found() {
        let (file, report) = run(&recipe(), &gold("found"), |_| {}).unwrap();
        assert!(report.contains("LOC 100.0"), "{report}");
        let model = Model::open(file).unwrap();
        assert_eq!(model.card().learned_from, ["a test"]);
        let text = "We crossed Zorgalia in May.";
        let spans = sentences::split(text, Language::of(Lang::En), &Config::default());
        let tokens = Tokens::new(text, &spans, Language::of(Lang::En));
        let found = entities::find(&tokens, 1, Some(&model), &Resources::default());
        assert!(found.iter().any(|m| m.span.of(text) == "Zorgalia" && m.label == Label::Loc));
        assert!(entities::find(&tokens, 1, None, &Resources::default()).iter().all(|m| m.label != Label::Loc));
    }

    #[test]
    fn the_same_gold_gives_the_same_file() {
        let folder = gold("same");
        let learn = || run(&recipe(), &folder, |_| {}).unwrap().0;
        assert_eq!(learn(), learn());
    }

    #[test]
    fn gold_that_cannot_be_read_is_named_with_its_line() {
        let folder = gold("broken");
        std::fs::write(folder.join("gold.jsonl"), "{\"text\": \"\", \"entities\": []}\nnonsense").unwrap();
        let message = run(&recipe(), &folder, |_| {}).unwrap_err();
        assert!(message.contains("gold.jsonl, line 2"), "{message}");
    }
}
