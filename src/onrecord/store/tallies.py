"""How much a store holds, kept as each report comes and goes: no page counts a hundred thousand reports."""

from __future__ import annotations

import sqlite3
from typing import Literal

Kind = Literal["layer", "speaker", "place", "day"]

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

_PLACE = """SELECT 'place', geonameid, name, ?2 FROM place
WHERE report = ?1 AND geonameid IS NOT NULL GROUP BY geonameid"""

_DAY = """SELECT 'day', substr(r.dated, 1, 10), substr(r.dated, 1, 10), count(*) * ?2 FROM attribution t
JOIN report r ON r.id = t.report WHERE t.report = ?1 AND t.quote != 'indirect' AND r.dated NOT NULL GROUP BY 2"""

_ADD = """INSERT INTO tally (kind, key, name, count) SELECT * FROM ({}) WHERE true
ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count"""


def tally(connection: sqlite3.Connection, row: int, by: int) -> None:
    """Count what the report of a row holds, `by` 1 when it has come or -1 before it goes."""
    for counted in (_LAYER, _SPEAKER, _PLACE, _DAY):
        connection.execute(_ADD.format(counted), (row, by))
    if by < 0:
        connection.execute("DELETE FROM tally WHERE kind IN ('speaker', 'place', 'day') AND count <= 0")


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
