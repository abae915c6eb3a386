"""What a caller gives → texts and kept columns that the core can take over.

A frame library is looked for only among the modules already imported: whoever has a frame has imported it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeGuard

from onrecord import _core
from onrecord.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Kind = Literal["pandas", "polars", "other"]


@dataclass(frozen=True)
class Source:
    """Texts, the caller's own columns beside them, and the kind of frame they came in."""

    texts: _core.Texts
    carried: list[tuple[str, Any]]
    kind: Kind


def source(data: object, *, text: str | None, id: str | None, keep: Sequence[str]) -> Source:
    """Take `data` apart.

    Raises:
        TypeError: `data` is a single text, bytes or a mapping.
        InputError: A column is missing, named twice, or of a type that cannot be read.
    """
    if isinstance(keep, str):
        keep = (keep,)
    names = [*([id] if id is not None else []), *keep]
    repeated = [name for n, name in enumerate(names) if name in names[:n]]
    if repeated:
        raise InputError(f"the column {repeated[0]!r} is kept twice; name it once in id= or keep=")
    if isinstance(data, str | bytes | bytearray):
        raise TypeError(
            f"expected many texts, got a single {type(data).__name__}: use read(text) for one text, or put it in a list"
        )
    if isinstance(data, Mapping):
        raise TypeError("expected a list, column or frame of texts, got a mapping: give its values, or make a frame")
    if _is_pandas(data):
        return _from_pandas(data, text, names)
    if _is_polars(data):
        return _from_arrow(_plain(data, text, names), text, names, "polars")
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _from_arrow(data, text, names, "other")
    if text is not None or names:
        raise InputError("text=, id= and keep= name columns of a frame; a plain list of texts has none")
    if not isinstance(data, Iterable):
        raise TypeError(f"expected a list, column or frame of texts, not {type(data).__name__}")
    return Source(_core.Texts(data if isinstance(data, list) else list(data)), [], "other")


def _from_arrow(data: object, text: str | None, names: list[str], kind: Kind) -> Source:
    if text is None:
        if names:
            raise InputError("name the column that holds the texts with text=")
        return Source(_core.Texts(data), [], kind)
    frame = _core.Columns.from_arrow(data)
    columns = {name: _named(frame, name) for name in [text, *names]}
    return Source(_core.Texts(columns[text]), [(name, columns[name]) for name in names], kind)


def _is_polars(data: object) -> TypeGuard[pl.DataFrame | pl.Series]:
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(data, polars.LazyFrame):
        raise InputError("a lazy frame has no rows yet: call .collect() first")
    return polars is not None and isinstance(data, polars.DataFrame | polars.Series)


def _plain(data: pl.DataFrame | pl.Series, text: str | None, names: list[str]) -> pl.DataFrame | pl.Series:
    """What is asked for, without columns of the type Null: polars gives those a buffer that Arrow does not allow."""
    import polars as pl  # noqa: PLC0415 - imported by the caller already

    if isinstance(data, pl.Series):
        return data.cast(pl.String) if data.dtype == pl.Null else data
    wanted = data.columns if text is None else [text, *names]
    for name in wanted:
        if name not in data.columns:
            raise _no_column(name, data.columns)
    return data.select(wanted).cast({pl.Null: pl.String})


def _named(frame: _core.Columns, name: str) -> _core.Columns:
    column = frame.column(name)
    if column is None:
        raise _no_column(name, frame.names)
    return column


def _no_column(name: object, columns: Iterable[object]) -> InputError:
    return InputError(f"there is no column {name!r}; the columns are {', '.join(map(str, columns))}")


def _is_pandas(data: object) -> TypeGuard[pd.DataFrame | pd.Series[Any]]:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.DataFrame | pandas.Series)


def _from_pandas(data: pd.DataFrame | pd.Series[Any], text: str | None, names: list[str]) -> Source:
    import pandas as pd  # noqa: PLC0415 - imported by the caller already

    if isinstance(data, pd.Series):
        if text is not None or names:
            raise InputError("text=, id= and keep= name columns of a frame; this is a single column")
        texts, columns = data, []
    else:
        if text is None:
            if len(data.columns) != 1:
                raise InputError(
                    "name the column that holds the texts with text=; "
                    f"the columns are {', '.join(map(str, data.columns))}"
                )
            text = data.columns[0]
        texts = _one_column(data, text)
        columns = [(name, _one_column(data, name)) for name in names]
    index = [] if _is_plain(data.index) else _levels(data.index, names)
    return Source(_pandas_texts(texts), [(n, _pandas_kept(n, c)) for n, c in [*index, *columns]], "pandas")


def _one_column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    if name not in frame.columns:
        raise _no_column(name, frame.columns)
    column = frame[name]
    if column.ndim != 1:
        raise InputError(f"the frame has several columns named {name!r}; rename them")
    return column


def _is_plain(index: pd.Index[Any]) -> bool:
    """Whether the index only counts rows: then `doc` says the same."""
    import pandas as pd  # noqa: PLC0415

    return isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1


def _levels(index: pd.Index[Any], names: list[str]) -> list[tuple[str, pd.Series[Any]]]:
    """The index as columns, under its own names."""
    levels = []
    for n in range(index.nlevels):
        values = index.get_level_values(n)
        name = values.name if values.name is not None else ("index" if index.nlevels == 1 else f"level_{n}")
        if str(name) in names:
            raise InputError(f"the index and a kept column are both named {name!r}; rename one of them")
        levels.append((str(name), values.to_series().reset_index(drop=True)))
    return levels


def _pandas_texts(column: pd.Series[Any]) -> _core.Texts:
    """A column of strings or categories goes through Arrow; any other item by item, so that an error names its row."""
    import pandas as pd  # noqa: PLC0415

    if isinstance(column.dtype, pd.StringDtype | pd.ArrowDtype | pd.CategoricalDtype):
        try:
            return _core.Texts(_arrow(column))
        except (ImportError, UnicodeError, InputError):
            pass  # without pyarrow, or with something in it that is no text
    return _core.Texts(column.tolist())


def _pandas_kept(name: str, column: pd.Series[Any]) -> object:
    import pyarrow as pa  # noqa: PLC0415 - named in the message when it is missing

    try:
        return _arrow(column)
    except (pa.ArrowException, UnicodeError, TypeError) as error:
        raise InputError(
            f"the column {name!r} cannot be kept, because its values are not all of one kind ({error}); "
            f"convert it first, for example with .astype(str)"
        ) from None


def _arrow(column: pd.Series[Any]) -> Any:  # noqa: ANN401 - an Array or ChunkedArray of pyarrow
    import pyarrow as pa  # noqa: PLC0415

    return pa.array(column, from_pandas=True)
