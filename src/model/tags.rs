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

/// The best tags of a run, each token's scores given; the token before it is outside.
///
/// Viterbi's algorithm, over whole numbers when reading and over fractions when learning.
pub fn best<S: Copy + PartialOrd + std::ops::Add<Output = S> + Default>(
    scores: &[[S; TAGS]],
    transitions: &[[S; TAGS]; TAGS],
    tags: &mut Vec<Tag>,
) {
    tags.clear();
    let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
    let mut best = [S::default(); TAGS];
    for (n, own) in scores.iter().enumerate() {
        let mut next = [S::default(); TAGS];
        let mut from = [0u8; TAGS];
        for tag in 0..TAGS {
            // A further token of a name follows its first or another further one.
            let inside = tag > 0 && tag % 2 == 0;
            let mut chosen: Option<(S, usize)> = None;
            for before in 0..TAGS {
                if n == 0 && before != OUTSIDE || inside && (n == 0 || before != tag && before + 1 != tag) {
                    continue;
                }
                if n > 0 && back[n - 1][before] == u8::MAX {
                    continue;
                }
                let score = if n == 0 { transitions[before][tag] } else { best[before] + transitions[before][tag] };
                if chosen.is_none_or(|(top, _)| score > top) {
                    chosen = Some((score, before));
                }
            }
            if let Some((score, before)) = chosen {
                next[tag] = score + own[tag];
                from[tag] = before as u8;
            } else {
                // Nothing leads here: never chosen.
                next[tag] = own[OUTSIDE];
                from[tag] = u8::MAX;
            }
        }
        best = next;
        back.push(from);
    }
    let Some(last) = back.last() else { return };
    let mut at = (0..TAGS).filter(|&t| last[t] != u8::MAX).fold(OUTSIDE, |a, b| if best[b] > best[a] { b } else { a });
    for from in back.iter().rev() {
        tags.push(at);
        at = from[at] as usize;
        if at == usize::from(u8::MAX) {
            at = OUTSIDE;
        }
    }
    tags.reverse();
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
