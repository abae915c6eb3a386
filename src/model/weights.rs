//! Weights of hashed evidence: a table of rows, each a check byte and a weight a tag.

/// A tag's number.
pub type Tag = usize;

/// How many tags there are: outside, and first and further tokens of each label.
pub const TAGS: usize = 1 + 2 * super::tags::LABELS.len();

/// Bytes of a row.
const ROW: usize = 1 + TAGS;

/// Rows that are looked at for a feature.
const NEAR: usize = 4;

/// Weights as they lie in a model file.
#[derive(Debug)]
pub struct Weights<'a> {
    transitions: [[i32; TAGS]; TAGS],
    rows: &'a [u8],
    /// Rows less one; a power of two less one.
    mask: usize,
}

impl<'a> Weights<'a> {
    /// Reads the part of a model file that holds them; `None` when its shape is wrong.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (head, rows) = bytes.split_at_checked(4 * TAGS * TAGS)?;
        let count = rows.len() / ROW;
        if !count.is_power_of_two() || count < 2 || count * ROW != rows.len() {
            return None;
        }
        let mut transitions = [[0; TAGS]; TAGS];
        for (cell, bytes) in transitions.iter_mut().flatten().zip(head.chunks_exact(4)) {
            *cell = i32::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(Self { transitions, rows, mask: count - 1 })
    }

    /// How one tag follows another.
    #[must_use]
    pub fn transitions(&self) -> &[[i32; TAGS]; TAGS] {
        &self.transitions
    }

    /// Adds what a piece of evidence says for each tag.
    pub fn add(&self, feature: u32, scores: &mut [i32; TAGS]) {
        for near in 0..NEAR {
            let slot = (feature as usize & self.mask) ^ near;
            let row = &self.rows[slot * ROW..(slot + 1) * ROW];
            if row[0] == check(feature) {
                for (score, &weight) in scores.iter_mut().zip(&row[1..]) {
                    *score += i32::from(weight as i8);
                }
                return;
            }
        }
    }

    /// Lays out learned weights: the rows that say most first; one that finds no room is left out.
    #[must_use]
    pub fn lay_out(
        mut learned: Vec<(u32, [f32; TAGS])>,
        transitions: &[[f32; TAGS]; TAGS],
        bits: u32,
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
        let mut out: Vec<u8> =
            transitions.iter().flatten().flat_map(|w| ((w * scale).round() as i32).to_le_bytes()).collect();
        let mask = (1usize << bits) - 1;
        let mut rows = vec![0u8; ROW << bits];
        let mut dropped = 0;
        for (feature, row) in learned {
            let home = feature as usize & mask;
            let bytes: Vec<u8> = row.iter().map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8 as u8).collect();
            if bytes.iter().all(|&b| b == 0) {
                continue;
            }
            match (0..NEAR).map(|near| home ^ near).find(|slot| rows[slot * ROW] == 0) {
                Some(slot) => {
                    rows[slot * ROW] = check(feature);
                    rows[slot * ROW + 1..(slot + 1) * ROW].copy_from_slice(&bytes);
                }
                None => dropped += 1,
            }
        }
        out.extend(rows);
        (out, dropped)
    }
}

/// The byte that tells a feature from others of its slot; never 0, which marks an empty row.
fn check(feature: u32) -> u8 {
    ((feature >> 24) as u8).max(1)
}
