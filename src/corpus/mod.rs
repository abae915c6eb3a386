//! Many texts → tables, in parallel, cancellable.
//!
//! Texts are cut into chunks by their size alone; each chunk becomes one Arrow batch of every table, on whatever thread
//! is free, and the batches are put back in order. So the bytes that come out depend on the texts and options, never on
//! the number of threads. A document that cannot be read costs no other: it becomes a row of the errors table.

mod carry;
mod tables;

pub use carry::Carried;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::language::Lang;
use crate::resources::Resources;
use crate::span::{CodePoints, Span};
use crate::story::{Depth, Story};

use tables::{DocumentRow, Documents, Entities, EntityRow, ErrorRow, Errors, QuoteRow, Quotes, SentenceRow, Sentences};

/// Bytes of text that make a chunk: enough work to hide the cost of a batch, small enough to share out evenly.
const CHUNK_BYTES: usize = 1 << 18;
/// Documents that make a chunk, however short.
const CHUNK_DOCUMENTS: usize = 4096;

/// One input row.
#[derive(Clone, Debug)]
pub enum Row<'t> {
    /// No text: no rows but one in `documents`.
    Null,
    /// A text.
    Text(&'t str),
    /// Something that is no text, and why.
    Unreadable(Box<Error>),
}

impl Row<'_> {
    /// Bytes of text.
    fn len(&self) -> usize {
        if let Row::Text(text) = self { text.len() } else { 0 }
    }
}

/// Where the rows of a reading come from: each is asked for once, by the thread that reads it.
pub trait Rows: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// True when there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// About how much text is in each: its bytes, or fewer.
    fn sizes(&self) -> Vec<usize>;

    /// What `read` makes of some of the rows.
    ///
    /// # Errors
    /// Those of `read`, and when the rows cannot be had; what is wrong with one text is a [`Row::Unreadable`].
    fn lend<T>(&self, range: Range<usize>, read: impl FnOnce(&[Row<'_>]) -> Result<T>) -> Result<T>;
}

impl Rows for [Row<'_>] {
    fn len(&self) -> usize {
        self.len()
    }

    fn sizes(&self) -> Vec<usize> {
        self.iter().map(Row::len).collect()
    }

    fn lend<T>(&self, range: Range<usize>, read: impl FnOnce(&[Row<'_>]) -> Result<T>) -> Result<T> {
        read(&self[range])
    }
}

/// What to do with a document that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// Stop at the first such row, in the order of the input.
    Raise,
    /// Put it into the errors table and go on.
    Collect,
}

/// How to read many texts.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How far to read: tables beyond it stay empty.
    pub depth: Depth,
    /// The language of all texts; detected for each when not given.
    pub lang: Option<Lang>,
    /// Options.
    pub config: Config,
    /// What the options bring with them.
    pub resources: Resources,
    /// What to do with a document that cannot be read.
    pub on_error: OnError,
    /// Number of the first document, for a corpus that comes in parts.
    pub first: i64,
}

/// How far a reading has come; shared with whoever waits for it.
#[derive(Debug, Default)]
pub struct Progress {
    documents: AtomicUsize,
    bytes: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Documents done.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.load(Ordering::Relaxed)
    }

    /// Bytes of text done.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Asks the reading to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// True once it was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A table as batches of one schema.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names and types of the columns.
    pub schema: SchemaRef,
    /// The rows, in order.
    pub batches: Vec<RecordBatch>,
}

/// The tables of a corpus.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// One row for each input row.
    pub documents: Table,
    /// One row for each sentence.
    pub sentences: Table,
    /// One row for each mention.
    pub entities: Table,
    /// One row for each piece of a statement.
    pub quotes: Table,
    /// One row for each document that could not be read.
    pub errors: Table,
}

/// Reads all rows. Without a pool, on this thread.
///
/// ```
/// use onrecord::config::Config;
/// use onrecord::corpus::{OnError, Plan, Progress, Row, extract};
/// use onrecord::resources::Resources;
/// use onrecord::story::Depth;
///
/// let config = Config::default();
/// let resources = Resources::of(&config).unwrap();
/// let plan = Plan { depth: Depth::Quotes, lang: None, config, resources, on_error: OnError::Raise, first: 0 };
/// let rows = [Row::Text("“We stay,” Marta Kovač said."), Row::Null];
/// let out = extract(&rows[..], &plan, None, &Progress::default()).unwrap();
/// assert_eq!(out.documents.batches[0].num_rows(), 2);
/// assert_eq!(out.quotes.batches[0].num_rows(), 1);
/// ```
///
/// # Errors
/// [`Error::Cancelled`] when asked to stop; with [`OnError::Raise`] the error of the first row that cannot be read.
pub fn extract(
    rows: &(impl Rows + ?Sized),
    plan: &Plan,
    pool: Option<&ThreadPool>,
    progress: &Progress,
) -> Result<Extraction> {
    let chunks = chunks(&rows.sizes());
    // Rows beyond the first failing one need not be read; those before it must, since one of them may fail too.
    let failed = AtomicUsize::new(usize::MAX);
    let read = |range: &Range<usize>, rows: &[Row<'_>]| {
        let mut chunk = Chunk::of(rows, plan.depth);
        for (n, row) in range.clone().zip(rows) {
            if progress.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if n > failed.load(Ordering::Relaxed) {
                break;
            }
            if let Err(error) = chunk.read(row, n, plan, progress) {
                if plan.on_error == OnError::Raise || error == Error::Cancelled {
                    failed.fetch_min(n, Ordering::Relaxed);
                    return Err(error);
                }
                chunk.set_aside(plan.first + n as i64, &error);
            }
            progress.documents.fetch_add(1, Ordering::Relaxed);
        }
        Ok(chunk.finish())
    };
    let read = |range: &Range<usize>| rows.lend(range.clone(), |rows| read(range, rows));
    let done: Vec<Result<[RecordBatch; 5]>> = match pool {
        Some(pool) => pool.install(|| chunks.par_iter().map(read).collect()),
        None => chunks.iter().map(read).collect(),
    };
    Ok(Extraction::new(done.into_iter().collect::<Result<Vec<_>>>()?))
}

/// The tables of one story that has been read, as document 0.
#[must_use]
pub fn tables_of(story: &Story<'_>) -> Extraction {
    let mut chunk = Chunk::default();
    chunk.add(0, story, Depth::Quotes);
    Extraction::new([chunk.finish()])
}

impl Extraction {
    /// Puts the batches of every chunk in order; empty ones are left out.
    fn new(chunks: impl IntoIterator<Item = [RecordBatch; 5]>) -> Self {
        let mut tables = tables::schemas().map(|schema| Table { schema, batches: Vec::new() });
        for batches in chunks {
            for (table, batch) in tables.iter_mut().zip(batches) {
                if batch.num_rows() > 0 {
                    table.batches.push(batch);
                }
            }
        }
        // An empty table has a batch too: the closed lists that its columns are encoded over come with it.
        for (table, empty) in tables.iter_mut().zip(Chunk::default().finish()) {
            if table.batches.is_empty() {
                table.batches.push(empty);
            }
        }
        let [documents, sentences, entities, quotes, errors] = tables;
        Self { documents, sentences, entities, quotes, errors }
    }
}

/// Ranges of rows of about the same amount of text.
fn chunks(sizes: &[usize]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (n, size) in sizes.iter().enumerate() {
        bytes += size;
        if bytes >= CHUNK_BYTES || n + 1 - start == CHUNK_DOCUMENTS {
            chunks.push(start..n + 1);
            (start, bytes) = (n + 1, 0);
        }
    }
    if start < sizes.len() {
        chunks.push(start..sizes.len());
    }
    chunks
}

/// The rows of a chunk of documents.
#[derive(Default)]
struct Chunk {
    documents: Documents,
    sentences: Sentences,
    entities: Entities,
    quotes: Quotes,
    errors: Errors,
}

impl Chunk {
    /// A chunk for `rows`, with room for their sentences, which hold all of the text.
    fn of(rows: &[Row<'_>], depth: Depth) -> Self {
        let bytes = rows.iter().map(Row::len).sum();
        let sentences = if depth == Depth::Entities { Sentences::default() } else { Sentences::with_room(bytes) };
        Self { sentences, ..Self::default() }
    }

    /// Reads row `n`; adds nothing when it fails.
    fn read(&mut self, row: &Row<'_>, n: usize, plan: &Plan, progress: &Progress) -> Result<()> {
        let doc = plan.first + n as i64;
        let text = match row {
            Row::Null => {
                self.documents.push(unread(doc, None));
                return Ok(());
            }
            Row::Text(text) => *text,
            Row::Unreadable(error) => return Err((**error).clone().at_row(doc)),
        };
        let cancelled = || progress.is_cancelled();
        let read = || Story::read_to(plan.depth, text, plan.lang, &plan.config, &plan.resources, &cancelled);
        let story = catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|panic| Err(Error::Internal(said_in_panic(panic.as_ref()))))
            .map_err(|error| error.at_row(doc))?;
        self.add(doc, &story, plan.depth);
        progress.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// A row in `documents` and one in `errors`.
    fn set_aside(&mut self, doc: i64, error: &Error) {
        self.documents.push(unread(doc, Some(error.class())));
        self.errors.push(ErrorRow { doc, error: Some(error.class()), message: Some(&error.to_string()) });
    }

    fn add(&mut self, doc: i64, story: &Story<'_>, depth: Depth) {
        let count = |n: usize| Some(n as i64);
        let beyond = |step: Depth, n: usize| if depth >= step { count(n) } else { None };
        self.documents.push(DocumentRow {
            doc,
            lang: Some(story.lang),
            sentences: count(story.sentences.len()),
            words: beyond(Depth::Entities, story.words),
            entities: beyond(Depth::Entities, story.entities.len()),
            quotes: beyond(Depth::Quotes, story.quotes.len()),
            error: None,
        });
        let points = CodePoints::new(story.text);
        let start = |span: Span| Some(points.at(span.start));
        let end = |span: Span| Some(points.at(span.end));
        let words = |span: Span| span.of(story.text);
        // A table that nobody asked for need not be filled on the way to another.
        if depth != Depth::Entities {
            for (n, &span) in story.sentences.iter().enumerate() {
                self.sentences.push(SentenceRow {
                    doc,
                    sentence: n as i64,
                    start: points.at(span.start),
                    end: points.at(span.end),
                    text: Some(words(span)),
                });
            }
        }
        for (n, entity) in story.entities.iter().enumerate() {
            self.entities.push(EntityRow {
                doc,
                entity: n as i64,
                sentence: i64::from(entity.sentence),
                start: points.at(entity.span.start),
                end: points.at(entity.span.end),
                text: Some(words(entity.span)),
                label: Some(entity.label),
                name: Some(&entity.name),
                key: Some(&entity.key),
                role: entity.role.map(words),
            });
        }
        for (n, quote) in story.quotes.iter().enumerate() {
            self.quotes.push(QuoteRow {
                doc,
                quote: n as i64,
                statement: i64::from(quote.statement),
                sentence: i64::from(quote.sentence),
                start: points.at(quote.span.start),
                end: points.at(quote.span.end),
                text: Some(words(quote.span)),
                kind: Some(quote.kind),
                cue: quote.cue.map(words),
                cue_start: quote.cue.and_then(start),
                cue_end: quote.cue.and_then(end),
                stance: quote.stance,
                speaker: quote.speaker.map(words),
                speaker_start: quote.speaker.and_then(start),
                speaker_end: quote.speaker.and_then(end),
                speaker_name: quote.speaker_name.as_deref(),
                speaker_key: quote.speaker_key.as_deref(),
                speaker_type: quote.speaker_type,
                confidence: Some((f64::from(quote.confidence) * 100.0).round() / 100.0),
            });
        }
    }

    fn finish(self) -> [RecordBatch; 5] {
        [
            self.documents.finish(),
            self.sentences.finish(),
            self.entities.finish(),
            self.quotes.finish(),
            self.errors.finish(),
        ]
    }
}

/// The row of a document that was not read: nothing in it was counted.
fn unread(doc: i64, error: Option<&'static str>) -> DocumentRow<'static> {
    let (lang, none) = (None, None);
    DocumentRow { doc, lang, sentences: none, words: none, entities: none, quotes: none, error }
}

/// What a panic said, for the message of an [`Error::Internal`].
#[must_use]
pub fn said_in_panic(panic: &(dyn std::any::Any + Send)) -> String {
    let said =
        panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    said.unwrap_or_else(|| "a panic without words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(on_error: OnError) -> Plan {
        Plan {
            depth: Depth::Quotes,
            lang: None,
            config: Config::default(),
            resources: Resources::default(),
            on_error,
            first: 0,
        }
    }

    #[test]
    fn a_bad_row_costs_no_other() {
        let bad = Row::Unreadable(Box::new(Error::Input("a number".into())));
        let rows = [Row::Text("“We stay,” Marta Kovač said."), bad, Row::Text("“We go,” Ana Ilić said.")];
        let out = extract(&rows[..], &plan(OnError::Collect), None, &Progress::default()).unwrap();
        let count = |t: &Table| t.batches.iter().map(RecordBatch::num_rows).sum::<usize>();
        assert_eq!((count(&out.documents), count(&out.quotes), count(&out.errors)), (3, 2, 1));
        let error = extract(&rows[..], &plan(OnError::Raise), None, &Progress::default()).unwrap_err();
        assert_eq!(error.to_string(), "row 1: a number");
    }

    #[test]
    fn threads_change_nothing() {
        let texts: Vec<String> = (0..3000)
            .map(|n| format!("{}Minister {n} spoke. “We stay {n},” Marta Kovač said.", "Words. ".repeat(n % 40)))
            .collect();
        let rows: Vec<Row<'_>> = texts.iter().map(|t| Row::Text(t)).collect();
        let alone = extract(&rows[..], &plan(OnError::Raise), None, &Progress::default()).unwrap();
        for threads in [2, 4] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let out = extract(&rows[..], &plan(OnError::Raise), Some(&pool), &Progress::default()).unwrap();
            assert!(alone.quotes.batches.len() > 1);
            assert_eq!(alone.quotes.batches, out.quotes.batches);
            assert_eq!(alone.entities.batches, out.entities.batches);
        }
    }

    #[test]
    fn a_cancelled_reading_says_so() {
        let progress = Progress::default();
        progress.cancel();
        let stopped = extract(&[Row::Text("A.")][..], &plan(OnError::Collect), None, &progress);
        assert_eq!(stopped.unwrap_err(), Error::Cancelled);
    }
}
