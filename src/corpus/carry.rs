//! The caller's own columns (an id, a date, an outlet) laid onto every row that came from their document.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::LargeStringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, DictionaryArray, Int32Array, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use arrow_select::take::take;

use super::{Extraction, Table, tables};
use crate::error::{Error, Result};

/// A column of the caller: one value for each document.
#[derive(Clone, Debug)]
pub struct Carried {
    field: Arc<Field>,
    values: ArrayRef,
}

impl Carried {
    /// A column under its own name. Words are dictionary-encoded, since each value stands on many rows; other types
    /// stay as they are.
    ///
    /// # Errors
    /// [`Error::Input`] when a table of ours has a column of this name.
    pub fn new(name: &str, values: ArrayRef) -> Result<Self> {
        if tables::names().any(|own| own == name) {
            return Err(Error::Input(format!(
                "the column '{name}' cannot be kept, because the result has a column of that name; rename it first"
            )));
        }
        let values = encoded(values);
        Ok(Self { field: Arc::new(Field::new(name, values.data_type().clone(), true)), values })
    }

    /// Documents it has a value for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True when there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Words as a dictionary over their distinct values, in order of appearance; anything else unchanged.
fn encoded(values: ArrayRef) -> ArrayRef {
    match values.data_type() {
        DataType::Utf8 => encode(values.as_string::<i32>().iter()),
        DataType::LargeUtf8 => encode(values.as_string::<i64>().iter()),
        DataType::Utf8View => encode(values.as_string_view().iter()),
        _ => values,
    }
}

fn encode<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    let mut codes: HashMap<&str, i32> = HashMap::new();
    let mut words = LargeStringBuilder::new();
    let keys: Int32Array = cells
        .map(|cell| {
            cell.map(|word| {
                let next = codes.len() as i32;
                *codes.entry(word).or_insert_with(|| {
                    words.append_value(word);
                    next
                })
            })
        })
        .collect();
    Arc::new(DictionaryArray::<Int32Type>::new(keys, Arc::new(words.finish())))
}

impl Extraction {
    /// Every table with the caller's columns after its own. `first` is the number of the first document.
    ///
    /// # Errors
    /// [`Error::Input`] when a column's type cannot be repeated.
    pub fn carry(mut self, carried: &[Carried], first: i64) -> Result<Self> {
        if carried.is_empty() {
            return Ok(self);
        }
        for table in [&mut self.documents, &mut self.sentences, &mut self.entities, &mut self.quotes, &mut self.errors]
        {
            *table = table.carry(carried, first).map_err(|e| Error::Input(format!("a column cannot be kept: {e}")))?;
        }
        Ok(self)
    }
}

impl Table {
    fn carry(&self, carried: &[Carried], first: i64) -> std::result::Result<Self, ArrowError> {
        let fields = self.schema.fields().iter().cloned().chain(carried.iter().map(|c| Arc::clone(&c.field)));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let carry = |batch: &RecordBatch| {
            let doc = batch.column(0).as_primitive::<Int64Type>();
            let rows: Int64Array = doc.unary(|n| n - first);
            let mut columns = batch.columns().to_vec();
            for column in carried {
                columns.push(take(&column.values, &rows, None)?);
            }
            RecordBatch::try_new(Arc::clone(&schema), columns)
        };
        let batches = self.batches.iter().map(carry).collect::<std::result::Result<_, _>>()?;
        Ok(Self { schema: Arc::clone(&schema), batches })
    }
}
