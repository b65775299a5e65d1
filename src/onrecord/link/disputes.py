"""Find where sources disagree: the same question on the same day, different answers, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import inf

from onrecord.link.series import size
from onrecord.record.story import Dispute, Point, Series

_ABOUT = 0.05  # an approximate figure stands for this share on either side of it


def find_disputes(series: Iterable[Series]) -> tuple[Dispute, ...]:
    """The disputes in some series: named sources whose figures for one day cannot both be right.

    A figure that a report gives on no one's word disputes nothing, nor does one that a source has since replaced on
    the same day: only its last figure of a day counts. Figures whose place is not said may be of two places.
    """
    found = []
    for one in series:
        if one.where == "not-said":
            continue
        by_day: dict[str | None, dict[str, Point]] = defaultdict(dict)
        for point in one.points:
            if point.source:
                by_day[point.day][point.source.lower()] = point
        for day, said in sorted(by_day.items(), key=lambda item: item[0] or ""):
            points = sorted(said.values(), key=lambda point: (size(point), point.uri))
            sides = [point for point in points if any(_differ(point, other) for other in points)]
            if len(sides) > 1:
                found.append(Dispute(outcome=one.outcome, of=one.of, place=one.place, day=day, sides=tuple(sides)))
    return tuple(found)


def _differ(one: Point, other: Point) -> bool:
    """Whether no number fits both."""
    (low, high), (least, most) = _range(one), _range(other)
    return high < least or most < low


def _range(point: Point) -> tuple[float, float]:
    """The least and the greatest number that a point allows."""
    if point.best is not None:
        about = point.best * _ABOUT if point.approximate else 0.0
        low = point.low if point.low is not None and point.low < point.best else point.best - about
        high = point.high if point.high is not None and point.high > point.best else point.best + about
        return low, high
    return (-inf if point.low is None else point.low), (inf if point.high is None else point.high)
