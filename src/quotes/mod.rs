//! Who said what: statements, their words, cue and speaker.

use crate::span::Span;

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
