"""How much a store holds, kept as each report comes and goes: no page counts a hundred thousand reports."""

from __future__ import annotations

import sqlite3
from typing import Literal

from onrecord.store.rows import first_row

Kind = Literal["layer", "speaker", "named", "place", "mention", "day", "dated"]

LAYERS = {
    "actors": "actor",
    "attributions": "attribution",
    "times": "time",
    "places": "place",
    "figures": "figure",
    "events": "event",
    "talks": "talk",
}
"""The table of each layer."""

_LAYER = " UNION ALL ".join(
    f"SELECT 'layer' AS kind, '{name}' AS key, '{name}' AS name, count(*) * ?2 AS n FROM {table} WHERE report = ?1"
    for name, table in LAYERS.items()
)

_SPEAKER = """SELECT 'speaker', a.name, a.name, count(*) * ?2 FROM attribution t
JOIN actor a ON a.report = t.report AND a.id = t.actor WHERE t.report = ?1 GROUP BY a.name"""

_NAMED = "SELECT 'named', name, name, ?2 FROM actor WHERE report = ?1 GROUP BY name"

_PLACE = """SELECT 'place', geonameid, name, ?2 FROM place
WHERE report = ?1 AND geonameid IS NOT NULL GROUP BY geonameid"""

_MENTION = """SELECT 'mention', geonameid, name, sum(mentions) * ?2 FROM place
WHERE report = ?1 AND geonameid IS NOT NULL GROUP BY geonameid"""

_DATED = "SELECT 'dated', ?1 >> 20, ?1 >> 20, ?2"

_DAY = """SELECT 'day', substr(r.dated, 1, 10), substr(r.dated, 1, 10), count(*) * ?2 FROM attribution t
JOIN report r ON r.id = t.report WHERE t.report = ?1 AND t.quote != 'indirect' AND r.dated NOT NULL GROUP BY 2"""

_ADD = """INSERT INTO tally (kind, key, name, count) SELECT * FROM ({}) WHERE true
ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count"""


def tally(connection: sqlite3.Connection, row: int, by: int) -> None:
    """Count what the report of a row holds, `by` 1 when it has come or -1 before it goes."""
    for counted in (_LAYER, _SPEAKER, _NAMED, _PLACE, _MENTION, _DAY, _DATED):
        connection.execute(_ADD.format(counted), (row, by))
    if by < 0:
        connection.execute(
            "DELETE FROM tally WHERE kind IN ('speaker', 'named', 'place', 'mention', 'day', 'dated') AND count <= 0"
        )


def list_tallies(
    connection: sqlite3.Connection, kind: Kind, limit: int, start: int = 0, letter: str = ""
) -> list[tuple[str, str, int]]:
    """`(key, name, count)` of what there is most of, the most first; of a letter by name; of days the latest first."""
    order = "name COLLATE NOCASE" if letter else "key DESC" if kind == "day" else "count DESC, name"
    sql = f"SELECT key, name, count FROM tally WHERE kind = ? AND name LIKE ? ORDER BY {order} LIMIT ? OFFSET ?"
    if not letter:
        sql = sql.replace("AND name LIKE ?", "AND ? = '%'")  # in the order of the index, without a look at each name
    rows = connection.execute(sql, (kind, f"{letter}%", limit, start))
    return [(str(key), str(name), int(count)) for key, name, count in rows]


def count_tallies(connection: sqlite3.Connection, kind: Kind, letter: str = "") -> int:
    """How many there are of a kind, or of those whose name begins with a letter."""
    sql = "SELECT count(*) FROM tally WHERE kind = ? AND name LIKE ?"
    return int(connection.execute(sql, (kind, f"{letter}%")).fetchone()[0])


def list_letters(connection: sqlite3.Connection, kind: Kind) -> str:
    """The first signs of the names of a kind, in upper case, each once, in order."""
    rows = connection.execute("SELECT DISTINCT upper(substr(name, 1, 1)) FROM tally WHERE kind = ?", (kind,))
    return "".join(sorted(str(sign) for (sign,) in rows))


def count_reports(connection: sqlite3.Connection) -> int:
    """How many reports there are."""
    return int(connection.execute("SELECT coalesce(sum(count), 0) FROM tally WHERE kind = 'dated'").fetchone()[0])


def count_days(connection: sqlite3.Connection) -> dict[int, int]:
    """How many reports each day has, by its number (rows.py), the latest first; under 0 those of no day."""
    rows = connection.execute("SELECT CAST(key AS INTEGER), count FROM tally WHERE kind = 'dated' ORDER BY 1 DESC")
    return {int(day): int(count) for day, count in rows}


def rows_from(connection: sqlite3.Connection, start: int, limit: int) -> list[int]:
    """Rows of reports, the newest first, from the `start`-th on: whole days are passed over without a look at them."""
    for day, count in count_days(connection).items():
        if start < count:
            sql = "SELECT id FROM report WHERE id < ? ORDER BY id DESC LIMIT ? OFFSET ?"
            return [int(row) for (row,) in connection.execute(sql, (first_row(day + 1), limit, start))]
        start -= count
    return []
