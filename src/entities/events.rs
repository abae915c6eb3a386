//! Events without an entry of their own: exercises and operations, by the noun beside their name.
//!
//! "the exercise Silver Bridge" settles it for the whole document: [`Tagger::look_for_events`] goes over it first, and the
//! tagger then knows the name wherever it stands.

use super::names::Tagger;
use crate::language::Classes;
use crate::tokens::Case;

impl Tagger<'_> {
    /// Collects names of exercises and operations: two or three capitalised words beside "exercise".
    pub(super) fn look_for_events(&mut self, sentences: usize) {
        const REACH: usize = 5;
        let noun =
            |i: usize| self.tokens.all.get(i).is_some_and(|t| t.is(Classes::EVENT_NOUN) && t.case == Case::Lower);
        for sentence in 0..sentences {
            let range = self.tokens.sentence(sentence);
            let mut at = range.start;
            while at < range.end {
                let Some(to) = self.event_end(at, range.end) else {
                    at += 1;
                    continue;
                };
                let comma = |i: usize| i < range.end && self.tokens.str(i) == ",";
                let before =
                    at > range.start && (noun(at - 1) || comma(at - 1) && at > range.start + 1 && noun(at - 2));
                // ", the two-week exercise with Norway", not ", the exercise director"
                let described = || {
                    let article = comma(to) && ["the", "a", "an"].iter().any(|w| self.tokens.is_word(to + 1, w));
                    let last = (to + 2..range.end.min(to + 2 + REACH)).take_while(|&i| !comma(i)).find(|&i| noun(i));
                    article && last.is_some_and(|n| self.tokens.all.get(n + 1).is_none_or(|t| !t.is(Classes::TITLE)))
                };
                let behind = noun(to) || described();
                if before || behind {
                    self.events.insert(self.tokens.span(at, to).of(self.tokens.text));
                }
                at = to;
            }
        }
    }

    /// One past two or three plain capitalised words at `at`.
    pub(super) fn event_end(&self, at: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 3;
        let other = Classes::TITLE.or(Classes::MONTH).or(Classes::WEEKDAY);
        let plain = |i: usize| self.is_name_word(i) && self.tokens.all[i].case == Case::Title;
        let to = (at..end).take_while(|&i| plain(i)).take(LONGEST + 1).count() + at;
        let fits = (2..=LONGEST).contains(&(to - at)) && !self.tokens.all[at].is(other);
        (fits && self.gazetteer.longest_at(self.tokens, at, to, false).is_none_or(|m| m.end < to)).then_some(to)
    }
}
