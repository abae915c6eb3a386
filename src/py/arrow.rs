//! Arrow in and out through capsules: the only file with `unsafe`.
//!
//! <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>. A producer's memory is borrowed, not
//! copied, and checked once (offsets, UTF-8) before anything reads it.
#![allow(unsafe_code)] // the C interface is raw pointers; each use says why it is sound

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchReader, make_array, new_empty_array};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::{errors, texts};
use crate::corpus::Table;
use crate::error::Error;

const ARRAY: &CStr = c"arrow_array";
const SCHEMA: &CStr = c"arrow_schema";
const STREAM: &CStr = c"arrow_array_stream";

/// The chunks of a column that has `__arrow_c_stream__` or `__arrow_c_array__`.
pub(super) fn chunks(column: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
    let py = column.py();
    let mut chunks = if column.hasattr("__arrow_c_stream__")? {
        let capsule = column.call_method0("__arrow_c_stream__")?;
        read_stream(capsule.cast::<PyCapsule>()?)?
    } else if column.hasattr("__arrow_c_array__")? {
        let pair = column.call_method0("__arrow_c_array__")?;
        let pair = pair.cast::<PyTuple>()?;
        vec![read_array(pair.get_item(0)?.cast::<PyCapsule>()?, pair.get_item(1)?.cast::<PyCapsule>()?)?]
    } else {
        return Err(texts::no_column(column));
    };
    for chunk in &mut chunks {
        chunk.to_data().validate_full().map_err(|e| raise(py, &e))?;
        // A frame of one column is that column.
        if let DataType::Struct(fields) = chunk.data_type()
            && fields.len() == 1
        {
            let first = Arc::clone(chunk.as_struct().column(0));
            *chunk = first;
        }
    }
    Ok(chunks)
}

/// A column as one array.
pub(super) fn column(column: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let chunks = chunks(column)?;
    match chunks.as_slice() {
        [] => Ok(new_empty_array(&DataType::Null)),
        [one] => Ok(Arc::clone(one)),
        many => {
            let parts: Vec<&dyn Array> = many.iter().map(AsRef::as_ref).collect();
            arrow_select::concat::concat(&parts).map_err(|e| raise(column.py(), &e))
        }
    }
}

/// A frame: a stream whose chunks have named columns.
pub(super) fn frame(frame: &Bound<'_, PyAny>) -> PyResult<Table> {
    let py = frame.py();
    if !frame.hasattr("__arrow_c_stream__")? {
        return Err(texts::no_column(frame));
    }
    let capsule = frame.call_method0("__arrow_c_stream__")?;
    let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: as in `read_stream`.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) }.map_err(|e| raise(py, &e))?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|e| raise(py, &e))?;
    Ok(Table { schema, batches })
}

fn read_stream(capsule: &Bound<'_, PyCapsule>) -> PyResult<Vec<ArrayRef>> {
    let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds a valid stream, by the PyCapsule interface; `from_raw` moves it out and
    // leaves a released one, which the capsule's destructor ignores.
    let reader = unsafe { ArrayStreamReader::from_raw(stream.as_ptr()) };
    reader.and_then(Iterator::collect).map_err(|e| raise(capsule.py(), &e))
}

fn read_array(schema: &Bound<'_, PyCapsule>, array: &Bound<'_, PyCapsule>) -> PyResult<ArrayRef> {
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let pointer = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names hold a valid schema and array, by the PyCapsule interface; `from_raw` moves the
    // array out and leaves a released one; the schema is borrowed while its capsule lives.
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(pointer.as_ptr()), schema.as_ref()) };
    data.map(make_array).map_err(|e| raise(array.py(), &e))
}

/// Batches as a stream capsule, which a consumer takes over without a copy.
pub(super) fn stream(py: Python<'_>, schema: SchemaRef, batches: Vec<RecordBatch>) -> PyResult<Bound<'_, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
}

/// A schema as a capsule.
pub(super) fn schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(|e| raise(py, &e))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn raise(py: Python<'_>, error: &ArrowError) -> PyErr {
    errors::raise(py, &Error::Input(format!("the column cannot be read as Arrow: {error}")))
}
