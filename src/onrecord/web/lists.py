"""The lists that lead through a store: who speaks, which places are named, what was said day by day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.record import Span
from onrecord.store import Store
from onrecord.web.addresses import report_address

PAGE = 100
"""Rows on a page of a list of names: a line each."""

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


_ACTORS = """SELECT name, max(country) AS country, max(sector) AS sector, count(*) AS said,
  count(DISTINCT report) AS reports FROM (
    SELECT actor AS name, country, sector, report FROM attributions WHERE actor IS NOT NULL {narrow})
GROUP BY name ORDER BY {order} LIMIT ? OFFSET ?"""

_ACTORS_TOTAL = "SELECT count(DISTINCT actor) AS n FROM attributions WHERE actor IS NOT NULL {narrow}"

_PLACES = """SELECT geonameid, name, max(country) AS country, max(feature) AS feature, sum(mentions) AS mentions,
  count(DISTINCT report) AS reports, max(lat) AS lat, max(lon) AS lon
FROM places WHERE geonameid IS NOT NULL {narrow} GROUP BY geonameid ORDER BY {order} LIMIT ? OFFSET ?"""

_PLACES_TOTAL = "SELECT count(DISTINCT geonameid) AS n FROM places WHERE geonameid IS NOT NULL {narrow}"

_DAYS = """SELECT substr(dated, 1, 10) AS day, count(*) AS n FROM attributions
WHERE quote != 'indirect' AND dated IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"""

_SAID = """SELECT a.dated, a.report, r.digest, r.provider, a.source, a.actor, a.kind, a.cue, a.content, a.stance,
  a.content_start AS start, a.content_end AS end
FROM attributions a JOIN reports r ON r.report = a.report
WHERE a.quote != 'indirect' AND substr(a.dated, 1, 10) = ? ORDER BY a.report, a.span_start LIMIT ? OFFSET ?"""


def actor_index(store: Store, query: Mapping[str, str], start: int) -> Index:
    """Who speaks: those who are said to have said most first, or those of a letter by name."""
    return _index(store, "actors", "actor", query, start, _ACTORS, _ACTORS_TOTAL, "said DESC, name")


def place_index(store: Store, query: Mapping[str, str], start: int) -> Index:
    """Which places are named: those in most reports first, or those of a letter by name."""
    return _index(store, "places", "name", query, start, _PLACES, _PLACES_TOTAL, "reports DESC, name")


def _index(
    store: Store, noun: str, column: str, query: Mapping[str, str], start: int, rows: str, total: str, order: str
) -> Index:
    letter = query.get("letter", "").upper()
    if len(letter) > 1 or letter not in ascii_uppercase:
        raise InputError(f"letter {letter[:40]!r}", "is no letter", "give one of A to Z")
    narrow = f"AND {column} LIKE ?" if letter else ""
    values = (f"{letter}%",) if letter else ()
    ordered = "name COLLATE NOCASE" if letter else order
    count = store.select(total.format(narrow=narrow), values)[0]["n"]
    found = store.select(rows.format(narrow=narrow, order=ordered), (*values, PAGE, start))
    return Index(
        noun=noun, rows=found, total=int(str(count)), start=start, letter=letter, letters=_letters(store, noun, column)
    )


def _letters(store: Store, noun: str, column: str) -> str:
    """The letters that names begin with; a name that begins with another sign stands in the whole list alone."""
    table = {"actors": "attributions", "places": "places"}[noun]
    rows = store.select(f"SELECT DISTINCT upper(substr({column}, 1, 1)) AS letter FROM {table} WHERE {column} > ''")
    return "".join(sorted({str(row["letter"]) for row in rows} & set(ascii_uppercase)))


def quotations(store: Store, query: Mapping[str, str], start: int) -> Quotations:
    """What was said in so many words in the reports of a day, the latest unless one is asked for."""
    asked = query.get("day") or None
    if asked and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", asked):
        raise InputError(f"day {asked[:40]!r}", "is no day", "write it as 2024-02-21")
    days = [(str(row["day"]), int(str(row["n"]))) for row in store.select(_DAYS)]
    day = asked or (days[0][0] if days else None)
    rows = [_led(row) for row in store.select(_SAID, (day, PAGE, start))]
    return Quotations(day=day, days=days, rows=rows, total=dict(days).get(str(day), 0), start=start)


def _led(row: Row) -> Row:
    values: dict[str, Any] = dict(row)
    span = Span(values.pop("start"), values.pop("end"))
    return {**values, "at": report_address(values["digest"], values["report"], span)}
