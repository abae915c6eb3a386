//! What was learned, laid over what the rules found.

use super::Label;
use super::names::{Mention, PARTICLES, Tagger};
use crate::model::{self, Model};
use crate::resources::Resources;
use crate::tokens::{Case, Class};

impl Tagger<'_> {
    /// Puts what was learned in the place of what the rules found. What stays: dates, events, names of the user's own list,
    /// and acronyms of well-known bodies where nothing was learned.
    pub(super) fn revise(&mut self, sentences: usize, model: &Model, resources: &Resources) {
        let found = model::found(&self.mentions);
        let evidence = model::evidence(self.tokens, sentences, &found, resources);
        let learned = model::decode(&model.weights(), &evidence);
        let ruled = std::mem::take(&mut self.mentions);
        let mut kept: Vec<Mention> = Vec::with_capacity(ruled.len());
        for mention in &ruled {
            let first = learned.partition_point(|l| l.1 <= mention.from);
            let free = learned.get(first).is_none_or(|l| l.0 >= mention.to);
            let stays = matches!(mention.label, Label::Date | Label::Event)
                || mention.entry.is_some_and(|entry| {
                    self.gazetteer.is_own(entry) || free && self.is_acronym_of_body(mention, entry)
                });
            if stays {
                kept.push(mention.clone());
            }
        }
        let (mut kept, mut ruled) = (kept.into_iter().peekable(), ruled.into_iter().peekable());
        for (from, to, label) in learned {
            while let Some(mention) = kept.next_if(|m| m.from < to) {
                self.mentions.push(mention);
            }
            if self.mentions.last().is_some_and(|m| m.to > from) || self.is_title(from, to, label) {
                continue;
            }
            while ruled.next_if(|m| m.to <= from).is_some() {}
            let same = ruled.peek().filter(|m| m.label == label && m.from == from);
            let (from, to) = self.whole(from, to, label, same);
            let entry = same.filter(|m| m.to == to).and_then(|m| m.entry).or_else(|| self.entry_of(from, to, label));
            self.sentence = self.tokens.sentence_of(from) as u32;
            match self.joint(from, to, label, entry) {
                Some(joint) => {
                    self.push(from, joint, label, self.entry_of(from, joint, label));
                    self.push(joint + 1, to, label, self.entry_of(joint + 1, to, label));
                }
                None => self.push(from, to, label, entry),
            }
        }
        self.mentions.extend(kept);
    }

    /// "KFOR": an acronym that a list gives an id, and that is no word.
    fn is_acronym_of_body(&self, mention: &Mention, entry: u32) -> bool {
        const SHORTEST: usize = 4;
        let word = &self.tokens.all[mention.from];
        let acronym = mention.to == mention.from + 1 && word.case == Case::Upper && word.span.len() >= SHORTEST;
        acronym && mention.label == Label::Org && self.gazetteer.entry(entry).id.is_some()
    }

    /// The number of the known thing that these tokens and nothing more name.
    fn entry_of(&self, from: usize, to: usize, label: Label) -> Option<u32> {
        let known = self.gazetteer.longest_at(self.tokens, from, to, false)?;
        let fits = known.end == to && !known.risky && self.gazetteer.label(known.entry) == label;
        fits.then_some(known.entry)
    }

    /// The bounds of a learned name, with what is missing: the article of "The Hague", "in" of "Jae-in", and "den Broek" where the
    /// rules read "van den Broek".
    fn whole(&self, from: usize, to: usize, label: Label, same: Option<&Mention>) -> (usize, usize) {
        let article = from > 0 && self.tokens.is_word(from - 1, "the") && self.tokens.all[from - 1].is_capitalised();
        let from = if article && self.entry_of(from - 1, to, label).is_some() { from - 1 } else { from };
        let next = self.tokens.all.get(to).is_some_and(|t| t.class == Class::Word);
        if label == Label::Person && next && self.tokens.str(to - 1) == "-" && self.tokens.is_glued(to) {
            return (from, to + 1);
        }
        let cut = |m: &&Mention| label == Label::Person && m.to > to && PARTICLES.contains(&self.tokens.str(to));
        (from, same.filter(cut).map_or(to, |m| m.to))
    }

    /// Where two known names are joined by a hyphen or a slash ("Belgrade-Pristina") and the pair is none itself.
    fn joint(&self, from: usize, to: usize, label: Label, entry: Option<u32>) -> Option<usize> {
        if label == Label::Person || entry.is_some() {
            return None;
        }
        let known = |from: usize, to: usize| from < to && self.entry_of(from, to, label).is_some();
        (from..to).find(|&i| matches!(self.tokens.str(i), "-" | "/" | "–") && known(from, i) && known(i + 1, to))
    }

    /// Whether a learned person or body is made of titles: "Sgt. Maj.".
    fn is_title(&self, from: usize, to: usize, label: Label) -> bool {
        matches!(label, Label::Person | Label::Org) && self.title_at(from, to).is_some_and(|(next, _)| next >= to)
    }
}
