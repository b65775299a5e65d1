"""What is said of an actor: attributions of others whose content holds a mention of it, kept as reports come and go."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

import msgspec

from onrecord.record import Actor, Attribution, Record, Span
from onrecord.record.decoding import from_json
from onrecord.store.finding import begun_words
from onrecord.store.query import match_expression
from onrecord.store.rows import first_row


class _Sides(msgspec.Struct, frozen=True, kw_only=True):
    """What of a record is needed; the rest is passed over."""

    actors: tuple[Actor, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None


_BY_WORDS = """SELECT t.row FROM said_index JOIN attribution t ON t.row = said_index.rowid
WHERE said_index MATCH ? AND said_index.rowid < ? AND t.source = ? ORDER BY said_index.rowid DESC LIMIT ?"""


def find_said_of(connection: sqlite3.Connection, name: str, until: int, limit: int) -> tuple[list[int], int | None]:
    """The rows of `attribution` before `until` that speak of the actor of that name, the newest first, up to `limit`.

    The second value is where to go on; None where all is found. Mentions are all that the record folds into the actor,
    also "he" and "the minister". What the actor says of itself is left out.
    """
    sql = "SELECT row FROM spoken WHERE name = ? AND row < ? ORDER BY row DESC LIMIT ?"
    rows = [int(row) for (row,) in connection.execute(sql, (name, until, limit + 1))]
    return rows[:limit], rows[limit - 1] if len(rows) > limit else None


def add_spoken(connection: sqlite3.Connection, row: int, record: Record) -> None:
    """Note of whom the attributions of a report speak, which stands at that row."""
    rows = {item.id: first_row(row) + at for at, item in enumerate(record.attributions or ())}
    pairs = _pairs(record.actors or (), record.attributions or ())
    connection.executemany("INSERT INTO spoken VALUES (?, ?)", [(name, rows[id]) for name, id in pairs])


def remove_spoken(connection: sqlite3.Connection, row: int) -> None:
    """Forget of whom the attributions of the report at a row speak."""
    connection.execute(
        "DELETE FROM spoken WHERE name IN (SELECT name FROM actor WHERE report = ?) AND row >= ? AND row < ?",
        (row, first_row(row), first_row(row + 1)),
    )


def spoken_of(data: bytes) -> str:
    """The names and ids that `add_spoken` would note of a record as it is kept, as JSON; for a store without them."""
    try:
        sides = from_json(zlib.decompress(data), _Sides)
    except (zlib.error, msgspec.MsgspecError):  # who asks for the report is told that it is damaged
        return "[]"
    return msgspec.json.encode(_pairs(sides.actors or (), sides.attributions or ())).decode()


def find_said_by_words(connection: sqlite3.Connection, source: str, until: int, limit: int) -> list[int]:
    """The rows of `attribution` before `until` whose source is told in just these words, the newest first."""
    expression = match_expression(source, "source", begun_words(connection, "said_words"), name=True)
    found = connection.execute(_BY_WORDS, (expression, until, source, limit)) if expression else ()
    return [int(row) for (row,) in found]


def _pairs(actors: Iterable[Actor], attributions: Iterable[Attribution]) -> list[tuple[str, str]]:
    """The name of an actor and the id of an attribution by others whose content holds a mention of it, each once."""
    named: dict[str, list[Actor]] = {}
    for actor in actors:
        named.setdefault(actor.name, []).append(actor)
    found = []
    for name, known in named.items():
        ids = {actor.id for actor in known}
        mentions = [span for actor in known for span in actor.mentions]
        found += [
            (name, attribution.id)
            for attribution in attributions
            if attribution.source.actor not in ids and _holds(attribution.content, mentions)
        ]
    return found


def _holds(content: tuple[Span, ...], mentions: list[Span]) -> bool:
    return any(mention in part for part in content for mention in mentions)
