"""The sample stories that come with the package. They are invented: outlets, speakers and words."""

from __future__ import annotations

import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def sample() -> pd.DataFrame:
    """Sample stories from five invented outlets over twelve weeks, as a pandas frame.

    Returns:
        One row a story: id, outlet, date, section, headline, text, reprint_of (the id of the story that a reprint was
        made from, else missing). NATO and the Western Balkans are real; everybody who speaks is invented.

    Raises:
        ImportError: pandas is missing.

    >>> frame = onrecord.sample()
    >>> frame.columns.tolist()
    ['id', 'outlet', 'date', 'section', 'headline', 'text', 'reprint_of']
    """
    try:
        import pandas as pd  # noqa: PLC0415 - no required dependency
    except ImportError as error:
        raise ImportError(f"sample() needs pandas: pip install 'onrecord[pandas]' ({error})") from None
    frame = pd.DataFrame(stories())
    frame["date"] = pd.to_datetime(frame["date"])
    return frame


def stories() -> list[dict[str, Any]]:
    """The sample stories as dicts, by date and id; for those who have no pandas."""
    folder = resources.files("onrecord") / "sample"
    found = []
    for outlet in folder.iterdir():
        if outlet.is_dir():
            found += [
                _story(path.read_text(encoding="utf-8")) for path in outlet.iterdir() if path.name.endswith(".txt")
            ]
    return sorted(found, key=lambda story: (story["date"], story["id"]))


def _story(source: str) -> dict[str, Any]:
    """A header of "name: value" lines, a blank line, the text."""
    header, _, text = source.partition("\n\n")
    fields: dict[str, Any] = dict(line.split(": ", 1) for line in header.splitlines())
    names = ("id", "outlet", "date", "section", "headline")
    return {
        **{name: fields[name] for name in names},
        "date": datetime.date.fromisoformat(fields["date"]),
        "text": text.rstrip("\n"),
        "reprint_of": fields.get("reprint_of"),
    }
