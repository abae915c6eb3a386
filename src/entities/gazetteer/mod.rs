//! The lists of known names, and the longest match of any of them at a token.
//!
//! A form is stored under a hash of its words, folded (case, diacritics, script) and without inner punctuation, so that
//! "Bosnia-Herzegovina", "U.S." and "US", "Đukanović" and "Djukanovic" are found whatever the spelling. The case of each
//! word still counts: a word that the list writes with a capital must have one in the text. Matching goes token by
//! token from a table of first words; the lists change too often between releases for a compiled automaton to pay,
//! and building one over 60,000 forms would cost more at start than most notebooks spend reading.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Label;
use crate::language::{Classes, cells, key, lines};
use crate::tokens::{Case, Class, Tokens};

/// A known thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its identity in `key` columns.
    pub key: Cow<'static, str>,
    /// Its usual English name.
    pub name: Cow<'static, str>,
    /// What it is.
    pub label: Label,
}

/// One way to write a known thing.
#[derive(Clone, Copy, Debug)]
struct Form {
    entry: u32,
    /// Bit `i`: word `i` is written with a capital.
    capitals: u16,
    /// Written in capitals throughout ("NATO").
    acronym: bool,
    /// An acronym that British papers write as a word.
    sayable: bool,
    /// Also a common word or another kind of name: needs context.
    risky: bool,
}

/// A match at a token.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    /// The entry, for [`Gazetteer::entry`].
    pub entry: u32,
    /// One past the last token.
    pub end: usize,
    /// Needs context to be believed.
    pub risky: bool,
}

/// All lists.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// By the hash of their words.
    forms: FxHashMap<u64, Form>,
    /// Most words of any form that starts with this word.
    longest: FxHashMap<u64, u8>,
}

/// Letters from which on an acronym with a vowel may be written as a word.
const SAYABLE: usize = 4;

/// Compass words that news writes small before a region's name: "western Balkans".
const COMPASS: [&str; 8] =
    ["northern", "southern", "eastern", "western", "central", "northeastern", "southeastern", "northwestern"];

impl Gazetteer {
    /// The built-in lists, read at first use.
    #[must_use]
    pub fn builtin() -> &'static Gazetteer {
        static BUILTIN: LazyLock<Gazetteer> = LazyLock::new(|| {
            let mut gazetteer = Gazetteer::default();
            gazetteer.forms.reserve(1 << 16);
            let risky: FxHashSet<&str> = lines(include_str!("ambiguous.tsv")).map(|l| cells::<1>(l)[0]).collect();
            // Where two lists have a form, the earlier one keeps it.
            for (list, label) in [
                (include_str!("peoples.tsv"), Label::Norp),
                (include_str!("places.tsv"), Label::Loc),
                (include_str!("organisations.tsv"), Label::Org),
                (include_str!("events.tsv"), Label::Event),
                (include_str!("people.tsv"), Label::Person),
            ] {
                for line in lines(list) {
                    let [key, name, aliases] = cells(line);
                    gazetteer.add(Entry { key: key.into(), name: name.into(), label }, aliases, &risky);
                }
            }
            gazetteer
        });
        &BUILTIN
    }

    fn add(&mut self, entry: Entry, aliases: &str, risky: &FxHashSet<&str>) {
        let number = self.entries.len() as u32;
        let body = ["ALL", "MIS", "ORG-INT"].iter().any(|kind| entry.key.starts_with(kind));
        for form in std::iter::once(&*entry.name).chain(aliases.split('|')).filter(|f| !f.is_empty()) {
            let (mut state, mut capitals, mut words, mut first) = (0, 0u16, 0u8, 0);
            for word in words_of(form) {
                if word.starts_with(char::is_uppercase) && words < 16 {
                    capitals |= 1 << words;
                }
                state = join(state, key::folded(word));
                words += 1;
                if words == 1 {
                    first = state;
                }
            }
            if capitals == 0 || words > 12 {
                continue;
            }
            let letters = || form.chars().filter(|c| c.is_alphabetic());
            let acronym = words == 1 && letters().count() > 1 && letters().all(char::is_uppercase);
            let longest = self.longest.entry(first).or_default();
            *longest = (*longest).max(words);
            let risky = risky.contains(form);
            let vowels = letters().filter(|c| "AEIOU".contains(*c)).count();
            let sayable = acronym && !risky && body && letters().count() >= SAYABLE && vowels >= 1;
            let form = Form { entry: number, capitals, acronym, sayable, risky };
            self.forms.entry(state).or_insert(form);
        }
        self.entries.push(entry);
    }

    /// The known thing with this number.
    #[must_use]
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// The longest known name that starts at token `i` and ends before `end`. `shouted`: the line is in capitals, so
    /// that case tells nothing.
    #[must_use]
    pub fn longest_at(&self, tokens: &Tokens<'_>, i: usize, end: usize, shouted: bool) -> Option<Match> {
        let first = tokens.all[i];
        if first.class != Class::Word || !(first.is_capitalised() || shouted || is_small_start(tokens, i)) {
            return None;
        }
        let mut state = join(0, first.folded);
        let longest = *self.longest.get(&state)?;
        let mut cased = u16::from(first.is_capitalised());
        let (mut words, mut at, mut best) = (1u8, i + 1, None);
        loop {
            if let Some(form) = self.forms.get(&state)
                && fits(*form, cased, first.case, is_compass(tokens, i), shouted)
                && !(form.acronym && words > 1)
            {
                best = Some(Match { entry: form.entry, end: at, risky: form.risky });
            }
            if words == longest {
                return best;
            }
            let Some(next) = next_word(tokens, at, end) else { return best };
            state = join(state, tokens.all[next].folded);
            if words < 16 && tokens.all[next].is_capitalised() {
                cased |= 1 << words;
            }
            words += 1;
            at = next + 1;
        }
    }

    /// The known thing that has this name.
    #[must_use]
    pub fn knows(&self, name: &str) -> Option<&Entry> {
        let state = words_of(name).fold(0, |state, word| join(state, key::folded(word)));
        self.forms.get(&state).map(|f| self.entry(f.entry))
    }
}

/// The words of a form: stretches of letters, digits and stops.
fn words_of(form: &str) -> impl Iterator<Item = &str> {
    form.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.trim_matches('.').is_empty())
}

/// The hash of a name with one more word.
fn join(state: u64, word: u64) -> u64 {
    (state.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Whether the capitals of the text are those of the form.
fn fits(form: Form, cased: u16, case: Case, compass: bool, shouted: bool) -> bool {
    if shouted {
        return !form.acronym || case == Case::Upper;
    }
    if form.acronym {
        // "NATO"; British papers write the longer ones that can be said as words: "Nato", "Eufor".
        return case == Case::Upper || case == Case::Title && form.sayable;
    }
    let missing = form.capitals & !cased;
    missing == 0 || (missing == 1 && compass)
}

fn is_compass(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.all[i].case == Case::Lower && COMPASS.contains(&tokens.str(i))
}

/// A small word that may begin a name: a compass word, or the article of an Arabic name.
fn is_small_start(tokens: &Tokens<'_>, i: usize) -> bool {
    is_compass(tokens, i) || matches!(tokens.str(i), "al" | "el" | "ash" | "as" | "an")
}

/// The next word of a name after token `at - 1`: past a hyphen or apostrophe inside it, or the stop of "St."; no comma.
fn next_word(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    let token = tokens.all.get(at).filter(|_| at < end)?;
    match token.class {
        Class::Word | Class::Number => Some(at),
        // "People's Party": the form has its "s" as a word.
        Class::Clitic => tokens.all.get(at + 1).filter(|t| t.is_capitalised()).map(|_| at),
        Class::Mark => {
            let next = tokens.all.get(at + 1).filter(|_| at + 1 < end)?;
            let mark = tokens.str(at);
            let inside = match mark {
                "-" | "‑" | "–" | "'" | "’" | "/" => tokens.is_glued(at) && tokens.is_glued(at + 1),
                "&" => true,
                "." => {
                    tokens.is_glued(at) && tokens.all[at - 1].span.len() <= 3 && !tokens.all[at - 1].is(Classes::CLOSED)
                }
                _ => false,
            };
            (inside && next.class == Class::Word).then_some(at + 1)
        }
    }
}
