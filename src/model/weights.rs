//! Weights of hashed evidence: buckets of eight pieces each, told apart by a check, and a row of weights for each piece.

/// A tag's number.
pub type Tag = usize;

/// How many tags there are: outside, and first and further tokens of each label.
pub const TAGS: usize = 1 + 2 * super::tags::LABELS.len();

/// Scores of one token, a tag each; what lies beyond the tags means nothing.
pub type Scores = [i16; LANES];

/// Numbers that are added at once.
const LANES: usize = 16;

/// Pieces of evidence in a bucket.
const NEAR: usize = 8;

/// Bytes of the checks of a bucket.
const CHECKS: usize = 2 * NEAR;

/// Weights as they lie in a model file: the scale, how tags follow one another; the checks of all buckets, 16 bits each, 0 where there
/// is no evidence; the weights, 8 bits for each tag, in the order of the checks; and 16 bytes of 0.
///
/// Most of the evidence that is asked for was never learned: the checks alone tell, and they are few enough to stay near
/// the processor.
#[derive(Debug)]
pub struct Weights<'a> {
    /// A weight of 1.0 while learning, in the numbers of the table.
    scale: f32,
    transitions: [[i32; TAGS]; TAGS],
    checks: &'a [[u8; CHECKS]],
    rows: &'a [u8],
}

impl<'a> Weights<'a> {
    /// Reads the part of a model file that holds them; `None` when its shape is wrong.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (scale, bytes) = bytes.split_first_chunk()?;
        let scale = f32::from_le_bytes(*scale);
        let (head, table) = bytes.split_at_checked(4 * TAGS * TAGS)?;
        let bytes = table.len().checked_sub(LANES)?;
        let count = bytes / (CHECKS + NEAR * TAGS);
        if count == 0 || count * (CHECKS + NEAR * TAGS) != bytes || u32::try_from(table.len()).is_err() {
            return None;
        }
        let (checks, rows) = table.split_at(count * CHECKS);
        let mut transitions = [[0; TAGS]; TAGS];
        for (cell, bytes) in transitions.iter_mut().flatten().zip(head.chunks_exact(4)) {
            *cell = i32::from_le_bytes(bytes.try_into().ok()?);
        }
        (scale.is_normal() && scale > 0.0).then_some(())?;
        Some(Self { scale, transitions, checks: checks.as_chunks().0, rows })
    }

    /// How one tag follows another.
    #[must_use]
    pub fn transitions(&self) -> &[[i32; TAGS]; TAGS] {
        &self.transitions
    }

    /// What pieces of evidence say for each tag, all together. `found` is for its own use.
    ///
    /// First all checks, without a branch, then all rows: so many are fetched at the same time.
    #[must_use]
    pub fn scores(&self, features: &[u32], found: &mut Vec<u32>) -> Scores {
        found.clear();
        found.resize(features.len() + 1, 0);
        let mut count = 0;
        for &feature in features {
            let bucket = home(feature, self.checks.len());
            let place = place_of(&self.checks[bucket], check(feature));
            found[count] = ((bucket * NEAR + place % NEAR) * TAGS) as u32;
            count += usize::from(place < NEAR);
        }
        let mut scores = [0; LANES];
        for &at in &found[..count] {
            let row = self.rows[at as usize..].first_chunk().unwrap_or(&[0; LANES]);
            scores = add(scores, row);
        }
        scores
    }

    /// Lays out learned weights: the evidence that says most first; what finds no room is left out, and counted.
    #[must_use]
    pub fn lay_out(
        mut learned: Vec<(u32, [f32; TAGS])>,
        transitions: &[[f32; TAGS]; TAGS],
        buckets: usize,
    ) -> (Vec<u8>, usize) {
        let strength = |row: &[f32; TAGS]| {
            let mean = row.iter().sum::<f32>() / TAGS as f32;
            row.iter().map(|w| (w - mean).abs()).fold(0.0, f32::max)
        };
        learned.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
        let mut magnitudes: Vec<f32> =
            learned.iter().flat_map(|(_, row)| row.iter().map(|w| w.abs())).filter(|&w| w > 0.0).collect();
        magnitudes.sort_by(f32::total_cmp);
        let top = magnitudes.get(magnitudes.len().saturating_sub(1 + magnitudes.len() / 5000)).copied().unwrap_or(1.0);
        Table { scale: 127.0 / top, checks: vec![[0; CHECKS]; buckets], rows: vec![0; buckets * NEAR * TAGS + LANES] }
            .filled(&learned, transitions)
    }

    /// What was learned of a piece of evidence.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn learned(&self, feature: u32) -> [f32; TAGS] {
        let scores = self.scores(&[feature], &mut Vec::new());
        std::array::from_fn(|tag| f32::from(scores[tag]) / self.scale)
    }

    /// What was learned of how tags follow one another.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn transitions_learned(&self) -> [[f32; TAGS]; TAGS] {
        self.transitions.map(|row| row.map(|weight| weight as f32 / self.scale))
    }

    /// The same table with other weights for some evidence; what finds no room is left out, and counted.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn lay_over(&self, learned: &[(u32, [f32; TAGS])], transitions: &[[f32; TAGS]; TAGS]) -> (Vec<u8>, usize) {
        Table { scale: self.scale, checks: self.checks.to_vec(), rows: self.rows.to_vec() }.filled(learned, transitions)
    }
}

/// A table that is being filled.
struct Table {
    scale: f32,
    checks: Vec<[u8; CHECKS]>,
    rows: Vec<u8>,
}

impl Table {
    /// The bytes of a model file with these weights, and how many found no room.
    fn filled(mut self, learned: &[(u32, [f32; TAGS])], transitions: &[[f32; TAGS]; TAGS]) -> (Vec<u8>, usize) {
        let mut dropped = 0;
        for (feature, row) in learned {
            let bytes: [u8; TAGS] = row.map(|w| (w * self.scale).round().clamp(-127.0, 127.0) as i8 as u8);
            let bucket = home(*feature, self.checks.len());
            let known = place_of(&self.checks[bucket], check(*feature));
            let place = if known < NEAR { known } else { place_of(&self.checks[bucket], 0) };
            if known >= NEAR && bytes.iter().all(|&b| b == 0) {
                continue;
            }
            if place >= NEAR {
                dropped += 1;
                continue;
            }
            self.checks[bucket][2 * place..2 * place + 2].copy_from_slice(&check(*feature).to_le_bytes());
            let at = (bucket * NEAR + place) * TAGS;
            self.rows[at..at + TAGS].copy_from_slice(&bytes);
        }
        let mut out = self.scale.to_le_bytes().to_vec();
        out.extend(transitions.iter().flatten().flat_map(|w| ((w * self.scale).round() as i32).to_le_bytes()));
        out.extend(self.checks.as_flattened());
        out.extend(self.rows);
        (out, dropped)
    }
}

/// The bucket, of `buckets`, in which a piece of evidence is looked for.
fn home(feature: u32, buckets: usize) -> usize {
    ((u64::from(feature) * buckets as u64) >> 32) as usize
}

/// What tells a piece of evidence from others of its bucket; never 0, which marks an empty place.
fn check(feature: u32) -> u16 {
    (feature as u16).max(1)
}

/// The first place in a bucket that has this check; [`NEAR`] when none has.
fn place_of(bucket: &[u8; CHECKS], check: u16) -> usize {
    const ONES: u128 = u128::MAX / 0xffff;
    let other = u128::from_le_bytes(*bucket) ^ (u128::from(check) * ONES);
    // The high bit of the lowest pair of bytes that is 0, and perhaps of some above it.
    let same = other.wrapping_sub(ONES) & !other & (ONES << 15);
    same.trailing_zeros() as usize / 16
}

/// A row of weights added to scores.
fn add(mut scores: Scores, row: &[u8; LANES]) -> Scores {
    for (score, &weight) in scores.iter_mut().zip(row) {
        *score += i16::from(weight as i8);
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_laid_out_is_found() {
        let learned: Vec<(u32, [f32; TAGS])> = (1..=200u32)
            .map(|n| (n.wrapping_mul(0x9e37_79b9), std::array::from_fn(|t| (n + t as u32) as f32)))
            .collect();
        let (bytes, dropped) = Weights::lay_out(learned.clone(), &[[0.0; TAGS]; TAGS], 40);
        let weights = Weights::new(&bytes).unwrap();
        let scale = 127.0 / 210.0;
        let right = learned.iter().filter(|(feature, row)| {
            let scores = weights.scores(&[*feature], &mut Vec::new());
            row.iter().zip(scores).all(|(want, got)| (want * scale - f32::from(got)).abs() <= 1.0)
        });
        assert_eq!(right.count() + dropped, 200);
        assert!(dropped < 20);
        assert_eq!(weights.scores(&[], &mut Vec::new()), [0; LANES]);
    }
}
