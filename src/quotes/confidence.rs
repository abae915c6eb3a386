//! How sure a statement of a speaker is: what the rule that found it gives, weighed with its form and the kind of speaker.
//!
//! The weights stand in `confidence.tsv`; `tools/calibrate.py` fits them, so that of the statements at 0.9 nine in ten are
//! right: they are in the gold, and their speaker is.

use std::sync::LazyLock;

use super::speakers::Speaker;
use super::{Kind, SpeakerType};
use crate::language::rows::{cells, lines};

struct Weights {
    bias: f32,
    rule: f32,
    kinds: [f32; Kind::ALL.len()],
    speakers: [f32; SPEAKERS.len()],
}

/// Kinds of speaker that differ in how often they are right, as in `confidence.tsv`.
const SPEAKERS: [&str; 7] =
    ["person", "person pronoun", "organisation", "organisation nameless", "group", "unnamed", "nobody"];

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights { bias: 0.0, rule: 1.0, kinds: [0.0; Kind::ALL.len()], speakers: [0.0; SPEAKERS.len()] };
    for line in lines(include_str!("confidence.tsv")) {
        let [name, weight] = cells(line);
        let weight = weight.parse().expect("the weights in confidence.tsv are numbers");
        let slot = match name.split_once(':') {
            None if name == "bias" => Some(&mut weights.bias),
            None => Some(&mut weights.rule),
            Some(("kind", kind)) => Kind::ALL.iter().position(|k| k.as_str() == kind).map(|k| &mut weights.kinds[k]),
            Some((_, speaker)) => SPEAKERS.iter().position(|&s| s == speaker).map(|s| &mut weights.speakers[s]),
        };
        *slot.expect("the features in confidence.tsv are known") = weight;
    }
    weights
});

/// The confidence of a statement, from 0 to 1; `rule`: what its rule gives.
pub(super) fn of(rule: f32, kind: Kind, speaker: &Speaker, pronoun: bool) -> f32 {
    let who = match speaker.kind {
        Some(SpeakerType::Person) if pronoun => 1,
        Some(SpeakerType::Person) => 0,
        Some(SpeakerType::Organisation) if speaker.name.is_some() => 2,
        Some(SpeakerType::Organisation) => 3,
        Some(SpeakerType::Group) => 4,
        Some(SpeakerType::Unnamed) => 5,
        None => 6,
    };
    let odds = (rule / (1.0 - rule)).ln();
    let sum = WEIGHTS.bias + WEIGHTS.rule * odds + WEIGHTS.kinds[kind as usize] + WEIGHTS.speakers[who];
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_grows_with_what_the_rule_gives() {
        let nobody = Speaker::default();
        let at = |rule| of(rule, Kind::Direct, &nobody, false);
        assert!(at(0.5) < at(0.7) && at(0.7) < at(0.95) && at(0.95) < 1.0 && at(0.1) > 0.0);
    }
}
