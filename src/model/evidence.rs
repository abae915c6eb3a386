//! What speaks for a tag: the words around a token, how they are written, what the lists know of them, what the rules made
//! of them, and what the document says elsewhere. Each piece is a hash.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{LABELS, OUTSIDE, Tag, clusters, tags};
use crate::entities::Label;
use crate::entities::gazetteer::Known;
use crate::language::{Classes, key};
use crate::resources::Resources;
use crate::tokens::{Case, Class, Tokens};

/// Longest stretch of small words inside a name.
const BRIDGE: usize = 3;

/// Tokens to either side that are evidence.
const REACH: usize = 2;

/// Tokens beyond which a stretch of names is none: a list or a table.
const LONGEST: usize = 500;

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
    /// The word without its case ending; 0 in a language that declines no names.
    stem: u32,
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
    /// The head word of an organisation that stands a few tokens before it; 0 where none does.
    head: u32,
    /// How many tokens before it.
    far: u32,
    /// The word is written small somewhere in the document.
    small: bool,
}

impl Clue {
    /// What stands before the first token of a sentence, and after its last.
    const EDGE: Clue = Clue {
        word: 1,
        prefix: 0,
        suffix: 0,
        end: 0,
        stem: 0,
        shape: 1,
        classes: 1 << 31,
        listed: 1 << 10,
        cluster: 0,
        ruled: 1 << 10,
        elsewhere: 0,
        head: 0,
        far: 0,
        small: false,
    };
}

/// Where a token stands, and whether it may be part of a name.
#[derive(Clone, Copy, Default)]
struct Place {
    /// It is the first of its sentence, or a mark before it.
    initial: bool,
    /// How its sentence uses capitals.
    capitals: Capitals,
    /// It may be part of a name.
    active: bool,
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Capitals {
    /// As is usual.
    #[default]
    Usual = 0,
    /// Throughout: a headline.
    Shouted = 1,
    /// Not at all: somebody who writes without.
    Quiet = 4,
}

/// The evidence of a document.
pub struct Evidence {
    places: Vec<Place>,
    /// Of tokens that may be part of a name, and those around them; of others nothing.
    clues: Vec<Clue>,
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

/// A hash of a few letters.
fn letters(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(7, |state: u32, c| state.rotate_left(8).wrapping_mul(0x9e37_79b1) ^ u32::from(c))
}

/// "Xxx" of "Kosovo", "XX" of "NATO", "Xx-Xx", "dd", each run of a kind shortened to two.
fn shape(word: &str) -> u32 {
    let mut state = key::START;
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
            state = key::with(state, kind);
        }
    }
    (state ^ state >> 32) as u32
}

/// What a word of a document is elsewhere in it.
#[derive(Clone, Copy, Default)]
struct Elsewhere {
    /// How often the rules gave each label; after the last of them, none.
    votes: [u32; LABELS.len() + 1],
    /// It is written small.
    small: bool,
}

/// The words that a document writes with a capital.
struct Words {
    all: FxHashMap<u64, Elsewhere>,
}

impl Words {
    fn new(tokens: &Tokens<'_>, ruled: &[Tag]) -> Self {
        // About one word in eight has a capital.
        let mut all: FxHashMap<u64, Elsewhere> = FxHashMap::default();
        all.reserve(tokens.all.len() / 8);
        // A bit for each of them, so that most small words are no look-up.
        let mut some = [0u64; 64];
        let bit = |word: u64| ((word >> 6 & 63) as usize, 1 << (word & 63));
        for (token, &tag) in tokens.all.iter().zip(ruled) {
            if token.is_capitalised() {
                let (at, bit) = bit(token.name);
                some[at] |= bit;
                all.entry(token.name).or_default().votes[vote(tag)] += 1;
            }
        }
        for token in &tokens.all {
            let (at, bit) = bit(token.name);
            if some[at] & bit != 0
                && token.case == Case::Lower
                && let Some(word) = all.get_mut(&token.name)
            {
                word.small = true;
            }
        }
        Self { all }
    }
}

/// The label of a tag; after the last of them, none.
fn vote(tag: Tag) -> usize {
    if tag == OUTSIDE { LABELS.len() } else { (tag - 1) / 2 }
}

/// The evidence of a document, `found` being what the rules made of it.
#[must_use]
pub fn evidence(
    tokens: &Tokens<'_>,
    sentences: usize,
    found: &[(usize, usize, Label)],
    resources: &Resources,
) -> Evidence {
    let count = tokens.all.len();
    let ruled = tags(count, found.iter().copied().filter(|m| m.2 != Label::Date));
    let words = Words::new(tokens, &ruled);
    let (places, listed) = places(tokens, sentences, &ruled, resources.known(tokens.language()));
    let mut clues = vec![Clue::default(); count];
    let mut known = 0;
    for i in (0..count).filter(|&i| places[i].active) {
        for near in known.max(i.saturating_sub(REACH))..count.min(i + REACH + 1) {
            clues[near] = clue(tokens, near, ruled[near], listed[near], &words);
            known = near + 1;
        }
    }
    Evidence { places, clues }
}

/// Where each token stands, and what the lists say of it.
fn places(tokens: &Tokens<'_>, sentences: usize, ruled: &[Tag], gazetteer: Known<'_>) -> (Vec<Place>, Vec<u8>) {
    let count = tokens.all.len();
    let (mut places, mut listed) = (vec![Place::default(); count], vec![0u8; count]);
    let mut last: Option<usize> = None;
    for sentence in 0..sentences {
        let range = tokens.sentence(sentence);
        let shouted = crate::entities::is_shouted(tokens, range.clone());
        let quiet = is_quiet(tokens, range.clone());
        let capitals = if shouted {
            Capitals::Shouted
        } else if quiet {
            Capitals::Quiet
        } else {
            Capitals::Usual
        };
        let mut initial = true;
        let mut listed_to = range.start;
        for i in range.clone() {
            let token = &tokens.all[i];
            let place = &mut places[i];
            (place.initial, place.capitals) = (initial, capitals);
            initial &= token.class == Class::Mark;
            if i >= listed_to
                && let Some(known) = gazetteer.longest_at(tokens, i, range.end, shouted || quiet)
                && !(quiet && (known.risky || token.is(Classes::CLOSED) || token.span.len() < 4))
            {
                let label = gazetteer.label(known.entry) as u8;
                for (n, cell) in listed[i..known.end].iter_mut().enumerate() {
                    *cell = 1 + label * 4 + u8::from(known.risky) * 2 + u8::from(n > 0);
                }
                listed_to = known.end;
            }
            let word = token.class == Class::Word;
            let small = quiet && word && !token.is(Classes::CLOSED.or(Classes::AUX));
            // Names of bodies go on in small letters where only their first word has a capital.
            places[i].active = small
                || tokens.language().declines()
                || word && token.is_capitalised()
                || ruled[i] != OUTSIDE
                || listed[i] != 0;
            if places[i].active {
                // Small words and marks between two that may be names.
                if let Some(before) = last
                    && i - before <= BRIDGE + 1
                {
                    places[before + 1..i].iter_mut().for_each(|place| place.active = true);
                }
                last = Some(i);
            }
        }
    }
    (places, listed)
}

/// What is known of token `i`.
fn clue(tokens: &Tokens<'_>, i: usize, ruled: Tag, listed: u8, words: &Words) -> Clue {
    let (token, text) = (&tokens.all[i], tokens.str(i));
    let number = token.class == Class::Number;
    let cluster = if number {
        clusters::of(key::with(key::START, b'0'))
    } else {
        let cased = if token.case == Case::Lower { 0 } else { clusters::of(key::exact(text.as_bytes())) };
        if cased == 0 { clusters::of(token.lower) } else { cased }
    };
    let classes = token.classes.0 & TELLING.0;
    let (head, far) = head_before(tokens, i);
    let mut clue = Clue {
        word: if number { 7 + text.len() as u32 } else { (token.lower ^ token.lower >> 32) as u32 },
        stem: if tokens.language().declines() { (token.name ^ token.name >> 32) as u32 } else { 0 },
        shape: shape(text),
        classes: (classes ^ (classes >> 32)) as u32,
        listed: u32::from(listed),
        cluster: u32::from(cluster),
        ruled: ruled as u32,
        head,
        far,
        ..Clue::default()
    };
    if text.is_ascii() {
        let bytes = || text.bytes().map(|byte| char::from(byte.to_ascii_lowercase()));
        clue.prefix = letters(bytes().take(3));
        clue.suffix = letters(bytes().skip(text.len().saturating_sub(3)));
        clue.end = letters(bytes().skip(text.len().saturating_sub(4)));
    } else {
        let latin = key::latin(text);
        let length = latin.chars().count();
        clue.prefix = letters(latin.chars().take(3));
        clue.suffix = letters(latin.chars().skip(length.saturating_sub(3)));
        clue.end = letters(latin.chars().skip(length.saturating_sub(4)));
    }
    if token.is_capitalised()
        && let Some(word) = words.all.get(&token.name)
    {
        let others = |n: usize| word.votes[n] - u32::from(n == vote(ruled));
        let best = (0..=LABELS.len()).max_by_key(|&n| others(n)).unwrap_or(0);
        clue.elsewhere = if others(best) == 0 { 0 } else { 1 + best as u32 };
        clue.small = word.small;
    }
    clue
}

/// The last head word of an organisation before token `i` in its sentence, written with a capital, and how far it is; 0 and 0
/// where none is near.
fn head_before(tokens: &Tokens<'_>, i: usize) -> (u32, u32) {
    const FAR: usize = 7;
    let head = |&n: &usize| tokens.all[n].is(Classes::ORG_HEAD) && tokens.all[n].is_capitalised();
    let stop = |&n: &usize| matches!(tokens.str(n), "." | "," | ";" | ":" | "(" | ")" | "\"" | "“" | "”");
    let near = (i.saturating_sub(FAR)..i).rev().take_while(|n| !stop(n)).find(head);
    near.map_or((0, 0), |n| ((tokens.all[n].name as u32).max(1), (i - n) as u32))
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
            while i < self.places.len() && !self.places[i].active {
                i += 1;
            }
            if i == self.places.len() {
                return None;
            }
            let start = i;
            i += 1;
            let goes_on = |place: Place| place.active && !place.initial;
            while i < self.places.len() && i - start < LONGEST && goes_on(self.places[i]) {
                i += 1;
            }
            Some(start..i)
        })
    }

    /// Hashes of what speaks for the tag of token `i`.
    pub fn features(&self, i: usize, out: &mut Vec<u32>) {
        // Neighbours do not reach over the edge of a sentence.
        let before = |i: usize| if i == 0 || self.places[i].initial { None } else { Some(i - 1) };
        let after = |i: usize| if self.places.get(i + 1).is_none_or(|next| next.initial) { None } else { Some(i + 1) };
        let clue = |i: Option<usize>| i.map_or(&Clue::EDGE, |i| &self.clues[i]);
        let (at_b, at_n) = (before(i), after(i));
        let (b2, b, c) = (clue(at_b.and_then(before)), clue(at_b), clue(Some(i)));
        let (n, n2) = (clue(at_n), clue(at_n.and_then(after)));
        let here = self.places[i];
        let place = u32::from(here.initial) * 2 + here.capitals as u32;
        let both = |a: u32, b: u32| mix(u32::MAX, a, b);
        let mut add = |first: u32, pairs: &[(u32, u32)]| {
            out.extend(pairs.iter().zip(first..).map(|(&(a, b), kind)| mix(kind, a, b)));
        };
        add(
            0,
            &[
                (0, 0),
                (c.word, 0),
                (b.word, 0),
                (n.word, 0),
                (b2.word, 0),
                (n2.word, 0),
                (b.word, c.word),
                (c.word, n.word),
                (c.shape, place),
                (b.shape, c.shape),
                (c.shape, n.shape),
                (both(b.shape, n.shape), c.shape),
                (c.prefix, 0),
                (c.suffix, 0),
                (c.end, 0),
                (n.suffix, c.shape),
                (b.suffix, c.shape),
                (c.classes, c.shape),
                (b.classes, c.shape),
                (n.classes, c.shape),
                (c.listed, c.shape),
                (b.listed, c.listed),
                (c.listed, n.listed),
                (c.listed, c.classes),
                (c.listed, c.word),
                (c.cluster, 0),
                (b.cluster, c.shape),
                (n.cluster, c.shape),
                (b2.cluster, b.cluster),
                (n.cluster, n2.cluster),
                (c.ruled, n.word),
                (c.ruled, c.classes),
                (c.ruled, b.classes),
                (c.ruled, n.classes),
                (c.elsewhere, c.ruled),
                (c.elsewhere, c.shape),
                (n.elsewhere, c.ruled),
                (b.elsewhere, c.ruled),
                (u32::from(c.small), both(c.shape, place)),
                (n2.classes, both(n.classes, c.ruled)),
                (b2.classes, both(b.classes, c.ruled)),
                (both(b.word, n.word), c.shape),
            ],
        );
        if c.head != 0 {
            add(
                100,
                &[
                    (c.head, c.far),
                    (c.head, c.shape),
                    (c.shape, c.classes),
                    (both(c.shape, c.far), b.shape),
                    (c.word, 0),
                    (c.head, c.suffix),
                ],
            );
        }
        if c.stem != 0 {
            add(
                200,
                &[
                    (c.stem, 0),
                    (c.stem, c.shape),
                    (b.stem, c.shape),
                    (n.stem, c.shape),
                    (b.stem, c.stem),
                    (c.stem, n.stem),
                    (b2.stem, c.shape),
                    (n2.stem, c.shape),
                ],
            );
        }
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
        let found = evidence(&tokens, 1, &[], &Resources::default());
        assert_eq!(found.clues[0].elsewhere, 1 + LABELS.len() as u32);
    }
}
