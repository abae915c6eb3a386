//! Words by what stands around them: the class of each word, in a table small enough to stay near the processor.

use std::sync::LazyLock;

use crate::language::{cells, key, lines};

/// Places of the table have two to this power; there are half as many words at most.
const BITS: u32 = 16;

/// For each place a check of its word's hash and its class, counted from 1; 0 and 0 where it is empty. A word lies at the first
/// free place from its home on.
static TABLE: LazyLock<Vec<[u16; 2]>> = LazyLock::new(|| {
    let mut table = vec![[0; 2]; 1 << BITS];
    for line in lines(include_str!("../language/en/clusters.tsv")) {
        let [word, class] = cells(line);
        let Ok(class) = class.parse::<u16>() else { continue };
        let word = key::exact(word.as_bytes());
        if let Some(free) = places(word).find(|&place| table[place][1] == 0) {
            table[free] = [check(word), class + 1];
        }
    }
    table
});

/// Reads the table, which is done at first use otherwise.
pub fn prepare() {
    LazyLock::force(&TABLE);
}

/// The class of a word, given by [`key::exact`] or [`key::lower`]; 0 when it has none.
pub(super) fn of(word: u64) -> u16 {
    let found = places(word).map(|place| TABLE[place]).find(|[other, class]| *class == 0 || *other == check(word));
    found.map_or(0, |[_, class]| class)
}

/// The places where a word may lie, its home first.
fn places(word: u64) -> impl Iterator<Item = usize> {
    let home = (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize;
    (0..1 << BITS).map(move |n| (home + n) & ((1 << BITS) - 1))
}

/// What tells a word from others near its home.
fn check(word: u64) -> u16 {
    (word >> 16) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_class_and_others_none() {
        for line in lines(include_str!("../language/en/clusters.tsv")).take(2000) {
            let [word, class] = cells(line);
            assert_eq!(of(key::exact(word.as_bytes())), 1 + class.parse::<u16>().unwrap(), "{word}");
        }
        let unknown = (0..2000).filter(|n| of(key::exact(format!("zorgalia{n}").as_bytes())) == 0);
        assert!(unknown.count() > 1990);
    }
}
