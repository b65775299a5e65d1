"""A record laid flat: the rows of the store's tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

import msgspec

from onrecord.record import (
    LAYERS,
    Actor,
    Attribution,
    Basis,
    Event,
    Figure,
    Interval,
    Place,
    Record,
    Report,
    Span,
    Talks,
    TimeExpression,
)
from onrecord.record.fields import BREAK

Value = str | int | float | None
Row = dict[str, Value]


def report_row(record: Record) -> Row:
    """The row of table `report`, less what only the store knows."""
    report = record.report
    return {
        "digest": report.digest,
        "fragment": fragment_of(report.uri),
        "uri": report.uri,
        "dated": report.dating.value if report.dating else None,
        "headline": report.headline,
        "byline": report.byline,
        "provider": report.provider,
        "language": report.language,
        "format": report.format,
        "version": report.version,
        "first_created": report.first_created,
        "version_created": report.version_created,
        "metadata": json.dumps(report.metadata, ensure_ascii=False, sort_keys=True),
        "layers": " ".join(name for name in LAYERS if record.layer(name) is not None),
        "names": "\n".join(
            dict.fromkeys([*(a.name for a in record.actors or ()), *(p.name for p in record.places or ())])
        ),
        "text": report.text,
    }


def pack_spans(spans: Iterable[Span]) -> bytes:
    """Spans in order as the distances between their edges, a byte or two each."""
    edges = [edge for span in spans for edge in (span.start, span.end)]
    return msgspec.msgpack.encode([edge - before for edge, before in zip(edges, [0, *edges], strict=False)])


def unpack_spans(data: bytes) -> list[Span]:
    """The spans that `pack_spans` wrote."""
    edges = list(accumulate(msgspec.msgpack.decode(data, type=list[int])))
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def day_number(day: str | None) -> int | None:
    """The number of an ISO 8601 date (the first day of a month or year); None where it is none.

    >>> day_number("2024-02-21T09:00:00Z") - day_number("2024-02")
    20
    """
    match = re.match(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?!\d)", day or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).toordinal()
    except ValueError:
        return None


def first_row(day: int) -> int:
    """The first row of a day's reports (of a report's attributions, when given that row).

    Rows stand in the order of days so that the indexes give the newest first, and a stretch of days is a stretch of
    rows: no query has to sort all that it finds. 2^20 places a day are near three times what CC-News gathers in one.
    """
    return day << 20


def fragment_of(uri: str) -> str:
    """Which report of its original a uri names: a number after a last `#`, or nothing.

    >>> fragment_of("feed.xml#3"), fragment_of("report.txt"), fragment_of("https://news.example/#top")
    ('3', '', '')
    """
    number = re.search(r"#(\d+)$", uri)
    return number[1] if number else ""


def layer_rows(record: Record) -> Iterator[tuple[str, list[Row]]]:
    """`(table, rows)` for each layer of the record, without the `report` column."""
    report = record.report
    yield "actor", [actor_row(item) for item in record.actors or ()]
    yield "attribution", [attribution_row(item, report) for item in record.attributions or ()]
    yield "time", [time_row(item) for item in record.times or ()]
    yield "place", [place_row(item) for item in record.places or ()]
    yield "figure", [figure_row(item, report) for item in record.figures or ()]
    yield "event", [event_row(item, report) for item in record.events or ()]
    yield "talk", [talk_row(item) for item in record.talks or ()]


def actor_row(item: Actor) -> Row:
    """The row of table `actor`."""
    return {
        **_place(item.id, item.span, item.basis),
        "mentions": len(item.mentions),
        "name": item.name,
        "role": item.role,
        "country": item.country,
        "sector": item.sector,
        "wikidata": item.wikidata,
    }


def attribution_row(item: Attribution, report: Report) -> Row:
    """The row of table `attribution`; `content` is left out where it is one stretch of the text."""
    broken = len(item.content) > 1
    return {
        **_place(item.id, item.span, item.basis),
        "source": words_of(item.source.spans, report),
        "actor": item.source.actor,
        "kind": item.source.kind,
        "conditions": words_of(item.source.conditions, report) or None,
        "issuers": json.dumps(item.source.issuers),
        "cue": words_of(item.cue, report),
        "content_start": min((span.start for span in item.content), default=0),
        "content_end": max((span.end for span in item.content), default=0),
        "content": words_of(item.content, report) if broken else None,
        "content_spans": json.dumps([[span.start, span.end] for span in item.content]) if broken else None,
        "quote": item.quote,
        "stance": item.stance,
        "told_to": report.words(item.to) if item.to else None,
        "via": item.via,
    }


def time_row(item: TimeExpression) -> Row:
    """The row of table `time`."""
    return {
        **_place(item.id, item.span, item.basis),
        "type": item.type,
        "value": item.value,
        "mod": item.mod,
        "quant": item.quant,
        "freq": item.freq,
        "anchor": item.anchor,
        "function": item.function,
        **_interval(item.interval),
    }


def place_row(item: Place) -> Row:
    """The row of table `place`."""
    return {
        **_place(item.id, item.span, item.basis),
        "mentions": len(item.mentions),
        "name": item.name,
        "geonameid": item.geonameid,
        "country": item.country,
        "feature": item.feature,
        "lat": item.lat,
        "lon": item.lon,
        "population": item.population,
    }


def figure_row(item: Figure, report: Report) -> Row:
    """The row of table `figure`; `counted` are the words of `Figure.of`."""
    return {
        **_place(item.id, item.span, item.basis),
        "low": item.low,
        "best": item.best,
        "high": item.high,
        "low_exclusive": item.low_exclusive,
        "high_exclusive": item.high_exclusive,
        "approximate": item.approximate,
        "unit": item.unit,
        "counted": report.words(item.of) if item.of else None,
        "outcome": item.outcome,
        "actor": item.actor,
        "place": item.place,
        "time": item.time,
        **_interval(item.interval),
        "cumulative": item.cumulative,
        "attribution": item.attribution,
    }


def event_row(item: Event, report: Report) -> Row:
    """The row of table `event`; what it points at are JSON arrays of ids."""
    return {
        **_place(item.id, item.span, item.basis),
        "mentions": len(item.mentions),
        "type": item.type,
        "mode": item.mode,
        "context": " ".join(item.context),
        "status": item.status,
        "condition": report.words(item.condition) if item.condition else None,
        "actors": json.dumps(item.actors),
        "recipients": json.dumps(item.recipients),
        "times": json.dumps(item.times),
        "places": json.dumps(item.places),
        "figures": json.dumps(item.figures),
        "attribution": item.attribution,
    }


def talk_row(item: Talks) -> Row:
    """The row of table `talk`."""
    return {
        **_place(item.id, item.span, item.basis),
        "parties": json.dumps(item.parties),
        "mediators": json.dumps(item.mediators),
        "hosts": json.dumps(item.hosts),
        "venue": json.dumps(item.venue),
        "format": item.format,
        "stage": item.stage,
        "text_status": item.text_status,
        "truce": item.truce,
        "outcome": item.outcome,
        "rounds": len(item.rounds),
        "issues": len(item.issues),
    }


def words_of(spans: Iterable[Span], report: Report) -> str:
    """The words of several spans, with ` … ` where other words stand between them."""
    return BREAK.join(report.words(span) for span in spans)


def _place(id: str, span: Span, basis: Basis) -> Row:
    return {
        "id": id,
        "span_start": span.start,
        "span_end": span.end,
        "basis": f"{basis.by}: {basis.name}",
        "score": basis.score,
    }


def _interval(interval: Interval | None) -> Row:
    return {
        "interval_start": interval.start if interval else None,
        "interval_end": interval.end if interval else None,
    }
