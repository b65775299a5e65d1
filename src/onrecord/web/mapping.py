"""The places of a story, of a place's reports and of the store, for a map; and a map by itself, to be kept."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from starlette.responses import Response

from onrecord.exports.maps import Spot, map_svg
from onrecord.store import Store

MOST = 60
"""Places on a map: more cannot be told apart."""

_RECENT = 300  # reports of a place that are looked through for what else they name

_COLUMNS = """max(p.name) AS name, p.geonameid, max(p.country) AS country, max(p.feature) AS feature, max(p.lat) AS lat,
  max(p.lon) AS lon, count(DISTINCT p.report) AS reports, sum(p.mentions) AS mentions"""

_GROUPED = "WHERE p.lat IS NOT NULL GROUP BY coalesce(p.geonameid, p.name) ORDER BY reports DESC, mentions DESC, 1"

_OF_STORY = f"""SELECT {_COLUMNS} FROM (SELECT DISTINCT report FROM stories WHERE story = ?) s
JOIN places p ON p.report = s.report {_GROUPED} LIMIT ?"""

_ROUND = f"""SELECT {_COLUMNS}
FROM (SELECT DISTINCT report FROM place WHERE geonameid = ?1 ORDER BY report DESC LIMIT ?2) s
JOIN place p ON p.report = s.report {_GROUPED} LIMIT ?3"""


_OF_STORE = """SELECT name, geonameid, country, feature, lat, lon, ?2 AS reports
FROM (SELECT * FROM place WHERE geonameid = ?1 LIMIT 1) WHERE lat IS NOT NULL"""


def spots_of_store(store: Store) -> list[Spot]:
    """The places that most reports of the store name."""
    most = store.tallies("place", MOST)
    return [spot for key, _, count in most for spot in _spots(store, _OF_STORE, (int(key), count))]


def spots_of_story(store: Store, story: str) -> list[Spot]:
    """The places that the reports of a story name, those of most reports first."""
    return _spots(store, _OF_STORY, (story, MOST))


def spots_round(store: Store, geonameid: int) -> list[Spot]:
    """A place and what else its latest reports name."""
    return _spots(store, _ROUND, (geonameid, _RECENT, MOST // 2))


def _spots(store: Store, sql: str, values: tuple[object, ...]) -> list[Spot]:
    rows: list[dict[str, Any]] = store.select(sql, values)
    return [Spot(**{**row, "name": _plain(str(row["name"]))}) for row in rows]


def _plain(name: str) -> str:
    """A name that a dateline has in capitals, as others write it."""
    return name.title() if name.isupper() and len(name) > 4 else name


def address_of(spot: Spot) -> str:
    """Where a mark leads."""
    return f"/place/{spot.geonameid}" if spot.geonameid else ""


def map_alone(spots: list[Spot], name: str, focus: int | None = None) -> Response | None:
    """A map with its style in it, as a download; None where there is no place."""
    drawn = map_svg(spots, focus=focus)
    if not drawn:
        return None
    style = files("onrecord.web").joinpath("static", "map.css").read_text(encoding="utf-8")
    opening, body = drawn.split(">", 1)
    alone = f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{body}'
    headers = {"content-disposition": f'attachment; filename="{name}.svg"'}
    return Response(alone, media_type="image/svg+xml", headers=headers)
