//! The model file: what it is, whose text it learned from, and the weights; checked whole before anything is read.
//!
//! | bytes | what |
//! |---|---|
//! | 0–7 | `onrecord` |
//! | 8–11 | version of the format, little-endian like every number here |
//! | 12–19 | length of the file |
//! | 20–51 | SHA-256 of all that follows |
//! | 52–55 | length of the card |
//! | then | the card, JSON |
//! | then | the weights, see [`super::Weights`] |
//!
//! There is no code in it and nothing to run: a damaged, cut or foreign file is a [`Error::Model`].

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Weights;
use crate::error::{Error, Result};
use crate::language::{Lang, Language};

const MAGIC: &[u8; 8] = b"onrecord";
const VERSION: u32 = 2;
/// Where the checked part begins.
const BODY: usize = 52;
/// Bytes of the largest file that is looked at: the built-in ones have 4 MB.
const LARGEST: usize = 1 << 28;

/// What a model says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Code of its language.
    pub language: String,
    /// Under which terms it may be used.
    pub licence: String,
    /// What it learned from, and the licence of each.
    pub learned_from: Vec<String>,
    /// How right it is on which data.
    pub figures: Vec<String>,
}

/// A model that the library itself holds.
fn whole(bytes: &'static [u8]) -> Model {
    Model::open(bytes).expect("the built-in model is whole")
}

/// A model whose file was checked.
#[derive(Debug)]
pub struct Model {
    card: Card,
    language: &'static Language,
    bytes: Cow<'static, [u8]>,
    /// Where the weights begin.
    weights: usize,
}

impl Model {
    /// The built-in model of a language, checked at first use; `None` where none was learned.
    ///
    /// # Panics
    /// When the library itself is damaged.
    #[must_use]
    pub fn builtin(lang: Lang) -> Option<&'static Model> {
        static ENGLISH: LazyLock<Model> = LazyLock::new(|| whole(include_bytes!("en.model")));
        static SERBO_CROATIAN: LazyLock<Model> = LazyLock::new(|| whole(include_bytes!("sh.model")));
        match lang {
            Lang::En => Some(&ENGLISH),
            Lang::Sr | Lang::Hr | Lang::Bs | Lang::Cnr => Some(&SERBO_CROATIAN),
            Lang::Mk | Lang::Sq | Lang::Sl => None,
        }
    }

    /// Every built-in model, once.
    pub fn all() -> impl Iterator<Item = &'static Model> {
        [Lang::En, Lang::Sr].into_iter().filter_map(Self::builtin)
    }

    /// The languages that it reads: those that share their lists with that of its card.
    pub fn reads(&self) -> impl Iterator<Item = Lang> {
        Lang::ALL.into_iter().filter(|&lang| std::ptr::eq(Language::of(lang), self.language))
    }

    /// Reads and checks a file of a user's own.
    ///
    /// # Errors
    /// [`Error::Model`] for a file that cannot be read, and as [`Model::open`].
    pub fn load(path: &Path) -> Result<Self> {
        let cannot = |what: &dyn std::fmt::Display| Error::Model(format!("{}: {what}", path.display()));
        let length = std::fs::metadata(path).map_err(|e| cannot(&e))?.len();
        if length > LARGEST as u64 {
            return Err(cannot(&"the file is too large for a model"));
        }
        Self::open(std::fs::read(path).map_err(|e| cannot(&e))?).map_err(|e| cannot(&e))
    }

    /// The lists of the language that it reads.
    #[must_use]
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// Checks a file and reads its card.
    ///
    /// # Errors
    /// [`Error::Model`] for anything that is not a whole, undamaged model file of this version.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let bytes = bytes.into();
        let wrong = |what: &str| Error::Model(format!("{what}; learn it again with onrecord train, or copy it again"));
        let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if bytes.len() > LARGEST {
            return Err(wrong("the file is too large for a model"));
        }
        if bytes.get(..8) != Some(MAGIC) {
            return Err(wrong("the file is no model of onrecord"));
        }
        match number(8) {
            Some(VERSION) => {}
            Some(other) => return Err(wrong(&format!("the model has format {other}, this release reads {VERSION}"))),
            None => return Err(wrong("the model file is cut off")),
        }
        let length = bytes.get(12..20).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        if length != Some(bytes.len() as u64) || bytes.len() < BODY + 4 {
            return Err(wrong("the model file is cut off, or something was added to it"));
        }
        if bytes[20..BODY] != Sha256::digest(&bytes[BODY..])[..] {
            return Err(wrong("the model file is damaged: its checksum does not fit"));
        }
        let card = number(BODY).unwrap_or_default() as usize;
        let weights = BODY + 4 + card;
        let text = bytes.get(BODY + 4..weights).ok_or_else(|| wrong("the model file has no card"))?;
        let card: Card =
            serde_json::from_slice(text).map_err(|e| wrong(&format!("the model's card cannot be read: {e}")))?;
        let lang: Lang = card.language.parse().map_err(|e| wrong(&format!("the model is of an {e}")))?;
        let model = Self { card, language: Language::of(lang), bytes, weights };
        if Weights::new(&model.bytes[model.weights..]).is_none() {
            return Err(wrong("the model's weights have the wrong shape"));
        }
        Ok(model)
    }

    /// The bytes of a model file.
    #[must_use]
    pub fn write(card: &Card, weights: &[u8]) -> Vec<u8> {
        let card = serde_json::to_vec(card).unwrap_or_default();
        let mut body = (card.len() as u32).to_le_bytes().to_vec();
        body.extend(card);
        body.extend(weights);
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.extend(((BODY + body.len()) as u64).to_le_bytes());
        file.extend(&Sha256::digest(&body)[..]);
        file.extend(body);
        file
    }

    /// What it says of itself.
    #[must_use]
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// What it learned, read where it lies.
    ///
    /// # Panics
    /// Never: their shape was checked when the file was opened.
    #[must_use]
    pub fn weights(&self) -> Weights<'_> {
        Weights::new(&self.bytes[self.weights..]).expect("checked when opened")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TAGS;
    use proptest::prelude::*;

    fn small() -> Vec<u8> {
        let card = Card {
            language: "en".into(),
            licence: "MIT".into(),
            learned_from: vec!["nothing".into()],
            figures: Vec::new(),
        };
        let (weights, _) = Weights::lay_out(vec![(7, [0.5; TAGS])], &[[0.0; TAGS]; TAGS], 3);
        Model::write(&card, &weights)
    }

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let model = Model::open(small()).unwrap();
        assert_eq!(model.card().learned_from, ["nothing"]);
        assert_eq!(model.weights().scores(&[7], &mut Vec::new())[..TAGS], [127; TAGS]);
    }

    proptest! {
        #[test]
        fn any_flipped_bit_is_an_error(at in 0usize..10_000, bit in 0u8..8) {
            let mut file = small();
            let at = at % file.len();
            file[at] ^= 1 << bit;
            prop_assert!(matches!(Model::open(file), Err(Error::Model(_))));
        }

        #[test]
        fn any_cut_is_an_error(keep in 0usize..10_000, extra in 0usize..3) {
            let mut file = small();
            let keep = keep % file.len();
            file.truncate(keep);
            file.extend(vec![0; extra]);
            // The weights end in zeros: some of them cut off and put back are no damage.
            prop_assume!(file != small());
            prop_assert!(matches!(Model::open(file), Err(Error::Model(_))));
        }

        #[test]
        fn any_bytes_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(matches!(Model::open(bytes), Err(Error::Model(_))));
        }
    }
}
