"""Models: what is built in, a file of your own, and how to learn one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import _core

if TYPE_CHECKING:
    from os import PathLike


@dataclass(frozen=True)
class ModelCard:
    """What a model says of itself.

    Attributes:
        language: Code of the language that it learned.
        reads: Codes of the languages that it reads.
        licence: The terms it may be used under.
        learned_from: The sets it learned from, each with its licence.
        figures: Strict F1 on development sets, a line each; rules were mended with an eye on these.
    """

    language: str
    reads: tuple[str, ...]
    licence: str
    learned_from: tuple[str, ...]
    figures: tuple[str, ...]

    @classmethod
    def _of(cls, about: tuple[str, list[str]]) -> ModelCard:
        card, reads = json.loads(about[0]), tuple(about[1])
        return cls(card["language"], reads, card["licence"], tuple(card["learned_from"]), tuple(card["figures"]))


def models() -> list[ModelCard]:
    """The cards of the built-in models; a language without one is read by rules and lists.

    >>> [card.reads for card in onrecord.models()]
    [('en',), ('sr', 'hr', 'bs', 'cnr')]
    """
    return [ModelCard._of(about) for about in _core.models()]


@dataclass(frozen=True)
class Model:
    """A model file of your own, checked: give it to a reading in ``Config(models=[model])``.

    Attributes:
        path: Where the file lies; it is read again when a reading begins and the file has changed.
        card: What it says of itself.
        report: How right it was when it was learned; empty for a model that was loaded.
    """

    path: Path
    card: ModelCard
    report: str = ""

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Model:
        """Check a model file, as ``onrecord train`` writes it.

        Raises:
            ModelError: The file cannot be read, is damaged, cut off, or no model; nothing is used instead of it.

        >>> onrecord.Model.load("no.model")
        Traceback (most recent call last):
        onrecord.errors.ModelError: no.model: No such file or directory (os error 2)
        """
        path = Path(path)
        return cls(path, ModelCard._of(_core.model(path)))

    @classmethod
    def learn(
        cls,
        gold: str | PathLike[str],
        out: str | PathLike[str],
        *,
        lang: str = "en",
        dev: str | PathLike[str] | None = None,
        licence: str = "not stated",
    ) -> Model:
        """Learn a model from documents whose names you marked yourself, on top of the built-in model of the language.

        Args:
            gold: A JSONL file with a document a line: ``{"text": "…", "entities": [[start, end, "ORG"], …]}``; offsets
                in code points, labels PERSON, ORG, LOC, NORP and EVENT. At least five documents; a hundred begin to
                tell.
            out: Where to write the model.
            lang: Code of the language.
            dev: The same form, to measure on. Without it every fifth document is held back to measure on, and the model
                that is written then learns from all.
            licence: The terms under which your model may be used; it stands on the card.

        Raises:
            InputError: Gold that cannot be read; the message names file and line.

        Learning is deterministic: the same gold gives the same file.
        """
        report = _core.learn(gold, out, lang=lang, dev=dev, licence=licence)
        return cls(Path(out), ModelCard._of(_core.model(out)), report)

    def __fspath__(self) -> str:
        return os.fspath(self.path)
