//! What a reading takes beside the text and its options: models and gazetteers, the built-in ones and a user's own.
//!
//! Files that options name are read and checked when a reading begins, and kept as long as the file stays the same, so that
//! a loop over single stories reads them once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Once};
use std::time::SystemTime;

use crate::config::Config;
use crate::entities::gazetteer::{Gazetteer, Known};
use crate::error::{Error, Result};
use crate::language::{Declension, Lang, Language};
use crate::model::{self, Model};

/// A user's own list of names, for languages that leave names as they are and for those that decline them.
type Own = [Gazetteer; 2];

/// Files that are kept.
const MOST: usize = 8;

/// What a reading uses.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    models: Vec<Arc<Model>>,
    gazetteer: Option<Arc<Own>>,
}

impl Resources {
    /// Reads and checks the files that the options name.
    ///
    /// # Errors
    /// [`Error::Config`] for a gazetteer that cannot be read, with the line; [`Error::Model`] for a damaged model.
    pub fn of(config: &Config) -> Result<Self> {
        static MODELS: Kept<Model> = Kept::new();
        static GAZETTEERS: Kept<Own> = Kept::new();
        let models = config.models.iter().map(|path| MODELS.get(path, Model::load)).collect::<Result<_>>()?;
        let gazetteer = config.gazetteer.as_deref().map(|path| GAZETTEERS.get(path, read_gazetteer)).transpose()?;
        Ok(Self { models, gazetteer })
    }

    /// Reads the built-in lists and the model of a language, those that take longest beside one another, before they are first
    /// used.
    pub fn prepare(lang: Lang) {
        static PREPARED: [Once; 2] = [Once::new(), Once::new()];
        let declension = lang.declension();
        PREPARED[usize::from(declension != Declension::None)].call_once(|| {
            std::thread::scope(|scope| {
                scope.spawn(|| Gazetteer::of(declension));
                let _ = Language::of(lang);
                if Model::builtin(lang).is_some() {
                    model::prepare();
                }
            });
        });
    }

    /// The model for a language: the last of the user's own that fits, else the built-in one.
    #[must_use]
    pub fn model(&self, lang: Lang) -> Option<&Model> {
        let fits = |model: &&Arc<Model>| std::ptr::eq(model.language(), Language::of(lang));
        self.models.iter().rev().find(fits).map(|model| &**model).or_else(|| Model::builtin(lang))
    }

    /// The names that are known in a language.
    #[must_use]
    pub fn known(&self, language: &'static Language) -> Known<'_> {
        let own = self.gazetteer.as_ref().map(|own| &own[usize::from(language.declines())]);
        Known::new(own, Gazetteer::of(language.declension()))
    }
}

fn read_gazetteer(path: &Path) -> Result<Own> {
    let bytes = std::fs::read(path).map_err(|e| Error::Config(format!("gazetteer {}: {e}", path.display())))?;
    let read = |declension| {
        Gazetteer::own(&bytes, declension).map_err(|e| Error::Config(format!("gazetteer {}, {e}", path.display())))
    };
    Ok([read(Declension::None)?, read(Declension::SerboCroatian)?])
}

/// A file as it was when it was read.
type Seen<T> = (PathBuf, u64, SystemTime, Arc<T>);

/// Files that were read, and what they hold.
struct Kept<T>(Mutex<Vec<Seen<T>>>);

impl<T> Kept<T> {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// What the file holds, read anew only if it changed.
    fn get(&self, path: &Path, read: impl FnOnce(&Path) -> Result<T>) -> Result<Arc<T>> {
        let now = std::fs::metadata(path).and_then(|file| Ok((file.len(), file.modified()?)));
        let Ok((length, changed)) = now else { return read(path).map(Arc::new) };
        // A fork may have happened while another thread held the lock: then the file is read anew.
        let Ok(mut files) = self.0.try_lock() else { return read(path).map(Arc::new) };
        if let Some(file) = files.iter().find(|file| file.0 == path && (file.1, file.2) == (length, changed)) {
            return Ok(Arc::clone(&file.3));
        }
        let held = Arc::new(read(path)?);
        files.retain(|file| file.0 != path);
        if files.len() == MOST {
            files.remove(0);
        }
        files.push((path.to_owned(), length, changed, Arc::clone(&held)));
        Ok(held)
    }
}
