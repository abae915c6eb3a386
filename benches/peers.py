"""Side by side with what a user would pick instead: CPU time of each on the same fresh text, in turns.

    pip install pyicu sentencex blingfire syntok pysbd nltk
    python benches/peers.py sentences [CORPUS.jsonl.gz]

Without a corpus: `speed_en_20mb` under ONRECORD_DATA (else ../shared/data). The corpus is cut into rounds; in each
round every tool reads the same texts, as strings that no other tool has touched (Python keeps the UTF-8 form of a
string once somebody has asked for it), on one thread. Slow tools read the first texts of a round only. The figure of a
tool is the median of its rounds, its ratio the median of the ratios within a round.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord

if TYPE_CHECKING:
    from types import ModuleType

ROUNDS = 8
#: Bytes that each tool reads before the first round, to build what it builds once.
WARM_UP = 300_000
#: Bytes of a round that a slow tool reads.
SLOW = 60_000

Reader = Callable[[list[str]], object]


def sentence_readers() -> dict[str, tuple[Reader, bool]]:
    """The splitters that are installed, by name, and whether each is slow."""

    def ours(texts: list[str]) -> object:
        return onrecord.sentences(texts, threads=1, progress=False)

    def icu(module: ModuleType) -> Reader:
        breaks = module.BreakIterator.createSentenceInstance(module.Locale("en"))

        def read(texts: list[str]) -> object:
            found = []
            for text in texts:
                breaks.setText(text)
                found.append(list(breaks))
            return found

        return read

    def each(split: Callable[[str], object]) -> Reader:
        return lambda texts: [split(text) for text in texts]

    def syntok(module: ModuleType) -> Reader:
        return each(lambda text: [list(sentence) for part in module.analyze(text) for sentence in part])

    def pysbd(module: ModuleType) -> Reader:
        return each(module.Segmenter(language="en", clean=False, char_span=True).segment)

    def punkt(module: ModuleType) -> Reader:
        # Without trained parameters, which are a download: the algorithm's speed is the same.
        tokenizer = module.PunktSentenceTokenizer()
        return each(lambda text: list(tokenizer.span_tokenize(text)))

    peers: dict[str, tuple[str, Callable[[ModuleType], Reader], bool]] = {
        "PyICU (offsets)": ("icu", icu, False),
        "BlingFire (strings)": ("blingfire", lambda module: each(module.text_to_sentences), False),
        "BlingFire (offsets)": ("blingfire", lambda module: each(module.text_to_sentences_and_offsets), False),
        "sentencex (strings)": ("sentencex", lambda module: each(lambda text: module.segment("en", text)), False),
        "nltk punkt (offsets)": ("nltk.tokenize.punkt", punkt, True),
        "syntok (tokens)": ("syntok.segmenter", syntok, True),
        "pySBD (offsets)": ("pysbd", pysbd, True),
    }
    readers: dict[str, tuple[Reader, bool]] = {"onrecord.sentences": (ours, False)}
    for name, (module, reader, slow) in peers.items():
        try:
            readers[name] = (reader(importlib.import_module(module)), slow)
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)
    return readers


def part(texts: list[bytes], size: int) -> list[bytes]:
    """The first texts, of about `size` bytes together."""
    count, total = 0, 0
    while count < len(texts) and total < size:
        total += len(texts[count])
        count += 1
    return texts[:count]


def speed(read: Reader, texts: list[bytes], clock: Callable[[], float] = time.process_time) -> float:
    """Megabytes a second, on strings of its own."""
    fresh = [text.decode() for text in texts]
    start = clock()
    found = read(fresh)
    seconds = clock() - start
    del found
    return sum(map(len, texts)) / 1e6 / seconds


def compare(readers: dict[str, tuple[Reader, bool]], texts: list[bytes]) -> None:
    """Print the speed of every reader and the ratio of the first to it."""
    warm = part(texts, WARM_UP)
    for read, slow in readers.values():
        speed(read, part(warm, SLOW) if slow else warm)
    rest = texts[len(warm) :]
    rounds = [rest[n::ROUNDS] for n in range(ROUNDS)]
    speeds: dict[str, list[float]] = {name: [] for name in readers}
    for n, texts_of_round in enumerate(rounds):
        names = list(readers)
        for name in names[n % len(names) :] + names[: n % len(names)]:
            read, slow = readers[name]
            speeds[name].append(speed(read, part(texts_of_round, SLOW) if slow else texts_of_round))
    first, *_ = speeds
    print(f"{'MB/s of CPU time, one thread':30} {'median':>8}  {'ours':>7}")
    for name, own in speeds.items():
        ratio = statistics.median(a / b for a, b in zip(speeds[first], own, strict=True))
        print(f"{name:30} {statistics.median(own):8.1f}  {ratio:6.2f} x")


def threads(texts: list[bytes]) -> None:
    """Print how much faster two threads are than one, by the clock on the wall."""

    def read(count: int) -> Reader:
        return lambda texts: onrecord.sentences(texts, threads=count, progress=False)

    ratios = []
    # Two halves, so that there is enough to share; twice in turns, since another process may take a core meanwhile.
    for n in range(4):
        half = texts[n % 2 :: 2]
        one, two = (speed(read(count), half, time.perf_counter) for count in (1, 2))
        ratios.append(two / one)
    print(f"{'two threads, by the clock':30} {'':8}  {statistics.median(ratios):6.2f} x one")


def main() -> None:
    """Compare on the corpus given."""
    root = Path(os.environ.get("ONRECORD_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=["sentences"])
    parser.add_argument("corpus", nargs="?", type=Path, default=root / "corpus" / "speed_en_20mb.jsonl.gz")
    arguments = parser.parse_args()
    with gzip.open(arguments.corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"].encode() for line in lines]
    compare(sentence_readers(), texts)
    threads(texts)


if __name__ == "__main__":
    main()
