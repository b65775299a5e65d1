"""Read a date's words: the year where they give one, the month and the day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from onrecord.lang import has_language, read_words
from onrecord.record import Span


class Written(NamedTuple):
    """A date as words give it; `year` and `weekday` (Monday is 0) are None where they do not."""

    span: Span
    year: int | None
    month: int
    day: int
    weekday: int | None

    def in_year(self, year: int) -> datetime.date | None:
        """The day in that year, where there is one."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return None


class _Calendar(NamedTuple):
    months: dict[str, int]
    weekdays: dict[str, int]
    date: re.Pattern[str]
    weekday: re.Pattern[str]


@cache
def _calendar(language: str) -> _Calendar:
    words = read_words(language, "datelines")["calendar"]
    names = msgspec.convert(words, dict[str, list[list[str]]])
    months = {name.casefold(): i + 1 for i, listed in enumerate(names["months"]) for name in listed}
    weekdays = {name.casefold(): i for i, listed in enumerate(names["weekdays"]) for name in listed}
    month, weekday = (
        "|".join(sorted(map(re.escape, table), key=lambda name: -len(name))) for table in (months, weekdays)
    )
    date = re.compile(
        rf"(?:\b(?P<weekday>{weekday})\b\.?,? )?"
        rf"(?:\b(?P<month>{month})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? ?(?P<year>(?:19|20)\d\d)\b)?"
        rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{month})\b\.?(?:,? (?P<year2>(?:19|20)\d\d|\d\d)\b)?"
        rf"|\b(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)\b)",
        re.IGNORECASE,
    )
    # In prose only the full names count: "sat" and "sun" are words.
    full = "|".join(re.escape(listed[0]) for listed in names["weekdays"])
    return _Calendar(months, weekdays, date, re.compile(rf"\b(?:{full})\b", re.IGNORECASE))


def _language(language: str | None) -> str:
    return language if language and has_language(language, "datelines") else "en"


def find_dates(text: str, span: Span, language: str | None = "en") -> Iterator[Written]:
    """The dates with a month and a day written out in `span`, in order."""
    calendar = _calendar(_language(language))
    for match in calendar.date.finditer(text, span.start, span.end):
        groups = match.groupdict()
        month = groups["month"] or groups["month2"]
        number = calendar.months[month.casefold()] if month else int(groups["month3"])
        year = groups["year"] or groups["year2"] or groups["year3"]
        day = int(groups["day"] or groups["day2"] or groups["day3"])
        weekday = groups["weekday"]
        written = Written(
            Span(*match.span()),
            _full_year(year) if year else None,
            number,
            day,
            calendar.weekdays[weekday.casefold()] if weekday else None,
        )
        if written.in_year(written.year or 2024):
            yield written


def find_weekdays(text: str, span: Span, language: str | None = "en") -> Iterator[int]:
    """The weekdays named in `span`, Monday as 0."""
    calendar = _calendar(_language(language))
    return (calendar.weekdays[m[0].casefold()] for m in calendar.weekday.finditer(text, span.start, span.end))


def _full_year(year: str) -> int:
    """Two digits are a year of the last century from 50 on: wires were not yet online before."""
    number = int(year)
    return number if number > 99 else number + (1900 if number >= 50 else 2000)


def read_iso(value: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time (`2024-02-21`, `20240221T0915Z`), None where it is none."""
    match = re.match(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)", value or "")
    if not match:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
