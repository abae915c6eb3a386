//! Everything before → quotes: statements, their words, cue and speaker.
//!
//! [`marks`] pairs the quotation marks; `cues` finds the words that report; `direct` takes the segments that stand alone,
//! `clauses` what is reported without marks or with some, `fragments` the words in marks that are left, `free_order` all of
//! it in languages whose word order tells little, `turns` the turns of a transcript; `phrases` finds the noun phrase that
//! speaks, `speakers` who it is, in the order of the text, `confidence` how sure that is. [`find`] puts them in order and
//! numbers them.

mod clauses;
mod confidence;
mod cues;
mod direct;
mod fragments;
mod free_order;
pub mod marks;
mod phrases;
mod reading;
mod speakers;
mod statement;
mod turns;

use crate::config::Config;
use crate::entities::Entity;
use crate::people::People;
use crate::sentences;
use crate::span::Span;
use crate::tokens::Tokens;

use reading::Reading;
use speakers::{Resolver, Source};
use statement::{Piece, Statement};

/// The form of a quoted piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All words inside marks.
    Direct,
    /// A reported clause with quoted fragments.
    Mixed,
    /// A quoted fragment of a mixed clause.
    Fragment,
    /// A reported clause without marks.
    Indirect,
    /// A labelled turn of a transcript.
    Turn,
}

impl Kind {
    /// Every kind, in the order of its code in the tables.
    pub const ALL: [Kind; 5] = [Self::Direct, Self::Mixed, Self::Fragment, Self::Indirect, Self::Turn];

    /// As the tables show it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Fragment => "fragment",
            Self::Indirect => "indirect",
            Self::Turn => "turn",
        }
    }
}

/// How the reporting expression presents the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// "said", "according to".
    Neutral,
    /// "claimed", "alleged".
    Doubting,
    /// "pointed out", "noted".
    Endorsing,
    /// "asked".
    Asking,
    /// "promised", "vowed".
    Promising,
    /// "denied", "rejected".
    Denying,
}

impl Stance {
    /// Every stance, in the order of its code in the tables.
    pub const ALL: [Stance; 6] =
        [Self::Neutral, Self::Doubting, Self::Endorsing, Self::Asking, Self::Promising, Self::Denying];

    /// As the tables show it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Doubting => "doubting",
            Self::Endorsing => "endorsing",
            Self::Asking => "asking",
            Self::Promising => "promising",
            Self::Denying => "denying",
        }
    }
}

/// Who speaks: a named person, a body, a group of people, or somebody unnamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeakerType {
    /// A person with a name, or a pronoun for one.
    Person,
    /// A body, or a place standing for one ("Belgrade said").
    Organisation,
    /// Several people ("officials").
    Group,
    /// One person without a name ("a diplomat").
    Unnamed,
}

impl SpeakerType {
    /// Every type, in the order of its code in the tables.
    pub const ALL: [SpeakerType; 4] = [Self::Person, Self::Organisation, Self::Group, Self::Unnamed];

    /// As the tables show it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
        }
    }
}

/// One piece of a statement: a row of the quotes table.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Number of its statement in the document; pieces of one utterance share it.
    pub statement: u32,
    /// Number of the sentence it starts in.
    pub sentence: u32,
    /// The words, without the outer marks.
    pub span: Span,
    /// Its form.
    pub kind: Kind,
    /// Head of the reporting expression.
    pub cue: Option<Span>,
    /// How the cue presents the words.
    pub stance: Option<Stance>,
    /// The speaker as written, with title and apposition.
    pub speaker: Option<Span>,
    /// The speaker's fullest form in the document.
    pub speaker_name: Option<String>,
    /// Gazetteer id or folded name of the speaker.
    pub speaker_key: Option<String>,
    /// What the speaker is.
    pub speaker_type: Option<SpeakerType>,
    /// 0 to 1: how sure the reading is that this is a statement of this speaker.
    pub confidence: f32,
}

/// The quotes of a document, in order of appearance.
#[must_use]
pub fn find(
    text: &str,
    tokens: &Tokens<'_>,
    sentences: &[Span],
    entities: &[Entity],
    people: &People,
    config: &Config,
) -> Vec<Quote> {
    let paragraphs = sentences::paragraphs(text, config);
    let turns = turns::find(text, &paragraphs, tokens.language());
    let mut segments = marks::segments(text, &paragraphs);
    segments.retain(|s| !turns::cover(&turns, s.outer));
    let reading = Reading::new(text, tokens, sentences, entities, people, &segments);
    let mut statements = reported(&reading, &turns, config);
    statements.extend(spoken(&reading, turns));
    statements.sort_by_key(|s| (s.at, s.pieces[0].span));
    let mut resolver = Resolver::new(&reading);
    let mut quotes = Vec::with_capacity(statements.len());
    let mut rows: Vec<(Quote, usize)> = Vec::with_capacity(statements.len());
    for (n, statement) in statements.iter().enumerate() {
        let speaker = resolver.resolve(&statement.source, statement.at, statement.end());
        let pronoun = speaker.span.is_none_or(|span| reading.is_pronoun(tokens.at(span.lo())));
        let confidence = confidence::of(statement.confidence, statement.pieces[0].kind, &speaker, pronoun);
        if confidence < config.min_confidence {
            continue;
        }
        let fragments = statement.fragments.iter().map(|&span| Piece { span, kind: Kind::Fragment });
        for piece in statement.pieces.iter().copied().chain(fragments) {
            rows.push((
                Quote {
                    statement: 0,
                    sentence: sentence_of(sentences, piece.span),
                    span: piece.span,
                    kind: piece.kind,
                    cue: statement.cue,
                    stance: statement.stance,
                    speaker: speaker.span,
                    speaker_name: speaker.name.clone(),
                    speaker_key: speaker.key.clone(),
                    speaker_type: speaker.kind,
                    confidence,
                },
                n,
            ));
        }
    }
    // Rows in order of the text, a clause before its fragments; statements numbered as they first appear.
    rows.sort_by_key(|(q, n)| (q.span.start, std::cmp::Reverse(q.span.end), *n));
    let mut numbers = vec![u32::MAX; statements.len()];
    let mut next = 0;
    for (mut quote, n) in rows {
        if numbers[n] == u32::MAX {
            numbers[n] = next;
            next += 1;
        }
        quote.statement = numbers[n];
        quotes.push(quote);
    }
    quotes
}

/// Statements of a story outside its turns: direct speech first, then the clauses whose cue is still free, then words in
/// marks that neither took.
fn reported(reading: &Reading<'_>, turns: &[turns::Turn], config: &Config) -> Vec<Statement> {
    if reading.tokens.language().is_free_order() {
        return free_order::find(reading);
    }
    let cues = cues::find(reading, turns);
    let (mut statements, roles, mut used) = direct::find(reading, &cues);
    used.sort_unstable();
    let mut clauses = clauses::find(reading, &cues, &roles, &used);
    fragments::settle(&mut clauses);
    let mut covered: Vec<Span> = clauses.iter().flat_map(Statement::words_in_marks).collect();
    statements.extend(clauses.into_iter().filter(|s| config.indirect || s.pieces[0].kind != Kind::Indirect));
    covered.sort_unstable();
    statements.extend(fragments::find(reading, &cues, &roles, &covered));
    statements
}

/// Statements of a transcript: its turns.
fn spoken(reading: &Reading<'_>, turns: Vec<turns::Turn>) -> Vec<Statement> {
    turns
        .into_iter()
        .map(|turn| Statement {
            at: reading.tokens.at(turn.label.lo()),
            pieces: turn.pieces.into_iter().map(|span| Piece { span, kind: Kind::Turn }).collect(),
            fragments: Vec::new(),
            cue: turn.colon,
            stance: Some(Stance::Neutral),
            source: Source::Label(turn.label),
            confidence: 0.95,
        })
        .collect()
}

/// The sentence that a span starts in.
fn sentence_of(sentences: &[Span], span: Span) -> u32 {
    sentences.partition_point(|s| s.start <= span.start).saturating_sub(1) as u32
}
