//! What can go wrong, said once for Rust and Python.

use std::fmt;

/// An error of the core. Each says what, where and what to do; `py` gives each its Python class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An option that is unknown or out of range.
    Config(String),
    /// A text or column that cannot be read.
    Input(String),
    /// A bug of ours: a panic that was caught while a document was read.
    Internal(String),
    /// The caller asked to stop.
    Cancelled,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(message) | Self::Input(message) | Self::Internal(message) => f.write_str(message),
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}

impl std::error::Error for Error {}

/// The core's result.
pub type Result<T> = std::result::Result<T, Error>;
