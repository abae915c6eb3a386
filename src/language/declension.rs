//! How names change in a language, and what of them counts for a list.

use std::sync::LazyLock;

use super::{key, lines};

/// How the names of a language change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Declension {
    /// They stay as they are.
    #[default]
    None,
    /// They are declined as in Serbian, Croatian, Bosnian and Montenegrin.
    SerboCroatian,
}

impl Declension {
    /// A word as a name: folded, and without its ending where names have one.
    #[must_use]
    pub fn name_key(self, word: &str) -> u64 {
        static ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let mut endings: Vec<&str> = lines(include_str!("sh/endings.txt")).collect();
            endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
            endings
        });
        match self {
            Self::None => key::folded(word),
            Self::SerboCroatian => key::stem(word, &ENDINGS),
        }
    }
}
