"""The sample stories: what the README says of them holds, and the gold can be found in them."""

from __future__ import annotations

import itertools
import re

import pytest

import gold
import onrecord
from onrecord.samples import stories

STORIES = {story["id"]: story for story in stories()}
GOLD = sorted(path.stem for path in gold.GOLD.glob("*.toml"))


def test_sixty_stories_from_five_outlets_over_twelve_weeks() -> None:
    assert len(STORIES) >= 60
    assert len({story["outlet"] for story in STORIES.values()}) == 5
    dates = [story["date"] for story in STORIES.values()]
    assert len({date.isocalendar().week for date in dates}) == 12
    assert (max(dates) - min(dates)).days < 12 * 7
    for story in STORIES.values():
        assert 120 <= len(story["text"].split()) <= 400, story["id"]
        assert story["id"].endswith(f"{story['date']:%m-%d}")


def test_no_two_stories_share_their_words() -> None:
    def grams(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[n : n + 6]) for n in range(len(words) - 5)}

    of = {story["id"]: grams(story["text"]) for story in STORIES.values()}
    for a, b in itertools.combinations(STORIES, 2):
        share = len(of[a] & of[b]) / min(len(of[a]), len(of[b]))
        if STORIES[a]["reprint_of"] == b or STORIES[b]["reprint_of"] == a:
            assert share > 0.3, f"{a} and {b} are said to be one story, and share {share:.1%}"
        else:
            assert share < 0.05, f"{a} and {b} share {share:.1%}"


def test_reprints_name_a_story_that_is_there() -> None:
    reprints = [story for story in STORIES.values() if story["reprint_of"]]
    assert len(reprints) >= 5
    for story in reprints:
        original = STORIES[story["reprint_of"]]
        assert original["outlet"] != story["outlet"]
        assert original["date"] <= story["date"]


def test_the_frame() -> None:
    frame = onrecord.sample()
    assert frame["id"].tolist() == list(STORIES)
    assert frame["date"].is_monotonic_increasing
    assert frame["text"].notna().all()


def test_twenty_stories_have_gold() -> None:
    assert len(GOLD) >= 20
    assert {STORIES[story]["outlet"] for story in GOLD} == {story["outlet"] for story in STORIES.values()}


@pytest.mark.parametrize("story", GOLD)
def test_gold_can_be_found_in_its_story(story: str) -> None:
    found = gold.load(story, STORIES[story]["text"])
    assert found.sentences and found.entities and found.statements
    for said in found.statements:
        assert said.kind in ("direct", "mixed", "indirect", "turn")
        assert said.speaker_type in ("person", "organisation", "group", "unnamed")
        assert bool(said.fragments) == (said.kind == "mixed")
        assert (said.speaker_name is None) == (said.speaker_type in ("group", "unnamed")) or said.kind == "turn"
