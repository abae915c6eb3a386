"""The options of a reading."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal

from onrecord import _core
from onrecord.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Config:
    """How texts are read; frozen once made.

    Args:
        newline: What a single newline means. ``"auto"`` decides from the lines around it (a break after a headline or a
            paragraph, a space in hard-wrapped prose), ``"break"`` ends a sentence at each, ``"space"`` at none. A blank
            line always ends one.
        abbreviations: Words whose full stop does not end a sentence, beside the built-in ones, with or without it.
        gazetteer: A CSV file with names of your own: columns ``name`` and ``label`` (PERSON, ORG, LOC, NORP, EVENT),
            and if wanted ``id`` (it becomes the ``key``) and ``aliases`` (other forms, ``|`` between them). At most
            200,000 rows. These names are found wherever they stand with their capitals, whatever the model makes of
            them.
        models: Model files of your own (paths, or `Model`), each in the place of the built-in one of its language.
        indirect: Whether to return indirect speech. Without it: direct, mixed, fragments and turns.
        min_confidence: Statements of a lower confidence (0 to 1) are left out.

    Raises:
        ConfigError: A value of the wrong type or out of range; a gazetteer that cannot be read, with the line.
        ModelError: A model file that is damaged.

    >>> onrecord.Config(min_confidence=0.5).min_confidence
    0.5
    >>> onrecord.Config(min_confidence=7)
    Traceback (most recent call last):
    onrecord.errors.ConfigError: min_confidence must lie between 0 and 1, not 7
    """

    newline: Literal["auto", "break", "space"] = "auto"
    abbreviations: Sequence[str] = ()
    gazetteer: str | PathLike[str] | None = None
    models: Sequence[str | PathLike[str]] = ()
    indirect: bool = True
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        if isinstance(self.abbreviations, str):
            raise ConfigError("abbreviations must be a list of words, not one str")
        if isinstance(self.models, str | PathLike):
            raise ConfigError("models must be a list of files, not one")
        object.__setattr__(self, "abbreviations", tuple(self.abbreviations))
        try:
            object.__setattr__(self, "gazetteer", None if self.gazetteer is None else fspath(self.gazetteer))
            object.__setattr__(self, "models", tuple(fspath(model) for model in self.models))
            options = json.dumps(asdict(self))
        except (TypeError, ValueError) as error:
            raise ConfigError(f"an option has a type that options do not have: {error}") from None
        _core.config_from_json(options)

    @classmethod
    def from_dict(cls, options: Mapping[str, Any]) -> Config:
        """Make options from a mapping; an unknown key is a ConfigError.

        >>> onrecord.Config.from_dict({"indirect": False}).indirect
        False
        """
        return cls._of(_core.config_from_json(json.dumps(dict(options))))

    @classmethod
    def from_toml(cls, text: str) -> Config:
        """Make options from the text of a TOML file; an unknown key is a ConfigError.

        >>> onrecord.Config.from_toml("abbreviations = ['Bde.']").abbreviations
        ('Bde.',)
        """
        return cls._of(_core.config_from_toml(text))

    @classmethod
    def _of(cls, options: str) -> Config:
        return cls(**json.loads(options))

    def to_json(self) -> str:
        """The options as JSON, as the core reads them."""
        return json.dumps(asdict(self))
