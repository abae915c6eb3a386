//! The title or apposition beside a person: "NATO Secretary-General", "the ministry's spokeswoman".

use super::Label;
use super::names::Tagger;
use crate::language::{Classes, Gender};
use crate::span::Span;
use crate::tokens::{Case, Class};

/// Tokens of the longest title before a name.
const LONGEST: usize = 24;

impl Tagger<'_> {
    /// Titles before and appositions after each person.
    pub(super) fn add_roles(&mut self) {
        for n in 0..self.mentions.len() {
            if self.mentions[n].label != Label::Person {
                continue;
            }
            let role = self.title_before(n).or_else(|| self.apposition_after(n)).or_else(|| self.apposition_before(n));
            let mention = &self.mentions[n];
            let gender = mention.from.checked_sub(1).and_then(|b| {
                let b = if self.tokens.str(b) == "." && b > 0 { b - 1 } else { b };
                gender_of_title(&self.tokens.lower(b))
            });
            (self.mentions[n].role, self.mentions[n].gender) = (role, gender);
        }
    }

    /// "NATO Secretary-General", "former Serbian President": from the first modifier to the last word of the title.
    fn title_before(&self, n: usize) -> Option<Span> {
        let tokens = self.tokens;
        let mut first = self.mentions[n].from;
        let start = tokens.sentence(self.mentions[n].sentence as usize).start.max(first.saturating_sub(LONGEST));
        let mut titled = false;
        let mut prior = n;
        while first > start {
            let i = first - 1;
            let token = &tokens.all[i];
            if prior > 0
                && self.mentions[prior - 1].to == first
                && titled
                && self.mentions[prior - 1].label != Label::Person
                && self.mentions[prior - 1].label != Label::Date
            {
                prior -= 1;
                first = self.mentions[prior].from;
            } else if token.is(Classes::TITLE) {
                titled = true;
                first = i;
            } else if self.joins_title(i, start, titled) {
                first = i;
            } else {
                break;
            }
        }
        titled.then(|| tokens.span(first, self.mentions[n].from).trim(tokens.text))
    }

    /// "Serbia's president, Dragoljub Vukašević,": the noun phrase of an office before the comma.
    fn apposition_before(&self, n: usize) -> Option<Span> {
        const LONGEST: usize = 8;
        let tokens = self.tokens;
        let start = tokens.sentence(self.mentions[n].sentence as usize).start;
        let comma = self.mentions[n].from.checked_sub(1).filter(|&c| c > start && tokens.str(c) == ",")?;
        let office =
            |i: usize| tokens.all[i].case == Case::Lower && tokens.all[i].is(Classes::TITLE.or(Classes::SPEAKER));
        let mut from = comma;
        while from > start && comma - from < LONGEST {
            let token = &tokens.all[from - 1];
            let article = token.is(Classes::DET);
            let inside = token.class == Class::Clitic
                || token.class == Class::Word && !token.is(Classes::CLOSED.or(Classes::CUE).or(Classes::FINITE))
                || tokens.str(from - 1) == "-"
                || ["of", "for"].iter().any(|w| tokens.is_word(from - 1, w))
                || article;
            if !inside {
                break;
            }
            from -= 1;
            if article {
                break;
            }
        }
        (from < comma && (from..comma).any(office)).then(|| tokens.span(from, comma))
    }

    /// The stop or hyphen inside a title, "of" between two words of it, and what tells when it was held.
    fn joins_title(&self, i: usize, start: usize, titled: bool) -> bool {
        let tokens = self.tokens;
        let after_title = i > start && tokens.all[i - 1].is(Classes::TITLE);
        let inside = tokens.all[i].class == Class::Mark && matches!(tokens.str(i), "." | "-") && tokens.is_glued(i);
        let held = ["former", "acting", "outgoing", "then", "deputy", "interim", "incoming"];
        inside && after_title
            || titled && held.iter().any(|w| tokens.is_word(i, w))
            || titled && after_title && tokens.is_word(i, "of")
    }

    /// ", the former vice president of the Serb Civic Union,": a noun phrase with a title or a speaking noun in it.
    fn apposition_after(&self, n: usize) -> Option<Span> {
        let tokens = self.tokens;
        let end = tokens.sentence(self.mentions[n].sentence as usize).end;
        let comma = self.mentions[n].to;
        if comma + 2 >= end || tokens.str(comma) != "," {
            return None;
        }
        let from = comma + 1;
        let mut to = from;
        let mut office = false;
        while to < end && !matches!(tokens.str(to), "," | "." | ";" | ":" | "!" | "?" | "—" | "–" | "”" | "\"") {
            let token = &tokens.all[to];
            if (token.is(Classes::CUE) && !token.is(Classes::TITLE)) || token.is(Classes::AUX.or(Classes::REL)) {
                break;
            }
            office |= to - from < 8 && token.case == Case::Lower && token.is(Classes::TITLE.or(Classes::SPEAKER));
            to += 1;
        }
        let opens = tokens.all[from].is(Classes::DET)
            || tokens.all[from].is(Classes::TITLE)
            || ["former", "acting"].iter().any(|w| tokens.is_word(from, w))
            || tokens.all[from].is_capitalised();
        (office && opens && to > from && to < end).then(|| tokens.span(from, to))
    }
}

fn gender_of_title(word: &str) -> Option<Gender> {
    match word {
        "mr" | "sir" | "lord" | "king" | "prince" | "father" | "spokesman" | "chairman" | "congressman" | "duke" => {
            Some(Gender::Male)
        }
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "sister" | "spokeswoman" | "chairwoman"
        | "congresswoman" | "duchess" => Some(Gender::Female),
        _ => None,
    }
}
