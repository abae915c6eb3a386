//! What is learned: a linear tagger over hashed evidence, which revises what rules and lists found.
//!
//! [`evidence()`] says what speaks for each tag of a token, [`Weights`] how much, and [`decode`] finds the best tags. A
//! [`Model`] is a file of weights with a card. Training (feature `train`) reads evidence with this same code.

mod clusters;
mod evidence;
mod file;
mod tags;
mod weights;

pub use clusters::prepare;
pub use evidence::{Evidence, evidence};
pub use file::{Card, Model};
#[cfg(feature = "train")]
pub use tags::follows;
pub use tags::{LABELS, OUTSIDE, best, mark, spans, tags};
pub use weights::{Scores, TAGS, Tag, Weights};

use crate::entities::{Label, Mention};

/// The names of a document as the weights have them, given what the rules found.
#[must_use]
pub fn decode(weights: &Weights<'_>, evidence: &Evidence) -> Vec<(usize, usize, Label)> {
    let mut out = Vec::new();
    let (mut scores, mut tags, mut features, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for run in evidence.runs() {
        scores.clear();
        for i in run.clone() {
            features.clear();
            evidence.features(i, &mut features);
            let own = weights.scores(&features, &mut places);
            scores.push(std::array::from_fn(|tag| i32::from(own[tag])));
        }
        best(&scores, weights.transitions(), &mut tags);
        spans(&tags, |from, to, label| out.push((run.start + from, run.start + to, label)));
    }
    out
}

/// Mentions as the rules found them, in the form that evidence takes.
#[must_use]
pub fn found(mentions: &[Mention]) -> Vec<(usize, usize, Label)> {
    mentions.iter().map(|m| (m.from, m.to, m.label)).collect()
}
