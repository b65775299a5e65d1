"""Events as PLOVER JSON, with the field names of the PLOVER manual (chapter 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.record import Actor, Event, Figure, Place, Record, Report, TimeExpression

CONTEXTS = {
    "planned": "future",
    "conditional": "hypothetical",
    "possible": "hypothetical",
    "called-for": "hypothetical",
}
"""How our statuses are said in PLOVER, whose contexts know the future and the hypothetical only."""

SIZES = {"killed": "dead", "wounded": "injured", "injured": "injured", "arrested": "arrested", "detained": "arrested"}


def plover(record: Record) -> Iterator[dict[str, Any]]:
    """An object an event. Fields that are not known are left out, but for those that PLOVER wants.

    `date` is the report's day where the event has none of its own, and null where neither is known.

    Beyond PLOVER: `status` (happened, planned, …), `attributed_to` (whose word it is) and `onrecord` (the item).
    """
    for event in record.events or ():
        yield _event(record, event)


def plover_lines(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """The objects of some records, one a line of a JSONL file."""
    return (line for record in records for line in plover(record))


def _event(record: Record, event: Event) -> dict[str, Any]:
    report = record.report
    items = {item.id: item for item in record.items()}
    times = [item for id in event.times if isinstance(item := items.get(id), TimeExpression) and item.interval]
    start = next((time.interval.start for time in times if time.interval and time.interval.start), None)
    said = next((time.interval.end for time in times if time.interval and time.interval.end), None)
    day = start or (report.dating.value if report.dating else None)
    places = [item for id in event.places if isinstance(item := items.get(id), Place)]
    attribution = items.get(event.attribution) if event.attribution else None
    status = CONTEXTS.get(event.status)
    found: dict[str, Any] = {
        "id": f"{report.uri}#{event.id}",
        "date": day[:10] if day else None,
        "time": day[11:] if day and len(day) > 11 else None,
        "enddate": said[:10] if said else None,
        "actor": [_entity(report, item) for id in event.actors if isinstance(item := items.get(id), Actor)],
        "recipient": [_entity(report, item) for id in event.recipients if isinstance(item := items.get(id), Actor)],
        "event": [event.type],
        "mode": [event.mode] if event.mode else [],
        "context": [*event.context, *([status] if status else [])],
        "event_loc": _location(places[0]) if places else None,
        "event_text": [report.words(span) for span in event.mentions],
        "text_info": {"start": event.span.start, "end": event.span.end},
        "size": _size([item for id in event.figures if isinstance(item := items.get(id), Figure)]),
        "cite_info": _citation(report),
        "status": event.status,
        "attributed_to": _words(report, attribution),
        "onrecord": event.id,
    }
    kept = ("date", "actor", "event")
    return {name: value for name, value in found.items() if value or name in kept}


def _entity(report: Report, actor: Actor) -> dict[str, str]:
    found = {
        "code": actor.country,
        "sector": actor.sector,
        "entity_text": report.words(actor.span),
        "identifier_id": f"https://www.wikidata.org/wiki/{actor.wikidata}" if actor.wikidata else None,
        "identifier_text": actor.name,
        "office": actor.role,
    }
    return {name: value for name, value in found.items() if value}


def _location(place: Place) -> dict[str, Any]:
    """A place under GeoNames' own names of fields."""
    found = {
        "geonameId": place.geonameid,
        "name": place.name,
        "countryCode": place.country,
        "lat": place.lat,
        "lng": place.lon,
        "fcode": place.feature.rpartition(".")[2] if place.feature else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _size(figures: list[Figure]) -> dict[str, float]:
    """The numbers of dead, injured and arrested that are given exactly or at least."""
    found: dict[str, float] = {}
    for figure in figures:
        name = SIZES.get(figure.outcome or "")
        number = figure.best if figure.best is not None else figure.low
        if name and number is not None:
            found.setdefault(name, number)
    return found


def _citation(report: Report) -> dict[str, str]:
    found = {
        "citation": report.uri,
        "url": report.metadata.get("url"),
        "title": report.headline,
        "language": report.language,
        "publication": report.provider,
        "coder": "onrecord",
    }
    return {name: value for name, value in found.items() if value}


def _words(report: Report, attribution: object) -> str | None:
    spans = getattr(getattr(attribution, "source", None), "spans", ())
    return " … ".join(map(report.words, spans)) or None
