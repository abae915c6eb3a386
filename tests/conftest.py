"""What the tests share: where development data lies, if it does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of development data; tests that need it skip without it."""
    root = Path(__file__).parent.parent
    folder = Path(os.environ.get("ONRECORD_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder} (ONRECORD_DATA names another place)")
    return folder
