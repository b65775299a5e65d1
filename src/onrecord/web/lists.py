"""The lists that lead through a store: who speaks, which places are named, what was said day by day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any, Literal

import msgspec

from onrecord.errors import InputError
from onrecord.record import Span
from onrecord.store import Store
from onrecord.store.rows import day_number, first_row
from onrecord.web.addresses import report_address

PAGE = 100
"""Rows on a page of a list of names: a line each."""

_DAYS = 20_000
"""Days that a list can lead to: half a century."""

Row = dict[str, object]


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list. `letters` are those that names begin with; `letter` the one that was asked for."""

    noun: str
    rows: list[Row]
    total: int
    start: int
    letter: str = ""
    letters: str = ""

    def table(self) -> list[Row]:
        """The rows, for CSV."""
        return self.rows


class Quotations(msgspec.Struct, frozen=True, kw_only=True):
    """What was said in the reports of a day; `days` are those with something said, each with how many quotations."""

    day: str | None
    days: list[tuple[str, int]]
    rows: list[Row]
    total: int
    start: int

    def table(self) -> list[Row]:
        """A row a quotation, for CSV."""
        return self.rows


_LATEST = 50
"""Reports in which the facts of a name are looked up, the latest: its country and sector, its kind of place."""

_ACTOR = """SELECT max(country) AS country, max(sector) AS sector,
  (SELECT count FROM tally WHERE kind = 'named' AND key = ?1) AS reports
FROM (SELECT country, sector FROM actor WHERE name = ?1 ORDER BY report DESC LIMIT ?2)"""

_PLACE = """SELECT max(country) AS country, max(feature) AS feature,
  (SELECT count FROM tally WHERE kind = 'mention' AND key = CAST(?1 AS TEXT)) AS mentions,
  max(lat) AS lat, max(lon) AS lon
FROM (SELECT country, feature, lat, lon FROM place WHERE geonameid = ?1 ORDER BY report DESC LIMIT ?2)"""

_SAID = """SELECT r.dated, r.uri AS report, r.digest, r.provider, t.source, a.name AS actor, t.kind, t.cue,
  coalesce(t.content, substr(r.text, t.content_start + 1, t.content_end - t.content_start)) AS content, t.stance,
  t.content_start AS start, t.content_end AS end
FROM attribution t CROSS JOIN report r ON r.id = t.report LEFT JOIN actor a ON a.report = t.report AND a.id = t.actor
WHERE t.row >= ? AND t.row < ? AND t.quote != 'indirect' AND substr(r.dated, 1, 10) = ?
ORDER BY t.row LIMIT ? OFFSET ?"""


def actor_index(store: Store, query: Mapping[str, str], start: int) -> Index:
    """Who speaks: those who are said to have said most first, or those of a letter by name."""
    letter = _letter(query)
    rows = [
        {"name": name, **store.select(_ACTOR, (name, _LATEST))[0], "said": count}
        for _, name, count in store.tallies("speaker", PAGE, start=start, letter=letter)
    ]
    return _index(store, "actors", "speaker", rows, start, letter)


def place_index(store: Store, query: Mapping[str, str], start: int) -> Index:
    """Which places are named: those in most reports first, or those of a letter by name."""
    letter = _letter(query)
    rows = [
        {"geonameid": int(key), "name": name, **store.select(_PLACE, (int(key), _LATEST))[0], "reports": count}
        for key, name, count in store.tallies("place", PAGE, start=start, letter=letter)
    ]
    return _index(store, "places", "place", rows, start, letter)


def _index(
    store: Store, noun: str, kind: Literal["speaker", "place"], rows: list[Row], start: int, letter: str
) -> Index:
    """A list with the letters that its names begin with; a name that begins with another sign stands in the whole."""
    letters = "".join(sign for sign in store.letters(kind) if sign in ascii_uppercase)
    total = store.count_tallies(kind, letter)
    return Index(noun=noun, rows=rows, total=total, start=start, letter=letter, letters=letters)


def _letter(query: Mapping[str, str]) -> str:
    letter = query.get("letter", "").upper()
    if len(letter) > 1 or letter not in ascii_uppercase:
        raise InputError(f"letter {letter[:40]!r}", "is no letter", "give one of A to Z")
    return letter


def quotations(store: Store, query: Mapping[str, str], start: int) -> Quotations:
    """What was said in so many words in the reports of a day, the latest unless one is asked for."""
    asked = query.get("day") or None
    if asked and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", asked):
        raise InputError(f"day {asked[:40]!r}", "is no day", "write it as 2024-02-21")
    days = [(day, count) for day, _, count in store.tallies("day", _DAYS)]
    day = asked or (days[0][0] if days else None)
    number = day_number(day)
    rows: list[Row] = []
    if number is not None:
        first, after = (first_row(first_row(one)) for one in (number, number + 1))
        rows = [_led(row) for row in store.select(_SAID, (first, after, day, PAGE, start))]
    return Quotations(day=day, days=days, rows=rows, total=dict(days).get(str(day), 0), start=start)


def _led(row: Row) -> Row:
    values: dict[str, Any] = dict(row)
    span = Span(values.pop("start"), values.pop("end"))
    return {**values, "at": report_address(values["digest"], values["report"], span)}
