//! What a caller may give as texts: a list of `str` and missing values, or an Arrow column of strings.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString};

use super::{arrow, errors};
use crate::corpus::{Row, Rows};
use crate::error::Error;

/// The texts of a caller, held while they are read and as long as somebody may ask for one of them again. Nothing is
/// copied: a `str` of ASCII lends its own bytes, another the UTF-8 form that Python keeps beside it; an Arrow column lends
/// its buffers.
#[pyclass(frozen, module = "onrecord._core")]
pub(super) struct Texts {
    source: Source,
}

enum Source {
    /// The items of a list.
    Items(Vec<Item>),
    /// A column.
    Chunks(Vec<ArrayRef>),
}

/// An item of a list.
pub(super) enum Item {
    /// A text, held so that no other thread can drop it.
    Text(Py<PyString>),
    /// None, or what a data frame puts for it.
    Missing,
    /// Something that is no text, and why.
    Other(Box<Error>),
}

#[pymethods]
impl Texts {
    /// Holds a list of `str` and missing values, or a column that speaks Arrow.
    #[new]
    fn new(texts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let source = match texts.cast::<PyList>() {
            Ok(list) => Source::Items(list.iter().map(Item::new).collect::<PyResult<_>>()?),
            Err(_) => Source::Chunks(arrow::chunks(texts)?),
        };
        Ok(Self { source })
    }

    fn __len__(&self) -> usize {
        match &self.source {
            Source::Items(items) => items.len(),
            Source::Chunks(chunks) => chunks.iter().map(Array::len).sum(),
        }
    }
}

impl Texts {
    /// What a reading takes its rows from.
    pub(super) fn lend(&self, py: Python<'_>) -> PyResult<Lent<'_>> {
        match &self.source {
            Source::Items(items) => Ok(Lent::Items(items)),
            Source::Chunks(chunks) => {
                let mut rows = Vec::with_capacity(self.__len__());
                for chunk in chunks {
                    add_rows(chunk, &mut rows).map_err(|e| errors::raise(py, &e))?;
                }
                Ok(Lent::Rows(rows))
            }
        }
    }

    /// The text of row `n`.
    pub(super) fn row<'a>(&'a self, py: Python<'a>, n: usize) -> PyResult<Option<Row<'a>>> {
        match &self.source {
            Source::Items(items) => {
                items.get(n).map(|item| item.row(py)).transpose().map_err(|e| errors::raise(py, &e))
            }
            Source::Chunks(chunks) => {
                let mut n = n;
                for chunk in chunks {
                    if n < chunk.len() {
                        let mut rows = Vec::with_capacity(chunk.len());
                        add_rows(chunk, &mut rows).map_err(|e| errors::raise(py, &e))?;
                        return Ok(rows.into_iter().nth(n));
                    }
                    n -= chunk.len();
                }
                Ok(None)
            }
        }
    }
}

/// Texts on loan to a reading. Those of a list are asked for their UTF-8 form a chunk at a time, by whichever thread
/// reads the chunk: Python makes that form, which takes a sixth of the time of splitting, while other threads read on.
pub(super) enum Lent<'a> {
    Items(&'a [Item]),
    Rows(Vec<Row<'a>>),
}

impl Lent<'_> {
    /// The first row that is known to hold no text before anything is read.
    pub(super) fn first_without_text(&self) -> Option<(usize, Error)> {
        let Lent::Items(items) = self else { return None };
        items.iter().enumerate().find_map(|(n, item)| match item {
            Item::Other(error) => Some((n, (**error).clone())),
            _ => None,
        })
    }
}

impl Rows for Lent<'_> {
    fn len(&self) -> usize {
        match self {
            Lent::Items(items) => items.len(),
            Lent::Rows(rows) => rows.len(),
        }
    }

    fn sizes(&self) -> Vec<usize> {
        match self {
            Lent::Items(items) => Python::attach(|py| items.iter().map(|item| item.len(py)).collect()),
            Lent::Rows(rows) => rows.sizes(),
        }
    }

    fn rows(&self, range: std::ops::Range<usize>) -> Result<Vec<Row<'_>>, Error> {
        match self {
            Lent::Items(items) => Python::attach(|py| items[range].iter().map(|item| item.row(py)).collect()),
            Lent::Rows(rows) => rows.rows(range),
        }
    }
}

impl Item {
    fn new(item: Bound<'_, PyAny>) -> PyResult<Self> {
        let item = match item.cast_into::<PyString>() {
            Ok(text) => return Ok(Self::Text(text.unbind())),
            Err(other) => other.into_inner(),
        };
        if is_missing(&item)? {
            return Ok(Self::Missing);
        }
        let class = item.get_type().name()?;
        let message = format!("a text must be a str or None, not {class} ({})", short(&item));
        Ok(Self::Other(Box::new(Error::Input(message))))
    }

    /// Code points of the text.
    fn len(&self, py: Python<'_>) -> usize {
        if let Self::Text(text) = self { text.bind(py).len().unwrap_or_default() } else { 0 }
    }

    fn row(&self, py: Python<'_>) -> Result<Row<'_>, Error> {
        let text = match self {
            Self::Text(text) => text,
            Self::Missing => return Ok(Row::Null),
            Self::Other(error) => return Ok(Row::Unreadable(error.clone())),
        };
        match text.to_str(py) {
            Ok(text) => Ok(Row::Text(text)),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(py) => {
                let at = error.value(py).getattr("start").and_then(|start| start.extract::<usize>());
                let at = at.map_err(|error| Error::Internal(error.to_string()))?;
                Ok(Row::Unreadable(Box::new(Error::Input(format!(
                    "the text has half a character (a lone surrogate) at position {at}; mend it with \
                     text.encode(\"utf-16\", \"surrogatepass\").decode(\"utf-16\", \"replace\")"
                )))))
            }
            Err(error) => Err(Error::Internal(error.to_string())),
        }
    }
}

/// None, NaN, `pandas.NA` and `NaT`: what data frames put where there is no text.
fn is_missing(item: &Bound<'_, PyAny>) -> PyResult<bool> {
    if item.is_none() {
        return Ok(true);
    }
    if let Ok(number) = item.cast::<PyFloat>() {
        return Ok(number.extract::<f64>()?.is_nan());
    }
    let class = item.get_type().name()?;
    Ok(class == "NAType" || class == "NaTType")
}

/// The first characters of what was found, for a message.
fn short(item: &Bound<'_, PyAny>) -> String {
    let shown = item.repr().map(|r| r.to_string()).unwrap_or_default();
    let mut cut: String = shown.chars().take(40).collect();
    if cut.len() < shown.len() {
        cut.push('…');
    }
    cut
}

/// The rows of one chunk of a column of strings.
fn add_rows<'a>(chunk: &'a ArrayRef, rows: &mut Vec<Row<'a>>) -> Result<(), Error> {
    fn cells<'a>(cells: impl Iterator<Item = Option<&'a str>>, rows: &mut Vec<Row<'a>>) {
        rows.extend(cells.map(|cell| cell.map_or(Row::Null, Row::Text)));
    }
    match chunk.data_type() {
        DataType::Utf8 => cells(chunk.as_string::<i32>().iter(), rows),
        DataType::LargeUtf8 => cells(chunk.as_string::<i64>().iter(), rows),
        DataType::Utf8View => cells(chunk.as_string_view().iter(), rows),
        DataType::Null => rows.extend(std::iter::repeat_n(Row::Null, chunk.len())),
        DataType::Dictionary(_, _) => {
            let dictionary = chunk.as_any_dictionary();
            if dictionary.values().is_empty() {
                rows.extend(std::iter::repeat_n(Row::Null, chunk.len()));
                return Ok(());
            }
            let mut values = Vec::with_capacity(dictionary.values().len());
            add_rows(dictionary.values(), &mut values)?;
            let keys = dictionary.keys();
            for (n, key) in dictionary.normalized_keys().into_iter().enumerate() {
                rows.push(if keys.is_valid(n) { values[key].clone() } else { Row::Null });
            }
        }
        DataType::Struct(fields) => {
            let names: Vec<&str> = fields.iter().map(|f| f.name().as_str()).collect();
            return Err(Error::Input(format!(
                "a frame of several columns: name the one with the texts by text=; its columns are {}",
                names.join(", ")
            )));
        }
        other => {
            return Err(Error::Input(format!(
                "the texts must be a column of strings, not of {other}; convert it first, or name another with text="
            )));
        }
    }
    Ok(())
}

/// The error for something that is no column at all.
pub(super) fn no_column(found: &Bound<'_, PyAny>) -> PyErr {
    let class = found.get_type().name().map(|n| n.to_string()).unwrap_or_default();
    PyTypeError::new_err(format!("expected a list of str, or a column or frame that speaks Arrow, not {class}"))
}
