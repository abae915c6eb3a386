"""The command line: ``onrecord read FILE`` for one story, ``onrecord demo`` for the bundled sample."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord
from onrecord.errors import OnRecordError
from onrecord.samples import stories
from onrecord.tables import Table, text_table

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = """\
examples:
  onrecord read story.txt              who said what, as text
  onrecord read story.txt --html       a page with everything highlighted
  cat story.txt | onrecord read -      from standard input
  onrecord demo -o out                 the sample stories, as Parquet files and a page
  onrecord train gold.jsonl -o my.model    a model from names that you marked
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 an error in the input, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="onrecord",
        description="Who said what about whom, from news stories.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {onrecord.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    read = commands.add_parser("read", help="read one story")
    read.add_argument("file", help='a text file in UTF-8, or "-" for standard input')
    read.add_argument("--lang", help="en sr hr bs cnr mk sq sl; detected when not given")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the story as JSON")
    form.add_argument("--html", action="store_true", help="print a page of HTML")
    demo = commands.add_parser("demo", help="read the bundled sample stories")
    demo.add_argument("-o", "--out", type=Path, help="folder for Parquet files and a page of one story")
    commands.add_parser("models", help="what is built in, and what it learned from")
    train = commands.add_parser("train", help="learn a model from documents whose names you marked")
    train.add_argument("gold", type=Path, help='JSONL: {"text": "…", "entities": [[start, end, "ORG"], …]} a line')
    train.add_argument("-o", "--out", type=Path, required=True, help="where to write the model")
    train.add_argument("--lang", default="en", help="en sr hr bs cnr mk sq sl; English when not given")
    train.add_argument("--dev", type=Path, help="the same form, to measure on; else every fifth document is held back")
    train.add_argument("--licence", default="not stated", help="the terms of your model, for its card")
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "read":
            _read(arguments)
        elif arguments.command == "models":
            _models()
        elif arguments.command == "train":
            _train(arguments)
        else:
            _demo(arguments.out)
    except (OnRecordError, OSError, UnicodeDecodeError, ImportError) as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    return 0


def _read(arguments: argparse.Namespace) -> None:
    data = sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
    story = onrecord.read(data.decode("utf-8-sig"), lang=arguments.lang)
    if arguments.json:
        print(story.to_json(indent=2))
    elif arguments.html:
        print(story.to_html())
    else:
        print(story)
        for quote in story.quotes:
            if quote.kind != "fragment":
                who = quote.speaker_name or quote.speaker or "?"
                print(f"\n{who} ({quote.cue or 'no cue'}, {quote.kind}):\n  {' '.join(quote.text.split())}")


def _models() -> None:
    for card in onrecord.models():
        print(f"{' '.join(card.reads)}: {card.licence}")
        for line in ("learned from:", *card.learned_from, "strict F1 on development sets:", *card.figures):
            print(f"  {line}" if line.endswith(":") else f"    {line}")


def _train(arguments: argparse.Namespace) -> None:
    model = onrecord.Model.learn(
        arguments.gold, arguments.out, lang=arguments.lang, dev=arguments.dev, licence=arguments.licence
    )
    print(model.report)
    print(f"{model.path}: use it with onrecord.Config(models=[{str(model.path)!r}])")


def _demo(out: Path | None) -> None:
    sample = stories()
    texts = [story["text"] for story in sample]
    start = time.perf_counter()
    found = onrecord.extract(texts)
    seconds = time.perf_counter() - start
    outlets = len({story["outlet"] for story in sample})
    print(f"{len(sample)} invented stories from {outlets} invented outlets, read in {seconds * 1000:.0f} ms.\n")
    _show(found.sentences, ["doc", "sentence", "start", "end", "text"])
    _show(found.entities, ["doc", "text", "label", "name", "role"])
    _show(found.quotes, ["doc", "text", "kind", "cue", "speaker_name"])
    rows = found.quotes.to_pylist()
    print("Most quoted (statements):")
    said = {(row["doc"], row["statement"]): row["speaker_name"] for row in rows if row["speaker_name"]}
    for name, statements in Counter(said.values()).most_common(10):
        print(f"{statements:5}  {name}")
    if out is not None:
        _write(found, out, doc=max(range(len(sample)), key=Counter(row["doc"] for row in rows).__getitem__))


def _show(table: Table, columns: list[str]) -> None:
    print(f"{table!r}\n{text_table(table, columns, rows=5, width=44)}\n")


def _write(found: onrecord.Extraction, out: Path, *, doc: int) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only the demo with -o needs it

    out.mkdir(parents=True, exist_ok=True)
    for table in (found.documents, found.sentences, found.entities, found.quotes):
        pq.write_table(table.to_arrow(), out / f"{table.name}.parquet")
    (out / "story.html").write_text(found.story(doc).to_html(), encoding="utf-8")
    print(f"\nWritten to {out}/: documents, sentences, entities and quotes as .parquet, and story.html to look at.")
