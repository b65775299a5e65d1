"""What is said of an actor: attributions of others whose content holds a mention of it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator

import msgspec

from onrecord.record import Actor, Attribution, Span
from onrecord.record.decoding import from_json
from onrecord.store.finding import begun_words
from onrecord.store.query import match_expression

_READ = 300
"""Reports whose records are read for one answer: a tenth of a second."""


class _Sides(msgspec.Struct, frozen=True, kw_only=True):
    """What of a record is needed; the rest is passed over."""

    actors: tuple[Actor, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None


_NAMED = """SELECT a.report, r.record FROM (
  SELECT DISTINCT report FROM actor WHERE name = ?1 AND report <= ?2 ORDER BY report DESC LIMIT ?3) a
JOIN report r ON r.id = a.report ORDER BY a.report DESC"""

_BY_WORDS = """SELECT t.row FROM said_index JOIN attribution t ON t.row = said_index.rowid
WHERE said_index MATCH ? AND said_index.rowid < ? AND t.source = ? ORDER BY said_index.rowid DESC LIMIT ?"""

_ROWS = "SELECT row FROM attribution WHERE report = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY row DESC"


def find_said_of(connection: sqlite3.Connection, name: str, until: int, limit: int) -> tuple[list[int], int | None]:
    """The rows of `attribution` before `until` that speak of the actor of that name, the newest first, up to `limit`.

    The second value is where to go on; None where all is found. Mentions are all that the record folds into the actor,
    also "he" and "the minister". What the actor says of itself is left out. Raises zlib.error, msgspec.MsgspecError.
    """
    rows: list[int] = []
    read = connection.execute(_NAMED, (name, until >> 20, _READ + 1)).fetchall()
    for report, data in read[:_READ]:
        sides = from_json(zlib.decompress(data), _Sides)
        ids = msgspec.json.encode(list(_speaking_of(sides, name))).decode()
        rows += [row for (row,) in connection.execute(_ROWS, (report, ids)) if row < until]
        if len(rows) > limit:
            return rows[:limit], rows[limit - 1]
    return rows, read[_READ - 1][0] << 20 if len(read) > _READ else None


def find_said_by_words(connection: sqlite3.Connection, source: str, until: int, limit: int) -> list[int]:
    """The rows of `attribution` before `until` whose source is told in just these words, the newest first."""
    expression = match_expression(source, "source", begun_words(connection, "said_words"), name=True)
    found = connection.execute(_BY_WORDS, (expression, until, source, limit)) if expression else ()
    return [int(row) for (row,) in found]


def _speaking_of(sides: _Sides, name: str) -> Iterator[str]:
    """The ids of attributions by others whose content holds a mention of an actor of that name."""
    known = {actor.id: actor for actor in sides.actors or () if actor.name == name}
    mentions = [span for actor in known.values() for span in actor.mentions]
    for attribution in sides.attributions or ():
        if attribution.source.actor not in known and _holds(attribution.content, mentions):
            yield attribution.id


def _holds(content: tuple[Span, ...], mentions: list[Span]) -> bool:
    return any(mention in part for part in content for mention in mentions)
