"""Run the notebooks on the bundled sample and save what they show, with nothing of the machine in them.

python tools/run_notebooks.py notebooks/*.ipynb
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main(paths: list[Path]) -> None:
    """Run each notebook in its own folder and write it back."""
    os.environ.pop("ONRECORD_CORPUS", None)
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=300, record_timing=False, resources=resources).execute()
        notebook.metadata = nbformat.from_dict(METADATA)
        for cell in notebook.cells:
            cell.metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
        nbformat.validate(notebook)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
