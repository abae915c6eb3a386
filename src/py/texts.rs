//! What a caller may give as texts: a list of `str` and missing values, or an Arrow column of strings.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString};

use super::{arrow, errors};
use crate::corpus::{Row, Rows};
use crate::error::Error;

/// The texts of a caller, held while they are read and as long as somebody may ask for one of them again. A `str` of
/// ASCII and an Arrow column lend their own bytes; any other `str` is copied as UTF-8 while it is read.
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
    /// A text, held so that no other thread can drop it, and its code points.
    Text(Py<PyString>, usize),
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

/// Texts on loan to a reading.
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
            Lent::Items(items) => {
                items.iter().map(|item| if let Item::Text(_, length) = item { *length } else { 0 }).collect()
            }
            Lent::Rows(rows) => rows.sizes(),
        }
    }

    /// The UTF-8 form of a list's texts is made a chunk at a time, by whichever thread reads the chunk, and let go of
    /// with it: Python would keep it beside each `str` for good.
    fn lend<T>(&self, range: Range<usize>, read: impl FnOnce(&[Row<'_>]) -> Result<T, Error>) -> Result<T, Error> {
        let items = match self {
            Lent::Items(items) => &items[range],
            Lent::Rows(rows) => return rows.lend(range, read),
        };
        let mut copies = String::new();
        let made = Python::attach(|py| {
            items.iter().map(|item| item.make(py, &mut copies)).collect::<Result<Vec<Made<'_>>, Error>>()
        })?;
        let rows: Vec<Row<'_>> = made
            .into_iter()
            .map(|made| match made {
                Made::Row(row) => row,
                Made::Copy(range) => Row::Text(&copies[range]),
            })
            .collect();
        read(&rows)
    }
}

/// A row, or the place of its text in the copies of a chunk.
enum Made<'a> {
    Row(Row<'a>),
    Copy(Range<usize>),
}

impl Item {
    fn new(item: Bound<'_, PyAny>) -> PyResult<Self> {
        let item = match item.cast_into::<PyString>() {
            Ok(text) => {
                let length = text.len()?;
                return Ok(Self::Text(text.unbind(), length));
            }
            Err(other) => other.into_inner(),
        };
        if is_missing(&item)? {
            return Ok(Self::Missing);
        }
        let class = item.get_type().name()?;
        let message = format!("a text must be a str or None, not {class} ({})", short(&item));
        Ok(Self::Other(Box::new(Error::Input(message))))
    }

    /// The row with a text of ASCII lent by Python, any other appended to `copies`.
    fn make(&self, py: Python<'_>, copies: &mut String) -> Result<Made<'_>, Error> {
        let internal = |error: PyErr| Error::Internal(error.to_string());
        if let Self::Text(text, _) = self {
            let text = text.bind(py);
            let ascii = text.call_method0(intern!(py, "isascii")).and_then(|ascii| ascii.is_truthy());
            // What cannot be encoded gets its message below.
            if !ascii.map_err(internal)?
                && let Ok(bytes) = text.encode_utf8()
            {
                let start = copies.len();
                copies.push_str(std::str::from_utf8(bytes.as_bytes()).map_err(|e| Error::Internal(e.to_string()))?);
                return Ok(Made::Copy(start..copies.len()));
            }
        }
        self.row(py).map(Made::Row)
    }

    /// The row, with a text that lives as long as the item.
    fn row(&self, py: Python<'_>) -> Result<Row<'_>, Error> {
        let text = match self {
            Self::Text(text, _) => text,
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
