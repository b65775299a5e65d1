"""The collection at a glance: what the store holds, counted; each number leads to the search that finds it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from onrecord.exports.histogram import Bar, bars_over_time
from onrecord.exports.maps import Spot
from onrecord.store import Facet, Store, story_digest
from onrecord.web.mapping import spots_of_store

Row = dict[str, object]

_STORIES = 40  # the latest, of which those with most new are shown
_SHOWN = 10  # values of a tally


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Values with the number of reports that have each, and the name that asks for them in a search's address.

    Speakers have the number of their attributions.
    """

    title: str
    facet: str
    values: list[tuple[str, int]]

    def address(self, value: str) -> str:
        """The search for a value."""
        return f"/search?{urlencode({self.facet: value})}"


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """What a store holds. `undated` reports are in no bar."""

    title: str
    total: int
    undated: int
    counts: dict[str, int]
    bars: list[Bar]
    tallies: list[Tally]
    spots: list[Spot]
    stories: list[Row]

    def table(self) -> list[Row]:
        """A row a value, for CSV."""
        rows: list[Row] = [{"what": "reports", "value": bar.label, "reports": bar.count} for bar in self.bars]
        rows += [{"what": t.title, "value": value, "reports": n} for t in self.tallies for value, n in t.values]
        return rows + [{"what": "Place", "value": spot.name, "reports": spot.reports} for spot in self.spots]


_COUNTED = ("attributions", "figures", "events", "places", "talks")

_TALLIES: tuple[tuple[str, Facet], ...] = (
    ("Outlet", "outlet"),
    ("Language", "language"),
    ("Kind of source", "kind"),
    ("What happened", "event"),
    ("How it stands", "status"),
    ("What is counted", "outcome"),
)

_NEW = """SELECT count(DISTINCT p.family) AS new FROM story s JOIN placed p ON p.story = s.row AND p.family = p.number
JOIN report r ON r.number = p.number WHERE s.id = ? AND substr(r.dated, 1, 10) = substr(s.latest, 1, 10)"""


def collection(store: Store) -> Collection:
    """What the store holds, counted now."""
    days = store.days()
    held = {key: count for key, _, count in store.tallies("layer")}
    return Collection(
        title=store.path.name,
        total=sum(days.values()),
        undated=days.get(0, 0),
        counts={name: held.get(name, 0) for name in _COUNTED},
        bars=bars_over_time({date.fromordinal(day): n for day, n in days.items() if day > 0}),
        tallies=_tallies(store),
        spots=spots_of_store(store),
        stories=_stories(store),
    )


def _tallies(store: Store) -> list[Tally]:
    """What there is most of."""
    found = []
    for title, facet in _TALLIES:
        values = [(name, count) for _, name, count in store.facets(facet, _SHOWN)]
        found.append(Tally(title=title, facet=facet, values=values))
    speakers = [(name, count) for _, name, count in store.tallies("speaker", _SHOWN)]
    return [*found[:2], Tally(title="Quoted most", facet="by", values=speakers), *found[2:]]


def _stories(store: Store) -> list[Row]:
    """Of the latest stories those with most new: reports of their last day that repeat none before."""
    rows: list[dict[str, Any]] = []
    for row in store.stories(_STORIES, order="latest", least=2):
        new = store.select(_NEW, (row["id"],))[0]["new"]
        rows.append({**row, "new": new, "digest": story_digest(str(row["id"]))})
    return sorted(rows, key=lambda row: -row["new"])[:10]  # sorted() keeps the latest first among equals
