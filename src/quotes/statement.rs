//! A statement on its way to the table.

use super::cues::Cue;
use super::reading::Reading;
use super::speakers::Source;
use super::{Kind, Stance};
use crate::span::Span;

/// A stretch of the words of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

/// What somebody said: its pieces, and the words that say so.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) pieces: Vec<Piece>,
    /// Quoted parts of a mixed statement.
    pub(super) fragments: Vec<Span>,
    pub(super) cue: Option<Span>,
    pub(super) stance: Option<Stance>,
    pub(super) source: Source,
    /// The token by which its place in the story is known.
    pub(super) at: usize,
    pub(super) confidence: f32,
}

impl Statement {
    /// Its words that stand in marks.
    pub(super) fn words_in_marks(&self) -> impl Iterator<Item = Span> {
        let direct = self.pieces.iter().filter(|p| p.kind == Kind::Direct).map(|p| p.span);
        direct.chain(self.fragments.iter().copied())
    }

    /// Where its last words or its cue end, in bytes.
    pub(super) fn end(&self) -> usize {
        self.pieces.iter().map(|p| p.span).chain(self.cue).map(Span::hi).max().unwrap_or_default()
    }

    /// Takes a cue and a source that come later, if it has none.
    pub(super) fn lend(&mut self, reading: &Reading<'_>, cue: Option<&Cue>, source: Source) {
        let own = matches!(self.source, Source::Phrase(_) | Source::Label(_)) && self.cue.is_some();
        if let Some(cue) = cue.filter(|_| !own) {
            (self.cue, self.stance, self.source) = (Some(cue.span), Some(cue.stance), source);
            self.confidence = self.confidence.max(0.9);
            self.at = self.at.min(reading.tokens.all.len());
        }
    }
}
