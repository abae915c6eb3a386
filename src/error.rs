//! What can go wrong, said once for Rust and Python.

use std::fmt;

/// An error of the core. Each says what, where and what to do; `py` gives each its Python class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An option that is unknown or out of range.
    Config(String),
    /// A text or column that cannot be read.
    Input(String),
    /// A model file that is damaged or none.
    Model(String),
    /// A bug of ours: a panic that was caught while a document was read.
    Internal(String),
    /// The caller asked to stop.
    Cancelled,
}

impl Error {
    /// The name of its Python class.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Config(_) => "ConfigError",
            Self::Input(_) => "InputError",
            Self::Model(_) => "ModelError",
            Self::Internal(_) => "InternalError",
            Self::Cancelled => "KeyboardInterrupt",
        }
    }

    /// The same error with the row it came from in front.
    #[must_use]
    pub fn at_row(self, row: i64) -> Self {
        match self {
            Self::Input(message) => Self::Input(format!("row {row}: {message}")),
            Self::Internal(message) => Self::Internal(format!(
                "row {row}: {message}. This is a bug in onrecord: please report it with the text of that row; \
                 on_error=\"collect\" returns every other row"
            )),
            other => other,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(message) | Self::Input(message) | Self::Model(message) | Self::Internal(message) => {
                f.write_str(message)
            }
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}

impl std::error::Error for Error {}

/// The core's result.
pub type Result<T> = std::result::Result<T, Error>;
