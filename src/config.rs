//! The options of a reading, with the defaults that most people want.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// What a single newline means. A blank line always ends a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Newline {
    /// Decided from the lines around it: a break after headlines and paragraphs, a space in hard-wrapped prose.
    #[default]
    Auto,
    /// Every newline ends a sentence.
    Break,
    /// A newline is a space.
    Space,
}

/// How texts are read. Frozen once made; unknown keys are refused.
///
/// ```
/// use onrecord::config::Config;
///
/// let config = Config::from_toml("indirect = false\nabbreviations = ['Bde.']").unwrap();
/// assert!(!config.indirect);
/// assert!(Config::from_toml("indrect = false").unwrap_err().to_string().contains("indrect"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What a single newline means.
    pub newline: Newline,
    /// Words that a full stop does not end a sentence after, beside the built-in ones, with or without their full stop.
    pub abbreviations: Vec<String>,
    /// A list of names of your own, CSV with the columns name, label, id and aliases: these are always found, under their id.
    pub gazetteer: Option<PathBuf>,
    /// Model files of your own, each in the place of the built-in one of its language.
    pub models: Vec<PathBuf>,
    /// Whether to return indirect speech. Without it: direct, mixed, fragments and turns.
    pub indirect: bool,
    /// Statements of a lower confidence (0 to 1) are left out.
    pub min_confidence: f32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            newline: Newline::Auto,
            abbreviations: Vec::new(),
            gazetteer: None,
            models: Vec::new(),
            indirect: true,
            min_confidence: 0.0,
        }
    }
}

impl Config {
    /// Reads options from TOML.
    ///
    /// # Errors
    /// [`Error::Config`] for text that is no TOML, an unknown key, a wrong type or a value out of range.
    pub fn from_toml(text: &str) -> Result<Self> {
        toml::from_str::<Self>(text).map_err(|e| Error::Config(e.to_string().trim().to_owned()))?.checked()
    }

    /// Reads options from JSON.
    ///
    /// # Errors
    /// As [`Config::from_toml`].
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str::<Self>(text).map_err(|e| Error::Config(e.to_string()))?.checked()
    }

    /// The options as JSON, which [`Config::from_json`] reads back.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn checked(self) -> Result<Self> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            return Err(Error::Config(format!("min_confidence must lie between 0 and 1, not {}", self.min_confidence)));
        }
        if self.abbreviations.iter().any(|a| a.trim_end_matches('.').is_empty()) {
            return Err(Error::Config("abbreviations must not be empty".into()));
        }
        Ok(self)
    }
}
