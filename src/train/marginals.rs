//! How likely each tag of a run is, and each pair of tags that follow one another: the sums over all ways to tag it.

use crate::model::{OUTSIDE, TAGS, follows};

/// A number for each tag.
type Row = [f64; TAGS];

/// The likelihoods of one run; what it holds is written anew for each.
#[derive(Default)]
pub(super) struct Marginals {
    /// Of each tag at each token.
    pub(super) tags: Vec<Row>,
    /// Of each pair of tags at a token and the one before it, which for the first token is outside.
    pub(super) pairs: Vec<[Row; TAGS]>,
    forward: Vec<Row>,
}

impl Marginals {
    /// Counts them from the scores of all tokens, by the forward-backward algorithm. Each token's sums are brought to 1 on the
    /// way, so that they stay within what a number holds however long the run is.
    pub(super) fn count(&mut self, scores: &[[f32; TAGS]], transitions: &[[f32; TAGS]; TAGS]) {
        let after: [Row; TAGS] = std::array::from_fn(|before| {
            std::array::from_fn(|tag| {
                if follows(tag, before) { f64::from(transitions[before][tag].clamp(-80.0, 80.0)).exp() } else { 0.0 }
            })
        });
        let mut start = [0.0; TAGS];
        start[OUTSIDE] = 1.0;
        let own: Vec<Row> = scores
            .iter()
            .map(|own| {
                let top = own.iter().copied().fold(f32::MIN, f32::max);
                own.map(|score| f64::from((score - top).max(-300.0)).exp())
            })
            .collect();
        self.forward.clear();
        self.forward.push(start);
        for (n, own) in own.iter().enumerate() {
            let before = self.forward[n];
            let mut sums =
                std::array::from_fn(|tag| (0..TAGS).map(|b| before[b] * after[b][tag]).sum::<f64>() * own[tag]);
            to_one(&mut sums);
            self.forward.push(sums);
        }
        self.tags.clear();
        self.tags.resize(scores.len(), [0.0; TAGS]);
        self.pairs.clear();
        self.pairs.resize(scores.len(), [[0.0; TAGS]; TAGS]);
        let mut backward = [1.0; TAGS];
        for n in (0..scores.len()).rev() {
            let ways: Row = std::array::from_fn(|tag| own[n][tag] * backward[tag]);
            let pairs = &mut self.pairs[n];
            for (before, row) in pairs.iter_mut().enumerate() {
                *row = std::array::from_fn(|tag| self.forward[n][before] * after[before][tag] * ways[tag]);
            }
            to_one(pairs.as_flattened_mut());
            self.tags[n] = std::array::from_fn(|tag| pairs.iter().map(|row| row[tag]).sum());
            backward = std::array::from_fn(|before| (0..TAGS).map(|tag| after[before][tag] * ways[tag]).sum());
            to_one(&mut backward);
        }
    }
}

/// Scales numbers so that they add up to 1.
fn to_one(numbers: &mut [f64]) {
    let sum: f64 = numbers.iter().sum();
    for number in numbers.iter_mut() {
        *number /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, by going through all ways to tag.
    fn by_hand(scores: &[[f32; TAGS]], transitions: &[[f32; TAGS]; TAGS]) -> Vec<Row> {
        let mut marginals = vec![[0.0; TAGS]; scores.len()];
        let mut all = 0.0;
        for mut way in 0..TAGS.pow(scores.len() as u32) {
            let (mut before, mut sum, mut tags) = (OUTSIDE, 0.0, Vec::new());
            for own in scores {
                let tag = way % TAGS;
                way /= TAGS;
                sum += if follows(tag, before) { own[tag] + transitions[before][tag] } else { f32::NEG_INFINITY };
                tags.push(tag);
                before = tag;
            }
            all += f64::from(sum).exp();
            for (row, tag) in marginals.iter_mut().zip(tags) {
                row[tag] += f64::from(sum).exp();
            }
        }
        marginals.iter().map(|row| row.map(|sum| sum / all)).collect()
    }

    proptest! {
        #[test]
        fn they_are_what_all_ways_add_up_to(
            scores in proptest::collection::vec(proptest::array::uniform11(-5.0f32..5.0), 0..4),
            transitions in proptest::array::uniform11(proptest::array::uniform11(-3.0f32..3.0)),
        ) {
            let mut marginals = Marginals::default();
            marginals.count(&scores, &transitions);
            let wanted = by_hand(&scores, &transitions);
            for (got, want) in marginals.tags.as_flattened().iter().zip(wanted.as_flattened()) {
                prop_assert!((got - want).abs() < 1e-4, "{} for {}", got, want);
            }
        }

        #[test]
        fn they_stay_numbers_however_sure_the_scores(
            scores in proptest::collection::vec(proptest::array::uniform11(-5000.0f32..5000.0), 1..40),
            transitions in proptest::array::uniform11(proptest::array::uniform11(-500.0f32..500.0)),
        ) {
            let mut marginals = Marginals::default();
            marginals.count(&scores, &transitions);
            for pairs in &marginals.pairs {
                let sum: f64 = pairs.as_flattened().iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-6, "{}", sum);
            }
        }
    }
}
