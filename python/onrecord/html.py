"""The story view: one story as HTML, its quotes tinted by speaker, speakers and cues marked, entities underlined.

No script, and everything from the text is escaped. Colours follow the reader's light or dark mode. Each stretch of
text between two boundaries of annotations becomes one element, so overlapping annotations need no nesting.
"""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.story import Quote, Story

#: Hues of speakers, far apart for colour-blind readers too (after Okabe and Ito, 2008); they repeat after eight.
HUES = (205, 30, 160, 330, 50, 265, 190, 0)

STYLE = """\
.onrecord{--on-ink:#1c1c1c;--on-paper:#fff;--on-faint:#666;--on-line:#ddd;--on-tint:92%;--on-edge:38%;
color:var(--on-ink);background:var(--on-paper);font:16px/1.6 Georgia,serif;max-width:46em;padding:1em;border-radius:6px}
.onrecord .story{white-space:pre-wrap;overflow-wrap:anywhere}
.onrecord .quote{background:hsl(var(--hue) 75% var(--on-tint));
border-bottom:2px solid hsl(var(--hue) 60% var(--on-edge))}
.onrecord .fragment{border-bottom-style:double}
.onrecord .indirect{border-bottom-style:dotted}
.onrecord .speaker{font-weight:bold;color:hsl(var(--hue) 70% var(--on-edge))}
.onrecord .cue{font-style:italic;color:hsl(var(--hue) 70% var(--on-edge))}
.onrecord .entity{text-decoration:underline 1px var(--on-faint);text-underline-offset:3px}
.onrecord .LOC{text-decoration-style:dashed}.onrecord .ORG{text-decoration-style:double}
.onrecord .NORP{text-decoration-style:wavy}.onrecord .EVENT,.onrecord .DATE{text-decoration-style:dotted}
.onrecord .legend{font:13px/1.5 system-ui,sans-serif;color:var(--on-faint);border-top:1px solid var(--on-line);
margin-top:1em;padding-top:.6em}
.onrecord ul{list-style:none;margin:0 0 .5em;padding:0;display:flex;flex-wrap:wrap;gap:.2em 1.2em}
@media (prefers-color-scheme:dark){.onrecord{--on-ink:#e8e8e8;--on-paper:#181818;--on-faint:#aaa;--on-line:#444;
--on-tint:22%;--on-edge:70%}}
body[data-jp-theme-light="false"] .onrecord{--on-ink:#e8e8e8;--on-paper:#181818;--on-faint:#aaa;--on-line:#444;
--on-tint:22%;--on-edge:70%}
body[data-jp-theme-light="true"] .onrecord{--on-ink:#1c1c1c;--on-paper:#fff;--on-faint:#666;--on-line:#ddd;
--on-tint:92%;--on-edge:38%}
"""


@dataclass(frozen=True)
class _Mark:
    """An annotation of a stretch of text."""

    start: int
    end: int
    classes: str
    hue: int | None
    title: str


def highlighted(story: Story) -> str:
    """A story as a piece of HTML; `tex2jax_ignore` keeps MathJax from reading "$5" as a formula."""
    hues = _hues(story)
    return (
        f'<div class="onrecord tex2jax_ignore mathjax_ignore" lang="{html.escape(story.lang)}">'
        f"<style>{STYLE}</style>"
        f'<div class="story">{_body(story.text, _marks(story, hues))}</div>{_legend(story, hues)}</div>'
    )


def page(story: Story) -> str:
    """A story as a page of its own."""
    return (
        f'<!DOCTYPE html><html lang="{html.escape(story.lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>onrecord</title></head><body>{highlighted(story)}</body></html>"
    )


def _who(quote: Quote) -> str:
    """The speaker as a reader is told."""
    return quote.speaker_name or quote.speaker or "unknown speaker"


def _hues(story: Story) -> dict[str, int]:
    """A hue for each speaker, by first appearance."""
    speakers = dict.fromkeys(_who(quote) for quote in story.quotes)
    return {who: HUES[n % len(HUES)] for n, who in enumerate(speakers)}


def _marks(story: Story, hues: dict[str, int]) -> list[_Mark]:
    marks = []
    for quote in story.quotes:
        who, hue = _who(quote), hues[_who(quote)]
        title = f"{who}: {quote.kind}, confidence {quote.confidence:.2f}"
        marks.append(_Mark(quote.start, quote.end, f"quote {quote.kind}", hue, title))
        if quote.speaker_start is not None and quote.speaker_end is not None:
            marks.append(_Mark(quote.speaker_start, quote.speaker_end, "speaker", hue, who))
        if quote.cue_start is not None and quote.cue_end is not None:
            marks.append(_Mark(quote.cue_start, quote.cue_end, "cue", hue, f"{quote.stance} cue"))
    marks += [
        _Mark(e.start, e.end, f"entity {e.label}", None, f"{e.label}: {e.name}" + (f", {e.role}" if e.role else ""))
        for e in story.entities
    ]
    return marks


def _body(text: str, marks: list[_Mark]) -> str:
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    opening: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda m: m.start - m.end):  # the wider first, so that the narrower tints over it
        opening.setdefault(mark.start, []).append(mark)
    parts: list[str] = []
    active: list[_Mark] = []
    for start, end in pairwise(edges):
        active = [m for m in active if m.end > start] + opening.get(start, [])
        words = html.escape(text[start:end])
        if not active:
            parts.append(words)
            continue
        classes = " ".join(dict.fromkeys(name for m in active for name in m.classes.split()))
        hue = next((m.hue for m in reversed(active) if m.hue is not None), None)
        style = "" if hue is None else f' style="--hue:{hue}"'
        title = html.escape(" · ".join(dict.fromkeys(m.title for m in active)))
        parts.append(f'<span class="{classes}"{style} title="{title}">{words}</span>')
    return "".join(parts)


def _legend(story: Story, hues: dict[str, int]) -> str:
    statements = Counter(who for who, _ in {(_who(q), q.statement) for q in story.quotes})
    speakers = "".join(
        f'<li><span class="quote" style="--hue:{hue}">{html.escape(who)}</span> {statements[who]}</li>'
        for who, hue in hues.items()
    )
    labels = "".join(
        f'<li><span class="entity {label}">{label}</span> {n}</li>'
        for label, n in Counter(e.label for e in story.entities).most_common()
    )
    return (
        '<div class="legend"><ul aria-label="speakers and their statements">'
        f'{speakers}</ul><ul aria-label="entities">{labels}</ul>'
        "Underlined: direct and turns solid, fragments double, indirect dotted. Bold: speaker. Italic: cue.</div>"
    )
