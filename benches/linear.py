"""Whether time grows with the text and no faster: hostile texts of one thing repeated, of n and of 2n bytes.

    python benches/linear.py [sentences] [quotes] [MEGABYTES]

Prints the CPU time of `onrecord.sentences` and `onrecord.quotes` on each and the ratio of the two, which is 2 where
time is linear; a ratio over 2.5 ends in an error. Default: 50 and 100 MB for sentences, both beyond the 32 MB from
which glibc takes fresh pages from the system, whose cost would otherwise fall on one of the two alone; a tenth of it
for quotes, which read more.
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
    "sentences": {
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
    },
    "quotes": {
        "only “": "“",
        'only "': '"',
        "only '": "'",
        "only “‘": "“‘",
        "said said said": "said ",
        '"Aa said "Aa said': '"Aa said ',
        "“a” “a” “a”": "“a” ",
        "“A b,” he said.": "“A b,” he said. ",
        "'' a '' a": "'' a",
        "who said that who": "who said that ",
    },
}


def seconds(task: str, text: str) -> float:
    """CPU time to read one text: the least of several readings, fewer where one takes long."""
    read = getattr(onrecord, task)
    readings: list[float] = []
    while not readings or (len(readings) < MOST and sum(readings) < 1):
        start = time.process_time()
        read([text], threads=1, lang="en", progress=False)
        readings.append(time.process_time() - start)
    return min(readings)


def main(tasks: list[str], megabytes: float) -> None:
    """Print a row for each text."""
    slow = []
    for task in tasks:
        seconds(task, "The first text builds the lists.")
        for name, part in TEXTS[task].items():
            size = int(megabytes * (1e6 if task == "sentences" else 1e5) / len(part.encode()))
            half, whole = (seconds(task, part * n) for n in (size // 2, size))
            print(f"{task:10} {name:20} {half:7.3f} s  {whole:7.3f} s  {whole / half:5.2f} x", flush=True)
            if whole / half > LIMIT:
                slow.append(name)
    if slow:
        sys.exit(f"faster than linear growth: {', '.join(slow)}")


if __name__ == "__main__":
    named = [argument for argument in sys.argv[1:] if argument in TEXTS]
    sizes = [float(argument) for argument in sys.argv[1:] if argument not in TEXTS]
    main(named or list(TEXTS), sizes[0] if sizes else 100)
