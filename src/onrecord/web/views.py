"""What each page shows, read from the store; a page, its JSON and its CSV are three forms of one view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.record import Record
from onrecord.store import Hit, Store

PAGE = 50
"""Rows on a page of a list: more than two screens of them are not read, they are searched."""

Row = dict[str, object]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of rows with what it is of, how many there are in all, and where the page starts."""

    title: str
    rows: list[Row]
    total: int
    start: int = 0
    counts: dict[str, int] = {}

    def table(self) -> list[Row]:
        """The rows, for CSV."""
        return self.rows


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A way to narrow a search: its name in the address, and its values with how many reports have each."""

    name: str
    title: str
    values: list[tuple[str, int]]
    chosen: str | None = None


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, and what it asked for."""

    query: str
    by: str | None
    about: str | None
    after: str | None
    before: str | None
    hits: list[Hit]
    facets: list[Facet]

    def table(self) -> list[Row]:
        """A row a hit, for CSV."""
        return [
            {
                "report": hit.report,
                "dated": hit.dated,
                "headline": hit.headline,
                "source": hit.source,
                "words": hit.words,
                "start": hit.snippet.start,
                "end": hit.snippet.end,
            }
            for hit in self.hits
        ]


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor said over time, and in how many reports it stands."""

    name: str
    country: str | None
    sector: str | None
    reports: int
    said: list[Row]
    counted: list[Row]

    def table(self) -> list[Row]:
        """What was said, a row each, for CSV."""
        return self.said


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its record."""

    record: Record
    outlets: list[str]

    def table(self) -> list[Row]:
        """Each item of the record with its words, for CSV."""
        report = self.record.report
        return [
            {
                "id": item.id,
                "layer": layer,
                "words": " ".join(report.words(item.span).split()),
                "start": item.span.start,
                "end": item.span.end,
                "basis": item.basis.name,
            }
            for layer in ("attributions", "figures", "events", "talks", "times", "places", "actors")
            for item in self.record.layer(layer) or ()
        ]


_REPORTS = """SELECT digest, report, dated, headline, provider, language, format,
  (SELECT count(*) FROM attributions a WHERE a.report = r.report) AS attributions,
  (SELECT count(*) FROM figures f WHERE f.report = r.report) AS figures
FROM reports r ORDER BY row DESC LIMIT ? OFFSET ?"""

_SAID = """SELECT a.dated, a.report, r.digest, a.id, a.source, a.cue, a.content, a.quote, a.stance
FROM attributions a JOIN reports r ON r.report = a.report
WHERE a.actor = ? OR a.source = ? ORDER BY a.dated DESC, a.report, a.span_start LIMIT 200"""

_COUNTED = """SELECT f.dated, f.report, r.digest, f.id, f.words, f.low, f.best, f.high, f.outcome, f.place
FROM figures f JOIN reports r ON r.report = f.report WHERE f.actor = ? ORDER BY f.dated DESC LIMIT 100"""


def front(store: Store, query: Mapping[str, str]) -> Listing:
    """The reports of the store, the newest first."""
    start = _number(query.get("start"))
    counts = {
        name: int(str(store.select(f"SELECT count(*) AS n FROM {name}")[0]["n"]))
        for name in ("attributions", "figures", "events", "places")
    }
    return Listing(
        title=store.path.name,
        rows=store.select(_REPORTS, (PAGE, start)),
        total=store.count(),
        start=start,
        counts=counts,
    )


def report(store: Store, digest: str) -> ReportView:
    """The report with that digest. Raises StoreError where there is none."""
    outlets = store.select("SELECT DISTINCT report FROM reports WHERE digest = ? ORDER BY report", (digest,))
    return ReportView(record=store.get(digest), outlets=[str(row["report"]) for row in outlets])


def search(store: Store, query: Mapping[str, str]) -> Search:
    """What the search in an address finds. Raises InputError where a day is none."""
    wanted: dict[str, Any] = {name: query.get(name) or None for name in ("by", "about", "after", "before")}
    words = query.get("q", "")
    asked = bool(words.strip() or any(wanted.values()))
    hits = store.find(words, **wanted, limit=PAGE) if asked else []
    return Search(query=words, **wanted, hits=hits, facets=_facets(store, wanted))


def actor(store: Store, name: str) -> ActorView:
    """What the actors of that name said and did. An unknown name gives an empty view."""
    known = store.select(
        "SELECT country, sector, count(DISTINCT report) AS n FROM actors WHERE name = ? GROUP BY country, sector "
        "ORDER BY n DESC",
        (name,),
    )
    first = known[0] if known else {}
    return ActorView(
        name=name,
        country=_text(first.get("country")),
        sector=_text(first.get("sector")),
        reports=sum(int(str(row["n"])) for row in known),
        said=store.select(_SAID, (name, name)),
        counted=store.select(_COUNTED, (name,)),
    )


def _facets(store: Store, wanted: Mapping[str, str | None]) -> list[Facet]:
    """Who speaks most and which places are named most: links that narrow the search."""
    speakers = store.select(
        "SELECT actor AS value, count(*) AS n FROM attributions WHERE actor IS NOT NULL GROUP BY actor "
        "ORDER BY n DESC, actor LIMIT 12"
    )
    places = store.select(
        "SELECT name AS value, count(DISTINCT report) AS n FROM places GROUP BY name ORDER BY n DESC, name LIMIT 12"
    )
    return [
        Facet(name="by", title="Who says it", values=_counted(speakers), chosen=wanted["by"]),
        Facet(name="about", title="Place", values=_counted(places), chosen=wanted["about"]),
    ]


def _counted(rows: list[Row]) -> list[tuple[str, int]]:
    return [(str(row["value"]), int(str(row["n"]))) for row in rows]


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def _text(value: object) -> str | None:
    return None if value is None else str(value)
