"""Find what lies across a span, fast: things by the places of their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from onrecord.record import Span

Thing = TypeVar("Thing")


class Overlaps(Generic[Thing]):
    """Things with their spans, sorted once; `of(span)` gives those that share a character with it."""

    def __init__(self, placed: Iterable[tuple[Span, Thing]]) -> None:
        self._placed = sorted(placed, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [span.start for span, _ in self._placed]
        self._reach = list(accumulate((span.end for span, _ in self._placed), max))

    def of(self, span: Span) -> list[tuple[Span, Thing]]:
        """The things that share a character with `span`, in the order of their spans."""
        found = []
        at = bisect_left(self._starts, span.end) - 1
        while at >= 0 and self._reach[at] > span.start:
            if self._placed[at][0] & span:
                found.append(self._placed[at])
            at -= 1
        return found[::-1]
