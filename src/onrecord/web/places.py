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


_LATEST = 2000
"""Times that it is named in which its names and figures are looked for: half of all reports may name a country."""

_NAMES_OF = """SELECT name, count(DISTINCT report) AS n
FROM (SELECT name, report FROM place WHERE geonameid = ? ORDER BY report DESC LIMIT ?)
GROUP BY name ORDER BY n DESC, name"""

_FACTS = """SELECT country, feature, lat, lon,
  (SELECT count FROM tally WHERE kind = 'place' AND key = CAST(?1 AS TEXT)) AS total
FROM place WHERE geonameid = ?1 ORDER BY report DESC LIMIT 1"""

_REPORTS = """SELECT r.dated, r.uri AS report, r.digest, r.headline, r.provider, p.mentions, p.start, p.end
FROM (SELECT report, sum(mentions) AS mentions, min(span_start) AS start, min(span_end) AS end
  FROM place WHERE geonameid = ? GROUP BY report ORDER BY report DESC LIMIT ?) p
JOIN report r ON r.id = p.report ORDER BY r.id DESC"""

_FIGURES = """SELECT r.dated, f.low, f.best, f.high, f.outcome,
  substr(r.text, f.span_start + 1, f.span_end - f.span_start) AS words, t.source, r.uri AS report, r.digest,
  f.span_start AS start, f.span_end AS end
FROM (SELECT report, id FROM place WHERE geonameid = ?1 ORDER BY report DESC LIMIT ?2) p
CROSS JOIN figure f ON f.report = p.report AND f.place = p.id JOIN report r ON r.id = f.report
LEFT JOIN attribution t ON t.report = f.report AND t.id = f.attribution
ORDER BY f.report DESC, f.span_start LIMIT ?3"""


def names_of(store: Store, geonameid: int) -> Place | None:
    """The place of that number and the names it goes by; None where no report names it."""
    rows = store.select(_NAMES_OF, (geonameid, _LATEST)) if geonameid else []
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
        figures=[_led(row) for row in store.select(_FIGURES, (geonameid, _LATEST, _ROWS))],
        spots=spots_round(store, geonameid),
    )


def _led(row: Row) -> Row:
    """A row with where its words are."""
    span = Span(int(str(row.pop("start"))), int(str(row.pop("end"))))
    return {**row, "at": report_address(str(row["digest"]), str(row["report"]), span)}
