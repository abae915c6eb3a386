//! Which language a text is in, from its script and its most frequent words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Lang, lines};

/// Bytes looked at: the first lines of a story tell its language.
const SAMPLE: usize = 1024;

/// Bytes of the longest marker.
const LONGEST: usize = 8;

/// Languages told apart by their frequent words, and the list of each. Where two have as many hits the first wins.
const LISTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("en/markers.txt")),
    (Lang::Hr, include_str!("sh/markers.txt")),
    (Lang::Sq, include_str!("sq/markers.txt")),
    (Lang::Sl, include_str!("sl/markers.txt")),
];

/// Which of [`LISTS`] a word is in, a bit each.
static MARKERS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut markers: HashMap<&str, u8> = HashMap::new();
    for (n, (_, list)) in LISTS.iter().enumerate() {
        for word in lines(list) {
            *markers.entry(word).or_default() |= 1 << n;
        }
    }
    markers
});

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
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    // The lead bytes of U+0400..U+04FF are D0 to D3; every other letter counts as one that is not Cyrillic.
    let cyrillic = sample.bytes().filter(|b| (0xD0..=0xD3).contains(b)).count();
    let others = sample.bytes().filter(|b| b.is_ascii_alphabetic() || matches!(b, 0xC3..=0xC5)).count();
    if cyrillic > others {
        // ѓ ќ ѕ are Macedonian only; ђ ћ Serbian only.
        let macedonian = sample.chars().filter(|c| "ѓќѕ".contains(*c)).count();
        let serbian = sample.chars().filter(|c| "ђћ".contains(*c)).count();
        return if macedonian > serbian { Lang::Mk } else { Lang::Sr };
    }
    let mut hits = [0usize; LISTS.len()];
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && w.len() <= LONGEST) {
        let found = match MARKERS.get(word) {
            None if word.starts_with(char::is_uppercase) => MARKERS.get(word.to_lowercase().as_str()),
            found => found,
        };
        for (n, count) in hits.iter_mut().enumerate() {
            *count += usize::from(found.is_some_and(|lists| lists >> n & 1 == 1));
        }
    }
    let best = (0..LISTS.len()).max_by_key(|&n| (hits[n], std::cmp::Reverse(n))).unwrap_or(0);
    match LISTS[best].0 {
        Lang::Hr if ekavian(&sample.to_lowercase()) => Lang::Sr,
        lang => lang,
    }
}

/// True when the text has more ekavian than ijekavian forms of common words: then it is Serbian.
fn ekavian(text: &str) -> bool {
    let count = |forms: &[&str]| forms.iter().map(|f| text.matches(f).count()).sum::<usize>();
    count(&["predsednik", "posle", "vreme", "uvek", "gde ", "ovde"])
        > count(&["predsjednik", "poslije", "vrijeme", "uvijek", "gdje ", "ovdje", "tisuć"])
}
