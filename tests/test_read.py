"""One text → Story."""

from __future__ import annotations

import dataclasses
import json

import pytest

import onrecord

STORY = """NATO's chief in Skopje

SKOPJE, Nov. 21 - “We are ready,” NATO Secretary General Ingrid Halvarsen told reporters. She denied that \
KFOR would leave Kosovo.

Prime Minister Goran Trpevski called the visit “a signal.”"""


def test_a_story_holds_what_was_said_by_whom() -> None:
    story = onrecord.read(STORY)
    said = [(q.kind, q.text, q.cue, q.speaker_name) for q in story.quotes]
    assert said == [
        ("direct", "We are ready", "told", "Ingrid Halvarsen"),
        ("indirect", "KFOR would leave Kosovo", "denied", "Ingrid Halvarsen"),
        ("mixed", "the visit “a signal.", "called", "Goran Trpevski"),
        ("fragment", "a signal.", "called", "Goran Trpevski"),
    ]
    assert story.quotes[0].speaker == "NATO Secretary General Ingrid Halvarsen"
    assert story.lang == "en"
    assert story.words == 33


def test_offsets_point_into_the_text() -> None:
    story = onrecord.read("Вучић. 𝔘nicode 😀 first.\r\n\r\n„Остајемо“, рекао је. “We stay 😀,” Marta Kovač said.")
    for row in (*story.sentences, *story.entities, *story.quotes):
        assert story.text[row.start : row.end] == row.text
    for quote in story.quotes:
        if quote.cue_start is not None:
            assert story.text[quote.cue_start : quote.cue_end] == quote.cue
        if quote.speaker_start is not None:
            assert story.text[quote.speaker_start : quote.speaker_end] == quote.speaker


def test_people_gather_their_mentions() -> None:
    story = onrecord.read(STORY)
    people = {person.name: person for person in story.people}
    assert people["Ingrid Halvarsen"].gender == "female"
    for person in story.people:
        assert {story.entities[n].name for n in person.mentions} == {person.name}
        assert {story.entities[n].key for n in person.mentions} == {person.key}


def test_read_and_extract_agree() -> None:
    story = onrecord.read(STORY)
    out = onrecord.extract([None, STORY])
    for rows, table in ((story.sentences, out.sentences), (story.entities, out.entities), (story.quotes, out.quotes)):
        assert [{"doc": 1, **dataclasses.asdict(row)} for row in rows] == table.to_pylist()
    assert out.story(1) == story


def test_json_holds_everything() -> None:
    story = onrecord.read(STORY)
    back = json.loads(story.to_json())
    assert back["text"] == STORY
    assert len(back["quotes"]) == len(story.quotes)
    assert back["quotes"][0]["speaker_name"] == "Ingrid Halvarsen"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\0", "“", "😀", ".", "\u200b"])
def test_texts_without_words(text: str) -> None:
    story = onrecord.read(text)
    assert story.entities == () and story.quotes == ()


def test_what_is_no_text() -> None:
    with pytest.raises(TypeError, match="use extract for many"):
        onrecord.read(["a", "b"])  # type: ignore[arg-type]
    with pytest.raises(onrecord.InputError, match=r"lone surrogate\) at position 4"):
        onrecord.read("half\ud83d")


def test_languages() -> None:
    assert onrecord.read("Predsednik je rekao da nije bilo napada na severu.").lang == "sr"
    assert onrecord.read("Word.", lang="sq").lang == "sq"
    with pytest.raises(onrecord.ConfigError, match="en sr hr bs cnr mk sq sl"):
        onrecord.read("Word.", lang="xx")


@pytest.mark.parametrize(
    "piece",
    [
        "Mr. ",
        "Gen. Marko Ilić ",
        "“",
        "“‘",
        '"Aa said ',
        "said ",
        "he said ",
        "A. ",
        "MS. ILIĆ: yes.\n\n",
        "and, Ana Ilić, ",
        "(",
    ],
)
def test_what_repeats_without_end_is_read(piece: str) -> None:
    """No rule may call itself for each piece, nor look at all of them from each."""
    text = piece * (200_000 // len(piece))
    story = onrecord.read(text, lang="en")
    assert "".join(s.text for s in story.sentences).replace(" ", "") != ""
