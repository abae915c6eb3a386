"""A progress bar for long work: tqdm's, where it is installed."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

#: Seconds after which work is long enough for a bar.
PATIENCE = 2.0


class Bar:
    """Shows stories done and megabytes a second, once the work has gone on for a while.

    Args:
        total: Stories to read.
        show: True: at once. False: never. None: after two seconds, if tqdm is installed.
    """

    def __init__(self, total: int, *, show: bool | None) -> None:
        self._total, self._show = total, show
        self._start = time.monotonic()
        self._bar: Any = None
        #: What the core calls with stories and bytes done; None when nothing is to be shown.
        self.callback = None if show is False else self._report

    def __enter__(self) -> Bar:
        if self._show:
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def _report(self, stories: int, size: int) -> None:
        seconds = time.monotonic() - self._start
        if self._bar is None and seconds >= PATIENCE and stories < self._total:
            self._open()
        if self._bar is not None:
            self._bar.set_postfix_str(f"{size / 1e6 / max(seconds, 1e-9):.1f} MB/s", refresh=False)
            self._bar.update(stories - self._bar.n)

    def _open(self) -> None:
        try:
            with warnings.catch_warnings():
                # tqdm.auto warns where a notebook has no widgets, and then shows text all the same.
                warnings.simplefilter("ignore")
                from tqdm.auto import tqdm  # noqa: PLC0415 - no required dependency

                self._bar = tqdm(total=self._total, unit=" stories", unit_scale=True)
            self._bar.start_t -= time.monotonic() - self._start  # it opened late, and counts from the start
        except ImportError:
            if self._show:
                raise ImportError("progress=True needs tqdm: pip install tqdm") from None
            self.callback = None
