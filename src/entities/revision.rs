//! What was learned, laid over what the rules found.

use super::Label;
use super::names::{Mention, Tagger};
use crate::language::Classes;
use crate::model::{self, Model};
use crate::resources::Resources;
use crate::tokens::Class;

impl Tagger<'_> {
    /// Puts what was learned in the place of what the rules found. What stays: dates and events, and what the lists know
    /// where nothing was learned or for certain.
    pub(super) fn revise(&mut self, sentences: usize, model: &Model, resources: &Resources) {
        let found = model::found(&self.mentions);
        let evidence = model::evidence(self.tokens, sentences, &found, resources);
        let learned = model::decode(&model.weights(), &evidence);
        let ruled = std::mem::take(&mut self.mentions);
        // Where names are declined, adjectives look like them ("Hrvatska" and "hrvatska"): the lists know nothing for certain.
        let trusted = !self.tokens.language().declines();
        let mut kept: Vec<Mention> = Vec::with_capacity(ruled.len());
        for mention in &ruled {
            let first = learned.partition_point(|l| l.1 <= mention.from);
            let over = learned[first..].iter().take_while(|l| l.0 < mention.to);
            let certain = matches!(mention.label, Label::Date | Label::Event)
                || mention.entry.is_some_and(|entry| self.gazetteer.is_own(entry))
                || trusted && mention.entry.is_some() && over.clone().next().is_none()
                || trusted && self.is_certain(mention) && over.clone().all(|l| self.yields(l, mention));
            if certain {
                kept.push(mention.clone());
            }
        }
        let (mut kept, mut ruled) = (kept.into_iter().peekable(), ruled.into_iter().peekable());
        for (from, to, label) in learned {
            while let Some(mention) = kept.next_if(|m| m.from < to) {
                self.mentions.push(mention);
            }
            if self.mentions.last().is_some_and(|m| m.to > from)
                || !self.is_plausible(from, to, label, evidence.is_shouted(from))
            {
                continue;
            }
            while ruled.next_if(|m| m.to <= from).is_some() {}
            let same = ruled.peek().filter(|m| (m.from, m.to, m.label) == (from, to, label));
            let entry = same.and_then(|m| m.entry).or_else(|| {
                let known = self.gazetteer.longest_at(self.tokens, from, to, false)?;
                let fits = known.end == to && !known.risky && self.gazetteer.entry(known.entry).label == label;
                fits.then_some(known.entry)
            });
            self.sentence = self.tokens.sentence_of(from) as u32;
            self.push(from, to, label, entry);
        }
        self.mentions.extend(kept);
    }

    /// A name that a list has, or that "&" joins.
    fn is_certain(&self, mention: &Mention) -> bool {
        if (mention.from..mention.to).any(|i| self.tokens.str(i) == "&") {
            return true;
        }
        let known = || self.gazetteer.longest_at(self.tokens, mention.from, mention.to, false);
        mention.entry.is_some() && known().is_some_and(|k| !k.risky && k.end == mention.to)
    }

    /// Whether a learned name makes way for a certain one: it lies within it, or is a pair of such ("Belgrade-Pristina", "OSCE/ODIHR").
    fn yields(&self, learned: &(usize, usize, Label), certain: &Mention) -> bool {
        let within = learned.0 >= certain.from && learned.1 <= certain.to && certain.to - certain.from > 1;
        let pair = |i: usize| {
            certain.label != Label::Person
                && learned.0 < i
                && i + 1 < learned.1
                && matches!(self.tokens.str(i), "-" | "/")
        };
        within || pair(certain.to) || certain.from > 0 && pair(certain.from - 1)
    }

    /// No person is made of titles, and in a line of capitals a name has a word that is known as one.
    fn is_plausible(&self, from: usize, to: usize, label: Label, shouted: bool) -> bool {
        let words = || self.tokens.all[from..to].iter().filter(|t| t.class == Class::Word);
        let titles = label == Label::Person && self.title_at(from, to).is_some_and(|(next, _)| next >= to);
        let known = || {
            words().any(|t| t.is(Classes::GIVEN.or(Classes::SURNAME)))
                || self.gazetteer.longest_at(self.tokens, from, to, true).is_some()
        };
        !titles && (!shouted || known())
    }
}
