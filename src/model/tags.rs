//! Tags of tokens: outside, or the first or a further token of a name; from names to tags, to the best tags, and back.

use super::weights::{TAGS, Tag};
use crate::entities::Label;

/// The labels that are learned, in the order of their tags.
pub const LABELS: [Label; 5] = [Label::Person, Label::Org, Label::Loc, Label::Norp, Label::Event];

/// Tag of a token outside any name.
pub const OUTSIDE: Tag = 0;

/// The tag of the first token of a name, and of a further one.
fn tag(label: Label, first: bool) -> Tag {
    match LABELS.iter().position(|&l| l == label) {
        Some(n) => 1 + 2 * n + usize::from(!first),
        None => OUTSIDE,
    }
}

/// The tags of all tokens that `mentions` give.
#[must_use]
pub fn tags(tokens: usize, mentions: impl Iterator<Item = (usize, usize, Label)>) -> Vec<Tag> {
    let mut tags = vec![OUTSIDE; tokens];
    for (from, to, label) in mentions {
        mark(&mut tags[from..to], label);
    }
    tags
}

/// Tags the tokens of one name.
pub fn mark(tokens: &mut [Tag], label: Label) {
    for (n, at) in tokens.iter_mut().enumerate() {
        *at = tag(label, n == 0);
    }
}

/// The best tags of a run, each token's scores given; the token before it is outside (Viterbi's algorithm).
pub fn best(scores: &[[i32; TAGS]], transitions: &[[i32; TAGS]; TAGS], tags: &mut Vec<Tag>) {
    /// Less than any sum of scores.
    const LOW: i32 = i32::MIN / 2;
    tags.clear();
    let Some((first, rest)) = scores.split_first() else { return };
    // A further token of a name follows its first or another further one.
    let mut best: [i32; TAGS] =
        std::array::from_fn(|tag| if is_further(tag) { LOW } else { transitions[OUTSIDE][tag] + first[tag] });
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(rest.len());
    for own in rest {
        let mut next = [LOW; TAGS];
        let mut from = [0u8; TAGS];
        for tag in 0..TAGS {
            let before = if is_further(tag) { tag - 1..tag + 1 } else { 0..TAGS };
            for before in before {
                let score = best[before] + transitions[before][tag];
                if score > next[tag] {
                    (next[tag], from[tag]) = (score, before as u8);
                }
            }
            next[tag] = if next[tag] > LOW { next[tag] + own[tag] } else { LOW };
        }
        best = next;
        back.push(from);
    }
    let mut at = (0..TAGS).fold(OUTSIDE, |a, b| if best[b] > best[a] { b } else { a });
    tags.push(at);
    for from in back.iter().rev() {
        at = from[at] as usize;
        tags.push(at);
    }
    tags.reverse();
}

/// Whether a tag can follow another: a further token of a name comes after its first or another further one.
#[cfg(feature = "train")]
#[must_use]
pub fn follows(tag: Tag, before: Tag) -> bool {
    !is_further(tag) || before == tag || before + 1 == tag
}

/// Whether a tag is that of a further token of a name.
fn is_further(tag: Tag) -> bool {
    tag != OUTSIDE && tag.is_multiple_of(2)
}

/// The spans that tags make: first token, one past the last, label.
pub fn spans(tags: &[Tag], mut found: impl FnMut(usize, usize, Label)) {
    let mut n = 0;
    while n < tags.len() {
        let tag = tags[n];
        if tag == OUTSIDE {
            n += 1;
            continue;
        }
        let inside = tag + tag % 2;
        let mut to = n + 1;
        while to < tags.len() && tags[to] == inside {
            to += 1;
        }
        found(n, to, LABELS[(inside - 2) / 2]);
        n = to;
    }
}
