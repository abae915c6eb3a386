//! Which language a text is in, from its most frequent words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Lang, lines};

/// Bytes looked at: the first lines of a story tell its language.
const SAMPLE: usize = 1024;
/// Bytes that are read at once: a bit of a word each.
const BLOCK: usize = 64;
/// So many more hits than any other language are enough for the first of [`LISTS`], which has no standards to tell apart.
const LEAD: u32 = 12;

/// Languages told apart by their frequent words, and the list of each. Where two have as many hits the first wins.
const LISTS: [(Lang, &str); 5] = [
    (Lang::En, include_str!("en/markers.txt")),
    (Lang::Hr, include_str!("sh/markers.txt")),
    (Lang::Sq, include_str!("sq/markers.txt")),
    (Lang::Sl, include_str!("sl/markers.txt")),
    (Lang::Mk, include_str!("mk/markers.txt")),
];
/// The two standards of Serbo-Croatian, which share every marker, differ in these; their bits follow those of [`LISTS`].
const STANDARDS: [&str; 2] = [include_str!("sh/ekavian.txt"), include_str!("sh/ijekavian.txt")];

/// Which of the lists a word is in, a bit each, by its first eight bytes.
static MARKERS: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
    let mut markers = FxHashMap::default();
    for (n, list) in LISTS.iter().map(|(_, list)| *list).chain(STANDARDS).enumerate() {
        for word in lines(list) {
            // Letters beyond ASCII are not lower-cased while counting.
            for cased in [word.to_owned(), super::capitalised(word)] {
                *markers.entry(key(cased.as_bytes())).or_default() |= 1 << n;
            }
        }
    }
    markers
});

/// The first eight bytes of a word, its ASCII letters in lower case.
fn key(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(word).for_each(|(byte, letter)| *byte = letter.to_ascii_lowercase());
    u64::from_le_bytes(bytes)
}

/// The language of `text`; English when nothing speaks for another.
///
/// Serbian, Croatian, Bosnian and Montenegrin are told apart by script and by ekavian forms only: texts in them
/// share their rules, so a mistake among these costs nothing but the code in the table.
///
/// ```
/// use onrecord::language::{Lang, detect};
/// assert_eq!(detect("The minister said on Monday that the road is open."), Lang::En);
/// assert_eq!(detect("Председник је изјавио да није било напада."), Lang::Sr);
/// ```
#[must_use]
pub fn detect(text: &str) -> Lang {
    let sample = &text.as_bytes()[..text.len().min(SAMPLE)];
    // The letters of the sample, in lower case; 0 divides words.
    let mut letters = [0; SAMPLE + 2 * BLOCK];
    let mut hits = [0u32; LISTS.len() + STANDARDS.len()];
    let (mut word, mut within) = (0, true);
    for (n, block) in sample.chunks(BLOCK).chain([&[b' '][..]]).enumerate() {
        let first = n * BLOCK;
        within = read_letters(block, within, &mut letters[first..first + BLOCK]);
        let mut ends = zeros(&letters[first..first + BLOCK]);
        while ends != 0 {
            let end = first + ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let bytes = u64::from_le_bytes(letters[word..].first_chunk().copied().unwrap_or_default());
            let length = (end - word).min(8) as u32;
            word = end + 1;
            if length == 0 {
                continue;
            }
            let key = bytes & (u64::MAX >> (64 - 8 * length));
            if let Some(lists) = MARKERS.get(&key) {
                for (n, count) in hits.iter_mut().enumerate() {
                    *count += u32::from(lists >> n & 1);
                }
            }
        }
        if hits[0] >= LEAD && hits[1..LISTS.len()].iter().all(|count| hits[0] >= count + LEAD) {
            return LISTS[0].0;
        }
    }
    let [languages @ .., ekavian, ijekavian] = hits;
    let best = (0..LISTS.len()).max_by_key(|&n| (languages[n], std::cmp::Reverse(n))).unwrap_or(0);
    match LISTS[best].0 {
        Lang::Hr if ekavian > ijekavian || is_cyrillic(sample) => Lang::Sr,
        Lang::En if languages[best] == 0 && is_cyrillic(sample) => Lang::Sr,
        lang => lang,
    }
}

/// Writes the letters of `block` in lower case, and 0 for all else. `within` tells whether bytes that continue a character
/// from the block before belong to a letter; so does what is returned for the next.
fn read_letters(block: &[u8], within: bool, letters: &mut [u8]) -> bool {
    if block.is_ascii() {
        for (letter, byte) in letters.iter_mut().zip(block) {
            *letter = if byte.is_ascii_alphabetic() { byte | 0x20 } else { 0 };
        }
        return true;
    }
    let mut within = within;
    for (letter, &byte) in letters.iter_mut().zip(block) {
        within = match byte {
            0x80..=0xBF => within,
            // C2 leads « » and the no-break space, E2 and above dashes and quotation marks.
            0xC3..=0xE1 => true,
            _ => byte.is_ascii_alphabetic(),
        };
        *letter = if within { byte.to_ascii_lowercase() } else { 0 };
    }
    within
}

/// A bit for each byte of a block that is 0.
fn zeros(block: &[u8]) -> u64 {
    block.iter().rev().fold(0, |bits, &byte| bits << 1 | u64::from(byte == 0))
}

/// True when most letters are Cyrillic: the lead bytes of U+0400..U+04FF are D0 to D3.
fn is_cyrillic(sample: &[u8]) -> bool {
    let cyrillic = sample.iter().filter(|byte| (0xD0..=0xD3).contains(*byte)).count();
    cyrillic > sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
}
