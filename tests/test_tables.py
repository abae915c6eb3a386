"""Tables: their columns and types are the contract with every data frame library."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import onrecord

TEXT = "Gen. Marko Ilić left. “We stay,” he said."
OUT = onrecord.extract([TEXT, None])

INT, TEXTS, CODE = pa.int64(), pa.large_string(), pa.dictionary(pa.int8(), pa.large_string())
COLUMNS = {
    "documents": {
        "doc": INT,
        "lang": CODE,
        "sentences": INT,
        "words": INT,
        "entities": INT,
        "quotes": INT,
        "error": TEXTS,
    },
    "sentences": {"doc": INT, "sentence": INT, "start": INT, "end": INT, "text": TEXTS},
    "entities": {
        "doc": INT,
        "entity": INT,
        "sentence": INT,
        "start": INT,
        "end": INT,
        "text": TEXTS,
        "label": CODE,
        "name": TEXTS,
        "key": TEXTS,
        "role": TEXTS,
    },
    "quotes": {
        "doc": INT,
        "quote": INT,
        "statement": INT,
        "sentence": INT,
        "start": INT,
        "end": INT,
        "text": TEXTS,
        "kind": CODE,
        "cue": TEXTS,
        "cue_start": INT,
        "cue_end": INT,
        "stance": CODE,
        "speaker": TEXTS,
        "speaker_start": INT,
        "speaker_end": INT,
        "speaker_name": TEXTS,
        "speaker_key": TEXTS,
        "speaker_type": CODE,
        "confidence": pa.float64(),
    },
    "errors": {"doc": INT, "error": TEXTS, "message": TEXTS},
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_types(name: str) -> None:
    schema = getattr(OUT, name).to_arrow().schema
    assert dict(zip(schema.names, schema.types, strict=True)) == COLUMNS[name]
    assert getattr(OUT, name).columns == list(COLUMNS[name])


def test_pandas_has_no_float_where_numbers_are_missing() -> None:
    documents = OUT.documents.to_pandas()
    assert documents["sentences"].dtype == pd.Int64Dtype()
    assert documents["sentences"].isna().tolist() == [False, True]
    assert isinstance(OUT.quotes.to_pandas()["kind"].dtype, pd.CategoricalDtype)


def test_the_same_rows_everywhere() -> None:
    for name in COLUMNS:
        table = getattr(OUT, name)
        rows = table.to_pylist()
        assert len(table) == len(rows)
        assert table.to_arrow().to_pylist() == rows
        assert table.to_polars().to_dicts() == rows
        assert pl.DataFrame(table).to_dicts() == rows
        assert pa.table(table).num_rows == len(rows)
        assert list(table.to_pandas().columns) == table.columns


def test_a_schema_without_the_rows() -> None:
    assert pa.schema(OUT.quotes).names == list(COLUMNS["quotes"])


def test_many_batches_are_one_table() -> None:
    out = onrecord.extract([TEXT] * 9000)
    assert pa.table(out.quotes).column("doc").num_chunks > 1
    assert out.quotes.to_pandas()["doc"].tolist() == list(range(9000))
    assert [row["doc"] for row in out.quotes._columns.rows(8990, 8992)] == [8990, 8991]


def test_how_a_table_shows_itself() -> None:
    assert repr(OUT.sentences) == "sentences: 2 rows of doc, sentence, start, end, text"
    shown = onrecord.extract(["<b>5 & 6</b> $7"]).sentences._repr_html_()
    assert "&lt;b&gt;5 &amp; 6&lt;/b&gt; $7" in shown
    assert "<b>" not in shown
    assert "tex2jax_ignore" in shown
    assert repr(OUT) == "Extraction(2 documents, 2 sentences, 1 entities, 1 quotes)"
    assert OUT._repr_html_().count("<table>") == 4
