//! The columns of each table: their names, types and order, stated once.
//!
//! A table grows row by row while a chunk of documents is read and becomes a [`RecordBatch`]. Numbers are Int64, words
//! `LargeUtf8` (a column may pass 2 GiB), and what comes from a closed list is dictionary-encoded over that list, the
//! same one in every batch.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{Float64Builder, Int64Builder, LargeStringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{ArrayRef, DictionaryArray, Int8Array, Int64Array, LargeStringArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::entities::Label;
use crate::language::Lang;
use crate::quotes::{Kind, SpeakerType, Stance};

/// A column that takes one cell at a time.
pub(super) trait Column: Default {
    type Cell<'a>;
    fn data_type() -> DataType;
    fn push(&mut self, cell: Self::Cell<'_>);
    fn finish(self) -> ArrayRef;
}

impl Column for Int64Builder {
    type Cell<'a> = Option<i64>;
    fn data_type() -> DataType {
        DataType::Int64
    }
    fn push(&mut self, cell: Option<i64>) {
        self.append_option(cell);
    }
    fn finish(mut self) -> ArrayRef {
        Arc::new(Self::finish(&mut self))
    }
}

impl Column for Vec<i64> {
    type Cell<'a> = i64;
    fn data_type() -> DataType {
        DataType::Int64
    }
    fn push(&mut self, cell: i64) {
        self.push(cell);
    }
    fn finish(self) -> ArrayRef {
        Arc::new(Int64Array::from(self))
    }
}

impl Column for Float64Builder {
    type Cell<'a> = Option<f64>;
    fn data_type() -> DataType {
        DataType::Float64
    }
    fn push(&mut self, cell: Option<f64>) {
        self.append_option(cell);
    }
    fn finish(mut self) -> ArrayRef {
        Arc::new(Self::finish(&mut self))
    }
}

impl Column for LargeStringBuilder {
    type Cell<'a> = Option<&'a str>;
    fn data_type() -> DataType {
        DataType::LargeUtf8
    }
    fn push(&mut self, cell: Option<&str>) {
        self.append_option(cell);
    }
    fn finish(mut self) -> ArrayRef {
        Arc::new(Self::finish(&mut self))
    }
}

/// A closed list of values that a column is encoded over.
pub(super) trait Coded: Copy + 'static {
    /// The values in the order of their code.
    fn values() -> Vec<&'static str>;
    /// The place of this value among them.
    fn code(self) -> i8;
    /// The values as an Arrow array, one for all batches.
    fn array() -> ArrayRef;
}

macro_rules! coded {
    ($($type:ty),*) => {$(
        impl Coded for $type {
            fn values() -> Vec<&'static str> {
                Self::ALL.iter().map(|v| v.as_str()).collect()
            }
            fn code(self) -> i8 {
                Self::ALL.iter().position(|&v| v == self).unwrap_or_default() as i8
            }
            fn array() -> ArrayRef {
                static VALUES: LazyLock<ArrayRef> =
                    LazyLock::new(|| Arc::new(LargeStringArray::from(<$type as Coded>::values())));
                Arc::clone(&VALUES)
            }
        }
    )*};
}

coded!(Lang, Label, Kind, Stance, SpeakerType);

/// A column of values of a closed list.
pub(super) struct Codes<T>(Vec<Option<T>>);

impl<T> Default for Codes<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Coded> Column for Codes<T> {
    type Cell<'a> = Option<T>;
    fn data_type() -> DataType {
        DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::LargeUtf8))
    }
    fn push(&mut self, cell: Option<T>) {
        self.0.push(cell);
    }
    fn finish(self) -> ArrayRef {
        let codes: Int8Array = self.0.into_iter().map(|v| v.map(Coded::code)).collect();
        Arc::new(DictionaryArray::<Int8Type>::new(codes, T::array()))
    }
}

/// A number that every row has.
type Number = Vec<i64>;
/// A number that may be missing.
type Count = Int64Builder;
type Share = Float64Builder;
type Text = LargeStringBuilder;

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident / $row:ident { $($column:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Default)]
        pub(super) struct $table {
            $($column: $type,)*
        }

        /// A row of the table of this name.
        pub(super) struct $row<'a> {
            $(pub(super) $column: <$type as Column>::Cell<'a>,)*
        }

        impl $table {
            fn schema() -> SchemaRef {
                Arc::new(Schema::new(vec![$(Field::new(stringify!($column), <$type as Column>::data_type(), true)),*]))
            }

            pub(super) fn push(&mut self, row: $row<'_>) {
                $(Column::push(&mut self.$column, row.$column);)*
            }

            pub(super) fn finish(self) -> RecordBatch {
                let columns = vec![$(Column::finish(self.$column)),*];
                RecordBatch::try_new(Self::schema(), columns).expect("every row has a cell in every column")
            }
        }
    )*

        /// The columns of every table, in the order in which they are made.
        pub(super) fn schemas() -> [SchemaRef; 5] {
            [$($table::schema()),*]
        }

        /// The names of all columns of all tables.
        pub(super) fn names() -> impl Iterator<Item = &'static str> {
            [$($(stringify!($column)),*),*].into_iter()
        }
    };
}

tables! {
    /// One row for each input row.
    Documents / DocumentRow {
        doc: Number,
        lang: Codes<Lang>,
        sentences: Count,
        words: Count,
        entities: Count,
        quotes: Count,
        error: Text,
    }
    /// One row for each sentence.
    Sentences / SentenceRow {
        doc: Number,
        sentence: Number,
        start: Number,
        end: Number,
        text: Text,
    }
    /// One row for each mention of a name.
    Entities / EntityRow {
        doc: Number,
        entity: Number,
        sentence: Number,
        start: Number,
        end: Number,
        text: Text,
        label: Codes<Label>,
        name: Text,
        key: Text,
        role: Text,
    }
    /// One row for each piece of a statement.
    Quotes / QuoteRow {
        doc: Number,
        quote: Number,
        statement: Number,
        sentence: Number,
        start: Number,
        end: Number,
        text: Text,
        kind: Codes<Kind>,
        cue: Text,
        cue_start: Count,
        cue_end: Count,
        stance: Codes<Stance>,
        speaker: Text,
        speaker_start: Count,
        speaker_end: Count,
        speaker_name: Text,
        speaker_key: Text,
        speaker_type: Codes<SpeakerType>,
        confidence: Share,
    }
    /// One row for each document that could not be read.
    Errors / ErrorRow {
        doc: Number,
        error: Text,
        message: Text,
    }
}

/// Bytes of text to a sentence, fewer than in any news corpus measured, so that the columns seldom grow.
const SENTENCE: usize = 80;

impl Sentences {
    /// An empty table with room for the sentences of so many bytes of text.
    pub(super) fn with_room(bytes: usize) -> Self {
        let rows = bytes / SENTENCE + 1;
        let numbers = || Number::with_capacity(rows);
        let text = Text::with_capacity(rows, bytes);
        Self { doc: numbers(), sentence: numbers(), start: numbers(), end: numbers(), text }
    }
}
