//! Weights of hashed evidence: a table of lines that a processor reads at once, each with room for five pieces of evidence.

/// A tag's number.
pub type Tag = usize;

/// How many tags there are: outside, and first and further tokens of each label.
pub const TAGS: usize = 1 + 2 * super::tags::LABELS.len();

/// Scores of one token, a tag each; what lies beyond the tags means nothing.
pub type Scores = [i16; LANES];

/// Numbers that are added at once.
const LANES: usize = 16;

/// Bytes of a line: what a processor fetches at once.
const LINE: usize = 64;

/// Pieces of evidence in a line.
const NEAR: usize = 5;

/// Where the checks of a line begin: behind the weights, eight bytes of which the last three are 0.
const CHECKS: usize = NEAR * TAGS;

/// Weights as they lie in a model file: how tags follow one another, lines, and one empty line.
///
/// A line is the weights of five pieces of evidence, 8 bits a tag, and a check byte for each, 0 where there is none.
#[derive(Debug)]
pub struct Weights<'a> {
    transitions: [[i32; TAGS]; TAGS],
    lines: &'a [[u8; LINE]],
}

impl<'a> Weights<'a> {
    /// Reads the part of a model file that holds them; `None` when its shape is wrong.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (head, lines) = bytes.split_at_checked(4 * TAGS * TAGS)?;
        let (lines, rest) = lines.as_chunks();
        let empty = lines.last()? == &[0; LINE];
        if lines.len() < 2 || u32::try_from(lines.len()).is_err() || !rest.is_empty() || !empty {
            return None;
        }
        let mut transitions = [[0; TAGS]; TAGS];
        for (cell, bytes) in transitions.iter_mut().flatten().zip(head.chunks_exact(4)) {
            *cell = i32::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(Self { transitions, lines })
    }

    /// How one tag follows another.
    #[must_use]
    pub fn transitions(&self) -> &[[i32; TAGS]; TAGS] {
        &self.transitions
    }

    /// What pieces of evidence say for each tag, all together.
    ///
    /// Without a branch, so that many lines are fetched at the same time: what the table does not have is read from the
    /// empty line.
    #[must_use]
    pub fn scores(&self, features: &[u32]) -> Scores {
        let last = self.lines.len() - 1;
        let mut scores = [0; LANES];
        for &feature in features {
            let line = home(feature, last);
            let checks = self.lines[line].last_chunk::<{ LINE - CHECKS }>().unwrap_or(&[0; LINE - CHECKS]);
            let checks = u64::from_le_bytes(*checks.first_chunk().unwrap_or(&[0; 8]));
            let found = zeros(checks ^ u64::from(check(feature)) * BYTES);
            let line = if found == 0 { last } else { line };
            let first = (found.trailing_zeros() as usize / 8 % 8).min(NEAR - 1) * TAGS;
            let weights: &[u8; LANES] = self.lines[line][first..].first_chunk().unwrap_or(&[0; LANES]);
            for (score, &weight) in scores.iter_mut().zip(weights) {
                *score += i16::from(weight as i8);
            }
        }
        scores
    }

    /// Lays out learned weights: the evidence that says most first; what finds no room is left out, and counted.
    #[must_use]
    pub fn lay_out(
        mut learned: Vec<(u32, [f32; TAGS])>,
        transitions: &[[f32; TAGS]; TAGS],
        lines: usize,
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
        let scale = 127.0 / top;
        let mut table = vec![[0u8; LINE]; lines + 1];
        let mut dropped = 0;
        for (feature, row) in learned {
            let bytes: [u8; TAGS] = row.map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8 as u8);
            if bytes.iter().all(|&b| b == 0) {
                continue;
            }
            let line = &mut table[home(feature, lines)];
            match line[CHECKS..CHECKS + NEAR].iter().position(|&taken| taken == 0) {
                Some(n) => {
                    line[CHECKS + n] = check(feature);
                    line[n * TAGS..(n + 1) * TAGS].copy_from_slice(&bytes);
                }
                None => dropped += 1,
            }
        }
        let transitions = transitions.iter().flatten().flat_map(|w| ((w * scale).round() as i32).to_le_bytes());
        (transitions.chain(table.into_iter().flatten()).collect(), dropped)
    }
}

/// The line of `lines` in which a piece of evidence is looked for.
fn home(feature: u32, lines: usize) -> usize {
    (u64::from(feature) * lines as u64 >> 32) as usize
}

/// The byte that tells a piece of evidence from others of its line; never 0, which marks an empty place.
fn check(feature: u32) -> u8 {
    (feature as u8).max(1)
}

/// 1 in each byte.
const BYTES: u64 = u64::MAX / 255;

/// The high bit of the lowest byte that is 0 (and perhaps of some above it); 0 when none is.
fn zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(BYTES) & !bytes & (BYTES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_laid_out_is_found() {
        let learned: Vec<(u32, [f32; TAGS])> =
            (1..=200u32).map(|n| (n.wrapping_mul(0x9e37_79b9), std::array::from_fn(|t| (n + t as u32) as f32))).collect();
        let (bytes, dropped) = Weights::lay_out(learned.clone(), &[[0.0; TAGS]; TAGS], 200);
        let weights = Weights::new(&bytes).unwrap();
        let scale = 127.0 / 210.0;
        let right = learned.iter().filter(|(feature, row)| {
            let scores = weights.scores(&[*feature]);
            row.iter().zip(scores).all(|(want, got)| (want * scale - f32::from(got)).abs() <= 1.0)
        });
        assert_eq!(right.count() + dropped, 200);
        assert!(dropped < 5);
        assert_eq!(weights.scores(&[]), [0; LANES]);
    }
}
