"""Compile the lists of known names: peoples, places, organisations, events, people; given names and surnames.

    python tools/gazetteer.py ../shared/data/gazetteers

Reads the tables of that folder, the word counts of the public-domain corpora beside it (`../corpus`), and the
hand-written tables in `tools/gazetteer/`; writes `src/entities/gazetteer/*.tsv` and `src/people/names/*`. The same
input gives the same bytes.

The hand-written tables are where a linguist works; no compiled row takes anything from theirs, and where two of them
claim one form, the tool says so:

- `peoples.tsv`, `places.tsv`, `organisations.tsv`, `events.tsv`, `people.tsv`: key, name, other forms separated by
  `|`. With the key of a compiled row, the name replaces that row's and the forms join its forms; with a new key, a
  new row.
- `drop.tsv`: key, form, why. Without a form the whole compiled row goes; with `*` for a key the form goes everywhere.
- `context.tsv`: form, `yes` or `no`, why. What the counts get wrong of which forms need context.
- `bodies.txt`, `titles.txt`: words that tell bodies and persons of the sources.
- `given.tsv`: name and gender of given names that the sources lack, or that are common words too; always kept.

How a list comes about: rows of allowed sources → the hand-written rows over them → forms made tidy → each form to its
most prominent owner, over all lists → the forms that need context, by counting.
"""

from __future__ import annotations

import collections
import csv
import dataclasses
import functools
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

ROOT = Path(__file__).parent.parent
HAND = Path(__file__).parent / "gazetteer"
LISTS = ROOT / "src/entities/gazetteer"
NAMES = ROOT / "src/people/names"
CORPORA = ("raw_pd_en.jsonl.gz", "general_50mb.jsonl.gz", "general_senate_20mb.jsonl.gz")

#: Sources in `actors.tsv` that may ship; a row that any other source had a part in does not.
ALLOWED = {"rigour", "cldr", "country-codes", "factbook", "geonames", "partyfacts", "phoenix", "congress-legislators",
           "hand", "curated"}  # fmt: skip

WESTERN_BALKANS = {"AL", "BA", "ME", "MK", "RS", "XK"}
NEIGHBOURS = {"BG", "GR", "HR", "HU", "RO", "SI"}
EUROPE = (
    WESTERN_BALKANS
    | NEIGHBOURS
    | {
        *("AD", "AT", "BE", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GE", "IE", "IS", "IT"),
        *("LI", "LT", "LU", "LV", "MC", "MD", "MT", "NL", "NO", "PL", "PT", "RU", "SE", "SK", "SM", "TR", "UA", "VA"),
    }
)
#: Where GeoNames writes soft signs and aspirates with an apostrophe, which English leaves out: "Donets'k".
SOFT_SIGNS = {"RU", "UA", "BY", "KZ", "KG", "UZ", "TJ", "TM", "KP", "KR", "GE", "AM", "AZ", "MD"}

#: Letters of names as the Balkan press prints them. GeoNames gives some capitals in other languages' spelling.
BALKAN_LETTERS = set("čćžšđëç")

SOURCES = {
    "cities": "GeoNames (https://www.geonames.org), CC BY 4.0: changed, by choosing and folding names",
    "factbook": "The World Factbook of the CIA, public domain",
    "cldr": "Unicode CLDR, Unicode licence v3",
    "rigour": "rigour (OpenSanctions), MIT",
    "country-codes": "country-codes (Open Knowledge), PDDL",
    "partyfacts": "Party Facts, CC0",
    "phoenix": "Phoenix/PETRARCH actor dictionaries (Open Event Data Alliance), MIT",
    "congress": "congress-legislators (@unitedstates), CC0",
    "popular": "popular-names-by-country (Sigpwned), CC0",
    "namedatabases": "name databases (smashew), public domain",
    "albanian": "Albanian names (Ndricim), MIT",
    "hand": "written by hand",
}

HEADS = {
    "peoples.tsv": (
        "Peoples, religious and political groups, as nouns and adjectives: key, name, other forms.",
        ("factbook", "hand"),
    ),
    "places.tsv": (
        "Countries, regions, cities, waters, mountains, bases and buildings: key, name, other forms.",
        ("cities", "factbook", "cldr", "rigour", "country-codes", "hand"),
    ),
    "organisations.tsv": (
        "Alliances, missions, bodies of states, parties, armed groups, media, companies: key, name, other forms.",
        ("factbook", "partyfacts", "phoenix", "hand"),
    ),
    "events.tsv": (
        "Wars, uprisings, operations, exercises, disasters, contests with a name: key, name, other forms.",
        ("hand",),
    ),
    "people.tsv": (
        "Public figures, mostly of NATO, the Balkans and their neighbours: key, name, other forms.",
        ("factbook", "phoenix", "congress", "hand"),
    ),
    "ambiguous.tsv": (
        "Forms of the lists beside this one that are also common words or another kind of name, one a line: they need "
        "context. Found by counting in public-domain text (US government).",
        ("hand",),
    ),
    "given.tsv": (
        "Given names: name, then m, f, or nothing where it is either or unknown.",
        ("popular", "namedatabases", "albanian", "hand"),
    ),
    "surnames.txt": (
        "Surnames of Europe and North America, one a line.",
        ("popular", "factbook", "phoenix", "congress", "hand"),
    ),
}


# ---------------------------------------------------------------------------------------------------------------------
# Spelling
# ---------------------------------------------------------------------------------------------------------------------


def paired(letters: str, others: str) -> dict[str, str]:
    """Each letter with what stands for it; a dash for nothing."""
    return {a: b.replace("-", "") for a, b in zip(letters, others.split(), strict=True)}


#: As `romanise` in src/language/fold.rs.
ROMAN = {
    **paired("đłıßæøœþəð", "dj l i ss ae o oe th e d"),
    **dict.fromkeys("’ʼ‘", "'"),
    **dict.fromkeys("‐‑–", "-"),
    **paired("абвгґдђѓеэёєжзѕиіїјйы", "a b v g g d dj gj e e e ye z z dz i i i j y y"),
    **paired("кќлљмнњопрстћчцуфхџшщ", "k kj l lj m n nj o p r s t c c c u f h dz s st"),
    **paired("ъьюя", "a - yu ya"),
}

#: Serbian and Macedonian Cyrillic as the Latin of the same languages. `fold` gives both the same form, which is why
#: the lists need no Cyrillic: "Скопје" in a text and "Skopje" in a list are one key.
LATIN = {
    **paired("абвгдѓђежзѕијкќ", "a b v g d gj đ e ž z dz i j k kj"),
    **paired("лљмнњопрстћуфхцчџш", "l lj m n nj o p r s t ć u f h c č dž š"),
}


@functools.cache
def fold(word: str) -> str:
    """Lower case without diacritics, Cyrillic in Latin letters; as src/language/fold.rs."""
    out = []
    for c in word.lower():
        if c in ROMAN:
            out.append(ROMAN[c])
            continue
        for d in unicodedata.normalize("NFD", c):
            if not unicodedata.category(d).startswith("M"):
                out.append(ROMAN.get(d, d))
    return "".join(out)


def words_of(form: str) -> list[str]:
    """The words of a form, cut as `Gazetteer::add` cuts them."""
    return [w for w in re.split(r"(?:[^\w.]|_)+", form) if w.strip(".")]


def match_key(form: str) -> str:
    """What a form is found by: its words, folded, without stops."""
    return " ".join(fold(w).replace(".", "") for w in words_of(form))


def is_acronym(form: str) -> bool:
    """One word in capitals throughout."""
    letters = [c for c in form if c.isalpha()]
    return len(words_of(form)) == 1 and len(letters) > 1 and all(c.isupper() for c in letters)


def in_latin(form: str) -> str | None:
    """The form in Latin script; None for Cyrillic that is neither Serbian nor Macedonian, and for other scripts."""
    out = []
    for c in form:
        latin = LATIN.get(c.lower())
        if latin is not None:
            out.append(latin.capitalize() if c.isupper() else latin)
        elif c.isalpha() and "LATIN" not in unicodedata.name(c, ""):
            return None
        else:
            out.append(c)
    return "".join(out)


def is_sound(form: str) -> bool:
    """Whether a form can be a name at all and the reader can reach it: it finds names from a capital on."""
    words = words_of(form)
    if re.fullmatch(r"(?:[A-Z]\.){2,4}|.*, [A-Z]\.C\.", form):
        return True
    return (
        0 < len(words) <= 12
        and (form[0].isupper() or re.match(r"(al|el|ash|as|an)[- ]", form) is not None)
        and sum(c.isalnum() for c in form) > 1
        and any(c.isalpha() for c in form)
        and re.search(r"[&;:!?()\[\]{}<>\"/\\|=+*_#@~^$%]| - |--|\bosh\b", form.replace(" & ", " ")) is None
        and not form.endswith((",", "-", "'", "’", "."))
    )


# ---------------------------------------------------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Row:
    """A known thing, and how far it goes before another of the same name."""

    key: str
    #: The name first.
    forms: list[str]
    country: str = ""
    kind: str = ""
    sources: frozenset[str] = frozenset()
    #: The more, the better known.
    weight: float = 0.0
    #: How many of `forms`, from the front, were written by hand.
    by_hand: int = 0

    def weigh(self, form: str) -> float:
        """How good its claim to a form is: what a hand wrote first, and a name before an alias."""
        at = self.forms.index(form)
        return self.weight + (200 if at < self.by_hand else 0) - (12 if at > 0 else 0)


def table(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a table, padded to `columns`; no comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = [c.strip() for c in line.split("\t")]
            assert len(cells) <= columns, f"{path.name}: too many columns in {line!r}"
            yield cells + [""] * (columns - len(cells))


def read_actors(folder: Path) -> dict[str, list[Row]]:
    """The rows of `actors.tsv` whose sources may ship, by their type."""
    rows: dict[str, list[Row]] = collections.defaultdict(list)
    largest = 0
    with (folder / "actors.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            key, kind, name, country, aliases, source = line.rstrip("\n").split("\t")
            sources = frozenset(s.split(":")[0] for s in source.split("+"))
            if not sources <= ALLOWED:
                continue
            forms = [name, *(a for a in aliases.split("|") if a)]
            row = Row(key, forms, country, kind, sources)
            curated = bool(sources & {"hand", "curated"})
            if kind == "city":
                # Cities of GeoNames alone stand in the order of their population.
                largest += source == "geonames"
                if source.startswith("factbook:capital"):
                    row.weight, row.kind = 70, "capital"
                elif country in WESTERN_BALKANS:
                    row.weight = 65
                elif country == "SI":
                    row.weight = 30
                else:
                    row.weight = 60 - largest / 200
            else:
                row.weight = {"country": 80, "demonym": 69, "region": 64, "alliance": 68, "mission": 68}.get(kind, 40)
                if kind == "party":
                    row.weight = 50 if country in WESTERN_BALKANS else 35
                elif kind == "person" and country in WESTERN_BALKANS:
                    row.weight = 45
            if curated and kind != "country":
                row.weight = 90
            rows[kind].append(row)
    return rows


# ---------------------------------------------------------------------------------------------------------------------
# Counts
# ---------------------------------------------------------------------------------------------------------------------


class Counts:
    """How often words and names occur in news and releases in the public domain, in which case."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        """Counts every word, and those of `names` that have several words."""
        self.words: collections.Counter[str] = collections.Counter()
        self.names: collections.Counter[str] = collections.Counter()
        sought: dict[str, set[str]] = collections.defaultdict(set)
        lengths: dict[str, set[int]] = collections.defaultdict(set)
        for name in names:
            words = match_key(name).split()
            if len(words) > 1:
                sought[words[0]].add(" ".join(words))
                lengths[words[0]].add(len(words))
        word = re.compile(r"[^\W\d_]+")
        address = re.compile(r"\S*(?:@|https?:|www\.|\.(?:gov|com|org|mil|net|edu)\b)\S*|#\S+")
        for corpus in CORPORA:
            with gzip.open(folder / corpus, "rt", encoding="utf-8") as lines:
                for line in lines:
                    story = json.loads(line)
                    if story.get("licence", "").startswith("CC"):
                        continue
                    words = word.findall(address.sub(" ", story["text"]))
                    self.words.update(words)
                    for i, first in enumerate(words):
                        if first[0].isupper() and (low := fold(first)) in sought:
                            for n in lengths[low]:
                                key = " ".join(fold(w) for w in words[i : i + n])
                                if key in sought[low]:
                                    self.names[key] += 1

    def is_common(self, word: str, share: float = 0.2, least: int = 3) -> bool:
        """Whether a word is often written small: at least `share` of what there is of it."""
        small = self.words[word.lower()]
        title = word[:1].upper() + word[1:].lower()
        large = self.words[title] + (self.words[word] if word != title else 0)
        return small >= least and small >= share * (small + large)

    def seen(self, form: str) -> int:
        """Occurrences of a form with a capital."""
        words = words_of(form)
        return self.words[form] if len(words) == 1 else self.names[match_key(form)]


# ---------------------------------------------------------------------------------------------------------------------
# Places
# ---------------------------------------------------------------------------------------------------------------------


def plain_name(row: Row) -> None:
    """Puts the usual spelling of a place's name first: native letters in the Balkans, plain ones outside Europe."""
    same = [f for f in row.forms if match_key(f) == match_key(row.forms[0])]
    odd = [[c for c in f.lower() if not c.isascii() and c.isalpha()] for f in same]
    if row.country in WESTERN_BALKANS | {"HR", "SI"}:
        ranks = [(any(c not in BALKAN_LETTERS for c in o), -len(o)) for o in odd]
    elif row.country in EUROPE and row.kind != "capital":
        return
    else:
        ranks = [(bool(o), 0) for o in odd]
    best = same[min(range(len(same)), key=lambda i: ranks[i])]
    row.forms.remove(best)
    row.forms.insert(0, best)


def country_forms(row: Row, counts: Counts, persons: Collection[str]) -> list[str]:
    """A country's names in English and in the languages of the Western Balkans.

    Its aliases stand in the order English, Serbian, Croatian, Bosnian, Macedonian, Albanian, Slovene, and then those
    from Bulgarian to Portuguese: the first Cyrillic one begins the block to keep, and the first in letters that
    Serbian and Macedonian lack ends it. Of the rest only those stay that the corpora have: "Burma", "Ivory Coast".
    """
    keep = row.forms[:1]
    cyrillic = block = 0
    for alias in row.forms[1:]:
        latin = in_latin(alias)
        cyrillic += latin != alias
        block += cyrillic > 0
        if block > 10:
            cyrillic = 4
        if latin is None:
            cyrillic = 4
        elif 0 < cyrillic < 4 or (counts.seen(latin) > 9 and fold(latin) not in persons):
            keep.append(latin)
    return [f for f in keep if not (is_acronym(f) and len(f) < 3)]


def places(rows: dict[str, list[Row]], counts: Counts, persons: Collection[str]) -> Iterator[Row]:
    """Countries, regions and cities.

    Capitals and the cities of the Western Balkans keep the forms that Serbian and Macedonian give them; other cities
    only their name. Which of the many other forms of GeoNames are alive, nothing there tells; those that are, English
    ones among them ("Munich"), are in the hand-written table. Places that share their name with a common word
    ("Surprise", "Sale") stay out, unless a hand put them there.
    """
    for row in rows["country"]:
        row.forms = country_forms(row, counts, persons)
        yield row
    for row in rows["region"]:
        row.forms = [row.forms[0], *(f for a in row.forms[1:] if (f := in_latin(a)) is not None)]
        yield row
    for row in rows["city"]:
        if row.forms[0].startswith("The ") or counts.is_common(row.forms[0], 0.9, 20):
            continue
        plain_name(row)
        names = row.forms[:1]
        if row.country in WESTERN_BALKANS or row.kind == "capital":
            cyrillic = [a for a in row.forms[1:] if not a.isascii() and not a.startswith("Горад ")]
            names += [f for a in cyrillic if (f := in_latin(a)) is not None and f != a]
        if row.country in SOFT_SIGNS:
            names = [re.sub("['’`ʼ]", "", n) for n in names]
        row.forms = [n.removesuffix("-shi") for n in names]
        if len(row.forms[0]) > 3 or row.country in WESTERN_BALKANS or row.weight > 57:
            yield row


# ---------------------------------------------------------------------------------------------------------------------
# Organisations
# ---------------------------------------------------------------------------------------------------------------------


def party_forms(row: Row, counts: Counts, given: Collection[str], bodies: Collection[str]) -> list[str]:
    """The name and the acronyms of a party, without the asides and leaders' names that stand among its aliases."""
    keep = []
    for n, form in enumerate(row.forms):
        words = words_of(form)
        large = [w for w in words if w[0].isupper()]
        short = len(words) == 1 and sum(c.isupper() for c in form) > 1 and len(form) <= 10
        leader = n > 0 and len(words) == 2 and (fold(words[0]) in given or words[1].isupper())
        aside = re.search(r"\b(also|formed|formerly|led by|vacant|includes|parties|has|coalition)\b| [A-Z]{5,}", form)
        # "We Must", "Straight Ahead": too plain to be known for parties by their capitals.
        plain = all(counts.is_common(w) for w in words) and not any(w in bodies for w in words)
        if in_latin(form) != form or aside or plain or not words:
            continue
        local = n == 0 and len(words) == 1 and row.country in WESTERN_BALKANS
        if short or local or (len(large) > 1 and len(words) < 9 and not leader):
            keep.append(form)
    return keep


def parties(rows: list[Row], counts: Counts, given: Collection[str], bodies: Collection[str]) -> Iterator[Row]:
    """Parties, under names that tell which.

    Outside the Western Balkans they need a place in the Factbook or in the corpora, and names that no party of another
    country has: "Socialist Party" is an organisation by its last word, but nobody knows which. In the Western Balkans
    two may share a name, and any number an acronym.
    """
    owners: dict[str, set[str]] = collections.defaultdict(set)
    for row in rows:
        row.forms = party_forms(row, counts, given, bodies)
        for form in row.forms:
            owners[match_key(form)].add(row.country)
    for row in rows:
        if row.country in WESTERN_BALKANS:
            row.forms = [f for f in row.forms if is_acronym(f) or len(owners[match_key(f)]) < 3]
            if row.forms:
                yield row
            continue
        row.forms = [
            f
            for f in row.forms
            if len(owners[match_key(f)]) == 1 and not (is_acronym(f) and (len(f) < 3 or counts.is_common(f)))
        ]
        known = "factbook" in row.sources or any(counts.seen(f) > 1 for f in row.forms if not is_acronym(f))
        if known and any(len(words_of(f)) > 1 for f in row.forms):
            yield row


def organisations(rows: dict[str, list[Row]], counts: Counts, given: Collection[str]) -> Iterator[Row]:
    """Alliances, missions, ministries, bodies, parties.

    Bodies known from Phoenix alone need to occur in the corpora. Legislatures are written by hand: the Factbook's names
    for them ("Ireland Parliament") are nobody's.
    """
    bodies = {word for (word,) in table(HAND / "bodies.txt", 1)}
    for kind in ("alliance", "mission", "ministry", "org"):
        for row in rows[kind]:
            row.forms = [f for a in row.forms if (f := in_latin(a)) is not None]
            if row.sources == {"factbook"}:
                continue
            if row.sources == {"phoenix"}:
                name = row.forms[0]
                words = words_of(name)
                body = bodies.intersection(words) or fold(words[0]) not in given
                if name.isupper() or len(words) < 2 or not body or counts.seen(name) < 2:
                    continue
                row.weight, row.forms = 30, [name]
            yield row
    yield from parties(rows["party"], counts, given, bodies)


# ---------------------------------------------------------------------------------------------------------------------
# People
# ---------------------------------------------------------------------------------------------------------------------

ROMAN_NUMERAL = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI)$", re.IGNORECASE)
PARTICLES = {"de", "da", "di", "du", "la", "le", "al"}


def usual_case(word: str, first: bool, last: bool) -> str:
    """A word of a person's name in its usual case: "SOUSA", "Iii", "DE", "A.p.j.", "Mccain" of the sources."""
    if (last and len(word) > 1 and ROMAN_NUMERAL.match(word)) or re.fullmatch(r"(?:[A-Za-z]\.){2,}", word):
        return word.upper()
    if word.isupper() and len(word) > 2 and "." not in word:
        return "-".join(p.capitalize() for p in word.split("-"))
    if word.isupper() and len(word) == 2 and word.isalpha():
        return word.lower() if not first and word.lower() in PARTICLES else word.capitalize()
    if word.startswith("Mc") and len(word) > 3:
        return "Mc" + word[2].upper() + word[3:]
    return word


def person_name(form: str, titles: Collection[str]) -> str | None:
    """A person's name in its usual case, without titles; None if nothing of two words is left."""
    words = re.sub(r",? Jr\.?$| i$", "", form).split()
    while words and words[0].strip(".") in titles:
        words = words[1:]
    words = [usual_case(w, n == 0, 0 < n == len(words) - 1) for n, w in enumerate(words)]
    long = [w for w in words if len(w.strip(".")) > 1]
    fine = len(long) > 1 and len(words) <= 5 and words[0][0].isupper() and len(words[-1]) > 1
    return " ".join(words) if fine and not any(c.isdigit() for c in form) else None


def people(rows: dict[str, list[Row]], counts: Counts, sure: Collection[str]) -> Iterator[Row]:
    """Persons, under names of two words or more; those of far countries that only Phoenix has, if the corpora do."""
    titles = {word for (word,) in table(HAND / "titles.txt", 1)}
    countries = {match_key(f) for row in rows["country"] for n, f in enumerate(row.forms) if n == 0 or " " in f}

    def led(name: str) -> bool:
        """Whether a country stands before the name: "Swiss Confederation Ignazio Cassis"."""
        first, second = match_key(name).split()[:2]
        return (first in countries and first not in sure) or f"{first} {second}" in countries

    for row in rows["person"]:
        names = [person_name(f, titles) for a in row.forms if (f := in_latin(a)) is not None]
        row.forms = [n for n in names if n and not led(n)]
        near = row.country in EUROPE | {"US", "CA", "AM", "AZ"}
        if row.forms and (near or row.sources != {"phoenix"} or any(counts.seen(f) for f in row.forms)):
            yield row


# ---------------------------------------------------------------------------------------------------------------------
# The lists
# ---------------------------------------------------------------------------------------------------------------------


def merge(lists: dict[str, list[Row]]) -> None:
    """Puts the hand-written rows over the compiled ones. A compiled row moves to the list that a hand has it in."""
    where = {row.key: (name, row) for name, rows in lists.items() for row in rows}
    seen: set[str] = set()
    for name, rows in lists.items():
        for key, first, aliases in table(HAND / name, 3):
            assert key not in seen, f"{name}: {key} is there twice"
            seen.add(key)
            forms = [first, *(a for a in aliases.split("|") if a)]
            if key in where:
                old, row = where[key]
                lists[old].remove(row)
                row.forms = [*forms, *(f for f in row.forms if f not in forms)]
            else:
                row = Row(key, forms, weight=60)
            row.by_hand = len(forms)
            rows.append(row)


def drop(lists: dict[str, list[Row]]) -> None:
    """Takes away what `drop.tsv` says, never what was written by hand; complains of what it does not find."""
    whole: set[str] = set()
    forms: set[tuple[str, str]] = set()
    for key, form, _why in table(HAND / "drop.tsv", 3):
        if form:
            forms.add((key, match_key(form)))
        else:
            whole.add(key)
    used: set[str | tuple[str, str]] = set()
    for name, rows in lists.items():
        for row in rows:
            if row.key in whole and not row.by_hand:
                used.add(row.key)
                row.forms = []
            keep = []
            for n, form in enumerate(row.forms):
                hits = {(k, match_key(form)) for k in (row.key, "*")} & forms
                used |= hits
                if n < row.by_hand or not hits:
                    keep.append(form)
            row.forms = keep
        lists[name] = [row for row in rows if row.forms]
    for left in sorted(map(str, (whole | forms) - used)):
        print(f"drop.tsv: nothing to drop for {left}", file=sys.stderr)


def tidy(row: Row, counts: Counts) -> None:
    """Leaves each form once: no article, no markup, none that only folding tells from an earlier one."""
    seen: set[str] = set()
    keep = []
    by_hand = 0
    for n, written in enumerate(row.forms):
        hand = n < row.by_hand
        plain = re.sub(r"\s+", " ", re.sub("[’`]", "'", written)).strip()
        form = written if hand else re.sub(r"^[Tt]he ", "", plain)
        word = n > 0 and len(words_of(form)) == 1 and not is_acronym(form)
        if not hand and (not is_sound(form) or (word and counts.is_common(form))):
            continue
        key = match_key(form)
        if key and key not in seen:
            seen.add(key)
            keep.append(form)
            by_hand += hand
    row.forms, row.by_hand = keep, by_hand


def settle(lists: dict[str, list[Row]]) -> None:
    """Leaves each form to one row of all lists: the reader finds a form before it knows its kind.

    A compiled row that loses its name goes altogether, unless it is of the Western Balkans or curated: what a city or
    party is called besides is worth nothing without it.
    """
    owner: dict[str, tuple[float, str]] = {}
    for rows in lists.values():
        for row in rows:
            for form in row.forms:
                key, claim = match_key(form), row.weigh(form)
                if key in owner and min(claim, owner[key][0]) > 200:
                    print(f"both by hand: {form} of {owner[key][1]} and {row.key}", file=sys.stderr)
                if key not in owner or claim > owner[key][0]:
                    owner[key] = (claim, row.key)
    for name, rows in lists.items():
        for row in rows:
            kept = [f for f in row.forms if owner[match_key(f)][1] == row.key]
            lost = bool(row.forms) and (not kept or kept[0] != row.forms[0])
            row.by_hand = sum(f in kept for f in row.forms[: row.by_hand])
            sturdy = row.by_hand or row.weight >= 64 or row.country in WESTERN_BALKANS
            row.forms = [] if lost and not sturdy else kept
        lists[name] = [row for row in rows if row.forms]


def need_context(
    lists: dict[str, list[Row]], counts: Counts, names: Collection[str], big: Collection[str]
) -> list[str]:
    """Forms of one word that are also common words, or places that are also names of persons.

    `names`: given names and surnames, folded; `big`: places too large to doubt. Acronyms need context if they have
    two letters or spell a common word: names in capitals are mostly bodies anyway.
    """
    verdicts = {form: verdict for form, verdict, _why in table(HAND / "context.tsv", 3)}
    forms = set()
    for name, rows in lists.items():
        for row in rows:
            for form in row.forms:
                if len(words_of(form)) > 1:
                    doubtful = False
                elif is_acronym(form):
                    doubtful = len(form) < 3 or (counts.is_common(form) and counts.words[form.lower()] > 50)
                else:
                    doubtful = counts.is_common(form) or (
                        name == "places.tsv" and fold(form) in names and row.key not in big
                    )
                verdict = verdicts.get(form, "")
                if verdict == "yes" or (doubtful and verdict != "no"):
                    forms.add(form)
    return sorted(forms)


# ---------------------------------------------------------------------------------------------------------------------
# Given names and surnames
# ---------------------------------------------------------------------------------------------------------------------


def is_name(word: str) -> bool:
    """One word in Latin letters with a capital first: what the reader looks up."""
    return len(word) > 1 and word.isalpha() and word[0].isupper() and not word.isupper() and in_latin(word) == word


def popular(folder: Path, file: str) -> Iterator[dict[str, str]]:
    """The rows of a table of popular names by country."""
    with (folder / "popular_names_by_country" / file).open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def given_names(folder: Path, counts: Counts) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """Given names by their folded form, with gender where known; and those a hand or a national statistic has.

    Words of the language stay out when they are much oftener small ("The", "So"), the sooner the less is known of
    where a list comes from.
    """
    names: dict[str, tuple[str, str]] = {}
    sure: set[str] = set()
    for name, gender in table(HAND / "given.tsv", 2):
        names[fold(name)] = (name, gender)
        sure.add(fold(name))
    hand = set(sure)
    for row in popular(folder, "common-forenames-by-country.csv"):
        for column in ("Localized Name", "Romanized Name"):
            name, gender = row[column].strip(), row["Gender"].lower()
            key = fold(name)
            if not is_name(name) or key in hand or counts.is_common(name, 0.9, 20):
                continue
            if key in names and names[key][1] != gender:
                gender = ""
            names[key] = (names[key][0] if key in names else name, gender)
            sure.add(key)
    others = json.loads((folder / "albanian_names/all_names.json").read_text(encoding="utf-8"))
    others += (folder / "namedatabases/first_all.txt").read_text(encoding="utf-8-sig").split("\n")
    for name in map(str.strip, others):
        if is_name(name) and not counts.is_common(name, 0.5, 10):
            names.setdefault(fold(name), (name, ""))
    return names, sure


def surnames(folder: Path, counts: Counts, persons: Iterable[Row]) -> dict[str, str]:
    """Surnames of Europe and North America by their folded form; those of the figures of the Balkans too."""
    names: dict[str, str] = {}

    def add(name: str) -> None:
        if is_name(name) and not counts.is_common(name, 0.5, 10):
            names.setdefault(fold(name), name)

    for row in popular(folder, "common-surnames-by-country.csv"):
        if row["Country"] in EUROPE | {"US", "CA", "AU", "NZ"}:
            add(row["Localized Name"].strip())
            add(row["Romanized Name"].strip())
    for person in persons:
        if person.country in WESTERN_BALKANS | NEIGHBOURS or (person.by_hand and person.key.split("-")[1] in EUROPE):
            for part in person.forms[0].split()[-1].split("-"):
                add(part)
    return names


# ---------------------------------------------------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------------------------------------------------


def write(path: Path, lines: Collection[str]) -> None:
    """Writes a list under its head."""
    what, sources = HEADS[path.name]
    text = f"{what} Compiled by tools/gazetteer.py. Sources: {'; '.join(SOURCES[s] for s in sources)}."
    head = ""
    for word in [*text.split(), "Edit", "the", "tool", "or", "the", "hand-written", "part,", "not", "this", "file."]:
        last = head.rpartition("\n")[2]
        head += ("\n# " if len(last) + len(word) > 118 else " " if head else "# ") + word
    path.write_text(head + "\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(lines)} rows, {path.stat().st_size / 1000:.0f} kB")


def main(folder: Path) -> None:
    """Compiles every list."""
    rows = read_actors(folder)
    sought = (f for kind in ("country", "org", "party", "person") for row in rows[kind] for f in row.forms)
    counts = Counts(folder.parent / "corpus", sought)
    given, sure = given_names(folder, counts)
    common = surnames(folder, counts, ())

    lists: dict[str, list[Row]] = {
        "peoples.tsv": rows["demonym"],
        "places.tsv": list(places(rows, counts, sure | common.keys())),
        "organisations.tsv": list(organisations(rows, counts, given)),
        "events.tsv": [],
        "people.tsv": list(people(rows, counts, sure)),
    }
    merge(lists)
    drop(lists)
    for listed in lists.values():
        for row in listed:
            tidy(row, counts)
    settle(lists)

    persons = surnames(folder, counts, lists["people.tsv"])
    big = {r.key for r in lists["places.tsv"] if r.weight >= 68 or (r.kind == "city" and 60 >= r.weight > 57)}
    doubtful = need_context(lists, counts, sure | common.keys(), big)

    for name, listed in lists.items():
        listed.sort(key=lambda row: row.key)
        write(LISTS / name, ["\t".join((r.key, r.forms[0], "|".join(r.forms[1:]))).rstrip("\t") for r in listed])
    write(LISTS / "ambiguous.tsv", doubtful)

    # "China Mobile" is no Ms Mobile: what is surely a place or people is no given name, unless many bear it.
    taken = {
        match_key(f)
        for name in ("places.tsv", "peoples.tsv")
        for row in lists[name]
        for f in row.forms
        if f not in doubtful
    }
    write(
        NAMES / "given.tsv", sorted("\t".join(v).rstrip("\t") for k, v in given.items() if k in sure or k not in taken)
    )
    write(NAMES / "surnames.txt", sorted(persons.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
