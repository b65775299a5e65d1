"""Settle which day a report speaks from, and say how it is known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from onrecord.clean.dates import Written, find_dates, find_weekdays, read_iso
from onrecord.clean.parts import furniture_rules
from onrecord.record import Caption, Dateline, Dating, Part, Span

Origin = Literal["option", "metadata", "dateline", "caption", "text", "file name"]

_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_DASHED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./](0?[1-9]|1[0-2])[-_./](0?[1-9]|[12]\d|3[01])(?!\d)")

TOP = 3
"""How many paragraphs of the body are looked at for a day with its weekday and year: further down they are history."""


NEAR = 7
"""Days between a report's day and a picture's that still tell its year: a picture of another week may be of another."""


class Evidence(NamedTuple):
    """All that may date a report: what was given from outside, and where the text may say it."""

    option: str | None
    published: str | None
    uri: str
    dateline: Dateline | None
    captions: Sequence[Caption]
    parts: Sequence[Part]


def find_dating(text: str, evidence: Evidence, language: str | None) -> Dating | None:
    """The day, from the first that gives one: option, metadata, dateline, caption, text, file name.

    A day without a year ("Feb. 21") takes it from the first of the others that has one; without any there is
    no dating: nothing is guessed.
    """
    dated = _given(evidence) or _written(text, evidence, language) or _named(evidence)
    if dated is None:
        return None
    day = read_iso(dated.value)
    weekday = _weekday_agrees(text, evidence.parts, day, language) if day else None
    return Dating(
        value=dated.value, origin=dated.origin, year_origin=dated.year_origin, span=dated.span, weekday=weekday
    )


def _given(evidence: Evidence) -> Dating | None:
    if evidence.option:
        return Dating(value=evidence.option, origin="option")
    if evidence.published and read_iso(evidence.published):
        return Dating(value=evidence.published, origin="metadata")
    return None


def _named(evidence: Evidence) -> Dating | None:
    day = date_in_name(evidence.uri)
    return Dating(value=day.isoformat(), origin="file name") if day else None


def _written(text: str, evidence: Evidence, language: str | None) -> Dating | None:
    """The first day that the text gives as its own, with a year; a dateline's day is not passed over for another."""
    unfinished = False
    for origin, date in _candidates(text, evidence, language):
        if unfinished and origin != "dateline":
            break
        day = date.in_year(date.year) if date.year else None
        if day:
            return Dating(value=day.isoformat(), origin=origin, span=date.span)
        found = _with_year(text, evidence, date, language) if origin == "dateline" else None
        if found:
            year_origin, day = found
            return Dating(value=day.isoformat(), origin=origin, year_origin=year_origin, span=date.span)
        unfinished = unfinished or origin == "dateline"
    return None


def _candidates(text: str, evidence: Evidence, language: str | None) -> Iterator[tuple[Origin, Written]]:
    line = evidence.dateline
    if line and line.date:
        yield from (("dateline", date) for date in find_dates(text, line.date, language))
    yield from (("dateline", date) for date in _date_lines(text, evidence, language))
    yield from (("caption", date) for date in _caption_dates(text, evidence, language))
    for span in _top(evidence.parts):
        yield from (
            ("text", date) for date in find_dates(text, span, language) if date.year and date.weekday is not None
        )


def _caption_dates(text: str, evidence: Evidence, language: str | None) -> Iterator[Written]:
    """The full dates in captions, but of pictures from the files, which are older than the report."""
    filed = furniture_rules(language, "captions").words.get("filed", ())
    for caption in evidence.captions:
        end = caption.credit.span.end if caption.credit else caption.span.end
        words = text[caption.span.start : max(end, caption.span.end)]
        if not any(mark in words for mark in filed):
            yield from (date for date in find_dates(text, caption.span, language) if date.year)


def _date_lines(text: str, evidence: Evidence, language: str | None) -> Iterator[Written]:
    """Dates that stand on lines of their own, or in head lines ("Published: …")."""
    for part in evidence.parts:
        if part.kind in ("dateline", "metadata"):
            yield from (date for date in find_dates(text, part.span, language) if date.year)


def _top(parts: Sequence[Part]) -> list[Span]:
    return [part.span for part in parts if part.kind == "body"][:TOP]


def _with_year(
    text: str, evidence: Evidence, date: Written, language: str | None
) -> tuple[Origin, datetime.date] | None:
    """The dateline's day with a year: the same day's elsewhere, the nearest to another date, a recent picture's."""
    full = list(_full_dates(text, evidence, language))
    for origin, other in full:
        if (other.month, other.day) == (date.month, date.day) and other.year:
            day = date.in_year(other.year)
            if day:
                return origin, day
    known: list[tuple[Origin, datetime.date | None]] = [
        (origin, other.in_year(other.year)) for origin, other in full if origin == "dateline" and other.year
    ]
    for origin, near in (*known, ("file name", date_in_name(evidence.uri))):
        if near:
            days = [day for year in (near.year - 1, near.year, near.year + 1) if (day := date.in_year(year))]
            return origin, min(days, key=lambda day: abs((day - near).days))
    for origin, other in full:
        day = date.in_year(other.year) if origin == "caption" and other.year else None
        taken = other.in_year(other.year) if other.year else None
        if day and taken and abs((day - taken).days) <= NEAR:
            return origin, day
    return None


def _full_dates(text: str, evidence: Evidence, language: str | None) -> Iterator[tuple[Origin, Written]]:
    yield from (("dateline", date) for date in _date_lines(text, evidence, language))
    yield from (("caption", date) for date in _caption_dates(text, evidence, language))
    for part in evidence.parts:
        if part.kind == "body":
            yield from (("text", date) for date in find_dates(text, part.span, language) if date.year)


def _weekday_agrees(text: str, parts: Sequence[Part], day: datetime.date, language: str | None) -> bool | None:
    """Whether a weekday agrees with the day; None where none is named.

    A weekday written with the date decides. Else the top of the text must name the day's own weekday or the one
    before, as wires do ("the court said on Wednesday").
    """
    for part in parts:
        if part.kind in ("dateline", "metadata", "caption"):
            for date in find_dates(text, part.span, language):
                if date.weekday is not None and (date.month, date.day) == (day.month, day.day):
                    return date.weekday == day.weekday()
    named = [weekday for span in _top(parts) for weekday in find_weekdays(text, span, language)]
    return bool({day.weekday(), (day.weekday() - 1) % 7} & set(named)) if named else None


def date_in_name(uri: str) -> datetime.date | None:
    """The day in a file's name (`XIN_ENG_20051116.0123.txt`, `2024-02-21-talks.html`), the last of several.

    >>> date_in_name("wire/AFP_20051213.0042.txt")
    datetime.date(2005, 12, 13)
    """
    name = uri.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    for pattern in (_COMPACT, _DASHED):
        for match in reversed(list(pattern.finditer(name))):
            try:
                return datetime.date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None
