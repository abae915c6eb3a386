"""One text, read: a Story and what it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Label = Literal["PERSON", "ORG", "LOC", "NORP", "EVENT", "DATE"]
Kind = Literal["direct", "mixed", "fragment", "indirect", "turn"]
Stance = Literal["neutral", "doubting", "endorsing", "asking", "promising", "denying"]
SpeakerType = Literal["person", "organisation", "group", "unnamed"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a story. Offsets count code points: ``story.text[start:end] == text``."""

    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Entity:
    """One mention of a named thing.

    Attributes:
        entity: Its number in the story.
        sentence: The number of the sentence it stands in.
        start: First code point; titles, "the" and possessives stay outside.
        end: One past the last code point.
        text: The name as written.
        label: PERSON, ORG, LOC, NORP (nationalities, ethnic, religious, political groups), EVENT or DATE.
        name: The fullest form in the story, without title, in the spelling the story uses most.
        key: A gazetteer id, or the folded name.
        role: The title or apposition beside it ("Prime Minister").
    """

    entity: int
    sentence: int
    start: int
    end: int
    text: str
    label: Label
    name: str
    key: str
    role: str | None = None


@dataclass(frozen=True)
class Quote:
    """One piece of a statement: words that somebody is reported to have said or written.

    Attributes:
        quote: Its number in the story.
        statement: The number of its statement; pieces of one utterance (“A,” he said, “B”) share it.
        sentence: The number of the sentence it starts in.
        start: First code point of the words, without the outer marks.
        end: One past the last code point.
        text: The words.
        kind: ``direct`` (all inside marks), ``mixed`` (a reported clause with quoted fragments), ``fragment`` (each of
            those), ``indirect`` (a reported clause without marks) or ``turn`` (of a transcript).
        cue: The head of the reporting expression ("said", "according to", ":").
        cue_start: Where the cue starts.
        cue_end: Where it ends.
        stance: How the cue presents the words: neutral, doubting, endorsing, asking, promising or denying.
        speaker: The mention of the speaker as written, with title and apposition.
        speaker_start: Where that mention starts.
        speaker_end: Where it ends.
        speaker_name: The fullest form of the speaker's name in the story; None for groups and the unnamed.
        speaker_key: Gazetteer id or folded name of the speaker.
        speaker_type: person, organisation, group or unnamed.
        confidence: 0 to 1: how sure the reading is that this is a statement of this speaker.
    """

    quote: int
    statement: int
    sentence: int
    start: int
    end: int
    text: str
    kind: Kind
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    stance: Stance | None
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_name: str | None
    speaker_key: str | None
    speaker_type: SpeakerType | None
    confidence: float


@dataclass(frozen=True)
class Person:
    """A person or organisation of a story.

    Attributes:
        key: A gazetteer id, or the folded name.
        name: The fullest form in the story, in the spelling the story uses most.
        label: PERSON or ORG.
        gender: What titles and the given name say; None where they say nothing.
        mentions: The numbers of its entities.
    """

    key: str
    name: str
    label: Label
    gender: Literal["male", "female"] | None
    mentions: tuple[int, ...]


@dataclass(frozen=True, repr=False)
class Story:
    """One text and what was found in it, in order of appearance.

    Attributes:
        text: The text as given.
        lang: The language given or detected: en sr hr bs cnr mk sq sl.
        words: Words and numbers in the text.
        sentences: Ordered and disjoint, with only white space between them.
        entities: Mentions of persons, organisations, places, peoples, events and dates.
        quotes: Pieces of statements.
        people: The persons and organisations that the entities mention.

    In Jupyter a story shows itself with its quotes, speakers and entities highlighted.

    >>> story = onrecord.read("NATO will stay, Ingrid Halvarsen said in Skopje.")
    >>> story
    Story(en, 1 sentence, 3 entities, 1 quote)
    >>> story.quotes[0].text, story.quotes[0].speaker_name
    ('NATO will stay', 'Ingrid Halvarsen')
    """

    text: str
    lang: str
    words: int
    sentences: tuple[Sentence, ...] = field(default=())
    entities: tuple[Entity, ...] = field(default=())
    quotes: tuple[Quote, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The story as plain dicts and lists."""
        return asdict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The story as JSON; `indent` as in `json.dumps`.

        >>> '"lang": "en"' in onrecord.read("Nothing happened.").to_json()
        True
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self) -> str:
        """A page of HTML that shows the story with its quotes, speakers and entities highlighted."""
        from onrecord.html import page  # noqa: PLC0415 - only who shows a story needs it

        return page(self)

    def __repr__(self) -> str:
        def count(n: int, one: str, many: str) -> str:
            return f"{n} {one if n == 1 else many}"

        counts = (
            count(len(self.sentences), "sentence", "sentences"),
            count(len(self.entities), "entity", "entities"),
            count(len(self.quotes), "quote", "quotes"),
        )
        return f"Story({self.lang}, {', '.join(counts)})"

    def _repr_html_(self) -> str:
        from onrecord.html import highlighted  # noqa: PLC0415 - only who shows a story needs it

        return highlighted(self)
