"""Every example in a docstring and every Python block of the README runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).parent.parent
MODULES = [
    "onrecord",
    *(m.name for m in pkgutil.walk_packages(onrecord.__path__, "onrecord.") if "__main__" not in m.name),
]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, _ = doctest.testmod(module, extraglobs={"onrecord": onrecord}, optionflags=options)
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(bool(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name))) >= 12


def test_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), space)


def test_the_readme_names_every_column() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    out = onrecord.extract([])
    for table in (out.documents, out.sentences, out.entities, out.quotes, out.errors):
        assert ", ".join(table.columns) in " ".join(readme.replace("`", "").split()), table.name
