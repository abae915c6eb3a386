"""Words by what stands around them: compiles `src/language/en/clusters.tsv` from unlabelled text.

    pip install gensim scikit-learn
    python tools/clusters.py [CORPUS.jsonl.gz …]

Word vectors (CBOW, 64 numbers, a window of three words to either side) are grouped by k-means into 512 classes. Without
arguments: the public-domain corpora under ONRECORD_DATA (else ../shared/data). Takes three minutes on two cores; with
two workers the vectors, and so the numbers of the classes, differ a little from run to run.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from gensim.models import Word2Vec
from sklearn.cluster import MiniBatchKMeans

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src" / "language" / "en" / "clusters.tsv"
NAMES = ("raw_pd_en", "general_50mb", "general_senate_20mb")
TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]\.?)*|\d+|[^\w\s]")
#: Tokens that are read as one stretch.
STRETCH = 40
HEAD = """\
# Words by what stands around them: word, class (of 512). Learned by tools/clusters.py from US government text in the
# public domain; digits are written 0.
"""


class Stretches:
    """The corpora as lists of tokens, read anew for each epoch."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths

    def __iter__(self) -> Iterator[list[str]]:
        for path in self.paths:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    for paragraph in json.loads(line)["text"].split("\n"):
                        tokens = ["0" if token.isdigit() else token for token in TOKEN.findall(paragraph)]
                        for start in range(0, len(tokens), STRETCH):
                            yield tokens[start : start + STRETCH]


def main(paths: list[Path]) -> None:
    """Learn the vectors, group them, write the list."""
    model = Word2Vec(
        Stretches(paths), vector_size=64, window=3, min_count=20, sg=0, negative=8, workers=2, epochs=3, seed=1
    )
    vectors = model.wv.vectors / np.linalg.norm(model.wv.vectors, axis=1, keepdims=True)
    classes = MiniBatchKMeans(512, random_state=1, batch_size=8192, n_init=3).fit(vectors).labels_
    rows = (f"{word}\t{classes[n]}\n" for n, word in enumerate(model.wv.index_to_key))
    OUT.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    data = Path(os.environ.get("ONRECORD_DATA", ROOT.parent / "shared" / "data")) / "corpus"
    main([Path(p) for p in sys.argv[1:]] or [data / f"{name}.jsonl.gz" for name in NAMES])
