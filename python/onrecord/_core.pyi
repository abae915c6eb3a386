"""The Rust core, as Python sees it. Private: use what `onrecord` exports."""

from collections.abc import Callable
from os import PathLike
from typing import Any, final

__all__ = [
    "LANGUAGES",
    "Columns",
    "Texts",
    "__version__",
    "config_from_json",
    "config_from_toml",
    "extract",
    "learn",
    "model",
    "models",
    "read",
]

__version__: str
LANGUAGES: list[str]

@final
class Columns:
    """The columns of a table. Immutable; speaks the Arrow PyCapsule interface."""

    @staticmethod
    def from_arrow(frame: object) -> Columns:
        """The columns of anything that has `__arrow_c_stream__` and a name for each column."""

    def column(self, name: str) -> Columns | None:
        """The column of this name alone, as a table; `None` when there is none."""

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""

    def rows(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Rows `start` to before `stop` as dicts."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

@final
class Texts:
    """The texts of a caller, held while they are read and as long as somebody may ask for one of them again."""

    def __new__(cls, texts: object) -> Texts: ...
    def __len__(self) -> int: ...

def models() -> list[tuple[str, list[str]]]:
    """What the built-in models say of themselves: a card as JSON, and the languages that the model reads."""

def model(path: str | PathLike[str]) -> tuple[str, list[str]]:
    """Checks a model file and returns what it says of itself."""

def learn(
    gold: str | PathLike[str], out: str | PathLike[str], *, lang: str, dev: str | PathLike[str] | None, licence: str
) -> str:
    """Learns a model from gold, writes it to `out`, and returns a report."""

def config_from_json(options: str) -> str:
    """Checks options given as JSON and returns them in full."""

def config_from_toml(options: str) -> str:
    """Checks options given as TOML and returns them in full, as JSON."""

def extract(
    texts: Texts,
    *,
    carried: list[tuple[str, Any]],
    depth: str,
    lang: str | None,
    config: str,
    threads: int | None,
    on_error: str,
    first: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[Columns, Columns, Columns, Columns, Columns]:
    """The tables of many texts, in the order documents, sentences, entities, quotes, errors."""

def read(texts: Texts, n: int, lang: str | None, config: str) -> dict[str, Any] | None:
    """Text `n`: itself, its language, its rows of each table, and its people; `None` when there is no text."""
