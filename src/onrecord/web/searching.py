"""What the page of a search shows. All that a search asks, and its name, lives in its address: that is the search."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

import msgspec

from onrecord.errors import InputError
from onrecord.record import count_words
from onrecord.store import SORTS, Found, Hit, Store, Wanted
from onrecord.web.places import Place, names_of
from onrecord.web.verdicts import Counts, summed, verdicts_on
from onrecord.web.views import day_of, number_of

PAGE = 50
"""Hits on a page: more than two screens of them are not read, they are narrowed."""

TITLES = {
    "by": "Who says it",
    "kind": "Kind of source",
    "place": "Place",
    "event": "What happened",
    "status": "How it stands",
    "outcome": "What is counted",
    "outlet": "Outlet",
    "language": "Language",
    "month": "When",
}

ORDERS = {
    "date": "newest first",
    "oldest": "oldest first",
    "relevance": "best match first",
    "novelty": "least repeated first",
    "sources": "most independent reports first",
}


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A way to narrow a search: its values, each with its name, and how many of the reports looked at have it."""

    name: str
    title: str
    values: list[tuple[str, str, int]]
    chosen: str | None = None


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, and what it asked for. `more`: there is more than the `looked_at` that were counted.

    `openings` are the opening words of reports without a headline, by their uri.
    """

    query: str
    wanted: Wanted
    name: str
    place: Place | None = None
    hits: list[Hit]
    looked_at: int
    more: bool
    openings: dict[str, str] = {}
    verdicts: dict[str, Counts] = {}
    facets: list[Facet]

    def said(self) -> str:
        """The verdicts on what was found, in words."""
        each = [summed(found) for found in self.verdicts.values()]
        return count_words(summed(dict(enumerate(each))))

    def table(self) -> list[dict[str, object]]:
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
                "verdicts": count_words(summed(self.verdicts.get(hit.report, {}))),
            }
            for hit in self.hits
        ]


def search(store: Store, query: Mapping[str, str]) -> Search:
    """What the search in an address finds. Raises InputError where a day, a number or an order is none."""
    sort = query.get("sort") or "date"
    if sort not in SORTS:
        raise InputError(f"sort {sort[:40]!r}", "is no order", f"there are {', '.join(SORTS)}")
    texts = ("by", "about", "kind", "event", "status", "outcome", "outlet", "language")
    given = {name: query.get(name) or None for name in texts}
    number = number_of(query, "place") or None
    days = {name: day_of(query, name) for name in ("after", "before")}
    wanted = Wanted(words=query.get("q", ""), place=number, sort=sort, **given, **days)
    found = store.search(wanted, PAGE)
    place = names_of(store, number) if number else None
    held = verdicts_on(store, {hit.digest for hit in found.hits})
    return Search(
        query=wanted.words,
        wanted=wanted,
        name=" ".join(query.get("name", "").split())[:100],
        place=place,
        hits=found.hits,
        looked_at=found.looked_at,
        more=found.more,
        openings=store.openings(hit.report for hit in found.hits if not hit.headline),
        verdicts={hit.report: said for hit in found.hits if (said := held.counts(hit.digest, hit.report))},
        facets=[_facet(name, found, wanted, place) for name in TITLES],
    )


def _facet(name: str, found: Found, wanted: Wanted, place: Place | None) -> Facet:
    names = found.names if name == "place" else {}
    values = [(value, names.get(value, value), n) for value, n in found.facets[name]]
    chosen = getattr(wanted, name, None)
    if name == "place" and chosen is not None:
        chosen = place.name if place else str(chosen)
    return Facet(name=name, title=TITLES[name], values=values, chosen=chosen)


def address_without(query: Mapping[str, str], *names: str, **instead: str) -> str:
    """The address of a search without some of what it asks for, or with something in its place.

    A month is asked for as the days that bound it.
    """
    if "month" in instead:
        month = instead.pop("month")
        if len(month) == 7:
            first = date.fromisoformat(f"{month}-01")
            after = first + timedelta(days=monthrange(first.year, first.month)[1])
            instead |= {"after": first.isoformat(), "before": after.isoformat()}
    asked = {key: text for key, text in query.items() if key not in (*names, "token", "name") and text}
    return "/search?" + urlencode({**asked, **instead})
