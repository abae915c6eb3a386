//! Runs of capitalised words → mentions, by title, head word, given name, list and context.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Label;
use super::dates::date_at;
use super::gazetteer::{Known, Match};
use crate::language::{Classes, Gender, fold, key, lines};
use crate::model::Model;
use crate::people::{MOST_SURNAMES, one_slip_apart};
use crate::resources::Resources;
use crate::span::Span;
use crate::tokens::{Case, Class, Tokens};

/// A mention before it is known who is who.
#[derive(Clone, Debug)]
pub struct Mention {
    /// First token.
    pub from: usize,
    /// One past its last token.
    pub to: usize,
    /// The name as written.
    pub span: Span,
    /// Number of its sentence.
    pub sentence: u32,
    /// What it names.
    pub label: Label,
    /// Its number in the gazetteer.
    pub entry: Option<u32>,
    /// The title or apposition beside it.
    pub role: Option<Span>,
    /// What its title says of its gender.
    pub gender: Option<Gender>,
}

/// All mentions of a document, in order, none overlapping another.
#[must_use]
pub fn find(tokens: &Tokens<'_>, sentences: usize, model: Option<&Model>, resources: &Resources) -> Vec<Mention> {
    let mut tagger = Tagger::new(tokens, resources);
    tagger.mentions = rules(tokens, sentences, resources);
    if let Some(model) = model {
        tagger.revise(sentences, model, resources);
        tagger.settle_surnames();
    }
    tagger.add_roles();
    tagger.mentions
}

/// What rules and lists alone find.
#[must_use]
pub fn rules(tokens: &Tokens<'_>, sentences: usize, resources: &Resources) -> Vec<Mention> {
    let mut tagger = Tagger::new(tokens, resources);
    tagger.look_for_events(sentences);
    for sentence in 0..sentences {
        tagger.sentence = sentence as u32;
        tagger.read_sentence();
    }
    tagger.settle_surnames();
    tagger.mentions
}

pub(super) struct Tagger<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) gazetteer: Known<'a>,
    pub(super) mentions: Vec<Mention>,
    /// Names that somewhere in the document stand beside a noun of an event.
    pub(super) events: HashSet<&'a str>,
    pub(super) sentence: u32,
    /// The sentence is written in capitals: case tells nothing.
    shouted: bool,
}

/// Small words inside a person's name, if a capital follows.
pub(super) const PARTICLES: [&str; 17] =
    ["de", "la", "van", "von", "der", "den", "al", "el", "bin", "ibn", "da", "dos", "di", "du", "le", "ten", "ter"];

/// Nouns after which "of" leads to a place.
const PLACE_NOUNS: [&str; 14] = [
    "village",
    "town",
    "city",
    "capital",
    "province",
    "region",
    "district",
    "municipality",
    "island",
    "port",
    "state",
    "county",
    "hamlet",
    "suburb",
];

impl<'a> Tagger<'a> {
    fn new(tokens: &'a Tokens<'a>, resources: &'a Resources) -> Self {
        Self {
            tokens,
            gazetteer: resources.known(tokens.language()),
            mentions: Vec::new(),
            events: HashSet::new(),
            sentence: 0,
            shouted: false,
        }
    }
}

impl Tagger<'_> {
    fn read_sentence(&mut self) {
        let range = self.tokens.sentence(self.sentence as usize);
        self.shouted = is_shouted(self.tokens, range.clone());
        let mut at = range.start;
        while at < range.end {
            let token = self.tokens.all[at];
            if let Some(end) = date_at(self.tokens, at, range.end) {
                self.push(at, end, Label::Date, None);
                at = end;
            } else if token.class != Class::Word || token.case == Case::None {
                at += 1;
            } else if let Some(end) = self.name_at(at, range.start, range.end) {
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
    }

    /// Reads the name that starts at `at`, if one does; returns where to go on.
    fn name_at(&mut self, at: usize, start: usize, end: usize) -> Option<usize> {
        let known = self.gazetteer.longest_at(self.tokens, at, end, self.shouted);
        if self.shouted {
            // In capitals "WHO" and "IS" are words.
            let known = known.filter(|m| !m.risky && !self.tokens.all[at].is(Classes::CLOSED))?;
            self.push_known(at, known);
            return Some(known.end);
        }
        if !self.is_name_word(at) {
            // "The Hague", but no name is made of one such word.
            let known = known.filter(|m| !m.risky && (m.end > at + 1 || !self.tokens.all[at].is(Classes::CLOSED)))?;
            self.push_known(at, known);
            return Some(known.end);
        }
        if let Some(to) = self.event_end(at, end)
            && self.events.contains(self.tokens.span(at, to).of(self.tokens.text))
        {
            self.push(at, to, Label::Event, None);
            return Some(to);
        }
        let run = self.run_end(at, end);
        let title = self.title_at(at, run);
        if let Some((name, honorific)) = title
            && !(name < run && self.tokens.all[name].is(Classes::ORG_HEAD) && !honorific)
            && known.is_none_or(|m| m.end <= name || self.gazetteer.label(m.entry) == Label::Person)
        {
            // "General Kovač", "Prime Minister of Albania": a name, or the title alone.
            let to = if self.tokens.all[name.min(run - 1)].is(Classes::HONORIFIC) {
                name
            } else {
                self.person_end(name, run)
            };
            let plain_title = !honorific
                && name < run
                && self.gazetteer.longest_at(self.tokens, name, end, false).is_some_and(|m| {
                    matches!(self.gazetteer.label(m.entry), Label::Loc | Label::Norp | Label::Org)
                        && !m.risky
                        && m.end >= to
                });
            if to > name && !plain_title {
                self.push(name, to, Label::Person, None);
                return Some(to);
            }
            return Some(name);
        }
        let org = self.organisation_at(at, run, end);
        if let Some(known) = known
            && org.is_none_or(|o| known.end >= o)
        {
            if let Some(to) = self.person_over(at, known, run) {
                self.push(at, to, Label::Person, None);
                return Some(to);
            }
            if !known.risky || self.is_believable(at, known, start) {
                if self.gazetteer.label(known.entry) == Label::Loc
                    && known.end < run
                    && self.tokens.all[known.end].is(Classes::PLACE_HEAD)
                {
                    self.push(at, known.end + 1, Label::Loc, None);
                    return Some(known.end + 1);
                }
                self.push_known(at, known);
                return Some(known.end);
            }
        }
        if let Some(to) = org {
            self.push(at, to, Label::Org, None);
            return Some(to);
        }
        if self.tokens.all[at].is(Classes::GIVEN) && at + 1 < run {
            let to = self.person_end(at, run);
            if to > at + 1 {
                self.push(at, to, Label::Person, None);
                return Some(to);
            }
        }
        if self.is_acronym(at) {
            self.push(at, at + 1, Label::Org, None);
            return Some(at + 1);
        }
        let to = self.unknown_end(at, run, end);
        if let Some(label) = self.judge(at, to, start, end) {
            self.push(at, to, label, None);
        }
        Some(to)
    }

    /// A capitalised word that no list of common words has.
    pub(super) fn is_name_word(&self, i: usize) -> bool {
        let token = &self.tokens.all[i];
        token.class == Class::Word
            && token.is_capitalised()
            && !(token.is(Classes::CLOSED) && !(token.case == Case::Upper && token.span.len() > 1))
    }

    /// One past the run of capitalised words from `at`, with hyphens, initials and particles inside.
    fn run_end(&self, at: usize, end: usize) -> usize {
        // Longer runs are headlines and lists; looking at each again from every word would take the square of its length.
        const LONGEST: usize = 40;
        let mut i = at + 1;
        let end = end.min(at + LONGEST);
        while i < end {
            if self.is_name_word(i) {
                i += 1;
                continue;
            }
            let joins = match self.tokens.str(i) {
                "-" | "‑" | "'" | "’" => self.tokens.is_glued(i) && self.tokens.is_glued(i + 1),
                "." => self.tokens.is_glued(i) && self.tokens.all[i - 1].is(Classes::HONORIFIC),
                word => PARTICLES.contains(&word),
            };
            let next = i + 1;
            if joins
                && next < end
                && (self.is_name_word(next)
                    || (PARTICLES.contains(&self.tokens.str(next)) && next + 1 < end && self.is_name_word(next + 1)))
            {
                i += 1 + usize::from(self.is_name_word(next));
            } else {
                break;
            }
        }
        i
    }

    /// The longest title at `at`: where the name after it starts, and whether only a name can follow.
    pub(super) fn title_at(&self, at: usize, run: usize) -> Option<(usize, bool)> {
        const MOST: usize = 4;
        let (mut next, mut honorific) = self.one_title_at(at)?;
        // "Foreign Minister and Deputy Prime Minister X" stays two; "Maj. Gen. X" and "President-elect X" are one.
        for _ in 1..MOST {
            let goes_on = self.tokens.all.get(next).is_some_and(|t| t.is(Classes::TITLE)) && self.is_name_word(next);
            let Some((further, too)) = goes_on.then(|| self.one_title_at(next)).flatten() else { break };
            (next, honorific) = (further, honorific || too);
        }
        if next < run && self.tokens.str(next) == "-" {
            next += 1;
        }
        Some((next, honorific))
    }

    /// The longest title of the list at `at`.
    fn one_title_at(&self, at: usize) -> Option<(usize, bool)> {
        let language = self.tokens.language();
        if !self.tokens.all[at].is(Classes::TITLE) {
            return None;
        }
        let mut title = String::new();
        let mut best = None;
        let limit = self.tokens.all.len().min(at + 2 * language.longest_title);
        let mut i = at;
        while i < limit {
            let word = self.tokens.str(i);
            if word == "-" {
                title.push('-');
            } else {
                if !title.is_empty() && !title.ends_with('-') {
                    title.push(' ');
                }
                title.push_str(&if word.is_ascii() { self.tokens.lower(i) } else { key::latin(word).into() });
            }
            if let Some(&honorific) = language.titles.get(title.as_str()) {
                let mut next = i + 1;
                if next < limit && self.tokens.str(next) == "." && self.tokens.is_glued(next) {
                    next += 1;
                }
                best = Some((next, honorific));
            }
            i += 1;
        }
        best
    }

    /// One past a person's name from `at`: up to five words, not past a title, head word or number.
    fn person_end(&self, at: usize, run: usize) -> usize {
        let mut i = at;
        let mut words = 0;
        while i < run && words < 5 {
            let token = &self.tokens.all[i];
            if token.class == Class::Word && token.is_capitalised() {
                let stops = i > at
                    && (token.is(Classes::ORG_HEAD.or(Classes::WEEKDAY))
                        || token.is(Classes::MONTH) && !token.is(Classes::SURNAME.or(Classes::GIVEN))
                        || (token.is(Classes::TITLE) && !token.is(Classes::SURNAME.or(Classes::GIVEN))));
                if stops {
                    break;
                }
                words += 1;
            }
            i += 1;
        }
        // "Martin Hale Jr."
        if i == run && i > at + 1 && ["Jr", "Sr"].contains(&self.tokens.str(i - 1)) && self.is_stop(i) {
            return i + 1;
        }
        // No particle, hyphen or stop at the end.
        while i > at && !(self.tokens.all[i - 1].class == Class::Word && self.tokens.all[i - 1].is_capitalised()) {
            i -= 1;
        }
        i
    }

    /// A full stop that belongs to the abbreviation before it.
    fn is_stop(&self, i: usize) -> bool {
        self.tokens.all.get(i).is_some_and(|_| self.tokens.str(i) == "." && self.tokens.is_glued(i))
    }

    /// One past an organisation named by a head word: "Serb Civic Union", "Ministry of Interior of North Macedonia".
    fn organisation_at(&self, at: usize, run: usize, end: usize) -> Option<usize> {
        let head = (at..run).rev().find(|&i| self.tokens.all[i].is(Classes::ORG_HEAD))?;
        // A title or a given name before the head: "Arbnora Krelani Party" is rare, "President Court" is none.
        if (at..head).any(|i| {
            self.title_at(i, run)
                .is_some_and(|(next, _)| next <= head && next > i && !self.tokens.all[next].is(Classes::ORG_HEAD))
        }) {
            return None;
        }
        let mut to = head + 1;
        let mut extended = false;
        while to + 1 < end && ["of", "for"].contains(&self.tokens.str(to)) {
            let mut next = to + 1;
            if self.tokens.is_word(next, "the") && next + 1 < end {
                next += 1;
            }
            if !self.is_name_word(next) {
                break;
            }
            let mut tail = self.run_end(next, end);
            if self.events.contains(self.tokens.span(next, tail).of(self.tokens.text)) {
                break;
            }
            // "Ministry of Labour and Social Policy"
            if tail + 1 < end && self.tokens.str(tail) == "and" && self.is_name_word(tail + 1) && head == at {
                let more = self.run_end(tail + 1, end);
                if !self.tokens.all[tail + 1].is(Classes::ORG_HEAD.or(Classes::TITLE))
                    && more < end
                    && !self.tokens.all[more].is(Classes::AUX)
                {
                    tail = more;
                }
            }
            to = tail;
            extended = true;
        }
        // "Morava Cement Ltd."
        if ["Inc", "Ltd", "Co", "Corp"].contains(&self.tokens.str(to - 1)) && self.is_stop(to) && to + 1 < end {
            to += 1;
        }
        (head > at || extended).then_some(to)
    }

    /// A person whose first name is also a known place: "Jordan Bardella", "Sofia Berisha".
    fn person_over(&self, at: usize, known: Match, run: usize) -> Option<usize> {
        if self.gazetteer.label(known.entry) != Label::Loc
            || known.end != at + 1
            || known.end >= run
            || !self.tokens.all[at].is(Classes::GIVEN)
        {
            return None;
        }
        let next = &self.tokens.all[at + 1];
        let other = next.is(Classes::ORG_HEAD.or(Classes::TITLE).or(Classes::PLACE_HEAD))
            || next.case != Case::Title
            || self.gazetteer.longest_at(self.tokens, at + 1, run, false).is_some();
        if other { None } else { Some(self.person_end(at, run)) }
    }

    /// A risky form: believed away from the start of a sentence.
    fn is_believable(&self, at: usize, known: Match, start: usize) -> bool {
        let initial = at == start
            || self.tokens.all[at - 1].class == Class::Mark && !matches!(self.tokens.str(at - 1), "," | "-" | "(");
        match self.gazetteer.label(known.entry) {
            Label::Loc => at > 0 && self.tokens.all[at - 1].is(Classes::PREP),
            _ => !initial,
        }
    }

    fn is_acronym(&self, i: usize) -> bool {
        static OTHERS: LazyLock<HashSet<&str>> =
            LazyLock::new(|| lines(include_str!("../language/en/not_organisations.txt")).collect());
        let token = &self.tokens.all[i];
        let word = self.tokens.str(i);
        token.case == Case::Upper && (2..=6).contains(&word.len()) && !word.contains('.') && !OTHERS.contains(word)
    }

    /// One past the words from `at` that nothing is known of.
    fn unknown_end(&self, at: usize, run: usize, end: usize) -> usize {
        let mut i = at + 1;
        while i < run {
            let token = &self.tokens.all[i];
            if token.class == Class::Word
                && (self.title_at(i, run).is_some() && !token.is(Classes::SURNAME)
                    || self.gazetteer.longest_at(self.tokens, i, end, false).is_some_and(|m| !m.risky)
                    || (self.is_acronym(i)))
            {
                break;
            }
            i += 1;
        }
        while i > at + 1 && !self.is_name_word(i - 1) {
            i -= 1;
        }
        i
    }

    /// What a run of unknown capitalised words names, by its form and what stands around it.
    fn judge(&self, at: usize, to: usize, start: usize, end: usize) -> Option<Label> {
        let tokens = self.tokens;
        let words = (at..to).filter(|&i| tokens.all[i].class == Class::Word).count();
        let (first, last) = (&tokens.all[at], &tokens.all[to - 1]);
        let initial = at == start
            || (tokens.all[at - 1].class == Class::Mark && !matches!(tokens.str(at - 1), "," | "-" | "(" | "–" | "—"));
        if words >= 2 && (last.is(Classes::PLACE_HEAD) || first.is(Classes::PLACE_HEAD)) {
            return Some(Label::Loc);
        }
        let before = (at > start).then(|| at - 1);
        let of_place = before.is_some_and(|b| {
            tokens.is_word(b, "of")
                && b > start
                && PLACE_NOUNS.iter().any(|n| tokens.is_word(b - 1, n) || tokens.is_word(b - 1, &format!("{n}s")))
        });
        if of_place {
            return Some(Label::Loc);
        }
        let next = (to < end).then_some(to);
        let reports = |i: usize| tokens.all[i].is(Classes::CUE) && tokens.all[i].case == Case::Lower;
        let speaks = next.is_some_and(|n| {
            tokens.all[n].is(Classes::CUE) && !tokens.all[n].is(Classes::TITLE) || tokens.is_word(n, "who")
        });
        let led = before.is_some_and(|b| tokens.all[b].is(Classes::TITLE) && tokens.all[b].case == Case::Lower);
        if words >= 2 {
            if first.is(Classes::ORG_HEAD) || first.is(Classes::TITLE) {
                return None;
            }
            // "…, said Emmeline Okafor", "Emmeline Okafor, a pilot,", "Emmeline Okafor, 34,"
            let reported = before.is_some_and(reports);
            let behind_trade = before.is_some_and(|b| {
                tokens.str(b) == ","
                    && b > start
                    && tokens.all[b - 1].case == Case::Lower
                    && tokens.all[b - 1].is(Classes::TITLE.or(Classes::SPEAKER))
                    && next.is_some_and(|n| matches!(tokens.str(n), "," | "."))
            });
            let apposed = behind_trade || next.is_some_and(|n| tokens.str(n) == ",") && self.is_described(to + 1, end);
            if led || speaks || reported || apposed || last.is(Classes::SURNAME) || has_name_ending(tokens.str(to - 1))
            {
                return Some(Label::Person);
            }
            return None;
        }
        // "Ivanov said" may open a sentence, "Critics said" too.
        let name = first.is(Classes::SURNAME.or(Classes::GIVEN)) || has_name_ending(tokens.str(at));
        if led || speaks && (!initial || name && !first.is(Classes::SPEAKER)) {
            return Some(Label::Person);
        }
        if initial {
            return None;
        }
        if before.is_some_and(|b| ["in", "near", "at", "from", "outside"].iter().any(|w| tokens.is_word(b, w)))
            && first.case == Case::Title
        {
            return Some(Label::Loc);
        }
        (first.is(Classes::SURNAME) && has_name_ending(tokens.str(at))).then_some(Label::Person)
    }

    /// An age, or a noun phrase with an office or trade: what stands behind a person's name and a comma.
    fn is_described(&self, from: usize, end: usize) -> bool {
        const REACH: usize = 6;
        let tokens = self.tokens;
        let stop = (from..end.min(from + REACH)).find(|&i| matches!(tokens.str(i), "," | "." | ";"));
        let to = stop.unwrap_or(end.min(from + REACH));
        if from >= end {
            return false;
        }
        let age = to == from + 1 && tokens.str(from).parse::<u8>().is_ok();
        let trade =
            |i: usize| tokens.all[i].case == Case::Lower && tokens.all[i].is(Classes::TITLE.or(Classes::SPEAKER));
        age || (tokens.all[from].is(Classes::DET) || trade(from)) && (from..to).any(trade)
    }

    fn push_known(&mut self, at: usize, known: Match) {
        self.push(at, known.end, self.gazetteer.label(known.entry), Some(known.entry));
    }

    pub(super) fn push(&mut self, from: usize, to: usize, label: Label, entry: Option<u32>) {
        self.mentions.push(Mention {
            from,
            to,
            span: self.tokens.span(from, to),
            sentence: self.sentence,
            label,
            entry,
            role: None,
            gender: None,
        });
    }

    /// Surnames seen with a first name or a title are persons wherever they stand alone, one slip of a letter allowed.
    fn settle_surnames(&mut self) {
        let tokens = self.tokens;
        let mut surnames: HashSet<String> = HashSet::new();
        for mention in self.mentions.iter().filter(|m| m.label == Label::Person) {
            let titled = mention.from > 0 && tokens.all[mention.from - 1].is(Classes::TITLE);
            if mention.to - mention.from > 1 || titled {
                surnames.insert(fold(tokens.str(mention.to - 1)));
            }
        }
        if surnames.is_empty() {
            return;
        }
        let given: HashSet<String> = self
            .mentions
            .iter()
            .filter(|m| m.label == Label::Person && m.to - m.from > 1)
            .map(|m| fold(tokens.str(m.from)))
            .filter(|w| w.chars().count() > 2)
            .collect();
        let mut slips: Vec<&String> = surnames.iter().filter(|s| s.chars().count() >= 6).collect();
        if slips.len() > MOST_SURNAMES {
            slips.clear();
        }
        let mut settled = Vec::with_capacity(self.mentions.len());
        let mut old = std::mem::take(&mut self.mentions).into_iter().peekable();
        let mut at = 0;
        while at < tokens.all.len() {
            if old.peek().is_some_and(|m| m.from == at) {
                let Some(mut mention) = old.next() else { break };
                at = mention.to;
                // A one-word place, people or acronym that this story uses as a surname and that acts like one.
                if mention.to - mention.from == 1
                    && matches!(mention.label, Label::Loc | Label::Org | Label::Norp)
                    && surnames.contains(&fold(tokens.str(mention.from)))
                    && self.acts_like_person(mention.from)
                {
                    (mention.label, mention.entry) = (Label::Person, None);
                }
                settled.push(mention);
                continue;
            }
            let token = &tokens.all[at];
            if token.class == Class::Word
                && token.is_capitalised()
                && token.span.len() > 2
                && !token.is(Classes::CLOSED)
            {
                let folded = fold(tokens.str(at));
                let known = surnames.contains(&folded)
                    || (given.contains(&folded) && token.case == Case::Title && token.is(Classes::GIVEN))
                    || (folded.len() >= 6
                        && token.case == Case::Title
                        && slips.iter().any(|s| one_slip_apart(s, &folded)));
                if known {
                    self.sentence = tokens.sentence_of(at) as u32;
                    let edge = settled.last().map_or(0, |m: &Mention| m.to);
                    let from = self.given_name_before(at, edge);
                    self.push(from, at + 1, Label::Person, None);
                    settled.append(&mut self.mentions);
                }
            }
            at += 1;
        }
        self.mentions = settled;
    }

    /// Where the name that ends in the surname at `at` begins: "von der Heide", and "Adaeze Oyelaran" whatever is known of
    /// "Adaeze".
    fn given_name_before(&self, at: usize, edge: usize) -> usize {
        let particle = |i: usize| PARTICLES.contains(&self.tokens.lower(i).as_ref());
        let mut at = at;
        while at > edge && particle(at - 1) && !self.tokens.is_glued(at) {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1).filter(|&b| b >= edge) else { return at };
        let token = &self.tokens.all[before];
        let other = Classes::TITLE.or(Classes::SPEAKER).or(Classes::ORG_HEAD).or(Classes::MONTH).or(Classes::WEEKDAY);
        let same = self.tokens.sentence_of(before) == self.tokens.sentence_of(at);
        let named = same && token.case == Case::Title && token.span.len() > 1 && !token.is(other.or(Classes::CLOSED));
        if named && !token.is(Classes::CUE) { before } else { at }
    }

    fn acts_like_person(&self, i: usize) -> bool {
        let tokens = self.tokens;
        let before = i > 0 && tokens.all[i - 1].is(Classes::HONORIFIC.or(Classes::TITLE));
        before || tokens.all.get(i + 1).is_some_and(|t| t.is(Classes::CUE))
    }
}

/// A headline or dateline in capitals: most of its words are.
#[must_use]
pub fn is_shouted(tokens: &Tokens<'_>, range: std::ops::Range<usize>) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for token in &tokens.all[range] {
        match token.case {
            Case::Upper if token.span.len() > 1 => upper += 1,
            Case::Lower | Case::Title | Case::Mixed if token.span.len() > 1 => lower += 1,
            _ => {}
        }
    }
    upper >= 2 && upper > 2 * lower
}

/// Endings of family names that few common words of English have.
fn has_name_ending(word: &str) -> bool {
    let word = fold(word);
    word.len() >= 5
        && [
            "ic", "ski", "ska", "ovic", "evic", "ov", "ova", "ev", "eva", "vski", "shi", "aj", "qi", "enko", "yan",
            "dze", "shvili", "sson", "sen", "poulos", "oglu", "escu",
        ]
        .iter()
        .any(|e| word.ends_with(e))
        && !word.ends_with("tic")
        && !word.ends_with("nic")
}
