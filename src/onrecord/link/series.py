"""Follow the same count over reports: the toll as it moves, on whose word, and corrections told from new cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.record import Attribution, Figure, Place, Record, Report, Span
from onrecord.record.story import Passage, Point, Series

_NEAR = 90  # characters on either side of a figure in which a word of correction is looked for: about a clause
_JOINT = 7  # characters between places that are named together: `, and `
_SENTENCE = 220  # characters before a figure in which its place is looked for: about a sentence
_PART = 0.1  # of the most that a series has counted: a figure below it counts a part, or something else
_MANY = 20  # in a series that has counted so many
_SEVERAL = 2  # counted at least once: the death of one person told again and again is no series


class CountWords(msgspec.Struct, frozen=True, kw_only=True):
    """A language's words: for people and no more, and for corrections (`lang/en/series.toml`)."""

    general: tuple[str, ...] = ()
    revising: tuple[str, ...] = ()


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What a series counts. `country` is that of `place`; `wide` where the place is itself a country."""

    outcome: str | None
    of: str | None
    unit: str | None
    place: str | None = None
    country: str | None = None
    wide: bool = False


def report_day(report: Report) -> str | None:
    """The day that a report speaks from, as an ISO date."""
    told = report.dating.value if report.dating else report.version_created or report.first_created
    return told[:10] if told else None


def find_series(records: Sequence[Record], words: CountWords | None = None, *, least: int = 2) -> tuple[Series, ...]:
    """The counts that at least `least` reports give, each with its points in the order of the reports' days.

    Records are those of one story, copies left out. A count is an outcome (killed, missing, …), what is counted,
    and where. A figure for two places that are named together belongs to neither. A figure without a place joins
    the only place that its count has, and one for a country the only place in it, if there is just one.
    """
    words = words or CountWords()
    found: dict[Count, list[tuple[Point, str]]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (report_day(record.report) or "", record.report.uri)):
        for figure in record.figures or ():
            if figure.outcome and _counts(figure):
                _put(found[_count(record, figure, words)], _point(record, figure), record)
    texts = {record.report.uri: record.report.text for record in records}
    series = []
    for count, points in _join(found).items():
        stepped = _step(_whole(points), texts, words)
        if len({point.uri for point in stepped}) >= least and max(map(size, stepped)) >= _SEVERAL:
            series.append(
                Series(outcome=count.outcome, of=count.of, place=count.place, unit=count.unit, points=stepped)
            )
    return tuple(sorted(series, key=lambda one: (-len(one.points), one.outcome or "", one.of or "", one.place or "")))


def _counts(figure: Figure) -> bool:
    """Whether a figure counts: someone named or "a man" is one person, but nobody counted there."""
    someone = figure.best == 1 and (figure.of is None or figure.of in figure.span)
    return not someone and any(bound is not None for bound in (figure.low, figure.best, figure.high))


def _count(record: Record, figure: Figure, words: CountWords) -> Count:
    """What is counted: the last word of what the figure is of, unless it says no more than `people`; and where."""
    of = record.report.words(figure.of).lower().split() if figure.of else []
    head = of[-1].strip(".,;:'\"”’") if of else None
    place = _place(record, figure)
    return Count(
        outcome=figure.outcome,
        of=None if head in words.general else head,
        unit=figure.unit,
        place=place.name if place else None,
        country=place.country if place else None,
        wide=bool(place and (place.feature or "").startswith("A.PCL")),
    )


def _place(record: Record, figure: Figure) -> Place | None:
    """The place of a figure; None where it is named together with another, or where the name only qualifies a noun."""
    place = next((place for place in record.places or () if place.id == figure.place), None)
    if not place:
        return None
    named = sorted((span, other) for other in record.places or () for span in other.mentions)
    near = [at for at in range(len(named)) if named[at][1] is place and _before(named[at][0], figure.span)]
    text = record.report.text
    for at in near:
        span = named[at][0]
        if text[span.start : span.end].endswith(".") and text[span.end : span.end + 2].strip(" ").isalpha():
            continue  # "the U.S. embassy" is not in the U.S.
        return None if _together(named, at) else place
    return None if near else place


def _before(span: Span, figure: Span) -> bool:
    return -_SENTENCE < span.start - figure.end < _SENTENCE // 2


def _together(named: Sequence[tuple[Span, Place]], at: int) -> bool:
    """Whether a mention is one of a list of places in more than one country."""
    low = high = at
    while low > 0 and 0 <= named[low][0].start - named[low - 1][0].end <= _JOINT:
        low -= 1
    while high + 1 < len(named) and 0 <= named[high + 1][0].start - named[high][0].end <= _JOINT:
        high += 1
    return len({place.country or place.name for _, place in named[low : high + 1]}) > 1


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


def _put(points: list[tuple[Point, str]], point: Point, record: Record) -> None:
    """Add a point and whose voice it is, unless its report gave the same figure on the same word before."""
    same = (point.uri, point.low, point.best, point.high, point.source)
    if all((one.uri, one.low, one.best, one.high, one.source) != same for one, _ in points):
        points.append((point, point.source or f"\0{record.report.provider or ''}"))


def _join(found: dict[Count, list[tuple[Point, str]]]) -> dict[Count, list[tuple[Point, str]]]:
    """Put figures for a country to the only place in it, and those without a place to the only place there is."""
    joined = {count: list(points) for count, points in found.items()}
    for wide in sorted((count for count in found if count.wide or count.place is None), key=lambda one: not one.wide):
        same = [count for count in joined if count != wide and _alike(count, wide)]
        inside = [
            one for one in same if one.place and (not wide.wide or (one.country == wide.country and not one.wide))
        ]
        if len(inside) == 1 and (wide.wide or len(same) == 1):
            joined[inside[0]] = sorted([*joined[inside[0]], *joined.pop(wide)], key=lambda one: _order(one[0]))
    return joined


def _alike(one: Count, other: Count) -> bool:
    return (one.outcome, one.of, one.unit) == (other.outcome, other.of, other.unit)


def _order(point: Point) -> tuple[str, str, Span]:
    return point.day or "", point.uri, point.passage.span


def size(point: Point) -> float:
    """The number that a point stands for: its best, else the bound that it gives."""
    return next(bound for bound in (point.best, point.low, point.high) if bound is not None)


def _whole(points: Iterable[tuple[Point, str]]) -> list[tuple[Point, str]]:
    """The points that can be the whole count: not those far below what was counted before."""
    kept, most = [], 0.0
    for point, voice in points:
        if most >= _MANY and size(point) < _PART * most:
            continue
        kept.append((point, voice))
        most = max(most, size(point))
    return kept


def _step(points: Sequence[tuple[Point, str]], texts: dict[str, str], words: CountWords) -> tuple[Point, ...]:
    """The points, each told how it stands to the last of the same voice, or else to the last of any."""
    last: dict[str, tuple[float, str]] = {}
    latest: float | None = None
    stepped = []
    for point, voice in points:
        said, now = last.get(voice), size(point)
        before = said[0] if said else latest
        span = point.passage.span
        around = texts[point.uri][max(span.start - _NEAR, 0) : span.end + _NEAR].lower()
        if before is None:
            step = "first"
        elif now == before:
            step = "same"
        elif any(word in around for word in words.revising):
            step = "revised"
        elif now > before:
            step = "rise"
        elif point.best is None:
            step = "same"  # "at least 20" does not take back 25
        else:
            step = "revised" if said and said[1] != point.uri else "below"
        stepped.append(msgspec.structs.replace(point, step=step))
        last[voice], latest = (now, point.uri), now
    return tuple(stepped)
