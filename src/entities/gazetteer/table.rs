//! Known names in the form that look-ups read: bytes, so that the built-in lists need no reading when a process starts.
//!
//! [`Draft`] collects names and writes a [`Table`], for the built-in lists when the package is built (`build.rs`), for a
//! user's own when a reading begins. Four parts follow one another, numbers in little-endian order:
//!
//! - slots, 8 bytes each, a power of two of them: 32 bits of the hash of a form's words, 28 bits for one more than the form's
//!   number, 4 bits for the most words of any form that begins with this one word. All zero: free. A hash looks first at the
//!   slot of its upper 32 bits (of as many as there are slots), then at those that follow, to the first free one;
//! - forms, 8 bytes each: entry, capitals, flags;
//! - entries, 9 bytes each: where its text begins, bytes of its id and of its name, label;
//! - text: id and name of every entry.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::entities::Label;
use crate::language::{Declension, key, parts};

/// Words of the longest form.
pub const MOST_WORDS: usize = 12;

/// Bytes of the longest form or id of a user's own.
pub const MOST_BYTES: usize = 200;

/// Letters from which on an acronym with a vowel may be written as a word.
const SAYABLE: usize = 4;

const SLOT: usize = 8;
const FORM: usize = 8;
const ENTRY: usize = 9;

/// A known thing.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its id, if a list gives one.
    pub id: Option<&'a str>,
    /// Its usual English name.
    pub name: &'a str,
    /// What it is.
    pub label: Label,
}

/// One way to write a known thing.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The number of the thing.
    pub entry: u32,
    /// Bit `i`: word `i` is written with a capital.
    pub capitals: u16,
    /// Written in capitals throughout ("NATO").
    pub acronym: bool,
    /// An acronym that British papers write as a word.
    pub sayable: bool,
    /// Also a common word or another kind of name: needs context.
    pub risky: bool,
}

/// What is known of some words.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// One more than the number of the form that they are; 0: they are none.
    form: u32,
    /// Most words of any form that begins with them, if they are one word.
    pub longest: u8,
}

/// Known names, by the hash of their words.
#[derive(Debug)]
pub struct Table {
    bytes: Cow<'static, [u8]>,
    /// One less than the number of slots.
    mask: usize,
    /// Where forms, entries and text begin.
    forms: usize,
    entries: usize,
    text: usize,
}

/// Bytes before the slots: how many slots, forms and entries there are.
const HEAD: usize = 12;

impl Table {
    /// Reads what [`Draft::table`] wrote.
    #[must_use]
    pub fn of(bytes: Cow<'static, [u8]>) -> Self {
        let count = |n: usize| number(&bytes, 4 * n) as usize;
        let forms = HEAD + SLOT * count(0);
        let entries = forms + FORM * count(1);
        let text = entries + ENTRY * count(2);
        Self { mask: count(0) - 1, forms, entries, text, bytes }
    }

    /// How many things are known.
    #[must_use]
    pub fn count(&self) -> usize {
        (self.text - self.entries) / ENTRY
    }

    /// What is known of words with this hash.
    #[must_use]
    pub fn slot(&self, state: u64) -> Option<Slot> {
        let mut at = place(state, self.mask);
        loop {
            let what = number(&self.bytes, HEAD + SLOT * at + 4);
            if what == 0 {
                return None;
            }
            if number(&self.bytes, HEAD + SLOT * at) == state as u32 {
                return Some(Slot { form: what >> 4, longest: (what & 15) as u8 });
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The form that the words are.
    #[must_use]
    pub fn form(&self, slot: Slot) -> Option<Form> {
        let at = self.forms + FORM * (slot.form.checked_sub(1)? as usize);
        let bits = number(&self.bytes, at + 4);
        let flag = |bit: u32| bits >> bit & 1 == 1;
        let (entry, capitals) = (number(&self.bytes, at), bits as u16);
        Some(Form { entry, capitals, acronym: flag(16), sayable: flag(17), risky: flag(18) })
    }

    /// The thing with this number.
    #[must_use]
    pub fn entry(&self, entry: u32) -> Entry<'_> {
        entry_at(&self.bytes[self.entries..self.text], &self.bytes[self.text..], entry)
    }

    /// What the thing with this number is.
    #[must_use]
    pub fn label(&self, entry: u32) -> Label {
        label_at(&self.bytes[self.entries..self.text], entry)
    }
}

fn entry_at<'a>(entries: &[u8], text: &'a [u8], entry: u32) -> Entry<'a> {
    let at = ENTRY * entry as usize;
    let lengths = number(entries, at + 4);
    let id = number(entries, at) as usize;
    let name = id + usize::from(lengths as u16);
    let text = |from: usize, to: usize| std::str::from_utf8(&text[from..to]).unwrap_or_default();
    let end = name + (lengths >> 16) as usize;
    Entry {
        id: Some(text(id, name)).filter(|id| !id.is_empty()),
        name: text(name, end),
        label: label_at(entries, entry),
    }
}

fn label_at(entries: &[u8], entry: u32) -> Label {
    Label::ALL[usize::from(entries[ENTRY * entry as usize + 8])]
}

/// The number of four bytes at `at`.
fn number(bytes: &[u8], at: usize) -> u32 {
    let [a, b, c, d] = bytes[at..at + 4] else { return 0 };
    u32::from_le_bytes([a, b, c, d])
}

/// The slot where the search for a hash begins.
fn place(state: u64, mask: usize) -> usize {
    (state >> 32) as usize & mask
}

/// Names as they are collected.
#[derive(Debug)]
pub struct Draft {
    declension: Declension,
    entries: Vec<u8>,
    text: Vec<u8>,
    forms: Vec<u8>,
    /// What a slot will hold for words with this hash.
    slots: FxHashMap<u64, Slot>,
}

impl Draft {
    /// An empty one, for languages whose names change like this.
    #[must_use]
    pub fn new(declension: Declension) -> Self {
        Self { declension, entries: Vec::new(), text: Vec::new(), forms: Vec::new(), slots: FxHashMap::default() }
    }

    /// How many things it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len() / ENTRY
    }

    /// The thing that has this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Entry<'_>> {
        let slot = self.slots.get(&Written::of(name, self.declension).state)?;
        let form = FORM * (slot.form.checked_sub(1)? as usize);
        Some(entry_at(&self.entries, &self.text, number(&self.forms, form)))
    }

    /// Adds a thing under its name, which may be risky, and its other forms, between "|"; "?" stands before one that is
    /// risky. A form that an earlier thing has stays with it.
    pub fn add(&mut self, entry: Entry<'_>, risky: bool, aliases: &str, is_risky: impl Fn(&str) -> bool) {
        let number = self.count() as u32;
        let body = |id: &str| ["ALL", "MIS", "ORG-INT"].iter().any(|kind| id.starts_with(kind));
        let body = entry.id.is_some_and(body);
        let aliases = parts(aliases, b'|').filter(|form| !form.is_empty());
        let aliases = aliases.map(|form| form.strip_prefix('?').map_or((form, false), |form| (form, true)));
        for (form, risky) in std::iter::once((entry.name, risky)).chain(aliases) {
            let risky = risky || is_risky(form);
            let written = Written::of(form, self.declension);
            if written.capitals == 0 || written.words > MOST_WORDS {
                continue;
            }
            let first = self.slots.entry(written.first).or_insert(Slot { form: 0, longest: 0 });
            first.longest = first.longest.max(written.words as u8);
            let acronym = written.words == 1 && written.letters > 1 && !written.small;
            let sayable = acronym && !risky && body && written.letters >= SAYABLE && written.vowels >= 1;
            let slot = self.slots.entry(written.state).or_insert(Slot { form: 0, longest: 0 });
            if slot.form == 0 {
                let flags = u32::from(acronym) | u32::from(sayable) << 1 | u32::from(risky) << 2;
                self.forms.extend(number.to_le_bytes());
                self.forms.extend((u32::from(written.capitals) | flags << 16).to_le_bytes());
                slot.form = (self.forms.len() / FORM) as u32;
            }
        }
        let id = entry.id.unwrap_or_default();
        self.entries.extend((self.text.len() as u32).to_le_bytes());
        self.entries.extend((id.len() as u16).to_le_bytes());
        self.entries.extend((entry.name.len() as u16).to_le_bytes());
        self.entries.push(entry.label as u8);
        self.text.extend(id.bytes().chain(entry.name.bytes()));
    }

    /// All that was added, as bytes for [`Table::of`].
    #[must_use]
    pub fn table(self) -> Vec<u8> {
        // Half of the slots stay free, so that a search ends soon.
        let count = (2 * self.slots.len()).next_power_of_two().max(2);
        let mut known: Vec<(u64, Slot)> = self.slots.into_iter().collect();
        known.sort_unstable_by_key(|&(state, _)| state);
        let mut slots = vec![[0u32; 2]; count];
        for (state, slot) in known {
            let mut at = place(state, count - 1);
            while slots[at][1] != 0 {
                at = (at + 1) & (count - 1);
            }
            slots[at] = [state as u32, slot.form << 4 | u32::from(slot.longest)];
        }
        let counts = [count, self.forms.len() / FORM, self.entries.len() / ENTRY];
        let mut bytes: Vec<u8> = counts.iter().flat_map(|&n| (n as u32).to_le_bytes()).collect();
        bytes.extend(slots.iter().flatten().flat_map(|n| n.to_le_bytes()));
        bytes.extend([self.forms, self.entries, self.text].iter().flatten());
        bytes
    }
}

/// How a form is written.
#[derive(Default)]
pub struct Written {
    /// The hash of its words.
    pub state: u64,
    /// The hash of its first word alone.
    first: u64,
    /// How many words it has.
    pub words: usize,
    /// Bit `i`: word `i` has a capital.
    capitals: u16,
    letters: usize,
    vowels: usize,
    /// It has small letters.
    small: bool,
}

impl Written {
    /// Looks at a form in a language whose names change like this.
    #[must_use]
    pub fn of(form: &str, declension: Declension) -> Self {
        let mut written = Self::default();
        for word in words_of(form) {
            if written.words < MOST_WORDS && word.starts_with(char::is_uppercase) {
                written.capitals |= 1 << written.words;
            }
            written.state = key::join(written.state, declension.name_key(word));
            written.words += 1;
            if written.words == 1 {
                written.first = written.state;
            }
        }
        // What makes an acronym is asked of single words only.
        if written.words == 1 {
            for c in form.chars().filter(|c| c.is_alphabetic()) {
                written.letters += 1;
                written.vowels += usize::from(matches!(c, 'A' | 'E' | 'I' | 'O' | 'U'));
                written.small |= !c.is_uppercase();
            }
        }
        written
    }
}

/// The words of a form: stretches of letters, digits and stops.
fn words_of(form: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '.' } else { !c.is_alphanumeric() };
    form.split(apart).filter(|word| word.bytes().any(|byte| byte != b'.'))
}
