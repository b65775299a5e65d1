"""Planned events with a day as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onrecord.record import Actor, Attribution, Event, Place, Record, TimeExpression

STATUSES = {"planned": "CONFIRMED", "conditional": "TENTATIVE", "possible": "TENTATIVE", "called-for": "TENTATIVE"}
"""Events that are still to come, and how a calendar says how sure they are."""

WIDTH = 75
"""Octets of a line, at most (RFC 5545, 3.1)."""


def calendar(records: Iterable[Record]) -> str:
    """A calendar of the events to come whose day is known: what, where, who, and in whose words.

    The stamp of each is the day of its report, so that the same records give the same calendar.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//onrecord//onrecord//EN", "CALSCALE:GREGORIAN"]
    for record in records:
        for event in record.events or ():
            if event.status in STATUSES:
                lines += _entry(record, event)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _entry(record: Record, event: Event) -> Iterator[str]:
    report = record.report
    items = {item.id: item for item in record.items()}
    times = [item for id in event.times if isinstance(item := items.get(id), TimeExpression)]
    days = next(filter(None, map(_days, times)), None)
    if days is None:
        return
    names = [item.name for id in (*event.actors, *event.recipients) if isinstance(item := items.get(id), Actor)]
    places = [item for id in event.places if isinstance(item := items.get(id), Place)]
    attribution = items.get(event.attribution) if event.attribution else None
    told = [report.words(event.span)]
    told += [f"If: {report.words(event.condition)}"] if event.condition else []
    if isinstance(attribution, Attribution) and attribution.source.spans:
        told.append(f"Says: {' … '.join(map(report.words, attribution.source.spans))}")
    told.append(f"Report: {report.uri}#{event.id}")
    uid = hashlib.sha256(f"{report.digest} {report.uri} {event.id}".encode()).hexdigest()[:32]
    stamp = (
        report.dating.value[:10].replace("-", "") if report.dating and _DAY.match(report.dating.value) else "19700101"
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@onrecord"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{days[1]:%Y%m%d}"
    yield f"STATUS:{STATUSES[event.status]}"
    yield f"SUMMARY:{_escape(': '.join(filter(None, (event.type, ', '.join(names)))))}"
    yield f"DESCRIPTION:{_escape(chr(10).join(told))}"
    yield f"CATEGORIES:{_escape(event.type)}"
    if places:
        yield f"LOCATION:{_escape(', '.join(place.name for place in places))}"
    if places and places[0].lat is not None and places[0].lon is not None:
        yield f"GEO:{places[0].lat};{places[0].lon}"
    yield "END:VEVENT"


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _days(time: TimeExpression) -> tuple[date, date] | None:
    """The first day of a time and the day after its last; None where either end is open or is no day."""
    interval = time.interval
    if interval is None or interval.start is None or not _DAY.match(interval.start):
        return None
    try:
        first = date.fromisoformat(interval.start[:10])
        last = date.fromisoformat(interval.end[:10]) if interval.end and _DAY.match(interval.end) else None
        return (first, max(last or first, first + timedelta(days=1)))
    except (ValueError, OverflowError):
        return None


def _escape(text: str) -> str:
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """Lines of at most WIDTH octets, never within a character; each but the first opens with a space."""
    held = ""
    for character in line:
        if len((held + character).encode()) > WIDTH:
            yield held
            held = " "
        held += character
    yield held
