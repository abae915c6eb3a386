"""The story view: escaped, complete, without script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import onrecord

TEXT = """<script>alert('x')</script> & "quotes".

“We <b>stay</b> & pay $5,” Gen. Marko Ilić said, “and ‘go’.” NATO agreed."""


class Words(HTMLParser):
    """Collects the words of the story, as a browser would show them, and the tags it meets."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tags, self.depth = "", set[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if self.depth or ("class", "story") in attrs:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data


def words(page: str) -> Words:
    parser = Words()
    parser.feed(page)
    parser.close()
    return parser


def test_every_word_is_shown_and_nothing_of_it_is_markup() -> None:
    shown = words(onrecord.read(TEXT)._repr_html_())
    assert shown.words == TEXT
    assert shown.tags == {"div", "style", "span", "ul", "li"}


def test_all_sample_stories_show_whole() -> None:
    for row in onrecord.sample().itertuples():
        assert words(onrecord.read(row.text)._repr_html_()).words == row.text


def test_annotations_are_marked() -> None:
    page = onrecord.read(TEXT).to_html()
    assert page.startswith("<!DOCTYPE html>")
    assert 'class="speaker' in page and 'class="cue' in page and "entity ORG" in page
    assert "Marko Ilić: direct, confidence 0." in page
    assert "tex2jax_ignore" in page
    assert "prefers-color-scheme:dark" in page
    assert not re.search(r"<script|javascript:|\son\w+=", page)


def test_an_empty_story() -> None:
    assert words(onrecord.read("")._repr_html_()).words == ""
