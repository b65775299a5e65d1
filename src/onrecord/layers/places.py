"""Find the places that a report names and settle each to its entry in the table of places.

A place named where a government acts ("Washington said") is a place all the same: the actors' layer says who acts.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.gazetteer import open_gazetteer
from onrecord.lang import has_language
from onrecord.layers.placewords import countries_spoken_of, vocabulary
from onrecord.layers.settle import Choice, Name, settle
from onrecord.layers.spots import Spot, find_spots
from onrecord.record import Basis, Mentions, Place, Report

# Kinds of place whose people the table counts; a division's number is the sum of the towns it knows, and not given.
_COUNTED = frozenset({"A.PCL", "P.PPL"})


def find_places(report: Report, seen: Mentions) -> tuple[Place, ...] | None:
    """The places that `report` names, in the order of their first mention; None without words for its language."""
    language = report.language or "en"
    if not has_language(language, "places"):
        return None
    words, table = vocabulary(language), open_gazetteer()
    spots = find_spots(report, seen, words, table)
    peoples = countries_spoken_of(report.text, words, table)
    return _places(report.text, spots, settle(_names(spots), peoples=peoples))


def _names(spots: Sequence[Spot]) -> list[Name]:
    """One name for each key: a report means one place by it."""
    grouped: dict[str, list[Spot]] = {}
    for spot in spots:
        grouped.setdefault(spot.key, []).append(spot)
    return [
        Name(
            key=key,
            candidates=group[0].candidates,
            containers=tuple(sorted({spot.container for spot in group if spot.container in grouped} - {None, key})),
            count=len(group),
            dateline=any(spot.dateline for spot in group),
            division=any(spot.division for spot in group),
        )
        for key, group in grouped.items()
    ]


def _places(text: str, spots: Sequence[Spot], chosen: Choice) -> tuple[Place, ...]:
    by_entry: dict[int, list[Spot]] = {}
    for spot in spots:
        by_entry.setdefault(chosen[spot.key][0].entry.row, []).append(spot)
    places = []
    for number, group in enumerate(by_entry.values(), start=1):
        entry = chosen[group[0].key][0].entry
        fullest = max(group, key=lambda spot: (not spot.dateline, len(spot.span), -spot.span.start))
        places.append(
            Place(
                id=f"p{number}",
                name=" ".join(fullest.span.of(text).split()),
                mentions=tuple(dict.fromkeys(spot.span for spot in group)),
                basis=Basis(by="rule", name="named in the table"),
                geonameid=entry.geonameid,
                country=entry.country,
                feature=entry.feature,
                lat=entry.lat,
                lon=entry.lon,
                population=(entry.population or None) if entry.feature[:5] in _COUNTED else None,
            )
        )
    return tuple(places)
