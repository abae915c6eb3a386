"""Options: checked once, by the core."""

from __future__ import annotations

import dataclasses

import pytest

import onrecord


def test_defaults_are_the_cores() -> None:
    assert onrecord.Config.from_dict({}) == onrecord.Config() == onrecord.Config.from_toml("")


def test_from_toml() -> None:
    config = onrecord.Config.from_toml("newline = 'break'\nabbreviations = ['Bde.']\nindirect = false")
    assert config == onrecord.Config(newline="break", abbreviations=["Bde."], indirect=False)
    assert config.abbreviations == ("Bde.",)


def test_frozen_and_hashable() -> None:
    config = onrecord.Config(abbreviations=["Bde"])
    assert hash(config) == hash(onrecord.Config(abbreviations=("Bde",)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.indirect = False  # type: ignore[misc]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"indrect": False}, "unknown field `indrect`"),
        ({"newline": "never"}, "unknown variant `never`"),
        ({"min_confidence": 2}, "between 0 and 1"),
        ({"min_confidence": "high"}, "invalid type"),
        ({"abbreviations": ["."]}, "must not be empty"),
    ],
)
def test_what_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(onrecord.ConfigError, match=message):
        onrecord.Config.from_dict(options)
    with pytest.raises(onrecord.ConfigError, match=message):
        onrecord.quotes(["A."], config=options)


def test_other_wrong_types() -> None:
    with pytest.raises(onrecord.ConfigError, match="list of words"):
        onrecord.Config(abbreviations="Bde.")
    with pytest.raises(onrecord.ConfigError, match="type that options do not have"):
        onrecord.Config(min_confidence=object())  # type: ignore[arg-type]
    with pytest.raises(onrecord.ConfigError, match="TOML"):
        onrecord.Config.from_toml("newline = ")
