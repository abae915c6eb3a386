"""What one core reads in a second: CPU time of each public call, on distinct real text.

    python benches/speed.py [CORPUS.jsonl.gz …]

Without arguments: the pieces of `speed_en_20mb` and the topic corpora under ONRECORD_DATA (else ../shared/data). Each
call runs on one thread and once, Python in and Arrow columns out; a warm-up on the first texts builds the lists.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from pathlib import Path

import onrecord

WARM_UP = 50


def texts(path: Path) -> list[str]:
    """The texts of a corpus, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def main(paths: list[Path]) -> None:
    """Print a table of corpora and calls."""
    calls = {call.__name__: call for call in (onrecord.sentences, onrecord.entities, onrecord.quotes, onrecord.extract)}
    print(f"{'MB/s on one core':30} {'MB':>6}  " + "  ".join(f"{name:>9}" for name in calls))
    for path in paths:
        corpus = texts(path)
        size = sum(len(text.encode()) for text in corpus) / 1e6
        speeds = []
        for call in calls.values():
            call(corpus[:WARM_UP], threads=1, progress=False)
            start = time.process_time()
            call(corpus, threads=1, progress=False)
            speeds.append(size / (time.process_time() - start))
        print(f"{path.name.partition('.')[0]:30} {size:6.1f}  " + "  ".join(f"{speed:9.1f}" for speed in speeds))


if __name__ == "__main__":
    root = Path(os.environ.get("ONRECORD_DATA", Path(__file__).parent.parent.parent / "shared" / "data")) / "corpus"
    main([Path(p) for p in sys.argv[1:]] or [root / "speed_en_20mb.jsonl.gz", *sorted(root.glob("*_topic.jsonl.gz"))])
