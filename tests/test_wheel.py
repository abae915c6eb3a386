"""The wheel as a stranger gets it: built, installed without extras into an empty environment, reading there."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
import sys
import onrecord
assert "pandas" not in sys.modules and "pyarrow" not in sys.modules
story = onrecord.read("“We stay,” Gen. Marko Ilić said.")
out = onrecord.extract(["“We stay,” Gen. Marko Ilić said.", None, "Nothing."])
assert out.quotes.to_pylist()[0]["speaker_name"] == story.quotes[0].speaker_name == "Marko Ilić"
assert len(onrecord.samples.stories()) >= 60
for lacking in (out.quotes.to_pandas, out.quotes.to_polars, out.quotes.to_arrow, onrecord.sample):
    try:
        lacking()
    except ImportError as error:
        assert "pip install" in str(error), error
    else:
        raise AssertionError("it should not be here")
print("read", len(out.quotes), "quotes")
"""


@pytest.mark.timeout(900)
def test_a_wheel_alone_reads_a_list(tmp_path: Path) -> None:
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    build = [sys.executable, "-m", "maturin", "build", "--release", "--out", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, env=os.environ | {"CARGO_TARGET_DIR": f"{target}/wheel"}, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert "cp310-abi3" in wheel.name
    assert wheel.stat().st_size < 20e6
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    done = subprocess.run([python, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("read 1 quotes\n", 0), done.stderr


def test_import_is_light() -> None:
    program = "import sys, onrecord; print(sys.modules.keys() & {'pandas', 'polars', 'pyarrow', 'numpy', 'tqdm'})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
