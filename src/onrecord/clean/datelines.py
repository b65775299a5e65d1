"""Find where a report says it was filed, when, and by which agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.clean.parts import Furniture, carve, find_furniture, furniture_rules, trim
from onrecord.lang import Found
from onrecord.record import Dateline, Part, Span

MOST_PARAGRAPHS = 10
"""How far down a dateline is looked for: captions, headlines, desk lines and summaries may stand above it."""

_BETWEEN_PLACES = re.compile(r" ?/ ?| and |, |[()\[\]]| - ")


def mark_dateline(text: str, parts: Sequence[Part], language: str | None) -> tuple[list[Part], Dateline | None]:
    """The parts with the datelines among them cut out, and the report's dateline.

    It is the first with a place or an agency; where there is none, a line that holds nothing but a date.
    """
    rules = furniture_rules(language, "datelines")
    marked: list[Part] = []
    datelines: list[Dateline] = []
    looked_at = 0
    is_transcript = _is_transcript(text, parts)
    for part in parts:
        filed = any(line.places or line.provider for line in datelines)
        if part.kind not in ("body", "headline") or filed or looked_at >= MOST_PARAGRAPHS:
            marked.append(part)
            continue
        looked_at += 1
        found = find_furniture(rules, text, part.span, "whole")
        if not found and part.kind == "body":
            found = find_furniture(rules, text, part.span, "before")
        if not found and part.kind == "body" and _is_second_line(text, marked):
            found = find_furniture(rules, text, part.span, "line")
            if not found and not is_transcript:
                found = find_furniture(rules, text, part.span, "second")
        if not found:
            marked.append(part)
            continue
        datelines.append(_dateline(text, found))
        marked += carve(text, part, datelines[-1].span, "dateline")
    return marked, next(
        (line for line in datelines if line.places or line.provider), datelines[0] if datelines else None
    )


def _is_second_line(text: str, above: Sequence[Part]) -> bool:
    """Whether all that stands above is one line that is no sentence, and bylines: a city alone may come next."""
    lines = [text[part.span.start : part.span.end] for part in above if part.kind in ("body", "headline")]
    return len(lines) == 1 and lines[0][-1:] not in '.!"”' and not lines[0].isupper()


_TURN = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:(?=\s|$)")
"""A turn of a transcript: `MS VEGA:`, `Reporter:`, `Q:`."""


def _is_transcript(text: str, parts: Sequence[Part]) -> bool:
    """Whether two paragraphs open with a speaker in capitals, or three with any: a name and a colon is no dateline."""
    turns = [m[0] for p in parts if p.kind == "body" and (m := _TURN.match(text, p.span.start, p.span.end))]
    return len(turns) > 2 or sum(turn.isupper() and len(turn) > 2 for turn in turns) > 1


def _dateline(text: str, found: Found[Furniture]) -> Dateline:
    groups = found.match.groupdict()
    return Dateline(
        span=trim(text, found.start, found.end),
        places=_places(text, *found.match.span("places")) if groups.get("places") else (),
        date=_group(text, found, "date"),
        provider=_group(text, found, "provider"),
    )


def _group(text: str, found: Found[Furniture], name: str) -> Span | None:
    if not found.match.groupdict().get(name):
        return None
    return trim(text, *found.match.span(name))


def _places(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The words of each name: a city and the country after it are two."""
    found: list[Span] = []
    at = start
    for match in [*_BETWEEN_PLACES.finditer(text, start, end), None]:
        span = trim(text, at, match.start() if match else end)
        words = text[span.start : span.end]
        words = words.rstrip("/")
        if words.endswith(".") and "." not in words[:-1] and words.isupper() and len(words) > 4:
            words = words[:-1]  # "RIGA. Sept 3", where "MO." and "N.Y." keep theirs
        words = words.lstrip("/")
        if words:
            first = text.index(words, span.start)
            found.append(Span(first, first + len(words)))
        at = match.end() if match else end
    return tuple(found)
