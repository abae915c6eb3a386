"""Fit the weights of `src/quotes/confidence.tsv` on statements that are told right or wrong.

python tools/calibrate.py [TRAIN.jsonl [DEV.jsonl …]]

Without arguments: open_news_speakers.train and .dev under ONRECORD_DATA (else ../shared/data). A statement is right
when it overlaps one of the gold by half and has its speaker (a surname and first name, or the words of a body; none
where the gold names none). Prints how well confidence tells right from wrong (AUROC), and what share is right at each
level.
"""

from __future__ import annotations

import json
import math
import os
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

import onrecord

WEIGHTS = Path(__file__).parent.parent / "src/quotes/confidence.tsv"
#: Pull towards weights of 0, and of 1 for the rule, in statements.
PRIOR = 2.0
PRONOUNS = {"he", "she", "who", "his", "her", "him"}
Span = tuple[int, int]


def overlap(a: Span, b: Span) -> float:
    """Characters that two spans share, over those that either has."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(shared, 0) / (max(a[1], b[1]) - min(a[0], b[0]))


def folded(name: str | None) -> list[str]:
    """The words of a name without case and diacritics."""
    plain = unicodedata.normalize("NFKD", (name or "").casefold())
    return "".join(c if c.isalnum() or c.isspace() else " " for c in plain if not unicodedata.combining(c)).split()


def agrees(gold: dict[str, Any], name: str | None) -> bool:
    """Whether a name is the gold's speaker."""
    if gold.get("speaker_type") not in ("person", "organisation"):
        return name is None
    said = folded(name)
    for wanted in map(folded, {gold["speaker_name"], gold.get("speaker_name_text") or gold["speaker_name"]}):
        if not wanted or not said:
            continue
        if gold["speaker_type"] == "person":
            if wanted[-1] == said[-1] and (len(wanted) == 1 or len(said) == 1 or wanted[0] == said[0]):
                return True
        elif set(wanted) <= set(said) or set(said) <= set(wanted):
            return True
    return False


def features(row: dict[str, Any]) -> tuple[str, str]:
    """The features of a row, by their names in the file."""
    who = row["speaker_type"] or "nobody"
    if who == "person" and (row["speaker"] or "he").lower() in PRONOUNS:
        who = "person pronoun"
    if who == "organisation" and row["speaker_name"] is None:
        who = "organisation nameless"
    return f"kind:{row['kind']}", f"speaker:{who}"


def statements(path: Path) -> list[tuple[dict[str, Any], bool]]:
    """The first row of each statement, and whether the gold has it with its speaker; borderline ones are left out."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    table = onrecord.extract([d["text"] for d in documents], progress=False).quotes.to_arrow().to_pylist()
    pieces = defaultdict(list)
    for row in table:
        if row["kind"] not in ("fragment", "turn"):  # turns: one document of the gold has them
            pieces[row["doc"], row["statement"]].append(row)
    told = []
    for (doc, _), rows in pieces.items():
        spans = [(r["start"], r["end"]) for r in rows]
        spans.append((min(s for s, _ in spans), max(e for _, e in spans)))

        def likeness(gold: dict[str, Any], spans: list[Span] = spans) -> float:
            wanted = [tuple(s) for s in [*gold["spans"], *gold.get("fragments", [])]]
            wanted.append((wanted[0][0], gold["spans"][-1][1]))
            return max(overlap(a, b) for a in spans for b in wanted)

        best = max(documents[doc]["quotes"], key=likeness, default=None)
        found = best is not None and likeness(best) >= 0.5
        if found and best is not None and (best.get("note") or "").startswith("borderline"):
            continue
        told.append((rows[0], bool(found and best is not None and agrees(best, rows[0]["speaker_name"]))))
    return told


def logit(p: float) -> float:
    """The log-odds of a probability."""
    return math.log(p / (1 - p))


def read() -> dict[str, float]:
    """The weights of the file."""
    lines = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines)}


def fit(told: list[tuple[dict[str, Any], bool]], old: dict[str, float]) -> dict[str, float]:
    """New weights, by Newton's method; what the rule gave is had back from the confidence by the old ones."""
    names = list(old)
    x = np.zeros((len(told), len(names)))
    for n, (row, _) in enumerate(told):
        on = features(row)
        x[n, 0] = 1
        x[n, 1] = (logit(row["confidence"]) - old["bias"] - sum(old[f] for f in on)) / old["rule"]
        for feature in on:
            x[n, names.index(feature)] = 1
    y = np.array([right for _, right in told], dtype=float)
    prior = np.array([1.0 if name == "rule" else 0.0 for name in names])
    w = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - PRIOR * (w - prior)
        curve = (x * (p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(len(names))
        w += np.linalg.solve(curve, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, w, strict=True)}


def report(path: Path, told: list[tuple[dict[str, Any], bool]]) -> None:
    """Print how far confidence tells right from wrong."""
    scored = [(row["confidence"], right) for row, right in told]
    right = [c for c, ok in scored if ok]
    wrong = [c for c, ok in scored if not ok]
    pairs = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / max(len(right) * len(wrong), 1)
    print(f"{path.name}: {len(scored)} statements, {len(right) / len(scored):.1%} right, AUROC {pairs:.3f}")
    for low, high in [(0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)]:
        at = [ok for c, ok in scored if low <= c < high]
        if at:
            print(f"  {low:.2f} to {min(high, 1):.2f}: {len(at):4d} statements, {sum(at) / len(at):.1%} right")
    sure = [ok for c, ok in scored if c >= 0.9]
    print(f"  at 0.9 and more: {len(sure)} statements, {sum(sure) / max(len(sure), 1):.1%} right")


def main(paths: list[Path]) -> None:
    """Fit on the first file, report on all; the report is that of the weights built in."""
    told = [statements(path) for path in paths]
    for path, one in zip(paths, told, strict=True):
        report(path, one)
    weights = fit(told[0], read())
    comments = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [f"{name}\t{weight:g}" for name, weight in weights.items()]
    WEIGHTS.write_text("\n".join([*comments, *rows]) + "\n", encoding="utf-8")
    print(f"{WEIGHTS} is written; build anew, and run this once more to see what it gives")


if __name__ == "__main__":
    folder = Path(os.environ.get("ONRECORD_DATA", "../shared/data")) / "quotes"
    default = [folder / f"open_news_speakers.{part}.jsonl" for part in ("train", "dev")]
    main([Path(argument) for argument in sys.argv[1:]] or default)
