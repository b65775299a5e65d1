"""A stretch of a report's text, and what put an annotation on it."""

from __future__ import annotations

from typing import Literal

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open stretch `[start, end)` of `Report.text`, counted in code points.

    It is the only coordinate in the program. Spans sort by start, then end.

    >>> Span(3, 7) & Span(5, 9)
    True
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __and__(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """Which rule or which head of the model put an item in the record.

    `score` is the model's probability in [0, 1]; a rule has none.
    """

    by: Literal["rule", "model"]
    name: str
    score: float | None = None
