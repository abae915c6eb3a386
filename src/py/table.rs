//! A table on its way to Python: an Arrow stream for data frames, dicts for plain Python.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyString};

use super::{arrow, errors};
use crate::corpus::Table;
use crate::error::Error;

/// The columns of a table. Immutable; speaks the Arrow `PyCapsule` interface.
#[pyclass(frozen, module = "onrecord._core")]
pub(super) struct Columns {
    table: Table,
}

impl Columns {
    pub(super) fn new(table: Table) -> Self {
        Self { table }
    }
}

#[pymethods]
impl Columns {
    /// The columns of anything that has `__arrow_c_stream__` and a name for each column.
    #[staticmethod]
    fn from_arrow(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { table: arrow::frame(frame)? })
    }

    /// The column of this name alone, as a table; `None` when there is none.
    fn column(&self, name: &str) -> Option<Self> {
        let at = self.table.schema.index_of(name).ok()?;
        let batches = self.table.batches.iter().map(|b| b.project(&[at])).collect::<Result<_, _>>().ok()?;
        Some(Self { table: Table { schema: self.table.schema.project(&[at]).ok()?.into(), batches } })
    }

    fn __len__(&self) -> usize {
        self.table.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns, in order.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.table.schema.fields().iter().map(|f| f.name().as_str()).collect()
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer that cannot convert answer in its own types.
        drop(requested_schema);
        arrow::stream(py, self.table.schema.clone(), self.table.batches.clone())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, &self.table.schema)
    }

    /// Rows `start` to before `stop` as dicts.
    #[pyo3(signature = (start = 0, stop = None))]
    pub(super) fn rows<'py>(&self, py: Python<'py>, start: usize, stop: Option<usize>) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        let names: Vec<Bound<'_, PyString>> = self.names().into_iter().map(|n| PyString::intern(py, n)).collect();
        let stop = stop.unwrap_or(usize::MAX);
        let mut before = 0;
        for batch in &self.table.batches {
            let (from, to) = (start.saturating_sub(before), stop.saturating_sub(before).min(batch.num_rows()));
            for n in from..to {
                let row = PyDict::new(py);
                for (name, column) in names.iter().zip(batch.columns()) {
                    row.set_item(name, cell(py, column, n)?)?;
                }
                rows.append(row)?;
            }
            before += batch.num_rows();
        }
        Ok(rows)
    }
}

/// One value as Python has it.
fn cell<'py>(py: Python<'py>, column: &dyn Array, n: usize) -> PyResult<Bound<'py, PyAny>> {
    fn number<'py, T>(py: Python<'py>, column: &dyn Array, n: usize) -> PyResult<Bound<'py, PyAny>>
    where
        T: ArrowPrimitiveType,
        T::Native: IntoPyObject<'py>,
    {
        let value = column.as_primitive::<T>().value(n);
        value.into_bound_py_any(py)
    }
    fn word<'py>(py: Python<'py>, word: &str) -> Bound<'py, PyAny> {
        PyString::new(py, word).into_any()
    }
    if column.is_null(n) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Int64 => number::<Int64Type>(py, column, n),
        DataType::LargeUtf8 => Ok(word(py, column.as_string::<i64>().value(n))),
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            let key: usize = cell(py, dictionary.keys(), n)?.extract()?;
            cell(py, dictionary.values(), key)
        }
        DataType::Float64 => number::<Float64Type>(py, column, n),
        DataType::Float32 => number::<Float32Type>(py, column, n),
        DataType::Int8 => number::<Int8Type>(py, column, n),
        DataType::Int16 => number::<Int16Type>(py, column, n),
        DataType::Int32 => number::<Int32Type>(py, column, n),
        DataType::UInt8 => number::<UInt8Type>(py, column, n),
        DataType::UInt16 => number::<UInt16Type>(py, column, n),
        DataType::UInt32 => number::<UInt32Type>(py, column, n),
        DataType::UInt64 => number::<UInt64Type>(py, column, n),
        DataType::Boolean => column.as_boolean().value(n).into_bound_py_any(py),
        DataType::Utf8 => Ok(word(py, column.as_string::<i32>().value(n))),
        DataType::Utf8View => Ok(word(py, column.as_string_view().value(n))),
        DataType::Null => Ok(py.None().into_bound(py)),
        DataType::Date32 => {
            /// `datetime.date(1970, 1, 1).toordinal()`.
            const EPOCH: i32 = 719_163;
            let day = column.as_primitive::<Date32Type>().value(n) + EPOCH;
            py.import("datetime")?.getattr("date")?.call_method1("fromordinal", (day,))
        }
        DataType::Timestamp(unit, zone) => {
            let microseconds = match unit {
                TimeUnit::Second => column.as_primitive::<TimestampSecondType>().value(n) * 1_000_000,
                TimeUnit::Millisecond => column.as_primitive::<TimestampMillisecondType>().value(n) * 1000,
                TimeUnit::Microsecond => column.as_primitive::<TimestampMicrosecondType>().value(n),
                TimeUnit::Nanosecond => column.as_primitive::<TimestampNanosecondType>().value(n).div_euclid(1000),
            };
            let datetime = py.import("datetime")?;
            let utc = datetime.getattr("timezone")?.getattr("utc")?;
            let since = datetime.getattr("timedelta")?.call1((0, 0, microseconds))?;
            let epoch = datetime.getattr("datetime")?.call1((1970, 1, 1, 0, 0, 0, 0, utc))?;
            let moment = epoch.add(since)?;
            if let Some(zone) = zone {
                let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((zone.as_ref(),))?;
                return moment.call_method1("astimezone", (zone,));
            }
            let naive = PyDict::new(py);
            naive.set_item("tzinfo", py.None())?;
            moment.call_method("replace", (), Some(&naive))
        }
        other => Err(errors::raise(
            py,
            &Error::Input(format!("a column of {other} has no plain Python form here; use to_arrow() or to_polars()")),
        )),
    }
}
