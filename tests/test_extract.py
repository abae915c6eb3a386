"""Many texts → tables: every kind of input, and what bad input does."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import onrecord
import onrecord.pandas

SAID = "“We stay,” Marta Kovač said."
TEXTS = [SAID, None, "Nothing.", "He left. “Why?” asked Ana Ilić."]
ROWS = onrecord.extract(TEXTS).quotes.to_pylist()


def frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"body": TEXTS, **columns})


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(TEXTS, id="list"),
        pytest.param(tuple(TEXTS), id="tuple"),
        pytest.param((t for t in TEXTS), id="generator"),
        pytest.param(pd.Series(TEXTS), id="pandas"),
        pytest.param(pd.Series(TEXTS, dtype=object), id="pandas object"),
        pytest.param(pd.Series([SAID, float("nan"), *TEXTS[2:]], dtype=object), id="pandas NaN"),
        pytest.param(pd.Series([SAID, pd.NA, *TEXTS[2:]], dtype=object), id="pandas NA"),
        pytest.param(pd.Series(TEXTS, dtype="string[pyarrow]"), id="pandas pyarrow"),
        pytest.param(pd.Series(TEXTS, dtype="string[python]"), id="pandas python"),
        pytest.param(pd.Series(TEXTS, dtype="category"), id="pandas categorical"),
        pytest.param(pd.Series(["x", *TEXTS, "y"])[1:5].reset_index(drop=True), id="pandas slice"),
        pytest.param(pl.Series(TEXTS), id="polars"),
        pytest.param(pl.Series(TEXTS, dtype=pl.Categorical), id="polars categorical"),
        pytest.param(pl.Series(["x", *TEXTS])[1:], id="polars slice"),
        pytest.param(pa.array(TEXTS), id="arrow"),
        pytest.param(pa.array(TEXTS, pa.large_string()), id="arrow large"),
        pytest.param(pa.array(TEXTS, pa.string_view()), id="arrow view"),
        pytest.param(pa.array(TEXTS).dictionary_encode(), id="arrow dictionary"),
        pytest.param(pa.array(["x", *TEXTS, "y"]).slice(1, 4), id="arrow slice"),
        pytest.param(pa.chunked_array([TEXTS[:1], [], TEXTS[1:]], pa.string()), id="arrow chunks"),
        pytest.param(pa.table({"body": TEXTS}), id="arrow table of one column"),
    ],
)
def test_every_kind_of_column(column: object) -> None:
    assert onrecord.extract(column).quotes.to_pylist() == ROWS


@pytest.mark.parametrize(
    "data",
    [frame(n=range(4)), pl.DataFrame({"body": TEXTS, "n": range(4)}), pa.table({"body": TEXTS, "n": range(4)})],
    ids=["pandas", "polars", "arrow"],
)
def test_every_kind_of_frame(data: object) -> None:
    out = onrecord.extract(data, text="body", keep=["n"])
    assert out.quotes.to_pylist() == [row | {"n": row["doc"]} for row in ROWS]
    assert [row["n"] for row in out.documents.to_pylist()] == [0, 1, 2, 3]


def test_a_table_of_ours_is_a_frame_too() -> None:
    sentences = onrecord.extract(TEXTS).sentences
    assert len(onrecord.quotes(sentences, text="text")) == len(ROWS)


def test_nothing_in_nothing_out() -> None:
    for empty in ([], pd.Series([], dtype=str), pa.array([], pa.string()), pl.Series([], dtype=pl.String)):
        out = onrecord.extract(empty)
        assert len(out.documents) == len(out.sentences) == len(out.entities) == len(out.quotes) == 0
        full = onrecord.extract([SAID]).quotes
        assert out.quotes.columns == full.columns
        assert out.quotes.to_pandas().dtypes.equals(full.to_pandas().dtypes)


def test_null_columns() -> None:
    for nulls in (
        [None, None],
        pd.Series([None, None]),
        pd.Series([float("nan")] * 2),
        pa.nulls(2),
        pl.Series([None] * 2),
    ):
        out = onrecord.extract(nulls)
        assert [row["sentences"] for row in out.documents.to_pylist()] == [None, None]
        assert len(out.sentences) == 0


def test_an_empty_text_is_a_document() -> None:
    documents = onrecord.extract(["", None]).documents.to_pylist()
    nothing = {"words": 0, "entities": 0, "quotes": 0, "error": None}
    assert documents[0] == {"doc": 0, "lang": "en", "sentences": 0, **nothing}
    assert documents[1] == {"doc": 1, "lang": None, "sentences": None} | dict.fromkeys(nothing)


def test_a_bare_str_is_a_type_error() -> None:
    for single in (SAID, SAID.encode()):
        with pytest.raises(TypeError, match=r"read\(text\) for one text"):
            onrecord.extract(single)
    with pytest.raises(TypeError, match="mapping"):
        onrecord.quotes({"a": SAID})
    with pytest.raises(TypeError, match="not int"):
        onrecord.quotes(7)


@pytest.mark.parametrize("make", [list, lambda texts: pd.Series(texts, dtype=object)], ids=["list", "pandas"])
def test_a_number_in_row_17(make: Callable[[list[Any]], object]) -> None:
    texts: list[Any] = [SAID] * 20
    texts[17] = 3.5
    with pytest.raises(onrecord.InputError, match=r"row 17: a text must be a str or None, not float \(3\.5\)"):
        onrecord.extract(make(texts))
    out = onrecord.extract(make(texts), on_error="collect")
    assert len(out.quotes) == 19
    assert out.errors.to_pylist() == [
        {"doc": 17, "error": "InputError", "message": "row 17: a text must be a str or None, not float (3.5)"}
    ]
    assert out.documents.to_pylist()[17]["error"] == "InputError"
    assert "1 errors" in repr(out)


def test_a_lone_surrogate_names_its_row_and_place() -> None:
    texts = [SAID, "half \udc80 a character"]
    for column in (texts, pd.Series(texts, dtype=object)):
        with pytest.raises(onrecord.InputError, match=r"row 1: .*lone surrogate\) at position 5"):
            onrecord.extract(column)
        assert len(onrecord.extract(column, on_error="collect").quotes) == 1


def test_a_column_of_numbers() -> None:
    with pytest.raises(onrecord.InputError, match="column of strings, not of Int64"):
        onrecord.extract(pa.array([1, 2]))
    with pytest.raises(onrecord.InputError, match="row 0: a text must be a str or None, not int"):
        onrecord.extract(pd.Series([1, 2]))


@pytest.mark.parametrize(
    "data", [frame(n=1), pl.DataFrame({"body": TEXTS, "n": 1}), pa.table({"body": TEXTS, "n": TEXTS})]
)
def test_columns_that_are_not_there(data: object) -> None:
    with pytest.raises(onrecord.InputError, match="text="):
        onrecord.extract(data)
    with pytest.raises(onrecord.InputError, match="no column 'boby'; the columns are body, n"):
        onrecord.extract(data, text="boby")
    with pytest.raises(onrecord.InputError, match="no column 'outlet'"):
        onrecord.extract(data, text="body", keep=["outlet"])
    with pytest.raises(onrecord.InputError, match="kept twice"):
        onrecord.extract(data, text="body", id="n", keep=["n"])


def test_columns_of_a_list() -> None:
    with pytest.raises(onrecord.InputError, match="a plain list of texts has none"):
        onrecord.extract(TEXTS, text="body")
    with pytest.raises(onrecord.InputError, match="collect"):
        onrecord.extract(pl.LazyFrame({"body": TEXTS}), text="body")


def test_kept_columns_keep_their_types() -> None:
    dates = pd.to_datetime(["2025-09-01", "2025-09-02", None, "2025-09-04"])
    df = frame(date=dates, outlet=["A", None, "B", "A"], score=[1.5, 2, 3, 4], day=[datetime.date(2025, 9, 1)] * 4)
    out = onrecord.extract(df, text="body", id="outlet", keep=["date", "score", "day"])
    for table in (out.documents, out.sentences, out.entities, out.quotes, out.errors):
        assert table.columns[-4:] == ["outlet", "date", "score", "day"]
    row = out.quotes.to_pylist()[-1]
    assert (row["outlet"], row["score"]) == ("A", 4.0)
    assert (row["date"], row["day"]) == (datetime.datetime(2025, 9, 4), datetime.date(2025, 9, 1))
    kept = out.documents.to_pandas()
    assert kept["date"].equals(pd.Series(dates, name="date"))
    assert isinstance(kept["outlet"].dtype, pd.CategoricalDtype)
    assert kept["outlet"].tolist() == ["A", None, "B", "A"] or kept["outlet"].isna().tolist() == [
        False,
        True,
        False,
        False,
    ]


def test_a_kept_column_must_not_clash() -> None:
    with pytest.raises(onrecord.InputError, match=r"'label' cannot be kept.*rename"):
        onrecord.extract(frame(label="x"), text="body", keep=["label"])
    with pytest.raises(onrecord.InputError, match="'mixed' cannot be kept"):
        onrecord.extract(frame(mixed=[1, "a", 2.5, None]), text="body", keep=["mixed"])


def test_an_index_that_tells_something_travels() -> None:
    plain = onrecord.quotes(frame(), text="body")
    assert "index" not in plain.columns
    df = frame(outlet=list("ABCD"))
    filtered = df[df["outlet"].isin(["A", "D"])]
    quotes = onrecord.quotes(filtered, text="body")
    assert quotes["index"].tolist() == [0, 3]
    joined = quotes.merge(df, left_on="index", right_index=True)
    assert joined["outlet"].tolist() == ["A", "D"]
    named = onrecord.quotes(df.set_index("outlet"), text="body")
    assert named["outlet"].tolist() == ["A", "D"]
    series = onrecord.quotes(df.set_index("outlet")["body"])
    assert series["outlet"].tolist() == ["A", "D"]
    levels = df.assign(n=range(4)).set_index(["outlet", "n"])
    assert onrecord.quotes(levels, text="body")[["outlet", "n"]].values.tolist() == [["A", 0], ["D", 3]]
    with pytest.raises(onrecord.InputError, match="both named 'outlet'"):
        onrecord.quotes(df.set_index("outlet", drop=False), text="body", keep=["outlet"])


def test_tables_are_of_the_callers_own_kind() -> None:
    for narrow in (onrecord.sentences, onrecord.entities, onrecord.quotes):
        assert isinstance(narrow(frame(), text="body"), pd.DataFrame)
        assert isinstance(narrow(pl.DataFrame({"body": TEXTS}), text="body"), pl.DataFrame)
        assert isinstance(narrow(pl.Series(TEXTS)), pl.DataFrame)
        assert isinstance(narrow(TEXTS), onrecord.Table)
        assert isinstance(narrow(pa.array(TEXTS)), onrecord.Table)


def test_narrow_calls_equal_the_wide_one() -> None:
    out = onrecord.extract(TEXTS)
    assert onrecord.sentences(TEXTS).to_pylist() == out.sentences.to_pylist()
    assert onrecord.entities(TEXTS).to_pylist() == out.entities.to_pylist()
    assert onrecord.quotes(TEXTS).to_pylist() == out.quotes.to_pylist()
    with pytest.raises(TypeError, match="unknown argument 'thread'"):
        onrecord.quotes(TEXTS, thread=2)  # type: ignore[call-overload]


def test_accessors() -> None:
    df = frame(outlet="A")
    assert df.onrecord.quotes("body", keep=["outlet"])["outlet"].tolist() == ["A", "A"]
    assert len(df["body"].onrecord.quotes()) == 2
    assert df["body"].onrecord.sentences().equals(df.onrecord.sentences("body"))
    assert df["body"].onrecord.entities().equals(df.onrecord.entities("body"))
    assert isinstance(df.onrecord.extract("body"), onrecord.Extraction)
    assert isinstance(df["body"].onrecord.extract(), onrecord.Extraction)


def test_stream_runs_on() -> None:
    batches = [TEXTS[:2], pd.DataFrame({"body": TEXTS[2:3]}), pl.Series(TEXTS[3:])]
    outs = list(onrecord.stream(batches))
    rows = [row for out in outs for row in out.quotes.to_pylist()]
    assert rows == ROWS
    assert [row["doc"] for out in outs for row in out.documents.to_pylist()] == [0, 1, 2, 3]
    assert outs[-1].story(3).text == TEXTS[3]
    with pytest.raises(IndexError, match="from 3 to 3"):
        outs[-1].story(0)


def test_a_kept_column_in_a_stream() -> None:
    parts = [pl.DataFrame({"body": [text], "n": [n]}) for n, text in enumerate(TEXTS)]
    rows = [row for out in onrecord.stream(parts, text="body", keep=["n"]) for row in out.quotes.to_pylist()]
    assert [row["n"] for row in rows] == [row["doc"] for row in rows] == [0, 3]


def test_a_story_of_an_extraction() -> None:
    out = onrecord.extract(pd.Series(TEXTS))
    assert out.story(0).quotes[0].speaker_name == "Marta Kovač"
    with pytest.raises(onrecord.InputError, match="document 1 has no text"):
        out.story(1)
    with pytest.raises(IndexError, match="no document 4; they go from 0 to 3"):
        out.story(4)


def test_options_reach_the_core() -> None:
    text = "The road is open, Marta Kovač said. The 4th Bde. Col. Ilić left."
    assert len(onrecord.quotes([text])) == 1
    assert len(onrecord.quotes([text], config={"indirect": False})) == 0
    assert len(onrecord.quotes([text], config=onrecord.Config(min_confidence=0.99))) == 0
    assert len(onrecord.sentences([text])) == len(onrecord.sentences([text], config={"abbreviations": ["Bde"]})) + 1
    with pytest.raises(ValueError, match="on_error"):
        onrecord.extract([text], on_error="ignore")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="threads"):
        onrecord.extract([text], threads=0)
