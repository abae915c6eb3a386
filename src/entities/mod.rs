//! Tokens → entities: persons, organisations, places, peoples, events and dates.
//!
//! [`find`] walks each sentence once. At a token that may begin a name it asks, in this order, for a date (`dates`), a
//! known name ([`gazetteer`]), and a run of capitalised words with a title, a head word or a given name to go by
//! (`names`). What the document settles is carried through it: a surname seen with its first name is a person everywhere,
//! a name beside "exercise" an event (`events`). Where the language has a model ([`crate::model`]) it revises all that (`revision`). Last,
//! each person gets the title or apposition beside it (`roles`).

mod dates;
mod events;
pub mod gazetteer;
mod label;
mod names;
mod revision;
mod roles;

pub use label::Label;
pub use names::{Mention, find, is_shouted, rules};

use crate::span::Span;

/// One mention of a named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The name as written, without title, article or possessive.
    pub span: Span,
    /// Number of the sentence it stands in.
    pub sentence: u32,
    /// What it names.
    pub label: Label,
    /// The fullest form in the document, in the spelling used most.
    pub name: String,
    /// A gazetteer id, or the folded name.
    pub key: String,
    /// The title or apposition beside it.
    pub role: Option<Span>,
}
