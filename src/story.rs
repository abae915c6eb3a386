//! One text, read: the only place that knows the order of the steps.

use crate::config::Config;
use crate::entities::{self, Entity};
use crate::error::{Error, Result};
use crate::language::{self, Lang, Language};
use crate::people::{self, Person};
use crate::quotes::{self, Quote};
use crate::resources::Resources;
use crate::sentences;
use crate::span::Span;
use crate::tokens::Tokens;

/// How far a text needs to be read: each step includes the ones before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Sentences only: no tokens are made.
    Sentences,
    /// Sentences and entities, with who is who.
    Entities,
    /// Everything.
    Quotes,
}

/// What was found in one text. Spans are in bytes; `text[span]` is what a row shows.
#[derive(Debug)]
pub struct Story<'t> {
    /// The text as given; never altered.
    pub text: &'t str,
    /// The language given or detected.
    pub lang: Lang,
    /// Words, as the tokeniser counts them (punctuation is not counted); 0 when only sentences were asked for.
    pub words: usize,
    /// Ordered and disjoint, with only white space between them.
    pub sentences: Vec<Span>,
    /// In order of appearance.
    pub entities: Vec<Entity>,
    /// Persons and organisations of the story, by first appearance.
    pub people: Vec<Person>,
    /// In order of appearance.
    pub quotes: Vec<Quote>,
}

impl<'t> Story<'t> {
    /// Reads a text through all steps. `lang` is detected when not given.
    ///
    /// # Errors
    /// [`Error::Input`] for a text of 4 GiB or more; those of [`Resources::of`].
    pub fn read(text: &'t str, lang: Option<Lang>, config: &Config) -> Result<Self> {
        Self::read_to(Depth::Quotes, text, lang, config, &Resources::of(config)?, &|| false)
    }

    /// Reads a text as far as `depth`; asks `cancelled` now and then, and stops when it says so.
    ///
    /// # Errors
    /// [`Error::Input`] for a text of 4 GiB or more, [`Error::Cancelled`] when asked to stop.
    pub fn read_to(
        depth: Depth,
        text: &'t str,
        lang: Option<Lang>,
        config: &Config,
        resources: &Resources,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Self> {
        if text.len() >= u32::MAX as usize {
            return Err(Error::Input("the text has 4 GiB or more; split it".into()));
        }
        let check = || if cancelled() { Err(Error::Cancelled) } else { Ok(()) };
        let lang = lang.unwrap_or_else(|| language::detect(text));
        if depth != Depth::Sentences {
            Resources::prepare(lang);
        }
        let language = Language::of(lang);
        let sentences = sentences::split(text, language, config);
        let mut story =
            Self { text, lang, words: 0, sentences, entities: Vec::new(), people: Vec::new(), quotes: Vec::new() };
        if depth == Depth::Sentences {
            return Ok(story);
        }
        check()?;
        let tokens = Tokens::new(text, &story.sentences, language);
        story.words = tokens.words();
        check()?;
        let mentions = entities::find(&tokens, story.sentences.len(), resources.model(lang), resources);
        check()?;
        let (entities, people) = people::resolve(&tokens, mentions, resources);
        story.entities = entities;
        if depth == Depth::Quotes {
            check()?;
            story.quotes = quotes::find(text, &tokens, &story.sentences, &story.entities, &people, config);
        }
        story.people = people.all;
        Ok(story)
    }
}
