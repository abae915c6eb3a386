"""How right the installed package is: the dev figures of every task, in one table.

    python benches/accuracy.py [sentences] [entities] [quotes] [speakers]

Reads the gold data under ONRECORD_DATA (else ../shared/data) and scores with ONRECORD_SCORE (else
../shared/eval/score.py), one file a row; a file that is not there is named and left out. The golden rules (pySBD's 48
short English texts) are counted here: a text is right when every sentence is. PolNeAR has its words in marks scored
twice, once without the documents that write their marks as two apostrophes, which its gold does not know.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import onrecord

SHARED = Path(__file__).parent.parent.parent / "shared"
DATA = Path(os.environ.get("ONRECORD_DATA", SHARED / "data"))
SCORE = Path(os.environ.get("ONRECORD_SCORE", SHARED / "eval" / "score.py"))

#: The files of each task, under the scorer's name for it.
FILES: dict[str, list[tuple[str, str]]] = {
    "sentences": [
        ("sentences", f"sentences/{name}.jsonl")
        for name in (
            "en_ewt.dev",
            "en_gum_nonnews.dev",
            "en_gum_nonnews.train",
            "sr_set_hl.dev",
            "hr_set_hl.dev",
            "sl_ssj.dev",
            "sq_staf.train",
        )
    ],
    "entities": [
        ("entities", f"entities/{name}.jsonl")
        for name in (
            "open_news.dev",
            "WorldWide_MEASUREONLY.dev",
            "UNER_English-EWT.dev",
            "UNER_Serbian-SET.dev",
            "UNER_Croatian-SET.dev",
        )
    ],
    "quotes": [
        ("marked", "quotes/polnear_marked_MEASUREONLY.dev.jsonl"),
        ("quotes", "quotes/polnear_MEASUREONLY.dev.jsonl"),
    ],
    "speakers": [
        ("speakers", "quotes/world_speakers.dev.jsonl"),
        ("speakers", "quotes/open_news_speakers.dev.jsonl"),
        ("seed", "seed"),
    ],
}


def flat(figures: dict[str, Any]) -> str:
    """The figures of a file on one line."""
    cells = []
    for name, value in figures.items():
        if isinstance(value, dict):
            cells.append(f"{name}: {' '.join(f'{key} {cell}' for key, cell in value.items() if key != 'n')}")
        elif isinstance(value, list):
            cells.append(f"{name} {' / '.join(map(str, value))}")
        else:
            cells.append(f"{name} {value}")
    return " · ".join(cells)


def score(task: str, path: Path) -> dict[str, Any]:
    """What the scorer says of a file."""
    command = [sys.executable, str(SCORE), task, str(path), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    figures.pop("file", None)
    return figures


def without_apostrophes(path: Path) -> dict[str, Any]:
    """The figures of the documents whose marks are characters of their own."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / path.name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept.write_text("".join(x for x in lines if json.loads(x)["text"].count("''") < 2), encoding="utf-8")
        return score("marked", kept)


def golden(path: Path) -> str:
    """How many of the golden rules hold, and which do not."""
    rules = json.loads(path.read_text(encoding="utf-8"))
    wrong = []
    for n, (text, sentences) in enumerate(rules, 1):
        found = [" ".join(sentence.text.split()) for sentence in onrecord.read(text, lang="en").sentences]
        if found != [" ".join(sentence.split()) for sentence in sentences]:
            wrong.append(n)
    return f"{len(rules) - len(wrong)} of {len(rules)} right; wrong: {', '.join(map(str, wrong))}"


def main(tasks: list[str]) -> None:
    """Print a row for each file of the tasks."""
    for task in tasks:
        print(f"{task}:")
        for scorer, name in FILES[task]:
            path = DATA / name
            print(f"  {path.stem:36} {flat(score(scorer, path)) if path.exists() else 'not there'}", flush=True)
            if scorer == "marked" and path.exists():
                print(f"  {'  marks of one character':36} {flat(without_apostrophes(path))}", flush=True)
        if task == "sentences" and (rules := DATA / "sentences" / "golden_en_48.json").exists():
            print(f"  {rules.stem:36} {golden(rules)}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(FILES))
