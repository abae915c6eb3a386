"""Many texts → tables: `extract` and its narrower kin, and `read` for one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, overload

from onrecord import _core
from onrecord.config import Config
from onrecord.errors import InputError
from onrecord.frames.source import Source, source
from onrecord.progress import Bar
from onrecord.story import Entity, Person, Quote, Sentence, Story
from onrecord.tables import Table, html_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from typing_extensions import Unpack

Depth = Literal["sentences", "entities", "quotes"]
OnError = Literal["raise", "collect"]
Options = Config | Mapping[str, Any] | None


class Reading(TypedDict, total=False):
    """The keyword arguments that `extract` and its kin share; `extract` tells what each means."""

    id: str | None
    keep: Sequence[str]
    lang: str | None
    config: Options
    threads: int | None
    progress: bool | None
    on_error: OnError


class ColumnReading(Reading, total=False):
    """The same with the column that holds the texts."""

    text: str | None


class Extraction:
    """The tables of many texts.

    Attributes:
        documents: One row per input row: doc, lang, sentences, words, entities, quotes, error.
        sentences: doc, sentence, start, end, text.
        entities: doc, entity, sentence, start, end, text, label, name, key, role.
        quotes: doc, quote, statement, sentence, start, end, text, kind, cue, cue_start, cue_end, stance, speaker,
            speaker_start, speaker_end, speaker_name, speaker_key, speaker_type, confidence.
        errors: doc, error, message: the rows that could not be read (with ``on_error="collect"``).

    Kept columns follow in every table. `doc` is the row number in the input; offsets count code points in its text.
    """

    def __init__(
        self, tables: Sequence[_core.Columns], texts: _core.Texts, *, first: int, lang: str | None, config: str
    ) -> None:
        names = ("documents", "sentences", "entities", "quotes", "errors")
        self.documents, self.sentences, self.entities, self.quotes, self.errors = (
            Table(columns, name) for columns, name in zip(tables, names, strict=True)
        )
        self._texts, self._first, self._lang, self._config = texts, first, lang, config

    def story(self, doc: int) -> Story:
        """One document as a Story, read with the same options.

        Args:
            doc: Its number, as in the column `doc`.

        Raises:
            IndexError: There is no such document.
            InputError: Its row holds no text.
        """
        n = doc - self._first
        if not 0 <= n < len(self._texts):
            raise IndexError(f"there is no document {doc}; they go from {self._first} to {self._end - 1}")
        return _story(self._texts, n, self._lang, self._config, f"document {doc} has no text")

    @property
    def _end(self) -> int:
        return self._first + len(self._texts)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(t):,} {t.name}" for t in self._tables() if t.name != "errors" or len(t))
        return f"Extraction({counts})"

    def _repr_html_(self) -> str:
        return "".join(html_table(t, rows=4) for t in self._tables() if t.name != "errors" or len(t))

    def _tables(self) -> tuple[Table, ...]:
        return (self.documents, self.sentences, self.entities, self.quotes, self.errors)


def read(text: str, *, lang: str | None = None, config: Options = None) -> Story:
    """Read one text.

    Args:
        text: The story, as it is: nothing in it is altered.
        lang: en sr hr bs cnr mk sq sl; detected when not given.
        config: Options, a `Config` or a mapping with its fields.

    Raises:
        TypeError: `text` is no str.
        InputError: `text` has a lone surrogate.
        ConfigError: An unknown language or option.

    >>> story = onrecord.read('Goran Trpevski said: "We will be there." He left.')
    >>> story.quotes[0].text, story.quotes[0].cue
    ('We will be there.', 'said')
    """
    if not isinstance(text, str):
        raise TypeError(f"read takes one text, a str, not {type(text).__name__}; use extract for many")
    return _story(_core.Texts([text]), 0, lang, _options(config), "there is no text")


def extract(
    data: object,
    *,
    text: str | None = None,
    id: str | None = None,
    keep: Sequence[str] = (),
    lang: str | None = None,
    config: Options = None,
    threads: int | None = None,
    progress: bool | None = None,
    on_error: OnError = "raise",
) -> Extraction:
    """Read many texts, in parallel, and return all tables.

    Args:
        data: A list (or iterable) of ``str | None``; a pandas, polars or pyarrow column of strings; a frame with `text`
            naming the column; anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``. Columns are not copied. A
            missing text (None, NaN, pandas.NA) gives no rows but its row in `documents`.
        text: The column of a frame that holds the texts.
        id: A column of the frame that names its rows; it travels onto every row of every table.
        keep: More columns that travel, such as date and outlet. A pandas index that does not merely count rows does
            too.
        lang: The language of all texts: en sr hr bs cnr mk sq sl; detected for each when not given.
        config: Options, a `Config` or a mapping with its fields.
        threads: Threads to use; else ``ONRECORD_NUM_THREADS``, else all cores. The result is the same for any number.
        progress: Show a progress bar (needs tqdm); by default for work of more than two seconds.
        on_error: ``"raise"`` stops at the first row that cannot be read; ``"collect"`` puts such rows into `errors` and
            returns every other.

    Raises:
        TypeError: `data` is a single text or no collection of texts.
        InputError: A row or column that cannot be read; names it.
        ConfigError: An unknown language or option.

    >>> out = onrecord.extract(["“We stay,” Goran Trpevski said.", None])
    >>> out
    Extraction(2 documents, 1 sentences, 1 entities, 1 quotes)
    >>> out.quotes.to_pylist()[0]["speaker_name"]
    'Goran Trpevski'
    """
    found = source(data, text=text, id=id, keep=keep)
    return _extract(found, "quotes", 0, lang, config, threads, progress, on_error)


def stream(batches: Iterable[object], **reading: Unpack[ColumnReading]) -> Iterator[Extraction]:
    """Read a corpus that comes in parts, each a list, column or frame: one `Extraction` a part, in bounded memory.

    Args:
        batches: The parts; `doc` runs on from one to the next.
        **reading: As for `extract`.

    >>> parts = [["“A day,” Goran Trpevski said."], ["“A week,” he said."]]
    >>> [out.quotes.to_pylist()[0]["doc"] for out in onrecord.stream(parts)]
    [0, 1]
    """
    first = 0
    for batch in batches:
        out = _table(batch, "quotes", reading, first)[0]
        yield out
        first = out._end


@overload
def sentences(  # type: ignore[overload-overlap] # what is no frame falls through to a Table
    data: pd.DataFrame | pd.Series[Any], **reading: Unpack[ColumnReading]
) -> pd.DataFrame: ...
@overload
def sentences(  # type: ignore[overload-overlap]
    data: pl.DataFrame | pl.Series, **reading: Unpack[ColumnReading]
) -> pl.DataFrame: ...
@overload
def sentences(data: object, **reading: Unpack[ColumnReading]) -> Table: ...
def sentences(data: object, **reading: Unpack[ColumnReading]) -> object:
    """The sentences of many texts, as a table of the caller's own kind; nothing else is computed.

    Args:
        data: As for `extract`.
        **reading: As for `extract`.

    Returns:
        pandas in: a pandas frame; polars in: a polars frame; else a `Table`.

    >>> onrecord.sentences(["Gen. Paolo Venturelli left. He will return."]).to_pylist()[1]["text"]
    'He will return.'
    """
    out, found = _table(data, "sentences", reading)
    return _as_given(out.sentences, found)


@overload
def entities(  # type: ignore[overload-overlap] # what is no frame falls through to a Table
    data: pd.DataFrame | pd.Series[Any], **reading: Unpack[ColumnReading]
) -> pd.DataFrame: ...
@overload
def entities(  # type: ignore[overload-overlap]
    data: pl.DataFrame | pl.Series, **reading: Unpack[ColumnReading]
) -> pl.DataFrame: ...
@overload
def entities(data: object, **reading: Unpack[ColumnReading]) -> Table: ...
def entities(data: object, **reading: Unpack[ColumnReading]) -> object:
    """The named persons, organisations, places, peoples, events and dates of many texts.

    Args:
        data: As for `extract`.
        **reading: As for `extract`.

    Returns:
        pandas in: a pandas frame; polars in: a polars frame; else a `Table`.

    >>> [row["text"] for row in onrecord.entities(["KFOR moved to Zvečan on Tuesday."]).to_pylist()]
    ['KFOR', 'Zvečan', 'Tuesday']
    """
    out, found = _table(data, "entities", reading)
    return _as_given(out.entities, found)


@overload
def quotes(  # type: ignore[overload-overlap] # what is no frame falls through to a Table
    data: pd.DataFrame | pd.Series[Any], **reading: Unpack[ColumnReading]
) -> pd.DataFrame: ...
@overload
def quotes(  # type: ignore[overload-overlap]
    data: pl.DataFrame | pl.Series, **reading: Unpack[ColumnReading]
) -> pl.DataFrame: ...
@overload
def quotes(data: object, **reading: Unpack[ColumnReading]) -> Table: ...
def quotes(data: object, **reading: Unpack[ColumnReading]) -> object:
    """Who said what in many texts.

    Args:
        data: As for `extract`.
        **reading: As for `extract`.

    Returns:
        pandas in: a pandas frame; polars in: a polars frame; else a `Table`.

    >>> rows = onrecord.quotes(["Vesna Radunjić denied that the port would close."]).to_pylist()
    >>> rows[0]["text"], rows[0]["stance"]
    ('the port would close', 'denying')
    """
    out, found = _table(data, "quotes", reading)
    return _as_given(out.quotes, found)


def _table(data: object, depth: Depth, reading: ColumnReading, first: int = 0) -> tuple[Extraction, Source]:
    """The reading that `sentences`, `entities`, `quotes` and `stream` share."""
    unknown = reading.keys() - ColumnReading.__annotations__.keys()
    if unknown:
        raise TypeError(f"unknown argument {min(unknown)!r}; known are {', '.join(ColumnReading.__annotations__)}")
    found = source(data, text=reading.get("text"), id=reading.get("id"), keep=reading.get("keep", ()))
    out = _extract(
        found,
        depth,
        first,
        reading.get("lang"),
        reading.get("config"),
        reading.get("threads"),
        reading.get("progress"),
        reading.get("on_error", "raise"),
    )
    return out, found


def _extract(
    found: Source,
    depth: Depth,
    first: int,
    lang: str | None,
    config: Options,
    threads: int | None,
    progress: bool | None,
    on_error: OnError,
) -> Extraction:
    if on_error not in ("raise", "collect"):
        raise ValueError(f'on_error must be "raise" or "collect", not {on_error!r}')
    if threads is not None and threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    options = _options(config)
    with Bar(len(found.texts), show=progress) as bar:
        tables = _core.extract(
            found.texts,
            carried=found.carried,
            depth=depth,
            lang=lang,
            config=options,
            threads=threads,
            on_error=on_error,
            first=first,
            progress=bar.callback,
        )
    return Extraction(tables, found.texts, first=first, lang=lang, config=options)


def _story(texts: _core.Texts, n: int, lang: str | None, config: str, without: str) -> Story:
    found = _core.read(texts, n, lang, config)
    if found is None:
        raise InputError(without)
    rows = {name: [_without_doc(row) for row in found[name]] for name in ("sentences", "entities", "quotes")}
    return Story(
        text=found["text"],
        lang=found["lang"],
        words=found["words"],
        sentences=tuple(Sentence(**row) for row in rows["sentences"]),
        entities=tuple(Entity(**row) for row in rows["entities"]),
        quotes=tuple(Quote(**row) for row in rows["quotes"]),
        people=tuple(Person(**{**row, "mentions": tuple(row["mentions"])}) for row in found["people"]),
    )


def _without_doc(row: dict[str, Any]) -> dict[str, Any]:
    del row["doc"]
    return row


def _options(config: Options) -> str:
    if config is None:
        return "{}"
    return (config if isinstance(config, Config) else Config.from_dict(config)).to_json()


def _as_given(table: Table, found: Source) -> object:
    if found.kind == "pandas":
        return table.to_pandas()
    if found.kind == "polars":
        return table.to_polars()
    return table
