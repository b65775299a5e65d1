"""Follow the same count over reports: the toll as it moves, on whose word, and corrections told from new cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Literal

import msgspec

from onrecord.link.scopes import Scope, ScopeWords, find_scope
from onrecord.record import Attribution, Figure, Place, Record, Report, Span
from onrecord.record.story import Passage, Point, Series

_NEAR = 90  # characters on either side of a figure in which a word of correction is looked for: about a clause
_PART = 0.1  # of the most that a series has counted: a figure below it counts a part, or something else
_MANY = 20  # in a series that has counted so many
_SEVERAL = 2  # counted at least once: the death of one person told again and again is no series
_SAME_TIME = 60  # days within which the same number is the same count

Voiced = tuple[Point, str]
"""A point and whose voice it is."""


class CountWords(ScopeWords, frozen=True, kw_only=True):
    """A language's words: for people and no more, for corrections, and those of scopes (`lang/en/series.toml`)."""

    general: tuple[str, ...] = ()
    revising: tuple[str, ...] = ()


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What a series counts, and where: at `place` (a GeoNames id, or its name), or in several `countries` together.

    `wide` where the place is itself a country, `whole` where the words say that it is of all places.
    """

    outcome: str | None
    of: str | None
    unit: str | None
    place: str | None = None
    countries: tuple[str, ...] = ()
    wide: bool = False
    whole: bool = False

    @property
    def several(self) -> bool:
        return self.place is None and (self.whole or len(self.countries) > 1)

    @property
    def unsaid(self) -> bool:
        return self.place is None and not self.several


class _Found(msgspec.Struct, kw_only=True):
    """The points of a count, and the names that reports give its places: of each country the widest, then the first."""

    points: list[Voiced] = []
    names: dict[str, tuple[bool, str]] = {}

    def name(self, places: Sequence[Place]) -> None:
        for place in places:
            known = self.names.get(place.country or place.name)
            if known is None or (_is_wide(place) and not known[0]):
                self.names = {**self.names, place.country or place.name: (_is_wide(place), place.name)}


def report_day(report: Report) -> str | None:
    """The day that a report speaks from, as an ISO date."""
    told = report.dating.value if report.dating else report.version_created or report.first_created
    return told[:10] if told else None


def find_series(
    records: Sequence[Record],
    words: CountWords | None = None,
    *,
    sentences: Mapping[str, Sequence[Span]] | None = None,
    least: int = 2,
) -> tuple[Series, ...]:
    """The counts that at least `least` reports give, each with its points in the order of the reports' days.

    Records are those of one story, copies left out; `sentences` are those of each report, by uri. A count is an outcome
    (killed, missing, …), what is counted, and where (`scopes.find_scope`). A figure for a country joins the only place
    in it. One whose words name no place joins the only scope that its count has, or the one that gives the same number
    at the time; else it is kept apart, its place not said.
    """
    words = words or CountWords()
    found: dict[Count, _Found] = defaultdict(_Found)
    for record in sorted(records, key=lambda record: (report_day(record.report) or "", record.report.uri)):
        spans = (sentences or {}).get(record.report.uri, ())
        for figure in record.figures or ():
            if figure.outcome and _counts(figure):
                sentence = next((span for span in spans if figure.span in span), None)
                scope = find_scope(record, figure, sentence, words)
                held = found[_count(record, figure, scope, words)]
                held.points += _new(held.points, _point(record, figure), record)
                held.name(scope.places)
    texts = {record.report.uri: record.report.text for record in records}
    joined = _join(found)
    series = []
    for count, held in joined.items():
        stepped = _step(_whole(held.points), texts, words)
        if len({point.uri for point in stepped}) >= least and max(map(size, stepped)) >= _SEVERAL:
            names = " and ".join(sorted(name for _, name in held.names.values()))
            series.append(
                Series(
                    outcome=count.outcome,
                    of=count.of,
                    place=names or None,
                    where=_where(count, joined),
                    unit=count.unit,
                    points=stepped,
                )
            )
    return tuple(sorted(series, key=lambda one: (-len(one.points), one.outcome or "", one.of or "", one.place or "")))


def _where(count: Count, all_counts: Iterable[Count]) -> Literal["place", "several", "not-said"] | None:
    if count.place:
        return "place"
    if count.several:
        return "several"
    return "not-said" if any(other != count and _alike(other, count) for other in all_counts) else None


def _counts(figure: Figure) -> bool:
    """Whether a figure counts: someone named or "a man" is one person, but nobody counted there."""
    someone = figure.best == 1 and (figure.of is None or figure.of in figure.span)
    return not someone and any(bound is not None for bound in (figure.low, figure.best, figure.high))


def _count(record: Record, figure: Figure, scope: Scope, words: CountWords) -> Count:
    """What is counted: the last word of what the figure is of, unless it says no more than `people`; and where."""
    of = record.report.words(figure.of).lower().split() if figure.of else []
    head = of[-1].strip(".,;:'\"”’") if of else None
    only = scope.places[0] if len(scope.places) == 1 else None
    return Count(
        outcome=figure.outcome,
        of=None if head in words.general else head,
        unit=figure.unit,
        place=str(only.geonameid or only.name.casefold().replace("-", " ")) if only else None,
        countries=tuple(sorted({place.country or place.name for place in scope.places})),
        wide=bool(only and _is_wide(only)),
        whole=scope.whole and not scope.places,
    )


def _is_wide(place: Place) -> bool:
    return (place.feature or "").startswith("A.PCL")


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


def _new(points: Sequence[Voiced], point: Point, record: Record) -> list[Voiced]:
    """A point and whose voice it is; nothing where its report gave the same figure on the same word before."""
    same = (point.uri, point.low, point.best, point.high, point.source)
    own = takewhile(lambda voiced: voiced[0].uri == point.uri, reversed(points))
    if any((one.uri, one.low, one.best, one.high, one.source) == same for one, _ in own):
        return []
    return [(point, point.source or f"\0{record.report.provider or ''}")]


def _join(found: Mapping[Count, _Found]) -> dict[Count, _Found]:
    """Put together the counts that are one: a country's and its only place's, then those of no named place."""
    joined = dict(found)
    for count in [count for count in found if count.wide]:
        inside = [one for one in joined if _alike(one, count) and one.countries == count.countries and not one.wide]
        if len(inside) == 1 and inside[0].place:
            _move(joined, count, inside[0])
    for count in [count for count in found if count.whole]:
        several = [one for one in joined if _alike(one, count) and one.several and one != count]
        if len(several) == 1:
            _move(joined, count, several[0])
    for count in [count for count in found if count.unsaid]:
        others = [one for one in joined if _alike(one, count) and one != count]
        if len(others) == 1:
            _move(joined, count, others[0])
        elif others:
            _match(joined, count, others)
    return joined


def _move(joined: dict[Count, _Found], count: Count, into: Count) -> None:
    points = sorted([*joined[into].points, *joined.pop(count).points], key=lambda one: _order(one[0]))
    joined[into] = _Found(points=points, names=joined[into].names)


def _match(joined: dict[Count, _Found], unsaid: Count, others: Sequence[Count]) -> None:
    """Put each figure without a place to the only other count that gives the same number at the time."""
    kept = []
    for voiced in joined.pop(unsaid).points:
        same = [one for one in others if any(_same_number(voiced[0], other) for other, _ in joined[one].points)]
        if len(same) == 1:
            points = sorted([*joined[same[0]].points, voiced], key=lambda one: _order(one[0]))
            joined[same[0]] = _Found(points=points, names=joined[same[0]].names)
        else:
            kept.append(voiced)
    if kept:
        joined[unsaid] = _Found(points=kept)


def _same_number(one: Point, other: Point) -> bool:
    if (one.low, one.best, one.high) != (other.low, other.best, other.high):
        return False
    return not one.day or not other.day or abs(_ordinal(one.day) - _ordinal(other.day)) <= _SAME_TIME


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _alike(one: Count, other: Count) -> bool:
    return (one.outcome, one.of, one.unit) == (other.outcome, other.of, other.unit)


def _order(point: Point) -> tuple[str, str, Span]:
    return point.day or "", point.uri, point.passage.span


def size(point: Point) -> float:
    """The number that a point stands for: its best, else the bound that it gives."""
    return next(bound for bound in (point.best, point.low, point.high) if bound is not None)


def _whole(points: Iterable[Voiced]) -> list[Voiced]:
    """The points that can be the whole count: not those far below what was counted before."""
    kept, most = [], 0.0
    for point, voice in points:
        if most >= _MANY and size(point) < _PART * most:
            continue
        kept.append((point, voice))
        most = max(most, size(point))
    return kept


def _step(points: Sequence[Voiced], texts: dict[str, str], words: CountWords) -> tuple[Point, ...]:
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
