"""What a report can be found by, as one short row of numbers each: a page counts a thousand of them in milliseconds.

A value (a speaker, a place, a type of event) has a number in `facet`; `has` lists the numbers of each report.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

Facet = Literal["by", "kind", "event", "status", "outcome", "place", "outlet", "language", "month"]

KINDS: tuple[Facet, ...] = ("by", "kind", "event", "status", "outcome", "place", "outlet", "language", "month")
"""The facets. A value's number is 16 times a count and the place of its facet here."""

_WIDTH = 16

_LAYERS = """SELECT 0 AS kind, a.name AS key, a.name AS name FROM attribution t
  JOIN actor a ON a.report = t.report AND a.id = t.actor WHERE t.report = ?1
UNION SELECT 1, kind, kind FROM attribution WHERE report = ?1 AND kind IS NOT NULL
UNION SELECT 2, type, type FROM event WHERE report = ?1
UNION SELECT 3, status, status FROM event WHERE report = ?1
UNION SELECT 4, outcome, outcome FROM figure WHERE report = ?1 AND outcome IS NOT NULL
UNION SELECT 5, CAST(geonameid AS TEXT), max(name) FROM place
  WHERE report = ?1 AND geonameid NOT NULL GROUP BY geonameid
UNION SELECT 6, provider, provider FROM report WHERE id = ?1 AND provider IS NOT NULL
UNION SELECT 7, language, language FROM report WHERE id = ?1 AND language IS NOT NULL
UNION SELECT 8, substr(dated, 1, 7), substr(dated, 1, 7) FROM report WHERE id = ?1 AND dated IS NOT NULL"""

_NEW = f"""INSERT INTO facet (id, kind, key, name, reports)
SELECT ((SELECT coalesce(max(id), 0) FROM facet) / {_WIDTH} + row_number() OVER ()) * {_WIDTH} + kind,
  kind, key, name, 0
FROM ({_LAYERS}) held
WHERE NOT EXISTS (SELECT 1 FROM facet f WHERE f.kind = held.kind AND f.key = held.key)"""

_HAS = f"""INSERT INTO has (report, facets)
SELECT ?1, coalesce(group_concat(f.id), '') FROM ({_LAYERS}) held
JOIN facet f ON f.kind = held.kind AND f.key = held.key"""

_THESE = "(SELECT value FROM json_each('[' || (SELECT facets FROM has WHERE report = ?) || ']') j)"


def add_facets(connection: sqlite3.Connection, row: int) -> None:
    """Note what the report of a row can be found by."""
    connection.execute(_NEW, (row,))
    connection.execute(_HAS, (row,))
    connection.execute(f"UPDATE facet SET reports = reports + 1 WHERE id IN {_THESE}", (row,))


def remove_facets(connection: sqlite3.Connection, row: int) -> None:
    """Forget what the report of a row could be found by."""
    connection.execute(f"UPDATE facet SET reports = reports - 1 WHERE id IN {_THESE}", (row,))
    connection.execute(f"DELETE FROM facet WHERE reports <= 0 AND id IN {_THESE}", (row,))
    connection.execute("DELETE FROM has WHERE report = ?", (row,))


def count_facets(
    connection: sqlite3.Connection, reports: Iterable[int], values: int
) -> dict[str, list[tuple[str, str, int]]]:
    """Of each facet up to `values` of its values as `(key, name, how many of these reports have it)`, the most first;
    of months the latest first.
    """
    asked = msgspec.json.encode(list(reports)).decode()
    rows = connection.execute("SELECT facets FROM has WHERE report IN (SELECT value FROM json_each(?))", (asked,))
    numbers = msgspec.json.decode(f"[{','.join(text for (text,) in rows if text)}]", type=list[int])
    counted: dict[Facet, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for number, count in Counter(numbers).items():
        counted[KINDS[number % _WIDTH]].append((count, number))
    first = {kind: found if kind == "month" else _first(found, values) for kind, found in counted.items()}
    named = _named(connection, [number for found in first.values() for _, number in found])
    shown = {kind: [(*named[number], count) for count, number in found] for kind, found in first.items()}
    return {kind: sorted(found, key=_latest if kind == "month" else _most)[:values] for kind, found in shown.items()}


def list_facets(connection: sqlite3.Connection, kind: Facet, values: int) -> list[tuple[str, str, int]]:
    """The values of a facet that most reports of the store have, as `count_facets` gives them."""
    sql = "SELECT key, name, reports FROM facet WHERE kind = ? ORDER BY reports DESC, name LIMIT ?"
    rows = connection.execute(sql, (KINDS.index(kind), values))
    return [(str(key), str(name), int(count)) for key, name, count in rows]


def _first(found: list[tuple[int, int]], values: int) -> list[tuple[int, int]]:
    """Those among which the `values` of the largest counts are, whatever their names."""
    if len(found) <= values:
        return found
    least = sorted((count for count, _ in found), reverse=True)[values - 1]
    return [one for one in found if one[0] >= least]


def _named(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, tuple[str, str]]:
    asked = msgspec.json.encode(numbers).decode()
    rows = connection.execute("SELECT id, key, name FROM facet WHERE id IN (SELECT value FROM json_each(?))", (asked,))
    return {int(id): (str(key), str(name)) for id, key, name in rows}


def _most(row: tuple[str, str, int]) -> tuple[int, str]:
    return -row[2], row[1]


def _latest(row: tuple[str, str, int]) -> tuple[int, ...]:
    return tuple(-ord(sign) for sign in row[0])
