"""The stories of a store: their list, their reports, and what was told of them when they were last built."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from typing import Any

import msgspec

from onrecord.record import Span
from onrecord.record.decoding import from_json
from onrecord.record.story import Copy, Story
from onrecord.store.rows import unpack_spans

Row = dict[str, Any]

_LEVEL = 3  # of zlib: a told story is text that repeats itself

_LIST = """SELECT s.id, s.title, s.reports,
  (SELECT count(*) FROM placed p WHERE p.story = s.row AND p.family != p.number) AS copies, s.began, s.latest
FROM story s """

ORDERS = {"reports": "ORDER BY s.reports DESC, s.id", "latest": "ORDER BY s.latest DESC, s.id"}
"""In which stories are listed: those of most reports first, or those that go on latest."""


def list_stories(connection: sqlite3.Connection, limit: int, start: int, order: str, least: int) -> list[Row]:
    """The stories of `least` reports or more from the `start`-th on: id, title, reports, copies, began, latest."""
    cursor = connection.execute(f"{_LIST} WHERE s.reports >= ? {ORDERS[order]} LIMIT ? OFFSET ?", (least, limit, start))
    return _rows(cursor)


def story_row(connection: sqlite3.Connection, id: str) -> Row | None:
    """The row of one story, as in the list."""
    rows = _rows(connection.execute(f"{_LIST} WHERE s.id = ?", (id,)))
    return rows[0] if rows else None


def story_digest(id: str) -> str:
    """A story's name in an address: 12 digits that follow from its id, which may hold any character.

    48 bits: two of a million stories share one with a chance of 1 in 560; the older then keeps it.
    """
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def id_of(connection: sqlite3.Connection, digest: str) -> str | None:
    """The id of the story with that name in an address."""
    row = connection.execute("SELECT id FROM story WHERE digest = ? ORDER BY row LIMIT 1", (digest,)).fetchone()
    return str(row[0]) if row else None


def count_stories(connection: sqlite3.Connection, least: int) -> int:
    """How many stories have so many reports."""
    return int(connection.execute("SELECT count(*) FROM story WHERE reports >= ?", (least,)).fetchone()[0])


def reports_of(connection: sqlite3.Connection, id: str) -> list[int]:
    """The rows of a story's reports, in the order of their days; of several versions of one uri, the newest."""
    rows = connection.execute(
        "SELECT max(r.id) AS row FROM story s JOIN placed p ON p.story = s.row JOIN report r ON r.number = p.number "
        "WHERE s.id = ? GROUP BY p.number ORDER BY row",
        (id,),
    )
    return [int(row) for (row,) in rows]


_REPORTS = "story s JOIN placed p ON p.story = s.row JOIN report r ON r.number = p.number"


def sentences_in(connection: sqlite3.Connection, id: str) -> dict[str, list[Span]]:
    """The sentences of each report of a story; of several versions of one uri, those of the newest."""
    rows = connection.execute(f"SELECT r.uri, r.sentences FROM {_REPORTS} WHERE s.id = ? ORDER BY r.id", (id,))
    return {uri: unpack_spans(cuts) for uri, cuts in rows}


def items_in(connection: sqlite3.Connection, id: str) -> dict[str, int]:
    """How many items of the layers that a story is made of its reports have."""
    counts = ", ".join(f"sum((SELECT count(*) FROM {table} i WHERE i.report = r.id))" for table in _ITEMS.values())
    row = connection.execute(f"SELECT {counts} FROM {_REPORTS} WHERE s.id = ?", (id,)).fetchone()
    return {name: int(count or 0) for name, count in zip(_ITEMS, row, strict=True)}


_ITEMS = {"attributions": "attribution", "figures": "figure", "events": "event", "talks": "talk"}


def copies_in(connection: sqlite3.Connection, id: str) -> list[Copy]:
    """What the reports of a story repeat of each other."""
    rows = connection.execute(
        "SELECT c.data FROM story s JOIN placed a ON a.story = s.row JOIN copy c ON c.number = a.number "
        "JOIN placed b ON b.number = c.of AND b.story = a.story WHERE s.id = ? "
        "ORDER BY c.number, c.taken DESC, c.kept DESC",
        (id,),
    )
    return [from_json(data, Copy) for (data,) in rows]


def families_in(connection: sqlite3.Connection, id: str) -> dict[str, str]:
    """The family of each report of a story: the uri of the first of those that are one report."""
    rows = connection.execute(
        "SELECT p.uri, coalesce(f.uri, p.family) FROM story s JOIN placed p ON p.story = s.row "
        "LEFT JOIN placed f ON f.number = p.family WHERE s.id = ?",
        (id,),
    )
    return {uri: str(family) for uri, family in rows}


def read_told(connection: sqlite3.Connection, id: str, told_by: str) -> Story | None:
    """The story as it was told by `told_by`; None where its reports have changed since, or there is none."""
    row = connection.execute("SELECT data FROM story WHERE id = ? AND told_by = ?", (id, told_by)).fetchone()
    return None if row is None or row[0] is None else from_json(zlib.decompress(row[0]), Story)


def keep_told(connection: sqlite3.Connection, story: Story, told_by: str, count: int) -> bool:
    """Keep what was told of a story with `count` reports. False where reports have come meanwhile."""
    cursor = connection.execute(
        "UPDATE story SET title = ?, told_by = ?, data = ? WHERE id = ? AND reports = ?",
        (story.title, told_by, zlib.compress(msgspec.json.encode(story), _LEVEL), story.id, count),
    )
    return cursor.rowcount > 0


def _rows(cursor: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
