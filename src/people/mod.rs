//! Who is who in one story.

use crate::entities::Label;

/// A person or organisation of a story, with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Fullest form in the document.
    pub name: String,
    /// Gazetteer id or folded name.
    pub key: String,
    /// [`Label::Person`] or [`Label::Org`].
    pub label: Label,
    /// Indices into [`crate::story::Story::entities`].
    pub mentions: Vec<u32>,
}
