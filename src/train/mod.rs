//! Learns weights from gold: a structured perceptron, averaged, over the evidence that reading uses.
//!
//! A [`Recipe`] names the sets; [`run`] reads them, learns, and measures on the dev sets. The same recipe and data give the
//! same file: the order of an epoch comes from a fixed seed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::config::Config;
use crate::entities::{self, Label};
use crate::language::{Classes, Lang, Language};
use crate::model::{self, Card, Model, OUTSIDE, TAGS, Tag, Weights};
use crate::sentences;
use crate::span::Span;
use crate::tokens::Tokens;

/// How a model is learned.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Code of the language.
    language: String,
    /// Terms of the model.
    licence: String,
    /// How often all sets are read.
    epochs: usize,
    /// By how much a right tag must lead.
    margin: f32,
    /// Tokens that evidence must be seen at to be kept.
    least: u32,
    /// Buckets of the table, each with room for eight pieces of evidence in 104 bytes.
    buckets: usize,
    set: Vec<Source>,
    #[serde(default)]
    dev: Vec<Dev>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    path: PathBuf,
    from: String,
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
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }
}

/// Learns as the recipe says; returns the model file and a report of the dev sets.
///
/// # Errors
/// A message that names the file that cannot be read.
pub fn run(recipe: &Recipe, data: &Path, say: impl Fn(&str)) -> Result<(Vec<u8>, String), String> {
    let lang: Lang = recipe.language.parse().map_err(|e: crate::error::Error| e.to_string())?;
    let mut sets = Vec::new();
    for source in &recipe.set {
        sets.push((read(&data.join(&source.path), lang, source)?, source.times));
    }
    let learner = Learner::learn(&sets, recipe, &say);
    let weights = learner.lay_out(recipe.buckets, &say);
    let mut learned_from: Vec<String> = recipe.set.iter().map(|source| source.from.clone()).collect();
    learned_from.dedup();
    let (language, licence) = (recipe.language.clone(), recipe.licence.clone());
    let mut card = Card { language, licence, learned_from, figures: Vec::new() };
    let model = Model::open(Model::write(&card, &weights)).map_err(|e| e.to_string())?;
    let mut report = String::new();
    for dev in &recipe.dev {
        let counts = evaluate(&data.join(&dev.path), lang, &model)?;
        let name = dev.path.file_stem().unwrap_or_default().to_string_lossy();
        let _ =
            writeln!(report, "{name:28} {}\n{:28} {}", line(&counts[0]), "  rules and lists alone", line(&counts[1]));
        card.figures.push(format!("{name}: {}", line(&counts[0])));
    }
    Ok((Model::write(&card, &weights), report))
}

/// Strict F1 of a dev set, per label and together.
fn line(counts: &Counts) -> String {
    let f1 = |[right, found, gold]: [usize; 3]| 200.0 * right as f64 / (found + gold).max(1) as f64;
    let all = [0, 1, 2].map(|n| counts[..3].iter().map(|c| c[n]).sum());
    let [person, org, loc] = [0, 1, 2].map(|n| f1(counts[n]));
    format!("PER {person:.1} ORG {org:.1} LOC {loc:.1} together {:.1}", f1(all))
}

/// A document with its gold.
#[derive(Deserialize)]
struct Gold {
    text: String,
    entities: Vec<(usize, usize, String)>,
}

fn label(name: &str) -> Option<Label> {
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

/// Runs of one document: features of each token, and its gold tags.
struct Run {
    features: Vec<Vec<u32>>,
    gold: Vec<Tag>,
}

/// A set of documents.
struct Set {
    runs: Vec<Run>,
}

/// What a dev set gives: right, found, gold, for each label.
type Counts = [[usize; 3]; 5];

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

/// The documents of a JSONL file: `{"text": …, "entities": [[start, end, label], …]}`, in code points.
fn documents(path: &Path) -> Result<Vec<Gold>, String> {
    let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let lines = source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("{}, line {}: {e}", path.display(), n + 1)))
        .collect()
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

/// Reads a set.
fn read(path: &Path, lang: Lang, source: &Source) -> Result<Set, String> {
    let language = Language::of(lang);
    let mut runs = Vec::new();
    let mut all = documents(path)?;
    if source.headlines {
        let copies: Vec<Gold> = all
            .iter()
            .map(|gold| {
                let spans = sentences::split(&gold.text, language, &Config::default());
                Gold { text: as_headlines(gold, &spans), entities: gold.entities.clone() }
            })
            .collect();
        all.extend(copies);
    }
    for gold in all {
        let spans = sentences::split(&gold.text, language, &Config::default());
        let tokens = Tokens::new(&gold.text, &spans, language);
        let mentions = entities::rules(&tokens, spans.len());
        let found = model::found(&mentions);
        let evidence = model::evidence(&tokens, spans.len(), &found);
        let mut tags = model::tags(tokens.all.len(), gold_spans(&gold, &tokens).into_iter());
        // A set that does not mark peoples and events says nothing against them.
        if source.partial {
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
    Ok(Set { runs })
}

/// Weights while they are learned.
struct Learner {
    hashes: Vec<u32>,
    weights: Vec<[f32; TAGS]>,
    sums: Vec<[f32; TAGS]>,
    transitions: [[f32; TAGS]; TAGS],
    transition_sums: [[f32; TAGS]; TAGS],
    step: f32,
}

impl Learner {
    /// Learns from sets, each so many times an epoch.
    fn learn(sets: &[(Set, usize)], recipe: &Recipe, say: &impl Fn(&str)) -> Learner {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for (set, _) in sets {
            for feature in set.runs.iter().flat_map(|run| run.features.iter().flatten()) {
                *counts.entry(*feature).or_default() += 1;
            }
        }
        let mut hashes: Vec<u32> = counts.iter().filter(|(_, n)| **n >= recipe.least).map(|(f, _)| *f).collect();
        hashes.sort_unstable();
        let index: FxHashMap<u32, u32> = hashes.iter().enumerate().map(|(n, &f)| (f, n as u32)).collect();
        let runs: Vec<(Vec<Vec<u32>>, &[Tag])> = sets
            .iter()
            .flat_map(|(set, times)| set.runs.iter().flat_map(move |run| std::iter::repeat_n(run, *times)))
            .map(|run| {
                let rows = run.features.iter().map(|row| row.iter().filter_map(|f| index.get(f).copied()).collect());
                (rows.collect(), run.gold.as_slice())
            })
            .collect();
        let size = hashes.len();
        say(&format!("{} runs, {size} pieces of evidence", runs.len()));
        let mut learner = Learner {
            hashes,
            weights: vec![[0.0; TAGS]; size],
            sums: vec![[0.0; TAGS]; size],
            transitions: [[0.0; TAGS]; TAGS],
            transition_sums: [[0.0; TAGS]; TAGS],
            step: 1.0,
        };
        let mut order: Vec<usize> = (0..runs.len()).collect();
        let mut seed = 0x2545_f491_4f6c_dd1du64;
        let (mut scores, mut tags) = (Vec::new(), Vec::new());
        for epoch in 0..recipe.epochs {
            for i in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(i, (seed % (i as u64 + 1)) as usize);
            }
            let mut wrong = 0;
            for &n in &order {
                let (rows, gold) = &runs[n];
                scores.clear();
                for (row, &gold) in rows.iter().zip(*gold) {
                    let mut own = [recipe.margin; TAGS];
                    own[gold] = 0.0;
                    for &f in row {
                        for (score, weight) in own.iter_mut().zip(&learner.weights[f as usize]) {
                            *score += weight;
                        }
                    }
                    scores.push(own);
                }
                model::best(&scores, &learner.transitions, f32::MIN / 2.0, &mut tags);
                if tags != *gold {
                    wrong += 1;
                    learner.update(rows, gold, 1.0);
                    learner.update(rows, &tags, -1.0);
                }
                learner.step += 1.0;
            }
            say(&format!("epoch {epoch}: {wrong} runs wrong"));
        }
        learner
    }

    fn update(&mut self, rows: &[Vec<u32>], tags: &[Tag], by: f32) {
        let mut before = OUTSIDE;
        for (row, &tag) in rows.iter().zip(tags) {
            for &f in row {
                self.weights[f as usize][tag] += by;
                self.sums[f as usize][tag] += by * self.step;
            }
            self.transitions[before][tag] += by;
            self.transition_sums[before][tag] += by * self.step;
            before = tag;
        }
    }

    /// The averaged weights, as a model file has them.
    fn lay_out(&self, buckets: usize, say: &impl Fn(&str)) -> Vec<u8> {
        let mean = |w: f32, s: f32| w - s / self.step;
        let rows: Vec<(u32, [f32; TAGS])> = self
            .hashes
            .iter()
            .zip(self.weights.iter().zip(&self.sums))
            .map(|(&f, (w, s))| (f, std::array::from_fn(|t| mean(w[t], s[t]))))
            .filter(|(_, row): &(u32, [f32; TAGS])| row.iter().any(|w| w.abs() > 1e-3))
            .collect();
        let transitions =
            std::array::from_fn(|a| std::array::from_fn(|b| mean(self.transitions[a][b], self.transition_sums[a][b])));
        let count = rows.len();
        let (bytes, dropped) = Weights::lay_out(rows, &transitions, buckets);
        say(&format!("{count} rows, {dropped} without room"));
        bytes
    }
}

/// Strict spans and labels of a dev set, learned and by rules alone.
fn evaluate(path: &Path, lang: Lang, model: &Model) -> Result<[Counts; 2], String> {
    let language = Language::of(lang);
    let mut counts = [[[0; 3]; 5]; 2];
    for gold in documents(path)? {
        let spans = sentences::split(&gold.text, language, &Config::default());
        let tokens = Tokens::new(&gold.text, &spans, language);
        let found = model::found(&entities::rules(&tokens, spans.len()));
        let learned = model::found(&entities::find(&tokens, spans.len(), Some(model)));
        let chars = |b: usize| gold.text[..b].chars().count();
        let wanted: BTreeSet<(usize, usize, usize)> =
            gold.entities.iter().filter_map(|(s, e, l)| Some((*s, *e, label(l)? as usize))).collect();
        for (way, list) in [learned, found].into_iter().enumerate() {
            for w in &wanted {
                counts[way][w.2.min(4)][2] += 1;
            }
            for (from, to, label) in list {
                if label == Label::Date {
                    continue;
                }
                let span = tokens.span(from, to);
                let key = (chars(span.lo()), chars(span.hi()), label as usize);
                counts[way][label as usize][1] += 1;
                counts[way][label as usize][0] += usize::from(wanted.contains(&key));
            }
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "language = 'en'\nlicence = 'MIT'\nepochs = 4\nmargin = 1.0\nleast = 1\nbuckets = 1000\n\
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
        let found = entities::find(&tokens, 1, Some(&model));
        assert!(found.iter().any(|m| m.span.of(text) == "Zorgalia" && m.label == Label::Loc));
        assert!(entities::find(&tokens, 1, None).iter().all(|m| m.label != Label::Loc));
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
