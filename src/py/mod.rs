//! Everything that knows Python: the module `onrecord._core`, which `python/onrecord` gives its face.
//!
//! Each function here takes its arguments apart, releases the GIL, and maps errors; what is read and how is the
//! core's. `gate` is the one way into long work (GIL, Ctrl-C, threads, fork, panics), `arrow` the one place with
//! `unsafe` (capsules in and out), `texts` what a text may be, `table` what goes back, `errors` the classes.

// PyO3 hands arguments over by value or reference as Python's calling convention has them.
#![allow(clippy::needless_pass_by_value)]

mod arrow;
mod errors;
mod gate;
mod table;
mod texts;

use pyo3::prelude::*;

/// The Rust core of onrecord.
#[pymodule(gil_used = false)]
mod _core {
    use std::path::PathBuf;

    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyList};

    use super::{arrow, errors, gate};
    use crate::config::Config;
    use crate::corpus::{self, Carried, OnError, Plan, Progress, Row, Rows};
    use crate::error::{Error, Result};
    use crate::language::{Gender, Lang};
    use crate::model::Model;
    use crate::resources::Resources;
    use crate::story::{Depth, Story};
    use crate::train;

    #[pymodule_export]
    use super::table::Columns;
    #[pymodule_export]
    use super::texts::Texts;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("LANGUAGES", Lang::ALL.map(Lang::as_str))
    }

    fn language(code: Option<&str>) -> Result<Option<Lang>> {
        code.map(str::parse).transpose()
    }

    /// A model's card as JSON, and the languages that it reads.
    type About = (String, Vec<&'static str>);

    fn about(model: &Model) -> About {
        (serde_json::to_string(model.card()).unwrap_or_default(), model.reads().map(Lang::as_str).collect())
    }

    /// What the built-in models say of themselves.
    #[pyfunction]
    fn models() -> Vec<About> {
        Model::all().map(about).collect()
    }

    /// Checks a model file and returns what it says of itself.
    #[pyfunction]
    fn model(py: Python<'_>, path: PathBuf) -> PyResult<About> {
        Model::load(&path).map(|model| about(&model)).map_err(|e| errors::raise(py, &e))
    }

    /// Learns a model from gold, writes it to `out`, and returns a report.
    #[pyfunction]
    #[pyo3(signature = (gold, out, *, lang, dev, licence))]
    fn learn(
        py: Python<'_>,
        gold: PathBuf,
        out: PathBuf,
        lang: &str,
        dev: Option<PathBuf>,
        licence: &str,
    ) -> PyResult<String> {
        let lang = lang.parse().map_err(|e| errors::raise(py, &e))?;
        gate::pass(py, usize::MAX, Some(1), None, |_, _| {
            let (model, report) = train::go_on(&gold, dev.as_deref(), lang, licence)?;
            std::fs::write(&out, model).map_err(|e| Error::Input(format!("{}: {e}", out.display())))?;
            Ok(report)
        })
    }

    /// The options in full, once the files that they name have been read.
    fn checked(config: Result<Config>) -> Result<String> {
        let config = config?;
        Resources::of(&config)?;
        Ok(config.to_json())
    }

    /// Checks options given as JSON and returns them in full.
    #[pyfunction]
    fn config_from_json(py: Python<'_>, options: &str) -> PyResult<String> {
        checked(Config::from_json(options)).map_err(|e| errors::raise(py, &e))
    }

    /// Checks options given as TOML and returns them in full, as JSON.
    #[pyfunction]
    fn config_from_toml(py: Python<'_>, options: &str) -> PyResult<String> {
        checked(Config::from_toml(options)).map_err(|e| errors::raise(py, &e))
    }

    /// The tables of many texts, in the order documents, sentences, entities, quotes, errors.
    #[pyfunction]
    #[pyo3(signature = (texts, *, carried, depth, lang, config, threads, on_error, first, progress))]
    #[allow(clippy::too_many_arguments)] // the private half of a keyword-only Python function
    fn extract(
        py: Python<'_>,
        texts: &Texts,
        carried: Vec<(String, Bound<'_, PyAny>)>,
        depth: &str,
        lang: Option<&str>,
        config: &str,
        threads: Option<usize>,
        on_error: &str,
        first: i64,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<[Columns; 5]> {
        let raise = |e: Error| errors::raise(py, &e);
        let options = Config::from_json(config).map_err(raise)?;
        let plan = Plan {
            depth: match depth {
                "sentences" => Depth::Sentences,
                "entities" => Depth::Entities,
                _ => Depth::Quotes,
            },
            lang: language(lang).map_err(raise)?,
            resources: Resources::of(&options).map_err(raise)?,
            config: options,
            on_error: if on_error == "collect" { OnError::Collect } else { OnError::Raise },
            first,
        };
        let rows = texts.lend(py)?;
        let carried = carried
            .iter()
            .map(|(name, column)| Carried::new(name, arrow::column(column)?).map_err(raise))
            .collect::<PyResult<Vec<_>>>()?;
        if let Some(column) = carried.iter().find(|c| c.len() != rows.len()) {
            let message = format!("a kept column has {} values for {} texts", column.len(), rows.len());
            return Err(raise(Error::Input(message)));
        }
        if plan.on_error == OnError::Raise
            && let Some((row, error)) = rows.first_without_text()
        {
            return Err(raise(error.at_row(first + row as i64)));
        }
        let bytes = rows.sizes().iter().sum();
        let out = gate::pass(py, bytes, threads, progress, |pool, progress: &Progress| {
            corpus::extract(&rows, &plan, pool, progress)?.carry(&carried, first)
        })?;
        Ok([out.documents, out.sentences, out.entities, out.quotes, out.errors].map(Columns::new))
    }

    /// Text `n`: itself, its language, its rows of each table, and its people; `None` when there is no text.
    #[pyfunction]
    fn read<'py>(
        py: Python<'py>,
        texts: &Texts,
        n: usize,
        lang: Option<&str>,
        config: &str,
    ) -> PyResult<Option<Bound<'py, PyDict>>> {
        let raise = |e: Error| errors::raise(py, &e);
        let (lang, config) = (language(lang).map_err(raise)?, Config::from_json(config).map_err(raise)?);
        let resources = Resources::of(&config).map_err(raise)?;
        let text = match texts.row(py, n)? {
            Some(Row::Text(text)) => text,
            Some(Row::Unreadable(error)) => return Err(raise(*error)),
            Some(Row::Null) | None => return Ok(None),
        };
        let (lang, words, people, tables) = gate::pass(py, text.len(), Some(1), None, |_, progress| {
            let story = Story::read_to(Depth::Quotes, text, lang, &config, &resources, &|| progress.is_cancelled())?;
            let tables = corpus::tables_of(&story);
            Ok((story.lang, story.words, story.people, tables))
        })?;
        let out = PyDict::new(py);
        out.set_item("text", text)?;
        out.set_item("lang", lang.as_str())?;
        out.set_item("words", words)?;
        out.set_item("sentences", Columns::new(tables.sentences).rows(py, 0, None)?)?;
        out.set_item("entities", Columns::new(tables.entities).rows(py, 0, None)?)?;
        out.set_item("quotes", Columns::new(tables.quotes).rows(py, 0, None)?)?;
        let rows = PyList::empty(py);
        for person in people {
            let row = PyDict::new(py);
            row.set_item("key", person.key)?;
            row.set_item("name", person.name)?;
            row.set_item("label", person.label.as_str())?;
            row.set_item("gender", person.gender.map(Gender::as_str))?;
            row.set_item("mentions", person.mentions)?;
            rows.append(row)?;
        }
        out.set_item("people", rows)?;
        Ok(Some(out))
    }
}
