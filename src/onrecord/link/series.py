"""Follow the same count over reports: the toll as it moves, on whose word, and corrections told from new cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from onrecord.record import Attribution, Figure, Place, Record, Report, Span
from onrecord.record.story import Passage, Point, Series

_NEAR = 90  # characters on either side of a figure in which a word of correction is looked for: about a clause


class CountWords(msgspec.Struct, frozen=True, kw_only=True):
    """A language's words: for people and no more, and for corrections (`lang/en/series.toml`)."""

    general: tuple[str, ...] = ()
    revising: tuple[str, ...] = ()


Key = tuple[str | None, str | None, str | None, str | None]


def report_day(report: Report) -> str | None:
    """The day that a report speaks from, as an ISO date."""
    told = report.dating.value if report.dating else report.version_created or report.first_created
    return told[:10] if told else None


def find_series(records: Sequence[Record], words: CountWords | None = None, *, least: int = 2) -> tuple[Series, ...]:
    """The counts that at least `least` reports give, each with its points in the order of the reports' days.

    Records are those of one story, copies left out. A count is an outcome (killed, missing, …), what is counted,
    and where. A figure without a place joins the only place that its count has, if there is just one.
    """
    words = words or CountWords()
    found: dict[Key, list[Point]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (report_day(record.report) or "", record.report.uri)):
        for figure in record.figures or ():
            if figure.outcome and _counts(figure):
                _put(found[_key(record, figure, words)], _point(record, figure))
    series = [
        Series(outcome=key[0], of=key[1], place=key[2], unit=key[3], points=_step(points, records, words))
        for key, points in _join(found).items()
        if len({point.uri for point in points}) >= least
    ]
    return tuple(sorted(series, key=lambda one: (-len(one.points), one.outcome or "", one.of or "", one.place or "")))


def _counts(figure: Figure) -> bool:
    return any(bound is not None for bound in (figure.low, figure.best, figure.high))


def _key(record: Record, figure: Figure, words: CountWords) -> Key:
    """What is counted: the last word of what the figure is of, unless it says no more than `people`."""
    of = record.report.words(figure.of).lower().split() if figure.of else []
    head = of[-1].strip(".,;:'\"”’") if of else None
    place = next((place for place in record.places or () if place.id == figure.place), None)
    return figure.outcome, None if head in words.general else head, _place_name(place), figure.unit


def _place_name(place: Place | None) -> str | None:
    return place.name if place else None


def _point(record: Record, figure: Figure) -> Point:
    attribution = next((one for one in record.attributions or () if one.id == figure.attribution), None)
    return Point(
        uri=record.report.uri,
        figure=figure.id,
        passage=Passage(uri=record.report.uri, span=figure.span),
        day=report_day(record.report),
        low=figure.low,
        best=figure.best,
        high=figure.high,
        low_exclusive=figure.low_exclusive,
        high_exclusive=figure.high_exclusive,
        approximate=figure.approximate,
        source=source_words(record, attribution),
        attribution=figure.attribution,
    )


def source_words(record: Record, attribution: Attribution | None) -> str | None:
    """Who an attribution's source is: the actor's fullest name where it is known, else the words themselves."""
    if not attribution:
        return None
    actor = next((actor for actor in record.actors or () if actor.id == attribution.source.actor), None)
    if actor:
        return actor.name
    return " ".join(record.report.words(span) for span in attribution.source.spans) or None


def _put(points: list[Point], point: Point) -> None:
    """Add a point, unless its report gave the same figure on the same word before."""
    same = (point.uri, point.low, point.best, point.high, point.source)
    if all((one.uri, one.low, one.best, one.high, one.source) != same for one in points):
        points.append(point)


def _join(found: dict[Key, list[Point]]) -> dict[Key, list[Point]]:
    """Put figures without a place to those of the only place that their count has."""
    placed: dict[Key, list[Key]] = defaultdict(list)
    for key in found:
        if key[2] is not None:
            placed[key[0], key[1], None, key[3]].append(key)
    joined = {key: list(points) for key, points in found.items()}
    for key, others in placed.items():
        if key in joined and len(others) == 1:
            joined[others[0]] = sorted([*joined[others[0]], *joined.pop(key)], key=_order)
    return joined


def _order(point: Point) -> tuple[str, str, Span]:
    return point.day or "", point.uri, point.passage.span


def size(point: Point) -> float:
    """The number that a point stands for: its best, else the bound that it gives."""
    return next(bound for bound in (point.best, point.low, point.high) if bound is not None)


def _step(points: list[Point], records: Sequence[Record], words: CountWords) -> tuple[Point, ...]:
    """The points, each told how it stands to the last of the same source."""
    texts = {record.report.uri: record.report.text for record in records}
    last: dict[str | None, float] = {}
    latest: float | None = None
    stepped = []
    for point in points:
        before, now = last.get(point.source, latest), size(point)
        step = "first" if before is None else "same" if now == before else "rise" if now > before else "revised"
        span = point.passage.span
        around = texts[point.uri][max(span.start - _NEAR, 0) : span.end + _NEAR].lower()
        if step == "rise" and any(word in around for word in words.revising):
            step = "revised"
        if step == "revised" and point.low is not None and point.best is None and before is not None and now < before:
            step = "same"  # "at least 20" does not take back 25
        stepped.append(msgspec.structs.replace(point, step=step))
        last[point.source] = latest = now
    return tuple(stepped)
