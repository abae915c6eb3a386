//! The lists of known names, and the longest match of any of them at a token.
//!
//! A form is stored under a hash of its words, folded (case, diacritics, script) and without inner punctuation, so that
//! "Bosnia-Herzegovina", "U.S." and "US", "Đukanović" and "Djukanovic" are found whatever the spelling. The case of each
//! word still counts: a word that the list writes with a capital must have one in the text. Matching goes token by
//! token from a table of first words; the lists change too often between releases for a compiled automaton to pay,
//! and building one over 130,000 forms would cost more at start than most notebooks spend reading.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Label;
use crate::language::{Classes, Declension, cells, fold, key, lines, parts};
use crate::tokens::{Case, Class, Tokens};

/// A known thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id, if a list gives one.
    id: Option<Cow<'static, str>>,
    /// Its usual English name.
    pub name: Cow<'static, str>,
    /// What it is.
    pub label: Label,
}

impl Entry {
    /// Whether a list gives it an id.
    #[must_use]
    pub fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Its identity in `key` columns: its id, else its name, folded.
    #[must_use]
    pub fn key(&self) -> String {
        self.id.as_deref().map_or_else(|| fold(&self.name), str::to_owned)
    }
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
#[derive(Debug)]
pub struct Gazetteer {
    /// Says what of a word counts.
    declension: Declension,
    entries: Vec<Entry>,
    /// By the hash of their words.
    forms: FxHashMap<u64, Form>,
    /// Most words of any form that starts with this word.
    longest: FxHashMap<u64, u8>,
}

/// Words of the longest form.
const MOST_WORDS: usize = 12;

/// Bytes of the longest form of a user's own.
const MOST_BYTES: usize = 200;

/// Rows of the longest list of a user's own.
const MOST_ROWS: usize = 200_000;

/// Letters from which on an acronym with a vowel may be written as a word.
const SAYABLE: usize = 4;

/// Compass words that news writes small before a region's name: "western Balkans".
const COMPASS: [&str; 8] =
    ["northern", "southern", "eastern", "western", "central", "northeastern", "southeastern", "northwestern"];

impl Gazetteer {
    /// The built-in lists for languages whose names change like this, read at first use.
    #[must_use]
    pub fn of(declension: Declension) -> &'static Gazetteer {
        static PLAIN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin(Declension::None));
        static SERBO_CROATIAN: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin(Declension::SerboCroatian));
        match declension {
            Declension::None => &PLAIN,
            Declension::SerboCroatian => &SERBO_CROATIAN,
        }
    }

    fn new(declension: Declension) -> Gazetteer {
        Gazetteer { declension, entries: Vec::new(), forms: FxHashMap::default(), longest: FxHashMap::default() }
    }

    fn builtin(declension: Declension) -> Gazetteer {
        let mut gazetteer = Gazetteer::new(declension);
        gazetteer.forms.reserve(1 << 17);
        // Where two lists have a form, the earlier one keeps it.
        if declension == Declension::SerboCroatian {
            for list in
                [include_str!("sh/peoples.tsv"), include_str!("sh/places.tsv"), include_str!("sh/organisations.tsv")]
            {
                gazetteer.read(list);
            }
        }
        let risky: FxHashSet<&str> = lines(include_str!("ambiguous.tsv")).map(|l| cells::<1>(l)[0]).collect();
        for (list, label) in [
            (include_str!("peoples.tsv"), Label::Norp),
            (include_str!("places.tsv"), Label::Loc),
            (include_str!("organisations.tsv"), Label::Org),
            (include_str!("events.tsv"), Label::Event),
            (include_str!("people.tsv"), Label::Person),
        ] {
            for line in lines(list) {
                let [key, name, aliases] = cells(line);
                let id = Some(key.into());
                gazetteer.add(Entry { id, name: name.into(), label }, false, aliases, &risky);
            }
        }
        for list in [
            include_str!("world/parties_and_peoples.tsv"),
            include_str!("world/places.tsv"),
            include_str!("world/bodies.tsv"),
            include_str!("world/media_and_learning.tsv"),
            include_str!("world/companies.tsv"),
            include_str!("world/people.tsv"),
            include_str!("world/sports.tsv"),
        ] {
            gazetteer.read(list);
        }
        gazetteer
    }

    /// Reads a list of names, labels and other forms; "?" stands before a form that needs context. What is known already
    /// keeps its id.
    fn read(&mut self, list: &'static str) {
        let none = FxHashSet::default();
        for line in lines(list) {
            let [name, label, aliases] = cells(line);
            let label = match label {
                "PERSON" => Label::Person,
                "ORG" => Label::Org,
                "LOC" => Label::Loc,
                "NORP" => Label::Norp,
                _ => continue,
            };
            let (name, risky) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
            let id = self.knows(name).filter(|known| known.label == label).and_then(|known| known.id.clone());
            self.add(Entry { id, name: name.into(), label }, risky, aliases, &none);
        }
    }

    /// A user's own list: CSV with a header, and the columns `name`, `label`, and if wanted `id` and `aliases` (between them "|").
    ///
    /// # Errors
    /// What is wrong, with the line: a column that is missing or unknown, a label or name that cannot be, a list too long.
    pub fn own(csv: &[u8], declension: Declension) -> Result<Gazetteer, String> {
        const COLUMNS: [&str; 4] = ["name", "label", "id", "aliases"];
        let mut rows = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv));
        let bad = |e: &csv::Error| format!("line {}: {e}", e.position().map_or(1, csv::Position::line));
        let header = rows.headers().map_err(|e| bad(&e))?.clone();
        if let Some(other) = header.iter().find(|column| !COLUMNS.contains(column)) {
            return Err(format!("line 1: unknown column {other:?}; known are {}", COLUMNS.join(", ")));
        }
        let column = |name: &str| header.iter().position(|column| column == name);
        let [Some(name), Some(label)] = [column("name"), column("label")] else {
            return Err("line 1: the columns name and label are needed".to_owned());
        };
        let mut own = Gazetteer::new(declension);
        for row in rows.records() {
            let row = row.map_err(|e| bad(&e))?;
            let at = |what: String| format!("line {}: {what}", row.position().map_or(0, csv::Position::line));
            let cell = |column: Option<usize>| column.and_then(|n| row.get(n)).unwrap_or_default();
            let (name, wanted) = (cell(Some(name)), cell(Some(label)));
            let Some(label) = Label::ALL.into_iter().find(|l| l.as_str() == wanted && *l != Label::Date) else {
                return Err(at(format!("unknown label {wanted:?}; known are PERSON, ORG, LOC, NORP, EVENT")));
            };
            let forms = std::iter::once(name).chain(cell(column("aliases")).split('|').filter(|form| !form.is_empty()));
            for form in forms {
                let words = words_of(form).count();
                if !form.contains(char::is_uppercase) {
                    return Err(at(format!("{form:?} has no capital: a name needs one")));
                }
                if words > MOST_WORDS || form.len() > MOST_BYTES {
                    return Err(at(format!("{form:?} is too long: {MOST_WORDS} words and {MOST_BYTES} bytes at most")));
                }
            }
            if own.entries.len() == MOST_ROWS {
                return Err(at(format!("the list is too long: {MOST_ROWS} rows at most")));
            }
            let id = Some(cell(column("id"))).filter(|id| !id.is_empty()).map(|id| id.to_owned().into());
            let entry = Entry { id, name: name.to_owned().into(), label };
            own.add(entry, false, cell(column("aliases")), &FxHashSet::default());
        }
        Ok(own)
    }

    /// Adds a known thing under its name, which may be risky, and its other forms; "?" stands before one that is.
    fn add(&mut self, entry: Entry, risky: bool, aliases: &str, more_risky: &FxHashSet<&str>) {
        let number = self.entries.len() as u32;
        let body =
            ["ALL", "MIS", "ORG-INT"].iter().any(|kind| entry.id.as_ref().is_some_and(|id| id.starts_with(kind)));
        let aliases = parts(aliases, b'|').filter(|form| !form.is_empty());
        let aliases = aliases.map(|form| form.strip_prefix('?').map_or((form, false), |form| (form, true)));
        for (form, risky) in std::iter::once((&*entry.name, risky)).chain(aliases) {
            let risky = risky || !more_risky.is_empty() && more_risky.contains(form);
            let written = Written::of(form, self.declension);
            if written.capitals == 0 || usize::from(written.words) > MOST_WORDS {
                continue;
            }
            let longest = self.longest.entry(written.first).or_default();
            *longest = (*longest).max(written.words);
            let acronym = written.words == 1 && written.letters > 1 && !written.small;
            let sayable = acronym && !risky && body && written.letters >= SAYABLE && written.vowels >= 1;
            let form = Form { entry: number, capitals: written.capitals, acronym, sayable, risky };
            self.forms.entry(written.state).or_insert(form);
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
        let mut state = key::join(0, first.name);
        let longest = *self.longest.get(&state)?;
        let compass = is_compass(tokens, i);
        let mut cased = u16::from(first.is_capitalised());
        let (mut words, mut at, mut best) = (1u8, i + 1, None);
        loop {
            if let Some(form) = self.forms.get(&state)
                && fits(*form, cased, first.case, compass, shouted)
                && !(form.acronym && words > 1)
            {
                best = Some(Match { entry: form.entry, end: at, risky: form.risky });
            }
            if words == longest {
                return best;
            }
            let Some(next) = next_word(tokens, at, end) else { return best };
            state = key::join(state, tokens.all[next].name);
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
        let state = words_of(name).fold(0, |state, word| key::join(state, self.declension.name_key(word)));
        self.forms.get(&state).map(|f| self.entry(f.entry))
    }
}

/// How a form is written.
#[derive(Default)]
struct Written {
    /// The hash of its words.
    state: u64,
    /// The hash of its first word alone.
    first: u64,
    words: u8,
    /// Bit `i`: word `i` has a capital.
    capitals: u16,
    letters: usize,
    vowels: usize,
    /// It has small letters.
    small: bool,
}

impl Written {
    fn of(form: &str, declension: Declension) -> Self {
        let mut written = Self::default();
        for word in words_of(form) {
            if written.words < 16 && word.starts_with(char::is_uppercase) {
                written.capitals |= 1 << written.words;
            }
            written.state = key::join(written.state, declension.name_key(word));
            written.words = written.words.saturating_add(1);
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
    pub fn entry(&self, number: u32) -> &'a Entry {
        match (self.own, (number as usize).checked_sub(self.builtin.entries.len())) {
            (Some(own), Some(number)) => &own.entries[number],
            _ => self.builtin.entry(number),
        }
    }

    /// Whether this is the number of a user's own.
    #[must_use]
    pub fn is_own(&self, number: u32) -> bool {
        number as usize >= self.builtin.entries.len()
    }

    /// The known thing that has this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'a Entry> {
        self.own.and_then(|own| own.knows(name)).or_else(|| self.builtin.knows(name))
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
        Some(Match { entry: own.entry + self.builtin.entries.len() as u32, ..own })
    }
}

/// The words of a form: stretches of letters, digits and stops.
fn words_of(form: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| if c.is_ascii() { !c.is_ascii_alphanumeric() && c != '.' } else { !c.is_alphanumeric() };
    form.split(apart).filter(|word| word.bytes().any(|byte| byte != b'.'))
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
