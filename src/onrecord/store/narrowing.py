"""Searches narrowed by what reports hold: who speaks, where, what happened, what befell whom, from which outlet.

A search finds the rows of reports (or, where it asks who speaks, of what they say) that have all it asks for. Of those,
the first `LOOKED_AT` in its order are looked at: they are sorted, counted by facet, and the first of them shown.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import msgspec

from onrecord.record import Span
from onrecord.store.facets import count_facets
from onrecord.store.finding import Hit, begun_words, report_hits, rows_between, said_hits
from onrecord.store.query import match_expression
from onrecord.store.rows import first_row

LOOKED_AT = 1000
"""Reports that a page of a search sorts and counts: to count more takes longer than a reader waits."""

SORTS = ("date", "oldest", "relevance", "novelty", "sources")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a search asks for; what is None is not asked.

    `place` is a GeoNames number, `kind` that of a source (`unnamed`), `event` a PLOVER type, `status` that of an event
    (of that type, where one is asked), `outcome` that of a figure. `sort` is one of SORTS.
    """

    words: str = ""
    by: str | None = None
    about: str | None = None
    place: int | None = None
    kind: str | None = None
    event: str | None = None
    status: str | None = None
    outcome: str | None = None
    outlet: str | None = None
    language: str | None = None
    after: str | None = None
    before: str | None = None
    sort: str = "date"

    @property
    def said(self) -> bool:
        """Whether it asks for what is said, not for whole reports."""
        return self.by is not None or self.kind is not None

    @property
    def anything(self) -> bool:
        """Whether it asks for anything."""
        return self != Wanted(sort=self.sort)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found: the hits asked for, how many rows were looked at, and how many of their reports have what.

    `more` says that there are rows that were not looked at. `facets` are pairs of a value and its number of reports; a
    place's value is its GeoNames number, and `names` its name.
    """

    hits: list[Hit]
    looked_at: int
    more: bool
    facets: dict[str, list[tuple[str, int]]]
    names: dict[str, str]


_NOVELTY = """SELECT r.id, coalesce(max(c.taken), 0) FROM report r LEFT JOIN copy c ON c.number = r.number
WHERE r.id IN (SELECT value FROM json_each(?)) GROUP BY r.id"""

_STORIES = """SELECT r.id, p.story FROM report r JOIN placed p ON p.number = r.number
WHERE r.id IN (SELECT value FROM json_each(?))"""

_SOURCES = """SELECT story, count(DISTINCT family) FROM placed WHERE story IN (SELECT value FROM json_each(?))
GROUP BY story"""


def find_narrowed(connection: sqlite3.Connection, wanted: Wanted, limit: int, values: int = 10) -> Found:
    """What a search finds, with `values` values a facet. Raises InputError where a day is none."""
    expression = _expression(connection, wanted)
    rows = _rows(connection, wanted, expression)
    more = len(rows) > LOOKED_AT
    rows = rows[:LOOKED_AT]
    reports = [row >> 20 for row in rows] if wanted.said else rows
    held = json.dumps(list(dict.fromkeys(reports)))
    counted = count_facets(connection, dict.fromkeys(reports), values)
    facets = {kind: [(key, n) for key, _, n in found] for kind, found in counted.items()}
    names = {key: name for key, name, _ in counted["place"]}
    shown = _sorted(connection, wanted, rows, held)[:limit] if wanted.anything else []
    if wanted.said:
        hits = said_hits(connection, shown, expression)
    else:
        hits = report_hits(connection, shown, expression, {row: _told(connection, wanted, row) for row in shown})
    return Found(hits=hits, looked_at=len(rows), more=more, facets=facets, names=names)


def _expression(connection: sqlite3.Connection, wanted: Wanted) -> str | None:
    """What the full-text index is asked; None where it is not, nothing where that can be asked of no index."""
    begun = begun_words(connection, "said_words" if wanted.said else "text_words")
    if wanted.said:
        asked = [match_expression(wanted.by, "source", begun)] if wanted.by is not None else []
        fields = [wanted.words, wanted.about or ""]
        asked += [match_expression(field, "content", begun) for field in fields if field.strip()]
    else:
        asked = [match_expression(wanted.words, "headline text", begun)] if wanted.words.strip() else []
        asked += [match_expression(wanted.about, "names headline", begun)] if wanted.about is not None else []
    if None in asked:
        return ""
    return " AND ".join(f"({part})" for part in asked) if asked else None


def _rows(connection: sqlite3.Connection, wanted: Wanted, expression: str | None) -> list[int]:
    """The rows that have all that is asked, in order, one more than are looked at."""
    if expression == "":  # words of which none can be asked
        return []
    days = rows_between(wanted.after, wanted.before)
    index, table, row = ("said_index", "attribution", "row") if wanted.said else ("text_index", "report", "id")
    first, last = (first_row(days.start), first_row(days.stop)) if wanted.said else (days.start, days.stop)
    row = "rowid" if expression else row
    where, values = [f"x.{row} >= ?", f"x.{row} < ?"], list[Any]([first, min(last, 2**63 - 1)])
    if expression:
        where, values = [f"{index} MATCH ?", *where], [expression, *values]
    report = f"(x.{row} >> 20)" if wanted.said else f"x.{row}"
    more, given = _conditions(wanted, report, f"x.{row}")
    order = {"oldest": f"x.{row}", "relevance": "rank" if expression else f"x.{row} DESC"}
    sql = (
        f"SELECT x.{row} FROM {index if expression else table} x WHERE {' AND '.join([*where, *more])} "
        f"ORDER BY {order.get(wanted.sort, f'x.{row} DESC')} LIMIT {LOOKED_AT + 1}"
    )
    return [int(found) for (found,) in connection.execute(sql, (*values, *given))]


def _conditions(wanted: Wanted, report: str, row: str) -> tuple[list[str], list[object]]:
    """What else must be so of a report, as SQL."""
    where: list[str] = []
    values: list[object] = []

    def add(sql: str, *given: object) -> None:
        where.append(sql)
        values.extend(given)

    if wanted.kind is not None:
        add(f"EXISTS (SELECT 1 FROM attribution t WHERE t.row = {row} AND t.kind = ?)", wanted.kind)
    if wanted.place is not None:
        add(f"EXISTS (SELECT 1 FROM place p WHERE p.report = {report} AND p.geonameid = ?)", wanted.place)
    if wanted.event is not None or wanted.status is not None:
        asked = {"type": wanted.event, "status": wanted.status}
        given = {name: value for name, value in asked.items() if value is not None}
        same = " AND ".join(f"e.{name} = ?" for name in given)
        add(f"EXISTS (SELECT 1 FROM event e WHERE e.report = {report} AND {same})", *given.values())
    if wanted.outcome is not None:
        add(f"EXISTS (SELECT 1 FROM figure f WHERE f.report = {report} AND f.outcome = ?)", wanted.outcome)
    for column, value in (("provider", wanted.outlet), ("language", wanted.language)):
        if value is not None:
            add(f"EXISTS (SELECT 1 FROM report r WHERE r.id = {report} AND r.{column} = ?)", value)
    return where, values


def _sorted(connection: sqlite3.Connection, wanted: Wanted, rows: list[int], held: str) -> list[int]:
    """The rows in the order asked for: those of least repeated words first, or of the most independent reports."""
    shift = 20 if wanted.said else 0
    if wanted.sort == "novelty":
        taken = dict(connection.execute(_NOVELTY, (held,)).fetchall())
        return sorted(rows, key=lambda row: taken.get(row >> shift, 0))
    if wanted.sort == "sources":
        story = dict(connection.execute(_STORIES, (held,)).fetchall())
        stories = json.dumps(list(set(story.values())))
        sources = dict(connection.execute(_SOURCES, (stories,)).fetchall())
        return sorted(rows, key=lambda row: -sources.get(story.get(row >> shift), 0))
    return rows


def _told(connection: sqlite3.Connection, wanted: Wanted, row: int) -> tuple[Span, ...]:
    """Where a report that was not searched for words says what was asked: its event, its figure, its place."""
    if wanted.words.strip():
        return ()
    for table, asked in (
        ("event", {"type": wanted.event, "status": wanted.status}),
        ("figure", {"outcome": wanted.outcome}),
        ("place", {"geonameid": wanted.place}),
    ):
        given = {name: value for name, value in asked.items() if value is not None}
        if given:
            same = " AND ".join(f"{name} = ?" for name in given)
            sql = f"SELECT span_start, span_end FROM {table} WHERE report = ? AND {same} ORDER BY span_start LIMIT 3"
            return tuple(Span(*pair) for pair in connection.execute(sql, (row, *given.values())))
    return ()
