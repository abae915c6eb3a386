"""Side by side with what a user would pick instead: CPU time of each on the same fresh text, in turns.

    pip install pyicu sentencex blingfire syntok pysbd nltk spacy python-crfsuite textacy
    python benches/peers.py sentences|entities|quotes [CORPUS.jsonl.gz]

Without a corpus: `speed_en_20mb` under ONRECORD_DATA (else ../shared/data). The corpus is cut into rounds; in each
round every tool reads the same texts, as strings that no other tool has touched (Python keeps the UTF-8 form of a
string once somebody has asked for it), on one thread. Slow tools read the first texts of a round only. The figure of a
tool is the median of its rounds, its ratio the median of the ratios within a round.

Trained weights of the peers are downloads, which this does without. spaCy's pipeline has the layers of
`en_core_web_sm` (tok2vec, tagger, parser, ner), initialised but not trained: the cost is the same, what it finds means
nothing; textacy finds direct quotations on top of it. The CRF and NLTK's tagger learn, for a moment, what onrecord
finds in the first texts.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onrecord

if TYPE_CHECKING:
    from types import ModuleType

ROUNDS = 8
#: Bytes that each tool reads before the first round, to build what it builds once.
WARM_UP = 300_000
#: Bytes of a round that a slow tool reads.
SLOW = 60_000

Reader = Callable[[list[str]], object]


def sentence_readers() -> dict[str, tuple[Reader, bool]]:
    """The splitters that are installed, by name, and whether each is slow."""

    def ours(texts: list[str]) -> object:
        return onrecord.sentences(texts, threads=1, progress=False)

    def icu(module: ModuleType) -> Reader:
        breaks = module.BreakIterator.createSentenceInstance(module.Locale("en"))

        def read(texts: list[str]) -> object:
            found = []
            for text in texts:
                breaks.setText(text)
                found.append(list(breaks))
            return found

        return read

    def each(split: Callable[[str], object]) -> Reader:
        return lambda texts: [split(text) for text in texts]

    def syntok(module: ModuleType) -> Reader:
        return each(lambda text: [list(sentence) for part in module.analyze(text) for sentence in part])

    def pysbd(module: ModuleType) -> Reader:
        return each(module.Segmenter(language="en", clean=False, char_span=True).segment)

    def punkt(module: ModuleType) -> Reader:
        # Without trained parameters, which are a download: the algorithm's speed is the same.
        tokenizer = module.PunktSentenceTokenizer()
        return each(lambda text: list(tokenizer.span_tokenize(text)))

    peers: dict[str, tuple[str, Callable[[ModuleType], Reader], bool]] = {
        "PyICU (offsets)": ("icu", icu, False),
        "BlingFire (strings)": ("blingfire", lambda module: each(module.text_to_sentences), False),
        "BlingFire (offsets)": ("blingfire", lambda module: each(module.text_to_sentences_and_offsets), False),
        "sentencex (strings)": ("sentencex", lambda module: each(lambda text: module.segment("en", text)), False),
        "nltk punkt (offsets)": ("nltk.tokenize.punkt", punkt, True),
        "syntok (tokens)": ("syntok.segmenter", syntok, True),
        "pySBD (offsets)": ("pysbd", pysbd, True),
    }
    return installed({"onrecord.sentences": (ours, False)}, peers)


#: What the linear peers take for a token; tokens a second are counted with it for all.
TOKEN = re.compile(r"\w+|[^\w\s]")


def labelled(texts: list[str]) -> list[list[tuple[str, str]]]:
    """The tokens of texts and the label that onrecord gives each: something to learn from."""
    out = []
    for text in texts:
        labels = {}
        for entity in onrecord.read(text, lang="en").entities:
            labels.update(dict.fromkeys(range(entity.start, entity.end), entity.label))
        out.append([(match.group(), labels.get(match.start(), "O")) for match in TOKEN.finditer(text)])
    return out


def small_pipeline(module: ModuleType) -> Callable[[list[str]], Iterable[Any]]:
    """The documents of texts by the small English pipeline of spaCy, initialised but not trained."""
    nlp = module.blank("en")
    width = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None}
    sizes = {
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    nlp.add_pipe("tok2vec", config={"model": width | sizes})
    listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": listen}})
    for pipe, state, hidden in (("parser", "parser", 64), ("ner", "ner", 64)):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": state,
            "extra_state_tokens": False,
            "hidden_width": hidden,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": listen,
        }
        nlp.add_pipe(pipe, config={"model": model})
    words = ["Marta", "Kovač", "left", "Sarajevo", "."]
    marks = {
        "words": words,
        "tags": ["NNP", "NNP", "VBD", "NNP", "."],
        "heads": [1, 2, 2, 2, 2],
        "deps": ["compound", "nsubj", "ROOT", "dobj", "punct"],
        "entities": ["B-PERSON", "L-PERSON", "O", "U-GPE", "O"],
    }
    example = module.training.Example.from_dict(module.tokens.Doc(nlp.vocab, words=words), marks)
    nlp.initialize(lambda: [example])
    return lambda texts: iter(nlp.pipe(texts, batch_size=32))


def entity_readers(sample: list[str]) -> dict[str, tuple[Reader, bool]]:
    """The taggers that are installed, by name, and whether each is slow."""

    def ours(texts: list[str]) -> object:
        return onrecord.entities(texts, threads=1, progress=False)

    def spacy(module: ModuleType) -> Reader:
        nlp = small_pipeline(module)
        return lambda texts: [[(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in nlp(texts)]

    def evidence(words: list[str]) -> list[list[str]]:
        """What a CRF is usually given: words, endings and shapes, of three words."""
        padded = ["", *words, ""]
        return [
            [
                f"w={word.lower()}",
                f"e={word[-3:]}",
                f"t={word.istitle()}",
                f"u={word.isupper()}",
                f"d={word.isdigit()}",
                f"b={before.lower()}",
                f"bt={before.istitle()}",
                f"n={after.lower()}",
                f"nt={after.istitle()}",
            ]
            for before, word, after in zip(padded, words, padded[2:], strict=False)
        ]

    def crfsuite(module: ModuleType) -> Reader:
        trainer = module.Trainer(algorithm="ap", verbose=False)
        for tokens in labelled(sample):
            if tokens:
                words, labels = zip(*tokens, strict=True)
                trainer.append(evidence(list(words)), list(labels))
        trainer.set_params({"max_iterations": 3})
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "model")
            trainer.train(path)
            tagger = module.Tagger()
            tagger.open(path)
        return lambda texts: [tagger.tag(evidence(TOKEN.findall(text))) for text in texts]

    def nltk(module: ModuleType) -> Reader:
        tagger = module.PerceptronTagger(load=False)
        tagger.train(labelled(sample[:20]), nr_iter=2)
        return lambda texts: [tagger.tag(TOKEN.findall(text)) for text in texts]

    return installed(
        {"onrecord.entities": (ours, False)},
        {
            "spaCy, small, untrained": ("spacy", spacy, True),
            "python-crfsuite": ("pycrfsuite", crfsuite, True),
            "NLTK perceptron": ("nltk.tag.perceptron", nltk, True),
        },
    )


def quote_readers() -> dict[str, tuple[Reader, bool]]:
    """The readers of quotations that are installed, by name, and whether each is slow."""

    def ours(texts: list[str]) -> object:
        return onrecord.quotes(texts, threads=1, progress=False)

    def textacy(module: ModuleType) -> Reader:
        nlp = small_pipeline(importlib.import_module("spacy"))

        def read(texts: list[str]) -> object:
            found = []
            for doc in nlp(texts):
                try:
                    found.append(list(module.direct_quotations(doc)))
                except ValueError:  # an odd number of marks
                    found.append([])
            return found

        return read

    return installed(
        {"onrecord.quotes": (ours, False)},
        {"textacy on spaCy, small, untrained": ("textacy.extract.triples", textacy, True)},
    )


def installed(
    readers: dict[str, tuple[Reader, bool]], peers: dict[str, tuple[str, Callable[[ModuleType], Reader], bool]]
) -> dict[str, tuple[Reader, bool]]:
    """The readers, and those peers whose module is there."""
    for name, (module, reader, slow) in peers.items():
        try:
            readers[name] = (reader(importlib.import_module(module)), slow)
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)
    return readers


def megabytes(texts: list[bytes]) -> float:
    """Millions of bytes."""
    return sum(map(len, texts)) / 1e6


def megatokens(texts: list[bytes]) -> float:
    """Millions of tokens."""
    return sum(len(TOKEN.findall(text.decode())) for text in texts) / 1e6


def part(texts: list[bytes], size: int) -> list[bytes]:
    """The first texts, of about `size` bytes together."""
    count, total = 0, 0
    while count < len(texts) and total < size:
        total += len(texts[count])
        count += 1
    return texts[:count]


def speed(
    read: Reader,
    texts: list[bytes],
    clock: Callable[[], float] = time.process_time,
    size: Callable[[list[bytes]], float] = megabytes,
) -> float:
    """Megabytes (or what `size` counts) a second, on strings of its own."""
    fresh = [text.decode() for text in texts]
    start = clock()
    found = read(fresh)
    seconds = clock() - start
    del found
    return size(texts) / seconds


def compare(
    readers: dict[str, tuple[Reader, bool]], texts: list[bytes], size: Callable[[list[bytes]], float], unit: str
) -> None:
    """Print the speed of every reader and the ratio of the first to it."""
    warm = part(texts, WARM_UP)
    for read, slow in readers.values():
        speed(read, part(warm, SLOW) if slow else warm)
    rest = texts[len(warm) :]
    rounds = [rest[n::ROUNDS] for n in range(ROUNDS)]
    speeds: dict[str, list[float]] = {name: [] for name in readers}
    for n, texts_of_round in enumerate(rounds):
        names = list(readers)
        for name in names[n % len(names) :] + names[: n % len(names)]:
            read, slow = readers[name]
            speeds[name].append(speed(read, part(texts_of_round, SLOW) if slow else texts_of_round, size=size))
    first, *_ = speeds
    print(f"{f'{unit}/s of CPU time, one thread':36} {'median':>8}  {'ours':>7}")
    for name, own in speeds.items():
        ratio = statistics.median(a / b for a, b in zip(speeds[first], own, strict=True))
        print(f"{name:36} {statistics.median(own):8.3f}  {ratio:6.2f} x")


def threads(texts: list[bytes]) -> None:
    """Print how much faster two threads are than one, by the clock on the wall."""

    def read(count: int) -> Reader:
        return lambda texts: onrecord.sentences(texts, threads=count, progress=False)

    ratios = []
    # Two halves, so that there is enough to share; twice in turns, since another process may take a core meanwhile.
    for n in range(4):
        half = texts[n % 2 :: 2]
        one, two = (speed(read(count), half, time.perf_counter) for count in (1, 2))
        ratios.append(two / one)
    print(f"{'two threads, by the clock':36} {'':8}  {statistics.median(ratios):6.2f} x one")


def first_read() -> None:
    """Print how long the first reading of a process takes, lists and model loaded, beside a second one."""
    code = (
        "import time, onrecord\n"
        "for _ in range(2):\n"
        "    start = time.perf_counter()\n"
        "    onrecord.entities(['Marta left Sarajevo.'], lang='en', progress=False)\n"
        "    print(1000 * (time.perf_counter() - start))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    times = [[float(line) for line in run.stdout.split()] for run in runs]
    print(f"{'first reading of a process, ms':36} {statistics.median(first - second for first, second in times):8.1f}")


def main() -> None:
    """Compare on the corpus given."""
    root = Path(os.environ.get("ONRECORD_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=["sentences", "entities", "quotes"])
    parser.add_argument("corpus", nargs="?", type=Path, default=root / "corpus" / "speed_en_20mb.jsonl.gz")
    arguments = parser.parse_args()
    with gzip.open(arguments.corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"].encode() for line in lines]
    if arguments.task == "sentences":
        compare(sentence_readers(), texts, megabytes, "MB")
        threads(texts)
    elif arguments.task == "quotes":
        compare(quote_readers(), texts, megabytes, "MB")
    else:
        sample = [text.decode() for text in part(texts, WARM_UP)]
        compare(entity_readers(sample), texts, megatokens, "million tokens")
        first_read()


if __name__ == "__main__":
    main()
