"""How much a store holds, kept as each report comes and goes: no page counts a hundred thousand reports."""

from __future__ import annotations

import sqlite3
from typing import Literal

Kind = Literal["layer", "speaker", "place"]

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

_ADD = """INSERT INTO tally (kind, key, name, count) SELECT * FROM ({}) WHERE true
ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count"""


def tally(connection: sqlite3.Connection, row: int, by: int) -> None:
    """Count what the report of a row holds, `by` 1 when it has come or -1 before it goes."""
    for counted in (_LAYER, _SPEAKER, _PLACE):
        connection.execute(_ADD.format(counted), (row, by))
    if by < 0:
        connection.execute("DELETE FROM tally WHERE kind IN ('speaker', 'place') AND count <= 0")


def list_tallies(connection: sqlite3.Connection, kind: Kind, limit: int) -> list[tuple[str, str, int]]:
    """`(key, name, count)` of what there is most of, the most first."""
    sql = "SELECT key, name, count FROM tally WHERE kind = ? ORDER BY count DESC, name LIMIT ?"
    return [(str(key), str(name), int(count)) for key, name, count in connection.execute(sql, (kind, limit))]
