//! What speaks for a tag: the words around a token, how they are written, what the lists know of them, what the rules made
//! of them, and what the document says elsewhere. Each piece is a hash.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LABELS, OUTSIDE, tags};
use crate::entities::Label;
use crate::entities::gazetteer::Gazetteer;
use crate::language::{Classes, cells, lines};
use crate::tokens::{Case, Class, Tokens};

/// Longest stretch of small words inside a name.
const BRIDGE: usize = 3;

/// Classes that are evidence.
const TELLING: Classes = Classes(
    Classes::DET.0
        | Classes::PREP.0
        | Classes::CONJ.0
        | Classes::PRON.0
        | Classes::AUX.0
        | Classes::FINITE.0
        | Classes::MONTH.0
        | Classes::WEEKDAY.0
        | Classes::TITLE.0
        | Classes::HONORIFIC.0
        | Classes::SPEAKER.0
        | Classes::ORG_HEAD.0
        | Classes::PLACE_HEAD.0
        | Classes::CUE.0
        | Classes::GIVEN.0
        | Classes::SURNAME.0
        | Classes::EVENT_NOUN.0
        | Classes::CLOSED.0,
);

/// What is known of one token, words and their parts as hashes.
#[derive(Clone, Copy, Default)]
struct Clue {
    /// The word in lower case.
    word: u32,
    /// Its first three letters.
    prefix: u32,
    /// Its last three letters.
    suffix: u32,
    /// Its last four letters.
    end: u32,
    /// How it is written.
    shape: u32,
    /// What the lists of the language say, folded into 32 bits.
    classes: u32,
    /// What the lists say: label, first or further word, risky.
    listed: u32,
    /// The class of words that stand where this one does.
    cluster: u32,
    /// The tag that the rules gave.
    ruled: u32,
    /// What the rules made of the same word elsewhere in the document.
    elsewhere: u32,
    /// The word is written small somewhere in the document.
    small: bool,
    /// The sentence has no capitals.
    quiet: bool,
    /// It may be part of a name.
    active: bool,
}

/// Words by what stands around them.
static CLUSTERS: LazyLock<FxHashMap<u32, u16>> = LazyLock::new(|| {
    let rows = lines(include_str!("../language/en/clusters.tsv"));
    let classes = rows.filter_map(|line| {
        let [word, class] = cells(line);
        Some((hash(word.as_bytes()), class.parse().ok()?))
    });
    classes.collect()
});

/// The evidence of a document.
pub struct Evidence {
    clues: Vec<Clue>,
    /// Whether a token is the first of its sentence.
    initial: Vec<bool>,
    /// Whether its sentence is in capitals.
    shouted: Vec<bool>,
}

/// FNV-1a: where a hash starts.
const START: u32 = 0x811c_9dc5;

/// FNV-1a: the hash with one more byte.
fn fnv(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(START, |state, &byte| fnv(state, byte))
}

/// One hash of two pieces of evidence of a kind.
fn mix(kind: u32, a: u32, b: u32) -> u32 {
    let mut x = u64::from(a).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ u64::from(b).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        ^ u64::from(kind).wrapping_mul(0x1656_67b1_9e37_79f9);
    x ^= x >> 29;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x >> 32) as u32
}

/// "Xxx" of "Kosovo", "XX" of "NATO", "Xx-Xx", "dd", each run of a kind shortened to two.
fn shape(word: &str) -> u32 {
    let mut state = START;
    let (mut last, mut run) = (0u8, 0);
    for c in word.chars() {
        let kind = if c.is_uppercase() {
            b'X'
        } else if c.is_alphabetic() {
            b'x'
        } else if c.is_numeric() {
            b'd'
        } else {
            c as u8
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            state = fnv(state, kind);
        }
    }
    state
}

/// The evidence of a document, `found` being what the rules made of it.
#[must_use]
pub fn evidence(tokens: &Tokens<'_>, sentences: usize, found: &[(usize, usize, Label)]) -> Evidence {
    let count = tokens.all.len();
    let gazetteer = Gazetteer::builtin();
    let ruled = tags(count, found.iter().copied().filter(|m| m.2 != Label::Date));
    let mut clues = vec![Clue::default(); count];
    let (mut initial, mut shouted) = (vec![false; count], vec![false; count]);
    let mut small: FxHashSet<u32> = FxHashSet::default();
    let mut votes: FxHashMap<u32, [u32; LABELS.len() + 1]> = FxHashMap::default();
    // The label that the rules gave a token; after the last of them, none.
    let vote = |i: usize| if ruled[i] == OUTSIDE { LABELS.len() } else { (ruled[i] - 1) / 2 };
    for (i, clue) in clues.iter_mut().enumerate() {
        let token = &tokens.all[i];
        let lower = tokens.lower(i);
        let bytes = lower.as_bytes();
        clue.word = if token.class == Class::Number { 7 + bytes.len() as u32 } else { hash(bytes) };
        let cut = |n: usize| lower.char_indices().nth(n).map_or(lower.len(), |(at, _)| at);
        let chars = lower.chars().count();
        clue.prefix = hash(&bytes[..cut(3)]);
        clue.suffix = hash(&bytes[cut(chars.saturating_sub(3))..]);
        clue.end = hash(&bytes[cut(chars.saturating_sub(4))..]);
        clue.shape = shape(tokens.str(i));
        let cluster = if token.class == Class::Number { CLUSTERS.get(&hash(b"0")) } else { None };
        let cluster =
            cluster.or_else(|| CLUSTERS.get(&hash(tokens.str(i).as_bytes()))).or_else(|| CLUSTERS.get(&clue.word));
        clue.cluster = cluster.map_or(0, |&class| 1 + u32::from(class));
        let classes = token.classes.0 & TELLING.0;
        clue.classes = (classes ^ (classes >> 32)) as u32;
        clue.ruled = ruled[i] as u32;
        if token.case == Case::Lower {
            small.insert(clue.word);
        }
        if token.is_capitalised() {
            votes.entry(clue.word).or_default()[vote(i)] += 1;
        }
    }
    for sentence in 0..sentences {
        let range = tokens.sentence(sentence);
        let loud = crate::entities::is_shouted(tokens, range.clone());
        let quiet = is_quiet(tokens, range.clone());
        let mut first = true;
        let mut listed_to = range.start;
        for i in range.clone() {
            let token = &tokens.all[i];
            initial[i] = first;
            shouted[i] = loud;
            if quiet && token.class == Class::Word && !token.is(Classes::CLOSED.or(Classes::AUX)) {
                clues[i].active = true;
                clues[i].quiet = true;
            }
            if token.class != Class::Mark {
                first = false;
            }
            if i >= listed_to
                && let Some(known) = gazetteer.longest_at(tokens, i, range.end, loud || quiet)
                && !(quiet && (known.risky || token.is(Classes::CLOSED) || token.span.len() < 4))
            {
                let label = gazetteer.entry(known.entry).label as u32;
                for (n, clue) in clues[i..known.end].iter_mut().enumerate() {
                    clue.listed = 1 + label * 4 + u32::from(known.risky) * 2 + u32::from(n > 0);
                }
                listed_to = known.end;
            }
        }
    }
    for (i, clue) in clues.iter_mut().enumerate() {
        let token = &tokens.all[i];
        clue.small = token.is_capitalised() && small.contains(&clue.word);
        if token.is_capitalised()
            && let Some(votes) = votes.get(&clue.word)
        {
            let others = |n: usize| votes[n] - u32::from(n == vote(i));
            let best = (0..=LABELS.len()).max_by_key(|&n| others(n)).unwrap_or(0);
            clue.elsewhere = if others(best) == 0 { 0 } else { 1 + best as u32 };
        }
        clue.active |= token.class == Class::Word && token.is_capitalised() || clue.ruled != 0 || clue.listed != 0;
    }
    // Small words and marks between two that may be names.
    let mut last: Option<usize> = None;
    for i in 0..count {
        if clues[i].active {
            if let Some(before) = last
                && i - before <= BRIDGE + 1
            {
                clues[before + 1..i].iter_mut().for_each(|clue| clue.active = true);
            }
            last = Some(i);
        }
    }
    Evidence { clues, initial, shouted }
}

/// A sentence of somebody who writes without capitals.
fn is_quiet(tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    let mut words = range.filter(|&i| tokens.all[i].class == Class::Word);
    words.next().is_some_and(|i| tokens.all[i].case == Case::Lower || tokens.str(i) == "I")
        && words.all(|i| !tokens.all[i].is_capitalised() || tokens.str(i) == "I")
}

impl Evidence {
    /// The stretches of tokens that may hold names, each within a sentence.
    pub fn runs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut i = 0;
        std::iter::from_fn(move || {
            while i < self.clues.len() && !self.clues[i].active {
                i += 1;
            }
            if i == self.clues.len() {
                return None;
            }
            let start = i;
            i += 1;
            while i < self.clues.len() && self.clues[i].active && !self.initial[i] {
                i += 1;
            }
            Some(start..i)
        })
    }

    /// Whether token `i` stands in a line of capitals.
    #[must_use]
    pub fn is_shouted(&self, i: usize) -> bool {
        self.shouted[i]
    }

    /// Hashes of what speaks for the tag of token `i`.
    pub fn features(&self, i: usize, out: &mut Vec<u32>) {
        let edge = Clue { word: 1, shape: 1, classes: 1 << 31, listed: 1 << 10, ruled: 1 << 10, ..Clue::default() };
        // Neighbours do not reach over the edge of a sentence.
        let near = |by: isize| -> Clue {
            let at = i as isize + by;
            if at < 0 || at as usize >= self.clues.len() {
                return edge;
            }
            let at = at as usize;
            let crossed =
                if by < 0 { (at + 1..=i).any(|n| self.initial[n]) } else { (i + 1..=at).any(|n| self.initial[n]) };
            if crossed { edge } else { self.clues[at] }
        };
        let (b2, b, c, n, n2) = (near(-2), near(-1), self.clues[i], near(1), near(2));
        let place = u32::from(self.initial[i]) * 2 + u32::from(self.shouted[i]) + 4 * u32::from(c.quiet);
        let mut kind = 0;
        let mut add = |a: u32, b: u32| {
            kind += 1;
            out.push(mix(kind, a, b));
        };
        add(0, 0);
        add(c.word, 0);
        add(b.word, 0);
        add(n.word, 0);
        add(b2.word, 0);
        add(n2.word, 0);
        add(b.word, c.word);
        add(c.word, n.word);
        add(c.shape, place);
        add(b.shape, c.shape);
        add(c.shape, n.shape);
        add(mix(99, b.shape, n.shape), c.shape);
        add(c.prefix, 0);
        add(c.suffix, 0);
        add(c.end, 0);
        add(n.suffix, c.shape);
        add(b.suffix, c.shape);
        add(c.classes, c.shape);
        add(b.classes, c.shape);
        add(n.classes, c.shape);
        add(c.listed, c.shape);
        add(b.listed, c.listed);
        add(c.listed, n.listed);
        add(c.listed, c.classes);
        add(c.listed, c.word);
        add(c.cluster, 0);
        add(b.cluster, c.shape);
        add(n.cluster, c.shape);
        add(b2.cluster, b.cluster);
        add(n.cluster, n2.cluster);
        add(c.ruled, n.word);
        add(c.ruled, c.classes);
        add(c.ruled, b.classes);
        add(c.ruled, n.classes);
        add(c.elsewhere, c.ruled);
        add(c.elsewhere, c.shape);
        add(n.elsewhere, c.ruled);
        add(b.elsewhere, c.ruled);
        add(u32::from(c.small), mix(96, c.shape, place));
        add(n2.classes, mix(95, n.classes, c.ruled));
        add(b2.classes, mix(94, b.classes, c.ruled));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lang, Language};
    use crate::span::Span;

    #[test]
    fn one_name_may_stand_very_often() {
        let text = "Marko ".repeat(70_000);
        let sentences = [Span::new(0, text.len())];
        let tokens = Tokens::new(&text, &sentences, Language::of(Lang::En));
        let found = evidence(&tokens, 1, &[]);
        assert_eq!(found.clues[0].elsewhere, 1 + LABELS.len() as u32);
    }
}
