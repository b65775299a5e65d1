"""Places, and the events at them, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.record import Place, Record


def geojson(records: Iterable[Record]) -> dict[str, Any]:
    """A FeatureCollection: a point a place, then a point for each event at each of its places.

    A place without coordinates gives none. Positions are [longitude, latitude].
    """
    features = [feature for record in records for feature in _features(record)]
    return {"type": "FeatureCollection", "features": features}


def _features(record: Record) -> list[dict[str, Any]]:
    report = record.report
    found = []
    settled = {place.id: place for place in record.places or () if place.lat is not None and place.lon is not None}
    for place in settled.values():
        more = {
            "kind": "place",
            "name": place.name,
            "geonameid": place.geonameid,
            "country": place.country,
            "feature": place.feature,
            "mentions": len(place.mentions),
            "words": report.words(place.span),
        }
        found.append(_feature(f"{report.uri}#{place.id}", place, record, more))
    for event in record.events or ():
        for id in event.places:
            if id not in settled:
                continue
            more = {
                "kind": "event",
                "type": event.type,
                "mode": event.mode,
                "status": event.status,
                "words": report.words(event.span),
                "place": settled[id].name,
            }
            found.append(_feature(f"{report.uri}#{event.id}@{id}", settled[id], record, more))
    return found


def _feature(id: str, place: Place, record: Record, more: dict[str, Any]) -> dict[str, Any]:
    report = record.report
    dated = report.dating.value if report.dating else None
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {"report": report.uri, "dated": dated, **{k: v for k, v in more.items() if v is not None}},
    }
