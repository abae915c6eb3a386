//! Speakers: whom a statement is laid to, and the person or body behind the words.
//!
//! A name in the phrase resolves through `people`; "he" and "she" go to whoever the last sentences were about; "the
//! minister" to the last person with that title; a report to its author; officials and sources stay unnamed.

use std::collections::HashMap;

use super::SpeakerType;
use super::phrases::{Phrase, subject_of};
use super::reading::Reading;
use crate::entities::{Entity, Label};
use crate::language::{Classes, Gender, fold};
use crate::people::{in_title_case, one_line};
use crate::span::Span;
use crate::tokens::{Case, Class};

/// Sentences looked back for whom a pronoun means.
const BACK: usize = 4;

/// Tokens of a sentence looked at for whom a pronoun means.
const REACH: usize = 200;

/// Whom a statement is laid to, before names are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// This phrase.
    Phrase(Phrase),
    /// The label of a transcript's turn.
    Label(Span),
    /// This phrase, and the gender that the verb shows: "rekla je Kovač".
    Subject(Phrase, Option<Gender>),
    /// The subject that the verb at this token leaves out, and its gender: "dodao je".
    Dropped(usize, Option<Gender>),
    /// Whoever spoke last, or the subject of the sentence before: a quotation without a cue.
    Floating,
}

/// The name behind a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Speaker {
    pub(super) span: Option<Span>,
    pub(super) name: Option<String>,
    pub(super) key: Option<String>,
    pub(super) kind: Option<SpeakerType>,
    /// Number in `people`.
    pub(super) person: Option<u32>,
}

impl Speaker {
    fn at(self, span: Option<Span>) -> Self {
        Self { span, ..self }
    }
}

/// Resolves sources in the order of the text, remembering who spoke last.
pub(super) struct Resolver<'a> {
    reading: &'a Reading<'a>,
    /// Gender that a pronoun gave a person.
    genders: Vec<Option<Gender>>,
    last: Option<Speaker>,
    /// The sentence that the last speaker's words and cue ended in.
    last_sentence: usize,
    /// Persons by each word of their titles, folded; entity numbers in order.
    by_office: HashMap<String, Vec<usize>>,
    /// Bodies by each word of their names, folded; entity numbers in order.
    by_word: HashMap<String, Vec<usize>>,
    /// The first person with this surname, folded.
    by_surname: HashMap<String, u32>,
    /// Who wrote the last report, letter or memo that was named with its author.
    documents: HashMap<String, Speaker>,
    /// Turn labels seen so far.
    labels: HashMap<&'a str, Speaker>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Self {
        let genders = reading.people.all.iter().map(|p| p.gender).collect();
        let (mut by_office, mut by_word) = (HashMap::<String, Vec<usize>>::new(), HashMap::<String, Vec<usize>>::new());
        for (e, entity) in reading.entities.iter().enumerate() {
            let (index, words) = match (entity.label, entity.role) {
                (Label::Person, Some(role)) => (&mut by_office, title_words(reading, role)),
                (Label::Org, _) => (&mut by_word, folded_words(&entity.name)),
                _ => continue,
            };
            for word in words {
                let known = index.entry(word).or_default();
                if known.last() != Some(&e) {
                    known.push(e);
                }
            }
        }
        let mut by_surname = HashMap::new();
        for (n, person) in reading.people.all.iter().enumerate().filter(|(_, p)| p.label == Label::Person) {
            by_surname.entry(surname(&person.name)).or_insert(n as u32);
        }
        let (documents, labels) = (HashMap::new(), HashMap::new());
        Self { reading, genders, last: None, last_sentence: 0, by_office, by_word, by_surname, documents, labels }
    }

    /// Who the source of a statement at token `at` is; the statement ends at byte `end`.
    pub(super) fn resolve(&mut self, source: &Source, at: usize, end: usize) -> Speaker {
        let last = self.reading.tokens.all.len().saturating_sub(1);
        let sentence = self.reading.tokens.sentence_of(at.min(last));
        let speaker = match source {
            Source::Label(span) => self.label(*span),
            Source::Floating => match self.floating(sentence) {
                Some(speaker) => speaker,
                None => return Speaker::default(),
            },
            Source::Dropped(verb, gender) => {
                self.pronoun(Phrase { from: *verb, to: *verb + 1, whole: *verb + 1 }, *gender, None)
            }
            Source::Phrase(phrase) => self.phrase(*phrase),
            Source::Subject(phrase, gender) => self.subject(*phrase, *gender),
        };
        self.last = Some(speaker.clone());
        self.last_sentence =
            self.reading.tokens.sentence_of(self.reading.tokens.at(end).saturating_sub(1).clamp(at, last));
        speaker
    }

    /// A quotation without a cue: the person the sentence before is about, or the last speaker.
    fn floating(&mut self, sentence: usize) -> Option<Speaker> {
        if self.last.is_some() && self.last_sentence + 1 >= sentence {
            return self.last.clone();
        }
        let before = sentence.checked_sub(1)?;
        let range = self.reading.tokens.sentence(before);
        if let Some(phrase) = subject_of(self.reading, range.start, range.end.min(range.start + REACH)) {
            let speaker = self.phrase(phrase);
            if speaker.kind == Some(SpeakerType::Person) {
                return Some(speaker);
            }
        }
        self.last.clone()
    }

    /// The phrase, or somebody of the same surname whose gender the verb shows; what it shows is remembered.
    fn subject(&mut self, phrase: Phrase, gender: Option<Gender>) -> Speaker {
        let speaker = self.phrase(phrase);
        let (Some(person), Some(gender)) = (speaker.person, gender) else { return speaker };
        let known = self.genders[person as usize].get_or_insert(gender);
        if *known == gender {
            return speaker;
        }
        let people = &self.reading.people.all;
        let wanted = surname(&people[person as usize].name);
        let other = (0..people.len()).find(|&n| {
            n != person as usize
                && people[n].label == Label::Person
                && self.genders[n].is_none_or(|g| g == gender)
                && surname(&people[n].name) == wanted
        });
        if let Some(n) = other {
            self.genders[n] = Some(gender);
            return self.of_person(n as u32, speaker.span);
        }
        // The verb knows better than a given name.
        self.genders[person as usize] = Some(gender);
        speaker
    }

    fn phrase(&mut self, phrase: Phrase) -> Speaker {
        let reading = self.reading;
        let span = Some(phrase.span(reading));
        let unresolved = |kind| Speaker { span, kind: Some(kind), ..Speaker::default() };
        // "WHO said": a body, no pronoun.
        let acronym = reading.entity(phrase.from).is_some() && reading.tokens.all[phrase.from].case == Case::Upper;
        if phrase.to == phrase.from + 1 && !acronym {
            if let Some(gender) = reading.pronoun_gender(phrase.from) {
                return self.pronoun(phrase, Some(gender), span);
            }
            let word = reading.tokens.lower(phrase.from);
            match word.as_ref() {
                "he" | "him" | "his" => return self.pronoun(phrase, Some(Gender::Male), span),
                "she" | "her" => return self.pronoun(phrase, Some(Gender::Female), span),
                "who" => return self.pronoun(phrase, None, span),
                "they" | "them" | "we" => return unresolved(SpeakerType::Group),
                "it" => {
                    return self
                        .organisation_before(phrase.from, None)
                        .map_or(unresolved(SpeakerType::Organisation), |s| Speaker { span, ..s });
                }
                "i" => return unresolved(SpeakerType::Unnamed),
                _ => {}
            }
        }
        // "Egypt's government and the World Health Organization": two speak.
        let joined =
            |i: usize| reading.is_word(i, &["and"]) && reading.entity(i).is_none() && reading.entity(i - 1).is_some();
        if (phrase.from + 1..phrase.to).any(|i| joined(i) && (i + 1..phrase.to).any(|k| reading.entity(k).is_some())) {
            return unresolved(SpeakerType::Group);
        }
        // A person named in the phrase, the last one that is no possessor: "Merkel's spokesperson, Steffen Seibert".
        let named = |from: usize, to: usize| {
            let mut found = None;
            let mut i = from;
            while i < to {
                if let Some(e) = reading.entity(i) {
                    let past = reading.tokens.within(reading.entities[e].span).end.max(i + 1);
                    let possessor = past < to && reading.tokens.all[past].class == Class::Clitic;
                    let object = found.is_none() && self.is_object(from, i);
                    if reading.entities[e].label == Label::Person && !possessor && !object {
                        found.get_or_insert(e);
                    }
                    i = past;
                } else {
                    i += 1;
                }
            }
            found
        };
        if let Some(e) = named(phrase.from, phrase.to).or_else(|| named(phrase.to, phrase.whole)) {
            return self.of_entity(e, SpeakerType::Person, span);
        }
        if let Some(author) = self.author(phrase, span) {
            return author;
        }
        let head = self.head(phrase);
        let noun = reading.tokens.lower(head);
        let kind = reading.tokens.language().speakers.get(&reading.tokens.all[head].lower).copied();
        match kind {
            Some(Some(kind @ (SpeakerType::Unnamed | SpeakerType::Group))) => return unresolved(kind),
            Some(None) => {
                let definite = reading.is_word(phrase.from, &["the", "his", "her", "its"])
                    || reading.tokens.all[head].is_capitalised()
                    || reading.entity(phrase.from).is_some();
                return if definite {
                    self.office(&noun, phrase).map_or(unresolved(SpeakerType::Unnamed), |s| Speaker { span, ..s })
                } else {
                    unresolved(SpeakerType::Unnamed)
                };
            }
            None if reading.tokens.language().is_free_order() && reading.is(head, Classes::TITLE) => {
                return self
                    .office(&fold(&noun), phrase)
                    .map_or(unresolved(SpeakerType::Unnamed), |s| Speaker { span, ..s });
            }
            _ => {}
        }
        // A body: named in the phrase, or a place that stands for its government.
        let body = (phrase.from..phrase.to).rev().find_map(|i| {
            let e = reading.entity(i)?;
            let past = reading.tokens.within(reading.entities[e].span).end;
            let possessor = past < phrase.to && reading.tokens.all[past].class == Class::Clitic;
            let ends = reading.tokens.within(reading.entities[e].span).contains(&head);
            (matches!(reading.entities[e].label, Label::Org | Label::Loc) && !possessor && ends).then_some(e)
        });
        if let Some(e) = body {
            return self.of_entity(e, SpeakerType::Organisation, span);
        }
        if let Some(Some(SpeakerType::Organisation)) = kind {
            let known = reading
                .is_word(phrase.from, &["the"])
                .then(|| self.organisation_before(phrase.from, Some(&noun)))
                .flatten();
            let own = || {
                let words = reading
                    .tokens
                    .span(
                        phrase.from + usize::from(reading.is(phrase.from, Classes::DET) && phrase.from + 1 < phrase.to),
                        phrase.to,
                    )
                    .of(reading.text);
                Speaker {
                    span,
                    name: Some(words.to_owned()),
                    key: Some(fold(words)),
                    kind: Some(SpeakerType::Organisation),
                    person: None,
                }
            };
            // "a media rights group", "the company": no name.
            let indefinite = reading.is_word(phrase.from, &["a", "an", "another", "one"]);
            let named =
                |i: usize| reading.entity(i).is_some() || i > phrase.from && reading.tokens.all[i].is_capitalised();
            let nameless = indefinite || !(phrase.from..phrase.to).any(named);
            let speaker = known.unwrap_or_else(|| if nameless { unresolved(SpeakerType::Organisation) } else { own() });
            return speaker.at(span);
        }
        if let Some(name) = self.unknown_name(phrase, head) {
            return Speaker { span, ..name };
        }
        if noun.ends_with('s') && !reading.tokens.all[head].is_capitalised() {
            return unresolved(SpeakerType::Group);
        }
        unresolved(SpeakerType::Unnamed)
    }

    /// A name that no rule of the entities knew: capitalised words that end at the head, of a body after "the", else of a
    /// person. A single word at the start of a sentence is no evidence.
    fn unknown_name(&self, phrase: Phrase, head: usize) -> Option<Speaker> {
        let reading = self.reading;
        let tokens = reading.tokens;
        let named = |i: usize| {
            let token = &tokens.all[i];
            token.class == Class::Word && token.is_capitalised() && !token.is(Classes::CLOSED.or(Classes::TITLE))
        };
        let mut from = head + 1;
        while from > phrase.from && (named(from - 1) || tokens.str(from - 1) == "&" && from < head + 1) {
            from -= 1;
        }
        let words = reading.count_words(from, head + 1);
        let initial = from == tokens.sentence(tokens.sentence_of(from.min(head))).start;
        if words == 0 || words == 1 && initial || reading.is(head, Classes::SPEAKER) {
            return None;
        }
        let name = one_line(tokens.span(from, head + 1).of(reading.text));
        let body = from > phrase.from && reading.is_word(from - 1, &["the"]) || name.contains('&');
        let kind = if body { SpeakerType::Organisation } else { SpeakerType::Person };
        Some(Speaker { key: Some(fold(&name)), name: Some(name), kind: Some(kind), ..Speaker::default() })
    }

    /// The head noun of a phrase: its last word before "of", "for", "with" or a clause.
    fn head(&self, phrase: Phrase) -> usize {
        let reading = self.reading;
        if reading.tokens.language().is_free_order() {
            // "ministar spoljnih poslova Srbije": the first noun that speaks.
            let speaks = |&i: &usize| reading.is(i, Classes::SPEAKER.or(Classes::TITLE)) && reading.entity(i).is_none();
            return (phrase.from..phrase.to).find(speaks).unwrap_or(phrase.from);
        }
        let mut head = phrase.from;
        for i in phrase.from..phrase.to {
            if i > phrase.from && reading.is(i, Classes::PREP) && reading.entity(i).is_none() {
                break;
            }
            if reading.tokens.all[i].class == Class::Word {
                head = i;
            }
        }
        // "sources familiar with the matter": what follows the noun describes it.
        let kinds = &reading.tokens.language().speakers;
        let speaks = |i: usize| {
            let kind = kinds.get(&reading.tokens.all[i].lower).copied().flatten();
            reading.entity(i).is_none() && matches!(kind, Some(SpeakerType::Unnamed | SpeakerType::Group))
        };
        if reading.is(head, Classes::SPEAKER) {
            return head;
        }
        (phrase.from..head).rev().find(|&i| speaks(i) && reading.tokens.all[i].case == Case::Lower).unwrap_or(head)
    }

    /// Whether the name at `i` belongs to somebody else's title: "a senior aide to Palestinian President Abbas". Not
    /// "the head of KFOR, Paolo Venturelli", nor "Prime Minister of Albania Edi Rama".
    fn is_object(&self, from: usize, i: usize) -> bool {
        let reading = self.reading;
        let people = |k: usize| reading.label(k) == Some(Label::Norp);
        let mut k = i;
        while k > from && (reading.is(k - 1, Classes::TITLE.or(Classes::DET)) || people(k - 1)) {
            k -= 1;
        }
        let kinds = &reading.tokens.language().speakers;
        let noun = |h: usize| {
            let lower = reading.tokens.all[h].case == Case::Lower && !reading.is(h, Classes::CLOSED);
            let people = kinds.get(&reading.tokens.all[h].lower).is_some_and(Option::is_some);
            lower || people && reading.entity(h).is_none()
        };
        // "Secretary of State": the preposition is the title's own.
        let own = k > from
            && reading
                .entity(i)
                .and_then(|e| reading.entities[e].role)
                .is_some_and(|role| role.start <= reading.tokens.all[k - 1].span.start);
        k > from + 1 && !own && reading.is(k - 1, Classes::PREP) && (from..k - 1).any(noun)
    }

    /// Who wrote "a statement by the Interior Ministry", "a tweet from Pompeo", "her letter".
    fn author(&mut self, phrase: Phrase, span: Option<Span>) -> Option<Speaker> {
        let reading = self.reading;
        let document = |i: usize| reading.is(i, Classes::OCCASION.or(Classes::CUE_NOUN)) && reading.entity(i).is_none();
        let noun = (phrase.from..phrase.to).find(|&i| document(i))?;
        if reading.is_word(phrase.from, &["his", "her"]) {
            let gender = if reading.is_word(phrase.from, &["his"]) { Gender::Male } else { Gender::Female };
            return Some(self.pronoun(Phrase { to: phrase.from + 1, ..phrase }, Some(gender), span));
        }
        let mut entities = (phrase.from..phrase.whole).filter_map(|i| Some((i, reading.entity(i)?)));
        let found = entities.find(|&(i, e)| {
            let past = reading.tokens.within(reading.entities[e].span).end;
            let possessor = i < noun && reading.tokens.all.get(past).is_some_and(|t| t.class == Class::Clitic);
            let by = (noun..i).any(|k| reading.is_word(k, &["by", "from", "of"]));
            (possessor || by) && matches!(reading.entities[e].label, Label::Person | Label::Org)
        });
        let document = reading.tokens.lower(noun);
        let Some((_, e)) = found else {
            // "the report says", after "a report by the Interior Ministry"
            let again = reading.is_word(phrase.from, &["the", "this"]) && phrase.to == noun + 1;
            return self.documents.get(document.as_ref()).filter(|_| again).map(|s| s.clone().at(span));
        };
        let kind =
            if reading.entities[e].label == Label::Person { SpeakerType::Person } else { SpeakerType::Organisation };
        let author = self.of_entity(e, kind, span);
        self.documents.insert(document.into_owned(), author.clone());
        Some(author)
    }

    fn of_entity(&self, e: usize, kind: SpeakerType, span: Option<Span>) -> Speaker {
        let entity = &self.reading.entities[e];
        Speaker {
            span,
            name: Some(entity.name.clone()),
            key: Some(entity.key.clone()),
            kind: Some(kind),
            person: self.reading.people.of_entity[e],
        }
    }

    /// "he": the last speaker if the sentence before is his, else the person the last sentences were about.
    fn pronoun(&mut self, phrase: Phrase, gender: Option<Gender>, span: Option<Span>) -> Speaker {
        let reading = self.reading;
        let sentence = reading.tokens.sentence_of(phrase.from);
        let fits = |genders: &[Option<Gender>], person: u32| {
            reading.people.all[person as usize].label == Label::Person
                && (gender.is_none() || genders[person as usize].is_none() || genders[person as usize] == gender)
        };
        // Score, entity (a tie goes to the later one), and who: somebody unnamed may have spoken last.
        let mut candidates: Vec<(i64, usize, Option<u32>)> = Vec::new();
        for back in 0..=BACK.min(sentence) {
            let range = reading.tokens.sentence(sentence - back);
            let end = if back == 0 { phrase.from } else { range.end };
            let start = range.start.max(end.saturating_sub(REACH));
            let subject = subject_of(reading, start, end)
                .and_then(|p| (p.from..p.to).find_map(|i| reading.entity(i)).and_then(|e| reading.people.of_entity[e]));
            let mut i = start;
            while i < end {
                let Some(e) = reading.entity(i) else {
                    i += 1;
                    continue;
                };
                let past = reading.tokens.within(reading.entities[e].span).end.max(i + 1);
                if let Some(person) = reading.people.of_entity[e].filter(|&p| fits(&self.genders, p)) {
                    let possessor = reading.tokens.all.get(past).is_some_and(|t| t.class == Class::Clitic);
                    let known = self.genders[person as usize].is_some();
                    // Nearer sentences first; the subject before others; words inside a quotation last.
                    let score = -6 * back as i64 + if Some(person) == subject { 8 } else { 0 } + i64::from(known)
                        - if possessor { 3 } else { 0 }
                        - if reading.segment(i).is_some() { 9 } else { 0 };
                    candidates.push((score, e, Some(person)));
                }
                i = past;
            }
        }
        if let Some(last) = &self.last
            && last.person.map_or(last.kind == Some(SpeakerType::Unnamed), |p| fits(&self.genders, p))
        {
            let back = sentence.saturating_sub(self.last_sentence) as i64;
            // Somebody unnamed yields to a person whom the sentence before is about.
            let first = if last.person.is_some() { 10 } else { 4 };
            candidates.push((first - 5 * back, usize::MAX, last.person));
        }
        let best = candidates.iter().max_by_key(|(score, e, _)| (*score, *e)).map(|&(_, _, person)| person);
        let Some(Some(person)) = best else {
            return Speaker { span, kind: Some(SpeakerType::Unnamed), ..Speaker::default() };
        };
        if self.genders[person as usize].is_none() {
            self.genders[person as usize] = gender;
        }
        self.of_person(person, span)
    }

    fn of_person(&self, person: u32, span: Option<Span>) -> Speaker {
        let who = &self.reading.people.all[person as usize];
        Speaker {
            span,
            name: Some(who.name.clone()),
            key: Some(who.key.clone()),
            kind: Some(SpeakerType::Person),
            person: Some(person),
        }
    }

    /// "the minister", "the Serbian president": the last person before it whose title has these words, else the first
    /// after it. Somebody of another department or country is nobody's answer.
    fn office(&self, noun: &str, phrase: Phrase) -> Option<Speaker> {
        let reading = self.reading;
        let at = reading.tokens.all[phrase.from].span.start;
        let tells = |i: usize| reading.is(i, Classes::TITLE) || reading.entity(i).is_some() && !reading.is_date(i);
        let wanted: Vec<String> = (phrase.from..phrase.to)
            .filter(|&i| tells(i) && reading.tokens.all[i].class == Class::Word)
            .map(|i| fold(reading.str(i)))
            .filter(|w| w != noun)
            .collect();
        let country = |i: usize| reading.entity(i).is_some() && !reading.is_date(i);
        let wanted_countries: Vec<String> =
            (phrase.from..phrase.to).filter(|&i| country(i)).map(|i| fold(reading.str(i))).collect();
        let fits = |e: usize| {
            let Some(role) = reading.entities[e].role else { return false };
            let words = title_words(reading, role);
            // A title that names no country may be that of any.
            let anywhere = !reading.tokens.within(role).any(country);
            wanted.iter().all(|w| words.iter().any(|r| akin(r, w)) || anywhere && wanted_countries.contains(w))
        };
        let holders: Vec<usize> = self.by_office.get(noun)?.iter().copied().filter(|&e| fits(e)).collect();
        let before = holders.partition_point(|&e| reading.entities[e].span.start < at);
        Some(self.of_entity(*holders.get(before.saturating_sub(1))?, SpeakerType::Person, None))
    }

    /// "the alliance", "it": the last body before token `at`, one whose name has `noun` if there is one.
    fn organisation_before(&self, at: usize, noun: Option<&str>) -> Option<Speaker> {
        let reading = self.reading;
        let start = reading.tokens.all[at].span.start;
        let first = reading.tokens.sentence_of(at).saturating_sub(BACK) as u32;
        let before = reading.entities.partition_point(|e| e.span.start < start);
        let near = || {
            reading.entities[..before]
                .iter()
                .enumerate()
                .rev()
                .take_while(|(_, e)| e.sentence >= first)
                .filter(|(_, e)| e.label == Label::Org)
                .map(|(e, _)| e)
        };
        let e = match noun {
            None => near().next(),
            Some(noun) => {
                let named = self.by_word.get(noun).and_then(|bodies| {
                    let before = bodies.partition_point(|&e| reading.entities[e].span.start < start);
                    before.checked_sub(1).map(|last| bodies[last])
                });
                // The alliance of this field, unless another one has been named.
                named.or_else(|| {
                    let nato = |e: &Entity| e.label == Label::Org && e.name.eq_ignore_ascii_case("nato");
                    (noun == "alliance").then(|| reading.entities.iter().position(nato)).flatten()
                })
            }
        };
        Some(self.of_entity(e?, SpeakerType::Organisation, None))
    }

    /// The label of a turn: the person it names, or the office.
    fn label(&mut self, span: Span) -> Speaker {
        let words = span.of(self.reading.text);
        if let Some(speaker) = self.labels.get(words) {
            return Speaker { span: Some(span), ..speaker.clone() };
        }
        let speaker = self.new_label(span, words);
        self.labels.insert(words, speaker.clone());
        speaker
    }

    fn new_label(&self, span: Span, words: &str) -> Speaker {
        let reading = self.reading;
        let unnamed = |kind| Speaker { span: Some(span), kind: Some(kind), ..Speaker::default() };
        let range = reading.tokens.within(span);
        if let Some(e) =
            range.clone().rev().find_map(|i| reading.entity(i).filter(|&e| reading.entities[e].label == Label::Person))
        {
            return self.of_entity(e, SpeakerType::Person, Some(span));
        }
        let folded = fold(words);
        let last = folded
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .rfind(|w| !w.is_empty())
            .unwrap_or_default()
            .to_owned();
        // "MS. JEAN-PIERRE": the person with this surname anywhere in the document.
        if let Some(&p) = self.by_surname.get(&last).filter(|_| last.len() > 1) {
            return self.of_person(p, Some(span));
        }
        if let Some(&Some(kind)) = reading.tokens.language().labels.get(words.to_lowercase().as_str()) {
            return unnamed(kind);
        }
        // "THE PRESIDENT": whoever the document gives that office.
        if let Some(&e) = self.by_office.get(&last).and_then(|holders| holders.first()) {
            return self.of_entity(e, SpeakerType::Person, Some(span));
        }
        let language = reading.tokens.language();
        let first = folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let honorific = language.titles.get(first) == Some(&true);
        let office = language.titles.contains_key(folded.trim_start_matches("the "));
        if honorific || office || language.title_abbreviations.contains_key(folded.as_str()) {
            // A surname or an office that the text gives nowhere else: the label is the fullest form.
            let name = if honorific { words.rsplit(' ').next().unwrap_or(words) } else { words };
            let name = if office || honorific { in_title_case(name) } else { name.to_owned() };
            return Speaker {
                span: Some(span),
                key: Some(fold(&name)),
                name: Some(name),
                kind: Some(SpeakerType::Person),
                person: None,
            };
        }
        self.introduced(span, words).unwrap_or_else(|| unnamed(SpeakerType::Unnamed))
    }

    /// A label that no rule knew: the full name that ends in it elsewhere ("Ognjen Drljača" for "Drljača:"), or a body that
    /// the text writes with "the".
    fn introduced(&self, span: Span, words: &str) -> Option<Speaker> {
        const LABELS: usize = 64;
        let tokens = self.reading.tokens;
        if self.labels.len() > LABELS || words.contains(' ') {
            return None;
        }
        let named =
            |i: usize| tokens.all[i].case == Case::Title && !tokens.all[i].is(Classes::CLOSED.or(Classes::TITLE));
        let speaker = |name: String, kind| {
            Some(Speaker { span: Some(span), key: Some(fold(&name)), name: Some(name), kind: Some(kind), person: None })
        };
        for i in 1..tokens.all.len() {
            if tokens.str(i) != words || tokens.all[i].span == span {
                continue;
            }
            if named(i - 1) && tokens.sentence_of(i - 1) == tokens.sentence_of(i) {
                return speaker(tokens.span(i - 1, i + 1).of(self.reading.text).to_owned(), SpeakerType::Person);
            }
            if tokens.is_word(i - 1, "the") {
                return speaker(words.to_owned(), SpeakerType::Organisation);
            }
        }
        None
    }
}

/// The last word of a name, folded.
fn surname(name: &str) -> String {
    let folded = fold(name);
    folded.rsplit_once(' ').map_or(folded.as_str(), |(_, last)| last).to_owned()
}

/// Words of a name or title, folded.
fn folded_words(words: &str) -> Vec<String> {
    fold(words).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The words of a title, folded, abbreviations with what they stand for.
fn title_words(reading: &Reading<'_>, role: Span) -> Vec<String> {
    let mut words = folded_words(role.of(reading.text));
    let long = |w: &String| reading.tokens.language().title_abbreviations.get(w.as_str());
    let whole: Vec<String> = words.iter().filter_map(long).flat_map(|w| w.split(' ')).map(str::to_owned).collect();
    words.extend(whole);
    words
}

/// One word, or a country and its adjective: "serbia" and "serbian".
fn akin(a: &str, b: &str) -> bool {
    const STEM: usize = 4;
    a == b || a.chars().count() >= STEM && a.chars().take(STEM).eq(b.chars().take(STEM))
}
