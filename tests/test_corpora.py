"""The real corpora of the development data, through pandas: nothing fails, every offset is right, memory is bounded."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest

import onrecord

pytestmark = pytest.mark.corpora

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def topic(data: Path) -> pd.DataFrame:
    rows = []
    for path in sorted((data / "corpus").glob("*_topic.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return pd.DataFrame(rows)


def test_every_document_is_read_and_every_offset_is_right(topic: pd.DataFrame) -> None:
    assert len(topic) == 1917
    out = onrecord.extract(topic, text="text", id="id", keep=["outlet", "date"])
    assert len(out.documents) == 1917
    assert len(out.errors) == 0
    texts = topic["text"].tolist()
    for table in (out.sentences, out.entities, out.quotes):
        rows = table.to_pylist()
        assert len(rows) > 10_000
        for row in rows:
            text = texts[row["doc"]]
            assert text[row["start"] : row["end"]] == row["text"]
            for part in ("cue", "speaker"):
                if row.get(part) is not None:
                    assert text[row[f"{part}_start"] : row[f"{part}_end"]] == row[part]


def test_memory_is_bounded(data: Path) -> None:
    """Peak memory of reading all at once: at most ten times the text and 300 MB, frame and interpreter included."""
    if not Path("/proc/self/status").is_file():
        pytest.skip("no /proc here")
    program = textwrap.dedent("""
        import gzip, json, re, sys
        from pathlib import Path
        import pandas as pd
        import onrecord
        rows = []
        for path in sorted(Path(sys.argv[1]).glob("*_topic.jsonl.gz")):
            rows += [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
        size = sum(len(row["text"].encode()) for row in rows)
        frame = pd.DataFrame(rows)
        del rows
        out = onrecord.extract(frame, text="text", id="id", keep=["outlet", "date"])
        # Not ru_maxrss: that keeps what the parent of the process had.
        status = Path("/proc/self/status").read_text()
        print(size, int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) * 1024)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, str(data / "corpus")], capture_output=True, text=True, check=True
    )
    size, peak = map(int, done.stdout.split())
    assert peak <= 10 * size + 300e6, f"{peak / 1e6:.0f} MB for {size / 1e6:.0f} MB of text"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["01_first_look", "03_nato_and_the_western_balkans"])
@pytest.mark.parametrize("corpus", ["state_topic", "wikinews2020_topic"])
def test_notebooks_run_on_other_corpora(name: str, corpus: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    monkeypatch.setenv("ONRECORD_CORPUS", str(data / "corpus" / f"{corpus}.jsonl.gz"))
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=240, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 2
