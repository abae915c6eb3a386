"""The models that are built in, and what each says of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

from onrecord import _core


@dataclass(frozen=True)
class ModelCard:
    """What a model says of itself.

    Attributes:
        language: Code of the language it reads.
        licence: The terms it may be used under.
        learned_from: The sets it learned from, each with its licence.
        figures: Strict F1 on development sets, a line each; rules were mended with an eye on these.
    """

    language: str
    licence: str
    learned_from: tuple[str, ...]
    figures: tuple[str, ...]


def models() -> list[ModelCard]:
    """The cards of the built-in models; a language without one is read by rules and lists.

    >>> [card.language for card in onrecord.models()]
    ['en']
    """
    return [
        ModelCard(card["language"], card["licence"], tuple(card["learned_from"]), tuple(card["figures"]))
        for card in map(json.loads, _core.model_cards())
    ]
