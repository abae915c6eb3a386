//! The lists of known names, and the longest match of any of them at a token.
//!
//! A form is stored under a hash of its words, folded (case, diacritics, script) and without inner punctuation, so that
//! "Bosnia-Herzegovina", "U.S." and "US", "Đukanović" and "Djukanovic" are found whatever the spelling. The case of each
//! word still counts: a word that the list writes with a capital must have one in the text. Matching goes token by
//! token: the first word tells how many can follow. `build.rs` compiles the built-in lists ([`table`]), so that they cost
//! nothing when a process starts.

mod own;
pub mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Label;
use crate::language::{Classes, Declension, fold, key};
use crate::tokens::{Case, Class, Tokens};
use table::{Entry, Form, Table, Written};

impl Entry<'_> {
    /// Its identity in `key` columns: its id, else its name, folded.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.map_or_else(|| fold(self.name), str::to_owned)
    }
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

/// Known names in languages whose names change alike.
#[derive(Debug)]
pub struct Gazetteer {
    /// Says what of a word counts.
    declension: Declension,
    names: Table,
}

/// Compass words that news writes small before a region's name: "western Balkans".
const COMPASS: [&str; 8] =
    ["northern", "southern", "eastern", "western", "central", "northeastern", "southeastern", "northwestern"];

impl Gazetteer {
    /// The built-in lists for languages whose names change like this, which `build.rs` compiles.
    #[must_use]
    pub fn of(declension: Declension) -> &'static Gazetteer {
        const PLAIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/plain.names"));
        const SERBO_CROATIAN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/serbo_croatian.names"));
        static BUILT_IN: LazyLock<[Gazetteer; 2]> = LazyLock::new(|| {
            [(Declension::None, PLAIN), (Declension::SerboCroatian, SERBO_CROATIAN)]
                .map(|(declension, bytes)| Gazetteer { declension, names: Table::of(Cow::Borrowed(bytes)) })
        });
        &BUILT_IN[usize::from(declension != Declension::None)]
    }

    /// The known thing with this number.
    #[must_use]
    pub fn entry(&self, number: u32) -> Entry<'_> {
        self.names.entry(number)
    }

    /// The longest known name that starts at token `i` and ends before `end`. `shouted`: the line is in capitals, so
    /// that case tells nothing.
    #[must_use]
    pub fn longest_at(&self, tokens: &Tokens<'_>, i: usize, end: usize, shouted: bool) -> Option<Match> {
        let first = tokens.all[i];
        if first.class != Class::Word || !(first.is_capitalised() || shouted || is_small_start(tokens, i)) {
            return None;
        }
        let mut state = key::join(0, first.name);
        let mut slot = self.names.slot(state);
        let longest = slot?.longest;
        let compass = is_compass(tokens, i);
        let mut cased = u16::from(first.is_capitalised());
        let (mut words, mut at, mut best) = (1u8, i + 1, None);
        loop {
            if let Some(form) = slot.and_then(|slot| self.names.form(slot))
                && fits(form, cased, first.case, compass, shouted)
                && !(form.acronym && words > 1)
            {
                best = Some(Match { entry: form.entry, end: at, risky: form.risky });
            }
            if words >= longest {
                return best;
            }
            let Some(next) = next_word(tokens, at, end) else { return best };
            state = key::join(state, tokens.all[next].name);
            slot = self.names.slot(state);
            if tokens.all[next].is_capitalised() {
                cased |= 1 << words;
            }
            words += 1;
            at = next + 1;
        }
    }

    /// The known thing that has this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Entry<'_>> {
        let slot = self.names.slot(Written::of(name, self.declension).state)?;
        self.names.form(slot).map(|form| self.entry(form.entry))
    }
}

/// All that is known in a language: the built-in lists and a user's own, which goes before them.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    own: Option<&'a Gazetteer>,
    builtin: &'static Gazetteer,
}

impl<'a> Known<'a> {
    /// Both lists together.
    #[must_use]
    pub fn new(own: Option<&'a Gazetteer>, builtin: &'static Gazetteer) -> Self {
        Self { own, builtin }
    }

    /// The known thing with this number.
    #[must_use]
    pub fn entry(&self, number: u32) -> Entry<'a> {
        let (list, number) = self.place(number);
        list.entry(number)
    }

    /// What the known thing with this number is.
    #[must_use]
    pub fn label(&self, number: u32) -> Label {
        let (list, number) = self.place(number);
        list.names.label(number)
    }

    /// Whether this is the number of a user's own.
    #[must_use]
    pub fn is_own(&self, number: u32) -> bool {
        number as usize >= self.builtin.names.count()
    }

    /// The known thing that has this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Entry<'a>> {
        self.own.and_then(|own| own.named(name)).or_else(|| self.builtin.named(name))
    }

    /// A number's list, and the number there.
    fn place(&self, number: u32) -> (&'a Gazetteer, u32) {
        match (self.own, (number as usize).checked_sub(self.builtin.names.count())) {
            (Some(own), Some(number)) => (own, number as u32),
            _ => (self.builtin, number),
        }
    }

    /// The longest known name that starts at token `i` and ends before `end`; of two as long, the user's own. `shouted`: the
    /// line is in capitals, so that case tells nothing.
    #[must_use]
    pub fn longest_at(&self, tokens: &Tokens<'_>, i: usize, end: usize, shouted: bool) -> Option<Match> {
        let known = self.builtin.longest_at(tokens, i, end, shouted);
        let Some(own) = self.own.and_then(|own| own.longest_at(tokens, i, end, shouted)) else { return known };
        if known.is_some_and(|known| known.end > own.end) {
            return known;
        }
        Some(Match { entry: own.entry + self.builtin.names.count() as u32, ..own })
    }
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
    let word = tokens.str(i);
    // Most words are told by their first letter.
    word.starts_with(['a', 'c', 'e', 'n', 's', 'w'])
        && (matches!(word, "al" | "el" | "ash" | "as" | "an") || is_compass(tokens, i))
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
