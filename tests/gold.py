"""The hand-written gold of the sample stories: reading it, and finding its words in the text.

Gold is TOML that a person can write and check by eye: words, no numbers. `load` turns it into code-point
spans. One file a story, `tests/gold/<story id>.toml`:

    sentences = ["Each sentence as it stands.", "In order, all of them."]
    entities = [["NATO", "ORG"], ["Ingrid Halvarsen", "PERSON"]]     # every mention, in order of appearance

    [[statements]]
    kind = "mixed"                         # direct | mixed | indirect | turn
    text = ["the words, a piece each"]     # several pieces: “A,” he said, “B”
    fragments = ["words"]                  # the quoted parts of a mixed statement
    cue = "said"                           # as written; left out where there is none
    speaker = "she"                        # the mention as written, with title and apposition; left out where none is
    speaker_name = "Ingrid Halvarsen"      # the fullest form in the story; left out for groups and the unnamed
    speaker_type = "person"                # person | organisation | group | unnamed

A piece must stand once in the story, or carry `near = "words that stand once"` to say where to look. Cue and
speaker are taken where they stand nearest to the pieces and to the cue.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GOLD = Path(__file__).parent / "gold"

Span = tuple[int, int]


class GoldError(ValueError):
    """Words of the gold that cannot be found in their story."""


@dataclass(frozen=True)
class Statement:
    kind: str
    spans: tuple[Span, ...]
    fragments: tuple[Span, ...] = ()
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    speaker_type: str | None = None


@dataclass(frozen=True)
class Gold:
    story: str
    text: str
    sentences: list[Span] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def occurrences(text: str, words: str) -> list[int]:
    """Where `words` stand in `text` as whole words."""
    left = r"(?<!\w)" if re.match(r"\w", words) else ""
    right = r"(?!\w)" if re.search(r"\w$", words) else ""
    return [m.start() for m in re.finditer(left + re.escape(words) + right, text)]


def in_order(story: str, text: str, items: list[str]) -> list[Span]:
    """Spans of `items`, each sought after the one before."""
    spans, at = [], 0
    for words in items:
        found = next((p for p in occurrences(text, words) if p >= at), None)
        if found is None:
            raise GoldError(f"{story}: {words!r} does not stand after {text[max(0, at - 30) : at]!r}")
        at = found + len(words)
        spans.append((found, at))
    return spans


def nearest(story: str, text: str, words: str, to: list[int]) -> Span:
    """The occurrence of `words` nearest to one of the places `to`."""
    found = occurrences(text, words)
    if not found:
        raise GoldError(f"{story}: {words!r} does not stand in the story")
    gap = lambda start: min(abs(place - edge) for edge in (start, start + len(words)) for place in to)  # noqa: E731
    start = min(found, key=gap)
    return start, start + len(words)


def statement(story: str, text: str, raw: dict[str, Any]) -> Statement:
    unknown = set(raw) - {"kind", "text", "fragments", "cue", "speaker", "speaker_name", "speaker_type", "near"}
    if unknown:
        raise GoldError(f"{story}: unknown keys {sorted(unknown)}")
    hint = raw.get("near")
    if hint is not None and text.count(hint) != 1:
        raise GoldError(f"{story}: near = {hint!r} stands {text.count(hint)} times, not once")

    def place(words: str) -> Span:
        found = occurrences(text, words)
        if len(found) == 1:
            return found[0], found[0] + len(words)
        if not found or hint is None:
            raise GoldError(
                f"{story}: {words!r} stands {len(found)} times; give `near`"
                if found
                else f"{story}: {words!r} is not there"
            )
        return nearest(story, text, words, [text.index(hint)])

    pieces = [place(p) for p in raw["text"]]
    fragments = []
    for f in raw.get("fragments", []):
        inside = [p for p in occurrences(text, f) if any(a <= p and p + len(f) <= b for a, b in pieces)]
        if not inside:
            raise GoldError(f"{story}: fragment {f!r} does not stand inside its statement")
        fragments.append((inside[0], inside[0] + len(f)))
    edges = [edge for piece in pieces for edge in piece]
    cue = nearest(story, text, raw["cue"], edges) if "cue" in raw else None
    speaker = nearest(story, text, raw["speaker"], [cue[0]] if cue else edges) if "speaker" in raw else None
    return Statement(
        kind=raw["kind"],
        spans=tuple(pieces),
        fragments=tuple(fragments),
        cue=cue,
        speaker=speaker,
        speaker_name=raw.get("speaker_name"),
        speaker_type=raw.get("speaker_type"),
    )


def load(story: str, text: str) -> Gold:
    """The gold of one story, its words found in `text`; `GoldError` names what cannot be found."""
    raw = tomllib.loads((GOLD / f"{story}.toml").read_text(encoding="utf-8"))
    sentences = in_order(story, text, raw["sentences"])
    at = 0
    for start, end in [*sentences, (len(text), len(text))]:
        if text[at:start].strip():
            raise GoldError(f"{story}: no sentence covers {text[at:start].strip()!r}")
        at = end
    names = in_order(story, text, [words for words, _ in raw["entities"]])
    return Gold(
        story=story,
        text=text,
        sentences=sentences,
        entities=[(s, e, label) for (s, e), (_, label) in zip(names, raw["entities"], strict=True)],
        statements=[statement(story, text, s) for s in raw.get("statements", [])],
    )
