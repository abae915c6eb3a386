//! Which language a text is in, from its script and its most frequent words.

use super::Lang;

/// Bytes looked at: the first lines of a story tell its language.
const SAMPLE: usize = 2048;

/// Words frequent in one language and rare in the others; a hit counts one.
const MARKERS: [(Lang, &[&str]); 4] = [
    (Lang::En, &["the", "of", "and", "to", "in", "is", "that", "was", "for", "said", "on", "with"]),
    (Lang::Hr, &["je", "i", "u", "na", "se", "da", "su", "za", "od", "koji", "nije", "će"]),
    (Lang::Sq, &["të", "e", "dhe", "në", "për", "që", "me", "është", "një", "së", "nga", "ka"]),
    (Lang::Sl, &["je", "in", "v", "na", "se", "da", "so", "za", "ki", "pri", "ni", "bo"]),
];

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
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let cyrillic = sample.chars().filter(|c| ('\u{400}'..='\u{4ff}').contains(c)).count();
    if cyrillic * 2 > letters {
        // ѓ ќ ѕ are Macedonian only; ђ ћ Serbian only.
        let macedonian = sample.chars().filter(|c| "ѓќѕ".contains(*c)).count();
        let serbian = sample.chars().filter(|c| "ђћ".contains(*c)).count();
        return if macedonian > serbian { Lang::Mk } else { Lang::Sr };
    }
    let mut hits = [0usize; MARKERS.len()];
    for word in sample.split(|c: char| !c.is_alphabetic()) {
        for (count, (_, markers)) in hits.iter_mut().zip(&MARKERS) {
            *count += usize::from(markers.contains(&word));
        }
    }
    let best = (0..MARKERS.len()).max_by_key(|&i| (hits[i], std::cmp::Reverse(i))).unwrap_or(0);
    match MARKERS[best].0 {
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
