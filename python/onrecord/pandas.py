"""Importing this gives pandas frames and series an accessor: ``df.onrecord.quotes("body")``.

>>> import pandas as pd
>>> import onrecord.pandas
>>> df = pd.DataFrame({"body": ["“We stay,” Goran Trpevski said."], "outlet": ["A"]})
>>> df.onrecord.quotes("body", keep=["outlet"])[["speaker_name", "outlet"]].values.tolist()
[['Goran Trpevski', 'A']]
>>> df["body"].onrecord.sentences()["text"].tolist()
['“We stay,” Goran Trpevski said.']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

import onrecord

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from onrecord.extraction import Extraction, Reading

__all__ = ["FrameAccessor", "SeriesAccessor"]


@pd.api.extensions.register_dataframe_accessor("onrecord")
class FrameAccessor:
    """``df.onrecord``: what stories in a column of the frame hold.

    Each method takes the column's name and the keyword arguments of `onrecord.extract`.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def sentences(self, text: str, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The sentences of the stories in column `text`."""
        return onrecord.sentences(self._frame, text=text, **reading)

    def entities(self, text: str, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The entities of the stories in column `text`."""
        return onrecord.entities(self._frame, text=text, **reading)

    def quotes(self, text: str, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The quotes of the stories in column `text`."""
        return onrecord.quotes(self._frame, text=text, **reading)

    def extract(self, text: str, **reading: Unpack[Reading]) -> Extraction:
        """All tables of the stories in column `text`."""
        return onrecord.extract(self._frame, text=text, **reading)


@pd.api.extensions.register_series_accessor("onrecord")
class SeriesAccessor:
    """``series.onrecord``: what stories in the series hold."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def sentences(self, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The sentences of the stories."""
        frame: pd.DataFrame = onrecord.sentences(self._series, **reading)
        return frame

    def entities(self, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The entities of the stories."""
        frame: pd.DataFrame = onrecord.entities(self._series, **reading)
        return frame

    def quotes(self, **reading: Unpack[Reading]) -> pd.DataFrame:
        """The quotes of the stories."""
        frame: pd.DataFrame = onrecord.quotes(self._series, **reading)
        return frame

    def extract(self, **reading: Unpack[Reading]) -> Extraction:
        """All tables of the stories."""
        return onrecord.extract(self._series, **reading)
