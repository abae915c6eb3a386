"""Whether time grows with the text and no faster: hostile texts of one thing repeated, of n and of 2n bytes.

    python benches/linear.py [MEGABYTES]

Prints the CPU time of `onrecord.sentences` on each and the ratio of the two, which is 2 where time is linear; a ratio
over 2.5 ends in an error. Default: 50 and 100 MB, both beyond the 32 MB from which glibc takes fresh pages from the
system, whose cost would otherwise fall on one of the two alone.
"""

from __future__ import annotations

import sys
import time

import onrecord

#: A ratio over this is no noise.
LIMIT = 2.5
#: Readings of one text.
MOST = 8

TEXTS = {
    "only “.”": ".",
    "only newlines": "\n",
    "only ““”": "“",
    "only “A. ”": "A. ",
    "only “Mr. ”": "Mr. ",
    "one word": "a",
    "one sentence": "and then ",
    "only “…”": "…",
    "only “1. ”": "1. ",
    "only “[1]”": "[1]",
    "only “. (”": ". (",
    "only “a.\\n”": "a.\n",
    "only “. . ”": ". . ",
    "only dates": "Monday, May 5, 2014 ",
}


def seconds(text: str) -> float:
    """CPU time to split one text: the least of several readings, fewer where one takes long."""
    readings: list[float] = []
    while not readings or (len(readings) < MOST and sum(readings) < 1):
        start = time.process_time()
        onrecord.sentences([text], threads=1, lang="en", progress=False)
        readings.append(time.process_time() - start)
    return min(readings)


def main(megabytes: float) -> None:
    """Print a row for each text."""
    seconds("The first text builds the lists.")
    slow = []
    for name, part in TEXTS.items():
        size = int(megabytes * 1e6 / len(part.encode()))
        half, whole = (seconds(part * n) for n in (size // 2, size))
        print(f"{name:16} {half:7.3f} s  {whole:7.3f} s  {whole / half:5.2f} x", flush=True)
        if whole / half > LIMIT:
            slow.append(name)
    if slow:
        sys.exit(f"faster than linear growth: {', '.join(slow)}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 100)
