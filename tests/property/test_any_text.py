"""Properties that hold for any text at all: offsets, order, cover, determinism."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

import onrecord

# Any Unicode but surrogates, and often the marks and words that rules look for.
NEWS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "„",
        "«",
        "»",
        ". ",
        ", ",
        "? ",
        "\n",
        "\n\n",
        "\r\n",
        " said ",
        " Marta Kovač ",
        " he ",
        " according to ",
        "Gen. ",
        "NATO ",
        " that ",
        "MS. ILIĆ: ",
        "Q  ",
        " Tuesday ",
        "21 November 2023",
        "(",
        ")",
        "…",
        "\0",
        "\u0301",
        "\u202e",
        "שלום",
        "😀",
        "𝔘",
        "\u200d",
        "Вучић ",
        " рекао је ",
        " the minister ",
        "—",
        "U.S. ",
    ]
)
TEXT = st.one_of(st.text(), st.lists(st.one_of(NEWS, st.text(max_size=4)), max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXT)
@example("“One” said he")
@example("\0")
@example("'" * 50)
def test_offsets_and_order(text: str) -> None:
    out = onrecord.extract([text])
    at = 0
    for row in out.sentences.to_pylist():
        assert text[at : row["start"]].strip() == "" and row["start"] < row["end"]
        assert text[row["start"] : row["end"]] == row["text"]
        at = row["end"]
    assert text[at:].strip() == ""
    at = 0
    for row in out.entities.to_pylist():
        assert row["start"] >= at and text[row["start"] : row["end"]] == row["text"] != ""
        at = row["end"]
        assert row["role"] is None or row["role"] in text
    for n, row in enumerate(out.quotes.to_pylist()):
        assert row["quote"] == n
        assert text[row["start"] : row["end"]] == row["text"] != ""
        for part in ("cue", "speaker"):
            start, end = row[f"{part}_start"], row[f"{part}_end"]
            assert row[part] == (None if start is None else text[start:end])
        assert 0 <= row["confidence"] <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXT), max_size=8), st.randoms(use_true_random=False))
def test_neighbours_and_order_change_nothing(texts: list[str | None], random: object) -> None:
    alone = [onrecord.extract([text]) for text in texts]
    together = onrecord.extract(texts)
    for name in ("sentences", "entities", "quotes"):
        rows = [row | {"doc": n} for n, out in enumerate(alone) for row in getattr(out, name).to_pylist()]
        assert getattr(together, name).to_pylist() == rows


@settings(max_examples=100, deadline=None)
@given(st.sampled_from("“”\"‘’'„«»‹›「"), st.integers(0, 60))
def test_an_odd_mark_costs_no_other_paragraph(mark: str, at: int) -> None:
    before = "“We begin here,” Marta Kovač said."
    middle = "The minister walked to the car and left without a word."
    after = "“We end here,” Ana Ilić said."
    at = min(at, len(middle))
    text = "\n\n".join([before, middle[:at] + mark + middle[at:], after])
    said = [(q.text, q.speaker_name) for q in onrecord.read(text).quotes if q.kind == "direct"]
    assert ("We begin here", "Marta Kovač") in said
    assert ("We end here", "Ana Ilić") in said
