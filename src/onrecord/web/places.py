"""What the page of a place shows, whatever name the reports call it by."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.exports.maps import Spot
from onrecord.record import Span
from onrecord.store import Store
from onrecord.web.addresses import report_address
from onrecord.web.mapping import spots_round
from onrecord.web.views import with_titles

_ROWS = 100

Row = dict[str, object]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the gazetteer with the names that reports call it by."""

    geonameid: int
    name: str
    names: list[tuple[str, int]]


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """A place with the reports that name it and the figures that are said of it."""

    place: Place
    country: str | None
    feature: str | None
    lat: float | None
    lon: float | None
    total: int
    reports: list[Row]
    figures: list[Row]
    spots: list[Spot] = []

    def table(self) -> list[Row]:
        """The figures, a row each, for CSV."""
        return self.figures


_NAMES_OF = """SELECT name, count(DISTINCT report) AS n FROM places WHERE geonameid = ?
GROUP BY name ORDER BY n DESC, name"""

_FACTS = """SELECT country, feature, lat, lon,
  (SELECT count(DISTINCT report) FROM places o WHERE o.geonameid = ?1) AS total
FROM places WHERE geonameid = ?1 LIMIT 1"""

_REPORTS = """SELECT r.dated, r.report, r.digest, r.headline, r.provider, sum(p.mentions) AS mentions,
  min(p.span_start) AS start, min(p.span_end) AS end
FROM places p JOIN reports r ON r.report = p.report WHERE p.geonameid = ?
GROUP BY r.row ORDER BY r.dated DESC, r.report LIMIT ?"""

_FIGURES = """SELECT f.dated, f.low, f.best, f.high, f.outcome, f.words, f.source, f.report, r.digest,
  f.span_start AS start, f.span_end AS end
FROM places p JOIN figures f ON f.report = p.report AND f.place = p.name JOIN reports r ON r.report = f.report
WHERE p.geonameid = ? GROUP BY f.report, f.id ORDER BY f.dated DESC, f.report, f.span_start LIMIT ?"""


def names_of(store: Store, geonameid: int) -> Place | None:
    """The place of that number and the names it goes by; None where no report names it."""
    rows = store.select(_NAMES_OF, (geonameid,)) if geonameid else []
    names = [(str(row["name"]), int(str(row["n"]))) for row in rows]
    return Place(geonameid=geonameid, name=names[0][0], names=names) if names else None


def place_view(store: Store, geonameid: int) -> PlaceView:
    """What the store holds of a place. Raises KeyError where no report names it."""
    place = names_of(store, geonameid)
    if place is None:
        raise KeyError(geonameid)
    facts: dict[str, Any] = store.select(_FACTS, (geonameid,))[0]
    return PlaceView(
        place=place,
        **facts,
        reports=with_titles(store, [_led(row) for row in store.select(_REPORTS, (geonameid, _ROWS))]),
        figures=[_led(row) for row in store.select(_FIGURES, (geonameid, _ROWS))],
        spots=spots_round(store, geonameid),
    )


def _led(row: Row) -> Row:
    """A row with where its words are."""
    span = Span(int(str(row.pop("start"))), int(str(row.pop("end"))))
    return {**row, "at": report_address(str(row["digest"]), str(row["report"]), span)}
