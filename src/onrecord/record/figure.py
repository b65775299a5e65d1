"""A number that a report gives: how many, of what, since when, and on whose word."""

from __future__ import annotations

import msgspec

from onrecord.record.span import Basis, Span
from onrecord.record.timex import Interval


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure. `low`, `best` and `high` are numbers, None where the words leave that side open.

    "more than 200" is `low=200, low_exclusive=True`; "about 1,200" is `best=1200, approximate=True`;
    "up to 50" is `high=50`; "between 30 and 40" is `low=30, high=40`; "33" is `low = best = high = 33`.
    `unit` is the measure (`people`, `USD`, `percent`, `km`, …) and `of` the words for what is counted.
    `outcome` is a value of `lang/en/outcomes.toml` (killed, wounded, abducted, …). `actor` did it, `place`
    is where, `interval` the time it was counted over, `cumulative` whether it is a running total.
    `attribution` is the id of the attribution that it stands in; None is the report's own voice.
    """

    id: str
    span: Span
    basis: Basis
    low: float | None = None
    best: float | None = None
    high: float | None = None
    low_exclusive: bool = False
    high_exclusive: bool = False
    approximate: bool = False
    unit: str | None = None
    of: Span | None = None
    outcome: str | None = None
    outcome_span: Span | None = None
    actor: str | None = None
    place: str | None = None
    time: str | None = None
    interval: Interval | None = None
    cumulative: bool | None = None
    attribution: str | None = None
