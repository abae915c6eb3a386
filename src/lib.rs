//! # onrecord
//!
//! Reads news stories and returns who said what about whom: sentences, entities and quotes.
//!
//! Text flows one way, a folder a step, and each step borrows what the earlier ones found:
//!
//! ```text
//! bytes → sentences → tokens → entities → people → quotes → Story → columns
//! ```
//!
//! [`story::Story::read`] takes one text through all steps and is the only place that knows their order;
//! [`corpus`] does so for many texts in parallel and lays the rows out in Arrow columns. Everything that differs
//! between languages is data in [`language`]; what is learned is a file of weights in [`model`], made by `train` (feature
//! `train`). `py` (feature `python`) holds every line that knows Python.
//!
//! ```
//! use onrecord::{config::Config, story::Story};
//!
//! let story = Story::read("“We are ready,” Marta Kovač said.", None, &Config::default()).unwrap();
//! let quote = &story.quotes[0];
//! assert_eq!(quote.span.of(story.text), "We are ready");
//! assert_eq!(quote.speaker.unwrap().of(story.text), "Marta Kovač");
//! ```

pub mod config;
pub mod corpus;
pub mod entities;
pub mod error;
pub mod language;
pub mod model;
pub mod people;
pub mod quotes;
pub mod resources;
pub mod sentences;
pub mod span;
pub mod story;
pub mod tokens;
#[cfg(feature = "train")]
pub mod train;

#[cfg(feature = "python")]
mod py;
