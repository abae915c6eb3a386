"""The command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import onrecord
from onrecord.cli import main

TEXT = "“We stay,” Gen. Marko Ilić said. He denied that KFOR would leave."


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8-sig")
    return str(path)


def test_read(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", story]) == 0
    shown = capsys.readouterr().out
    assert "Marko Ilić (said, direct):\n  We stay" in shown
    assert "Marko Ilić (denied, indirect):\n  KFOR would leave" in shown


def test_models(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("en: CC BY-SA 4.0")
    assert "Universal NER" in shown
    assert "open_news.dev: PER " in shown


def test_read_json_and_html(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", story, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(onrecord.read(TEXT).to_json())
    assert main(["read", story, "--html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_read_from_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "read", "-"],
        input=TEXT.encode(),
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert "Marko Ilić (said, direct)" in done.stdout.decode()


def test_what_goes_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 1
    assert "onrecord: " in capsys.readouterr().err
    (tmp_path / "latin").write_bytes("Vučić".encode("cp1250"))
    assert main(["read", str(tmp_path / "latin")]) == 1
    assert "utf-8" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("A.")
    assert main(["read", str(tmp_path / "a.txt"), "--lang", "xx"]) == 1
    assert "unknown language" in capsys.readouterr().err
    with pytest.raises(SystemExit) as usage:
        main(["read"])
    assert usage.value.code == 2


def test_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "-o", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Most quoted" in shown and "invented" in shown
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "documents.parquet", "entities.parquet", "quotes.parquet", "sentences.parquet", "story.html",
    ]  # fmt: skip
    assert pq.read_table(tmp_path / "documents.parquet").num_rows == len(onrecord.sample())
    assert 'class="quote' in (tmp_path / "story.html").read_text(encoding="utf-8")
