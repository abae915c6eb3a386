//! What differs by language, as data: plain files that a linguist can edit, read once, at first use.
//!
//! [`Language`] is one language's lists; what they say of a word is one look-up, a set of
//! [`Classes`]. English has every list; the other languages have their abbreviations, and rely on gazetteers.

mod declension;
mod detect;
mod fold;
pub mod key;
pub(crate) mod rows;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

pub use declension::Declension;
pub use detect::detect;
pub use fold::{fold, fold_char};
pub(crate) use rows::{cells, lines, parts};

use crate::quotes::{SpeakerType, Stance};

/// A language that texts are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Serbian, in either script.
    Sr,
    /// Croatian.
    Hr,
    /// Bosnian.
    Bs,
    /// Montenegrin.
    Cnr,
    /// Macedonian.
    Mk,
    /// Albanian.
    Sq,
    /// Slovene.
    Sl,
}

impl Lang {
    /// Every language, in the order of its code in the tables.
    pub const ALL: [Lang; 8] = [Self::En, Self::Sr, Self::Hr, Self::Bs, Self::Cnr, Self::Mk, Self::Sq, Self::Sl];

    /// Its code, ISO 639.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sr => "sr",
            Self::Hr => "hr",
            Self::Bs => "bs",
            Self::Cnr => "cnr",
            Self::Mk => "mk",
            Self::Sq => "sq",
            Self::Sl => "sl",
        }
    }

    /// How its names change.
    #[must_use]
    pub fn declension(self) -> Declension {
        match self {
            Self::Sr | Self::Hr | Self::Bs | Self::Cnr => Declension::SerboCroatian,
            Self::En | Self::Mk | Self::Sq | Self::Sl => Declension::None,
        }
    }
}

impl std::str::FromStr for Lang {
    type Err = crate::error::Error;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.as_str() == code).ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(" ");
            crate::error::Error::Config(format!("unknown language {code:?}; known are: {known}"))
        })
    }
}

/// How a word written with a full stop behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Stands before a name or word ("Gen."): never ends a sentence.
    Name,
    /// Stands before a number ("No."): ends one unless a number follows.
    Number,
    /// Stands after a number ("km."): ends one before a capital, but as `Inner` without the number.
    Unit,
    /// Most often the last word ("etc.", "p.m."): ends one before a capital, unless a day or a time zone follows.
    Last,
    /// May stand inside or at the end ("Inc."): ends one before a word that begins sentences.
    Inner,
}

/// What the lists say of a word: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u64);

macro_rules! classes {
    ($($name:ident = $bit:literal, $doc:literal;)*) => {
        impl Classes {
            $(#[doc = $doc] pub const $name: Classes = Classes(1 << $bit);)*
        }
    };
}

classes! {
    DET = 0, "Determiner.";
    PREP = 1, "Preposition.";
    CONJ = 2, "Coordinator.";
    SUB = 3, "Subordinator.";
    REL = 4, "Relative word.";
    COMP = 5, "Complementiser.";
    PRON = 6, "Pronoun.";
    SUBJ = 7, "A pronoun that begins a noun phrase of its own.";
    AUX = 8, "Auxiliary or form of be, have, do.";
    MODAL = 9, "Modal auxiliary.";
    NEG = 10, "Negation.";
    ADV = 11, "Adverb that may stand between subject and verb.";
    TIME = 12, "Word of time.";
    NUM = 13, "Numeral.";
    CLOSED = 14, "Any word of the closed classes: no name, whatever its case.";
    FINITE = 15, "Most often a finite verb.";
    MONTH = 16, "Name of a month.";
    WEEKDAY = 17, "Day of the week.";
    TITLE = 18, "Can begin or be a title.";
    HONORIFIC = 19, "A title that only a name can follow.";
    SPEAKER = 20, "A common noun that can speak.";
    ORG_HEAD = 21, "Makes a run of capitalised words an organisation.";
    PLACE_HEAD = 22, "Makes a run of capitalised words a place.";
    CUE = 23, "A form of a verb of saying.";
    CUE_NOUN = 24, "A noun of saying.";
    OCCASION = 25, "A noun of the occasion of saying.";
    MALE = 26, "A man's given name, or a pronoun for a man.";
    FEMALE = 27, "A woman's given name, or a pronoun for a woman.";
    GIVEN = 28, "A given name of anybody.";
    SURNAME = 29, "A surname.";
    STANDARD = 30, "What something goes by, that says nothing.";
    ASIDE = 31, "A participle with which the narrator goes on.";
    SOMETIMES_FINITE = 32, "Now and then a finite verb.";
    ZONE = 33, "A time zone.";
    EVENT_NOUN = 34, "Stands beside the name of an event.";
    NAMING = 35, "What follows it in marks is a name or a word mentioned.";
}

impl Classes {
    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// True when it has any class of `other`.
    #[must_use]
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    fn named(class: &str) -> Classes {
        match class {
            "det" => Self::DET,
            "prep" => Self::PREP,
            "conj" => Self::CONJ,
            "sub" => Self::SUB,
            "rel" => Self::REL,
            "comp" => Self::COMP,
            "pron" => Self::PRON,
            "subj" => Self::SUBJ,
            "he" => Self::MALE,
            "she" => Self::FEMALE,
            "aux" => Self::AUX,
            "modal" => Self::MODAL,
            "neg" => Self::NEG,
            "adv" => Self::ADV,
            "time" => Self::TIME,
            "num" => Self::NUM,
            _ => Classes(0),
        }
        .or(Self::CLOSED)
    }
}

/// The form in which a verb of saying stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said"
    Past,
    /// "saying"
    Ing,
}

/// A verb of saying in one of its forms.
#[derive(Clone, Copy, Debug)]
pub struct CueVerb {
    /// Which form.
    pub form: Form,
    /// The verb as the dictionary has it.
    pub base: &'static str,
    /// How it presents the words.
    pub stance: Stance,
    /// What it can take; the letters are explained in `cues.tsv`.
    pub frames: Frames,
}

/// What a verb of saying can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u8);

impl Frames {
    /// Words in quotation marks.
    pub const QUOTE: Frames = Frames(1);
    /// A clause with "that".
    pub const THAT: Frames = Frames(2);
    /// A clause without "that".
    pub const BARE: Frames = Frames(4);
    /// The person addressed first.
    pub const ADDRESSEE: Frames = Frames(8);
    /// "to" and a verb.
    pub const INFINITIVE: Frames = Frames(16);
    /// "whether" or "if".
    pub const WHETHER: Frames = Frames(32);
    /// An object and what it is called.
    pub const OBJECT: Frames = Frames(64);
    /// As often a noun.
    pub const NOUN: Frames = Frames(128);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }

    /// True when it has any frame of `other`.
    #[must_use]
    pub const fn any(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }

    fn parse(letters: &str) -> Frames {
        Frames(letters.chars().fold(0, |bits, c| {
            bits | match c {
                'q' => Self::QUOTE,
                't' => Self::THAT,
                'b' => Self::BARE,
                'a' => Self::ADDRESSEE,
                'i' => Self::INFINITIVE,
                'w' => Self::WHETHER,
                'o' => Self::OBJECT,
                'n' => Self::NOUN,
                _ => Frames(0),
            }
            .0
        }))
    }
}

/// Grammatical gender, as far as it tells who "he" or "she" is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

impl Gender {
    /// As people are shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// One language's lists.
#[derive(Debug, Default)]
pub struct Language {
    /// Abbreviations without their last full stop, as listed, with a capital, and in capitals; "0": numbers, in a
    /// language whose ordinals take a full stop.
    pub abbreviations: FxHashMap<&'static str, Abbreviation>,
    /// Words with a capital that follow an ordinal, lower-cased.
    pub after_ordinals: FxHashSet<&'static str>,
    /// Endings of such words.
    pub after_ordinals_endings: Vec<&'static str>,
    /// Titles of one or more words, lower-cased, and whether only a name can follow.
    pub titles: FxHashMap<&'static str, bool>,
    /// Labels of turns that are no names; `None`: of no turn.
    pub labels: FxHashMap<&'static str, Option<SpeakerType>>,
    /// Abbreviated titles, and what they stand for.
    pub title_abbreviations: FxHashMap<&'static str, &'static str>,
    /// Most words of any title.
    pub longest_title: usize,
    /// What is known of each word, by [`key::lower`].
    words: FxHashMap<u64, Classes>,
    /// Given names and surnames, by [`Language::name_key`]; looked up only for words with a capital.
    names: FxHashMap<u64, Classes>,
    /// How its names change.
    declension: Declension,
    /// Phrases that name a time ("prošle godine"), by the hash of their words, and most words of any.
    times: (FxHashSet<u64>, usize),
    /// Verbs of saying, every form.
    pub cues: FxHashMap<&'static str, CueVerb>,
    /// Nouns of saying.
    pub cue_nouns: FxHashMap<&'static str, Stance>,
    /// Common nouns that speak, by [`key::lower`]; `None`: an office that a named person holds ("the minister").
    pub speakers: FxHashMap<u64, Option<SpeakerType>>,
    /// Verbs of saying of a language of free word order, every form, by [`key::lower`].
    pub sayings: FxHashMap<u64, Saying>,
    /// Phrases such as "prema rečima", the longest first, words by [`key::lower`].
    pub according_to: Vec<Vec<u64>>,
}

/// A form of a verb of saying in a language of free word order.
#[derive(Clone, Copy, Debug)]
pub struct Saying {
    /// How it presents the words.
    pub stance: Stance,
    /// Who spoke, as far as the form tells: rekao, rekla.
    pub gender: Option<Gender>,
}

/// The gender that the ending of a Slavic l-participle shows.
fn participle_gender(form: &str) -> Option<Gender> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
    if ends(&["la", "ла"]) {
        Some(Gender::Female)
    } else if ends(&["ao", "io", "eo", "uo", "л"]) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// Reads the lists that a language of free word order has in its folder.
macro_rules! read_free_order {
    ($language:ident, $folder:literal) => {
        $language.read_closed_class(include_str!(concat!($folder, "/closed_class.tsv")));
        $language.read_titles(include_str!(concat!($folder, "/titles.txt")));
        $language.read_classes(&[(include_str!(concat!($folder, "/naming.txt")), Classes::NAMING)]);
        $language.read_speech(
            include_str!(concat!($folder, "/cues.tsv")),
            include_str!(concat!($folder, "/according_to.txt")),
            include_str!(concat!($folder, "/speakers.tsv")),
        );
    };
}

impl Language {
    /// The lists of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Language {
        static ENGLISH: LazyLock<Language> = LazyLock::new(Language::english);
        static SERBO_CROATIAN: LazyLock<Language> = LazyLock::new(Language::serbo_croatian);
        static MACEDONIAN: LazyLock<Language> = LazyLock::new(Language::macedonian);
        static ALBANIAN: LazyLock<Language> = LazyLock::new(Language::albanian);
        static SLOVENE: LazyLock<Language> = LazyLock::new(|| {
            Language::plain(include_str!("sl/abbreviations.tsv")).with_ordinals(include_str!("sl/after_ordinals.txt"))
        });
        match lang {
            Lang::En => &ENGLISH,
            Lang::Sr | Lang::Hr | Lang::Bs | Lang::Cnr => &SERBO_CROATIAN,
            Lang::Mk => &MACEDONIAN,
            Lang::Sq => &ALBANIAN,
            Lang::Sl => &SLOVENE,
        }
    }

    /// A language of which only the abbreviations and the names are known.
    fn plain(abbreviations: &'static str) -> Language {
        let mut language = Language::default();
        language.read_abbreviations(abbreviations);
        language.read_names();
        language
    }

    /// The same with what follows an ordinal; a line that begins with a hyphen is an ending.
    fn with_ordinals(mut self, list: &'static str) -> Language {
        for line in lines(list) {
            match line.strip_prefix('-') {
                Some(ending) => self.after_ordinals_endings.push(ending),
                None => drop(self.after_ordinals.insert(line)),
            }
        }
        self
    }

    /// Serbian, Croatian, Bosnian and Montenegrin, which share their lists.
    fn serbo_croatian() -> Language {
        let mut language = Language { declension: Declension::SerboCroatian, ..Language::default() };
        language.read_abbreviations(include_str!("sh/abbreviations.tsv"));
        language.read_names();
        read_free_order!(language, "sh");
        language.read_classes(&[
            (include_str!("sh/org_heads.txt"), Classes::ORG_HEAD),
            (include_str!("sh/place_heads.txt"), Classes::PLACE_HEAD),
            (include_str!("sh/months.txt"), Classes::MONTH),
            (include_str!("sh/weekdays.txt"), Classes::WEEKDAY),
            (include_str!("sh/event_nouns.txt"), Classes::EVENT_NOUN),
        ]);
        for phrase in lines(include_str!("sh/relative_dates.txt")) {
            let words = phrase.split(' ').map(key::lower);
            language.times.1 = language.times.1.max(words.clone().count());
            language.times.0.insert(words.fold(0, key::join));
        }
        language.with_ordinals(include_str!("sh/after_ordinals.txt"))
    }

    fn macedonian() -> Language {
        let mut language = Language::plain(include_str!("mk/abbreviations.tsv"));
        read_free_order!(language, "mk");
        language
    }

    fn albanian() -> Language {
        let mut language = Language::plain(include_str!("sq/abbreviations.tsv"));
        read_free_order!(language, "sq");
        language
    }

    /// How a language of free word order reports speech: forms of its verbs, phrases for "according to", nouns that speak.
    fn read_speech(&mut self, cues: &'static str, according_to: &'static str, speakers: &'static str) {
        for line in lines(cues) {
            let [form, _, stance] = cells(line);
            let saying = Saying { stance: stance_named(stance), gender: participle_gender(form) };
            self.sayings.insert(key::lower(form), saying);
            self.mark(form, Classes::CUE);
        }
        self.according_to = lines(according_to).map(|p| p.split(' ').map(key::lower).collect()).collect();
        self.read_speakers(speakers);
    }

    fn read_speakers(&mut self, list: &'static str) {
        for line in lines(list) {
            let [noun, kind] = cells(line);
            let kind = match kind {
                "unnamed" => Some(SpeakerType::Unnamed),
                "group" => Some(SpeakerType::Group),
                "organisation" => Some(SpeakerType::Organisation),
                _ => None,
            };
            self.speakers.insert(key::lower(noun), kind);
            self.mark(noun, Classes::SPEAKER);
        }
    }

    fn english() -> Language {
        let mut language = Language::plain(include_str!("en/abbreviations.tsv"));
        language.read_closed_class(include_str!("en/closed_class.tsv"));
        language.read_classes(&[
            (include_str!("en/org_heads.txt"), Classes::ORG_HEAD),
            (include_str!("en/place_heads.txt"), Classes::PLACE_HEAD),
            (include_str!("en/months.txt"), Classes::MONTH),
            (include_str!("en/weekdays.txt"), Classes::WEEKDAY),
            (include_str!("en/time_zones.txt"), Classes::ZONE),
            (include_str!("en/pp_nouns.txt"), Classes::OCCASION),
            (include_str!("en/event_nouns.txt"), Classes::EVENT_NOUN),
            (include_str!("en/standards.txt"), Classes::STANDARD),
            (include_str!("en/asides.txt"), Classes::ASIDE),
            (include_str!("en/naming.txt"), Classes::NAMING),
        ]);
        for line in lines(include_str!("en/finite_verbs.txt")) {
            match line.strip_prefix('?') {
                Some(word) => language.mark(word, Classes::SOMETIMES_FINITE),
                None => language.mark(line, Classes::FINITE),
            }
        }
        language.read_titles(include_str!("en/titles.txt"));
        for line in lines(include_str!("en/labels.tsv")) {
            let [label, kind] = cells(line);
            language.labels.insert(label, (kind == "unnamed").then_some(SpeakerType::Unnamed));
        }
        for line in lines(include_str!("en/title_abbreviations.tsv")) {
            let [short, long] = cells(line);
            language.title_abbreviations.insert(short, long);
        }
        language.read_speakers(include_str!("en/speakers.tsv"));
        for line in lines(include_str!("en/cue_nouns.tsv")) {
            let [noun, stance] = cells(line);
            language.cue_nouns.insert(noun, stance_named(stance));
            language.mark(noun, Classes::CUE_NOUN);
        }
        for line in lines(include_str!("en/cues.tsv")) {
            let [base, third, past, ing, stance, frames] = cells(line);
            let (stance, frames) = (stance_named(stance), Frames::parse(frames));
            let forms = [(base, Form::Base), (third, Form::Third), (past, Form::Past), (ing, Form::Ing)];
            let read = if third == "-" { &forms[2..] } else { &forms };
            for &(word, form) in read {
                language.cues.entry(word).or_insert(CueVerb { form, base, stance, frames });
                language.mark(word, Classes::CUE);
            }
        }
        language
    }

    /// What is known of a word, given by [`key::lower`].
    #[must_use]
    pub fn classes(&self, word: u64) -> Classes {
        self.words.get(&word).copied().unwrap_or_default()
    }

    /// What is known of a word as a name, given by [`Language::name_key`].
    #[must_use]
    pub fn name_classes(&self, word: u64) -> Classes {
        self.names.get(&word).copied().unwrap_or_default()
    }

    /// A word as a name: folded, and in a language that declines its names without its case ending.
    ///
    /// ```
    /// use onrecord::language::{Lang, Language};
    /// let serbian = Language::of(Lang::Sr);
    /// assert_eq!(serbian.name_key("Вучићу"), serbian.name_key("Vučić"));
    /// assert_ne!(Language::of(Lang::En).name_key("Vucica"), serbian.name_key("Vucica"));
    /// ```
    #[must_use]
    pub fn name_key(&self, word: &str) -> u64 {
        self.declension.name_key(word)
    }

    /// True where word order does not tell who speaks: any language but English.
    #[must_use]
    pub fn is_free_order(&self) -> bool {
        self.cues.is_empty()
    }

    /// How its names change.
    #[must_use]
    pub fn declension(&self) -> Declension {
        self.declension
    }

    /// Whether names are declined.
    #[must_use]
    pub fn declines(&self) -> bool {
        self.declension != Declension::None
    }

    /// How many of the words, given by [`key::lower`], are the longest phrase that names a time; 0 when none is.
    pub fn time_at(&self, words: impl Iterator<Item = u64>) -> usize {
        let (phrases, longest) = &self.times;
        let mut state = 0;
        let ends = words.take(*longest).enumerate().filter(|(_, word)| {
            state = key::join(state, *word);
            phrases.contains(&state)
        });
        ends.last().map_or(0, |(n, _)| n + 1)
    }

    fn read_closed_class(&mut self, list: &'static str) {
        for line in lines(list) {
            let [word, classes] = cells(line);
            for class in classes.split(' ') {
                self.mark(word, Classes::named(class));
            }
        }
    }

    fn read_classes(&mut self, lists: &[(&'static str, Classes)]) {
        for &(list, class) in lists {
            lines(list).for_each(|word| self.mark(word, class));
        }
    }

    /// Titles; a star marks one that only a name can follow.
    fn read_titles(&mut self, list: &'static str) {
        for line in lines(list) {
            let (title, honorific) = line.strip_prefix('*').map_or((line, false), |t| (t, true));
            self.titles.insert(title, honorific);
            let words = title.split([' ', '-']).count();
            self.longest_title = self.longest_title.max(words);
            for word in title.split([' ', '-']) {
                if !self.classes(key::lower(word)).any(Classes::CLOSED) {
                    self.mark(word, Classes::TITLE);
                }
            }
            if honorific {
                self.mark(title, Classes::HONORIFIC);
            }
        }
    }

    fn mark(&mut self, word: &str, classes: Classes) {
        let known = self.words.entry(key::lower(word)).or_default();
        *known = known.or(classes);
    }

    fn read_abbreviations(&mut self, list: &'static str) {
        for line in lines(list) {
            let [form, class] = cells(line);
            let class = match class {
                "name" => Abbreviation::Name,
                "number" => Abbreviation::Number,
                "unit" => Abbreviation::Unit,
                "last" => Abbreviation::Last,
                _ => Abbreviation::Inner,
            };
            self.abbreviations.insert(form, class);
        }
        // At the head of a sentence and in a text in capitals; a form that has its own line ("No", "no") keeps its class.
        // A unit stands after its number, and in capitals is most often something else ("Mm.").
        for line in lines(list) {
            let [form, _] = cells(line);
            let class = self.abbreviations[form];
            if class == Abbreviation::Unit {
                continue;
            }
            for cased in [capitalised(form), form.to_uppercase()] {
                if !self.abbreviations.contains_key(cased.as_str()) {
                    self.abbreviations.insert(cased.leak(), class);
                }
            }
        }
    }

    fn read_names(&mut self) {
        for line in lines(include_str!("../people/names/given.tsv")) {
            let [name, gender] = cells(line);
            let class = match gender {
                "m" => Classes::MALE.or(Classes::GIVEN),
                "f" => Classes::FEMALE.or(Classes::GIVEN),
                _ => Classes::GIVEN,
            };
            self.mark_name(name, class);
        }
        for name in lines(include_str!("../people/names/surnames.txt")) {
            self.mark_name(name, Classes::SURNAME);
        }
        for line in lines(include_str!("../people/names/parts.tsv")) {
            let [name, part] = cells(line);
            let class = match part {
                "given" => Classes::GIVEN,
                "family" => Classes::SURNAME,
                _ => Classes::GIVEN.or(Classes::SURNAME),
            };
            self.mark_name(name, class);
        }
    }

    fn mark_name(&mut self, name: &str, classes: Classes) {
        let known = self.names.entry(self.name_key(name)).or_default();
        *known = known.or(classes);
    }
}

/// The word with a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn stance_named(stance: &str) -> Stance {
    Stance::ALL.into_iter().find(|s| s.as_str() == stance).unwrap_or(Stance::Neutral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stance_in_the_lists_is_known() {
        for line in lines(include_str!("en/cues.tsv")) {
            let [.., stance, frames]: [&str; 6] = cells(line);
            assert!(Stance::ALL.iter().any(|s| s.as_str() == stance), "{line}");
            assert!(!frames.is_empty() && frames.chars().all(|c| "qtbaiwon".contains(c)), "{line}");
        }
    }
}
