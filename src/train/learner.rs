//! A structured perceptron, averaged: the best tags of a run by the weights so far, and where they are wrong, the evidence
//! counts more for the right ones.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::gold::Run;
use crate::model::{self, OUTSIDE, TAGS, Tag, Weights};

/// How to learn.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Lesson {
    /// How often all sets are read.
    pub(super) epochs: usize,
    /// By how much a right tag must lead.
    pub(super) margin: f32,
    /// Of a hundred pieces of evidence, how many are left out at random each time a run is read.
    #[serde(default)]
    pub(super) left_out: u64,
    /// Tokens that evidence must be seen at to be kept.
    pub(super) least: u32,
}

/// Numbers as good as random, the same each time (xorshift).
struct Dice(u64);

impl Dice {
    /// A number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}

/// Weights while they are learned.
pub(super) struct Learner {
    hashes: Vec<u32>,
    weights: Vec<[f32; TAGS]>,
    sums: Vec<[f32; TAGS]>,
    transitions: [[f32; TAGS]; TAGS],
    transition_sums: [[f32; TAGS]; TAGS],
    step: f32,
}

impl Learner {
    /// Learns from sets, each so many times an epoch.
    pub(super) fn learn(
        sets: &[(Vec<Run>, usize)],
        lesson: &Lesson,
        base: Option<&Weights<'_>>,
        say: &impl Fn(&str),
    ) -> Learner {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for (set, _) in sets {
            for feature in set.iter().flat_map(|run| run.features.iter().flatten()) {
                *counts.entry(*feature).or_default() += 1;
            }
        }
        let mut hashes: Vec<u32> = counts.iter().filter(|(_, n)| **n >= lesson.least).map(|(f, _)| *f).collect();
        hashes.sort_unstable();
        let index: FxHashMap<u32, u32> = hashes.iter().enumerate().map(|(n, &f)| (f, n as u32)).collect();
        let runs: Vec<(Vec<Vec<u32>>, &[Tag])> = sets
            .iter()
            .flat_map(|(set, times)| set.iter().flat_map(move |run| std::iter::repeat_n(run, *times)))
            .map(|run| {
                let rows = run.features.iter().map(|row| row.iter().filter_map(|f| index.get(f).copied()).collect());
                (rows.collect(), run.gold.as_slice())
            })
            .collect();
        let size = hashes.len();
        say(&format!("{} runs, {size} pieces of evidence", runs.len()));
        let weights = match base {
            Some(base) => hashes.iter().map(|&feature| base.learned(feature)).collect(),
            None => vec![[0.0; TAGS]; size],
        };
        let mut learner = Learner {
            hashes,
            weights,
            sums: vec![[0.0; TAGS]; size],
            transitions: base.map_or([[0.0; TAGS]; TAGS], Weights::transitions_learned),
            transition_sums: [[0.0; TAGS]; TAGS],
            step: 1.0,
        };
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let mut order: Vec<usize> = (0..runs.len()).collect();
        let (mut scores, mut tags) = (Vec::new(), Vec::new());
        let mut rows: Vec<Vec<u32>> = Vec::new();
        for epoch in 0..lesson.epochs {
            for i in (1..order.len()).rev() {
                order.swap(i, dice.below(i as u64 + 1) as usize);
            }
            let mut wrong = 0;
            for &n in &order {
                let (all, gold) = &runs[n];
                rows.resize(all.len(), Vec::new());
                for (row, all) in rows.iter_mut().zip(all) {
                    row.clear();
                    row.extend(all.iter().filter(|_| lesson.left_out == 0 || dice.below(100) >= lesson.left_out));
                }
                scores.clear();
                for (row, &gold) in rows.iter().zip(*gold) {
                    let mut own = [lesson.margin; TAGS];
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
                    learner.update(&rows, gold, 1.0);
                    learner.update(&rows, &tags, -1.0);
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

    /// The averaged weights, as a model file has them: laid over those of `base`, else in a table of so many buckets.
    pub(super) fn lay_out(&self, buckets: usize, base: Option<&Weights<'_>>, say: &impl Fn(&str)) -> Vec<u8> {
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
        let (bytes, dropped) = match base {
            Some(base) => base.lay_over(&rows, &transitions),
            None => Weights::lay_out(rows, &transitions, buckets),
        };
        say(&format!("{count} rows, {dropped} without room"));
        bytes
    }
}
