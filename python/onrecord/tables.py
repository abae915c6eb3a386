"""Tables: what was found, as columns that every data frame library can take over without a copy."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from onrecord import _core

#: Rows that a table shows of itself.
SHOWN = 8
#: Characters that it shows of a cell.
WIDTH = 60


class Table:
    """A table in Arrow columns.

    It speaks the Arrow PyCapsule interface, so pandas, polars, pyarrow, DuckDB and others read it without a copy.
    Nothing of them is needed for `to_pylist`.

    >>> table = onrecord.extract(["“We stay,” Goran Trpevski said."]).sentences
    >>> table
    sentences: 1 row of doc, sentence, start, end, text
    >>> table.to_pylist()
    [{'doc': 0, 'sentence': 0, 'start': 0, 'end': 31, 'text': '“We stay,” Goran Trpevski said.'}]
    """

    __slots__ = ("_columns", "name")

    def __init__(self, columns: _core.Columns, name: str) -> None:
        self._columns = columns
        self.name = name

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return self._columns.names

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame: integers as Int64 (nullable), closed lists such as `kind` and kept words as categories.

        Raises:
            ImportError: pandas or pyarrow is missing.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - no required dependency
            import pyarrow as pa  # noqa: PLC0415
        except ImportError as error:
            raise _missing("to_pandas", "pandas and pyarrow", "pandas", error) from None
        integers: dict[pa.DataType, pd.Int64Dtype] = {pa.int64(): pd.Int64Dtype()}
        frame: pd.DataFrame = pa.table(self).to_pandas(types_mapper=integers.get)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """A polars frame.

        Raises:
            ImportError: polars is missing.
        """
        try:
            import polars as pl  # noqa: PLC0415 - no required dependency
        except ImportError as error:
            raise _missing("to_polars", "polars", "polars", error) from None
        return pl.DataFrame(self)

    def to_arrow(self) -> pa.Table:
        """A pyarrow table, sharing memory with this one.

        Raises:
            ImportError: pyarrow is missing.
        """
        try:
            import pyarrow as pa  # noqa: PLC0415 - no required dependency
        except ImportError as error:
            raise _missing("to_arrow", "pyarrow", "files", error) from None
        return pa.table(self)

    def to_pylist(self) -> list[dict[str, Any]]:
        """A dict for each row."""
        return self._columns.rows()

    def head(self, rows: int = SHOWN) -> list[dict[str, Any]]:
        """A dict for each of the first `rows` rows."""
        return self._columns.rows(0, rows)

    def __len__(self) -> int:
        return len(self._columns)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._columns.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._columns.__arrow_c_schema__()

    def __repr__(self) -> str:
        rows = len(self)
        return f"{self.name}: {rows:,} {'row' if rows == 1 else 'rows'} of {', '.join(self.columns)}"

    def _repr_html_(self) -> str:
        return html_table(self)


def html_table(table: Table, rows: int = SHOWN) -> str:
    """The first rows as an HTML table, escaped; wrapped so that MathJax leaves dollar signs alone."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_short(cell))}</td>" for cell in row.values()) + "</tr>"
        for row in table.head(rows)
    )
    return (
        '<div class="tex2jax_ignore mathjax_ignore"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{html.escape(table.name)}: {len(table):,} rows × {len(table.columns)} columns</p></div>"
    )


def text_table(table: Table, columns: list[str], rows: int = SHOWN, width: int = WIDTH) -> str:
    """The first rows of some columns as aligned text, for a terminal."""
    cells = [[_short(row[name], width) for name in columns] for row in table.head(rows)]
    widths = [max(len(name), *(len(row[n]) for row in cells), 0) for n, name in enumerate(columns)]
    line: Callable[[list[str]], str] = lambda row: "  ".join(  # noqa: E731 - shorter than a nested def
        cell.ljust(width) for cell, width in zip(row, widths, strict=True)
    ).rstrip()
    return "\n".join([line(columns), line(["─" * width for width in widths]), *map(line, cells)])


def _short(cell: object, width: int = WIDTH) -> str:
    words = "" if cell is None else " ".join(str(cell).split())
    return words if len(words) <= width else words[: width - 1] + "…"


def _missing(what: str, needs: str, extra: str, error: ImportError) -> ImportError:
    return ImportError(f"{what} needs {needs}: pip install 'onrecord[{extra}]' ({error})")
