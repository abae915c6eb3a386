"""Compile the list of English finite verb forms from the Universal Dependencies treebanks.

    python tools/finite_verbs.py ../shared/data/treebank

A word form counts as finite when at least `SHARE` of what the training parts have of it, whatever its case, is a
finite verb or auxiliary, and as one that may be when at least `SOMETIMES` is ("show": written with a "?"). The clause
rules ask only whether a stretch of words has such a form.
Sources: English EWT (CC BY-SA 4.0) and the free genres of English GUM (annotations CC BY 4.0), training parts.
"""

from __future__ import annotations

import collections
import gzip
import sys
from pathlib import Path

SHARE = 0.35
SOMETIMES = 0.08
SEEN = 2
OUT = Path(__file__).parent.parent / "src/language/en/finite_verbs.txt"
HEAD = """\
# Word forms that are most often finite verbs, one a line, and after "?" those that are now and then; compiled by
# tools/finite_verbs.py from the training parts of UD English EWT (CC BY-SA 4.0) and of the free genres of UD English
# GUM (CC BY 4.0). Edit the tool, not this file.
"""


def main(folder: Path) -> None:
    """Read the training parts in `folder` and write the list."""
    total: collections.Counter[str] = collections.Counter()
    finite: collections.Counter[str] = collections.Counter()
    for path in sorted(folder.glob("*.train.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 10 and cells[0].isdigit():
                    form = cells[1].casefold()
                    total[form] += 1
                    finite[form] += cells[3] in ("VERB", "AUX") and "VerbForm=Fin" in cells[5]
    share = {f: n / total[f] for f, n in finite.items() if n >= SEEN and f.isalpha()}
    keep = [f if share[f] >= SHARE else f"?{f}" for f in sorted(share) if share[f] >= SOMETIMES]
    OUT.write_text(HEAD + "".join(f"{f}\n" for f in keep), encoding="utf-8")
    print(f"{len(keep)} forms of {len(total)} -> {OUT}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
