"""Runs the cases of `tests/cases` through Python; `tests/cases.rs` runs the same through the core."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import onrecord

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*/*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["todo"], strict=True)] if "todo" in case else []
            found.append(pytest.param(case, id=f"{path.parent.name}/{path.stem}/{case['name']}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    config = onrecord.Config(abbreviations=case.get("abbreviations", []))
    story = onrecord.read(case["text"], lang=case.get("lang"), config=config)
    if "language" in case:
        assert story.lang == case["language"]
    if "sentences" in case:
        assert [s.text for s in story.sentences] == case["sentences"]
    if "entities" in case:
        assert [[e.text, e.label] for e in story.entities] == case["entities"]
    for mention, name in case.get("names", []):
        assert {e.name for e in story.entities if e.text == mention} == {name}
    if "quotes" in case:
        names = {"name": "speaker_name", "type": "speaker_type"}
        assert [q.text for q in story.quotes] == [row["text"] for row in case["quotes"]]
        for row, quote in zip(case["quotes"], story.quotes, strict=True):
            got = {key: getattr(quote, names.get(key, key)) or "" for key in row if key != "statement"}
            assert got == {key: value for key, value in row.items() if key != "statement"}
        numbers = {
            (row["statement"], quote.statement)
            for row, quote in zip(case["quotes"], story.quotes, strict=True)
            if "statement" in row
        }
        assert len({a for a, _ in numbers}) == len({b for _, b in numbers}) == len(numbers)
